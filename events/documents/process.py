"""Start the process that sets PDFs, wait for it, and say what went wrong with it."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import asdict, dataclass, field

from django.conf import settings
from django.utils.translation import gettext_noop

WALL_SECONDS = 600
_LONGEST_REASON = 300

REASONS = {
    "time": gettext_noop("Setting the document took too long."),
    "memory": gettext_noop("The document needs more memory than one document may take."),
    "failed": gettext_noop("The document could not be set."),
}


@dataclass(frozen=True)
class Order:
    """What the child gets: HTML, texts by name, and the files it may read, by name."""

    html: str
    texts: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)


class SettingFailedError(Exception):
    """The child gave no PDF. ``code`` is a key of REASONS; the text is for the log."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code


def set_in_child(order: Order, *, wall_seconds: float = WALL_SECONDS) -> bytes:
    """The PDF of an order, set in a process with limits; raises :class:`SettingFailedError`."""
    child = subprocess.Popen(
        [sys.executable, "-m", "events.documents.child"],
        cwd=settings.BASE_DIR,
        env=_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with child:
        try:
            pdf, said = child.communicate(json.dumps(asdict(order)).encode(), timeout=wall_seconds)
        except subprocess.TimeoutExpired as expired:
            child.kill()
            raise SettingFailedError("time", f"no answer in {wall_seconds} s") from expired
    if child.returncode == 0 and pdf.startswith(b"%PDF"):
        return pdf
    raise SettingFailedError(_reason(child.returncode, said), said.decode(errors="replace")[-_LONGEST_REASON:])


def _environment() -> dict[str, str]:
    """Where programs and fonts' caches are; none of the site's keys."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR", "XDG_CACHE_HOME") if name in os.environ}
    # The date that goes into fonts: the same document gives the same bytes.
    same = {"PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": "0"}
    return {**kept, **same, "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}


def _reason(status: int, said: bytes) -> str:
    if status in (-signal.SIGXCPU, -signal.SIGKILL):
        return "time"
    if b"out of memory" in said or b"MemoryError" in said:
        return "memory"
    return "failed"
