"""The calendar around the entries: names, refresh hints and the zones in use."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import icalendar

from events.zones import Observance, Rule, rule_of

from .lines import lines_of, one_line, plain, written

_BEGIN = b"BEGIN:VEVENT\r\n"
_END = b"END:VCALENDAR\r\n"
_ZONES = re.compile(rb"\r\nDT(?:START|END);TZID=([^:]+):")
# An entry begins with `UID:` and 36 characters, `DTSTAMP:` and 16; its times are among its first lines.
_UID = slice(4, 40)
_STAMP = slice(50, 66)
_TIMES = slice(300)
_REFRESH = dt.timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands above the entries. ``published`` adds METHOD:PUBLISH: then every entry has an organiser."""

    name: str
    description: str
    zone: str
    page: str
    address: str
    language: str
    published: bool


def assembled(frame: Frame, entries: Mapping[str, bytes]) -> bytes:
    """A calendar of ready entries, given by UID and put in that order, whatever was rendered when."""
    modified = max((entry[_STAMP] for entry in entries.values()), default=b"").decode()
    times = b"".join([entry[_TIMES] for entry in entries.values()])
    zones = {zone.decode() for zone in {*_ZONES.findall(times)}} or {frame.zone}
    parts = [_head(frame, modified, sorted(zones)), *(entries[uid] for uid in sorted(entries))]
    return _BEGIN.join(parts) + _END


def entries_of(calendar: bytes) -> dict[str, bytes]:
    """The entries of an assembled calendar by UID, each without its first line.

    Only where a line begins: folding may end a line with any words of a text.
    """
    _head_part, *parts = calendar.removesuffix(b"\r\n" + _END).split(b"\r\n" + _BEGIN)
    return {part[_UID].decode(): part + b"\r\n" for part in parts}


def keyed(vevent: bytes) -> bytes:
    """A rendered entry as :func:`assembled` takes it."""
    return vevent.removeprefix(_BEGIN)


def _head(frame: Frame, modified: str, zones: Iterable[str]) -> bytes:
    before, after = _around_modified(frame, tuple(zones))
    return before + (f"LAST-MODIFIED:{modified}\r\n".encode() if modified else b"") + after


@lru_cache(maxsize=64)
def _around_modified(frame: Frame, zones: tuple[str, ...]) -> tuple[bytes, bytes]:
    """What stands above the entries, before and after LAST-MODIFIED: the one line that each release changes.

    No UID of the calendar: programs that synchronise would take all entries for one.
    """
    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//Koprue//Programmes//{frame.language.upper()}")
    calendar.add("calscale", "GREGORIAN")
    if frame.published:
        calendar.add("method", "PUBLISH")
    for names, text in ((("name", "x-wr-calname"), one_line(frame.name)), (_DESCRIPTIONS, plain(frame.description))):
        for name in names:
            if text:
                calendar.add(name, icalendar.vText(text))
    calendar.add("x-wr-timezone", frame.zone)
    calendar.add("url", frame.page)
    calendar.add("source", icalendar.vUri(frame.address), parameters={"VALUE": "URI"})
    before = len(lines_of(calendar)) - 1
    calendar.add("color", "teal")
    calendar.add("refresh-interval", icalendar.vDuration(_REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", icalendar.vDuration(_REFRESH).to_ical().decode())
    for rule in filter(None, map(rule_of, zones)):
        calendar.add_component(zone_component(rule))
    lines = lines_of(calendar)[:-1]
    return written(lines[:before]), written(lines[before:])


_DESCRIPTIONS = ("description", "x-wr-caldesc")


def zone_component(rule: Rule) -> icalendar.Timezone:
    """The rule of a zone as calendars read it."""
    timezone = icalendar.Timezone()
    timezone.add("tzid", rule.zone)
    for observance in rule.observances:
        timezone.add_component(_observance(observance))
    return timezone


def _observance(told: Observance) -> icalendar.TimezoneDaylight | icalendar.TimezoneStandard:
    part = icalendar.TimezoneDaylight() if told.daylight else icalendar.TimezoneStandard()
    part.add("dtstart", told.start)
    part.add("tzoffsetfrom", told.offset_from)
    part.add("tzoffsetto", told.offset_to)
    part.add("tzname", told.name)
    if told.rrule:
        part.add("rrule", icalendar.vRecur.from_ical(told.rrule))
    return part
