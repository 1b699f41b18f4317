"""Who was there: marks of doors that work apart, late and twice, come to one check-in by a written rule."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import CheckIn, CheckInMark, Event, Registration
from events.models.registration.check_ins import Attendance
from events.registration import (
    cancel,
    check_in,
    mark_absent,
    mark_excused,
    undo_check_in,
    verify,
    write_marks,
)
from events.registration.attending import Mark
from events.registration.door import places_of
from events.registration.keeping import erase_registration
from tests.events.registration.applying import apply, taking
from tests.factories import SessionFactory, UserFactory

pytestmark = pytest.mark.django_db
DAY = "2027-06-10"
NINE = datetime(2027, 6, 10, 6, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _at_noon() -> Any:
    with time_machine.travel(NINE + timedelta(hours=3), tick=False):
        yield


@pytest.fixture
def doorkeeper() -> Any:
    """Gül works at the door and may do nothing else."""
    user = UserFactory(username="gul")
    user.groups.add(Group.objects.get(name="Check-in"))
    return user


@pytest.fixture
def event() -> Event:
    found = taking()
    Event.objects.filter(pk=found.pk).update(starts_on=DAY, ends_on="2027-06-11")
    found.refresh_from_db()
    return found


def confirmed(event: Event, name: str = "Ali Örnek") -> Registration:
    return verify(registration=apply(event, name))


def at(minutes: int) -> datetime:
    return NINE + timedelta(minutes=minutes)


def stand(event: Event) -> list[tuple[str, str, str, datetime]]:
    rows = CheckIn.objects.filter(registration__event=event).order_by("registration__name", "place")
    return [(row.registration.name, row.place, row.state, row.at) for row in rows]


def test_in_again_out_and_absent(event: Event, doorkeeper: Any) -> None:
    row = confirmed(event)
    for verb, state in (
        (check_in, "present"),
        (check_in, "present"),
        (undo_check_in, "undone"),
        (mark_absent, "absent"),
        (mark_excused, "excused"),
    ):
        found = verb(registration=row, place=DAY, device="Kapı 1", by=doorkeeper)
        assert (found.state, found.by, found.device, str(found.day)) == (state, doorkeeper, "Kapı 1", DAY)
    assert (CheckIn.objects.count(), CheckInMark.objects.count()) == (1, 5)


def test_a_session_and_the_days_of_the_event_are_apart(event: Event, doorkeeper: Any) -> None:
    row, session = confirmed(event), SessionFactory(event=event, day="2027-06-11")
    with time_machine.travel(NINE + timedelta(days=1), tick=False):
        for place in (DAY, "2027-06-11", session.key):
            check_in(registration=row, place=place, by=doorkeeper)
    assert [each[1] for each in stand(event)] == sorted([DAY, "2027-06-11", session.key])
    assert str(CheckIn.objects.get(session=session).day) == session.day
    session.delete()
    assert CheckIn.objects.filter(session=None, registration=row).count() == 3


ORDERS = [(0, 1, 2), (2, 1, 0), (1, 2, 0), (2, 0, 1)]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize(
    ("pressed", "state", "minute"),
    [
        ([("present", 5), ("present", 9), ("present", 2)], "present", 2),
        ([("present", 5), ("undone", 6), ("present", 7)], "present", 7),
        ([("present", 5), ("absent", 1), ("undone", 9)], "undone", 9),
    ],
)
def test_whatever_the_order_in_which_they_arrive(
    order: tuple[int, ...], pressed: list[tuple[str, int]], state: str, minute: int, event: Event, doorkeeper: Any
) -> None:
    row = confirmed(event)
    marks = [Mark(row.code, Attendance(word), at(when)) for word, when in pressed]
    for place in order:
        write_marks(event=event, place=DAY, marks=[marks[place]], by=doorkeeper)
    assert stand(event) == [("Ali Örnek", DAY, state, at(minute))]


def test_the_same_mark_twice_is_one_and_two_doors_agree(event: Event, doorkeeper: Any) -> None:
    row, key = confirmed(event), uuid.uuid4()
    first = Mark(row.code, Attendance.PRESENT, at(3), key, "A")
    other = Mark(row.code, Attendance.PRESENT, at(1), uuid.uuid4(), "B")
    for marks in ([first], [first, other], [other], [first]):
        (written, *_more) = write_marks(event=event, place=DAY, marks=marks, by=doorkeeper)
        assert written.check_in is not None
    assert CheckInMark.objects.count() == 2
    assert (stand(event)[0][3], CheckIn.objects.get().device) == (at(1), "B")


def test_a_clock_that_is_ahead_says_now(event: Event, doorkeeper: Any) -> None:
    row = confirmed(event)
    write_marks(event=event, place=DAY, marks=[Mark(row.code, Attendance.PRESENT, at(600))], by=doorkeeper)
    assert stand(event)[0][3] == NINE + timedelta(hours=3)


def test_who_has_no_seat_is_refused_unless_it_was_given_up_later(event: Event, doorkeeper: Any) -> None:
    with time_machine.travel(at(-60)):
        ali, unconfirmed = confirmed(event), apply(event, "Bora")
        erased = confirmed(event, "Cem")
    with time_machine.travel(at(30)):
        cancel(registration=ali)
        erase_registration(registration=erased)
    marks = [
        Mark(ali.code, Attendance.PRESENT, at(10)),
        Mark(ali.code, Attendance.PRESENT, at(40)),
        Mark(unconfirmed.code, Attendance.PRESENT, at(10)),
        Mark(erased.code, Attendance.PRESENT, at(10)),
        Mark("nobody", Attendance.PRESENT, at(10)),
    ]
    written = write_marks(event=event, place=DAY, marks=marks, by=doorkeeper)
    assert [each.refused for each in written] == [
        "",
        "Ali Örnek has no seat: cancelled.",
        "Bora has no seat: address not confirmed.",
        "There is no such registration here.",
        "There is no such registration here.",
    ]
    assert stand(event) == [("Ali Örnek", DAY, "present", at(10))]


@pytest.mark.parametrize("place", ["2027-06-09", "2027-06-12", "2027-13-40", "", "abcdefghij", "9" * 12])
def test_a_place_that_the_event_has_not(place: str, event: Event, doorkeeper: Any) -> None:
    row = confirmed(event)
    SessionFactory()
    with pytest.raises(ValidationError):
        check_in(registration=row, place=place, by=doorkeeper)
    assert not CheckInMark.objects.exists()


def test_only_who_may(event: Event) -> None:
    row = confirmed(event)
    for verb in (check_in, undo_check_in, mark_absent, mark_excused):
        with pytest.raises(PermissionDenied):
            verb(registration=row, place=DAY, by=UserFactory(editor=True))
    assert not CheckInMark.objects.exists()


def test_erasing_leaves_that_somebody_came_and_not_who_saw_it(event: Event, doorkeeper: Any) -> None:
    row = confirmed(event)
    check_in(registration=row, place=DAY, device="A", by=doorkeeper)
    erase_registration(registration=row)
    found = CheckIn.objects.get()
    assert (found.state, found.by, found.device, CheckInMark.objects.count()) == ("present", None, "", 0)


def test_four_queries_however_many_marks(event: Event, doorkeeper: Any) -> None:
    """What is around them is the transaction, inside the test's own."""
    rows = [confirmed(event, f"Kişi {number}") for number in range(5)]
    doorkeeper.has_perm("events.check_in_registration")
    for count in (1, 5):
        marks = [Mark(row.code, Attendance.PRESENT, at(count)) for row in rows[:count]]
        with CaptureQueriesContext(connection) as asked:
            write_marks(event=event, place=DAY, marks=marks, by=doorkeeper)
        words = [query["sql"].split()[0] for query in asked.captured_queries]
        assert words == ["SAVEPOINT", "SELECT", "INSERT", "SELECT", "INSERT", "RELEASE"]


def test_a_day_opens_the_evening_before_and_a_session_two_hours_before(event: Event, doorkeeper: Any) -> None:
    """By the clocks of the place: the session is in a town three hours behind Istanbul."""
    row = confirmed(event)
    there = SessionFactory(event=event, day="2027-06-11", start="10:00", start_zone="UTC", confirmed=True)
    untimed = SessionFactory(event=event, day="2027-06-11", start=None, end=None, confirmed=True)
    opening = {
        "2027-06-10": datetime(2027, 6, 9, 15, 0, tzinfo=UTC),
        "2027-06-11": datetime(2027, 6, 10, 15, 0, tzinfo=UTC),
        there.key: datetime(2027, 6, 11, 8, 0, tzinfo=UTC),
        untimed.key: datetime(2027, 6, 10, 15, 0, tzinfo=UTC),
    }
    assert {each.key: each.opens for each in places_of(event) if each.key in opening} == opening
    words = {"2027-06-10": "9 June 2027, 18:00", there.key: "11 June 2027, 11:00"}
    with time_machine.travel(datetime(2027, 6, 12, tzinfo=UTC), tick=False):
        for place, moment in opening.items():
            early = Mark(row.code, Attendance.PRESENT, moment - timedelta(seconds=1))
            (written,) = write_marks(event=event, place=place, marks=[early], by=doorkeeper)
            said = words.get(place, "10 June 2027, 18:00")
            assert written.refused == f"The door opens on {said}. Nobody can be marked before."
            on_time = Mark(row.code, Attendance.PRESENT, moment)
            (written,) = write_marks(event=event, place=place, marks=[on_time], by=doorkeeper)
            assert (written.refused, written.check_in and written.check_in.at) == ("", moment)


def test_what_was_marked_before_doors_had_hours_stands_and_can_be_taken_back(event: Event, doorkeeper: Any) -> None:
    row = confirmed(event)
    check_in(registration=row, place=DAY, by=doorkeeper)
    Event.objects.filter(pk=event.pk).update(starts_on="2027-06-10", ends_on="2027-06-30")
    CheckIn.objects.filter(registration=row).update(place="2027-06-30", day="2027-06-30")
    CheckInMark.objects.filter(registration=row).update(place="2027-06-30")
    assert stand(event)[0][1:3] == ("2027-06-30", "present")
    undo_check_in(registration=row, place="2027-06-30", by=doorkeeper)
    assert stand(event)[0][2] == "undone"
