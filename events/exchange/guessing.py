"""What a column could be, by likeness of its name to ours and by what its cells hold."""

from __future__ import annotations

from collections.abc import Callable
from difflib import SequenceMatcher
from functools import cache
from itertools import takewhile

from events.turkish import fold

from . import columns, values
from .rows import SeenColumn
from .values import BadCell

#: A likeness below this is chance.
_ENOUGH = 0.5
#: What most cells have to be for a column to be taken for that.
_MOST = 0.8
_CODED: dict[str, Callable[[str], str]] = {
    "kind": columns.kind,
    "status": columns.status,
    "interpretation": columns.interpretation,
    "audience": columns.audience,
    "language": columns.language,
}


def guess(seen: list[SeenColumn], cells: dict[int, list[str]]) -> None:
    """Write into each column what it probably is; each of ours is given away once, to the likeliest."""
    scores: list[tuple[float, int, str]] = []
    for place, column in enumerate(seen):
        filled = [cell for cell in cells[column.number] if cell]
        by_values = likely_by_values(filled)
        for name in possible():
            score = likeness(column.header, name) + by_values.get(name, 0)
            if _contradicts(name, filled):
                continue
            if score >= _ENOUGH:
                scores.append((score, -place, name))
    taken: set[str] = set()
    for _score, place, name in sorted(scores, reverse=True):
        column = seen[-place]
        if not column.guess and name not in taken:
            column.guess = name
            taken.add(name)
    if not any(name.startswith("title") for name in taken):
        _guess_title(seen, cells)


def _guess_title(seen: list[SeenColumn], cells: dict[int, list[str]]) -> None:
    """Every programme has titles: of the columns left over, the one whose words are the most varied."""
    left = [column for column in seen if not column.guess and any(map(_is_worded, cells[column.number]))]
    if left:
        best = max(left, key=lambda column: (len(set(cells[column.number])), -column.number))
        best.guess = "title"


@cache
def possible() -> tuple[str, ...]:
    """Every column we know, those in a stated language too."""
    tagged = [f"{name}_{tag}" for name in (*columns.NAMED, *columns.PEOPLE) for tag in ("tr", "en")]
    return (*columns.COLUMNS, *tagged)


@cache
def _words(name: str) -> tuple[str, ...]:
    base, tag = (name[:-3], f" {name[-2:]}") if name not in columns.COLUMNS else (name, "")
    return tuple(fold(word + tag) for word in columns.COLUMNS[base].replace("|", ",").split(","))


@cache
def likeness(header: str, name: str) -> float:
    """From 0 to 1: the same words, words that begin alike (Turkish puts its endings behind), or similar letters."""
    if columns.column(header) == name:
        return 1.0
    written = fold(header)
    return max((alike(written, word) for word in _words(name)), default=0.0) if written else 0.0


def alike(written: str, word: str) -> float:
    """How likely two folded headings mean the same, from 0 to 1."""
    ours, theirs = word.split(), written.split()
    met = sum(any(_begin_alike(a, b) for b in theirs) for a in ours)
    by_words = 0.9 * 2 * met / (len(ours) + len(theirs)) if met == len(ours) or met > 1 else 0.0
    ratio = SequenceMatcher(None, written, word).ratio()
    return max(by_words, ratio if ratio > 0.8 else 0.0)


def _begin_alike(a: str, b: str) -> bool:
    """The same but for an ending, before which a last letter may soften; ``konusu`` is no ``konuşmacı``."""
    shared = sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False)))
    shorter, longer = sorted((len(a), len(b)))
    if shared == shorter:
        return a == b or (shared >= 4 and shared * 2 >= longer)
    return shared >= 4 and shared == shorter - 1 and shared * 10 >= longer * 6


def likely_by_values(filled: list[str]) -> dict[str, float]:
    """What the cells of a column look like, with how much that counts."""
    if not filled:
        return {}
    found = {name: 0.6 for name, read in _CODED.items() if sum(map(bool, map(read, filled))) >= _MOST * len(filled)}
    if _share(filled, _is_day):
        found |= {"day": 0.7}
    elif _share(filled, _is_time):
        # Which of two columns of times is the earlier is told by their order: the first gets what is given away first.
        found |= {"start": 0.6, "end": 0.55}
    elif _share(filled, lambda cell: "—" in cell or " – " in cell or " - " in cell):
        found |= {"speakers": 0.55}
    elif len(filled) > 2 and sum(map(len, filled)) / len(filled) > 150:
        found |= {"abstract": 0.55}
    return found


def _contradicts(name: str, filled: list[str]) -> bool:
    """A name alone does not make a column of dates of one that holds none."""
    test = {"day": _is_day_or_moment, "start": _is_time, "end": _is_time, "capacity": _is_number}.get(name)
    return bool(test and filled and not any(map(test, filled)))


def _share(filled: list[str], test: Callable[[str], bool]) -> bool:
    return sum(map(test, filled)) >= _MOST * len(filled)


def _readable(read: Callable[[str], object], cell: str) -> bool:
    try:
        return read(cell) is not None
    except BadCell:
        return False


def _is_day(cell: str) -> bool:
    return not cell.isdigit() and _readable(values.read_day, cell)


def _is_day_or_moment(cell: str) -> bool:
    return _readable(values.read_day, cell) or _readable(values.read_time, cell)


def _is_time(cell: str) -> bool:
    return _readable(values.read_time, cell)


def _is_worded(cell: str) -> bool:
    return any(letter.isalpha() for letter in cell) and not _is_day_or_moment(cell)


def _is_number(cell: str) -> bool:
    return _readable(values.read_number, cell)
