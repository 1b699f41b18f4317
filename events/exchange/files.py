"""Bytes from outside to rows, by way of a child process with limits."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from . import limits
from .lists import Headings, ListReading
from .rows import FileRefused, Layout, Reading, Remark, SeenColumn, Survey, from_plain

ROOT = Path(__file__).resolve().parents[2]
_COMMAND = (sys.executable, "-P", "-s", "-m", "events.exchange.child")


def read_programme(data: bytes, layout: Layout | None = None) -> Reading:
    """Read a programme file by its content, in any of the forms we know; a table perhaps as somebody laid it out.

    Raises ``FileRefused`` for anything else, hostile files included: at most ``limits.CHILD_CPU_SECONDS`` of
    CPU time and ``limits.CHILD_ADDRESS_SPACE`` bytes are spent on it, in a process of its own.
    """
    return _understand(_ask_child(data, {"layout": asdict(layout)} if layout else {}))


def survey_table(data: bytes, layout: Layout) -> Survey:
    """The beginning of a table, under the same limits. Raises ``FileRefused`` for what is no table."""
    plain = _head(_ask_child(data, {"layout": asdict(layout), "survey": True}).splitlines())
    plain["columns"] = [SeenColumn(**column) for column in plain["columns"]]
    plain["rows"] = [tuple(row) for row in plain["rows"]]
    return Survey(**plain)


def read_list(data: bytes, headings: Headings) -> ListReading:
    """A list under the columns that are named, under the same limits. Raises ``FileRefused`` for what is none."""
    plain = _head(_ask_child(data, {"list": {code: list(words) for code, words in headings.items()}}).splitlines())
    plain["rows"] = [(number, cells) for number, cells in plain["rows"]]
    return ListReading(**plain)


def _ask_child(data: bytes, options: dict[str, Any]) -> bytes:
    if len(data) > limits.FILE_BYTES:
        raise FileRefused("too_big", limit=limits.FILE_BYTES // limits.MIB)
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command; the file arrives on standard input
            (*_COMMAND, json.dumps(options)),
            input=data,
            capture_output=True,
            timeout=limits.CHILD_WALL_SECONDS,
            env=bare_environment(),
            cwd=ROOT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise FileRefused("too_slow") from None
    if done.returncode < 0:
        raise FileRefused("too_slow")
    if done.returncode:
        raise FileRefused("too_much_memory" if b"MemoryError" in done.stderr else "reader_failed")
    return done.stdout


def bare_environment() -> dict[str, str]:
    """What a child gets: it needs no setting and no secret of ours."""
    return {"PYTHONPATH": str(ROOT), "PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"}


def _head(lines: list[bytes]) -> dict[str, Any]:
    if not lines:
        raise FileRefused("reader_failed")
    head: dict[str, Any] = json.loads(lines[0])
    if isinstance(head.get("refused"), str):
        raise FileRefused(head["refused"], **head["detail"])
    return head


def _understand(answer: bytes) -> Reading:
    lines = answer.splitlines()
    head = _head(lines)
    for name in ("refused", "reported", "missing"):
        head[name] = [Remark(**remark) for remark in head[name]]
    for name in ("ignored_columns", "sheets"):
        head[name] = tuple(head[name])
    head["rows"] = [from_plain(json.loads(line)) for line in lines[1:]]
    return Reading(**head)
