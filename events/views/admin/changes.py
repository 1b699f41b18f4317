"""The changes of a release, grouped for reading: what is cancelled first, what is only edited last."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from events import labels
from events.bilingual import Text, pick
from events.models import ProgrammeChange, ProgrammeRelease
from events.programme import Document
from events.release import Comparison

from .wording import Line, Names, event_lines, session_facts, session_lines

Kind = ProgrammeChange.Kind
ORDER = [Kind.CANCELLED, Kind.ADDED, Kind.RESTORED, Kind.MOVED, Kind.RETITLED, Kind.PEOPLE, Kind.EDITED]
#: Of what is new or called off, when and where it is belongs to it.
PLACED = {Kind.ADDED, Kind.CANCELLED}


@dataclass(frozen=True)
class Shown:
    """One session that changed, as the screen tells it."""

    key: str
    title: Text
    kinds: tuple[str, ...]
    labels: tuple[str, ...]
    audience: str
    lines: list[Line]
    held: bool = False


@dataclass(frozen=True)
class Group:
    """Sessions that changed in the same way."""

    label: str
    sessions: list[Shown]

    @property
    def heading(self) -> str:
        """The kind of change with a capital of the reader's language."""
        return labels.sentence(self.label)


@dataclass(frozen=True)
class Told:
    """Everything that a release changes: the event's own facts and the sessions by kind."""

    event: list[Line]
    groups: list[Group]

    def __bool__(self) -> bool:
        return bool(self.event or self.groups)


def tell_comparison(comparison: Comparison, held: Iterable[str] = ()) -> Told:
    """What releasing now would change."""
    parts = [comparison.public, comparison.restricted]
    names = Names(parts, comparison.people.rows)
    raws = {raw["key"]: raw for part in parts for raw in part["sessions"]}
    kept = set(held)
    sessions = [
        _shown(change.key, change.title, change.kinds, change.audience, change.before, raws, names, change.key in kept)
        for change in comparison.changes
    ]
    return Told(event_lines(comparison.event_before, comparison.event_after, names), _grouped(sessions))


def tell_release(release: ProgrammeRelease) -> Told:
    """What a release changed, from its rows."""
    parts = [release.open_public(), release.open_restricted()]
    names = Names(parts, {row["key"]: dict(row) for row in release.people.values("key", "name", "positions")})
    raws = {raw["key"]: raw for part in parts for raw in part["sessions"]}
    rows = release.changes.order_by("pk")
    sessions = []
    for key, same in groupby(sorted(rows, key=lambda row: row.session_key), key=lambda row: row.session_key):
        kinds = list(same)
        raw = raws.get(key, {})
        sessions.append(
            _shown(
                key, raw.get("title", {}), [row.kind for row in kinds], kinds[0].audience, kinds[0].before, raws, names
            )
        )
    return Told([], _grouped(sessions))


def _shown(
    key: str,
    title: Any,
    kinds: Iterable[str],
    audience: str,
    before: Document,
    raws: dict[str, Document],
    names: Names,
    held: bool = False,
) -> Shown:
    in_order = sorted(kinds, key=lambda kind: ORDER.index(Kind(kind)))
    raw = raws.get(key, {})
    facts = session_facts(raw, names, whole=in_order[0] == Kind.ADDED) if raw and in_order[0] in PLACED else []
    return Shown(
        key=key,
        title=pick(title),
        kinds=tuple(in_order),
        labels=tuple(labels.change_label(kind) for kind in in_order),
        audience=audience,
        lines=[*facts, *session_lines(before, raw, names)],
        held=held,
    )


def _grouped(sessions: list[Shown]) -> list[Group]:
    found: dict[str, list[Shown]] = {}
    for shown in sessions:
        found.setdefault(shown.kinds[0], []).append(shown)
    return [Group(labels.change_label(kind), found[kind]) for kind in ORDER if kind in found]
