"""Conferences in frab's formats, as pretalx and frab write them."""

import datetime as dt
import json
from typing import Any

import pytest

from events.exchange.child import read
from events.exchange.rows import Contributor, Reading
from tests.events.exchange_files import remarks, sample

#: A tag that no column of ours can hold.
LONG = "abc-abcdefgh-abcdefgh-abcdefgh"
ZONE = dt.timezone(dt.timedelta(hours=3))


def schedule(**talk: Any) -> bytes:
    """A schedule.json of one session."""
    whole = {
        "guid": "g1",
        "date": "2027-06-10T09:00:00+03:00",
        "duration": "00:45",
        "title": "Opening",
        "language": "en",
    }
    day = {"date": "2027-06-10", "rooms": {"Salon Iğdır": [whole | talk]}}
    conference = {"title": "İklim Forumu", "time_zone_name": "Europe/Istanbul", "days": [day]}
    return json.dumps({"schedule": {"conference": conference}}).encode()


def session(data: bytes) -> tuple[Any, ...]:
    (row,) = read(data).rows
    return row.day, row.start, row.end


def told(reading: Reading) -> list[tuple[Any, ...]]:
    return [
        (row.ref, row.day, row.start, row.end, row.room, row.track, row.title, row.abstract, row.languages, row.kind,
         [person.name for person in row.people])
        for row in reading.rows
    ]  # fmt: skip


def test_xml_and_json_of_one_conference_tell_the_same() -> None:
    of_json, of_xml = read(sample("pretalx-export.json")), read(sample("pretalx-export.xml"))
    assert len(of_json.rows) == 119
    assert told(of_json) == told(of_xml)
    assert (
        (of_json.title, of_json.zone)
        == (of_xml.title, of_xml.zone)
        == ("Örnek Kentler Konferansı & Fuarı", "Europe/Istanbul")
    )
    assert of_json.ignored_columns == of_xml.ignored_columns == ("description",)


def test_people_of_one_name_are_told_apart_by_their_keys() -> None:
    for name in ("pretalx-export.json", "pretalx-export.xml"):
        people = {(person.key, person.name) for row in read(sample(name)).rows for person in row.people}
        assert len(people) == 68
        assert sorted(key.partition(":")[0] for key, name in people if name == "Gülşen Exemple") in (
            ["guid", "guid"],
            ["id", "id"],
        )


def test_the_programme_day_is_the_day_element_whatever_the_date_of_the_start() -> None:
    rows = {row.ref: row for row in read(sample("pretalx-export.xml")).rows}
    night = rows["e3b25ec8-1a1e-5ab6-ada8-d827cfc328f2"]
    assert (night.day, night.start, night.end) == (
        dt.date(2027, 4, 16),
        dt.datetime(2027, 4, 17, 0, 30, tzinfo=ZONE),
        dt.datetime(2027, 4, 17, 1, 15, tzinfo=ZONE),
    )


@pytest.mark.parametrize(
    ("duration", "minutes"),
    [("00:45", 45), ("1:30", 90), ("26:00", 1560), ("1:02:00", 1560), ("00:00", None), ("", None)],
)
def test_an_end_is_the_start_and_its_length_and_never_invented(duration: str, minutes: int | None) -> None:
    start = dt.datetime(2027, 6, 10, 9, tzinfo=ZONE)
    end = start + dt.timedelta(minutes=minutes) if minutes else None
    assert session(schedule(duration=duration)) == (dt.date(2027, 6, 10), start, end)


def test_an_end_counts_where_there_is_no_length_and_a_clock_where_there_is_no_date() -> None:
    given = schedule(duration="", end="2027-06-10T10:15:00+03:00")
    assert session(given)[2] == dt.datetime(2027, 6, 10, 10, 15, tzinfo=ZONE)
    assert session(schedule(date="", start="9:30"))[1] == dt.datetime(2027, 6, 10, 9, 30)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("talk", "start"),
    [
        ({"date": "", "start": "00:30"}, dt.datetime(2027, 6, 11, 0, 30)),  # noqa: DTZ001
        ({"date": "", "start": "4:00"}, dt.datetime(2027, 6, 10, 4)),  # noqa: DTZ001
        ({"date": "2027-06-10", "start": "09:30"}, dt.datetime(2027, 6, 10, 9, 30)),  # noqa: DTZ001
        ({"date": "2027-06-11", "start": "00:30"}, dt.datetime(2027, 6, 11, 0, 30)),  # noqa: DTZ001
        ({"date": "2027-06-10"}, None),
    ],
)
def test_a_clock_alone_may_be_in_the_night_after_and_a_date_alone_is_not_midnight(
    talk: dict[str, str], start: dt.datetime | None
) -> None:
    assert session(schedule(**talk))[:2] == (dt.date(2027, 6, 10), start)


@pytest.mark.parametrize(
    ("talk", "remark"),
    [
        ({"date": "soon"}, ("date", "soon", "bad_time")),
        ({"date": "soon", "start": "09:00"}, ("date", "soon", "bad_time")),
        ({"date": "2027-06-31"}, ("date", "2027-06-31", "bad_time")),
        ({"date": "", "start": "noon"}, ("date", "2027-06-10", "bad_time")),
        (
            {"date": "2027-07-10T09:00:00+03:00", "start": "09:00"},
            ("date", "2027-07-10T09:00:00+03:00", "far_from_day"),
        ),
        ({"date": "2027-07-10T09:00:00+03:00"}, ("date", "2027-07-10T09:00:00+03:00", "far_from_day")),
        ({"date": "9999-07-10T09:00:00+03:00"}, ("date", "9999-07-10T09:00:00+03:00", "bad_date")),
        ({"duration": "long"}, ("duration", "long", "bad_duration")),
        (
            {"duration": "", "end": "2027-06-10T08:00:00+03:00"},
            ("end", "2027-06-10T08:00:00+03:00", "end_before_start"),
        ),
        ({"duration": "", "end": "2027-06-10T08:00:00"}, ("end", "2027-06-10T08:00:00", "end_before_start")),
    ],
)
def test_a_session_that_cannot_be_is_refused_and_the_file_goes_on(
    talk: dict[str, str], remark: tuple[str, str, str]
) -> None:
    reading = read(schedule(**talk))
    assert (reading.rows, remarks(reading)) == ([], [(1, *remark)])


def test_a_session_keeps_its_one_language_and_a_missing_one_is_not_invented() -> None:
    titles = {tag: read(schedule(language=tag)).rows[0].title for tag in ("tr", "en", "de", "pt-BR", "", "???", LONG)}
    assert titles == {
        "tr": {"tr": "Opening"},
        "en": {"en": "Opening"},
        "de": {"de": "Opening"},
        "pt-BR": {"pt-BR": "Opening"},
        "": {"und": "Opening"},
        "???": {"und": "Opening"},
        LONG: {"und": "Opening"},
    }
    reasons = [each.reason for each in read(schedule(language="en", title="", date="")).missing]
    assert reasons == ["no_start", "no_title", "no_title_tr"]


def test_kinds_and_people_are_read_where_they_are_known() -> None:
    people = [
        {"code": "ABC", "public_name": "Ayşe Örnek"},
        {"id": 7, "name": "Jale Misal"},
        {"name": ""},
        {"name": "Ülkü"},
    ]
    row = read(schedule(type="Atölye çalışması", persons=people)).rows[0]
    assert (row.kind, row.people) == (
        "workshop",
        (
            Contributor("speaker", "Ayşe Örnek", "code:ABC"),
            Contributor("speaker", "Jale Misal", "id:7"),
            Contributor("speaker", "Ülkü"),
        ),
    )
    reading = read(schedule(type="Sürpriz"))
    assert [(each.value, each.reason) for each in reading.reported] == [("Sürpriz", "unknown_kind")]
    assert "kind" not in read(schedule()).rows[0].given


def test_a_reference_is_the_guid_else_the_code_else_the_number() -> None:
    assert read(schedule(guid="g", code="C", id=7)).rows[0].ref == "g"
    assert read(schedule(guid="", code="C", id=7)).rows[0].ref == "C"
    assert read(schedule(guid=None, id=7)).rows[0].ref == "7"
    assert read(schedule(guid=10**30, id=True)).rows[0].ref == ""


def test_seats_of_rooms_come_along() -> None:
    assert read(sample("pretalx-export.json")).capacities == {
        "Büyük Salon": 400,
        "Salon Ihlamur": 120,
        "Salon İğde": 80,
    }
