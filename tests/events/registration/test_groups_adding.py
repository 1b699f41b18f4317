"""Who may still be added to a group: once the event takes none any more, or takes nobody, the contact adds nobody."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from events.models import Message, RegistrationSettings
from events.registration.groups.correcting import correct_member
from events.registration.groups.members import add_member
from events.registration.groups.registering import Member
from events.registration.substituting import substitute
from tests.events.registration.applying import applicant, counted
from tests.events.registration.group_browsing import enter_group
from tests.events.registration.grouped import confirmed_group, standing, taking_groups
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_once_groups_are_switched_off_only_an_officer_adds_to_one_and_the_rest_stays_possible() -> None:
    event = taking_groups(substitutes="groups")
    group = confirmed_group(event, "Ilgaz", 2)
    RegistrationSettings.objects.filter(event=event).update(groups=False)
    ada, bora = (Member(applicant(name)) for name in ("Ada", "Bora"))
    before = Message.objects.count()
    with pytest.raises(ValidationError, match="takes no groups any more, so nobody can be added"):
        add_member(group=group, member=ada)
    assert (standing(group), counted(event), Message.objects.count()) == (
        ("confirmed", ["confirmed"] * 2),
        (2, 2),
        before,
    )
    first, second = group.active_members
    substitute(registration=first, applicant=applicant("Cem"))
    correct_member(group=group, member=second, applicant=applicant("Ece"), answers={})
    assert add_member(group=group, member=bora, by=UserFactory(admin=True)).state == "confirmed"
    names = list(group.active_members.order_by("pk").values_list("name", flat=True))
    assert (names, counted(event)) == (["Ece", "Cem", "Bora"], (3, 3))


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ({"groups": False}, "This event takes no groups any more, so nobody can be added to one."),
        ({"approval": True}, "An officer decides on each registration here. Write to us to add somebody."),
        ({"closes_at": timezone.now()}, "Registration is closed."),
        ({"capacity": 2, "waiting_list": False}, "All seats are taken."),
        ({"largest_group": 2}, "A group has 2 people at most."),
    ],
)
def test_where_nobody_can_be_added_no_form_is_offered_and_the_page_says_why(
    client: Client, setting: dict[str, Any], told: str
) -> None:
    event = taking_groups(substitutes="groups")
    group = confirmed_group(event, "Ilgaz", 2)
    page = enter_group(client, "contact@ilgaz.example")
    html = client.get(page).content.decode()
    assert ("Add a member" in html, told in html) == (True, False)
    RegistrationSettings.objects.filter(event=event).update(**setting)
    html = client.get(page).content.decode()
    assert ("Add a member" in html, told in html, "Replace or cancel" in html) == (False, True, True)
    assert client.get(f"{page}add/")["Location"] == page
    assert html.count(told) == 1
    answer = client.post(f"{page}add/", {"name": "Ada Örnek"})
    assert (answer.status_code, told in answer.content.decode(), group.members.count()) == (422, True, 2)
