"""What clashes: the sample's own warnings, its single changes, and the corners it does not show."""

import datetime as dt
from collections import Counter
from typing import Any

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from cms.demo.programme import Directory, write_sessions
from cms.demo.sample import Data
from events.conflicts import SEVERITY, Conflict, find_conflicts
from events.models import Contribution, Event, Organisation, Person, Room, Session, Track, Venue
from tests.demo import Demo
from tests.factories import (
    ContributionFactory,
    EventFactory,
    OrganisationFactory,
    PersonFactory,
    PositionFactory,
    RoomFactory,
    SessionFactory,
    VenueFactory,
)

pytestmark = pytest.mark.django_db
EVENTS = ["CONF-2027", "SV-2027-09", "DV-2027-10"]
Warned = tuple[str, tuple[str, ...]]
TIME = dt.time.fromisoformat


def _rooms(demo: Demo) -> dict[str, str]:
    """The sample's id of each room by its Turkish name."""
    return {room["name"]["tr"]: room["id"] for venue in demo.data["venues"] for room in venue.get("rooms", [])}


def _warned(demo: Demo, event: Event) -> set[Warned]:
    """The warnings as the sample writes them: code and ids."""
    rooms = _rooms(demo)
    found = [
        (
            conflict.code,
            (
                *(session.ref for session in conflict.sessions),
                *([rooms[conflict.room.name_tr]] if conflict.room else []),
                *([conflict.person.ref] if conflict.person else []),
            ),
        )
        for conflict in find_conflicts(Event.objects.get(pk=event.pk))
    ]
    assert len(found) == len(set(found))
    return set(found)


def _decided(warnings: list[Data], told: Data) -> set[Warned]:
    """Those of the sample's warnings that sessions, rooms and the people named in sessions can tell."""
    named = {
        session["id"]: {each for persons in session["people"].values() for each in persons}
        for session in told["sessions"]
    }
    return {
        (each["code"], tuple(each["ids"]))
        for each in warnings
        if each["code"] in SEVERITY
        and (each["code"] != "person_twice" or all(each["ids"][2] in named[ref] for ref in each["ids"][:2]))
    }


@pytest.mark.parametrize("name", EVENTS)
def test_warnings_of_the_sample(demo: Demo, name: str) -> None:
    expected = _decided(demo.expected["warnings"][name], demo.told(name))
    assert _warned(demo, demo.events[name]) == expected
    counts = demo.expected["warning_counts"][name]
    found = Counter(conflict.code for conflict in find_conflicts(demo.events[name]))
    assert found == {code: counts[code] for code in SEVERITY if counts.get(code)}


def test_severities_are_those_of_the_sample(demo: Demo) -> None:
    told = {each["code"]: each["severity"] for each in demo.expected["rules"]}
    assert {code: severity.value for code, severity in SEVERITY.items()} == {code: told[code] for code in SEVERITY}


def _changes_of_sessions(demo: Demo) -> list[tuple[str, Data]]:
    """The single changes of the sample that a session's row can hold, with the event they belong to."""
    fields = {"day", "start", "end", "title", "capacity", "room", "people", "status"}
    where = {session["id"]: event["id"] for event in demo.data["events"] for session in event["sessions"]}
    return [
        (where[each["id"]], each)
        for each in demo.expected["what_if"]
        if each["id"] in where and each["field"] in fields
    ]


def test_every_single_change_of_a_session_that_the_sample_names(demo: Demo) -> None:
    changes = _changes_of_sessions(demo)
    assert [change["id"] for _name, change in changes] == [
        *("S37", "S40", "S20", "S37", "S14", "S25", "S36", "D3", "D2", "D4", "L3", "X1", "X9", "T4")
    ]
    decided = 0
    for name, change in changes:
        told = demo.told(name)
        before = _warned(demo, demo.events[name])
        _apply(demo, name, {change["field"]: change["value"]}, change["id"])
        after = _warned(demo, demo.events[name])
        changed = {**told, "sessions": [{**each, **_value(each, change)} for each in told["sessions"]]}
        adds, removes = _decided(change["adds"], changed), _decided(change["removes"], told)
        assert (change, after - before, before - after) == (change, adds, removes)
        decided += len(adds) + len(removes)
        _apply(demo, name, {}, change["id"])
        assert _warned(demo, demo.events[name]) == before
    assert decided == 12


def _value(session: Data, change: Data) -> Data:
    return {change["field"]: change["value"]} if session["id"] == change["id"] else {}


def _apply(demo: Demo, name: str, values: Data, ref: str) -> None:
    """Write one session as the sample tells it, with other values for some of its fields."""
    event, told = demo.events[name], demo.told(name)
    position, session = next((at, each) for at, each in enumerate(told["sessions"]) if each["id"] == ref)
    write_sessions(event, [{**session, **values, "position": position}], _directory(demo, event))


def _directory(demo: Demo, event: Event) -> Directory:
    data = demo.data
    names = {each["id"]: each["name"]["tr"] for part in ("organisations", "venues") for each in data[part]}
    rooms = _rooms(demo)
    parties = {party["name"]["tr"]: party["id"] for each in data["events"] for party in each["parties"]}
    return Directory(
        organisations={
            ref: Organisation.objects.get(name_tr=name) for ref, name in names.items() if ref.startswith("ORG-")
        },
        people={person.ref: person for person in Person.objects.all()},
        shown={person.ref: {} for person in Person.objects.all()},
        venues={ref: Venue.objects.get(name_tr=name) for ref, name in names.items() if not ref.startswith("ORG-")},
        rooms={rooms[room.name_tr]: room for room in Room.objects.all()},
        tracks={track.letter: track for track in Track.objects.filter(event=event)},
        parties={parties[party.name_tr]: party for party in event.parties.all()},
    )


def _session(event: Event, start: str | None, end: str | None, **values: Any) -> Session:
    return SessionFactory(
        event=event,
        status="confirmed",
        start=TIME(start) if start else None,
        end=TIME(end) if end else None,
        **{"title_tr": "Açılış", "title_en": "Opening", **values},
    )


def _codes(event: Event) -> list[str]:
    return [conflict.code for conflict in find_conflicts(Event.objects.get(pk=event.pk))]


@pytest.mark.parametrize(
    ("one", "other", "clashes"),
    [
        (("09:00", "10:00"), ("09:59", "11:00"), 1),
        (("09:00", "10:00"), ("10:00", "11:00"), 0),
        (("09:00", "12:00"), ("10:00", "10:00"), 1),
        (("09:00", "09:00"), ("09:00", "10:00"), 0),
        (("09:00", "10:00"), ("09:30", None), 0),
        (("09:00", "10:00"), (None, None), 0),
        (("23:00", "01:00"), ("00:30", "02:00"), 1),
        (("09:00", "10:00"), ("09:30", "09:15"), 0),
    ],
)
def test_a_room_is_taken_twice(one: tuple[str, str], other: tuple[str, str], clashes: int) -> None:
    event, room = EventFactory(), RoomFactory()
    for start, end in (one, other):
        _session(event, start, end, room=room)
    assert _codes(event).count("room_twice") == clashes


def test_three_in_one_room_are_three_pairs() -> None:
    event, room = EventFactory(), RoomFactory()
    for title in ("Bir", "İki", "Üç"):
        _session(event, "09:00", "10:00", room=room, title_tr=title, title_en=title)
    pairs = [tuple(str(session) for session in conflict.sessions) for conflict in find_conflicts(event)]
    assert sorted(pairs) == [("Bir", "Üç"), ("Bir", "İki"), ("İki", "Üç")]


def test_cancelled_sessions_and_events_clash_with_nothing() -> None:
    event, room = EventFactory(), RoomFactory()
    _session(event, "09:00", "10:00", room=room)
    other = _session(event, "09:30", "10:30", room=room)
    assert _codes(event) == ["room_twice"]
    Session.objects.filter(pk=other.pk).update(status="cancelled")
    assert _codes(event) == []
    Session.objects.filter(pk=other.pk).update(status="draft")
    assert _codes(event) == ["room_twice"]
    Event.objects.filter(pk=event.pk).update(cancelled_at=dt.datetime(2027, 6, 1, tzinfo=dt.UTC))
    assert _codes(event) == []


def test_zones_are_compared_as_instants() -> None:
    event, person = EventFactory(), PersonFactory()
    for zone, start, end in (("Europe/Istanbul", "10:00", "11:00"), ("Europe/Berlin", "09:30", "10:00")):
        session = _session(event, start, end, start_zone=zone)
        ContributionFactory(session=session, person=person)
    assert _codes(event) == ["person_twice"]


def test_a_person_in_two_events_is_told_to_both_and_counted_once() -> None:
    first, second, person = EventFactory(), EventFactory(), PersonFactory(name="Söner Deneme")
    for event, start in ((first, "09:00"), (second, "09:30")):
        ContributionFactory(session=_session(event, start, "10:00"), person=person)
    for event in (first, second):
        [conflict] = find_conflicts(event)
        assert (conflict.code, conflict.person, conflict.event) == ("person_twice", person, first)
        assert [session.event for session in conflict.sessions] == [first, second]
    Event.objects.filter(pk=second.pk).update(withdrawn_at=dt.datetime(2027, 6, 1, tzinfo=dt.UTC))
    assert _codes(first) == []


def test_two_roles_in_one_session_are_no_clash() -> None:
    event, person = EventFactory(), PersonFactory()
    session = _session(event, "09:00", "10:00")
    for role in ("chair", "speaker"):
        ContributionFactory(session=session, person=person, role=role)
    assert _codes(event) == []


@pytest.mark.parametrize(
    ("values", "outside"),
    [
        ({"day": dt.date(2027, 6, 9)}, True),
        ({"day": dt.date(2027, 6, 11)}, False),
        ({"day": dt.date(2027, 6, 12)}, True),
        ({"day": dt.date(2027, 6, 11), "start": TIME("22:00"), "end": TIME("01:00")}, False),
        ({"day": dt.date(2027, 6, 11), "end": TIME("01:00"), "end_day": dt.date(2027, 6, 12)}, False),
        ({"day": dt.date(2027, 6, 11), "end": TIME("12:00"), "end_day": dt.date(2027, 6, 12)}, True),
        ({"day": dt.date(2027, 6, 10), "start_day": dt.date(2027, 6, 9)}, True),
    ],
)
def test_a_day_that_is_not_the_events(values: dict[str, Any], outside: bool) -> None:
    event = EventFactory(starts_on=dt.date(2027, 6, 10), ends_on=dt.date(2027, 6, 11))
    SessionFactory(event=event, **{"title_tr": "a", "title_en": "b", "start": TIME("09:00"), **values})
    assert ("outside_event_days" in _codes(event)) is outside


def test_an_event_without_days_has_no_day_outside() -> None:
    event = EventFactory(starts_on=None, ends_on=None)
    _session(event, "09:00", "10:00")
    assert _codes(event) == []


@pytest.mark.parametrize(
    ("hours", "times", "closed"),
    [
        (("08:00", "19:00"), ("08:00", "19:00"), False),
        (("08:00", "19:00"), ("07:59", "10:00"), True),
        (("08:00", "19:00"), ("18:00", "19:01"), True),
        (("08:00", "19:00"), ("00:30", "01:30"), True),
        (("18:00", "02:00"), ("23:00", "01:00"), False),
        (("18:00", "02:00"), ("00:30", "02:00"), False),
        (("18:00", "02:00"), ("00:30", "02:30"), True),
        ((None, "19:00"), ("06:00", "07:00"), False),
        (("08:00", None), ("06:00", "07:00"), True),
    ],
)
def test_opening_hours_of_a_room(hours: tuple[str | None, str | None], times: tuple[str, str], closed: bool) -> None:
    opens_at, closes_at = (TIME(each) if each else None for each in hours)
    event = EventFactory()
    _session(event, *times, room=RoomFactory(opens_at=opens_at, closes_at=closes_at))
    assert ("room_closed" in _codes(event)) is closed


def test_opening_hours_are_read_in_the_zone_of_the_house() -> None:
    event = EventFactory(time_zone="Europe/Istanbul")
    venue = VenueFactory(time_zone="Europe/Berlin")
    room = RoomFactory(venue=venue, opens_at=TIME("09:00"), closes_at=TIME("17:00"))
    _session(event, "09:30", "10:30", room=room, start_zone="Europe/Istanbul")
    assert _codes(event) == ["room_closed"]


@pytest.mark.parametrize(
    ("texts", "missing"),
    [
        ({"title_en": ""}, True),
        ({"title_tr": "", "title_en": ""}, True),
        ({"abstract_tr": "Yalnızca Türkçe"}, True),
        ({"title_tr": "", "title_en": "", "title_other": "Stadtgrün", "other_language": "de"}, False),
        ({"abstract_other": "Nur Deutsch", "other_language": "de"}, False),
    ],
)
def test_a_text_without_its_other_language(texts: dict[str, str], missing: bool) -> None:
    event = EventFactory()
    _session(event, "09:00", "10:00", **texts)
    assert ("missing_language" in _codes(event)) is missing


@pytest.mark.parametrize(("gap", "warned"), [("10:00", True), ("10:14", True), ("10:15", False), ("09:59", False)])
def test_an_interpreter_needs_a_break(gap: str, warned: bool) -> None:
    event, person = EventFactory(), PersonFactory()
    for start, end in (("09:00", "10:00"), (gap, "11:00")):
        session = _session(event, start, end, interpretation="simultaneous")
        ContributionFactory(session=session, person=person, role=Contribution.Role.INTERPRETER)
    assert ("interpreter_no_break" in _codes(event)) is warned


def test_an_interpreter_alone_for_sixty_minutes_is_enough() -> None:
    event, person = EventFactory(), PersonFactory()
    for day, end in ((10, "10:00"), (11, "10:01")):
        session = _session(event, "09:00", end, interpretation="simultaneous", day=dt.date(2027, 6, day), title_tr=end)
        ContributionFactory(session=session, person=person, role=Contribution.Role.INTERPRETER)
    event.ends_on = dt.date(2027, 6, 11)
    event.save()
    assert [str(conflict.sessions[0].title_tr) for conflict in find_conflicts(event)] == ["10:01"]


def test_a_host_whose_position_has_ended_belongs_elsewhere() -> None:
    event, house, former = EventFactory(), OrganisationFactory(), PersonFactory()
    stranger = PersonFactory()
    session = _session(event, "09:00", "10:00", organisation=house)
    for person in (former, stranger):
        ContributionFactory(session=session, person=person, role=Contribution.Role.HOST)
    position = PositionFactory(person=former, organisation=house)
    assert _codes(event) == []
    position.ends_on = dt.date(2027, 1, 1)
    position.save()
    assert _codes(event) == []
    PositionFactory(person=former, starts_on=dt.date(2027, 1, 2))
    assert [(each.code, each.person) for each in find_conflicts(event)] == [("host_elsewhere", former)]


def test_the_gravest_comes_first_and_speaks_both_languages() -> None:
    event, room = EventFactory(), RoomFactory(name_tr="Salon İğde", name_en="Oleaster Room", capacity=10)
    _session(event, "08:00", "10:00", room=room, capacity=20, title_tr="Işık", title_en="Light")
    _session(event, "09:00", "11:00", room=room, title_tr="Ilgın", title_en="")
    found = find_conflicts(event)
    assert [(each.code, each.severity.value) for each in found] == [
        ("room_twice", "high"),
        ("capacity_over_room", "medium"),
        ("missing_language", "medium"),
    ]
    with translation.override("en"):
        assert found[0].message == "Oleaster Room holds two sessions at once: “Light” and “Ilgın”."
    with translation.override("tr"):
        assert "Salon İğde" in found[0].message
        assert "“Işık”" in found[0].message


def test_two_events_that_want_a_person_at_once_are_named() -> None:
    forum, visit = EventFactory(title_en="Climate Forum"), EventFactory(title_en="Harbour Visit")
    person = PersonFactory(name="Ayşe Örnek")
    for event in (forum, visit):
        ContributionFactory(session=_session(event, "09:00", "10:00", title_en="Opening"), person=person)
    with translation.override("en"):
        told = [each.message for each in find_conflicts(forum) if each.code == "person_twice"]
    assert told == ["Ayşe Örnek is in two sessions at once: “Opening (Climate Forum)” and “Opening (Harbour Visit)”."]


def test_every_code_has_a_severity_and_a_sentence() -> None:
    session, person = SessionFactory(title_tr="Açılış", title_en="Opening"), PersonFactory()
    room = RoomFactory(name_tr="Atölye", name_en="Workshop Room")
    with translation.override("en"):
        sentences = {code: Conflict(code, (session, session), person, room).message for code in SEVERITY}
    assert all("Opening" in sentence for sentence in sentences.values())
    assert len(set(sentences.values())) == len(SEVERITY)


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow(number: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    event, other, house = EventFactory(), EventFactory(), OrganisationFactory()
    for _each in range(number):
        person = PersonFactory()
        for each in (event, other):
            session = _session(each, "09:00", "10:00", organisation=house, room=RoomFactory())
            ContributionFactory(session=session, person=person, role=Contribution.Role.HOST)
        PositionFactory(person=person)
    with django_assert_num_queries(4):
        found = find_conflicts(event)
        assert [each.message for each in found]
    assert Counter(each.code for each in found) == {"person_twice": number, "host_elsewhere": number}
