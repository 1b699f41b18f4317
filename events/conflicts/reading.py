"""What the rules look at: the sessions of an event that are to happen, with instants and people.

Read as plain values: most sessions clash with nothing, and rows are made of those alone that do.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import Q

from events.models import Contribution, Event, Person, Position, Room, Session
from events.models.programme import instant

ROLE = Contribution.Role
#: Sessions of other events this near may still overlap, whatever zones and nights do.
NEAR = dt.timedelta(days=2)
NEVER = dt.datetime.max.replace(tzinfo=dt.UTC)

_SESSION = (
    *("id", "event_id", "key", "version", "ref", "status", "day", "start", "end", "start_day", "end_day"),
    *("start_zone", "end_zone", "title_tr", "title_en", "title_other", "abstract_tr", "abstract_en"),
    *("abstract_other", "other_language", "room_id", "organisation_id", "interpretation", "capacity"),
)
_ROOM = ("id", "venue_id", "name_tr", "name_en", "capacity", "opens_at", "closes_at")
_EVENT = ("id", "slug", "title_tr", "title_en", "time_zone")
_PERSON = ("person__id", "person__key", "person__ref", "person__name")
_ZONES = ("room__venue__time_zone", "venue__time_zone")

M = TypeVar("M", bound=models.Model)


class Named(NamedTuple):
    """A person whom a session names."""

    id: int
    key: str
    ref: str
    name: str

    @property
    def row(self) -> Person:
        """The person's row, with what no rule asks for left unread."""
        return _made(Person, self._asdict())


@dataclass
class Item:
    """A session that is not cancelled, with its instants worked out once and its people by role."""

    values: Mapping[str, Any]
    event: Event
    room: Room | None
    #: The zone of the house it is in, empty where it names none.
    house_zone: str
    people: list[tuple[str, Named]] = field(default_factory=list)

    @cached_property
    def session(self) -> Session:
        """The row, with what no rule asks for left unread."""
        session = _made(Session, self.values)
        session.event = self.event
        if self.room:
            session.room = self.room
        return session

    @property
    def pk(self) -> int:
        return int(self.values["id"])

    @property
    def day(self) -> dt.date:
        day: dt.date = self.values["day"]
        return day

    @property
    def zone(self) -> str:
        """The zone of the start, as :attr:`Session.zone_at_start` tells it."""
        return self.values["start_zone"] or self.house_zone or self.event.time_zone

    @cached_property
    def starts_at(self) -> dt.datetime | None:
        values = self.values
        return instant(self.day, values["start"], values["start_day"], self.zone)

    @cached_property
    def ends_at(self) -> dt.datetime | None:
        values = self.values
        if not values["start"]:
            return None
        return instant(self.day, values["end"], values["end_day"], values["end_zone"] or self.zone)

    @cached_property
    def span(self) -> tuple[dt.datetime, dt.datetime] | None:
        """Start and end of a timed session: one that has both, the end not before the start."""
        if self.starts_at is None or self.ends_at is None or self.ends_at < self.starts_at:
            return None
        return self.starts_at, self.ends_at

    @property
    def order(self) -> tuple[dt.datetime, str, int]:
        """How two sessions are named: by start, then reference."""
        return self.starts_at or NEVER, self.values["ref"], self.pk

    def named(self, role: str) -> list[Named]:
        """The people in a role, each once."""
        return list({person.id: person for each, person in self.people if each == role}.values())


def read_items(event: Event) -> list[Item]:
    """The sessions of an event that are not cancelled, drafts included; none of a cancelled event."""
    if event.cancelled_at or event.withdrawn_at:
        return []
    rows = event.sessions.exclude(status=Session.Status.CANCELLED).order_by("day", "start", "pk")
    rooms: dict[int, Room] = {}
    items = {}
    for values in rows.values(*_SESSION, *_under("room", _ROOM), *_ZONES):
        items[values["id"]] = _item(values, event, _one(Room, "room", values, rooms))
    named = Contribution.objects.filter(session__event=event).order_by("position", "pk")
    for session, role, *person in named.values_list("session_id", "role", *_PERSON):
        if session in items:
            items[session].people.append((role, Named(*person)))
    return list(items.values())


def read_elsewhere(event: Event, items: Iterable[Item]) -> list[Item]:
    """Sessions of other events near these days that name one of the same people, with just those people."""
    days = [item.day for item in items]
    ours = Contribution.objects.filter(session__event=event).values("person")
    first = min(days, default=dt.date.max - NEAR)
    rows = (
        Contribution.objects.filter(person__in=ours, session__day__lte=max(days, default=dt.date.min) + NEAR)
        .filter(Q(session__day__gte=first - NEAR) | Q(session__end_day__gte=first - NEAR))
        .filter(session__event__cancelled_at=None, session__event__withdrawn_at=None)
        .exclude(session__event=event)
        .exclude(session__status=Session.Status.CANCELLED)
        .values("role", *_PERSON, *_under("session", (*_SESSION, *_ZONES, *_under("event", _EVENT))))
    )
    found: dict[int, Item] = {}
    events: dict[int, Event] = {}
    for row in rows:
        values = {name.removeprefix("session__"): value for name, value in row.items()}
        its_event = _one(Event, "event", values, events)
        if its_event:
            item = found.setdefault(values["id"], _item(values, its_event, None))
            item.people.append((row["role"], Named(*(row[name] for name in _PERSON))))
    return list(found.values())


class Held(NamedTuple):
    """A position that somebody holds or held."""

    organisation_id: int | None
    starts_on: dt.date | None
    ends_on: dt.date | None


def read_positions(items: Iterable[Item]) -> Mapping[int, list[Held]]:
    """The positions of everybody who hosts a session with a host organisation, by person."""
    hosts = {person.id for item in items if item.values["organisation_id"] for person in item.named(ROLE.HOST)}
    found: dict[int, list[Held]] = {}
    for person, *held in Position.objects.filter(person__in=hosts).values_list("person_id", *Held._fields):
        found.setdefault(person, []).append(Held(*held))
    return found


def _item(values: Mapping[str, Any], event: Event, room: Room | None) -> Item:
    house, place = (values[name] or "" for name in _ZONES)
    return Item(values, event, room, house if values["room_id"] else place)


def _under(relation: str, names: Iterable[str]) -> list[str]:
    return [f"{relation}__{name}" for name in names]


def _one(model: type[M], relation: str, values: Mapping[str, Any], known: dict[int, M]) -> M | None:
    """The row that these values tell of beside the session: one object each, however many sessions name it."""
    pk = values[f"{relation}__id"]
    if pk and pk not in known:
        prefix = f"{relation}__"
        told = {name.removeprefix(prefix): value for name, value in values.items() if name.startswith(prefix)}
        known[pk] = _made(model, told)
    return known.get(pk)


def _made(model: type[M], values: Mapping[str, Any]) -> M:
    """A row of the database from some of its columns; the others are read where somebody asks for them."""
    names = [field.attname for field in model._meta.concrete_fields if field.attname in values]
    return model.from_db(DEFAULT_DB_ALIAS, names, [values[name] for name in names])


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
