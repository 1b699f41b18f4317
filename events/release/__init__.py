"""The pivot: working rows become a frozen, numbered document that everything public reads."""

from .comparison import Change, Comparison, Released
from .planning import release_due_plans, schedule_release, unschedule_release, when_words
from .preview import preview_programme
from .reach import (
    Entries,
    Recipient,
    Recipients,
    calendar_entries,
    read_recipients,
    register_recipients,
)
from .verbs import (
    ComparisonOutdatedError,
    cancel_event,
    compare_programme,
    open_release,
    reinstate_event,
    release_programme,
    withdraw_event,
)

__all__ = [
    "Change",
    "Comparison",
    "ComparisonOutdatedError",
    "Entries",
    "Recipient",
    "Recipients",
    "Released",
    "calendar_entries",
    "cancel_event",
    "compare_programme",
    "open_release",
    "preview_programme",
    "read_recipients",
    "register_recipients",
    "reinstate_event",
    "release_due_plans",
    "release_programme",
    "schedule_release",
    "unschedule_release",
    "when_words",
    "withdraw_event",
]
