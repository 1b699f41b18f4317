"""Calendars are read alike by what reads calendars: same entries, same instants, same texts."""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from events.labels import kind_label
from tests.calendars import Read, calendar, programme, raw_session, with_ical_js, with_icalendar, with_vobject

ZONES = (
    "Europe/Istanbul",
    "Europe/Brussels",
    "Europe/Copenhagen",
    "America/New_York",
    "America/St_Johns",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "UTC",
)
READERS = [with_icalendar, with_vobject, pytest.param(with_ical_js, marks=pytest.mark.nodejs)]
NASTY = {
    "tr": "Iğdır'dan Şişli'ye; \"güçlü\", \\n değil\\; yol C:\\yeni\\, " + "ğüşıöçİ" * 30,
    "en": "Two\nlines, a tab\tand \x07 a bell \N{FAMILY}" + "\\" * 75 + "\r\nend",
}


def _walls() -> Iterator[dt.datetime]:
    """Winter and summer, and the days around the changes of clocks, 2015 to 2030."""
    for year in range(2015, 2031):
        for month, day in ((1, 15), (3, 8), (3, 27), (3, 31), (4, 7), (7, 15), (9, 7), (10, 25), (10, 31), (11, 8)):
            yield dt.datetime(year, month, day, 9, 30)  # noqa: DTZ001 - wall time
        yield dt.datetime(year, 10, 28, 0, 15)  # noqa: DTZ001 - wall time


def _sessions() -> list[dict[str, Any]]:
    """In every zone, an hour and a half each; and flights that end in another zone than they start in."""
    found = []
    for zone in ZONES:
        for wall in _walls():
            start = wall.replace(tzinfo=ZoneInfo(zone)).astimezone(dt.UTC)
            end = start + dt.timedelta(minutes=90)
            found.append(raw_session(start, ends_at=end, start_zone=zone, end_zone=zone))
    for wall in _walls():
        start = wall.replace(tzinfo=ZoneInfo("Europe/Istanbul")).astimezone(dt.UTC)
        end = start + dt.timedelta(hours=11)
        found.append(raw_session(start, ends_at=end, end_zone="America/New_York", kind="transfer"))
    return found


@pytest.mark.parametrize("read", READERS)
def test_every_instant_from_2015_to_2030_is_read_as_it_is_meant(read: Any) -> None:
    sessions = _sessions()
    meant = {raw["uid"]: (_instant(raw["starts_at"]), _instant(raw["ends_at"])) for raw in sessions}
    found = {each.uid: (each.start, each.end) for each in read(calendar(programme(sessions)))}
    assert {uid: (found[uid], pair) for uid, pair in meant.items() if found[uid] != pair} == {}
    assert len(found) == len(meant) == 11 * 16 * 11


@pytest.mark.parametrize("language", ["tr", "en"])
@pytest.mark.parametrize("read", READERS)
def test_every_text_is_read_as_it_is_meant(read: Any, language: str) -> None:
    title = {tag: text.replace("\n", " ") for tag, text in NASTY.items()}
    raw = raw_session(
        dt.datetime(2027, 6, 10, 6, 30, tzinfo=dt.UTC), title=title, abstract=NASTY, room="r1", sequence=7
    )
    rooms = {"r1": {"name": {"tr": "Salon A; B, C\\", "en": "Hall A; B, C\\"}, "venue": None, "order": 0}}
    tracks = {"t1": {"name": {"tr": "İklim, su", "en": "Climate, water"}}}
    (found,) = read(calendar(programme([{**raw, "track": "t1"}], rooms=rooms, tracks=tracks), language))
    address = {"tr": "/tr/etkinlikler/forum/program/", "en": "/en/events/forum/programme/"}[language]
    plain = {"tr": NASTY["tr"], "en": NASTY["en"].replace("\r\n", "\n").replace("\t", " ").replace("\x07", "")}[
        language
    ]
    assert found == Read(
        uid=raw["uid"],
        start=dt.datetime(2027, 6, 10, 6, 30, tzinfo=dt.UTC),
        end=None,
        summary=" ".join(plain.split()),
        description=f"{plain}\n\nhttp://testserver{address}#s-abcdefghjk",
        location={"tr": "Salon A; B, C\\", "en": "Hall A; B, C\\"}[language],
        status="CONFIRMED",
        sequence=7,
        categories=(kind_label("talk", language), {"tr": "İklim, su", "en": "Climate, water"}[language]),
    )


@pytest.mark.parametrize("read", READERS)
def test_a_programme_without_sessions_is_a_calendar(read: Any) -> None:
    assert read(calendar(programme([]))) == []


def _instant(stamp: str) -> dt.datetime:
    return dt.datetime.fromisoformat(stamp)
