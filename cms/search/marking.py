"""A text around what was looked for, with that marked; whatever letters it is written with."""

from collections.abc import Iterable

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from events.turkish import fold

#: Words of an excerpt, and how many of them before the first hit.
LENGTH, BEFORE = 36, 10


def marked(text: str, words: Iterable[str]) -> SafeString:
    """The text with every word marked that has one of the folded words in it."""
    return _joined(text.split(), list(words))


def excerpt(texts: Iterable[str], words: Iterable[str]) -> SafeString:
    """The piece of the first text that has a hit; where none has, the beginning of the first."""
    wanted, first = list(words), ""
    for text in texts:
        parts = text.split()
        at = next((place for place, part in enumerate(parts) if _hits(part, wanted)), None)
        if at is not None:
            return _piece(parts, max(0, at - BEFORE), wanted)
        first = first or text
    return _piece(first.split(), 0, wanted)


def _piece(parts: list[str], start: int, words: list[str]) -> SafeString:
    """So many words from there on, with dots where something is left out."""
    end = start + LENGTH
    left, right = "… " if start else "", " …" if end < len(parts) else ""
    return format_html("{}{}{}", left, _joined(parts[start:end], words), right)


def _joined(parts: list[str], words: list[str]) -> SafeString:
    return SafeString(
        " ".join(f"<mark>{escape(part)}</mark>" if _hits(part, words) else escape(part) for part in parts)
    )


def _hits(part: str, words: list[str]) -> bool:
    folded = fold(part)
    return any(word in folded for word in words)
