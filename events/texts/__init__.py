"""All texts of an event in both languages: what is missing or stale, written one by one, suggested by a machine."""

from .keys import TextKey
from .reading import Cell, Pair, Part, TextTable
from .suggesting import discard_suggestion, suggest_missing, suggest_text
from .writing import StaleTextError, confirm_text, write_text

__all__ = [
    "Cell",
    "Pair",
    "Part",
    "StaleTextError",
    "TextKey",
    "TextTable",
    "confirm_text",
    "discard_suggestion",
    "suggest_missing",
    "suggest_text",
    "write_text",
]
