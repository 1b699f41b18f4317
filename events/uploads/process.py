"""Bytes of a stranger to a file that may be kept, by way of a child process with limits."""

import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from . import limits
from .refusals import FileNotTakenError

ROOT = Path(__file__).resolve().parents[2]
_COMMAND = (sys.executable, "-P", "-s", "-m", "events.uploads.child")
#: So many files are read at the same time by one process of the site; who comes later waits a moment.
_PLACES = threading.BoundedSemaphore(2)
_PATIENCE = 15


@dataclass(frozen=True)
class Cleaned:
    """A file written anew, and what it is: ``pdf``, ``jpeg`` or ``png``."""

    kind: str
    data: bytes


def clean_upload(data: bytes, *, megabytes: int = limits.LARGEST_MEGABYTES) -> Cleaned:
    """The file, known by its content and written anew. Raises :class:`FileNotTakenError`, hostile files included."""
    if len(data) > min(megabytes * limits.MEBIBYTE, limits.LARGEST):
        raise FileNotTakenError("too_big", limit=min(megabytes, limits.LARGEST_MEGABYTES))
    if not _PLACES.acquire(timeout=_PATIENCE):
        raise FileNotTakenError("busy")
    try:
        said = _ask_child(data)
    finally:
        _PLACES.release()
    line, _newline, cleaned = said.partition(b"\n")
    head = json.loads(line)
    if "refused" in head:
        raise FileNotTakenError(head["refused"])
    return Cleaned(head["kind"], cleaned)


def _ask_child(data: bytes) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command; the file arrives on standard input
            _COMMAND,
            input=data,
            capture_output=True,
            timeout=limits.WALL_SECONDS,
            env={"PYTHONPATH": str(ROOT), "PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"},
            cwd=ROOT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise FileNotTakenError("slow") from None
    if done.returncode < 0:
        raise FileNotTakenError("slow")
    if done.returncode or not done.stdout:
        raise FileNotTakenError("memory" if b"MemoryError" in done.stderr else "damaged")
    return done.stdout
