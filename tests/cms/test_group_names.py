"""Groups of staff are called in the reader's language wherever this site, or Wagtail's users and groups, name them."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import translation

from cms import groups
from cms.groups import group_name
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PAGES = {
    "second factor": "/admin/second-factor/staff/",
    "groups": "/admin/groups/",
    "add a user": "/admin/users/new/",
    "users": "/admin/users/",
}


@pytest.fixture
def admin(monkeypatch: Any) -> Client:
    """An administrator, for whom each group has another name."""
    monkeypatch.setattr(groups, "NAMES", {name: f"Küme {number}" for number, name in enumerate(sorted(groups.NAMES))})
    client = Client(headers={"accept-language": "en"})
    client.force_login(UserFactory(admin=True))
    return client


def words(client: Client, path: str) -> str:
    """What is read on a page: neither tags nor values of fields."""
    html = client.get(path).content.decode()
    return " ".join(re.sub(r"<script.*?</script>|<[^>]*>", " ", html, flags=re.DOTALL).split())


def test_every_group_of_the_first_start_has_a_name_in_each_language_and_others_keep_theirs() -> None:
    assert set(groups.NAMES) == set(Group.objects.values_list("name", flat=True))
    called = {}
    for language in ("en", "tr"):
        with translation.override(language):
            called[language] = [group_name(Group(name=name)) for name in ("Editors", "Basın")]
    assert called == {"en": ["Editors", "Basın"], "tr": ["Editörler", "Basın"]}


@pytest.mark.parametrize("page", PAGES)
def test_pages_that_list_groups_tell_their_names(page: str, admin: Client) -> None:
    Group.objects.create(name="Basın")
    said = words(admin, PAGES[page])
    assert [name for name in (*groups.NAMES.values(), "Basın") if name not in said] == []
    assert [name for name in ("Programme officers", "Report readers") if name in said] == []


def test_a_user_and_a_filter_tell_them_too(admin: Client) -> None:
    group = Group.objects.get(name="Programme officers")
    user = UserFactory(in_group="Programme officers")
    called = group_name(group)
    for path in (f"/admin/users/edit/{user.pk}/", f"/admin/users/?group={group.pk}"):
        said = words(admin, path)
        assert (called in said, "Programme officers" in said) == (True, False)


def test_the_page_of_a_group_is_called_so_and_keeps_the_stored_name_in_its_field(admin: Client) -> None:
    group = Group.objects.get(name="Programme officers")
    path = reverse("wagtailusers_groups:edit", args=[group.pk])
    assert group_name(group) in words(admin, path)
    assert 'value="Programme officers"' in admin.get(path).content.decode()


def test_deleting_one_and_giving_one_to_several_users_tell_them_too(admin: Client) -> None:
    group = Group.objects.get(name="Report readers")
    user = UserFactory(in_group="Editors")
    delete = reverse("wagtailusers_groups:delete", args=[group.pk])
    several = reverse("wagtail_bulk_action", args=["auth", "user", "assign_role"]) + f"?id={user.pk}&next=/admin/users/"
    said = {path: words(admin, path) for path in (delete, several)}
    assert {path: ("Report readers" in each, group_name(group) in each) for path, each in said.items()} == {
        delete: (False, True),
        several: (False, True),
    }
    given = admin.post(several, {"role": group.pk}, follow=True).content.decode()
    assert (f"assigned as {group_name(group)}" in given, user.groups.filter(pk=group.pk).exists()) == (True, True)
    gone = admin.post(delete, follow=True).content.decode()
    assert (f"&#x27;{group_name(group)}&#x27; deleted" in gone, Group.objects.filter(pk=group.pk).exists()) == (
        True,
        False,
    )
