"""Answers on their way into rows and out of them."""

from collections.abc import Iterable, Mapping
from typing import Any

from events.models import Answer, Question, Registration

from .conditions import asked, is_empty
from .consents import require_consent


def write_answers(registration: Registration, answers: Mapping[Question, Any]) -> list[str]:
    """Make the rows say what was answered now; gives the keys of the questions whose answer is another.

    What these answers lead to no more is deleted, also where it was asked on another form. An answer whose consent
    does not stand is refused, and with it all others.
    """
    rows = {row.question_id: row for row in registration.answers.select_related("question")}
    elsewhere, everything = _everything(rows.values(), answers)
    wanted = {question.pk: question for question in _led_to(everything)}
    require_consent(registration, [each for each in wanted.values() if each in answers])
    changed, new = [], []
    for question, value in everything.items():
        row = rows.get(question.pk)
        if question.pk not in wanted:
            if row is None:
                continue
            delete_answers([row])
        elif question in elsewhere:
            continue
        elif row is None:
            new.append(Answer(registration=registration, question=question))
            new[-1].write(value, sensitive=question.sensitive)
        elif row.value != value:
            row.write(value, sensitive=question.sensitive)
            row.save()
        else:
            continue
        changed.append(question.key)
    Answer.objects.bulk_create(new)
    return changed


def wanted_answers(registration: Registration, answers: Mapping[Question, Any]) -> dict[Question, Any]:
    """What would be kept of all answers if these were written; writes nothing."""
    _elsewhere, everything = _everything(registration.answers.select_related("question"), answers)
    return {question: everything[question] for question in _led_to(everything)}


def _everything(
    rows: Iterable[Answer], answers: Mapping[Question, Any]
) -> tuple[dict[Question, Any], dict[Question, Any]]:
    """What was answered on other forms, and that with these answers."""
    elsewhere = {row.question: row.value for row in rows if row.question not in answers}
    return elsewhere, {**elsewhere, **answers}


def _led_to(everything: Mapping[Question, Any]) -> list[Question]:
    """The questions that all these answers lead to, and that were answered."""
    values = {question.key: value for question, value in everything.items()}
    return [question for question in asked(_in_order(everything), values) if not is_empty(everything[question])]


def delete_answers(rows: Iterable[Answer]) -> None:
    """Delete answers for good, with all that belongs to them."""
    Answer.objects.filter(pk__in=[row.pk for row in rows]).delete()


def read_answers(registration: Registration) -> dict[str, Any]:
    """All answers of one registration, opened, by question: only for the person, or after asking permission."""
    return {row.question.key: row.value for row in registration.answers.select_related("question")}


def questions_of(event: int, *, stage: str = Question.Stage.REGISTRATION) -> list[Question]:
    """What an event asks each person at a stage, in order."""
    rows = Question.objects.filter(event=event, stage=stage, scope=Question.Scope.PERSON)
    return list(rows.order_by("position", "pk"))


def _in_order(questions: Iterable[Question]) -> list[Question]:
    return sorted(questions, key=lambda each: (each.position, each.pk))
