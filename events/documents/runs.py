"""Runs of text as HTML: as few pieces as languages allow, because each piece is laid out by itself."""

from collections.abc import Iterable

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from events.bilingual import Text


def run(text: Text, language: str) -> SafeString:
    """A text where ``language`` is spoken: with its own ``lang`` where it is in another."""
    if not text.language or text.language == language:
        return escape(text)
    return format_html('<span lang="{}">{}</span>', text.language, text)


def in_column(texts: Iterable[Text], language: str, between: str) -> SafeString:
    """Several texts in one line."""
    return SafeString(between.join(run(text, language) for text in texts))


def side_by_side(texts: Iterable[Text]) -> SafeString:
    """``Salon Ihlamur / Linden Room``, each part with its ``lang``."""
    return SafeString(" / ".join(format_html('<span lang="{}">{}</span>', text.language, text) for text in texts))


def named(name: str, position: Text, language: str) -> SafeString:
    """``Ayşe Örnek, Genel Sekreter``."""
    return format_html("{}, {}", name, run(position, language)) if position else escape(name)
