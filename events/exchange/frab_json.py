"""frab's schedule.json, as frab, pretalx and others write it."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from .conferences import MARKS, ConferenceReader, Person, Talk
from .rows import FileRefused, Reading

_FIELDS = ("guid", "code", "id", "date", "start", "end", "duration", "room", "title", "subtitle", "track", "type")
_TEXTS = ("language", "abstract", "description")


def read_json(text: str) -> Reading:
    """Read a schedule.json, or raise ``FileRefused``."""
    schedule = _mapping(_load(text), "").get("schedule")
    if not isinstance(schedule, dict):
        raise FileRefused("no_conference")
    conference = _mapping(schedule.get("conference"), "conference")
    reader = ConferenceReader("frab-json", _text(conference.get("title")), _text(conference.get("time_zone_name")))
    reader.reading.capacities = _capacities(conference)
    number = 0
    for day in _list(conference.get("days"), "days"):
        for room, talks in _mapping(_mapping(day, "day").get("rooms"), "rooms").items():
            for talk in _list(talks, "rooms"):
                number += 1
                reader.add(_talk(number, _text(day.get("date")), room, _mapping(talk, "event")))
    return reader.reading


def _load(text: str) -> Any:
    if "\\u0000" in text:
        raise FileRefused("broken_json", detail="NUL")
    try:
        return json.loads(text, parse_constant=_no_constant)
    except RecursionError:
        raise FileRefused("too_deep") from None
    except ValueError as error:
        raise FileRefused("broken_json", detail=str(error).partition(";")[0][:120]) from None


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _talk(number: int, day: str, room: str, talk: dict[str, Any]) -> Talk:
    fields = {name: _text(talk.get(name)) for name in (*_FIELDS, *_TEXTS)}
    return Talk(
        number, day, room.strip(), fields, [_person(person) for person in _list(talk.get("persons"), "persons")]
    )


def _person(person: Any) -> Person:
    values = _mapping(person, "persons")
    mark = next((f"{name}:{value}" for name in MARKS if (value := _text(values.get(name)))), "")
    name = _text(values.get("public_name")) or _text(values.get("name"))
    return Person(mark, name, _text(values.get("biography")))


def _capacities(conference: dict[str, Any]) -> dict[str, int]:
    rooms = [room for room in _list(conference.get("rooms"), "rooms") if isinstance(room, dict)]
    seats = {_text(room.get("name")): room.get("capacity") for room in rooms}
    return {name: number for name, number in seats.items() if type(number) is int and 0 < number <= 1_000_000}


def _text(value: Any) -> str:
    """A text, or a number as frab writes ids; anything else counts as absent."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**18:
        return str(value)
    return ""


def _mapping(value: Any, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise FileRefused("bad_shape", where=where)
    return value


def _list(value: Any, where: str) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise FileRefused("bad_shape", where=where)
    return value
