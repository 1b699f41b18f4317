"""The rules by which a zone's clocks run, in the form that calendars write down (RFC 5545 3.6.5).

The time zone database is read through ``zoneinfo`` only: the transitions of its far years are what the zone's
current yearly rule gives, whichever file the zone comes from. Calendars read RRULE observances everywhere; lists
of dates (RDATE) are ignored by several of them. A zone that follows no such rule (Casablanca moves its clocks
with the moon) has none here, and its times are written in UTC.
"""

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

FIRST_YEAR = 1970
# Behind what the database lists singly; 28 years show each weekday on each date.
_RULED_YEARS = range(2040, 2068)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class Observance:
    """A stretch of a zone's year: where it begins on the wall, and how that repeats (``rrule`` empty: never)."""

    name: str
    daylight: bool
    start: dt.datetime
    offset_from: dt.timedelta
    offset_to: dt.timedelta
    rrule: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A zone's current rule; it tells the truth from ``valid_from`` (UTC) on, and nothing of before."""

    zone: str
    valid_from: dt.datetime
    observances: tuple[Observance, ...]

    def tells(self, moment: dt.datetime) -> bool:
        """Whether a reader who knows only this rule gets this instant right from its wall-clock time."""
        if moment < self.valid_from:
            return False
        local = moment.astimezone(ZoneInfo(self.zone))
        # Of an hour that comes twice, readers take either one.
        return local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset()


@dataclass(frozen=True, slots=True)
class _Transition:
    at: dt.datetime
    offset_from: dt.timedelta
    offset_to: dt.timedelta
    name: str

    @property
    def wall(self) -> dt.datetime:
        """What the clock showed when it was changed."""
        return (self.at + self.offset_from).replace(tzinfo=None)

    @property
    def habit(self) -> tuple[object, ...]:
        """What recurs each year; the date alone does not."""
        return self.wall.weekday(), self.wall.time(), self.offset_from, self.offset_to, self.name


@lru_cache(maxsize=700)
def rule_of(zone: str) -> Rule | None:
    """The zone's current rule, or None where it has none or is UTC itself."""
    tz = ZoneInfo(zone)
    years = [list(_transitions(tz, year)) for year in _RULED_YEARS]
    if not any(years):
        return _fixed(zone, tz)
    if any(len(year) != 2 for year in years):
        return None
    pair = [_recurring([year[index] for year in years]) for index in (0, 1)]
    return None if None in pair else _yearly(zone, tz, [each for each in pair if each])


def _fixed(zone: str, tz: ZoneInfo) -> Rule | None:
    """A zone that stays where it is, since its last change or for as long as anybody asks."""
    settled = dt.datetime(_RULED_YEARS[0], 1, 1, tzinfo=dt.UTC).astimezone(tz)
    name, offset = settled.tzname() or "", settled.utcoffset() or dt.timedelta()
    if zone.removeprefix("Etc/") in {"UTC", "UCT", "Zulu", "Universal"}:
        return None
    for year in range(_RULED_YEARS[0], FIRST_YEAR - 1, -1):
        changes = list(_transitions(tz, year))
        if changes:
            last = changes[-1]
            only = Observance(name, False, (last.at + offset).replace(tzinfo=None), offset, offset)
            return Rule(zone, last.at, (only,))
    start = dt.datetime(FIRST_YEAR, 1, 1)  # noqa: DTZ001 - wall time
    return Rule(zone, (start - offset).replace(tzinfo=dt.UTC), (Observance(name, False, start, offset, offset),))


@dataclass(frozen=True, slots=True)
class _Recurring:
    """One of a year's two changes: its habit, and the seven dates on which it may fall."""

    sample: _Transition
    dates: frozenset[tuple[int, int]]

    def holds(self, transition: _Transition) -> bool:
        wall = transition.wall
        return transition.habit == self.sample.habit and (wall.month, wall.day) in self.dates

    def rrules(self) -> Iterator[tuple[frozenset[int], str]]:
        """The recurrence, month by month: a week that reaches into the next month needs two."""
        weekday = _WEEKDAYS[self.sample.wall.weekday()]
        for month in sorted({month for month, _day in self.dates}):
            days = sorted(day for each, day in self.dates if each == month)
            yield frozenset(days), f"FREQ=YEARLY;BYMONTH={month};{_by_day(month, days, weekday)}"


def _by_day(month: int, days: list[int], weekday: str) -> str:
    """``BYDAY=-1SU`` and ``BYDAY=2SU`` where the week allows it: those every calendar knows."""
    if len(days) == 7 and days[-1] == calendar.monthrange(2041, month)[1]:
        return f"BYDAY=-1{weekday}"
    if len(days) == 7 and days[0] % 7 == 1:
        return f"BYDAY={days[0] // 7 + 1}{weekday}"
    return f"BYDAY={weekday};BYMONTHDAY={','.join(map(str, days))}"


def _recurring(transitions: list[_Transition]) -> _Recurring | None:
    if len({each.habit for each in transitions}) != 1:
        return None
    dates = frozenset((each.wall.month, each.wall.day) for each in transitions)
    ordinals = sorted(dt.date(2041, *date).timetuple().tm_yday for date in dates)
    week = len(ordinals) == 7 and ordinals[-1] - ordinals[0] == 6
    return _Recurring(transitions[0], dates) if week else None


def _yearly(zone: str, tz: ZoneInfo, pair: list[_Recurring]) -> Rule:
    """Follow the rule back to the year in which it began."""
    first: list[_Transition] = []
    for year in range(_RULED_YEARS[0], FIRST_YEAR - 1, -1):
        changes = list(_transitions(tz, year))
        if len(changes) != 2 or not all(each.holds(change) for each, change in zip(pair, changes, strict=True)):
            break
        first = changes
    summer = max(change.offset_to for change in first)
    observances = [
        Observance(
            name=change.name,
            daylight=change.offset_to == summer,
            start=_first_on(change.wall, days, rrule),
            offset_from=change.offset_from,
            offset_to=change.offset_to,
            rrule=rrule,
        )
        for each, change in zip(pair, first, strict=True)
        for days, rrule in each.rrules()
    ]
    return Rule(zone, first[0].at, tuple(observances))


def _first_on(wall: dt.datetime, days: frozenset[int], rrule: str) -> dt.datetime:
    """The first date from this change on that this part of the recurrence names."""
    month = int(rrule.split("BYMONTH=")[1].split(";")[0])
    years = range(wall.year, wall.year + 28)
    dates = (wall.replace(year=year, month=month, day=day) for year in years for day in sorted(days))
    return next(date for date in dates if date >= wall and date.weekday() == wall.weekday())


def _transitions(tz: ZoneInfo, year: int) -> Iterator[_Transition]:
    """Each instant of a year at which the zone's offset or its name changes; a state of under 20 days goes unseen."""
    before = dt.datetime(year, 1, 1, tzinfo=dt.UTC)
    end = dt.datetime(year + 1, 1, 1, tzinfo=dt.UTC)
    while before < end:
        after = min(before + dt.timedelta(days=20), end)
        if _state(tz, before) != _state(tz, after):
            at = _instant_of_change(tz, before, after)
            old, new = _state(tz, at - dt.timedelta(seconds=1)), _state(tz, at)
            yield _Transition(at, old[0], new[0], new[1])
        before = after


def _state(tz: ZoneInfo, moment: dt.datetime) -> tuple[dt.timedelta, str]:
    local = moment.astimezone(tz)
    return local.utcoffset() or dt.timedelta(), local.tzname() or ""


def _instant_of_change(tz: ZoneInfo, before: dt.datetime, after: dt.datetime) -> dt.datetime:
    """Halve the stretch until one second is left; ``after`` is in the new state."""
    old = _state(tz, before)
    while after - before > dt.timedelta(seconds=1):
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if _state(tz, middle) == old:
            before = middle
        else:
            after = middle
    return after
