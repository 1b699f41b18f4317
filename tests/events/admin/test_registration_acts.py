"""What an officer may do to one registration or to many: what fits is offered, and what did not fit is told."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client

from events.models import Registration
from events.registration import decline, verify
from tests.events.admin.conftest import Enter
from tests.events.registration.applying import apply, taking
from tests.events.registration.grouped import confirmed_group, taking_groups
from tests.factories import EventFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(enter: Enter) -> Client:
    """Figen, who runs registrations."""
    user = UserFactory(username="figen")
    user.groups.add(Group.objects.get(name="Registration officers"))
    return enter(user)


def offered(answer: Any) -> list[str]:
    """The acts that stand in the list to choose from."""
    chosen = re.search(r'<select id="reg-act".*?</select>', answer.content.decode(), re.DOTALL)
    return [each for each in re.findall(r'value="(\w*)"', chosen[0]) if each] if chosen else []


def told(answer: Any) -> list[str]:
    return [str(each).strip() for each in answer.context["messages"]]


def test_one_registration_offers_what_can_be_done_in_its_state(client: Client) -> None:
    event = taking(approval=True)
    row = verify(registration=apply(event, "Ali"))
    page = f"/admin/events/{event.pk}/registrations/{row.pk}/"
    assert offered(client.get(page)) == ["approve", "decline", "waitlist", "offer", "cancel", "resend"]
    client.post(page, {"act": "approve"})
    assert offered(client.get(page)) == ["decline", "waitlist", "cancel", "resend"]
    client.post(page, {"act": "cancel"})
    answer = client.get(page)
    assert (offered(answer), b'name="reason"' in answer.content) == (["resend"], False)


def test_a_member_leads_to_the_group_that_is_decided_on_whole(client: Client) -> None:
    event = taking_groups(approval=True)
    group = confirmed_group(event, "Ilgaz", 2)
    answer = client.get(f"/admin/events/{event.pk}/registrations/{group.members.first().pk}/")
    assert offered(answer) == ["decline", "cancel"]
    assert b"decided for the whole group" in answer.content


def test_many_are_offered_what_fits_one_of_them_and_the_others_are_told(client: Client) -> None:
    event = taking(approval=True, capacity=1)
    page = f"/admin/events/{event.pk}/registrations/"
    rows = [verify(registration=apply(event, name)) for name in ("Ali", "Bora", "Cem", "Derya")]
    client.post(page, {"row": [rows[0].pk], "act": "approve"})
    decline(registration=rows[3])
    assert offered(client.get(page)) == ["approve", "decline", "waitlist", "offer", "cancel", "resend"]
    answer = client.post(page, {"row": [row.pk for row in rows], "act": "approve"}, follow=True)
    assert told(answer) == [
        "Approve: 1 registration stays as it is (confirmed): Ali.",
        "Approve: not done for 2 registrations. No seat is left, or the organisation has its full quota. Raise the "
        "number or use the waiting list. (Bora and Cem)",
        "Derya: This registration has ended. The person has to register again.",
    ]
    assert offered(client.get(page, {"state": "declined"})) == ["resend"]


def test_of_many_the_first_are_named(client: Client) -> None:
    event = taking(approval=True)
    rows = [verify(registration=apply(event, f"Kişi {number:02}")) for number in range(12)]
    posted = {"row": [row.pk for row in rows], "act": "approve"}
    page = f"/admin/events/{event.pk}/registrations/"
    assert told(client.post(page, posted, follow=True)) == ["Approve: 12 registrations."]
    told_again = told(client.post(page, posted, follow=True))
    assert len(told_again) == 1
    assert told_again[0].startswith("Approve: 12 registrations stay as they are (confirmed): Kişi 00, ")
    assert told_again[0].endswith("Kişi 09 and 2 more.")


def test_who_only_reads_is_offered_nothing(enter: Enter, django_user_model: Any) -> None:
    reader = django_user_model.objects.create_user("reads")
    reader.user_permissions.add(*Permission.objects.filter(codename__in=["access_admin", "view_registration"]))
    event = taking()
    row = apply(event, "Ali")
    for rest in ("", f"{row.pk}/"):
        assert offered(enter(reader).get(f"/admin/events/{event.pk}/registrations/{rest}")) == []


def test_an_event_that_is_not_public_takes_nobody_by_hand(client: Client) -> None:
    event = EventFactory()
    for method in (client.get, client.post):
        assert method(f"/admin/events/{event.pk}/registrations/add/").status_code == 302
        assert method(f"/admin/events/{event.pk}/registration/sessions/").status_code == 302
    assert Registration.objects.count() == 0
