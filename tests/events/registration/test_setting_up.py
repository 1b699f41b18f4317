"""What an officer changes of the questions while people answer them: nothing that was said loses its meaning."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from events.forms.registration.choices import read_choices, read_value
from events.models import Answer, Event, Question
from events.registration import Filled
from events.registration.answering import read_answers
from events.registration.setting_up import copy_form, save_question
from tests.events.registration.applying import apply, taking
from tests.events.registration.browsing import path_of
from tests.factories import QuestionFactory

pytestmark = pytest.mark.django_db
DIET = [{"key": "vejeteryan", "tr": "Vejeteryan", "en": "Vegetarian"}, {"key": "helal", "tr": "Helal", "en": "Halal"}]
ROOMS = [{"key": "tek", "tr": "Tek", "en": "Single"}, {"key": "cift", "tr": "Çift", "en": "Double"}]


def chain(**first: Any) -> tuple[Question, Question]:
    """A question, and another that is asked only by what is answered to it."""
    event = taking()
    looked_at = QuestionFactory(event=event, kind="choice", options=ROOMS, **first)
    test = {"question": looked_at.key, "is": "equals", "value": "tek"}
    return looked_at, QuestionFactory(event=event, condition={"match": "all", "tests": [test]})


@pytest.mark.parametrize(
    ("field", "value"),
    [("kind", "date"), ("scope", "group"), ("stage", "details"), ("options", ROOMS[1:])],
)
def test_what_a_condition_looks_at_stays(field: str, value: Any, client: Client) -> None:
    question, following = chain()
    setattr(question, field, value)
    with pytest.raises(ValidationError, match="Another question depends") as refused:
        save_question(question=question)
    assert list(refused.value.message_dict) == ["choices" if field == "options" else field]
    assert client.get(path_of(question.event)).status_code == 200
    following.delete()
    save_question(question=question)
    assert getattr(Question.objects.get(), field) == value


def test_what_no_condition_names_may_go_and_what_comes_after_confirming_may_look_back() -> None:
    question, following = chain()
    question.options = ROOMS[:1]
    save_question(question=question)
    Question.objects.filter(pk=following.pk).update(stage="details")
    question.stage = "details"
    save_question(question=question)
    assert (question.options, Question.objects.filter(stage="details").count()) == (ROOMS[:1], 2)


def test_a_choice_that_was_chosen_stays(client: Client) -> None:
    question = QuestionFactory(event=taking(), kind="choices", options=ROOMS, sensitive=True)
    row = apply(question.event, "Ali", filled=Filled(answers={question: ["cift"]}))
    question.options = ROOMS[:1]
    with pytest.raises(ValidationError, match="“Double” was chosen already"):
        save_question(question=question)
    question.options = ROOMS[1:]
    save_question(question=question)
    assert read_answers(row) == {question.key: ["cift"]}
    Answer.objects.all().delete()
    question.options = ROOMS[:1]
    save_question(question=question)


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("Vejetaryen | Vegetarian\nHelal | Halal", ["vejeteryan", "helal"]),  # a letter corrected
        ("Vejetaryen\nHelâl | Halal", ["vejeteryan", "helal"]),
        ("Helal | Halal\nEt yemeyen | Vegetarian", ["helal", "vejeteryan"]),  # other words in one language
        ("Balık | Fish\nHelal | Halal", ["balik", "helal"]),  # another choice in its place
        ("Vejeteryan | Vegetarian\nHelal | Halal\nhelal", ["vejeteryan", "helal", "helal-2"]),
        ("★ | Star\nHelal", ["o0", "helal"]),
    ],
)
def test_a_choice_keeps_its_key_when_its_words_are_corrected(typed: str, keys: list[str]) -> None:
    assert [each["key"] for each in read_choices(typed, DIET)] == keys


def test_a_new_choice_never_takes_the_key_of_one_that_is_gone() -> None:
    before = [{"key": "vegan", "tr": "Bitkisel", "en": "Plants"}]
    assert [each["key"] for each in read_choices("Vegan | Strictly vegan", before)] == ["vegan-0"]


@pytest.mark.parametrize(
    ("typed", "value"),
    [("2,5", "2.5"), ("-3", "-3"), ("1.000", None), ("NaN", None), ("1e999999999", None), ("", None)],
)
def test_a_condition_compares_with_numbers_that_people_can_answer(typed: str, value: str | None) -> None:
    assert read_value(Question(kind="number"), typed) == value


def test_a_form_that_is_copied_twice_asks_nothing_twice() -> None:
    question, following = chain()
    other = taking()
    QuestionFactory(event=other, position=7)
    for count in (2, 0):
        source = Event.objects.get(pk=question.event_id)
        assert copy_form(source=source, event=other) == count
    own, first, second = other.questions.order_by("position")
    assert (own.position, first.position, second.position) == (7, 8, 9)
    assert second.condition["tests"][0]["question"] == first.key
    following.label_en = following.label_tr = "Another"
    following.pk, following.key = None, "zzzzzzzzzzzz"
    following.save()
    assert copy_form(source=Event.objects.get(pk=question.event_id), event=other) == 1
    assert other.questions.get(label_en="Another").condition["tests"][0]["question"] == first.key
