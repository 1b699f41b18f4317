"""What an officer types about the answers a question can have: its choices, and what conditions compare with."""

import datetime as dt
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from events.forms.public import NumberField
from events.models import Question
from events.turkish import clean, fold, slug

from .asked import kept

Choice = dict[str, str]
#: From here on other words in the same line are the same choice, with a letter corrected.
_ALIKE = 0.75


def read_choices(typed: str, before: Sequence[Choice]) -> list[Choice]:
    """Choices, one a line, Turkish and English with a bar between them.

    One that was there keeps its key, by which answers and conditions know it: by its words in either language, or
    by its place where only a letter or two of them were corrected.
    """
    lines = [_parted(line) for line in clean(typed, lines=True).split("\n")]
    lines = [line for line in lines if line["tr"]]
    keys = _kept_keys(lines, before)
    taken = {each["key"] for each in before}
    for place, line in enumerate(lines):
        if place not in keys:
            key = slug(line["tr"], length=30) or f"o{place}"
            keys[place] = key if key not in taken else f"{key}-{place}"
            taken.add(keys[place])
    return [{"key": keys[place], **line} for place, line in enumerate(lines)]


def refuse_equals(typed: str) -> None:
    """Say what to write instead of ``Elma = Apple``: people would be shown all of it as one choice.

    ``1 = Never`` explains a step of a scale, and is meant to be shown so.
    """
    for line in clean(typed, lines=True).split("\n"):
        before, equals, after = (part.strip() for part in line.partition("="))
        worded = any(char.isalpha() for char in before)
        if worded and equals and after and "|" not in line:
            raise ValidationError(
                _(
                    "“%(line)s” has no bar. Write the Turkish words, a bar, then the English ones, without “=”: "
                    "Elma | Apple"
                )
                % {"line": line[:80]}
            )


def _parted(line: str) -> Choice:
    turkish, _bar, english = (part.strip() for part in line.partition("|"))
    return {"tr": turkish, "en": english}


def _kept_keys(lines: Sequence[Choice], before: Sequence[Choice]) -> dict[int, str]:
    """The keys that stay, by the number of the line."""
    found: dict[int, str] = {}
    left = dict(enumerate(before))
    for is_same in (_same_in("tr"), _same_in("en")):
        for place, line in enumerate(lines):
            same = [number for number, each in left.items() if is_same(line, each)]
            if place not in found and same:
                found[place] = left.pop(same[0])["key"]
    for place, each in left.items():
        if place < len(lines) and place not in found and _is_alike(lines[place]["tr"], each["tr"]):
            found[place] = each["key"]
    return found


def _same_in(language: str) -> Callable[[Choice, Choice], bool]:
    return lambda line, before: bool(line[language]) and fold(line[language]) == fold(before.get(language, ""))


def _is_alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, fold(one), fold(other)).ratio() >= _ALIKE


def read_value(question: Question, typed: str) -> Any:
    """What an officer typed, as an answer to a question is kept; None where it can be no answer."""
    typed = clean(typed)
    if question.kind == Question.Kind.YES_NO:
        return {"evet": True, "yes": True, "hayir": False, "no": False}.get(fold(typed))
    if question.kind in (Question.Kind.CHOICE, Question.Kind.CHOICES):
        named = {
            fold(each[language]): each["key"]
            for each in question.options
            for language in ("tr", "en")
            if each.get(language)
        }
        return named.get(fold(typed))
    if question.kind == Question.Kind.NUMBER:
        return _number(typed)
    if question.kind == Question.Kind.DATE:
        return _day(typed)
    return typed or None


def _number(typed: str) -> str | None:
    """As people answer it: nothing that they cannot type, nor what only computers call a number."""
    try:
        number: str = kept(NumberField().clean(typed))
    except ValidationError:
        return None
    return number


def _day(typed: str) -> str | None:
    for form in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return dt.datetime.strptime(typed, form).date().isoformat()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None
