"""Warnings that an officer lets stand: apart while their facts are the same, open again once they are not."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import translation
from pytest_django import DjangoAssertNumQueries
from wagtail.models import ModelLogEntry

from events.conflicts import Conflict, accept_warning, find_conflicts, read_warnings, reopen_warning
from events.erasure import erase_person
from events.models import AcceptedWarning, Event, Room, Session
from tests.factories import ContributionFactory, EventFactory, PersonFactory, RoomFactory, SessionFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    """Two sessions share the Linden room from nine to ten."""
    made: Event = EventFactory(with_sessions=0)
    room = RoomFactory(name_en="Linden", capacity=50)
    SessionFactory.create_batch(2, event=made, confirmed=True, room=room)
    return made


@pytest.fixture
def officer() -> Any:
    return UserFactory(officer=True, first_name="Ayşe", last_name="Örnek")


def accept(event: Event, by: Any, conflict: Conflict, note: str = "It is one large room.") -> AcceptedWarning:
    seen = {"rule": conflict.code, "keys": conflict.keys, "fingerprint": conflict.fingerprint}
    return accept_warning(event=event, by=by, note=note, **seen)


def counts(event: Event) -> tuple[list[str], list[str]]:
    """Codes of what is open and of what is accepted."""
    found = read_warnings(Event.objects.get(pk=event.pk))
    return [each.conflict.code for each in found.open], [each.conflict.code for each in found.accepted]


def test_what_is_accepted_stands_apart_with_note_and_name(event: Event, officer: Any, time_machine: Any) -> None:
    time_machine.move_to(dt.datetime(2027, 6, 1, 9, tzinfo=dt.UTC), tick=False)
    accept(event, officer, find_conflicts(event)[0], note="  It is one\nlarge room. ")
    found = read_warnings(event)
    assert (found.open, [each.conflict.code for each in found.accepted]) == ([], ["room_twice"])
    with translation.override("en"):
        assert found.accepted[0].said == "“It is one large room.” – Ayşe Örnek, 1 June 2027"
    assert ModelLogEntry.objects.get(action="events.accept_warning").user == officer


def test_it_is_open_again_once_its_facts_change(event: Event, officer: Any) -> None:
    """Moved, not only retitled; and accepted for both sessions it keeps whichever is named first."""
    accept(event, officer, find_conflicts(event)[0])
    first, second = event.sessions.order_by("pk")
    Session.objects.filter(pk=first.pk).update(title_en="Another title", version=2)
    assert counts(event) == ([], ["room_twice"])
    Session.objects.filter(pk=second.pk).update(start=dt.time(8, 30))
    assert counts(event) == (["room_twice"], [])
    [standing] = read_warnings(event).open
    assert "It is one large room." in standing.said
    Session.objects.filter(pk=second.pk).update(start=dt.time(9))
    assert counts(event) == ([], ["room_twice"])


@pytest.mark.parametrize(
    ("code", "session", "room", "other"),
    [
        ("capacity_over_room", {"capacity": 60}, {"capacity": 50}, {"capacity": 70}),
        ("room_closed", {}, {"opens_at": dt.time(9, 30)}, {"start": dt.time(8)}),
        ("missing_language", {"title_en": ""}, {}, {"abstract_tr": "Özet"}),
        ("outside_event_days", {"day": dt.date(2027, 6, 12)}, {}, {"day": dt.date(2027, 6, 13)}),
        ("end_before_start", {"end": dt.time(8)}, {}, {"end": dt.time(7)}),
    ],
)
def test_each_rule_knows_its_facts(
    code: str, session: dict[str, Any], room: dict[str, Any], other: dict[str, Any], officer: Any
) -> None:
    made = SessionFactory(confirmed=True, room=RoomFactory(**room), **session)
    [conflict] = find_conflicts(made.event)
    assert conflict.code == code
    accept(made.event, officer, conflict)
    Session.objects.filter(pk=made.pk).update(ref="A1")
    assert counts(made.event) == ([], [code])
    Session.objects.filter(pk=made.pk).update(**other)
    assert counts(made.event) == ([code], [])


def test_a_warning_that_changed_meanwhile_is_not_accepted(event: Event, officer: Any) -> None:
    seen = find_conflicts(event)[0]
    Session.objects.filter(pk=seen.sessions[0].pk).update(start=dt.time(9, 15))
    with pytest.raises(ValidationError, match="about something else"), translation.override("en"):
        accept(event, officer, seen)
    assert AcceptedWarning.objects.count() == 0


def test_a_note_is_needed_and_so_is_the_right(event: Event, officer: Any) -> None:
    seen = find_conflicts(event)[0]
    with pytest.raises(ValidationError):
        accept(event, officer, seen, note=" \u200b ")
    with pytest.raises(PermissionDenied):
        accept(event, UserFactory(reader=True), seen)
    with pytest.raises(PermissionDenied):
        reopen_warning(event=event, by=UserFactory(reader=True), rule=seen.code, keys=seen.keys)


def test_accepting_twice_keeps_the_last_word_and_reopening_ends_it(event: Event, officer: Any) -> None:
    seen = find_conflicts(event)[0]
    accept(event, officer, seen)
    accept(event, officer, seen, note="A wall stands between them.")
    assert [row.note for row in event.accepted_warnings.all()] == ["A wall stands between them."]
    told = {"rule": seen.code, "keys": seen.keys}
    assert [reopen_warning(event=event, by=officer, **told) for _each in range(2)] == [True, False]
    assert counts(event) == (["room_twice"], [])
    assert ModelLogEntry.objects.filter(action="events.reopen_warning").count() == 1


def test_erasing_a_person_reaches_the_notes(officer: Any) -> None:
    """What was said of a warning about the person goes; in what was said of another the name does."""
    event, room, person = EventFactory(), RoomFactory(), PersonFactory(name="Zümrüt Kanaryakuşu")
    for session in SessionFactory.create_batch(2, event=event, confirmed=True, room=room):
        ContributionFactory(session=session, person=person)
    for conflict in find_conflicts(event):
        accept(event, officer, conflict, note="Zümrüt Kanaryakuşu knows.")
    erase_person(person=person)
    assert [(row.rule, row.note) for row in event.accepted_warnings.all()] == [("room_twice", "… knows.")]


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow(number: int, officer: Any, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    event = EventFactory()
    rooms: list[Room] = RoomFactory.create_batch(number)
    for room in rooms:
        SessionFactory.create_batch(2, event=event, confirmed=True, room=room)
    for conflict in find_conflicts(event)[1:]:
        accept(event, officer, conflict)
    with django_assert_num_queries(4):
        found = read_warnings(event)
        assert len([each.said for each in [*found.open, *found.accepted]]) == number
    assert (len(found.open), len(found.accepted)) == (1, number - 1)
