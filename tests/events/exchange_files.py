"""Files for the tests of the exchange: the samples, and small ones made on the spot."""

import csv
import io
import zipfile
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from events.exchange.child import read
from events.exchange.rows import FileRefused, Reading

SAMPLES = Path(__file__).parent.parent / "samples"
FORUM = ("forum.xlsx", "forum-excel-tr.csv", "forum-excel-utf8.csv", "forum-unicode.txt")
PRETALX = ("pretalx-export.json", "pretalx-export.xml")

_WORKBOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    "{settings}<sheets>{sheets}</sheets></workbook>"
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="x" Target="worksheets/sheet1.xml"/>'
    '<Relationship Id="rId2" Type="x" Target="/xl/sharedStrings.xml"/>'
    '<Relationship Id="rId3" Type="x" Target="styles.xml"/></Relationships>'
)


def sample(name: str) -> bytes:
    """The bytes of one of the fictional sample files."""
    return (SAMPLES / name).read_bytes()


def text_table(*rows: list[str], separator: str = ";", encoding: str = "utf-8") -> bytes:
    """A table as text."""
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode(encoding)


def workbook(*rows: list[Any]) -> bytes:
    """A workbook of one sheet, as openpyxl writes it."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def raw_workbook(
    sheet: str | bytes, *, strings: str = "<sst/>", styles: str = "<styleSheet/>", settings: str = "", sheets: str = ""
) -> bytes:
    """A workbook of parts written by hand, for what no honest program writes."""
    named = sheets or '<sheet name="Program" sheetId="1" r:id="rId1"/>'
    return archive(
        {
            "xl/workbook.xml": _WORKBOOK.format(settings=settings, sheets=named),
            "xl/_rels/workbook.xml.rels": _RELATIONS,
            "xl/worksheets/sheet1.xml": sheet,
            "xl/sharedStrings.xml": strings,
            "xl/styles.xml": styles,
        }
    )


def archive(parts: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def refusal(data: bytes) -> str:
    """The code with which the reader refuses these bytes, or ``read`` where it does not."""
    try:
        read(data)
    except FileRefused as refused:
        return refused.code
    return "read"


def remarks(reading: Reading) -> list[tuple[int, str, str, str]]:
    """What is refused, as (row, column, value, reason)."""
    return [(each.row, each.column, each.value, each.reason) for each in reading.refused]
