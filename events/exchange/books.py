"""Excel workbooks (.xlsx), cell by cell.

Read here and not with openpyxl because a stranger's workbook has to be counted while it is unpacked and
parsed: sizes, rows and elements are bounded before anything is kept (openpyxl needs minutes for a small
bomb, and its guarded parser seconds for an honest sheet). ECMA-376 part 1, sections 18.2 to 18.8.
"""

from __future__ import annotations

import contextlib
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO

from . import limits
from .guarded_xml import Attributes, Budget, Handler, parse
from .rows import FileRefused
from .tables import CellError, Record, TableCell

_BUILT_IN_MOMENTS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
# Wall-clock times: a sheet knows no zones. Excel counts a 29 February 1900 that never was.
_SINCE_1900 = datetime(1899, 12, 30)  # noqa: DTZ001
_SINCE_1904 = datetime(1904, 1, 1)  # noqa: DTZ001
_NOT_FORMAT = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


@dataclass(frozen=True)
class Sheet:
    """One visible sheet, not yet read."""

    name: str
    part: str


class Book:
    """An open workbook; sheets are read one at a time, when asked for."""

    def __init__(self, data: bytes) -> None:
        self.budget = Budget()
        self.archive = _open(data)
        workbook = _Workbook()
        self._parse(self._main_part(), workbook)
        targets = self._targets(self._main_part())
        self.sheets = [
            Sheet(name, targets[key]) for name, key, state in workbook.sheets if state == "visible" and key in targets
        ]
        self.epoch = _SINCE_1904 if workbook.since_1904 else _SINCE_1900
        self.strings = self._strings(targets)
        self.moments = self._moments(targets)

    def records(self, sheet: Sheet, most: int | None = None) -> list[Record]:
        """Give the rows of a sheet that hold something, or the first of them."""
        reader = _SheetReader(self, most)
        with contextlib.suppress(_Enough):
            self._parse(sheet.part, reader)
        return reader.records

    def _main_part(self) -> str:
        if "xl/workbook.xml" in self.archive.namelist():
            return "xl/workbook.xml"
        for target in self._targets("").values():
            if target.endswith("workbook.xml"):
                return target
        raise FileRefused("not_a_workbook")

    def _targets(self, part: str) -> dict[str, str]:
        folder, name = posixpath.split(part)
        relations = _Relations(folder)
        self._parse(posixpath.join(folder, "_rels", f"{name}.rels"), relations)
        return relations.targets

    def _strings(self, targets: dict[str, str]) -> list[str]:
        reader = _Strings()
        for part in targets.values():
            if part.lower().endswith("sharedstrings.xml"):
                self._parse(part, reader)
        return reader.strings

    def _moments(self, targets: dict[str, str]) -> set[int]:
        reader = _Styles()
        for part in targets.values():
            if part.lower().endswith("styles.xml"):
                self._parse(part, reader)
        return reader.moments()

    def _parse(self, part: str, handler: Handler) -> None:
        try:
            info = self.archive.getinfo(part)
        except KeyError:
            raise FileRefused("not_a_workbook") from None
        if info.flag_bits & 1:
            raise FileRefused("encrypted")
        # Only what Excel writes: bzip2 and LZMA would need far more memory to unpack.
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise FileRefused("not_a_workbook")
        parse(self._chunks(info), handler, self.budget)

    def _chunks(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        try:
            with self.archive.open(info) as part:
                while chunk := part.read(limits.MIB):
                    self.budget.unpack(len(chunk))
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
            raise FileRefused("broken_zip") from error


def _open(data: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError) as error:
        raise FileRefused("broken_zip") from error
    if len(archive.infolist()) > limits.ZIP_MEMBERS:
        raise FileRefused("unpacks_too_large", limit=limits.UNPACKED_BYTES // limits.MIB)
    return archive


class _Workbook(Handler):
    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, str]] = []
        self.since_1904 = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "workbookPr":
            self.since_1904 = attributes.get("date1904") in ("1", "true")
        elif name == "sheet":
            key = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            self.sheets.append((attributes.get("name", ""), key, attributes.get("state", "visible")))
            if len(self.sheets) > limits.SHEETS:
                raise FileRefused("too_many_sheets", limit=limits.SHEETS)


class _Relations(Handler):
    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.targets: dict[str, str] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.join(self.folder, target)
            self.targets[attributes.get("Id", "")] = posixpath.normpath(path)


class _Strings(Handler):
    """The table of shared strings; phonetic hints (rPh) are not part of the text."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self.pieces: list[str] = []
        self.listening = False
        self.phonetic = False
        self.characters = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "si":
            self.pieces = []
        elif name == "rPh":
            self.phonetic = True
        elif name == "t":
            self.listening = not self.phonetic

    def end(self, name: str) -> None:
        if name == "t":
            self.listening = False
        elif name == "rPh":
            self.phonetic = False
        elif name == "si":
            self.strings.append(_unescaped("".join(self.pieces)))

    def text(self, text: str) -> None:
        if self.listening:
            self.pieces.append(text)


class _Styles(Handler):
    """Which cell formats show a number as a date or a time."""

    def __init__(self) -> None:
        self.formats: dict[str, str] = {}
        self.numbers: list[str] = []
        self.inside = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "numFmt":
            self.formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self.inside = True
        elif name == "xf" and self.inside:
            self.numbers.append(attributes.get("numFmtId", "0"))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self.inside = False

    def moments(self) -> set[int]:
        return {style for style, number in enumerate(self.numbers) if self._is_moment(number)}

    def _is_moment(self, number: str) -> bool:
        if number in self.formats:
            code = _NOT_FORMAT.sub("", self.formats[number].partition(";")[0]).lower()
            return any(letter in code for letter in "ymdhsgaj") and "general" not in code
        return number.isascii() and number.isdigit() and len(number) < 4 and int(number) in _BUILT_IN_MOMENTS


class _Enough(Exception):  # noqa: N818 - not a fault
    """As many rows as were asked for."""


class _SheetReader(Handler):
    """Cells of one sheet; values in hidden columns are marked, not dropped: the table decides."""

    def __init__(self, book: Book, most: int | None = None) -> None:
        self.book = book
        self.most = most
        self.records: list[Record] = []
        self.hidden: set[int] = set()
        self.row = 0
        self.cells: dict[int, TableCell] = {}
        self.characters = 0
        self.listening = ""
        self.pieces: list[str] = []
        self.value: str | None = None
        self.column = self.style = 0
        self.type = ""
        self.formula = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self._start_cell(attributes)
        elif name in ("v", "t"):
            self.listening = name
            self.pieces = [] if name == "v" else self.pieces
        elif name == "row":
            self.row = _number(attributes.get("r"), self.row + 1)
            self.cells = {}
            self.column = 0
        elif name == "f":
            self.formula = True
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = _number(attributes.get("min"), 1), _number(attributes.get("max"), 1)
            self.hidden.update(range(first, min(last, limits.COLUMNS) + 1))

    def _start_cell(self, attributes: Attributes) -> None:
        reference = _REFERENCE.fullmatch(attributes.get("r", ""))
        self.column = _column_number(reference[1]) if reference else self.column + 1
        self.style = _number(attributes.get("s"), 0)
        self.type = attributes.get("t", "n")
        self.value = None
        self.pieces = []
        self.formula = False

    def text(self, text: str) -> None:
        if self.listening:
            self.pieces.append(text)

    def end(self, name: str) -> None:
        if name in ("v", "t"):
            self.listening = ""
            self.value = "".join(self.pieces)
        elif name == "c":
            self._end_cell()
        elif name == "row" and self.cells:
            self._end_row()

    def _end_cell(self) -> None:
        if self.value is None:
            if self.formula:
                self._keep(CellError("formula_without_value"))
        elif self.value:
            self._keep(self._meaning(self.value))

    def _keep(self, cell: TableCell) -> None:
        if self.column > limits.COLUMNS:
            raise FileRefused("too_many_columns", limit=limits.COLUMNS)
        self.cells[self.column] = cell
        if isinstance(cell, str):
            self.characters += len(cell)
            if len(cell) > limits.CELL_CHARACTERS or self.characters > limits.ALL_CHARACTERS:
                raise FileRefused("too_much_text")

    def _meaning(self, value: str) -> TableCell:
        if self.type == "s":
            strings = self.book.strings
            index = _number(value, -1)
            return strings[index] if 0 <= index < len(strings) else CellError("cell_error")
        if self.type == "e":
            return CellError("cell_error")
        if self.type == "b":
            return "TRUE" if value == "1" else "FALSE"
        if self.type == "n" and self.style in self.book.moments:
            return self._moment(value)
        return value.removesuffix(".0") if self.type == "n" else _unescaped(value)

    def _moment(self, value: str) -> TableCell:
        try:
            minutes = round(float(value) * 1440)
            moment = self.book.epoch + timedelta(minutes=minutes)
        except (ValueError, OverflowError):
            return CellError("cell_error")
        # Hours counted on behind midnight (``25:30``) too: no programme is as old as Excel's first days.
        if 0 <= minutes < 2 * 1440:
            return moment.time()
        return moment if minutes % 1440 else moment.date()

    def _end_row(self) -> None:
        self.records.append(Record(self.row, None, self.cells, self.hidden))
        self.cells = {}
        if len(self.records) > limits.ROWS:
            raise FileRefused("too_many_rows", limit=limits.ROWS)
        if len(self.records) == self.most:
            raise _Enough


def _unescaped(text: str) -> str:
    """What Excel writes as ``_x000D_`` is the character of that number (ECMA-376 part 1, 22.9.2.19)."""
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(escape: re.Match[str]) -> str:
    code = int(escape[1], 16)
    return escape[0] if code == 0 or 0xD800 <= code <= 0xDFFF else chr(code)


def _number(text: str | None, default: int) -> int:
    """Read a small attribute; anything that is no plain number is the default."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else default


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
