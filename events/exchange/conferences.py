"""Conferences in frab's formats (schedule.xml, schedule.json): what both have in common becomes rows.

The formats name one language per session and one title in it; breaks, drafts and cancelled sessions are
not in them. A programme day is the ``day`` element, whatever the date of the start says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from . import columns, limits
from .rows import Contributor, FileRefused, Reading, Remark, Row
from .values import FARTHEST, NIGHT_ENDS, TAG

_DURATION = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{2})")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
#: What a person may be told apart by, the most lasting first.
MARKS = ("guid", "code", "id")
_LEFT_OUT = ("subtitle", "description")
# XML and JSON say the same things about a session; what only one of them has belongs to people and rooms.
_GIVEN = ("ref", "day", "start", "end", "room", "track", "people")


@dataclass(slots=True)
class Person:
    """One entry under a session's persons; ``key`` is whatever the file tells people apart by."""

    key: str
    name: str
    biography: str = ""


@dataclass(slots=True)
class Talk:
    """One ``event`` of the file, as text."""

    number: int
    day: str
    room: str
    fields: dict[str, str]
    people: list[Person] = field(default_factory=list)


class ConferenceReader:
    """Turns talks into rows of one reading."""

    def __init__(self, form: str, title: str, zone: str) -> None:
        self.reading = Reading(form=form, title=title, zone=zone)

    def add(self, talk: Talk) -> None:
        """Add the row of one talk, or its refusal."""
        if len(self.reading.rows) >= limits.ROWS:
            raise FileRefused("too_many_rows", limit=limits.ROWS)
        row = Row(talk.number)
        row.ref = talk.fields.get("guid") or talk.fields.get("code") or talk.fields.get("id", "")
        try:
            self._read_when(row, talk)
        except _BadField as bad:
            self.reading.refused.append(self._remark(row, bad.column, bad.value, bad.reason))
            return
        self._read_texts(row, talk)
        self._tell_left_out(talk)
        self._read_kind(row, talk)
        self._read_people(row, talk)
        self.reading.rows.append(row)

    def _read_when(self, row: Row, talk: Talk) -> None:
        row.day = _day(talk.day)
        row.start = _moment(talk.fields.get("date", ""), row.day, talk.fields.get("start", ""))
        if row.start and abs(row.start.date() - row.day) > FARTHEST:
            raise _BadField("date", talk.fields.get("date", ""), "far_from_day")
        length = _duration(talk.fields.get("duration", ""))
        if row.start and length:
            row.end = row.start + length
        elif row.start and (end := talk.fields.get("end")):
            row.end = _moment(end, row.day, "")
        if row.start and row.end and _before(row.end, row.start):
            raise _BadField("end", talk.fields.get("end", ""), "end_before_start")
        if row.start is None:
            self._miss(row, "start", "no_start")
        elif row.end is None:
            self._miss(row, "end", "no_end")
        row.room, row.track = talk.room or talk.fields.get("room", ""), talk.fields.get("track", "")

    def _read_texts(self, row: Row, talk: Talk) -> None:
        tag = talk.fields.get("language", "")
        language = columns.language(tag) or (tag if TAG.fullmatch(tag) else "und")
        row.title[language] = talk.fields.get("title", "")
        row.abstract[language] = talk.fields.get("abstract", "")
        row.languages = (language,) if language != "und" else ()
        row.status = "confirmed"
        row.given = (*_GIVEN, f"title_{language}", f"abstract_{language}", "first_languages")
        if not row.title[language]:
            row.status, row.given = "draft", (*row.given, "status")
            self._miss(row, "title", "no_title")
        for other in {"tr", "en"} - {language} if language in ("tr", "en") else set():
            self._miss(row, "title", f"no_title_{other}")

    def _tell_left_out(self, talk: Talk) -> None:
        """Say once what the file has and a programme of ours has no place for."""
        for name in _LEFT_OUT:
            if talk.fields.get(name) and name not in self.reading.ignored_columns:
                self.reading.ignored_columns = (*self.reading.ignored_columns, name)

    def _read_kind(self, row: Row, talk: Talk) -> None:
        word = talk.fields.get("type", "")
        if not word:
            return
        row.given = (*row.given, "kind")
        row.kind = columns.kind(word) or "other"
        if not columns.kind(word):
            self.reading.reported.append(self._remark(row, "type", word, "unknown_kind"))

    def _read_people(self, row: Row, talk: Talk) -> None:
        row.people = tuple(Contributor("speaker", person.name, person.key) for person in talk.people if person.name)
        if len(row.people) > limits.PEOPLE_PER_ROW:
            raise FileRefused("too_many_people", limit=limits.PEOPLE_PER_ROW)
        for person in talk.people:
            if person.biography and person.key:
                self.reading.biographies.setdefault(person.key, person.biography)

    def _miss(self, row: Row, column: str, reason: str) -> None:
        self.reading.missing.append(self._remark(row, column, "", reason))

    def _remark(self, row: Row, column: str, value: str, reason: str) -> Remark:
        return Remark(row.row, None, row.ref[:80], column, value[:80], reason)


class _BadField(Exception):  # noqa: N818 - a refusal, not a fault
    def __init__(self, column: str, value: str, reason: str) -> None:
        super().__init__(reason)
        self.column, self.value, self.reason = column, value, reason


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        raise _BadField("day", text, "bad_date") from None
    if not 1900 <= day.year <= 2199:
        raise _BadField("day", text, "bad_date")
    return day


def _moment(text: str, day: date, clock: str) -> datetime | None:
    """Read the full date with its offset; older files have only the clock time on the programme day.

    A date alone says nothing of the hour, and a clock alone is read as in tables: before four it is the night after.
    """
    if not text and clock:
        text = (day + timedelta(days=clock.zfill(5) < NIGHT_ENDS.isoformat("minutes"))).isoformat()
    dated = _DATE.fullmatch(text)
    try:
        moment = datetime.fromisoformat(f"{text}T{clock.zfill(5)}" if dated and clock else text) if text else None
    except ValueError:
        raise _BadField("date", text, "bad_time") from None
    if moment is None or (dated and not clock):
        return None
    if not 1900 <= moment.year <= 2199:
        raise _BadField("date", text, "bad_date")
    return moment.replace(second=0, microsecond=0)


def _duration(text: str) -> timedelta | None:
    if not text:
        return None
    found = _DURATION.fullmatch(text)
    if not found:
        raise _BadField("duration", text, "bad_duration")
    return timedelta(days=int(found[1] or 0), hours=int(found[2]), minutes=int(found[3])) or None


def _before(end: datetime, start: datetime) -> bool:
    if (end.tzinfo is None) != (start.tzinfo is None):
        end, start = end.replace(tzinfo=None), start.replace(tzinfo=None)
    return end <= start
