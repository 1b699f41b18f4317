"""Bytes from outside to rows, by way of a child process with limits."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from . import limits
from .rows import FileRefused, Reading, Remark, from_plain

ROOT = Path(__file__).resolve().parents[2]
_COMMAND = (sys.executable, "-P", "-s", "-m", "events.exchange.child")


def read_programme(data: bytes) -> Reading:
    """Read a programme file by its content, in any of the forms we know.

    Raises ``FileRefused`` for anything else, hostile files included: at most ``limits.CHILD_CPU_SECONDS`` of
    CPU time and ``limits.CHILD_ADDRESS_SPACE`` bytes are spent on it, in a process of its own.
    """
    if len(data) > limits.FILE_BYTES:
        raise FileRefused("too_big", limit=limits.FILE_BYTES // limits.MIB)
    return _understand(_ask_child(data))


def _ask_child(data: bytes) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command; the file arrives on standard input
            _COMMAND,
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


def _understand(answer: bytes) -> Reading:
    lines = answer.splitlines()
    if not lines:
        raise FileRefused("reader_failed")
    head: dict[str, Any] = json.loads(lines[0])
    if "refused" in head and isinstance(head["refused"], str):
        raise FileRefused(head["refused"], **head["detail"])
    for name in ("refused", "reported", "missing"):
        head[name] = [Remark(**remark) for remark in head[name]]
    head["ignored_columns"] = tuple(head["ignored_columns"])
    head["rows"] = [from_plain(json.loads(line)) for line in lines[1:]]
    return Reading(**head)
