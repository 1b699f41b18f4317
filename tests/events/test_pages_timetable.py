"""Where sessions stand on a wide screen."""

import datetime as dt

import pytest
from django.conf import settings

from cms.management.commands.make_assets import places as stylesheet
from events.models import Event, Session
from events.programme import open_programme
from events.release import release_programme
from events.views.timetable import MOST_LANES, DayTable
from tests.factories import EventFactory, RoomFactory, SessionFactory

pytestmark = pytest.mark.django_db
Kind = Session.Kind


def table(event: Event) -> DayTable:
    """The first day of the event as released now."""
    release = release_programme(event=event)
    assert release is not None
    return DayTable(open_programme(release).days[0])


def places(day: DayTable) -> list[list[tuple[str, str]]]:
    """Title and classes of each session, block by block."""
    return [[(each.entry.title["en"], each.classes) for each in block.placed] for block in day.blocks]


def at(event: Event, title: str, start: str | None, end: str | None, **named: object) -> Session:
    clock = dt.time.fromisoformat
    times = {"start": clock(start) if start else None, "end": clock(end) if end else None}
    position = event.sessions.count()
    return SessionFactory(event=event, confirmed=True, title_en=title, position=position, **{**times, **named})


@pytest.fixture
def event() -> Event:
    return EventFactory()


def test_parallel_sessions_stand_side_by_side_and_a_plenary_spans_all_rooms(event: Event) -> None:
    linden, oleaster = RoomFactory(name_en="Linden"), RoomFactory(name_en="Oleaster")
    at(event, "Plenary", "09:00", "10:00", kind=Kind.PLENARY, room=linden)
    at(event, "Climate", "10:00", "10:30", kind=Kind.PARALLEL, room=linden)
    at(event, "Housing", "10:00", "11:00", kind=Kind.PARALLEL, room=oleaster)
    at(event, "Budget", "10:30", "11:00", kind=Kind.PARALLEL, room=linden)
    at(event, "Coffee", "11:00", "11:15", kind=Kind.BREAK)
    day = table(event)
    assert places(day) == [
        [("Plenary", "r1 re2 full")],
        [("Climate", "r1 re2 c2 ce3"), ("Housing", "r1 re3 c3 ce4"), ("Budget", "r2 re3 c2 ce3")],
        [("Coffee", "r1 re2 full")],
    ]
    assert [(column.room.name["en"], column.classes) for column in day.columns if column.room] == [
        ("Linden", "c2 ce3"),
        ("Oleaster", "c3 ce4"),
    ]
    assert [(tick.clock, tick.classes) for block in day.blocks for tick in block.ticks] == [
        ("09:00", "r1 m12"),
        ("10:00", "r1 m6"),
        ("10:30", "r2 m6"),
        ("11:00", "r1 m3"),
    ]


def test_lunch_spans_all_rooms_though_a_film_starts_while_it_lasts(event: Event) -> None:
    hall = RoomFactory()
    at(event, "Lunch", "12:30", "14:00", kind=Kind.MEAL, room=RoomFactory())
    at(event, "Film", "13:00", "13:30", kind=Kind.TALK, room=hall)
    at(event, "Talk", "14:00", "15:00", kind=Kind.TALK, room=hall)
    day = table(event)
    assert places(day) == [[("Lunch", "r1 re2 full")], [("Film", "r1 re2 full")], [("Talk", "r1 re2 full")]]
    assert [(block.gap, block.ticks[0].classes) for block in day.blocks] == [
        (False, "r1 m18"),
        (False, "r1 m6"),
        (False, "r1 m12"),
    ]


def test_a_talk_alone_in_its_time_stays_in_its_room(event: Event) -> None:
    linden, oleaster = RoomFactory(), RoomFactory()
    at(event, "Alone", "09:00", "10:00", kind=Kind.TALK, room=oleaster)
    at(event, "One", "10:00", "11:00", kind=Kind.TALK, room=linden)
    at(event, "Two", "10:00", "11:00", kind=Kind.TALK, room=oleaster)
    assert places(table(event))[0] == [("Alone", "r1 re2 c3 ce4")]


def test_two_sessions_in_one_room_at_once_share_its_column(event: Event) -> None:
    linden, oleaster = RoomFactory(name_en="Linden"), RoomFactory(name_en="Oleaster")
    at(event, "One", "09:00", "10:00", room=linden)
    at(event, "Two", "09:30", "10:30", room=linden)
    at(event, "Three", "09:30", "10:30", room=oleaster)
    day = table(event)
    assert places(day) == [
        [("One", "r1 re3 c2 ce3"), ("Two", "r2 re4 c3 ce4"), ("Three", "r2 re4 c4 ce5")],
    ]
    assert [column.classes for column in day.columns] == ["c2 ce4", "c4 ce5"]


def test_a_study_visit_has_one_column(event: Event) -> None:
    for hour in (9, 11, 14):
        at(event, f"Site {hour}", f"{hour:02d}:00", f"{hour + 1:02d}:00", kind=Kind.SITE_VISIT)
    day = table(event)
    assert (day.has_columns, day.lanes, day.columns) == (False, 1, [])
    assert [(block.gap, [each.classes for each in block.placed]) for block in day.blocks] == [
        (False, ["r1 re2 full"]),
        (True, ["r1 re2 full"]),
        (True, ["r1 re2 full"]),
    ]


def test_the_night_belongs_to_its_day_and_comes_last(event: Event) -> None:
    linden, oleaster = RoomFactory(), RoomFactory()
    at(event, "Late", "23:30", "00:45", room=linden)
    at(event, "Later", "00:30", "01:30", room=oleaster)
    day = table(event)
    assert [tick.clock for tick in day.blocks[0].ticks] == ["23:30", "00:30", ""]
    assert places(day) == [[("Late", "r1 re3 c2 ce3"), ("Later", "r2 re4 c3 ce4")]]


def test_an_untimed_session_follows_what_stands_before_it(event: Event) -> None:
    at(event, "First", "09:00", "10:00")
    at(event, "Some time", None, None)
    at(event, "Last", "14:00", "15:00")
    day = table(event)
    assert places(day) == [[("First", "r1 re2 full")], [("Some time", "full")], [("Last", "r1 re2 full")]]
    assert [block.timed for block in day.blocks] == [True, False, True]


def test_without_an_end_half_an_hour_is_kept_free(event: Event) -> None:
    at(event, "Open", "09:00", None, room=RoomFactory())
    at(event, "Inside", "09:15", "10:00", room=RoomFactory())
    at(event, "After", "10:00", "10:30")
    assert [[title for title, _classes in block] for block in places(table(event))] == [["Open", "Inside"], ["After"]]


def test_what_the_stylesheet_cannot_place_becomes_a_list(event: Event) -> None:
    for number in range(MOST_LANES + 1):
        at(event, f"Talk {number}", "09:00", "10:00", room=RoomFactory())
    day = table(event)
    assert day.has_columns is False
    assert {classes for block in places(day) for _title, classes in block} == {"full"}
    assert day.blocks[0].ticks == []


def test_the_stylesheet_knows_every_place_that_is_given_out() -> None:
    assert (settings.BASE_DIR / "static" / "css" / "places.css").read_text() == stylesheet()
