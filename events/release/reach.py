"""Whom and what the next release reaches: calendar entries that move, and people whom it concerns.

Nobody is written to here. What else knows people of an event, such as its registrations, names them by a reader of
its own (:func:`register_recipients`) when the app is ready.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from events.models import Event, Person, Session
from events.programme import Document

from .comparison import Comparison


@dataclass(frozen=True)
class Entries:
    """How many entries of the event's calendar are new, move, are cancelled, or only read otherwise."""

    new: int = 0
    moved: int = 0
    cancelled: int = 0
    reworded: int = 0


@dataclass(frozen=True)
class Recipient:
    """Somebody to be told: by name and address, in their language, and of which sessions."""

    name: str
    email: str
    language: str
    titles: list[Document]


@dataclass(frozen=True)
class Recipients:
    """A group of those whom a release concerns; ``unreachable`` have no address."""

    label: str
    people: list[Recipient] = field(default_factory=list)
    unreachable: int = 0


Reader = Callable[[Event, Comparison], Recipients]
_readers: list[Reader] = []


def register_recipients(reader: Reader) -> None:
    """Name what lists a group of people of an event whom a release concerns."""
    if reader not in _readers:
        _readers.append(reader)


def read_recipients(event: Event, comparison: Comparison) -> list[Recipients]:
    """Everybody known whom releasing now would concern, by group."""
    return [reader(event, comparison) for reader in (named_people, *_readers)]


def calendar_entries(comparison: Comparison) -> Entries:
    """What calendars that follow the public programme will do; SEQUENCE grows for what moves or is cancelled."""
    was = {raw["key"]: raw for raw in comparison.last.public["sessions"]} if comparison.last else {}
    counts = dict.fromkeys(("new", "moved", "cancelled", "reworded"), 0)
    for raw in comparison.public["sessions"]:
        before = was.get(raw["key"], {})
        if raw["starts_at"] or before.get("starts_at"):
            name = _happens(before, raw)
            if name:
                counts[name] += 1
    return Entries(**counts)


def _happens(before: Document, raw: Document) -> str:
    if not before:
        return "new"
    if before["sequence"] != raw["sequence"]:
        return "cancelled" if _is_off(raw) and not _is_off(before) else "moved"
    return "reworded" if before["modified"] != raw["modified"] else ""


def _is_off(raw: Document) -> bool:
    return raw["status"] == Session.Status.CANCELLED or bool(raw.get("withdrawn"))


def named_people(event: Event, comparison: Comparison) -> Recipients:
    """Who is named in a session that changes, now or before."""
    raws = {raw["key"]: raw for part in (comparison.public, comparison.restricted) for raw in part["sessions"]}
    titles: dict[str, list[Document]] = {}
    for change in comparison.changes:
        now = raws.get(change.key, {}).get("people", [])
        for key in dict.fromkeys(each[0] for each in [*now, *change.before.get("people", [])]):
            titles.setdefault(key, []).append(dict(change.title))
    rows = Person.objects.kept().filter(key__in=titles).only("key", "name", "email", "language")
    people = [Recipient(row.name, row.email, row.language, titles[row.key]) for row in rows]
    reached = [each for each in people if each.email]
    return Recipients(_("Named in sessions that change"), reached, len(people) - len(reached))
