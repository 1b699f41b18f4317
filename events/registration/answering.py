"""Answers on their way into rows and out of them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import ngettext

from events.models import Answer, Question, Registration, Upload

from .conditions import asked, is_empty
from .consents import require_consent
from .uploading import bind, drop_uploads, find_upload

_AT_ONCE = 500


class QuestionGoneError(ValidationError):
    """Somebody deleted questions while they were answered; ``keys`` are theirs."""

    def __init__(self, gone: Sequence[Question]) -> None:
        words = ngettext(
            "This question is not asked any more: %(questions)s. Look through the form and send it once more.",
            "These questions are not asked any more: %(questions)s. Look through the form and send it once more.",
            len(gone),
        )
        super().__init__(words % {"questions": "; ".join(f"“{each.label}”" for each in gone)}, code="gone")
        self.keys = {each.key for each in gone}


def refuse_gone(questions: Iterable[Question]) -> None:
    """Refuse answers to what was deleted since the form was read. The event's row must be held, as when deleting."""
    answered = list(questions)
    if not answered:
        return
    rows = Question.objects.order_by().filter(pk__in=[each.pk for each in answered])
    there = set(rows.values_list("pk", flat=True))
    gone = [each for each in answered if each.pk not in there]
    if gone:
        raise QuestionGoneError(gone)


def write_answers(
    registration: Registration, answers: Mapping[Question, Any], *, before: Iterable[Answer] | None = None
) -> list[str]:
    """Make the rows say what was answered now; gives the keys of the questions whose answer is another.

    What these answers lead to no more is deleted, also where it was asked on another form. An answer whose consent
    does not stand is refused, and with it all others. ``before`` are the answers so far, where the caller knows them.
    """
    kept = registration.answers.select_related("question") if before is None else before
    rows = {row.question_id: row for row in kept}
    elsewhere, everything = _everything(rows.values(), answers)
    wanted = {question.pk: question for question in _led_to(everything)}
    answered = [each for each in wanted.values() if each in answers]
    refuse_gone(answered)
    require_consent(registration, answered)
    changed, new = [], []
    files: dict[int, Upload] = {}
    for question, value in everything.items():
        row = rows.get(question.pk)
        if question.pk not in wanted:
            if row is None:
                continue
            delete_answers([row])
        elif question in elsewhere or (row is not None and row.value == value):
            continue
        else:
            if question.kind == Question.Kind.FILE:
                files[question.pk] = find_upload(question, value, registration)
            if row is None:
                new.append(row := Answer(registration=registration, question=question))
            row.write(value, sensitive=question.sensitive)
            if row.pk:
                row.save()
        changed.append(question.key)
    Answer.objects.bulk_create(new)
    for row in [*rows.values(), *new]:
        if row.question_id in files:
            bind(files[row.question_id], row)
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
    """Delete answers for good, with the files that they are."""
    keys = [row.pk for row in rows]
    for start in range(0, len(keys), _AT_ONCE):
        some = Answer.objects.filter(pk__in=keys[start : start + _AT_ONCE])
        drop_uploads(Upload.objects.filter(answer__in=some))
        some.delete()


def read_answers(registration: Registration) -> dict[str, Any]:
    """All answers of one registration, opened, by question: only for the person, or after asking permission."""
    return {row.question.key: row.value for row in registration.answers.select_related("question")}


def questions_of(event: int, *, stage: str = Question.Stage.REGISTRATION) -> list[Question]:
    """What an event asks each person at a stage, in order."""
    rows = Question.objects.filter(event=event, stage=stage, scope=Question.Scope.PERSON)
    return list(rows.order_by("position", "pk"))


def _in_order(questions: Iterable[Question]) -> list[Question]:
    return sorted(questions, key=lambda each: (each.position, each.pk))
