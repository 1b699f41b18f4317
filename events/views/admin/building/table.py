"""The programme of a day as a table by time and column: what works without script, and what is printed."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from events import labels
from events.building import minutes_of
from events.models import Session

from .reading import Column, Working


@dataclass(frozen=True)
class Row:
    """What starts at one time, by column; ``clock`` is empty for what has no time yet."""

    clock: str
    cells: list[list[Session]]


@dataclass(frozen=True)
class DayTable:
    """One day: the columns that it uses, and its rows by time, those without a time last."""

    date: dt.date
    columns: list[Column]
    rows: list[Row]

    @property
    def name(self) -> str:
        return labels.date_words(self.date)


def day_table(working: Working, day: dt.date, wanted: Callable[[Session], bool]) -> DayTable:
    """The table of one day with the sessions that are wanted."""
    cells: dict[tuple[int, str], list[Session]] = {}
    for session in working.sessions:
        if session.day == day and wanted(session):
            for key in working.keys_of(session):
                cells.setdefault((_minutes(session), key), []).append(session)
    used = {key for _minute, key in cells}
    columns = [column for column in working.columns if column.key in used]
    rows = [
        Row(_clock(minute), [cells.get((minute, column.key), []) for column in columns])
        for minute in sorted({minute for minute, _key in cells})
    ]
    return DayTable(day, columns, rows)


_UNTIMED = 10**9


def _minutes(session: Session) -> int:
    return minutes_of(session.day, session.start, session.start_day) if session.start else _UNTIMED


def _clock(minute: int) -> str:
    if minute == _UNTIMED:
        return ""
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"
