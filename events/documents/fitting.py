"""How large a name can be set: measured with the font itself, before anything is laid out."""

from functools import lru_cache
from io import BytesIO
from itertools import combinations, pairwise
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
MOST_LINES = 4
#: More places to break than that are not tried: a name has a few.
_PARTED = 8
#: Kerning and rounding: so much is left over.
_SPARE = 0.98


def fit(text: str, *, width: float, height: float, most: float) -> tuple[float, tuple[str, ...]]:
    """The largest size at which a text fits a box in at most four lines, and the lines; all in millimetres.

    Lines break between words, or behind a hyphen. However long the text is, it fits; ``most`` is the largest.
    """
    found = []
    for lines in _broken(text):
        widest = max(measure(line) for line in lines) or 1
        found.append((min(width * _SPARE / widest, height / (LINE * len(lines)), most), lines))
    # Of two that are as large, the one of fewer lines.
    return max(found, key=lambda each: (round(each[0], 2), -len(each[1])))


def _broken(text: str) -> list[tuple[str, ...]]:
    """Every way to part a text into few lines; where it has very many words, into more than two only at the first."""
    places = [at + 1 for at, char in enumerate(text) if char == " " or (char == "-" and at < len(text) - 1)]
    found = []
    for count in range(MOST_LINES):
        for cuts in combinations(places if count < 2 else places[:_PARTED], count):
            ends = (0, *cuts, len(text))
            found.append(tuple(text[start:end].strip() for start, end in pairwise(ends)))
    return [lines for lines in found if all(lines)] or [(text,)]


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
