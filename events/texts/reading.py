"""Every text of an event with its state in each language, in a fixed number of queries."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from events import labels
from events.bilingual import LANGUAGES, BilingualModel, Text, bilingual_names, digest_of, texts
from events.models import Event, Session, Suggestion

from .keys import KINDS, TextKey

EMPTY, MISSING, STALE, DONE = "empty", "missing", "stale", "done"
#: What somebody still has to write or look at.
OPEN = frozenset({MISSING, STALE})


@dataclass(frozen=True)
class Cell:
    """One text in one language; ``seen`` is by what a save knows whether it is still as it was read."""

    key: TextKey
    text: str
    state: str
    suggestion: Suggestion | None = None

    @property
    def seen(self) -> str:
        return digest_of(self.text)

    @property
    def language(self) -> str:
        return self.key.language

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


@dataclass(frozen=True)
class Pair:
    """One text in both languages; ``third`` is what a third language says instead."""

    label: str
    tr: Cell
    en: Cell
    third: Text

    @property
    def cells(self) -> tuple[Cell, Cell]:
        return self.tr, self.en

    @property
    def key(self) -> str:
        return self.tr.key.pair


@dataclass(frozen=True)
class Part:
    """The texts of one row: the event itself, a session, a track, a party."""

    kind: str
    row: Any
    title: Text
    about: str
    pairs: tuple[Pair, ...]


class TextTable:
    """All texts of an event in the order in which the programme is read."""

    def __init__(self, event: Event) -> None:
        self.event = event
        # Said once, not for each of five hundred sessions.
        self._label = lru_cache(maxsize=None)(label_of)
        self._day = lru_cache(maxsize=None)(labels.day_words)

    @cached_property
    def parts(self) -> list[Part]:
        event = self.event
        found = [self._part("event", event, _("the event itself"))]
        found += [self._part("session", each, self._when(each)) for each in self.sessions]
        found += [self._part("track", each, _("track")) for each in event.tracks.all()]
        found += [self._part("party", each, _("party")) for each in event.parties.all()]
        return found

    @cached_property
    def sessions(self) -> list[Session]:
        rows = self.event.sessions.in_order()
        columns = [f"{name}_{each}" for name in bilingual_names(Session) for each in (*LANGUAGES, "other")]
        return list(rows.only("event_id", "day", "start", "end", "key", "other_language", "translated_from", *columns))

    @cached_property
    def suggestions(self) -> dict[TextKey, Suggestion]:
        rows = Suggestion.objects.filter(event=self.event)
        return {TextKey(row.row_kind, row.row_id, row.name, row.language): row for row in rows}

    @cached_property
    def pairs(self) -> dict[str, Pair]:
        """Every text by the key that its languages share."""
        return {pair.key: pair for part in self.parts for pair in part.pairs}

    @cached_property
    def counts(self) -> Counter[str]:
        """How many cells are in each state, and how many have a suggestion that waits."""
        found = Counter(cell.state for cell in self.cells())
        found["suggested"] = sum(cell.suggestion is not None for cell in self.cells())
        found["open"] = found[MISSING] + found[STALE]
        return found

    def cells(self) -> Iterator[Cell]:
        return (cell for part in self.parts for pair in part.pairs for cell in pair.cells)

    def cell(self, key: TextKey) -> Cell | None:
        pair = self.pairs.get(key.pair)
        return getattr(pair, key.language) if pair else None

    def _when(self, session: Session) -> str:
        times = labels.times_words(session.start, session.end)
        return ", ".join(each for each in (self._day(session.day), times) if each)

    def _part(self, kind: str, row: BilingualModel, about: str) -> Part:
        missing, stale = set(row.missing_texts()), set(row.stale_texts())
        pairs = tuple(self._pair(kind, row, name, missing, stale) for name in bilingual_names(KINDS[kind]))
        return Part(kind, row, _title(row), about, pairs)

    def _pair(self, kind: str, row: BilingualModel, name: str, missing: set[Any], stale: set[str]) -> Pair:
        tr, en = (self._cell(TextKey(kind, row.pk, name, each), row, missing, stale) for each in LANGUAGES)
        tag = getattr(row, "other_language", "")
        third = Text(getattr(row, f"{name}_other", "") if tag else "", tag)
        return Pair(self._label(kind, name), tr, en, third)

    def _cell(self, key: TextKey, row: BilingualModel, missing: set[Any], stale: set[str]) -> Cell:
        text: str = getattr(row, key.column)
        state = DONE if text else MISSING if (key.name, key.language) in missing else EMPTY
        if text and key.language == "en" and key.name in stale:
            state = STALE
        return Cell(key, text, state, self._suggestion(key, state, getattr(row, key.other.column)))

    def _suggestion(self, key: TextKey, state: str, source: str) -> Suggestion | None:
        """What a machine suggests for this cell, if that is of use: the cell is open, and its source the same."""
        found = self.suggestions.get(key)
        return found if found and state in OPEN and found.source == digest_of(source) else None


def chosen(
    parts: Iterable[Part], states: Iterable[str], kinds: Iterable[str], *, suggested: bool = False
) -> list[Part]:
    """Only texts that are in one of these states in a language, of rows of these kinds."""
    wanted, found = set(states), []
    for part in parts:
        pairs = tuple(
            pair
            for pair in part.pairs
            if any(cell.suggestion if suggested else cell.state in wanted for cell in pair.cells)
        )
        if pairs and part.kind in kinds:
            found.append(Part(part.kind, part.row, part.title, part.about, pairs))
    return found


def label_of(kind: str, name: str) -> str:
    """What a text is called: the column's name without its language."""
    field: Any = KINDS[kind]._meta.get_field(f"{name}_tr")
    return labels.sentence(str(field.verbose_name).rsplit(" (", 1)[0])


def _title(row: BilingualModel) -> Text:
    name = next(iter(bilingual_names(type(row))))
    found: Text = getattr(row, name)
    return found if texts(row, name) else Text(str(row))
