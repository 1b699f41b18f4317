"""Content lines: what a text may hold, and how lines are folded (RFC 5545 3.1 and 3.3.11).

icalendar builds values and escapes them. It lets control characters through and, where it folds, may part a
backslash from what it escapes; Google then ignores the entry, or the whole file.
"""

import re
from collections.abc import Iterable

from icalendar.cal.component import Component

_OCTETS = 75
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Controls, lone surrogates, the byte-order mark and what Unicode says is no character.
_UNWANTED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")


def plain(text: str) -> str:
    """A text as a calendar may hold it: line breaks as ``\\n``, no control characters."""
    return _UNWANTED.sub("", _BREAKS.sub("\n", text)).replace("\t", " ")


def one_line(text: str) -> str:
    """A text for a property that programs show in one line."""
    return " ".join(plain(text).split())


def lines_of(component: Component) -> list[str]:
    """The unfolded lines of a component, in the order in which they were added."""
    return [str(line) for line in component.content_lines(sorted=False) if line]


def written(lines: Iterable[str]) -> bytes:
    """Lines as they stand in the file: UTF-8, folded, each ended by CRLF."""
    return b"".join(map(folded, lines))


def folded(line: str) -> bytes:
    """One line in pieces of at most 75 octets; neither a character nor an escape is ever split."""
    octets = line.encode()
    pieces, start, room = [], 0, _OCTETS
    while len(octets) - start > room:
        end = _boundary(octets, start, start + room)
        pieces.append(octets[start:end])
        start, room = end, _OCTETS - 1
    pieces.append(octets[start:])
    return b"\r\n ".join(pieces) + b"\r\n"


def _boundary(octets: bytes, start: int, end: int) -> int:
    """The last place up to ``end`` where a line may be parted."""
    while octets[end] & 0xC0 == 0x80:
        end -= 1
    piece = octets[start:end]
    backslashes = len(piece) - len(piece.rstrip(b"\\"))
    return end - backslashes % 2
