"""Two releases of an event in words: what each session was in one and is in the other, field by field."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from events import labels
from events.bilingual import Text, pick
from events.models import Room, Session, Track, Venue
from events.programme import Document, reading_order
from events.release import Released

from .wording import (
    NONE,
    Line,
    Names,
    event_lines,
    in_order,
    people_words,
    value_words,
    verbose_name,
    when_words,
    where_words,
)

_VALUES = ("kind", "track", "organisation", "parties", "languages", "interpretation", "capacity", "audience")
_TEXTS = (("title", "title"), ("abstract", "abstract"))
_SHARED: tuple[tuple[str, type[Model]], ...] = (("venues", Venue), ("rooms", Room), ("tracks", Track))
_NOT_TOLD = {"order", "venue", "latitude", "longitude"}


@dataclass(frozen=True)
class Pair:
    """A session, or something that sessions share, in both releases; ``state`` is added, removed, changed or same."""

    key: str
    title: Text
    state: str
    audience: str
    lines: list[Line]
    restorable: tuple[int, ...] = ()

    @property
    def label(self) -> str:
        """The state in words."""
        named = {
            "added": pgettext("a session between two releases", "added"),
            "removed": pgettext("a session between two releases", "removed"),
            "changed": pgettext("a session between two releases", "changed"),
            "same": pgettext("a session between two releases", "unchanged"),
        }
        return named[self.state]


@dataclass(frozen=True)
class SideBySide:
    """Everything that two releases tell differently."""

    event: list[Line]
    shared: list[Pair]
    days: list[tuple[str, list[Pair]]]
    counts: dict[str, int]


def side_by_side(older: Released, newer: Released, *, whole: bool = False) -> SideBySide:
    """Compare two releases; ``whole`` keeps what is the same in both."""
    was, now = _names(older), _names(newer)
    pairs = list(_pairs(older, newer, was, now))
    counts = {
        state: sum(pair.state == state for _day, pair in pairs) for state in ("added", "removed", "changed", "same")
    }
    shown = [(day, pair) for day, pair in pairs if whole or pair.state != "same"]
    days = [
        (labels.date_words(dt.date.fromisoformat(day)), [_cut(pair, whole) for _day, pair in same])
        for day, same in groupby(shown, key=lambda each: each[0])
    ]
    return SideBySide(_event(older, newer, was, now), [*_shared(older, newer), *_people(older, newer)], days, counts)


def _names(release: Released) -> Names:
    return Names([release.public, release.restricted], release.people)


def _sessions(release: Released) -> dict[str, Document]:
    """What people find in a release: what left the public counts where it lives now, or not at all."""
    return {key: raw for key, raw in release.sessions.items() if not raw.get("withdrawn")}


def _pairs(older: Released, newer: Released, was: Names, now: Names) -> Iterator[tuple[str, Pair]]:
    before, after = _sessions(older), _sessions(newer)
    everything = sorted({**before, **after}.values(), key=lambda raw: (raw["day"], reading_order(raw)))
    for raw in everything:
        one, other = before.get(raw["key"]), after.get(raw["key"])
        lines = list(pair_lines(one, other, was, now))
        state = _state(one, other, lines)
        title = pick((other or one or {}).get("title", {}))
        having = tuple(each.number for each, had in ((older, one), (newer, other)) if had)
        yield raw["day"], Pair(raw["key"], title, state, raw["audience"], lines, having)


def _state(one: Document | None, other: Document | None, lines: Iterable[Line]) -> str:
    if one is None or other is None:
        return "added" if one is None else "removed"
    return "changed" if any(line.before != line.after for line in lines) else "same"


def _cut(pair: Pair, whole: bool) -> Pair:
    """Without the fields that are the same, unless all are wanted; of what is in one release alone, what it has."""
    lines = [line for line in pair.lines if whole or line.before != line.after]
    return replace(pair, lines=lines)


def pair_lines(one: Document | None, other: Document | None, was: Names, now: Names) -> Iterator[Line]:
    """Every field of a session in two states, texts by language; a state that is not there has nothing."""

    def both_sides(told: Any) -> tuple[str, str]:
        return told(one, was) if one else NONE, told(other, now) if other else NONE

    yield Line(_("When"), *both_sides(lambda raw, _names: when_words(raw)))
    yield Line(_("Where"), *both_sides(where_words))
    yield Line(
        verbose_name(Session, "status"), *both_sides(lambda raw, names: value_words("status", raw["status"], names))
    )
    yield from _texts(_("title"), (one or {}).get("title", {}), (other or {}).get("title", {}))
    yield Line(
        _("people"),
        *people_words(
            *([] if raw is None else names.contributors(raw["people"]) for raw, names in ((one, was), (other, now)))
        ),
    )
    for name in _VALUES:
        yield Line(
            verbose_name(Session, name), *both_sides(lambda raw, names, name=name: value_words(name, raw[name], names))
        )
    yield from _texts(_("abstract"), (one or {}).get("abstract", {}), (other or {}).get("abstract", {}))


def _texts(label: str, before: Document, after: Document) -> Iterator[Line]:
    for each in in_order([*before, *after]):
        heading = f"{label} ({labels.language_name(each)})"
        yield Line(heading, before.get(each) or NONE, after.get(each) or NONE, each)


def _event(older: Released, newer: Released, was: Names, now: Names) -> list[Line]:
    one, other = older.public["event"], newer.public["event"]
    changed = [name for name in other if other[name] != one.get(name)]
    lines = event_lines({name: one.get(name) for name in changed}, {name: other[name] for name in changed}, now, was)
    return [line for line in lines if line.before != line.after]


def _shared(older: Released, newer: Released) -> Iterator[Pair]:
    """Venues, rooms and tracks that both releases have and tell differently; who is new stands with its sessions."""
    for part, model in _SHARED:
        for key, value in {**newer.restricted[part], **newer.public[part]}.items():
            old = older.shared(part, key)
            lines = list(_differences(model, old, value)) if old else []
            if lines:
                yield Pair(key, pick(value["name"]), "changed", "public", lines)


def _differences(model: type[Model], old: Document, new: Document) -> Iterator[Line]:
    for name in new:
        if name in _NOT_TOLD or old.get(name) == new[name]:
            continue
        if isinstance(new[name], dict):
            label = verbose_name(model, f"{name}_tr").rsplit(" (", 1)[0]
            yield from (line for line in _texts(label, old.get(name) or {}, new[name]) if line.before != line.after)
        else:
            yield Line(verbose_name(model, name), _plain(old.get(name)), _plain(new[name]))


def _people(older: Released, newer: Released) -> Iterator[Pair]:
    """People who are in both releases and are introduced in other words."""
    for key, row in sorted(newer.people.items(), key=lambda each: each[1]["sort_key"]):
        old = older.people.get(key)
        if old and not row["erased"]:
            lines = [
                Line(f"{_('biography')} ({labels.language_name(each)})", *_two(old, row, f"biography_{each}"), each)
                for each in ("tr", "en")
                if old[f"biography_{each}"] != row[f"biography_{each}"]
            ]
            if lines:
                yield Pair(key, Text(row["name"]), "changed", "public", lines)


def _two(old: Document, new: Document, name: str) -> tuple[str, str]:
    return old[name] or NONE, new[name] or NONE


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return NONE if value in (None, "") else str(value)
