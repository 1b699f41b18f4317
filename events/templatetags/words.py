"""Texts of rows in templates: in the reader's language, or visibly in the one they have."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from events import labels
from events.bilingual import Text, Texts, active_language, pick
from events.views.cards import paragraphs

register = template.Library()


@register.filter
def told(texts: Texts | Text) -> str:
    """A title or name; in another language it carries that language's name behind it."""
    text = _text(texts)
    if not text or text.language in {"", active_language()}:
        return text
    note = labels.language_name(text.language)
    return format_html('<span lang="{}">{}</span> <span class="tongue">{}</span>', text.language, text, note)


@register.filter
def quietly(texts: Texts | Text) -> str:
    """A name where a note would disturb: only marked for screen readers and hyphenation."""
    text = _text(texts)
    if not text or text.language in {"", active_language()}:
        return text
    return format_html('<span lang="{}">{}</span>', text.language, text)


@register.filter
def prose(texts: Texts | Text) -> str:
    """A long text in paragraphs; in another language under a note that names it."""
    text = _text(texts)
    body = SafeString(paragraphs(text))
    if not text or text.language in {"", active_language()}:
        return body
    note = labels.language_name(text.language)
    return format_html('<p class="tongue">{}</p><div lang="{}">{}</div>', note, text.language, body)


def _text(texts: Texts | Text) -> Text:
    return texts if isinstance(texts, Text) else pick(texts)
