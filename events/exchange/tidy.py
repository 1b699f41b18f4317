"""Rows as the file has them become rows as our columns can hold them, each once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from zoneinfo import available_timezones

from events.models import Contribution, Organisation, Party, Person, Room, Session, Track, Venue
from events.turkish import clean

from . import limits
from .rows import Contributor, Reading, Remark, Row


def _length(model: type, field: str) -> int:
    length: int = model._meta.get_field(field).max_length  # type: ignore[attr-defined]
    return length


_LENGTHS = {
    "ref": _length(Session, "ref"),
    "title": _length(Session, "title_tr"),
    "abstract": limits.CELL_CHARACTERS,  # so that a spreadsheet can hold it again
    "venue": _length(Venue, "name_tr"),
    "room": _length(Room, "name_tr"),
    "track": _length(Track, "name_tr"),
    "organisation": _length(Organisation, "name_tr"),
    "parties": _length(Party, "name_tr"),
    "name": _length(Person, "name"),
    "shown": _length(Contribution, "shown_tr"),
}
_PLURAL = {"speaker": "speakers"}


def tidy(reading: Reading) -> Iterator[Row | Remark]:
    """Clean each row's texts; where one does not fit, give the refusal instead of the row."""
    for row in reading.rows:
        cleaned = _clean(row)
        yield _refusal(cleaned, reading) or cleaned


def _clean(row: Row) -> Row:
    return replace(
        row,
        ref=clean(row.ref),
        title={tag: clean(text) for tag, text in row.title.items()},
        abstract={tag: clean(text, lines=True) for tag, text in row.abstract.items()},
        venue=clean(row.venue),
        room=clean(row.room),
        track=clean(row.track),
        organisation=clean(row.organisation),
        parties=tuple(clean(party) for party in row.parties),
        names={column: clean(text) for column, text in row.names.items()},
        people=tuple(person for person in map(_clean_person, row.people) if person.name),
    )


def _clean_person(person: Contributor) -> Contributor:
    shown = {tag: clean(text) for tag, text in person.shown.items()}
    return replace(person, name=clean(person.name), shown=shown)


def _refusal(row: Row, reading: Reading) -> Remark | None:
    for column, value, limit in _texts(row):
        if len(value) > limit:
            return _remark(row, reading, column, value, "too_long")
    for column in ("start_zone", "end_zone"):
        zone = getattr(row, column)
        if zone and zone not in available_timezones():
            return _remark(row, reading, column, zone, "unknown_zone")
    return None


def _texts(row: Row) -> Iterator[tuple[str, str, int]]:
    for name in ("ref", "venue", "room", "track", "organisation"):
        yield name, getattr(row, name), _LENGTHS[name]
    for name in ("title", "abstract"):
        for tag, text in getattr(row, name).items():
            yield f"{name}_{tag}", text, _LENGTHS[name]
    for column, text in row.names.items():
        name = column.rpartition("_")[0]
        for part in text.split(";") if name == "parties" else (text,):
            yield column, part.strip(), _LENGTHS[name]
    for party in row.parties:
        yield "parties", party, _LENGTHS["parties"]
    for person in row.people:
        column = _PLURAL.get(person.role, person.role)
        yield column, person.name, _LENGTHS["name"]
        for text in person.shown.values():
            yield column, text, _LENGTHS["shown"]


def _remark(row: Row, reading: Reading, column: str, value: str, reason: str) -> Remark:
    written = reading.names.get(column) or reading.names.get(column.partition("_")[0]) or column
    return Remark(row.row, row.line, row.ref[:80], written, value[:80], reason)


class Doubles:
    """Tells rows that say again what an earlier row said from rows that contradict it."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.by_ref: dict[str, str] = {}
        self.seen: dict[str, int] = {}

    def judge(self, row: Row) -> Remark | None:
        """Give a remark for a row that must not make a session: a pasted copy or a reference used twice."""
        said = repr(replace(row, row=0, line=None))
        if said in self.seen:
            return _remark(row, self.reading, "ref", str(self.seen[said]), "duplicate_row")
        if row.ref and row.ref in self.by_ref:
            return _remark(row, self.reading, "ref", row.ref, "same_ref")
        self.seen[said] = row.row
        self.by_ref[row.ref] = said
        return None
