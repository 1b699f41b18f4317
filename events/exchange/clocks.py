"""A file whose clock is not the event's: its times become moments, which the import puts on the clocks of their places."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from .rows import Reading


def on_clock_of(reading: Reading, zone: str) -> Reading:
    """Read the file's times as those of ``zone``, except in rows that state a zone of their own."""
    for row in reading.rows:
        if not (row.start_zone or row.end_zone):
            row.start, row.end = _there(row.start, zone), _there(row.end, zone)
    return reading


def _there(moment: datetime | None, zone: str) -> datetime | None:
    return moment.replace(tzinfo=ZoneInfo(zone)) if moment and moment.tzinfo is None else moment
