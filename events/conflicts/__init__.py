"""What clashes in a working programme, and how badly. Warnings, never refusals; each can be let stand with a note."""

from .accepting import Standing, Warnings, accept_warning, read_warnings, reopen_warning
from .find import find_conflicts
from .kinds import SEVERITY, Conflict, Severity

__all__ = [
    "SEVERITY",
    "Conflict",
    "Severity",
    "Standing",
    "Warnings",
    "accept_warning",
    "find_conflicts",
    "read_warnings",
    "reopen_warning",
]
