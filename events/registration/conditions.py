"""Whether a question is asked, by what was answered to earlier ones.

A condition is ``{"match": "all" | "any", "tests": [{"question": key, "is": operator, "value": …}, …]}``. A question
that is not asked counts as not answered, so conditions may build on one another.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext_lazy as _

from events.models import Question

#: By code: what the officer chooses. ``answered`` needs no value.
OPERATORS = {
    "equals": _("is"),
    "differs": _("is not"),
    "more": _("is more, or later, than"),
    "less": _("is less, or earlier, than"),
    "answered": _("was answered"),
}


def asked(questions: Iterable[Question], answers: Mapping[str, Any]) -> list[Question]:
    """The questions that these answers lead to, in order; ``answers`` are by the question's key."""
    known: dict[str, Any] = {}
    found = []
    for question in questions:
        if holds(question.condition, known):
            found.append(question)
            if not is_empty(answers.get(question.key)):
                known[question.key] = answers[question.key]
    return found


def holds(condition: Mapping[str, Any], answers: Mapping[str, Any]) -> bool:
    """Whether a condition is met; an empty one always is."""
    tests = condition.get("tests") or []
    if not tests:
        return True
    results = [_met(test, answers.get(test["question"])) for test in tests]
    return any(results) if condition.get("match") == "any" else all(results)


def reduced(condition: Mapping[str, Any], answers: Mapping[str, Any], here: Collection[str]) -> dict[str, Any] | None:
    """What a condition comes to on a form that asks only some questions (``here``, by key); None where it cannot hold.

    Tests on other questions are answered by what was said there.
    """
    tests = condition.get("tests") or []
    left = [test for test in tests if test["question"] in here]
    said = [_met(test, answers.get(test["question"])) for test in tests if test["question"] not in here]
    if condition.get("match") == "any":
        if any(said):
            return {}
        return {**condition, "tests": left} if left or not tests else None
    if not all(said):
        return None
    return {**condition, "tests": left} if left else {}


def is_empty(value: Any) -> bool:
    """Whether nothing was answered; ``no`` is an answer."""
    return value is None or value == "" or value == []


def _met(test: Mapping[str, Any], value: Any) -> bool:
    operator, wanted = test["is"], test.get("value")
    if operator == "answered":
        return not is_empty(value)
    if operator == "differs":
        return not _same(value, wanted)
    if is_empty(value):
        return False
    if operator == "equals":
        return _same(value, wanted)
    first, second = _comparable(value), _comparable(wanted)
    if first is None or second is None or type(first) is not type(second):
        return False
    return first > second if operator == "more" else first < second  # type: ignore[operator]


def _same(value: Any, wanted: Any) -> bool:
    """One of several choices counts as the answer too."""
    if isinstance(value, list):
        return wanted in value
    first, second = _comparable(value), _comparable(wanted)
    if isinstance(first, Decimal) and isinstance(second, Decimal):
        return first == second
    return bool(value == wanted)


def _comparable(value: Any) -> Decimal | dt.date | None:
    """A number or a day, from the way answers are kept."""
    if isinstance(value, bool):
        return None
    try:
        if str(value).count("-") == 2:
            return dt.date.fromisoformat(str(value))
        number = Decimal(str(value))
    except (InvalidOperation, ValueError):
        return None
    return number if number.is_finite() else None  # “nan” is a word
