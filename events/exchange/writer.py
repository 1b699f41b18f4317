"""Writes a table as an Excel workbook, as a process of its own: ``python -m events.exchange.writer``.

Takes one JSON object (title, header, rows) on standard input, gives the workbook on standard output. The
only place that loads openpyxl, which no other process of ours has to carry.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import resource
import sys
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

_MIB = 1024 * 1024
_ADDRESS_SPACE = 768 * _MIB
_CPU_SECONDS = 60
_WIDTHS = {1: 10, 2: 12, 3: 8, 4: 8, 6: 48, 7: 48, 8: 40, 9: 40}
_PEOPLE_WIDTH, _WIDTH = 40, 16
_LIKE_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_INK, _WHITE = "FF14212B", "FFFFFFFF"


def write(table: dict[str, Any], out: BinaryIO) -> None:
    """Write the workbook: a title row, the column names, the rows."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(table.get("sheet") or "Program")
    sheet.freeze_panes = "A3"
    for number in range(1, len(table["header"]) + 1):
        width = table.get("width") or _WIDTHS.get(number, _PEOPLE_WIDTH if number > 17 else _WIDTH)
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([_text(sheet, table["title"], font=Font(bold=True, size=14))])
    heading = {"font": Font(bold=True, color=_WHITE), "fill": PatternFill("solid", fgColor=_INK)}
    sheet.append([_text(sheet, name, **heading) for name in table["header"]])
    for row in table["rows"]:
        sheet.append([_cell(sheet, cell) for cell in row])
    for more in table.get("more", []):
        _write_more(book, more)
    book.save(out)


def _write_more(book: Workbook, more: dict[str, Any]) -> None:
    """A sheet beside it: column names and rows, nothing above them."""
    sheet = book.create_sheet(more["sheet"])
    sheet.freeze_panes = "A2"
    for number in range(1, len(more["header"]) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = _PEOPLE_WIDTH
    sheet.append([_text(sheet, name, font=Font(bold=True)) for name in more["header"]])
    for row in more["rows"]:
        sheet.append([_cell(sheet, cell) for cell in row])


def _cell(sheet: Any, value: Any) -> Any:
    if isinstance(value, dict):
        return _moment(sheet, value)
    if isinstance(value, str):
        return _text(sheet, value, alignment=Alignment(wrap_text=True, vertical="top"))
    return WriteOnlyCell(sheet, value=value)


def _moment(sheet: Any, value: dict[str, str]) -> Any:
    if "date" in value:
        cell = WriteOnlyCell(sheet, value=dt.datetime.fromisoformat(value["date"]))
        cell.number_format = "DD.MM.YYYY"
    elif "moment" in value:
        cell = WriteOnlyCell(sheet, value=dt.datetime.fromisoformat(value["moment"]))
        cell.number_format = "DD.MM.YYYY HH:MM"
    else:
        hours, minutes = map(int, value["time"].split(":"))
        cell = WriteOnlyCell(sheet, value=(hours * 60 + minutes) / 1440)
        cell.number_format = "HH:MM"
    return cell


def _text(sheet: Any, value: str, **style: Any) -> Any:
    """A cell that stays text whatever it begins with: no formula, no error code, no number."""
    cell = WriteOnlyCell(sheet, value="")
    # What looks like Excel's way of writing a character has its first sign written that way: then it stays as it is.
    cell.value = _LIKE_ESCAPE.sub("_x005F_", ILLEGAL_CHARACTERS_RE.sub("", value)) or None
    if value:
        cell.data_type = "s"
        cell.number_format = "@"
        cell.quotePrefix = value.startswith(("=", "+", "-", "@", "'"))
    for name, part in style.items():
        setattr(cell, name, part)
    return cell


def main() -> None:
    """Limit, write."""
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE, _ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    write(json.loads(sys.stdin.buffer.read()), sys.stdout.buffer)


if __name__ == "__main__":
    main()
