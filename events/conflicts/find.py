"""The rules. Each looks at sessions that are not cancelled, drafts included.

Decided here is what sessions, rooms, texts and the people named in sessions can tell. What needs
registrations (``not_step_free``, ``no_seat``, ``before_arrival``, people who are in two places as members of
a party), sign-ups (``signups_over_capacity``), vehicles and riders (``no_lift``, ``vehicle_over_seats``,
``nobody_rides``), the end of a journey (``tight_arrival``), interpreters' language pairs (``no_interpreter``)
or a visit's questions (``question_unanswered``) belongs to the packages that keep those rows.
"""

import datetime as dt
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from zoneinfo import ZoneInfo

from events.models import Event, Session
from events.models.programme import NIGHT_ENDS

from .kinds import Conflict, Severity
from .reading import ROLE, Held, Item, overlapping, read_elsewhere, read_items, read_positions

ALONE_AT_MOST = dt.timedelta(minutes=60)
BREAK_AT_LEAST = dt.timedelta(minutes=15)
SIMULTANEOUS = Session.Interpretation.SIMULTANEOUS
A_DAY = dt.timedelta(days=1)
GRAVEST_FIRST = list(Severity)


def find_conflicts(event: Event) -> list[Conflict]:
    """Everything that clashes in the working programme, gravest first, in a fixed number of queries.

    A person who is in two events at once is told to both; :attr:`Conflict.event` says which one counts it.
    """
    items = read_items(event)
    found = [conflict for rule in RULES for item in items for conflict in rule(item)]
    found += _room_twice(items)
    found += _person_twice(items, read_elsewhere(event, items))
    found += _interpreter_no_break(items)
    found += _host_elsewhere(items)
    return sorted(found, key=_gravity)


def _gravity(conflict: Conflict) -> tuple[object, ...]:
    first = conflict.sessions[0]
    return GRAVEST_FIRST.index(conflict.severity), first.day, first.start or dt.time.max, first.pk, conflict.code


def _times(*items: Item) -> tuple[str, ...]:
    """When sessions are, as facts; their order is that of their starts."""
    return tuple(str(moment) for item in items for moment in (item.starts_at, item.ends_at))


def _room_twice(items: Iterable[Item]) -> Iterator[Conflict]:
    by_room: dict[int, list[Item]] = {}
    for item in items:
        if item.room:
            by_room.setdefault(item.room.pk, []).append(item)
    for sharing in by_room.values():
        for one, other in overlapping(sharing):
            yield Conflict("room_twice", (one.session, other.session), room=one.room, facts=_times(one, other))


def _person_twice(items: Iterable[Item], elsewhere: Iterable[Item]) -> Iterator[Conflict]:
    here = {item.pk for item in items}
    by_person: dict[int, list[Item]] = {}
    people = {}
    for item in [*items, *elsewhere]:
        for key, person in {person.id: person for _role, person in item.people}.items():
            people[key] = person
            by_person.setdefault(key, []).append(item)
    for key, sessions in by_person.items():
        for one, other in overlapping(sessions):
            if one.pk in here or other.pk in here:
                both = (one.session, other.session)
                yield Conflict("person_twice", both, person=people[key].row, facts=_times(one, other))


def _interpreter_no_break(items: Iterable[Item]) -> Iterator[Conflict]:
    alone: dict[tuple[int, dt.date], list[Item]] = {}
    for item in items:
        interpreters = item.named(ROLE.INTERPRETER)
        if item.span and item.values["interpretation"] == SIMULTANEOUS and len(interpreters) == 1:
            alone.setdefault((interpreters[0].id, item.day), []).append(item)
    for working in alone.values():
        working.sort(key=lambda item: item.order)
        starts = [item.span[0] for item in working if item.span]
        for item in working:
            yield from _followed(item, working, starts)


def _followed(item: Item, working: list[Item], starts: list[dt.datetime]) -> Iterator[Conflict]:
    """What the same interpreter starts alone within the break that is due after a session."""
    if not item.span:
        return
    end = item.span[1]
    for other in working[bisect_left(starts, end) : bisect_left(starts, end + BREAK_AT_LEAST)]:
        if other is not item:
            person = item.named(ROLE.INTERPRETER)[0].row
            both = (item.session, other.session)
            yield Conflict("interpreter_no_break", both, person=person, facts=_times(item, other))


def _host_elsewhere(items: list[Item]) -> Iterator[Conflict]:
    positions = read_positions(items)
    for item in items:
        house = item.values["organisation_id"]
        if not house:
            continue
        for person in item.named(ROLE.HOST):
            houses = {each.organisation_id for each in positions.get(person.id, []) if _held(each, item.day)}
            if houses and house not in houses:
                facts = (house, *sorted(each for each in houses if each))
                yield Conflict("host_elsewhere", (item.session,), person=person.row, facts=facts)


def _held(position: Held, day: dt.date) -> bool:
    return (position.starts_on is None or position.starts_on <= day) and (
        position.ends_on is None or position.ends_on >= day
    )


def _outside_event_days(item: Item) -> Iterator[Conflict]:
    first, last = item.event.starts_on or dt.date.min, item.event.ends_on or dt.date.max
    if any(not first <= day <= last for day in _days(item)):
        facts = (first.isoformat(), last.isoformat(), *(day.isoformat() for day in _days(item)))
        yield Conflict("outside_event_days", (item.session,), facts=facts)


def _days(item: Item) -> Iterator[dt.date]:
    """The days a session is on; what ends before 04:00 still belongs to the evening before."""
    yield item.day
    for end in ("start", "end"):
        stated, time = item.values[f"{end}_day"], item.values[end]
        if stated:
            yield stated - A_DAY if time and time < NIGHT_ENDS else stated


def _end_before_start(item: Item) -> Iterator[Conflict]:
    if item.starts_at and item.ends_at and item.ends_at < item.starts_at:
        yield Conflict("end_before_start", (item.session,), facts=_times(item))


def _room_closed(item: Item) -> Iterator[Conflict]:
    room = item.room
    if not room or not item.span or not (room.opens_at or room.closes_at):
        return
    zone = ZoneInfo(item.house_zone or item.event.time_zone)
    start, end = (moment.astimezone(zone) for moment in item.span)
    day = start.date() - A_DAY if start.time() < NIGHT_ENDS else start.date()
    early = room.opens_at and start < dt.datetime.combine(day, room.opens_at, zone)
    if early or (room.closes_at and end > _closing(day, room.opens_at, room.closes_at, zone)):
        hours = (str(room.opens_at), str(room.closes_at))
        yield Conflict("room_closed", (item.session,), room=room, facts=(*hours, *_times(item)))


def _closing(day: dt.date, opens_at: dt.time | None, closes_at: dt.time, zone: ZoneInfo) -> dt.datetime:
    """When a room closes: after midnight where it closes earlier on the clock than it opens."""
    after_midnight = closes_at <= (opens_at or NIGHT_ENDS)
    return dt.datetime.combine(day + A_DAY if after_midnight else day, closes_at, zone)


def _capacity_over_room(item: Item) -> Iterator[Conflict]:
    room = item.room
    if room and room.capacity is not None and (item.values["capacity"] or 0) > room.capacity:
        facts = (item.values["capacity"], room.capacity)
        yield Conflict("capacity_over_room", (item.session,), room=room, facts=facts)


def _missing_language(item: Item) -> Iterator[Conflict]:
    told = item.values
    if told["title_tr"] and told["title_en"] and bool(told["abstract_tr"]) == bool(told["abstract_en"]):
        return  # nearly every session, and decided without making a row of it
    missing = item.session.missing_texts()
    if missing or not item.session.title:
        yield Conflict("missing_language", (item.session,), facts=tuple(missing))


def _interpreter_alone(item: Item) -> Iterator[Conflict]:
    if item.values["interpretation"] != SIMULTANEOUS or not item.span:
        return
    interpreters = item.named(ROLE.INTERPRETER)
    start, end = item.span
    if len(interpreters) == 1 and end - start > ALONE_AT_MOST:
        yield Conflict("interpreter_alone", (item.session,), person=interpreters[0].row, facts=_times(item))


#: The rules that look at one session at a time.
RULES: tuple[Callable[[Item], Iterator[Conflict]], ...] = (
    _outside_event_days,
    _end_before_start,
    _room_closed,
    _capacity_over_room,
    _missing_language,
    _interpreter_alone,
)
