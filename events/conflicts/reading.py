"""What the rules look at: the sessions of an event that are to happen, with instants and people."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Q

from events.models import Contribution, Event, Person, Position, Session

ROLE = Contribution.Role
#: Sessions of other events this near may still overlap, whatever zones and nights do.
NEAR = dt.timedelta(days=2)


@dataclass
class Item:
    """A session that is not cancelled, with its instants worked out once and its people by role."""

    session: Session
    people: list[tuple[str, Person]] = field(default_factory=list)

    @cached_property
    def starts_at(self) -> dt.datetime | None:
        return self.session.starts_at

    @cached_property
    def ends_at(self) -> dt.datetime | None:
        return self.session.ends_at if self.session.start else None

    @cached_property
    def span(self) -> tuple[dt.datetime, dt.datetime] | None:
        """Start and end of a timed session: one that has both, the end not before the start."""
        if self.starts_at is None or self.ends_at is None or self.ends_at < self.starts_at:
            return None
        return self.starts_at, self.ends_at

    @property
    def order(self) -> tuple[dt.datetime, str, int]:
        """How two sessions are named: by start, then reference."""
        never = dt.datetime.max.replace(tzinfo=dt.UTC)
        return self.starts_at or never, self.session.ref, self.session.pk

    def named(self, role: str) -> list[Person]:
        """The people in a role, each once."""
        return list({person.pk: person for each, person in self.people if each == role}.values())


def read_items(event: Event) -> list[Item]:
    """The sessions of an event that are not cancelled, drafts included; none of a cancelled event."""
    if event.cancelled_at or event.withdrawn_at:
        return []
    sessions = (
        event.sessions.exclude(status=Session.Status.CANCELLED)
        .select_related("room__venue", "venue", "organisation")
        .order_by("day", "start", "pk")
    )
    items = {session.pk: Item(session) for session in sessions}
    rows = Contribution.objects.filter(session__event=event).select_related("person").order_by("position", "pk")
    for row in rows:
        if row.session_id in items:
            items[row.session_id].people.append((row.role, row.person))
    for item in items.values():
        item.session.event = event
    return list(items.values())


def read_elsewhere(event: Event, items: Iterable[Item]) -> list[Item]:
    """Sessions of other events near these days that name one of the same people, with just those people."""
    days = [item.session.day for item in items]
    ours = Contribution.objects.filter(session__event=event).values("person")
    first = min(days, default=dt.date.max - NEAR)
    rows = (
        Contribution.objects.filter(person__in=ours, session__day__lte=max(days, default=dt.date.min) + NEAR)
        .filter(Q(session__day__gte=first - NEAR) | Q(session__end_day__gte=first - NEAR))
        .filter(session__event__cancelled_at=None, session__event__withdrawn_at=None)
        .exclude(session__event=event)
        .exclude(session__status=Session.Status.CANCELLED)
        .select_related("person", "session__event", "session__room__venue", "session__venue")
    )
    found: dict[int, Item] = {}
    for row in rows:
        found.setdefault(row.session_id, Item(row.session)).people.append((row.role, row.person))
    return list(found.values())


def read_positions(items: Iterable[Item]) -> Mapping[int, list[Position]]:
    """The positions of everybody who hosts a session with a host organisation, by person."""
    hosts = {person.pk for item in items if item.session.organisation_id for person in item.named(ROLE.HOST)}
    found: dict[int, list[Position]] = {}
    for position in Position.objects.filter(person__in=hosts):
        found.setdefault(position.person_id, []).append(position)
    return found


def overlapping(items: Iterable[Item]) -> Iterator[tuple[Item, Item]]:
    """Pairs of timed sessions of which each starts before the other ends; touching is no overlap.

    One sweep over the starts: n log n, and then as long as there are pairs.
    """
    running: list[tuple[dt.datetime, dt.datetime, Item]] = []
    for item in sorted(items, key=lambda each: each.order):
        if item.span is None:
            continue
        start, end = item.span
        running = [each for each in running if each[1] > start]
        yield from ((other, item) for began, _ends, other in running if began < end)
        running.append((start, end, item))
