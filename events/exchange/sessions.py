"""What a row says about a session, field by field, and how that differs from the session there is."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from events.models import Event, Room, Session, Venue
from events.models.programme import date_of

from .places import Places, kept_venue
from .rows import Row

_TEXTS = ("title", "abstract")
_FALLBACKS = {"kind": "other", "audience": "public", "interpretation": "none", "status": "confirmed"}


def default_zone(event: Event, room: Room | None, venue: Venue | None) -> str:
    """The zone of a place, else the event's."""
    place = room.venue if room else venue
    return (place.time_zone if place else "") or event.time_zone


def local(moment: dt.datetime | None, zone: str) -> dt.datetime | None:
    """The wall-clock time of a moment; one without an offset is that already."""
    if moment is None or moment.tzinfo is None:
        return moment
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def ends_after_start(row: Row, zone: str) -> bool:
    """Whether a row on two clocks ends after it starts; on one clock the reader has seen to it."""
    if row.start is None or row.end is None or not row.end_zone:
        return True
    start, end = (
        moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(name or zone))
        for moment, name in ((row.start, row.start_zone), (row.end, row.end_zone))
    )
    return end > start


def values_of(row: Row, session: Session, places: Places, room: Room | None) -> dict[str, Any]:
    """The columns that the row has a say in, with what it says; ``session`` is the one it will be written to."""
    given = set(row.given)
    venue = kept_venue(row, session) or places.venue(row)
    values: dict[str, Any] = {name: getattr(row, name) for name in ("day", "start_zone", "end_zone") if name in given}
    if session.pk is None:
        values["day"] = row.day  # a new session has to stand somewhere, whether the file says where or not
    values |= {name: getattr(row, name) or word for name, word in _FALLBACKS.items() if name in given}
    if row.ref and str(session.uid) != row.ref:
        values["ref"] = row.ref
    if "capacity" in given:
        values["capacity"] = row.capacity
    # frab tells the language of the title; of what else is spoken in a session that is there it knows nothing.
    if "languages" in given or ("first_languages" in given and session.pk is None):
        values["languages"] = list(row.languages)
    if "room" in given:
        values["room"] = room
    # A room implies its venue; only a session without a room needs one of its own.
    if "venue" in given and not (room or ("room" not in given and session.room)):
        values["venue"] = venue
    if "track" in given:
        values["track"] = places.track(row)
    if "organisation" in given:
        values["organisation"] = places.organisation(row)
    return values | _texts(row, given) | _times(row, given, session, room, venue)


def _texts(row: Row, given: set[str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name in _TEXTS:
        spoken: dict[str, str] = getattr(row, name)
        values |= {f"{name}_{tag}": text for tag, text in spoken.items() if tag in ("tr", "en")}
        if row.other_language or f"{name}_other" in given:
            values[f"{name}_other"] = spoken.get(row.other_language, "")
    if values.get("title_other") or values.get("abstract_other"):
        values["other_language"] = row.other_language
    return values


def _times(row: Row, given: set[str], session: Session, room: Room | None, venue: Venue | None) -> dict[str, Any]:
    if row.day is None:
        return {}
    place = default_zone(session.event, room or session.room, venue or session.venue)
    start_zone = row.start_zone if "start_zone" in given else session.start_zone
    end_zone = row.end_zone if "end_zone" in given else session.end_zone
    values: dict[str, Any] = {}
    for name, moment, zone in (
        ("start", row.start, start_zone or place),
        ("end", row.end, end_zone or start_zone or place),
    ):
        if name in given:
            values |= _time(name, row.day, local(moment, zone))
    return values


def _time(name: str, day: dt.date, moment: dt.datetime | None) -> dict[str, Any]:
    """A clock time, and its date where that is not the one its programme day gives it."""
    if moment is None:
        return {name: None, f"{name}_day": None}
    time = moment.time().replace(second=0, microsecond=0)
    stated = None if date_of(day, time) == moment.date() else moment.date()
    return {name: time, f"{name}_day": stated}


def differences(session: Session, values: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """The columns that would change, each with what it is and what it would be."""
    return {name: (getattr(session, name), value) for name, value in values.items() if getattr(session, name) != value}
