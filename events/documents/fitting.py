"""How large a name can be set: measured with the font itself, before anything is laid out."""

from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont

from events.documents import paper

#: The weight in which names on badges are set.
WEIGHT = 600
#: Of one letter's height, how much a line takes.
LINE = 1.08
#: What the font cannot set is as wide as this, in units of a thousand to the letter's height.
_UNKNOWN = 700
#: Kerning and rounding: so much is left over.
_SPARE = 0.98


def fit(text: str, *, width: float, height: float, most: float) -> tuple[float, tuple[str, ...]]:
    """The largest size at which a text fits a box in one line or two, and the lines; all in millimetres.

    Two lines break between words, or behind a hyphen. However long the text is, it fits; ``most`` is the largest.
    """
    found = []
    for lines in _broken(text):
        widest = max(measure(line) for line in lines) or 1
        found.append((min(width * _SPARE / widest, height / (LINE * len(lines)), most), lines))
    # Of two that are as large, the one of fewer lines.
    return max(found, key=lambda each: (round(each[0], 2), -len(each[1])))


def _broken(text: str) -> list[tuple[str, ...]]:
    places = [at for at, char in enumerate(text) if char == " " or (char == "-" and at < len(text) - 1)]
    halves = [(text[: at + 1].strip(), text[at + 1 :].strip()) for at in places]
    return [(text,), *(pair for pair in halves if all(pair))]


def measure(text: str) -> float:
    """The width of a text that is one high."""
    return sum(_advance(char) for char in text) / 1000


@lru_cache(maxsize=4096)
def _advance(char: str) -> float:
    font = _font()
    name = font.getBestCmap().get(ord(char))
    if name is None:
        return _UNKNOWN
    advance: float = _glyphs()[name].width
    return advance * 1000 / int(font["head"].unitsPerEm)


@lru_cache(maxsize=1)
def _font() -> TTFont:
    # From memory: kept for as long as the process lives, it must hold no file open.
    return TTFont(BytesIO(Path(paper.fonts()["serif.ttf"]).read_bytes()), lazy=True)


@lru_cache(maxsize=1)
def _glyphs() -> Any:
    return _font().getGlyphSet(location={"wght": WEIGHT})
