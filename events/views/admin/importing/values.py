"""The plain values of an outcome (events/exchange/outcome.py) in the reader's words."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from events.bilingual import pick
from events.exchange.columns import ROLE_OF
from events.labels import date_words, language_name, role_label, sentence
from events.models import Contribution, Session

#: How much of a text stands before and behind what differs, and how much of it is shown at all.
_AROUND, _LONGEST = 40, 240


def field_label(name: str) -> str:
    """A field as the session's form calls it."""
    role = ROLE_OF.get(name, name)
    if role in Contribution.Role.values:
        return sentence(role_label(role))
    field = Session._meta.get_field(name)
    return sentence(str(getattr(field, "verbose_name", name)))


def told(name: str, value: Any) -> str:
    """A value in words; nothing is a dash."""
    if isinstance(value, dict):
        return _special(value)
    if isinstance(value, list):
        return _listed(name, value)
    if value in (None, ""):
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    choices = dict(getattr(Session._meta.get_field(name), "flatchoices", ()))
    return str(choices.get(value, value))


def _special(value: dict[str, Any]) -> str:
    if "date" in value:
        return date_words(dt.date.fromisoformat(value["date"]))
    if "time" in value:
        return str(value["time"])
    return pick(value["name"]) or "–" if "name" in value else f"{value['text']} …"


def _listed(name: str, values: list[Any]) -> str:
    if name == "languages":
        return ", ".join(language_name(tag) for tag in values) or "–"
    return "; ".join(_person(each) if isinstance(each, list) else told(name, each) for each in values) or "–"


def _person(named: list[str]) -> str:
    name, *shown = named
    return " — ".join([name, *dict.fromkeys(filter(None, shown))])


def differing(old: str, new: str) -> tuple[str, str]:
    """Of two long texts what differs, with a little around it: nobody compares two pages by eye."""
    if max(len(old), len(new)) <= _LONGEST:
        return old, new
    start = _common(old, new)
    end = min(_common(old[::-1], new[::-1]), min(len(old), len(new)) - start)
    return tuple(_cut(text, max(0, start - _AROUND), len(text) - max(0, end - _AROUND)) for text in (old, new))  # type: ignore[return-value]


def _common(one: str, other: str) -> int:
    for place, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return place
    return min(len(one), len(other))


def _cut(text: str, start: int, end: int) -> str:
    end = min(end, start + _LONGEST)
    return f"{'… ' if start else ''}{text[start:end]}{' …' if end < len(text) else ''}"
