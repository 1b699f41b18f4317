"""A part of the table as the page shows it: each cell with what was typed, refused or changed meanwhile."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from events.bilingual import LANGUAGES
from events.labels import language_name
from events.texts import Cell, Pair, Part

from .saving import Outcome

#: Characters in a line of a field, and how tall a field is at most before it scrolls.
_LINE, _TALLEST = 52, 14


@dataclass(frozen=True)
class ShownCell:
    """One field of the table."""

    cell: Cell
    text: str
    label: str
    language: str
    error: str = ""
    stale: bool = False

    @property
    def key(self) -> str:
        return str(self.cell.key)

    @property
    def rows(self) -> int:
        """How tall the field is where the browser does not make it fit."""
        lines = sum(1 + len(line) // _LINE for line in self.text.split("\n"))
        return min(max(lines, 1), _TALLEST)


@dataclass(frozen=True)
class ShownPair:
    pair: Pair
    cells: list[ShownCell]


@dataclass(frozen=True)
class ShownPart:
    part: Part
    pairs: list[ShownPair]


def shown_parts(parts: Iterable[Part], outcome: Outcome) -> Iterator[ShownPart]:
    names = {language: language_name(language) for language in LANGUAGES}
    for part in parts:
        yield ShownPart(part, [ShownPair(pair, shown_cells(part, pair, outcome, names)) for pair in part.pairs])


def shown_cells(part: Part, pair: Pair, outcome: Outcome, names: dict[str, str]) -> list[ShownCell]:
    return [
        ShownCell(
            cell,
            text=outcome.typed.get(cell.key, cell.text),
            label=f"{part.title}: {pair.label}, {names[cell.language]}",
            language=names[cell.language],
            error=outcome.refused.get(cell.key, ""),
            stale=cell.key in outcome.stale,
        )
        for cell in pair.cells
    ]
