"""Records under a header become rows; what cannot be meant is refused with its column and reason."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import TypeVar

from . import columns, values
from .books import Book, Sheet
from .rows import Contributor, FileRefused, Layout, Reading, Remark, Row
from .tables import CellError, Header, Record, find_header, laid_out, refuse_doubles, title_above
from .texts import read_records
from .values import BadCell, Cell

Value = TypeVar("Value")
_GUARDED = re.compile(r"'+[=+\-@]")
_PLAIN_TEXTS = ("ref", "start_zone", "end_zone")


def read_book(data: bytes, layout: Layout | None = None) -> Reading:
    """Read the first visible sheet whose column names are recognised, or the one that was asked for."""
    book = Book(data)
    for sheet in wanted_sheets(book, layout):
        records = book.records(sheet)
        if header := _header(records, layout):
            reading = _read_table("xlsx", records, header)
            reading.sheet, reading.sheets = sheet.name, tuple(each.name for each in book.sheets)
            return reading
    raise FileRefused("no_header")


def read_text(text: str, layout: Layout | None = None) -> Reading:
    """Read a table of comma, semicolon or tab separated values."""
    records = read_records(text)
    header = _header(records, layout)
    if not header:
        raise FileRefused("no_header")
    return _read_table("text", records, header)


def wanted_sheets(book: Book, layout: Layout | None) -> list[Sheet]:
    """The sheet that was asked for; all of them where none was, or where it is not there any more."""
    named = [sheet for sheet in book.sheets if layout and sheet.name == layout.sheet]
    return named[:1] or book.sheets


def _header(records: list[Record], layout: Layout | None) -> Header | None:
    return laid_out(records, layout) if layout and layout.columns else find_header(records)


def _read_table(form: str, records: list[Record], header: Header) -> Reading:
    refuse_doubles(header)
    reading = Reading(form=form, title=title_above(records, header), language=header.language)
    reading.ignored_columns = tuple(header.ignored)
    reading.names = header.names
    for record in records[header.record + 1 :]:
        if not record.blank:
            _RecordReader(record, header, reading).read()
    return reading


class _RecordReader:
    """Reads one record; collects what is wrong instead of stopping at the first."""

    def __init__(self, record: Record, header: Header, reading: Reading) -> None:
        self.record = record
        self.header = header
        self.reading = reading
        self.refused: list[Remark] = []
        self.dated = False
        self.ref = ""
        self.ref = self.text("ref")

    def read(self) -> None:
        """Add the row to the reading, or its refusal."""
        places = self.header.places
        if not any(self.record.cells.get(number) for name in places for number in places[name]):
            return
        row = Row(self.record.row, self.record.line)
        for name in _PLAIN_TEXTS:
            setattr(row, name, self.text(name))
        self._read_when(row)
        self._read_codes(row)
        self._read_texts(row)
        self._read_names(row)
        row.people = tuple(person for role in columns.PEOPLE for person in self._people(role))
        if self.refused:
            self.reading.refused += self.refused
            return
        self._tell_missing(row)
        row.given = tuple(self._given(row))
        self.reading.rows.append(row)

    def _read_when(self, row: Row) -> None:
        start = self._value("start", values.read_time)
        end = self._value("end", values.read_time)
        self.dated = isinstance(start, datetime)
        row.day = self._day() or (values.day_of(start) if isinstance(start, datetime) else None)
        if row.day is None:
            # A draft has to stand somewhere; beside the row above is where the officer will look for it.
            above = self.reading.rows[-1].day if self.reading.rows else None
            row.day, row.status = values.day_of(end) if isinstance(end, datetime) else above, "draft"
        try:
            one_clock = row.end_zone in ("", row.start_zone)
            span = values.read_span(row.day or values.UNDATED, start, end, one_clock=one_clock)
        except BadCell as bad:
            self._refuse("end", bad.reason)
        else:
            row.start, row.end = span.start, span.end
            if row.day and span.start and abs(span.start.date() - row.day) > values.FARTHEST:
                self._refuse("start", "far_from_day")

    def _day(self) -> date | None:
        try:
            day = values.read_day(self.cell("day"))
        except BadCell as bad:
            (self._miss if bad.reason == "no_year" else self._refuse)("day", bad.reason)
            return None
        if day is None and not self.dated:
            self._miss("day", "no_day")
        return day

    def _read_codes(self, row: Row) -> None:
        if word := self.text("kind"):
            row.kind = columns.kind(word) or "other"
            if not columns.kind(word):
                self._report("kind", "unknown_kind")
        if word := self.text("status"):
            if not columns.status(word):
                self._report("status", "unknown_status")
            row.status = row.status or columns.status(word) or "draft"
        row.status = row.status or "confirmed"
        row.capacity = self._value("capacity", values.read_number)
        row.interpretation = self._code("interpretation", columns.interpretation)
        row.audience = self._code("audience", columns.audience)
        row.languages = self._languages("languages" if "languages" in self.header.places else "language")

    def _code(self, name: str, lookup: Callable[[str], str]) -> str:
        word = self.text(name)
        code = lookup(word) if word else ""
        if word and not code:
            self._refuse(name, f"unknown_{name}")
        return code

    def _languages(self, name: str) -> tuple[str, ...]:
        known, unknown = values.read_languages(self.text(name))
        if unknown:
            self._report(name, "unknown_language")
        return tuple(known)

    def _read_texts(self, row: Row) -> None:
        own, _unknown = values.read_languages(self.text("language"))
        language = own[0] if len(own) == 1 else self.reading.language
        for name, texts in (("title", row.title), ("abstract", row.abstract)):
            for tag in ("tr", "en"):
                if f"{name}_{tag}" in self.header.places:
                    texts[tag] = self.text(f"{name}_{tag}")
            if name in self.header.places and not texts.get(language):
                texts[language] = self.text(name)

    def _read_names(self, row: Row) -> None:
        """Names of places and the like; the plain column is in the table's language, or in the one without a column.

        A row is named by what it will be found under again: by one of the names that are kept.
        """
        for name in columns.NAMED:
            text = self.text(name)
            own, other = ("tr", "en") if self.reading.language == "tr" else ("en", "tr")
            stated = {f"{name}_{tag}": self.text(f"{name}_{tag}") for tag in (own, other)}
            stated = {column: there for column, there in stated.items() if there}
            if stated and text:
                stated.setdefault(f"{name}_{other if f'{name}_{own}' in stated else own}", text)
            row.names |= stated
            text = stated.get(f"{name}_{own}") or text or next(iter(stated.values()), "")
            setattr(row, name, _parts(text) if name == "parties" else text)

    def _given(self, row: Row) -> list[str]:
        names = {name for name in self.header.places if name not in ("title", "abstract", "language")}
        names |= {name for name in (*columns.PEOPLE, *columns.NAMED) if {f"{name}_tr", f"{name}_en"} & names}
        names |= {f"{name}_{tag}" for name in ("title", "abstract") for tag in getattr(row, name)}
        if "language" in self.header.places:
            names |= {"languages", *(f"{name}_other" for name in ("title", "abstract") if name in self.header.places)}
        if row.status == "draft":
            names.add("status")
        if self.dated:
            names.add("day")
        return sorted(names)

    def _people(self, role: str) -> list[Contributor]:
        """The people of a role; a column of the other language adds positions to the same people, in order."""
        found: list[Contributor] = []
        for name, language in ((role, self.reading.language), (f"{role}_tr", "tr"), (f"{role}_en", "en")):
            people = self._people_of_column(name, role, language)
            for each in found:
                twin = next((person for person in people if person.name == each.name), None)
                if twin:
                    people.remove(twin)
                    each.shown.update(twin.shown)
            found += people
        return found

    def _people_of_column(self, name: str, role: str, language: str) -> list[Contributor]:
        found: list[Contributor] = []
        for number in self.header.places.get(name, ()):
            try:
                found += values.read_people(self._as_text(number, name), columns.ROLE_OF.get(role, role), language)
            except BadCell as bad:
                self._refuse(name, bad.reason)
        return found

    def _tell_missing(self, row: Row) -> None:
        if not any(row.title.values()):
            row.status = "draft" if row.status == "confirmed" else row.status
            self._miss("title_tr" if "title_tr" in self.header.places else "title", "no_title")
        elif {"tr", "en"} & row.title.keys():
            for tag in ("tr", "en"):
                if not row.title.get(tag):
                    self._miss(f"title_{tag}", f"no_title_{tag}")
        if row.start is None:
            self._miss("start", "no_start")
        elif row.end is None:
            self._miss("end", "no_end")

    def cell(self, name: str) -> Cell:
        """The first cell of a column, empty when it is broken (which is refused) or not there."""
        for number in self.header.places.get(name, ()):
            return self._sound(self.record.cells.get(number, ""), name)
        return ""

    def text(self, name: str) -> str:
        """The first cell of a column as text."""
        for number in self.header.places.get(name, ()):
            return self._as_text(number, name)
        return ""

    def _as_text(self, number: int, name: str) -> str:
        cell = self._sound(self.record.cells.get(number, ""), name)
        if isinstance(cell, datetime):
            return cell.isoformat(" ", "minutes")
        if isinstance(cell, time):
            return cell.isoformat("minutes")
        if isinstance(cell, date):
            return cell.isoformat()
        text = cell.replace("\r\n", "\n").replace("\r", "\n").strip()
        # The apostrophe by which our own text export keeps a cell from being taken for a formula.
        return text[1:] if self.reading.form == "text" and _GUARDED.match(text) else text

    def _sound(self, cell: Cell | CellError, name: str) -> Cell:
        if isinstance(cell, CellError):
            self._refuse(name, cell.reason)
            return ""
        return cell

    def _value(self, name: str, read: Callable[[Cell], Value]) -> Value | None:
        try:
            return read(self.cell(name))
        except BadCell as bad:
            self._refuse(name, bad.reason)
            return None

    def _refuse(self, name: str, reason: str) -> None:
        remark = self._remark(name, reason)
        if remark not in self.refused:
            self.refused.append(remark)

    def _report(self, name: str, reason: str) -> None:
        self.reading.reported.append(self._remark(name, reason))

    def _miss(self, name: str, reason: str) -> None:
        self.reading.missing.append(self._remark(name, reason))

    def _remark(self, name: str, reason: str) -> Remark:
        value = ""
        for number in self.header.places.get(name, ()):
            cell = self.record.cells.get(number, "")
            value = "" if isinstance(cell, CellError) else self._as_text(number, name)[:80]
            break
        written = self.header.names.get(name, name)
        return Remark(self.record.row, self.record.line, self.ref[:80], written, value, reason)


def _parts(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (part.strip() for part in text.split(";"))))
