"""Text tables (.csv, .txt): which encoding, which separator, where each record begins."""

from __future__ import annotations

import csv
import io
from collections import Counter

from . import limits
from .rows import FileRefused
from .tables import Record, TableCell, find_header

SEPARATORS = ";\t,"
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def decode(data: bytes) -> str:
    """Decode by byte-order mark, else UTF-16 by its zero bytes, UTF-8, and last Windows-1254."""
    mark = next((name for mark, name in _MARKS.items() if data.startswith(mark)), "")
    for encoding in (mark,) if mark else _candidates(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            raise FileRefused("unknown_type")
        return text
    raise FileRefused("unknown_encoding")


def _candidates(data: bytes) -> tuple[str, ...]:
    sample = data[:4000]
    if sample[1::2].count(0) * 4 > len(sample):
        return ("utf-16-le",)
    if sample[0::2].count(0) * 4 > len(sample):
        return ("utf-16-be",)
    return ("utf-8", "cp1254")


def read_records(text: str, most: int | None = None) -> list[Record]:
    """Split by the separator under which most column names are recognised, else under which most rows are alike."""
    return split(text, max(SEPARATORS, key=lambda separator: _likeness(text, separator)), most)


def _likeness(text: str, separator: str) -> tuple[int, int]:
    try:
        records = split(text, separator, limits.HEADER_SEARCH_ROWS)
    except FileRefused:
        return 0, 0
    header = find_header(records)
    widths = Counter(len(record.cells) for record in records if len(record.cells) > 1)
    return len(header.places) if header else 0, max(widths.values(), default=0)


def split(text: str, separator: str, most: int | None = None) -> list[Record]:
    """The records of a table under one separator, the first ``most`` of them."""
    csv.field_size_limit(limits.CELL_CHARACTERS)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    records: list[Record] = []
    line, characters = 1, 0
    try:
        for number, cells in enumerate(reader, start=1):
            if len(cells) > limits.COLUMNS and any(cells[limits.COLUMNS :]):
                raise FileRefused("too_many_columns", limit=limits.COLUMNS)
            filled: dict[int, TableCell] = {
                place: cell for place, cell in enumerate(cells[: limits.COLUMNS], start=1) if cell
            }
            records.append(Record(number, line, filled))
            line = reader.line_num + 1
            characters += sum(map(len, cells))
            if number > limits.ROWS:
                raise FileRefused("too_many_rows", limit=limits.ROWS)
            if characters > limits.ALL_CHARACTERS:
                raise FileRefused("too_much_text")
            if number == most:
                break
    except csv.Error as error:
        raise FileRefused("broken_text", line=reader.line_num) from error
    return records
