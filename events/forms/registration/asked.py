"""Form fields made of questions, and answers made of what was typed."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events import labels
from events.bilingual import Text, active_language, pick
from events.countries import COUNTRIES
from events.forms.public import DayField, LineField, NumberField, TextField
from events.models import Question
from events.registration.conditions import OPERATORS
from events.turkish import sort_key

LONGEST_LINE, LONGEST_TEXT = 255, 5000
#: So many choices stand below each other as circles; more of them are a list that opens.
MOST_CIRCLES = 7


def field_of(question: Question) -> forms.Field:
    """The field that asks a question; whether it has to be answered is for the form to say, which knows the others."""
    named: dict[str, Any] = {"label": question.label, "help_text": help_of(question), "required": False}
    match question.kind:
        case Question.Kind.LONG_TEXT:
            return TextField(max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 4}), **named)
        case Question.Kind.CHOICE:
            return _choice(choices_of(question), empty=not question.required, **named)
        case Question.Kind.CHOICES:
            boxes = forms.CheckboxSelectMultiple
            return forms.MultipleChoiceField(choices=_marked(choices_of(question)), widget=boxes, **named)
        case Question.Kind.YES_NO:
            return YesNoField(empty=not question.required, **named)
        case Question.Kind.DATE:
            return DayField(**named)
        case Question.Kind.NUMBER:
            return NumberField(**named)
        case Question.Kind.COUNTRY:
            return _choice(countries(), empty=not question.required, **named)
        case Question.Kind.FILE:
            return forms.FileField(widget=UploadInput, **named)
        case _:
            return LineField(max_length=LONGEST_LINE, **named)


def help_of(question: Question) -> str:
    """What helps to answer, then why it is asked: both stand before the field."""
    why = _("Why we ask: %(purpose)s.") % {"purpose": question.purpose.rstrip(".")} if question.purpose else ""
    sealed = _("Kept encrypted.") if question.sensitive else ""
    size = _("A PDF, JPEG or PNG of up to %(limit)s MB.") % {"limit": question.megabytes}
    file = size if question.kind == Question.Kind.FILE else ""
    return " ".join(part for part in (str(question.help), file, why, sealed) if part)


class UploadInput(forms.FileInput):
    """Offers what can be sent; what is sent is known by its content. The file itself is the view's business."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"accept": ".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png", **(attrs or {})})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> None:
        return None

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or nothing said."""

    def __init__(self, *, empty: bool = False, **kwargs: Any) -> None:
        choices = [*_unanswered(empty), ("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]
        super().__init__(
            choices=choices, widget=forms.RadioSelect, coerce=lambda each: each == "yes", empty_value=None, **kwargs
        )

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


def _unanswered(empty: bool) -> list[tuple[str, Any]]:
    """A circle once chosen cannot be emptied again: where nothing has to be answered, one stands for that."""
    return [("", gettext_lazy("Leave it unanswered"))] if empty else []


def _choice(choices: list[tuple[str, str]], *, empty: bool = False, **named: Any) -> forms.ChoiceField:
    if len(choices) <= MOST_CIRCLES:
        circles = [*_unanswered(empty), *_marked(choices)]
        return forms.ChoiceField(choices=circles, widget=forms.RadioSelect, **named)
    return forms.ChoiceField(choices=[("", _("Choose")), *choices], **named)


def choices_of(question: Question) -> list[tuple[str, str]]:
    """The choices of a question, in the reader's language."""
    return [(option["key"], pick(_texts(option))) for option in question.options]


def _marked(choices: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Choices in the other language are marked as such, for screen readers and hyphenation."""
    return [(key, _in_its_language(words)) for key, words in choices]


def _in_its_language(words: str) -> str:
    language = words.language if isinstance(words, Text) else ""
    if language in ("", active_language()):
        return words
    return format_html('<span lang="{}">{}</span>', language, words)


def _texts(option: dict[str, str]) -> dict[str, str]:
    return {language: option[language] for language in ("tr", "en") if option.get(language)}


def countries() -> list[tuple[str, str]]:
    """All countries by the reader's alphabet."""
    place = ("tr", "en").index(active_language())
    named = [(code, names[place]) for code, names in COUNTRIES.items()]
    return sorted(named, key=lambda each: sort_key(each[1]))


def kept(value: Any) -> Any:
    """What was typed as an answer is kept: plain data."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, dt.date):
        return value.isoformat()
    return value


def shown(question: Question, value: Any) -> Any:
    """An answer as its field takes it back."""
    if value is None:
        return None
    if question.kind == Question.Kind.FILE:
        return None
    if question.kind == Question.Kind.NUMBER:
        return Decimal(str(value))
    if question.kind == Question.Kind.DATE:
        return dt.date.fromisoformat(value)
    return value


def told(question: Question, value: Any) -> str:
    """An answer in words."""
    if value is None or value in ("", []):
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if question.kind == Question.Kind.DATE:
        return labels.date_words(dt.date.fromisoformat(value), weekday=False)
    if question.kind in (Question.Kind.CHOICE, Question.Kind.CHOICES):
        names = dict(choices_of(question))
        return ", ".join(str(names.get(each, each)) for each in (value if isinstance(value, list) else [value]))
    if question.kind == Question.Kind.FILE:
        return file_words(value)
    if question.kind == Question.Kind.COUNTRY:
        return dict(countries()).get(value, value)
    return str(value)


def file_words(value: dict[str, Any]) -> str:
    """A file in words: what it was called, what it is, how large."""
    size = number_format(max(round(value["size"] / 1_000_000, 1), 0.1), decimal_pos=1)
    return f"{value['name'] or _('file')} ({value['kind'].upper()}, {size} MB)"


def condition_words(question: Question, questions: Sequence[Question]) -> str:
    """When a question is asked, for those whose browser runs no script; empty for always."""
    by_key = {each.key: each for each in questions}
    tests = [test for test in question.condition.get("tests") or [] if test["question"] in by_key]
    if not tests:
        return ""
    told_tests = [_test_words(by_key[test["question"]], test) for test in tests]
    link = f" {_('or')} " if question.condition.get("match") == "any" else f" {_('and')} "
    return _("Only if: %(conditions)s") % {"conditions": link.join(told_tests)}


def _test_words(other: Question, test: dict[str, Any]) -> str:
    operator = str(OPERATORS[test["is"]])
    value = "" if test["is"] == "answered" else f" “{told(other, test.get('value'))}”"
    return f"“{other.label}” {operator}{value}"
