"""Where each session of a day stands on a wide screen: rows by time, columns by room.

A day is cut into blocks at every moment that no session crosses. A block is one grid: its rows are the
stretches between the moments at which something starts or ends in it, so heights follow durations to the
minute and empty hours take no space. Pages cannot carry style attributes; places are class names, which
css/places.css knows up to the limits below. A block beyond them is shown as a list.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from events.models import Session
from events.programme import Day, Entry, Place, RoomShown

#: Rows of one block and columns of one day that the stylesheet knows.
MOST_ROWS = 300
MOST_LANES = 24
#: Heights go in steps of five minutes and stop growing at four hours.
STEP = 5
LONGEST = 240
#: How long an entry without an end counts as lasting when places are given out.
ASSUMED = dt.timedelta(minutes=30)
SHORTEST = dt.timedelta(minutes=STEP)
#: Kinds that keep their room's column though nothing runs beside them.
IN_A_ROOM = {
    Session.Kind.PARALLEL,
    Session.Kind.PANEL,
    Session.Kind.WORKSHOP,
    Session.Kind.TALK,
    Session.Kind.MEETING,
}
#: Kinds that are everybody's: they stand across all rooms though something starts while they last.
QUIET = {Session.Kind.BREAK, Session.Kind.MEAL, Session.Kind.FREE, Session.Kind.REGISTRATION}


@dataclass(frozen=True, slots=True)
class Tick:
    """A label of the time column: what the clock shows (empty where nothing starts), and how long its row lasts."""

    row: int
    clock: str
    starts_at: dt.datetime
    ends_at: dt.datetime

    @property
    def classes(self) -> str:
        minutes = (self.ends_at - self.starts_at).total_seconds() / 60
        steps = min(max(1, round(minutes / STEP)), LONGEST // STEP)
        return f"r{self.row} m{steps}"


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry with its classes; ``named`` says that the head of its column names its room."""

    entry: Entry
    classes: str = ""
    named: bool = False


@dataclass
class Block:
    """Entries that overlap, directly or through others; one without times is a block of its own."""

    entries: list[Entry]
    ends: dt.datetime | None = None
    gap: bool = False
    ticks: list[Tick] = field(default_factory=list)
    placed: list[Placed] = field(default_factory=list)

    @property
    def timed(self) -> bool:
        return self.ends is not None


@dataclass(frozen=True, slots=True)
class Column:
    """One room's column, as many lanes wide as things run in it at once."""

    room: RoomShown | Place | None
    start: int
    lanes: int

    @property
    def classes(self) -> str:
        return f"c{self.start} ce{self.start + self.lanes}"


class DayTable:
    """A programme day laid out: ``columns`` for its head, ``blocks`` from top to bottom."""

    def __init__(self, day: Day) -> None:
        self.date = day.date
        self.blocks = list(_blocks(day.entries))
        self._lanes = self._share_out()
        for block in self.blocks:
            self._place(block)

    @property
    def lanes(self) -> int:
        """Columns of the day's grid beside the time column."""
        return max((column.start + column.lanes - 2 for column in self.columns), default=1)

    @cached_property
    def columns(self) -> list[Column]:
        """Rooms in the order of the house, then venues without rooms, then what has no place."""
        found: dict[str, RoomShown | Place | None] = {}
        width: dict[str, int] = {}
        for entry, lane in self._lanes.values():
            key = _column_key(entry)
            found[key] = entry.room or entry.venue
            width[key] = max(width.get(key, 0), lane + 1)
        columns, start = [], 2
        for key in sorted(found, key=lambda key: _house_order(found[key], key)):
            columns.append(Column(found[key], start, width[key]))
            start += width[key]
        return columns

    @property
    def has_columns(self) -> bool:
        """Whether there is anything side by side on this day that the page can lay out."""
        return 1 < self.lanes <= MOST_LANES

    def _share_out(self) -> dict[str, tuple[Entry, int]]:
        """Give each entry that needs a column its lane within its room: the first that is free."""
        lanes: dict[str, tuple[Entry, int]] = {}
        free: dict[str, list[dt.datetime]] = {}
        for block in self.blocks:
            if not block.timed or _is_whole(block):
                continue
            for entry in block.entries:
                ends = free.setdefault(_column_key(entry), [])
                start = _start(entry)
                lane = next((i for i, end in enumerate(ends) if end <= start), len(ends))
                ends[lane : lane + 1] = [_end(entry)]
                lanes[entry.key] = (entry, lane)
        return lanes

    def _place(self, block: Block) -> None:
        edges = sorted({edge for entry in block.entries if entry.timed for edge in (_start(entry), _end(entry))})
        if not block.timed or len(edges) > MOST_ROWS or self.lanes > MOST_LANES:
            block.placed = [Placed(entry, "full") for entry in block.entries]
            return
        row = {edge: number for number, edge in enumerate(edges, start=1)}
        clocks: dict[dt.datetime, str] = {}
        for entry in block.entries:
            clocks.setdefault(_start(entry), f"{entry.local_start:%H:%M}")
        block.ticks = [Tick(row[edge], clocks.get(edge, ""), edge, following) for edge, following in pairwise(edges)]
        column = {_column_key_of(each.room): each for each in self.columns}
        block.placed = [self._placed(entry, row, column) for entry in block.entries]

    def _placed(self, entry: Entry, row: dict[dt.datetime, int], column: dict[str, Column]) -> Placed:
        rows = f"r{row[_start(entry)]} re{row[_end(entry)]}"
        if entry.key not in self._lanes or not self.has_columns:
            return Placed(entry, f"{rows} full")
        mine = column[_column_key(entry)]
        start = mine.start + self._lanes[entry.key][1]
        return Placed(entry, f"{rows} c{start} ce{start + 1}", named=mine.room is not None)


def _blocks(entries: Iterable[Entry]) -> Iterator[Block]:
    """Cut the day where nothing runs; an untimed entry follows the block of what stands before it."""
    block: Block | None = None
    waiting: list[Entry] = []
    busy_until: dt.datetime | None = None
    for entry in entries:
        if not entry.timed:
            waiting.append(entry)
            continue
        start = _start(entry)
        if block and block.ends and start < block.ends:
            block.entries.append(entry)
            block.ends = max(block.ends, _end(entry))
        else:
            if block:
                yield block
            yield from (Block([each]) for each in waiting)
            waiting = []
            quiet = entry.kind in QUIET
            block = Block([entry], start if quiet else _end(entry), gap=busy_until is not None and start > busy_until)
        busy_until = max(busy_until or start, _end(entry))
    if block:
        yield block
    yield from (Block([each]) for each in waiting)


def _is_whole(block: Block) -> bool:
    """Whether the block is one thing for everybody, across all rooms."""
    only = block.entries[0]
    return len(block.entries) == 1 and (only.kind not in IN_A_ROOM or only.room is None)


def _start(entry: Entry) -> dt.datetime:
    if entry.starts_at is None:
        raise ValueError("an untimed entry has no place in the grid")
    return entry.starts_at


def _end(entry: Entry) -> dt.datetime:
    start = _start(entry)
    return max(entry.ends_at or start + ASSUMED, start + SHORTEST)


def _column_key(entry: Entry) -> str:
    return _column_key_of(entry.room or entry.venue)


def _column_key_of(place: RoomShown | Place | None) -> str:
    return place.key if place else ""


def _house_order(place: RoomShown | Place | None, key: str) -> tuple[int, int, str]:
    if isinstance(place, RoomShown):
        return (0, place.order, key)
    return (1 if place else 2, 0, key)
