"""What a calendar says, line by line, and that no text can break it."""

import datetime as dt
import re

import pytest
from django.utils import translation
from hypothesis import example, given, settings
from hypothesis import strategies as st

from events.ical.calendars import entries_of
from events.ical.lines import folded, one_line, plain
from tests.calendars import calendar, programme, raw_session, with_icalendar, with_vobject

START = dt.datetime(2027, 6, 10, 6, 30, tzinfo=dt.UTC)
VENUES = {
    "v1": {
        "name": {"tr": "Çınaraltı", "en": "Çınaraltı Centre"},
        "address": {},
        "city": {"tr": "Işıklar"},
        "country": "TR",
        "latitude": 41.0125,
        "longitude": -0.00001,
        "step_free": None,
    }
}
ROOMS = {"r1": {"name": {"tr": "Salon 1", "en": "Room 1"}, "venue": "v1", "order": 0}}
TRACKS = {"t1": {"name": {"tr": "İklim", "en": "Climate"}}}
HOST = {"id": 1, "role": "host", "name": {"tr": 'Örnek "Belediyesi"', "en": "Sample Municipality"}, "country": "TR"}
slow = settings(deadline=None)  # the first example loads zones and labels
texts = st.text(st.characters(codec="utf-8"), max_size=400)


def test_an_entry_tells_all_of_a_session() -> None:
    raw = raw_session(
        START,
        uid="4b1c6a52-9f0d-4c59-8f4e-5f3d2a6e0001",
        sequence=2,
        ends_at=START + dt.timedelta(hours=1),
        title={"tr": "Açılış", "en": "Opening"},
        abstract={"tr": "Kısa."},
        room="r1",
        track="t1",
        organisation={"id": 1, "name": {"tr": "Örnek Belediyesi", "en": "Sample Municipality"}},
        parties=[{"tr": "Teknik heyet", "en": "Technical party"}],
        languages=["tr", "de"],
        interpretation="simultaneous",
    )
    event = {"contact_email": "forum@sample.example", "organisations": [HOST]}
    shown = programme([raw], event=event, venues=VENUES, rooms=ROOMS, tracks=TRACKS)
    with translation.override("en"):
        assert entry_lines(calendar(shown, "en")) == [
            "UID:4b1c6a52-9f0d-4c59-8f4e-5f3d2a6e0001",
            "DTSTAMP:20261118T143000Z",
            "LAST-MODIFIED:20261118T143000Z",
            "SEQUENCE:2",
            "DTSTART;TZID=Europe/Istanbul:20270610T093000",
            "DTEND;TZID=Europe/Istanbul:20270610T103000",
            "SUMMARY:Opening",
            r"DESCRIPTION:Kısa.\n\nHost: Sample Municipality\nFor: Technical party\nLanguages: Turkish\, German\n"
            r"Interpretation: simultaneous\n\nNot translated\; the text is in: Turkish.\n\n"
            r"http://testserver/en/events/forum/programme/#s-abcdefghjk",
            r"LOCATION:Room 1\, Çınaraltı Centre\, Işıklar",
            "URL:http://testserver/en/events/forum/programme/#s-abcdefghjk",
            "STATUS:CONFIRMED",
            "TRANSP:OPAQUE",
            "CATEGORIES:talk,Climate",
            'ORGANIZER;CN="Sample Municipality":mailto:forum@sample.example',
            "GEO:41.012500;-0.000010",
            "END:VEVENT",
        ]


def test_a_text_in_a_third_language_is_told_in_both_calendars() -> None:
    raw = raw_session(START, title={"de": "Begrüßung"}, abstract={"de": "Guten Tag."})
    told = {}
    for language in ("tr", "en"):
        with translation.override(language):
            (entry,) = with_icalendar(calendar(programme([raw]), language))
        told[language] = (entry.summary, entry.description.split("\n\n")[:2])
    assert told["en"] == ("Begrüßung", ["Guten Tag.", "Not translated; the text is in: German."])
    assert told["tr"][0] == "Begrüßung"
    assert "Almanca" in told["tr"][1][1]


def test_a_session_without_an_end_has_none_and_an_untimed_title_is_its_kind() -> None:
    lines = entry_lines(calendar(programme([raw_session(START, title={}, kind="meal")]), "en"))
    assert [line for line in lines if line.startswith(("DTSTART", "DTEND", "SUMMARY"))] == [
        "DTSTART;TZID=Europe/Istanbul:20270610T093000",
        "SUMMARY:meal",
    ]


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({}, ("CONFIRMED", "OPAQUE", "Session")),
        ({"kind": "free"}, ("CONFIRMED", "TRANSPARENT", "Session")),
        ({"status": "cancelled"}, ("CANCELLED", "TRANSPARENT", "CANCELLED: Session")),
        ({"withdrawn": True}, ("CANCELLED", "TRANSPARENT", "CANCELLED: Session")),
    ],
)
def test_the_state_of_an_entry(values: dict[str, object], state: tuple[str, str, str]) -> None:
    with translation.override("en"):
        lines = entry_lines(calendar(programme([raw_session(START, **values)]), "en"))
    found = dict(line.split(":", 1) for line in lines)
    assert (found["STATUS"], found["TRANSP"], found["SUMMARY"]) == state


def test_nothing_personal_and_no_alarm() -> None:
    body = calendar(programme([raw_session(START)]))
    assert (
        re.search(rb"^(ATTENDEE|BEGIN:VALARM|ORGANIZER|METHOD|UID)", body.split(b"BEGIN:VEVENT")[0], re.MULTILINE)
        is None
    )
    assert b"ATTENDEE" not in body
    assert b"VALARM" not in body


@slow
@given(texts, texts)
@example("\\" * 200, "a;b,c\\n" * 60)
@example("👨‍👩‍👧‍👦" * 40, "\u2028\x85\x0b\r\r\n\t")
@example("BEGIN:VEVENT\r\nUID:evil", "x\r\n\r\nEND:VCALENDAR\r\n")
def test_no_text_breaks_a_calendar(title: str, abstract: str) -> None:
    raw = raw_session(START, title={"tr": title}, abstract={"tr": abstract})
    body = calendar(programme([raw]))
    check_lines(body)
    address = "http://testserver/tr/etkinlikler/forum/program/#s-abcdefghjk"
    told = (raw["uid"], one_line(title), "\n\n".join(filter(None, [plain(abstract).strip(), address])))
    for read in (with_icalendar, with_vobject):
        (entry,) = read(body)
        assert (entry.uid, entry.summary if one_line(title) else "", entry.description) == told


@slow
@given(texts)
@example('";:,^\\' * 30)
def test_no_organiser_breaks_a_calendar(name: str) -> None:
    event = {"contact_email": "a+b@sample.example", "organisations": [{**HOST, "name": {"tr": name}}]}
    body = calendar(programme([raw_session(START)], event=event))
    check_lines(body)
    assert len(with_icalendar(body)) == len(with_vobject(body)) == 1


@slow
@given(texts)
def test_a_folded_line_is_the_line(text: str) -> None:
    line = "X:" + plain(text).replace("\\", "\\\\").replace("\n", "\\n")
    assert folded(line).decode().replace("\r\n ", "") == line + "\r\n"


@slow
@given(texts)
def test_a_plain_text_holds_no_controls_and_stays_as_it_is(text: str) -> None:
    told = plain(text)
    assert plain(told) == told
    assert [char for char in told if char < " " and char != "\n"] == []


def test_a_text_that_is_folded_behind_our_own_words_stays_one_entry() -> None:
    title = {"tr": "a" * (75 - len("SUMMARY:BEGIN:VEVENT")) + "BEGIN:VEVENT and more"}
    raws = [raw_session(START, title=title, key="abcdefghj" + key) for key in "km"]
    body = calendar(programme(raws))
    assert body.count(b"BEGIN:VEVENT\r\n ") == 2
    entries = entries_of(body)
    assert list(entries) == sorted(raw["uid"] for raw in raws)
    assert b"BEGIN:VEVENT\r\n".join([b"", *entries.values()]) == body[body.index(b"BEGIN:VEVENT") :].removesuffix(
        b"END:VCALENDAR\r\n"
    )


def check_lines(body: bytes) -> None:
    """Every line ends in CRLF, has 75 octets at most and splits neither a character nor an escape."""
    assert body.endswith(b"\r\n")
    for line in body.removesuffix(b"\r\n").split(b"\r\n"):
        assert len(line) <= 75
        assert b"\n" not in line
        assert b"\r" not in line
        line.decode()
        assert (len(line) - len(line.rstrip(b"\\"))) % 2 == 0


def entry_lines(body: bytes) -> list[str]:
    """The unfolded lines of the only entry."""
    return body.decode().split("BEGIN:VEVENT\r\n")[1].replace("\r\n ", "").split("\r\n")[:-2]
