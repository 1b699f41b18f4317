"""Texts in several languages on paper, each told which it is."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from events.bilingual import Text

register = template.Library()


@register.filter
def spans(texts: Iterable[Text]) -> SafeString:
    """``Salon Ihlamur / Linden Room``, each part with its ``lang``."""
    return format_html_join(" / ", '<span lang="{}">{}</span>', ((text.language, text) for text in texts))


@register.filter
def within(text: Text, language: str) -> SafeString | str:
    """A text in a column of ``language``: with its own ``lang`` where it is in another."""
    if not text.language or text.language == language:
        return text
    return format_html('<span lang="{}">{}</span>', text.language, text)
