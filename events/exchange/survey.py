"""The beginning of a table nobody knows yet: its sheets, its probable header, its columns with what could be meant."""

from __future__ import annotations

from datetime import date, datetime, time

from . import columns, limits
from .books import Book
from .guessing import guess
from .rows import FileRefused, Layout, SeenColumn, Survey
from .sheets import wanted_sheets
from .tables import CellError, Record, TableCell, find_header
from .texts import read_records

#: How many rows a guess looks at, how many values of each column somebody sees, and how much of each.
LOOKED_AT, SHOWN, LONGEST = 60, 3, 80
_TURKISH = set("ğışİĞŞ")


def survey_book(data: bytes, layout: Layout) -> Survey:
    """The sheet that was asked for, else the first with something in it."""
    book = Book(data)
    for sheet in wanted_sheets(book, layout):
        if records := _filled(book.records(sheet, LOOKED_AT)):
            found = _survey("xlsx", records, layout)
            found.sheet, found.sheets = sheet.name, [each.name for each in book.sheets]
            return found
    raise FileRefused("no_rows")


def survey_text(text: str, layout: Layout) -> Survey:
    """A table of separated values."""
    if records := _filled(read_records(text, LOOKED_AT)):
        return _survey("text", records, layout)
    raise FileRefused("no_rows")


def _filled(records: list[Record]) -> list[Record]:
    return [record for record in records if not record.blank]


def _survey(form: str, records: list[Record], layout: Layout) -> Survey:
    header = _chosen_header(records, layout.header) or _likely_header(records)
    below = [record for record in records if record.row > header.row]
    numbers = sorted({number for record in (header, *below) for number in record.cells} - header.hidden)
    seen = [_column(number, header, below) for number in numbers]
    guess(seen, {number: [told(record.cells.get(number, "")) for record in below] for number in numbers})
    return Survey(
        form=form,
        header=header.row,
        language=_language(seen, [told(cell) for record in records for cell in record.cells.values()]),
        columns=seen,
        rows=[(record.row, _line(record)) for record in records[: limits.HEADER_SEARCH_ROWS]],
    )


def _language(seen: list[SeenColumn], cells: list[str]) -> str:
    """That of the column names that are ours; else Turkish where letters stand that only Turkish has."""
    known = [column.header for column in seen if columns.column(column.header)]
    if known:
        turkish = sum(columns.header_language(header) == "tr" for header in known)
        return "tr" if turkish * 2 > len(known) else "en"
    return "tr" if any(_TURKISH & set(cell) for cell in cells) else ""


def _chosen_header(records: list[Record], number: int) -> Record | None:
    """The row that somebody named; a number below nothing says that no row holds column names."""
    if number < 0:
        return Record(0, None, {})
    return next((record for record in records if record.row == number), None)


def _likely_header(records: list[Record]) -> Record:
    """Known column names, else the first row that is about as wide as the table and holds nothing but words."""
    if known := find_header(records):
        return records[known.record]
    first = records[: limits.HEADER_SEARCH_ROWS]
    widest = max(len(record.cells) for record in first)
    worded = (record for record in first if len(record.cells) * 10 >= widest * 6 and _only_words(record))
    return next(worded, first[0])


def _only_words(record: Record) -> bool:
    return all(isinstance(cell, str) and not cell.strip()[:1].isdigit() for cell in record.cells.values())


def _column(number: int, header: Record, below: list[Record]) -> SeenColumn:
    values = (told(record.cells.get(number, ""))[:LONGEST] for record in below)
    return SeenColumn(number, header.text(number)[:LONGEST], list(dict.fromkeys(filter(None, values)))[:SHOWN])


def told(cell: TableCell) -> str:
    """A cell as text that the readers of values understand."""
    if isinstance(cell, CellError):
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes")
    if isinstance(cell, time):
        return cell.isoformat("minutes")
    return cell.isoformat() if isinstance(cell, date) else " ".join(cell.split())


def _line(record: Record) -> str:
    return " · ".join(text for number in sorted(record.cells)[:6] if (text := told(record.cells[number])))[:LONGEST]
