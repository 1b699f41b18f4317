"""The reader of strangers' files, run as a process of its own: ``python -m events.exchange.child``.

Takes the file's bytes on standard input and answers on standard output with one JSON object a line: the
head, then the rows; or one object ``{"refused": code, "detail": {…}}``. Limits of memory and CPU time are
laid on the process before it reads, so the worst a file can do is to end it. Its one argument, a JSON object, says
how somebody laid a table out (``layout``), that only its beginning is asked for (``survey``), or which columns a
list has (``list``).
"""

from __future__ import annotations

import gc
import json
import math
import resource
import signal
import sys
from dataclasses import asdict
from typing import Any, TextIO

from . import limits
from .frab_json import read_json
from .frab_xml import read_xml
from .lists import Headings, ListReading, list_of_book, list_of_text
from .rows import FileRefused, Layout, Reading, Survey, to_layout, to_plain
from .sheets import read_book, read_text
from .survey import survey_book, survey_text
from .texts import decode

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


def read(data: bytes, layout: Layout | None = None) -> Reading:
    """Read a programme by what the bytes are, whatever the file is called; or raise ``FileRefused``."""
    match look(data):
        case "book":
            return read_book(data, layout)
        case "xml":
            return read_xml(data)
        case "json":
            return read_json(decode(data))
    return read_text(decode(data), layout)


def look(data: bytes) -> str:
    """What the bytes are: a workbook, XML, JSON or text."""
    if not data.strip():
        raise FileRefused("empty")
    if data.startswith(_OLD_OFFICE):
        raise FileRefused("old_office")
    if data.startswith(b"PK"):
        return "book"
    return {"<": "xml", "{": "json", "[": "json"}.get(decode(data).lstrip()[:1], "text")


def survey(data: bytes, layout: Layout) -> Survey:
    """The beginning of a table, for somebody who has to say what its columns are; or raise ``FileRefused``."""
    match look(data):
        case "book":
            return survey_book(data, layout)
        case "text":
            return survey_text(decode(data), layout)
    raise FileRefused("no_table")


def read_list(data: bytes, headings: Headings) -> ListReading:
    """A list under columns that the caller names; or raise ``FileRefused``."""
    match look(data):
        case "book":
            return list_of_book(data, headings)
        case "xml":
            raise FileRefused("no_list")
    return list_of_text(decode(data), headings)


def limit_process() -> None:
    """Bound what this process may take; it cannot lift the bounds again."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.CHILD_ADDRESS_SPACE, limits.CHILD_ADDRESS_SPACE))
    seconds = limits.CHILD_CPU_SECONDS
    # The timer ends the process at the fraction of a second; the limit, in whole ones, stands behind it.
    signal.setitimer(signal.ITIMER_PROF, seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(seconds), math.ceil(seconds)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def answer(data: bytes, out: TextIO, options: dict[str, Any] | None = None) -> None:
    """Write the reading or the survey, or why there is none."""
    options = options or {}
    layout = to_layout(options.get("layout", {}))
    try:
        if "list" in options:
            _write(out, asdict(read_list(data, options["list"])))
            return
        if options.get("survey"):
            _write(out, asdict(survey(data, layout)))
            return
        reading = read(data, layout)
        if not reading.rows and not reading.refused:
            raise FileRefused("no_rows")
    except FileRefused as refusal:
        _write(out, {"refused": refusal.code, "detail": refusal.detail})
        return
    except MemoryError:
        _write(out, {"refused": "too_much_memory", "detail": {}})
        return
    rows, reading.rows = reading.rows, []
    _write(out, asdict(reading))
    for row in rows:
        _write(out, to_plain(row))


def _write(out: TextIO, plain: dict[str, Any]) -> None:
    out.write(json.dumps(plain, ensure_ascii=False))
    out.write("\n")


def main() -> None:
    """Limit, read, answer."""
    limit_process()
    # It lives for a moment and leaves no cycles worth looking for; looking would take as long as reading.
    gc.disable()
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    options = json.loads(sys.argv[1]) if len(sys.argv) > 1 else {}
    answer(sys.stdin.buffer.read(limits.FILE_BYTES + 1), sys.stdout, options)


if __name__ == "__main__":
    main()
