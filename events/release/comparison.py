"""Compare the working programme with the last release, and work out the next document.

Each session keeps ``uid`` for ever; ``sequence`` grows by one when start, end, zone, place or status change
(RFC 5546 2.1.4); ``modified`` moves with any change; everything else is carried over byte for byte.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from events.models import ProgrammeChange
from events.programme import Document, reading_order

from .working import People, Working, digest

Kind = ProgrammeChange.Kind
MOVED = (
    "day",
    "start",
    "end",
    "start_day",
    "end_day",
    "start_zone",
    "end_zone",
    "starts_at",
    "ends_at",
    "room",
    "venue",
)
EDITED = ("abstract", "kind", "track", "organisation", "parties", "languages", "interpretation", "capacity", "audience")
CANCELLED = "cancelled"
SHARED = ("venues", "rooms", "tracks")
NAMED = (("rooms", "room"), ("venues", "venue"), ("tracks", "track"))


@dataclass
class Change:
    """What changed in one session: kinds, and the values before and after of the fields concerned."""

    key: str
    audience: str
    kinds: list[str]
    before: Document
    after: Document
    title: Mapping[str, str]


@dataclass
class Released:
    """The last release opened: both documents and its people."""

    public: Document
    restricted: Document
    people: Mapping[str, Document]
    fingerprint: str
    number: int

    @property
    def sessions(self) -> dict[str, Document]:
        """All sessions by key; one that left the public is read where it lives now."""
        found = {raw["key"]: raw for raw in self.public["sessions"]}
        for raw in self.restricted["sessions"]:
            found[raw["key"]] = raw
        return found

    def shared(self, part: str, key: str) -> Document | None:
        """A venue, room or track of the last release."""
        value: Document | None = self.public[part].get(key) or self.restricted[part].get(key)
        return value


@dataclass
class Comparison:
    """What the next release would be: its documents, its people and what changes."""

    fingerprint: str
    content: str
    number: int
    public: Document
    restricted: Document
    people: People
    changes: list[Change] = field(default_factory=list)
    event_before: Document = field(default_factory=dict)
    event_after: Document = field(default_factory=dict)
    held: frozenset[str] = frozenset()
    unchanged: bool = False
    frame_kept: bool = False
    delta: set[str] = field(default_factory=set)
    last: Released | None = None

    @property
    def first(self) -> bool:
        return self.number == 1


def compare(working: Working, last: Released | None, *, held: Iterable[str] = (), now: str) -> Comparison:
    """Work out the next release. ``held`` are keys of sessions that keep their last released state.

    ``now`` is the release's instant as the document writes it.
    """
    return _Comparer(working, last, frozenset(held), now).run()


class _Comparer:
    def __init__(self, working: Working, last: Released | None, held: frozenset[str], now: str) -> None:
        self.working, self.last, self.held, self.now = working, last, held, now
        self.fingerprint = working.fingerprint
        self.before = last.sessions if last else {}
        self.parts: dict[str, Document] = {part: dict(getattr(working, part)) for part in SHARED}
        self.people = self._people_of_fresh_sessions()
        self.changes: list[Change] = []
        self.tombstones: list[Document] = []

    def run(self) -> Comparison:
        sessions = [raw for raw in map(self._next, self.working.sessions.values()) if raw]
        sessions += [self._gone(raw) for key, raw in self.before.items() if key not in self.working.sessions]
        sessions.sort(key=reading_order)
        public = self._document([raw for raw in sessions if raw["audience"] == "public"] + self._tombstones())
        restricted = self._document([raw for raw in sessions if raw["audience"] != "public"])
        content = digest([self._content(public), self._content(restricted)])
        self._drop_unnamed_people(public, restricted)
        result = Comparison(
            fingerprint=self.fingerprint,
            content=content,
            number=self.last.number + 1 if self.last else 1,
            public=public,
            restricted=restricted,
            people=self.people,
            changes=self.changes,
            held=self.held,
            last=self.last,
        )
        if self.last:
            self._measure(result, self.last)
        return result

    def _people_of_fresh_sessions(self) -> People:
        """Whom only sessions that are held back name keeps the name of the last release with them."""
        fresh = (raw for key, raw in self.working.sessions.items() if key not in self.held)
        named = {each[0] for raw in fresh for each in raw["people"]}
        return People({key: row for key, row in self.working.people.rows.items() if key in named})

    def _measure(self, result: Comparison, last: Released) -> None:
        old, new = last.public["event"], result.public["event"]
        fields = [name for name in new if new[name] != old.get(name)]
        result.event_before = {name: old.get(name) for name in fields}
        result.event_after = {name: new[name] for name in fields}
        result.unchanged = result.content == last.fingerprint
        result.frame_kept = not fields and all(
            _same(value, last.public[part].get(key, value))
            for part in SHARED
            for key, value in result.public[part].items()
        )
        was = {raw["key"]: raw for raw in last.public["sessions"]}
        result.delta = {raw["key"] for raw in result.public["sessions"] if not _alike(raw, was.get(raw["key"]))}

    def _next(self, raw: Document) -> Document | None:
        before = self.before.get(raw["key"])
        if raw["key"] in self.held:
            return self._carry({**before, "change": None}) if before else None
        if before is None:
            if self.last:
                self._report(raw, {}, [Kind.ADDED], [])
            change = {"kinds": [Kind.ADDED.value], "before": {}} if self.last else None
            return {**raw, "sequence": 0, "modified": self.now, "change": change}
        kinds, fields = self._difference(before, raw)
        if not kinds:
            modified = before["modified"] if self._surroundings_kept(before, raw) else self.now
            return {**raw, "sequence": before["sequence"], "modified": modified, "change": None}
        sequence = before["sequence"] + bool({Kind.MOVED, Kind.CANCELLED, Kind.RESTORED} & set(kinds))
        if "audience" in fields and "public" in (before["audience"], raw["audience"]):
            sequence = before["sequence"] + 1
        if before["audience"] == "public" != raw["audience"]:
            self.tombstones.append(self._tombstone(before, sequence))
        self._report(raw, before, kinds, fields)
        change = {"kinds": [kind.value for kind in kinds], "before": self._told(before, fields)}
        if before["audience"] != "public" == raw["audience"]:
            # What it was, was not for the public: to them it is new.
            change = {"kinds": [Kind.ADDED.value], "before": {}}
        return {**raw, "sequence": sequence, "modified": self.now, "change": change}

    def _difference(self, before: Document, raw: Document) -> tuple[list[ProgrammeChange.Kind], list[str]]:
        moved = [name for name in MOVED if before[name] != raw[name] and _bare(before[name]) != raw[name]]
        edited = [name for name in EDITED if before[name] != raw[name] and _bare(before[name]) != raw[name]]
        kinds, fields = [], list(moved)
        if before["status"] != raw["status"]:
            kinds.append(Kind.CANCELLED if raw["status"] == CANCELLED else Kind.RESTORED)
            fields.append("status")
        if moved:
            kinds.append(Kind.MOVED)
        if before["title"] != raw["title"]:
            kinds.append(Kind.RETITLED)
            fields.append("title")
        if self._named(before["people"], old=True) != self._named(raw["people"]):
            kinds.append(Kind.PEOPLE)
            fields.append("people")
        if edited:
            kinds.append(Kind.EDITED)
            fields += edited
        return kinds, fields

    def _surroundings_kept(self, before: Document, raw: Document) -> bool:
        """Whether room, venue and track still read as they did: a renamed room moves LAST-MODIFIED alone."""
        return all(self._text(part, before[name], old=True) == self._text(part, raw[name]) for part, name in NAMED)

    def _text(self, part: str, key: str | None, *, old: bool = False) -> Document | None:
        """A room (with its venue), venue or track as it reads now, or read in the last release."""
        value = self._look_up(part, key, old)
        if value is None:
            return None
        text = {name: each for name, each in value.items() if name != "order"}
        return {**text, "venue": self._look_up("venues", value["venue"], old)} if part == "rooms" else text

    def _look_up(self, part: str, key: str | None, old: bool) -> Document | None:
        if not key or (old and not self.last):
            return None
        found: Document | None = self.last.shared(part, key) if old and self.last else getattr(self.working, part)[key]
        return found

    def _named(self, people: Iterable[list[Any]], *, old: bool = False) -> list[tuple[Any, ...]]:
        rows = (self.last.people if self.last else {}) if old else self.people.rows
        named = []
        for key, role, index in people:
            row = rows.get(key) or {"name": "", "positions": []}
            shown = row["positions"][index] if index is not None and index < len(row["positions"]) else None
            named.append((key, role, row["name"], shown))
        return named

    def _gone(self, before: Document) -> Document:
        """A released session whose row is gone or a draft again: it stays, as cancelled."""
        if before["key"] in self.held or before["status"] == CANCELLED:
            return self._carry({**before, "change": None})
        raw = self._carry({**before, "status": CANCELLED, "sequence": before["sequence"] + 1, "modified": self.now})
        raw["change"] = {"kinds": [Kind.CANCELLED.value], "before": {"status": before["status"]}}
        self._report(raw, before, [Kind.CANCELLED], ["status"])
        return raw

    def _tombstone(self, before: Document, sequence: int) -> Document:
        """What calendars that follow the public programme need of a session that left it."""
        gone = {"status": CANCELLED, "sequence": sequence, "modified": self.now, "withdrawn": True, "change": None}
        return self._carry({**before, **gone})

    def _tombstones(self) -> list[Document]:
        """New tombstones and those of earlier releases whose sessions have not come back."""
        if not self.last:
            return []
        fresh = {raw["key"] for raw in self.tombstones}
        now_public = {raw["key"] for raw in self.working.sessions.values() if raw["audience"] == "public"}
        kept = [
            self._carry(raw)
            for raw in self.last.public["sessions"]
            if raw.get("withdrawn") and raw["key"] not in fresh and raw["key"] not in now_public - self.held
        ]
        return sorted([*self.tombstones, *kept], key=reading_order)

    def _carry(self, raw: Document) -> Document:
        """Bring (part of) a session of the last release over, with place, track and people as they were."""
        raw = dict(raw)
        if "people" in raw:
            named = raw["people"]
            raw["people"] = [self._carry_person(*each) for each in named]
            # A release has one name for a person: whoever is renamed elsewhere is so here, and calendars hear of it.
            if "modified" in raw and self._named(named, old=True) != self._named(raw["people"]):
                raw["modified"] = self.now
        for part, name in NAMED:
            if name in raw:
                raw[name] = self._carry_part(part, raw[name])
        return raw

    def _carry_part(self, part: str, key: str | None) -> str | None:
        if not key or not self.last:
            return key
        was = self.last.shared(part, key)
        if was is None:
            return None
        if part == "rooms":
            was = {**was, "venue": self._carry_part("venues", was["venue"])}
        while not _same(self.parts[part].setdefault(key, was), was):
            key += "~"
        return key

    def _carry_person(self, key: str, role: str, index: int | None) -> list[Any]:
        was = self.last.people.get(key) if self.last else None
        if was is None:
            return [key, role, None]
        row = self.people.rows.setdefault(key, {**was, "positions": []})
        if row["erased"] or index is None or index >= len(was["positions"]):
            return [key, role, None]
        return [key, role, self.people.position(key, was["positions"][index])]

    def _told(self, before: Document, fields: Iterable[str]) -> Document:
        """The old values as the document keeps them; people and places come along so that they can be named."""
        return self._carry({name: before[name] for name in fields})

    def _report(self, raw: Document, before: Document, kinds: list[ProgrammeChange.Kind], fields: list[str]) -> None:
        old = self._told(before, fields) if before else {}
        self.changes.append(
            Change(
                key=raw["key"],
                audience=raw["audience"],
                kinds=[kind.value for kind in kinds],
                before=old,
                after={name: raw[name] for name in fields},
                title=raw["title"],
            )
        )

    def _document(self, sessions: list[Document]) -> Document:
        """One part: its sessions with just the rooms, venues and tracks that they and their past name."""
        pasts = [(raw.get("change") or {}).get("before", {}) for raw in sessions]
        return {
            "schema": 1,
            "event": self.working.event,
            **self._named_parts([*sessions, *pasts]),
            "sessions": sessions,
        }

    def _named_parts(self, sessions: Iterable[Document]) -> dict[str, Document]:
        used = {part: set[str]() for part in SHARED}
        for raw in sessions:
            for part, name in NAMED:
                if raw.get(name):
                    used[part].add(raw[name])
        used["venues"] |= {self.parts["rooms"][key]["venue"] for key in used["rooms"]}
        used["venues"] |= {self.working.event["venue"]} - {None}
        return {part: {key: self.parts[part][key] for key in sorted(used[part])} for part in SHARED}

    def _drop_unnamed_people(self, *documents: Document) -> None:
        """Keep only people whom a session of the release names, now or in what it was before."""
        used: set[str] = set()
        for document in documents:
            for raw in document["sessions"]:
                past = (raw.get("change") or {}).get("before", {})
                used |= {named[0] for named in [*raw["people"], *past.get("people", [])]}
        self.people.rows = {key: row for key, row in self.people.rows.items() if key in used}

    def _content(self, document: Document) -> Document:
        """What counts as content of a release: everything but book-keeping and what was before."""
        book_keeping = ("sequence", "modified", "change")
        sessions = [
            {
                **{name: value for name, value in raw.items() if name not in book_keeping},
                "people": self._named(raw["people"]),
            }
            for raw in document["sessions"]
        ]
        shown = {named[0] for raw in document["sessions"] for named in raw["people"]}
        told = ("sort_key", "biography_tr", "biography_en")  # beside the names: how lists are sorted, and who they are
        people = {key: [row[name] for name in told] for key, row in self.people.rows.items() if key in shown}
        parts = self._named_parts(document["sessions"])
        return {"event": document["event"], **parts, "sessions": sessions, "people": people}


def _bare(value: Any) -> Any:
    """A key as it was before a held-back session had to keep its old room under another one."""
    return value.rstrip("~") if isinstance(value, str) else value


def _alike(raw: Document, was: Document | None) -> bool:
    """Whether a session is told as it was; its place among others does not matter."""
    return (
        was is not None and len(raw) == len(was) and all(raw[name] == was.get(name) for name in raw if name != "order")
    )


def _same(one: Document, other: Document) -> bool:
    """Whether two venues, rooms or tracks are told alike; their order among others does not matter."""
    return {**one, "order": 0} == {**other, "order": 0}
