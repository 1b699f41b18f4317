"""Who writes, translates, approves and publishes pages."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Workflow

from tests.cms.pages import home
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
WRITE = {"add_page", "change_page"}


def rights(group: str) -> set[str]:
    """What a group may anywhere in the admin, as ``app.codename``."""
    rows = Permission.objects.filter(group__name=group).values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in rows}


def pages(group: str) -> set[str]:
    """What a group may in the tree of pages, from its root."""
    rows = GroupPagePermission.objects.filter(group__name=group, page__depth=1)
    return set(rows.values_list("permission__codename", flat=True))


def files(group: str) -> set[str]:
    rows = GroupCollectionPermission.objects.filter(group__name=group, collection__depth=1)
    return set(rows.values_list("permission__codename", flat=True))


def test_the_groups_are_those_of_the_handbook() -> None:
    names = list(Group.objects.order_by("name").values_list("name", flat=True))
    assert names == [
        "Check-in",
        "Editors",
        "Moderators",
        "Programme officers",
        "Readers",
        "Registration officers",
        "Report readers",
    ]
    told = (Path(settings.BASE_DIR) / "docs" / "editors.md").read_text()
    assert [name for name in names if f"**{name}**" not in told] == []


def test_editors_and_officers_write_and_moderators_publish_too() -> None:
    found = {group: pages(group) for group in ("Readers", "Editors", "Programme officers", "Moderators")}
    assert found == {
        "Readers": set(),
        "Editors": WRITE,
        "Programme officers": WRITE,
        "Moderators": WRITE | {"publish_page", "lock_page", "unlock_page"},
    }


def test_pictures_and_files_belong_to_all_who_write() -> None:
    assert files("Editors") == files("Moderators") == files("Programme officers") > files("Readers")


def test_moderators_and_officers_may_all_that_editors_may() -> None:
    """A right that is given to editors has to be given to these as well."""
    assert {group: rights("Editors") - rights(group) for group in ("Moderators", "Programme officers")} == {
        "Moderators": set(),
        "Programme officers": set(),
    }
    assert "wagtail_localize.submit_translation" in rights("Editors")


def test_every_page_has_a_workflow_whose_approvers_may_publish() -> None:
    """An approver without that right would end in an error instead of a public page."""
    workflow = Workflow.objects.get(name="Onay · Approval")
    task: Any = workflow.tasks.get().specific
    assert [group.name for group in task.groups.all()] == ["Moderators"]
    moderator = UserFactory(moderator=True)
    for language in ("tr", "en"):
        page = home(language)
        assert page.get_workflow() == workflow
        assert page.permissions_for_user(moderator).can_publish()
        assert not page.permissions_for_user(UserFactory(editor=True)).can_publish()
