"""A table of cells, whatever file it came from: find the header, then read each record as a row."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime, time

from . import columns, limits
from .rows import FileRefused, Layout


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell that has no usable value, such as ``#REF!`` or a formula never calculated."""

    reason: str


TableCell = str | date | time | datetime | CellError


@dataclass(slots=True)
class Record:
    """One row of a sheet or one record of a text file; cells by column number from 1."""

    row: int
    line: int | None
    cells: dict[int, TableCell]
    hidden: AbstractSet[int] = frozenset()

    def text(self, column: int) -> str:
        """The cell as trimmed text, empty for anything else."""
        cell = self.cells.get(column, "")
        return cell.strip() if isinstance(cell, str) else ""

    @property
    def blank(self) -> bool:
        """Whether nothing but white space stands in it."""
        return all(isinstance(cell, str) and not cell.strip() for cell in self.cells.values())


@dataclass(slots=True)
class Header:
    """Where each of our columns stands; ``people`` columns may stand in several places."""

    record: int
    places: dict[str, list[int]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)
    language: str = "en"

    @property
    def usable(self) -> bool:
        """A programme needs a title and something else to hang it on."""
        return any(name.startswith("title") for name in self.places) and len(self.places) >= 2


def find_header(records: list[Record]) -> Header | None:
    """Find the first record that reads as column names."""
    for position, record in enumerate(records[: limits.HEADER_SEARCH_ROWS]):
        header = _read_header(position, record)
        if header.usable:
            return header
    return None


def _read_header(position: int, record: Record) -> Header:
    header = Header(position)
    for number in sorted(record.cells):
        written = record.text(number)
        name = columns.column(written)
        # A hidden column is not what the officer sees; only the reference, which nobody reads, is taken from one.
        if not name or (number in record.hidden and name != "ref"):
            header.ignored += [written] if written else []
            continue
        header.places.setdefault(name, []).append(number)
        header.names.setdefault(name, written)
    turkish = sum(columns.header_language(written) == "tr" for written in header.names.values())
    header.language = "tr" if turkish * 2 > len(header.names) else "en"
    return header


def laid_out(records: list[Record], layout: Layout) -> Header | None:
    """The header as somebody laid it out by hand, or None where the table has no such row."""
    position = next((place for place, record in enumerate(records) if record.row == layout.header), None)
    if position is None and layout.header:
        return None
    header = Header(-1 if position is None else position, language=layout.language or "tr")
    above = records[position] if position is not None else Record(0, None, {})
    for number, name in sorted(layout.columns.items()):
        header.places.setdefault(name, []).append(number)
        header.names.setdefault(name, above.text(number) or str(number))
    header.ignored = [above.text(number) for number in sorted(above.cells) if number not in layout.columns]
    return header if header.usable else None


def refuse_doubles(header: Header) -> None:
    """Refuse a file that has one column twice: nobody could say which counts."""
    for name, places in header.places.items():
        if len(places) > 1 and name not in columns.PEOPLE:
            raise FileRefused("double_column", column=header.names[name])


def title_above(records: list[Record], header: Header) -> str:
    """The text of the first record above the header: the sheet's own title."""
    for record in records[: max(header.record, 0)]:
        for number in sorted(record.cells):
            if text := record.text(number):
                return text
    return ""
