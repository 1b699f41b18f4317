"""What clashes in a working programme, and how badly. Warnings, never refusals."""

from .find import find_conflicts
from .kinds import SEVERITY, Conflict, Severity

__all__ = ["SEVERITY", "Conflict", "Severity", "find_conflicts"]
