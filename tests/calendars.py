"""Calendars in tests: made of plain sessions without a database, and read with three libraries."""

import datetime as dt
import json
import subprocess
import uuid
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import icalendar
import vobject

from events.ical.calendars import Frame, assembled, keyed
from events.ical.entries import session_entry
from events.programme import Programme
from tests.groups import READERS

MADE_AT = "2026-11-18T14:30:00Z"
_EVENT = {
    "code": "abcd2345",
    "slug": "forum",
    "uid": "0b1c6a52-9f0d-4c59-8f4e-5f3d2a6e0001",
    "kind": "conference",
    "line_of_work": 3,
    "field": "",
    "title": {"tr": "Forum", "en": "Forum"},
    "summary": {},
    "description": {},
    "participation": {},
    "contact_email": "",
    "starts_on": None,
    "ends_on": None,
    "time_zone": "Europe/Istanbul",
    "languages": [],
    "status": "confirmed",
    "venue": None,
    "organisations": [],
    "dialogue_programme": None,
}


class Read(NamedTuple):
    """What a program understood of one entry; instants in UTC."""

    uid: str
    start: dt.datetime
    end: dt.datetime | None
    summary: str
    description: str
    location: str
    status: str
    sequence: int
    categories: tuple[str, ...]


def raw_session(start: dt.datetime, **values: Any) -> dict[str, Any]:
    """A session as documents write it; ``start`` and ``ends_at`` are instants."""
    ends_at: dt.datetime | None = values.pop("ends_at", None)
    return {
        "key": "abcdefghjk",
        "uid": str(uuid.uuid4()),
        "sequence": 0,
        "modified": MADE_AT,
        "day": start.date().isoformat(),
        "order": "",
        "start": None,
        "end": None,
        "start_zone": "Europe/Istanbul",
        "end_zone": "Europe/Istanbul",
        "starts_at": _stamp(start),
        "ends_at": _stamp(ends_at) if ends_at else None,
        "kind": "talk",
        "status": "confirmed",
        "audience": "public",
        "title": {"tr": "Oturum", "en": "Session"},
        "abstract": {},
        "track": None,
        "room": None,
        "venue": None,
        "organisation": None,
        "parties": [],
        "languages": [],
        "interpretation": "none",
        "capacity": None,
        "people": [],
        **values,
    }


def programme(sessions: Iterable[dict[str, Any]], **parts: Any) -> Programme:
    """A programme of these sessions; ``parts`` are the document's (event, venues, rooms, tracks)."""
    document = {"schema": 1, "venues": {}, "rooms": {}, "tracks": {}, "sessions": list(sessions), **parts}
    document["event"] = {**_EVENT, **parts.get("event", {})}
    released_at = dt.datetime.fromisoformat(MADE_AT)
    return Programme(document, {}, number=1, released_at=released_at)


def calendar(shown: Programme, language: str = "tr") -> bytes:
    """The calendar of a programme, as feeds assemble it."""
    entries = {entry.uid: keyed(session_entry(entry, shown.event, language)) for entry in shown.all_entries}
    page = "http://testserver/tr/etkinlikler/forum/"
    frame = Frame("Forum", "", "Europe/Istanbul", page, f"{page}feed.ics", language, published=False)
    return assembled(frame, entries)


def with_icalendar(body: bytes) -> list[Read]:
    """What icalendar understands."""
    return [_of_icalendar(each) for each in icalendar.Calendar.from_ical(body).walk("VEVENT")]


def _of_icalendar(event: Any) -> Read:
    return Read(
        uid=str(event["UID"]),
        start=event["DTSTART"].dt.astimezone(dt.UTC),
        end=event["DTEND"].dt.astimezone(dt.UTC) if "DTEND" in event else None,
        summary=str(event["SUMMARY"]),
        description=str(event.get("DESCRIPTION", "")),
        location=str(event.get("LOCATION", "")),
        status=str(event["STATUS"]),
        sequence=int(event["SEQUENCE"]),
        categories=tuple(map(str, event["CATEGORIES"].cats)) if "CATEGORIES" in event else (),
    )


def with_vobject(body: bytes) -> list[Read]:
    """What vobject understands; it takes zones from the file."""
    with warnings.catch_warnings():
        # dateutil, by which it reads zones, warns of Python's own utcfromtimestamp.
        warnings.simplefilter("ignore")
        read = vobject.readOne(body.decode())
        return [_of_vobject(each) for each in read.contents.get("vevent", [])]


def _of_vobject(event: Any) -> Read:
    return Read(
        uid=event.uid.value,
        start=event.dtstart.value.astimezone(dt.UTC),
        end=event.dtend.value.astimezone(dt.UTC) if hasattr(event, "dtend") else None,
        summary=event.summary.value,
        description=event.description.value if hasattr(event, "description") else "",
        location=event.location.value if hasattr(event, "location") else "",
        status=event.status.value,
        sequence=int(event.sequence.value),
        categories=tuple(event.categories.value) if hasattr(event, "categories") else (),
    )


def with_ical_js(body: bytes) -> list[Read]:
    """What ical.js understands, the reader of Thunderbird and Nextcloud; it takes zones from the file."""
    script = Path(__file__).parent / "readers" / "ical.mjs"
    command = ["node", str(script), str(READERS)]
    answer = subprocess.run(command, input=body, capture_output=True, check=True, timeout=120)
    return [_of_ical_js(each) for each in json.loads(answer.stdout)]


def _of_ical_js(told: dict[str, Any]) -> Read:
    return Read(
        uid=told["uid"],
        start=dt.datetime.fromtimestamp(told["start"], dt.UTC),
        end=None if told["end"] is None else dt.datetime.fromtimestamp(told["end"], dt.UTC),
        summary=told["summary"],
        description=told["description"] or "",
        location=told["location"] or "",
        status=told["status"],
        sequence=told["sequence"],
        categories=tuple(told["categories"]),
    )


def _stamp(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
