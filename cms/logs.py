"""Log lines without keys and without addresses of people."""

import logging
import re

# The key of a link is the only thing that opens it, so a log must not hold one.
_KEY = re.compile(r"/(my|delegation|belge|certificate)/[^/\s\"'?]+")
# So is the way to a new password.
_RESET = re.compile(r"/password_reset/confirm/[^\s\"'?]+")
# By its shape wherever it stands: an address, a cookie, a line of a program that failed (events/links.py).
_SHAPE = re.compile(r"\b[a-z0-9]{10}-[a-z2-7]{26}\b")
_ADDRESS = re.compile(r"[^\s@<>()\"'=,;]+@[^\s@<>()\"'=,;]+\.[^\s@<>()\"'=,;]+")


def mask(text: str) -> str:
    """`text` with link keys and e-mail addresses struck out."""
    text = _RESET.sub("/password_reset/confirm/***", _KEY.sub(r"/\1/***", text))
    return _ADDRESS.sub("***@***", _SHAPE.sub("***", text))


class MaskingFormatter(logging.Formatter):
    """Masks the finished line, so that arguments and tracebacks are covered too."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        return mask(super().format(record))
