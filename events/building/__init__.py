"""Building a programme by hand: the acts of the officer's grid, each undone and redone by who did it."""

from .acts import ChangedSinceError, redo_act, undo_act
from .clock import DAY_BEGINS, DAY_ENDS, clock_at, minutes_of
from .creating import create_session
from .days import programme_days
from .editing import edit_session
from .moving import move_session
from .people import Naming, shown_of
from .presence import note_presence
from .restoring import Earlier, read_earlier, restore_session
from .several import copy_day, shift_day
from .stale import StaleDayError, StaleSessionError

__all__ = [
    "DAY_BEGINS",
    "DAY_ENDS",
    "ChangedSinceError",
    "Earlier",
    "Naming",
    "StaleDayError",
    "StaleSessionError",
    "clock_at",
    "copy_day",
    "create_session",
    "edit_session",
    "minutes_of",
    "move_session",
    "note_presence",
    "programme_days",
    "read_earlier",
    "redo_act",
    "restore_session",
    "shift_day",
    "shown_of",
    "undo_act",
]
