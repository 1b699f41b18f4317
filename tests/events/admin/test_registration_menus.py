"""The menus below the header of every screen of registrations: each has what its officer may open."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client

from tests.events.admin.conftest import Enter
from tests.events.registration.applying import apply, taking
from tests.factories import EventFactory, UserFactory

pytestmark = pytest.mark.django_db
PEOPLE = ["All registrations", "Groups", "Requests for changes"]
FORM = ["Settings", "Questions", "Notices and consents", "Sessions to choose"]


@pytest.fixture
def registrar() -> UserFactory:
    """Figen, who runs registrations."""
    user = UserFactory(username="figen")
    user.groups.add(Group.objects.get(name="Registration officers"))
    return user


def stands(client: Client, url: str) -> dict[str, list[str]]:
    return {menu.label: [each.label for each in menu.entries] for menu in client.get(url).context["menus"]}


def test_who_runs_registrations_has_all_of_them(registrar: UserFactory, enter: Enter) -> None:
    event = taking()
    assert stands(enter(registrar), f"/admin/events/{event.pk}/registrations/") == {
        "People": [*PEOPLE, "Add a registration", "Add from a sheet"],
        "Form": [*FORM, "Try the form (Turkish)", "Try the form (English)"],
        "Letters": ["Outbox", "Write to all who are registered", "Words and times of all letters"],
        "Papers": ["Badges, certificates, lists", "Export as .xlsx", "Export as .csv"],
        "Reports": ["Registrations in counts", "Who opened sensitive answers"],
    }


def test_before_there_are_settings_nobody_is_added_or_written_to(registrar: UserFactory, enter: Enter) -> None:
    found = stands(enter(registrar), f"/admin/events/{EventFactory().pk}/registrations/")
    assert (found["People"], found["Letters"]) == (PEOPLE, ["Outbox", "Words and times of all letters"])


def test_who_only_reads_has_what_can_be_read(enter: Enter) -> None:
    reader = UserFactory(username="reads")
    reader.user_permissions.add(*Permission.objects.filter(codename__in=["access_admin", "view_registration"]))
    event = taking()
    assert stands(enter(reader), f"/admin/events/{event.pk}/registrations/") == {
        "People": PEOPLE,
        "Letters": ["Outbox"],
        "Reports": ["Registrations in counts"],
    }


def test_the_report_has_them_too_but_not_for_who_reads_reports_alone(registrar: UserFactory, enter: Enter) -> None:
    event, reader = taking(), UserFactory(username="reads")
    reader.groups.add(Group.objects.get(name="Report readers"))
    report = f"/admin/events/{event.pk}/registration/report/"
    assert list(stands(enter(registrar), report)) == ["People", "Form", "Letters", "Papers", "Reports"]
    assert stands(enter(reader), report) == {}


def test_every_entry_leads_somewhere_and_says_where_one_is(registrar: UserFactory, enter: Enter) -> None:
    event, client = taking(), enter(registrar)
    row = apply(event, "Ali")
    home = f"/admin/events/{event.pk}/registrations/"
    for menu in client.get(home).context["menus"]:
        for entry in menu.entries:
            answer = client.get(entry.url)
            assert answer.status_code == 200, entry
            if answer.context and "menus" in answer.context:
                here = [each for own in answer.context["menus"] for each in own.entries if each.here]
                assert [(each.url, each.here) for each in here] == [(entry.url, "page")]
    below = [each for menu in client.get(f"{home}{row.pk}/").context["menus"] for each in menu.entries if each.here]
    assert [(each.url, each.here) for each in below] == [(home, "true")]
