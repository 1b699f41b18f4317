"""Wall-clock times of a programme day as minutes since the midnight it begins with, and back.

A programme day goes from 04:00 to 04:00; what is later in the night has more than 1440 minutes.
"""

import datetime as dt

from events.models.programme import NIGHT_ENDS, date_of

MINUTES_A_DAY = 24 * 60
#: The first and the last minute of a programme day.
DAY_BEGINS = NIGHT_ENDS.hour * 60
DAY_ENDS = DAY_BEGINS + MINUTES_A_DAY


def minutes_of(day: dt.date, time: dt.time, stated: dt.date | None = None) -> int:
    """How many minutes after the midnight before ``day`` a time lies; ``stated`` is its date where one is kept."""
    days = (date_of(day, time, stated) - day).days
    return days * MINUTES_A_DAY + time.hour * 60 + time.minute


def clock_at(day: dt.date, minutes: int) -> tuple[dt.time, dt.date | None]:
    """The time so many minutes after midnight, and its date where the time alone would not tell it."""
    days, rest = divmod(minutes, MINUTES_A_DAY)
    time, date = dt.time(*divmod(rest, 60)), day + dt.timedelta(days=days)
    return time, None if date_of(day, time) == date else date
