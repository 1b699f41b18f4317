"""A list of people or things under columns that the caller names: rows of plain text cells, whoever wrote the file.

For tables that are no programme, such as the members of a group. Read by the child process, under its limits.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from events.turkish import fold

from . import limits
from .books import Book
from .guessing import alike
from .rows import FileRefused
from .survey import told
from .tables import Record
from .texts import SEPARATORS, split

#: A likeness below this is chance.
_ENOUGH = 0.7
_LOOKED_AT = limits.HEADER_SEARCH_ROWS
_GUARDED = re.compile(r"'+[=+\-@]")
#: A code of ours and the headings under which its column may stand.
Headings = Mapping[str, Sequence[str]]


@dataclass
class ListReading:
    """What a list says: each row by our codes, with its number as the program that wrote the file counts."""

    names: dict[str, str] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)
    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)


def list_of_book(data: bytes, headings: Headings) -> ListReading:
    """The sheet with the most of our columns; raises ``FileRefused`` where none has two."""
    book = Book(data)
    best: ListReading | None = None
    for sheet in book.sheets:
        found = _read(book.records(sheet), headings, text=False)
        if found and (best is None or len(found.names) > len(best.names)):
            best = found
    return _with_rows(best)


def list_of_text(text: str, headings: Headings) -> ListReading:
    """A table of separated values, split by the separator under which the most of our columns are found."""
    readings = [_read(split(text, separator), headings, text=True) for separator in SEPARATORS]
    found = [each for each in readings if each]
    return _with_rows(max(found, key=lambda each: len(each.names)) if found else None)


def _with_rows(reading: ListReading | None) -> ListReading:
    if reading is None:
        raise FileRefused("no_list_header")
    if not reading.rows:
        raise FileRefused("no_list_rows")
    return reading


def _read(records: list[Record], headings: Headings, *, text: bool) -> ListReading | None:
    found = ((position, _columns(record, headings)) for position, record in enumerate(records[:_LOOKED_AT]))
    position, columns = next((each for each in found if each[1]), (0, {}))
    if not columns:
        return None
    record = records[position]
    reading = ListReading(names={code: record.text(number) for number, code in columns.items()})
    known = set(columns) | set(record.hidden)
    reading.ignored = [record.text(each) for each in sorted(record.cells) if each not in known and record.text(each)]
    for row in records[position + 1 :]:
        cells = {code: _cell(row, number, text=text) for number, code in columns.items()}
        if any(cells.values()):
            reading.rows.append((row.row, cells))
    return reading


def _columns(record: Record, headings: Headings) -> dict[int, str]:
    """What each column is: by its own heading, else by one that is much alike. Fewer than two make no header."""
    folded = {code: [fold(each) for each in words] for code, words in headings.items()}
    numbers = [number for number in sorted(record.cells) if number not in record.hidden and record.text(number)]
    found: dict[int, str] = {}
    for number in numbers:
        written = fold(record.text(number)[:300])
        code = next((each for each, words in folded.items() if written in words), "")
        if code and code in found.values():
            raise FileRefused("double_column", column=record.text(number)[:80])
        if code:
            found[number] = code
    if not found:
        return {}
    for number in numbers:
        if number not in found:
            likely = _likely(fold(record.text(number)[:300]), folded, set(found.values()))
            found |= {number: likely} if likely else {}
    return found if len(found) > 1 or len(numbers) == 1 else {}


def _likely(written: str, folded: Mapping[str, list[str]], taken: set[str]) -> str:
    scores = [
        (alike(written, word), code) for code, words in folded.items() if code not in taken for word in words if word
    ]
    best = max(scores, default=(0.0, ""))
    return best[1] if best[0] >= _ENOUGH else ""


def _cell(record: Record, number: int, *, text: bool) -> str:
    written = told(record.cells.get(number, ""))
    # The apostrophe by which our own text export keeps a cell from being taken for a formula.
    return written[1:] if text and _GUARDED.match(written) else written
