"""Several doors press at the same moment: one check-in a person, and no seat given twice."""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from events.models import CheckIn, CheckInMark, Event
from events.models.registration.check_ins import Attendance
from events.registration import add_walk_in, verify, write_marks
from events.registration.attending import Mark
from tests.events.registration.applying import applicant, apply, counted, taking, today
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
DOORS = 6


def at_once(press: Callable[[int], Any]) -> list[Any]:
    """What each door gets; each has a connection of its own, closed behind it."""

    def alone(number: int) -> Any:
        try:
            return press(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(DOORS) as doors:
        return list(doors.map(alone, range(DOORS)))


def day(event: Event) -> str:
    event.refresh_from_db()
    assert event.starts_on
    return event.starts_on.isoformat()


@pytest.fixture
def doorkeeper() -> Any:
    user = UserFactory()
    user.groups.add(Group.objects.get(name="Check-in"))
    return user


def test_one_check_in_since_the_first(doorkeeper: Any) -> None:
    event = today(taking())
    rows = [verify(registration=apply(event, name)) for name in ("Ali", "Bora")]
    place, now = day(event), timezone.now()

    def press(number: int) -> list[Any]:
        order = rows if number % 2 else rows[::-1]
        moment = now - dt.timedelta(minutes=number)
        marks = [Mark(row.code, Attendance.PRESENT, moment, device=str(number)) for row in order]
        return write_marks(event=event.pk, place=place, marks=marks, by=doorkeeper)

    written = at_once(press)
    assert {each.refused for answer in written for each in answer} == {""}
    found = list(CheckIn.objects.values_list("state", "device", "at"))
    assert found == [("present", str(DOORS - 1), now - dt.timedelta(minutes=DOORS - 1))] * 2
    assert CheckInMark.objects.count() == DOORS * 2


def test_the_last_seat_is_given_once(doorkeeper: Any) -> None:
    event = today(taking(capacity=1))
    place = day(event)

    def press(number: int) -> str:
        who = applicant(f"Kişi {number}", email="")
        try:
            return add_walk_in(event=event, applicant=who, place=place, by=doorkeeper).state
        except ValidationError as error:
            return str(error.code)

    assert sorted(at_once(press)) == ["confirmed", *["full"] * (DOORS - 1)]
    assert (counted(event), CheckIn.objects.count()) == ((1, 1), 1)
