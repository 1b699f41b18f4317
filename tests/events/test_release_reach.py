"""Whom the next release reaches: entries of calendars, and people by name."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from events.erasure import erase_person
from events.models import Event, Person, Session
from events.release import (
    Comparison,
    Entries,
    Recipients,
    calendar_entries,
    compare_programme,
    read_recipients,
    register_recipients,
    release_programme,
)
from events.release import reach as reaching
from tests.factories import ContributionFactory, EventFactory, PersonFactory, RoomFactory, SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(time_machine: Any) -> Event:
    """Five sessions, public as release 1 for an hour."""
    now = dt.datetime(2027, 6, 1, 9, tzinfo=dt.UTC)
    time_machine.move_to(now)
    made: Event = EventFactory(with_sessions=5)
    release_programme(event=made)
    time_machine.move_to(now + dt.timedelta(hours=1))
    return made


def entries(event: Event) -> Entries:
    return calendar_entries(compare_programme(event))


def test_a_first_release_is_all_new() -> None:
    event = EventFactory(with_sessions=3)
    SessionFactory(event=event, confirmed=True, untimed=True)
    SessionFactory(event=event, confirmed=True, restricted=True)
    assert entries(event) == Entries(new=3)


def test_each_kind_of_change_is_counted_once(event: Event) -> None:
    """What moves, what is cancelled or no longer public, what only reads otherwise, what is new, what stays."""
    moved, cancelled, hidden, retitled, _kept = event.sessions.order_by("start")
    rows = Session.objects
    rows.filter(pk=moved.pk).update(room=RoomFactory())
    rows.filter(pk=cancelled.pk).update(status="cancelled")
    rows.filter(pk=hidden.pk).update(audience="staff")
    rows.filter(pk=retitled.pk).update(title_en="New title")
    SessionFactory(event=event, confirmed=True, start=dt.time(16))
    assert entries(event) == Entries(new=1, moved=1, cancelled=2, reworded=1)
    release_programme(event=event)
    assert entries(event) == Entries()


def test_a_session_that_loses_its_time_is_still_told(event: Event) -> None:
    Session.objects.filter(pk=event.sessions.order_by("start")[0].pk).update(start=None, end=None)
    assert entries(event) == Entries(moved=1)


def test_people_are_named_with_what_changes_for_them(event: Event) -> None:
    """Now or before in a changed session; without an address only counted, erased not at all."""
    stays, moves, loses = event.sessions.order_by("start")[:3]
    quiet = PersonFactory(name="Quiet", email="quiet@sample.example")
    speaker = PersonFactory(name="Speaker", email="speaker@sample.example", language="en")
    gone = PersonFactory(name="Gone", email="gone@sample.example")
    silent, erased = PersonFactory(name="Silent"), PersonFactory(name="Erased", email="erased@sample.example")
    ContributionFactory(session=stays, person=quiet)
    for person in (speaker, silent, erased):
        ContributionFactory(session=moves, person=person)
    leaving = ContributionFactory(session=loses, person=gone)
    release_programme(event=event)
    leaving.delete()
    Session.objects.filter(pk=moves.pk).update(start=dt.time(17), end=dt.time(18))
    erase_person(person=erased)
    [group] = read_recipients(event, compare_programme(event))
    told = {each.name: (each.email, each.language, [title["en"] for title in each.titles]) for each in group.people}
    assert told == {
        "Speaker": ("speaker@sample.example", "en", [moves.title_en]),
        "Gone": ("gone@sample.example", "tr", [loses.title_en]),
    }
    assert group.unreachable == 1


@pytest.fixture
def registrations() -> Iterator[None]:
    """Another package knows everybody who comes."""

    def reader(event: Event, comparison: Comparison) -> Recipients:
        return Recipients(f"Registered for {event.slug}", unreachable=Person.objects.count())

    register_recipients(reader)
    yield
    reaching._readers.remove(reader)


def test_other_packages_name_their_people(event: Event, registrations: None) -> None:
    labels = [group.label for group in read_recipients(event, compare_programme(event))]
    assert labels[1:] == [f"Registered for {event.slug}"]
