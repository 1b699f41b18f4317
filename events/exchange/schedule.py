"""The released public programme as conference apps read it: frab's schedule.json and schedule.xml.

Both say the same. The format knows timed sessions with one title in one language; so untimed and cancelled
sessions are not in it (as other makers of these files do it), and a title that exists only in the other
language comes with that language's tag. Shapes: the schema.json and schedule.xml.xsd of the C3VOC.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import uuid
from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree import ElementTree as Tree
from zoneinfo import ZoneInfo

from django.conf import settings

from events.addresses import event_url, programme_url
from events.bilingual import pick
from events.labels import kind_label
from events.models import Contribution
from events.models.programme import NIGHT_ENDS
from events.programme import Day, Entry, PersonShown, Programme
from events.turkish import slug

#: Changes whenever the bytes for the same release change.
RENDERER = "1"

_SPACE = uuid.UUID("5bd3bf4e-6d0c-5a3f-9c8e-0b7a6c2f4d11")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Who works behind the session is no speaker of it.
_BACKSTAGE = {Contribution.Role.INTERPRETER, Contribution.Role.GREETER}


def schedule_json(programme: Programme, language: str) -> bytes:
    """The programme as schedule.json, titles in ``language`` where they exist in it."""
    schedule = {
        "$schema": "https://c3voc.de/schedule/schema.json",
        "generator": {"name": "Köprü", "version": RENDERER, "url": settings.BASE_URL},
        "schedule": {
            "url": event_url(programme.event.slug, language),
            "version": str(programme.number),
            "base_url": settings.BASE_URL,
            "conference": _Conference(programme, language).plain(),
        },
    }
    return json.dumps(schedule, ensure_ascii=False, indent=1).encode()


def schedule_xml(programme: Programme, language: str) -> bytes:
    """The programme as schedule.xml, from the same values as :func:`schedule_json`."""
    conference = _Conference(programme, language).plain()
    root = Tree.Element("schedule")
    Tree.SubElement(root, "generator", name="Köprü", version=RENDERER)
    _text(root, "url", event_url(programme.event.slug, language))
    _text(root, "version", str(programme.number))
    _conference_element(root, conference)
    for day in conference["days"]:
        element = Tree.SubElement(
            root, "day", index=str(day["index"]), date=day["date"], start=day["day_start"], end=day["day_end"]
        )
        for name, events in day["rooms"].items():
            room = Tree.SubElement(element, "room", name=_legal(name))
            for event in events:
                _event_element(room, event)
    Tree.indent(root)
    body: bytes = Tree.tostring(root, encoding="utf-8", xml_declaration=True)
    return body


class _Conference:
    """Collects the plain values of one programme in one language."""

    def __init__(self, programme: Programme, language: str) -> None:
        self.programme = programme
        self.language = language
        self.event = programme.event
        self.zone = ZoneInfo(self.event.time_zone)
        self.acronym = self._acronym()
        self.entries = [entry for entry in programme.entries if entry.timed and not entry.cancelled]
        self.numbers = _numbers((entry.key, uuid.UUID(entry.uid)) for entry in self.entries)
        people = {part.person.key: part.person for entry in self.entries for part in entry.people}
        self.people = _numbers((key, uuid.uuid5(_SPACE, f"person {key}")) for key in sorted(people))

    def _acronym(self) -> str:
        """Readable where the format allows it: it wants four signs at least, and no hyphens."""
        word = self.event.slug.replace("-", "_")
        return word if len(word) >= 4 else self.event.code

    def plain(self) -> dict[str, Any]:
        """The ``conference`` object of schedule.json."""
        shown = {entry.key for entry in self.entries}
        days = [Day(day.date, tuple(each for each in day.entries if each.key in shown)) for day in self.programme.days]
        dates = [day.date for day in days]
        starts_on = self.event.starts_on or min(dates, default=None)
        ends_on = self.event.ends_on or max(dates, default=None)
        return {
            "acronym": self.acronym,
            "title": pick(self.event.title, self.language),
            "start": starts_on.isoformat() if starts_on else "",
            "end": ends_on.isoformat() if ends_on else "",
            "daysCount": len(days),
            "timeslot_duration": "00:05",
            "time_zone_name": self.event.time_zone,
            "url": event_url(self.event.slug, self.language),
            "rooms": list(self._rooms()),
            "tracks": list(self._tracks()),
            "days": [self._day(index, day) for index, day in enumerate(days, start=1)],
        }

    def _rooms(self) -> Iterator[dict[str, Any]]:
        rooms = {entry.room.key: entry.room for entry in self.entries if entry.room}
        for room in sorted(rooms.values(), key=lambda each: (each.order, each.key)):
            yield {
                "name": pick(room.name, self.language),
                "guid": str(uuid.uuid5(_SPACE, f"room {self.event.uid} {room.key}")),
                "description": None,
                "capacity": room.capacity,
            }

    def _tracks(self) -> Iterator[dict[str, Any]]:
        tracks = {entry.track.key: entry.track for entry in self.entries if entry.track}
        for track in sorted(tracks.values(), key=lambda each: (each.order, each.key)):
            name = pick(track.name, self.language)
            yield {"name": name, "slug": slug(name), "color": track.colour or "#5a6872"}

    def _day(self, index: int, day: Day) -> dict[str, Any]:
        """A programme day lasts from four in the morning until then."""
        starts = dt.datetime.combine(day.date, NIGHT_ENDS, tzinfo=self.zone)
        ends = dt.datetime.combine(day.date + dt.timedelta(days=1), dt.time(3, 59), tzinfo=self.zone)
        rooms: dict[str, list[dict[str, Any]]] = {pick(room.name, self.language): [] for room in day.rooms}
        for entry in day.entries:
            rooms.setdefault(self._place(entry), []).append(self._session(entry))
        return {
            "index": index,
            "date": day.date.isoformat(),
            "day_start": starts.isoformat(),
            "day_end": ends.isoformat(),
            "rooms": rooms,
        }

    def _place(self, entry: Entry) -> str:
        """The room; the format has no other place, so a venue stands in where there is no room."""
        place = entry.room or entry.venue
        return str(pick(place.name, self.language)) if place else ""

    def _session(self, entry: Entry) -> dict[str, Any]:
        start, number = entry.local_start, self.numbers[entry.key]
        title = pick(entry.title, self.language)
        if start is None:
            raise ValueError("an untimed session has no place in this format")
        return {
            "guid": entry.uid,
            "code": entry.key.upper(),
            "id": number,
            "logo": None,
            "date": start.isoformat(),
            "start": start.strftime("%H:%M"),
            "end": entry.local_end.isoformat() if entry.local_end else None,
            "duration": _duration(entry),
            "room": self._place(entry),
            "slug": "-".join(part for part in (self.acronym, str(number), slug(title, length=60)) if part),
            "url": programme_url(self.event.slug, self.language, entry.key),
            "title": title,
            "subtitle": "",
            "track": pick(entry.track.name, self.language) if entry.track else None,
            "type": kind_label(entry.kind, self.language),
            "language": title.language,
            # One tag stands for title and abstract: an abstract in another language would be mislabelled.
            "abstract": entry.abstract.get(title.language, ""),
            "description": "",
            "recording_license": "",
            "do_not_record": False,
            "persons": list(self._persons(entry)),
            "links": [],
            "attachments": [],
        }

    def _persons(self, entry: Entry) -> Iterator[dict[str, Any]]:
        seen: set[str] = set()
        for part in entry.people:
            if part.role not in _BACKSTAGE and part.person.key not in seen:
                seen.add(part.person.key)
                yield self._person(part.person)

    def _person(self, person: PersonShown) -> dict[str, Any]:
        return {
            "guid": str(uuid.uuid5(_SPACE, f"person {person.key}")),
            "id": self.people[person.key],
            "code": person.key.upper(),
            "name": person.name,
            "public_name": person.name,
            "avatar": None,
            "biography": pick(person.biography, self.language) or None,
        }


def _numbers(identities: Iterable[tuple[str, uuid.UUID]]) -> dict[str, int]:
    """Numbers for readers that know nothing else: 31 bits of what never changes, moved on where taken."""
    numbers: dict[str, int] = {}
    taken: set[int] = set()
    for key, identity in sorted(identities):
        number = (identity.int >> 97) + 1
        while number in taken:
            number += 1
        taken.add(number)
        numbers[key] = number
    return numbers


def _duration(entry: Entry) -> str:
    """Hours and minutes; nothing where no end is known, for none is invented."""
    if entry.starts_at is None or entry.ends_at is None:
        return "00:00"
    # Not less than nothing: in the hour that clocks skip, an end may come to lie before its start.
    minutes = max(0, int((entry.ends_at - entry.starts_at).total_seconds()) // 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _conference_element(root: Tree.Element, conference: dict[str, Any]) -> None:
    element = Tree.SubElement(root, "conference")
    for name in ("acronym", "title", "start", "end"):
        _text(element, name, conference[name])
    _text(element, "days", str(conference["daysCount"]))
    for name in ("timeslot_duration", "time_zone_name", "url"):
        _text(element, name, conference[name])
    for track in conference["tracks"]:
        Tree.SubElement(element, "track", {name: _legal(value) for name, value in track.items()})


def _event_element(room: Tree.Element, event: dict[str, Any]) -> None:
    element = Tree.SubElement(room, "event", guid=event["guid"], id=str(event["id"]), code=event["code"])
    for name in ("room", "title", "subtitle", "type", "date", "start", "duration", "abstract", "description", "slug"):
        _text(element, name, event[name])
    _text(element, "track", event["track"] or "")
    _text(element, "language", event["language"])
    _text(element, "url", event["url"])
    recording = Tree.SubElement(element, "recording")
    _text(recording, "license", "")
    _text(recording, "optout", "false")
    persons = Tree.SubElement(element, "persons")
    for person in event["persons"]:
        _text(persons, "person", person["name"], id=str(person["id"]), guid=person["guid"], code=person["code"])
    Tree.SubElement(element, "links")
    Tree.SubElement(element, "attachments")


def _text(parent: Tree.Element, name: str, text: str, **attributes: str) -> None:
    Tree.SubElement(parent, name, attributes).text = _legal(text)


def _legal(text: str) -> str:
    """Without the characters that XML 1.0 cannot carry at all (section 2.2)."""
    return _NOT_XML.sub("", text)
