"""Texts of rows in templates: in the reader's language, or visibly in the one they have."""

import datetime as dt
from decimal import Decimal

from django import template
from django.utils.formats import number_format
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
def labelled(label: str) -> str:
    """What a field is called: a text of a row as ``told``, words of our own as they are."""
    return told(label) if isinstance(label, Text) else label


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


@register.filter
def day_words(day: dt.date) -> str:
    """A day without its weekday: “10 Haziran 2027”."""
    return labels.date_words(day, weekday=False)


@register.filter
def grouped(number: int | Decimal) -> str:
    """A number with its thousands kept apart as the reader's language writes them: “1.240.000”, “1,240,000”."""
    return number_format(number, force_grouping=True)


@register.filter
def capital(text: str) -> str:
    """With a capital first letter by the rule of the reader's language."""
    return labels.sentence(str(text))


@register.filter
def host(address: str) -> str:
    """A web address as people read it: without how it is fetched."""
    return address.split("://", 1)[-1].removeprefix("www.").rstrip("/")


def _text(texts: Texts | Text) -> Text:
    return texts if isinstance(texts, Text) else pick(texts)
