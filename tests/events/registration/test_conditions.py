"""When a question is asked, and what becomes of answers to those that are not."""

from typing import Any

import pytest

from events.models import Answer
from events.registration.answering import questions_of, read_answers, write_answers
from events.registration.conditions import asked, holds
from tests.events.registration.applying import apply, taking
from tests.factories import QuestionFactory


@pytest.mark.parametrize(
    ("test", "value", "met"),
    [
        ({"is": "equals", "value": True}, True, True),
        ({"is": "equals", "value": True}, False, False),
        ({"is": "equals", "value": True}, None, False),
        ({"is": "equals", "value": "vegan"}, "vegan", True),
        ({"is": "equals", "value": "vegan"}, ["halal", "vegan"], True),
        ({"is": "equals", "value": "2.50"}, "2.5", True),
        ({"is": "differs", "value": "vegan"}, "halal", True),
        ({"is": "differs", "value": "vegan"}, None, True),
        ({"is": "more", "value": "10"}, "9", False),
        ({"is": "more", "value": "9"}, "10", True),
        ({"is": "more", "value": "9"}, "nine", False),
        ({"is": "less", "value": "2027-06-10"}, "2027-06-09", True),
        ({"is": "more", "value": "2027-06-10"}, "12", False),
        ({"is": "answered"}, False, True),
        ({"is": "answered"}, [], False),
    ],
)
def test_one_test(test: dict[str, Any], value: Any, met: bool) -> None:
    condition = {"match": "all", "tests": [{"question": "q", **test}]}
    assert holds(condition, {} if value is None else {"q": value}) is met


def test_all_or_any() -> None:
    tests = [{"question": "a", "is": "equals", "value": True}, {"question": "b", "is": "more", "value": "3"}]
    answers = {"a": True, "b": "2"}
    assert (holds({"match": "all", "tests": tests}, answers), holds({"match": "any", "tests": tests}, answers)) == (
        False,
        True,
    )
    assert holds({}, {}) is True


@pytest.mark.django_db
def test_what_is_not_asked_is_not_kept_and_asks_nothing_further() -> None:
    event = taking()
    visa = QuestionFactory(event=event, kind="yes_no")
    number = QuestionFactory(event=event, condition={"tests": [{"question": visa.key, "is": "equals", "value": True}]})
    until = QuestionFactory(event=event, condition={"tests": [{"question": number.key, "is": "answered"}]})
    questions = questions_of(event.pk)
    everything = {visa.key: False, number.key: "U 123", until.key: "2030-01-01"}
    assert asked(questions, everything) == [visa]
    row = apply(event)
    changed = write_answers(row, {visa: True, number: "U 123", until: "2030-01-01"})
    assert changed == [visa.key, number.key, until.key]
    changed = write_answers(row, {visa: False, number: "U 123", until: "2030-01-01"})
    assert (changed, read_answers(row)) == ([visa.key, number.key, until.key], {visa.key: False})
    assert write_answers(row, {visa: False, number: "", until: ""}) == []
    assert Answer.objects.count() == 1
