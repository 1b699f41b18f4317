"""Let in at the door: free seats by whoever works there, one more than planned only by who may decide so."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.models import ModelLogEntry

from events.models import CheckIn, Event, Registration, RegistrationSettings
from events.registration import add_walk_in, admit, cancel, offer, verify
from events.registration.walk_ins import FullError
from events.release import cancel_event
from tests.events.registration.applying import applicant, apply, counted, states, taking
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day() -> Any:
    """It is ten o'clock on the day of the event, and the clock runs."""
    with time_machine.travel(datetime(2027, 6, 10, 7, 0, tzinfo=UTC)):
        yield


@pytest.fixture
def doorkeeper() -> Any:
    user = UserFactory(username="gul")
    user.groups.add(Group.objects.get(name="Check-in"))
    return user


@pytest.fixture
def registrar() -> Any:
    user = UserFactory(username="figen")
    user.groups.add(Group.objects.get(name="Registration officers"))
    return user


def day(event: Event) -> str:
    return event.starts_on.isoformat() if event.starts_on else "2027-06-10"


def present(event: Event) -> list[str]:
    rows = CheckIn.objects.present().filter(registration__event=event)
    return list(rows.order_by("registration__name").values_list("registration__name", flat=True))


def test_a_free_seat_is_given_at_the_door(doorkeeper: Any) -> None:
    event = taking(capacity=1)
    row = add_walk_in(event=event, applicant=applicant("Ali"), place=day(event), device="A", by=doorkeeper)
    assert (row.state, row.source, present(event), counted(event)) == ("confirmed", "officer", ["Ali"], (1, 1))
    with pytest.raises(FullError):
        add_walk_in(event=event, applicant=applicant("Bora"), place=day(event), by=doorkeeper)
    with pytest.raises(PermissionDenied):
        add_walk_in(event=event, applicant=applicant("Bora"), place=day(event), beyond=True, by=doorkeeper)
    with pytest.raises(ValidationError):
        add_walk_in(event=event, applicant=applicant("Ali"), place=day(event), by=doorkeeper)
    assert (states(event), counted(event)) == ({"Ali": "confirmed"}, (1, 1))


def test_one_more_than_planned_is_decided_and_written_down(registrar: Any) -> None:
    event = taking(capacity=1)
    for name, beyond in (("Ali", False), ("Bora", True), ("Cem", True)):
        add_walk_in(event=event, applicant=applicant(name), place=day(event), beyond=beyond, by=registrar)
    assert (present(event), counted(event)) == (["Ali", "Bora", "Cem"], (3, 3))
    assert RegistrationSettings.objects.get(event=event).capacity == 3
    raised = ModelLogEntry.objects.filter(action="events.registration.raise_seats").order_by("pk")
    assert [(entry.user, entry.data) for entry in raised] == [(registrar, {"seats": 2}), (registrar, {"seats": 3})]


def test_a_quota_is_passed_over_only_by_decision(registrar: Any, doorkeeper: Any) -> None:
    event = taking(capacity=5, quota=1)
    add_walk_in(event=event, applicant=applicant("Ali", organisation="Ilgın"), place=day(event), by=doorkeeper)
    with pytest.raises(FullError):
        add_walk_in(event=event, applicant=applicant("Bora", organisation="ılgın"), place=day(event), by=doorkeeper)
    bora = applicant("Bora", organisation="ILGIN")
    add_walk_in(event=event, applicant=bora, place=day(event), beyond=True, by=registrar)
    assert (counted(event), RegistrationSettings.objects.get(event=event).capacity) == ((2, 2), 5)


def test_a_place_that_is_none_leaves_nobody_behind(doorkeeper: Any) -> None:
    event = taking()
    with pytest.raises(ValidationError):
        add_walk_in(event=event, applicant=applicant("Ali"), place="1999-01-01", by=doorkeeper)
    assert (Registration.objects.count(), counted(event)) == (0, (0, 0))


def test_somebody_else_came_instead(doorkeeper: Any, registrar: Any) -> None:
    event = taking(capacity=1)
    ali = verify(registration=apply(event, "Ali"))
    waiting = apply(event, "Derya")
    bora, named = applicant("Bora"), ali.code.upper()
    with pytest.raises(PermissionDenied):
        add_walk_in(event=event, applicant=bora, place=day(event), instead_of=named, by=doorkeeper)
    row = add_walk_in(event=event, applicant=bora, place=day(event), instead_of=named, by=registrar)
    assert states(event) == {"Ali": "cancelled", "Derya": "waitlisted", "Bora": "confirmed"}
    assert (present(event), counted(event), waiting.state, row.seat) == (["Bora"], (1, 1), "waitlisted", True)
    assert CheckIn.objects.get(registration=ali).state == "replaced"
    with pytest.raises(ValidationError):
        add_walk_in(event=event, applicant=applicant("Cem"), place=day(event), instead_of=ali.code, by=registrar)


def test_a_held_seat_is_given_by_the_door_a_free_one_by_who_decides(doorkeeper: Any, registrar: Any) -> None:
    event = taking(capacity=2)
    ali, bora = apply(event, "Ali"), verify(registration=apply(event, "Bora"))
    cem = apply(event, "Cem")
    assert states(event) == {"Ali": "unverified", "Bora": "confirmed", "Cem": "waitlisted"}
    for row in (ali, bora):
        admit(registration=row, place=day(event), by=doorkeeper)
    with pytest.raises(PermissionDenied):
        admit(registration=cem, place=day(event), by=doorkeeper)
    with pytest.raises(FullError):
        admit(registration=cem, place=day(event), by=registrar)
    admit(registration=cem, place=day(event), beyond=True, by=registrar)
    assert (present(event), counted(event)) == (["Ali", "Bora", "Cem"], (3, 3))


def test_an_offered_seat_is_taken_at_the_door(doorkeeper: Any) -> None:
    event = taking(capacity=1)
    ali = verify(registration=apply(event, "Ali"))
    bora = apply(event, "Bora")
    RegistrationSettings.objects.filter(event=event).update(capacity=2)
    offer(registration=bora)
    admit(registration=bora, place=day(event), by=doorkeeper)
    assert (states(event), counted(event)) == ({"Ali": "confirmed", "Bora": "confirmed"}, (2, 2))
    assert ali.pk


def test_who_cancelled_is_entered_anew(doorkeeper: Any) -> None:
    event = taking()
    ali = verify(registration=apply(event, "Ali"))
    cancel(registration=ali)
    with pytest.raises(ValidationError):
        admit(registration=ali, place=day(event), by=doorkeeper)
    add_walk_in(event=event, applicant=applicant("Ali"), place=day(event), by=doorkeeper)
    assert (present(event), Registration.objects.count()) == (["Ali"], 2)


def test_nobody_is_let_in_to_what_does_not_take_place(doorkeeper: Any) -> None:
    event = taking()
    seated = apply(event, "Ali")
    cancel_event(event=event)
    for let_in in (
        lambda: add_walk_in(event=event, applicant=applicant("Bora"), place=day(event), by=doorkeeper),
        lambda: admit(registration=seated, place=day(event), by=doorkeeper),
    ):
        with pytest.raises(ValidationError, match="does not take place"):
            let_in()
    assert (states(event), present(event)) == ({"Ali": "unverified"}, [])
