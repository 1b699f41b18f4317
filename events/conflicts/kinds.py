"""The kinds of conflict: how grave each is, and the sentence that tells an officer about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models import Event, Person, Room, Session


class Severity(models.TextChoices):
    """How much a conflict matters: something cannot happen, will go badly, or looks like a slip."""

    HIGH = "high", _("serious")
    MEDIUM = "medium", _("to be checked")
    LOW = "low", _("perhaps a slip")


SEVERITY: Mapping[str, Severity] = {
    "room_twice": Severity.HIGH,
    "person_twice": Severity.HIGH,
    "outside_event_days": Severity.HIGH,
    "end_before_start": Severity.HIGH,
    "room_closed": Severity.MEDIUM,
    "capacity_over_room": Severity.MEDIUM,
    "missing_language": Severity.MEDIUM,
    "interpreter_alone": Severity.MEDIUM,
    "interpreter_no_break": Severity.MEDIUM,
    "host_elsewhere": Severity.LOW,
}

MESSAGES = {
    "room_twice": _("%(room)s holds two sessions at once: “%(first)s” and “%(second)s”."),
    "person_twice": _("%(person)s is in two sessions at once: “%(first)s” and “%(second)s”."),
    "outside_event_days": _("“%(first)s” is on a day that is not one of the event’s days."),
    "end_before_start": _("“%(first)s” ends before it starts."),
    "room_closed": _("“%(first)s” runs outside the opening hours of %(room)s."),
    "capacity_over_room": _("“%(first)s” has more places than %(room)s."),
    "missing_language": _("“%(first)s” lacks a text in one of the two languages."),
    "interpreter_alone": _("%(person)s interprets “%(first)s” alone for more than 60 minutes."),
    "interpreter_no_break": _(
        "%(person)s interprets “%(first)s” and “%(second)s” alone, with less than 15 minutes between them."
    ),
    "host_elsewhere": _("%(person)s, a host of “%(first)s”, belongs to another organisation than its host."),
}


@dataclass(frozen=True)
class Conflict:
    """One warning: its code, and the rows concerned in the order the rule names them.

    ``facts`` is what the rule judged: while a warning stays the same but its facts do not, it has to be looked at
    anew. Two sessions in one room stay two sessions in one room when one of them is moved.
    """

    code: str
    sessions: tuple[Session, ...]
    person: Person | None = None
    room: Room | None = None
    facts: tuple[object, ...] = ()

    @property
    def keys(self) -> str:
        """Which sessions, person and room it is about, in whatever order the rule names them."""
        named = sorted(session.key for session in self.sessions)
        named += [self.person.key] if self.person else []
        return "-".join([*named, f"r{self.room.pk}"] if self.room else named)

    @property
    def fingerprint(self) -> str:
        """A short name of the facts."""
        return sha256(repr(self.facts).encode()).hexdigest()[:16]

    @property
    def severity(self) -> Severity:
        return SEVERITY[self.code]

    @property
    def event(self) -> Event:
        """The event it is counted under; a clash of two events stands under that of the first session."""
        return self.sessions[0].event

    @property
    def message(self) -> str:
        """One sentence in the reader's language; sessions of two events are told with their events."""
        apart = len({session.event_id for session in self.sessions}) > 1
        told = [f"{session} ({session.event})" if apart else str(session) for session in self.sessions]
        names = {
            "first": told[0],
            "second": told[-1],
            "person": str(self.person or ""),
            "room": str(self.room or ""),
        }
        return str(MESSAGES[self.code]) % names
