"""Files made to do harm: refused with a reason, soon, and with little memory, in the process that reads them."""

import io
import json
import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable

import pytest
from django.utils import translation

from events.exchange import child, files, limits
from events.exchange.messages import FILE, file_message
from events.exchange.rows import FileRefused
from tests.events.exchange_files import archive, raw_workbook, refusal, sample

MIB = 1024 * 1024
LAUGHS = "<!DOCTYPE l [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9)
)
BOMB = f"{LAUGHS}]>"
OUTSIDE = "<!DOCTYPE s [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>"
HEADER = "<row><c t='inlineStr'><is><t>Title</t></is></c><c t='inlineStr'><is><t>Day</t></is></c></row>"
ROW = "<row><c t='inlineStr'><is><t>x</t></is></c><c><v>46667</v></c></row>"


def sheet(rows: str) -> str:
    return f"<worksheet><sheetData>{HEADER}{rows}</sheetData></worksheet>"


def many_sheets(number: int) -> str:
    return "<sheet name='a' r:id='rId1'/>" * number


def conference(events: str) -> bytes:
    return (
        "<schedule><conference><title>x</title></conference>"
        f"<day date='2027-01-01'><room name='r'>{events}</room></day></schedule>"
    ).encode()


def encrypted() -> bytes:
    data = bytearray(raw_workbook(sheet(ROW)))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = -1
        while (place := data.find(mark, place + 1)) >= 0:
            data[place + offset] |= 1
    return bytes(data)


HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a workbook of 100 MB": ("unpacks_too_large", lambda: raw_workbook(b"<worksheet><sheetData>" + b" " * 100 * MIB)),
    "a hundred thousand rows": ("too_many_rows", lambda: raw_workbook(sheet(ROW * 10**5))),
    "a million empty rows": ("too_many_elements", lambda: raw_workbook(sheet("<row r='5'/>" * 10**6))),
    "cells without end": ("too_many_elements", lambda: raw_workbook(sheet("<c/>" * 900_000))),
    "strings without end": (
        "too_many_elements",
        lambda: raw_workbook(sheet(ROW), strings=f"<sst>{'<si><t>a</t></si>' * 400_000}</sst>"),
    ),
    "one long string in each row": (
        "too_much_text",
        lambda: raw_workbook(
            sheet("<row><c t='s'><v>0</v></c></row>" * 9000), strings=f"<sst><si><t>{'a' * 30000}</t></si></sst>"
        ),
    ),
    "a billion laughs in a sheet": ("entities", lambda: raw_workbook(f"{BOMB}<worksheet>&i;</worksheet>")),
    "a billion laughs in the strings": ("entities", lambda: raw_workbook(sheet(ROW), strings=f"{BOMB}<sst>&i;</sst>")),
    "a sheet that reads a file": ("entities", lambda: raw_workbook(f"{OUTSIDE}<worksheet>&x;</worksheet>")),
    "a sheet nested for ever": ("broken_xml", lambda: raw_workbook("<a>" * 300_000)),
    "the last column of Excel": ("too_many_columns", lambda: raw_workbook(sheet("<row><c r='XFD2'><v>1</v></c></row>"))),
    "a cell longer than Excel's": ("too_much_text", lambda: raw_workbook(sheet(f"<row><c t='str'><v>{'a' * 40000}</v></c></row>"))),
    "thousands of sheets": ("too_many_sheets", lambda: raw_workbook(sheet(ROW), sheets=many_sheets(5000))),
    "the same big sheet forty times": (
        "too_many_rows",
        lambda: raw_workbook(
            f"<worksheet><sheetData>{'<row><c><v>1</v></c></row>' * 140_000}</sheetData></worksheet>",
            sheets=many_sheets(40),
        ),
    ),
    "an LZMA workbook": ("not_a_workbook", lambda: archive({"xl/workbook.xml": "<workbook/>"}, zipfile.ZIP_LZMA)),
    "a locked workbook": ("encrypted", encrypted),
    "a ZIP of something else": ("not_a_workbook", lambda: archive({"a.txt": "x"})),
    "a ZIP of thousands": ("unpacks_too_large", lambda: archive({str(n): "" for n in range(5000)})),
    "half a workbook": ("broken_zip", lambda: raw_workbook(sheet(ROW))[:200]),
    "a workbook with a spoilt sheet": ("broken_zip", lambda: spoilt(raw_workbook(sheet(ROW * 500)))),
    "an old or locked Office file": ("old_office", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000)),
    "700,000 lines of text": ("too_many_rows", lambda: b"Title;Day;Start\n" + b"a;2027-01-01;09:00\n" * 700_000),
    "a million short lines": ("too_many_rows", lambda: b"Title;Day\n" + b"a;b\n" * 10**6),
    "a cell that never ends": ("broken_text", lambda: b'Title;Day\n"' + b"a" * 15_000_000),
    "nothing but quotation marks": ("broken_text", lambda: b"Title;Day\n" + b'"' * 15_000_000),
    "millions of columns": ("too_much_memory", lambda: b"Title;Day" + b";x" * 7_000_000),
    "a few columns too many": ("too_many_columns", lambda: b"Title;Day\nx" + b";x" * 300),
    "much text in few rows": ("too_much_text", lambda: ("Title\tDay\n" + f"x\t{' ' * 32000}\n" * 400).encode()),
    "nothing but line breaks": ("empty", lambda: b"\n" * 15_000_000),
    "a NUL in a table": ("unknown_type", lambda: b"Title;Day\nx\0;2027-01-01\n"),
    "nothing but NULs": ("unknown_type", lambda: bytes(5_000_000)),
    "a picture": ("unknown_encoding", lambda: b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x81\x8d\x8f"),
    "a PDF": ("unknown_encoding", lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\x9d\x81\n"),
    "a web page": ("broken_xml", lambda: b"<!doctype html><html><body>hi</body></html>"),
    "an empty file": ("empty", lambda: b""),
    "a file too large": ("too_big", lambda: b"a" * (limits.FILE_BYTES + 1)),
    "a billion laughs in XML": ("entities", lambda: f"{BOMB}<schedule>&i;</schedule>".encode()),
    "XML that reads a file": ("entities", lambda: f"{OUTSIDE}<schedule>&x;</schedule>".encode("utf-16")),
    "XML nested for ever": ("too_deep", lambda: b"<schedule>" + b"<a>" * 10**6),
    "XML of four million elements": ("too_many_elements", lambda: b"<schedule>" + b"<a/>" * 3_900_000),
    "XML of one endless text": ("too_much_text", lambda: b"<schedule>" + b"a " * 7_900_000),
    "XML of one endless attribute": ("no_conference", lambda: b"<rss a='" + b"x" * 15_000_000 + b"'/>"),
    "XML of a million attributes": ("no_conference", lambda: b"<schedule " + b" ".join(b"a%d=''" % n for n in range(600_000)) + b"/>"),
    "a million XML events": ("too_many_rows", lambda: conference("<event/>" * 1_900_000)),
    "a crowd in one XML event": ("too_many_people", lambda: conference(f"<event><persons>{'<person>A</person>' * 9000}</persons></event>")),
    "XML in no known encoding": ("broken_xml", lambda: b"<?xml version='1.0' encoding='cp9999'?><schedule/>"),
    "XML that stops": ("broken_xml", lambda: b"<schedule"),
    "XML of something else": ("no_conference", lambda: b"<rss/>"),
    "XML without a conference": ("no_conference", lambda: b"<schedule><day date='2027-01-01'/></schedule>"),
    "JSON nested for ever": ("too_deep", lambda: b"[" * 8_000_000),
    "JSON objects nested for ever": ("too_deep", lambda: b'{"a":' * 3_000_000),
    "a number of 15 million digits": ("broken_json", lambda: b'{"schedule":' + b"1" * 15_000_000 + b"}"),
    "five million lists": ("too_much_memory", lambda: b"[" + b"[]," * 5_000_000 + b"[]]"),
    "five million objects": ("too_much_memory", lambda: b"[" + b"{}," * 5_000_000 + b"{}]"),
    "JSON that is not a number": ("broken_json", lambda: b'{"schedule": NaN}'),
    "JSON of an infinite number": ("no_conference", lambda: b'{"schedule": 1e999}'),
    "a NUL in JSON": ("broken_json", lambda: b'{"schedule": "\\u0000"}'),
    "JSON of wrong types": ("bad_shape", lambda: b'{"schedule":{"conference":{"days":{"a":1}}}}'),
    "JSON people of wrong types": ("bad_shape", lambda: b'{"schedule":{"conference":{"days":[{"rooms":{"a":[{"persons":7}]}}]}}}'),
    "JSON of something else": ("bad_shape", lambda: b"[1, 2, 3]"),
    "a conference without sessions": ("no_rows", lambda: b'{"schedule":{"conference":{"title":"\\ud800","days":[]}}}'),
}  # fmt: skip


def spoilt(data: bytes) -> bytes:
    """The same archive with some bytes of its largest member turned over."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        place = file.getinfo("xl/worksheets/sheet1.xml").header_offset + 120
    return data[:place] + bytes(255 - byte for byte in data[place : place + 40]) + data[place + 40 :]


def spent() -> float:
    """The CPU time of all processes that this one started and that ended."""
    found = resource.getrusage(resource.RUSAGE_CHILDREN)
    return found.ru_utime + found.ru_stime


def run_child(then: str) -> subprocess.CompletedProcess[bytes]:
    """A reader with its limits that does something else."""
    program = f"from events.exchange import child\nchild.limit_process()\n{then}"
    return subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=False, cwd=files.ROOT, env=files.bare_environment()
    )


@pytest.fixture(scope="module")
def start_up() -> float:
    """What it takes on this machine until the limits hold: on a slow one that alone is most of a second."""
    before = spent()
    assert run_child("").returncode == 0
    return spent() - before


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_its_reason_in_three_seconds(name: str, start_up: float) -> None:
    code, make = HOSTILE[name]
    data = make()
    before = spent()
    with pytest.raises(FileRefused) as caught:
        files.read_programme(data)
    # On a slow machine the limit of CPU time may be the first to notice.
    assert caught.value.code in (code, "too_slow")
    assert spent() - before < 3 + start_up
    for language in ("tr", "en"):
        with translation.override(language):
            assert "%(" not in file_message(caught.value)


def test_the_process_that_reads_cannot_take_more_than_its_share() -> None:
    assert limits.CHILD_ADDRESS_SPACE + 2 * limits.FILE_BYTES <= 256 * MIB
    done = run_child("bytearray(250 * 1024 * 1024)")
    assert (done.returncode, done.stderr.splitlines()[-1]) == (1, b"MemoryError")


def test_the_process_that_reads_knows_neither_django_nor_a_secret() -> None:
    asked = "import sys, os, events.exchange.child; print('django' in sys.modules, 'openpyxl' in sys.modules, sorted(os.environ))"
    done = subprocess.run(
        [sys.executable, "-c", asked],
        capture_output=True,
        check=True,
        cwd=files.ROOT,
        env=files.bare_environment(),
        text=True,
    )
    assert done.stdout.split(maxsplit=2)[1:] == ["False", "['LC_ALL', 'PATH', 'PYTHONPATH']\n"]


@pytest.mark.parametrize("name", ["forum.xlsx", "forum-excel-tr.csv", "pretalx-export.json", "pretalx-export.xml"])
def test_a_spoilt_file_is_read_or_refused_and_nothing_else(name: str) -> None:
    data = sample(name)
    for place in range(1, len(data), len(data) // 10):
        for broken in (data[:place], data[:place] + b"\x00\xff" + data[place + 2 :]):
            assert refusal(broken) in {"read", "no_rows", *FILE}


def test_the_process_that_reads_is_ended_when_its_time_is_up(start_up: float) -> None:
    before = spent()
    assert run_child("while True: pass").returncode < 0
    assert spent() - before < 3 + start_up


def test_an_answer_is_one_line_for_the_file_and_one_for_each_row() -> None:
    out = io.StringIO()
    child.answer(b"Title;Day\nOpening;2027-06-10\n", out)
    head, row = map(json.loads, out.getvalue().splitlines())
    assert (head["form"], head["names"], head["rows"]) == ("text", {"title": "Title", "day": "Day"}, [])
    assert (row["title"], row["day"]) == ({"en": "Opening"}, "2027-06-10")
    out = io.StringIO()
    child.answer(b"", out)
    assert json.loads(out.getvalue()) == {"refused": "empty", "detail": {}}


@pytest.mark.parametrize(
    ("program", "code", "seconds"),
    [
        ("raise MemoryError", "too_much_memory", 60),
        ("raise SystemExit(1)", "reader_failed", 60),
        ("pass", "reader_failed", 60),
        ("import os; os.abort()", "too_slow", 60),
        ("import time; time.sleep(30)", "too_slow", 2),
    ],
)
def test_a_reader_that_fails_is_a_file_refused(
    monkeypatch: pytest.MonkeyPatch, program: str, code: str, seconds: int
) -> None:
    monkeypatch.setattr(files, "_COMMAND", (sys.executable, "-c", program))
    # Only the one that sleeps is to be waited for in vain: on a busy machine Python takes seconds to begin.
    monkeypatch.setattr(limits, "CHILD_WALL_SECONDS", seconds)
    with pytest.raises(FileRefused) as caught:
        files.read_programme(b"")
    assert caught.value.code == code
