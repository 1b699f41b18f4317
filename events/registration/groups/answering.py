"""What the contact of a group is asked: once for the group, and of each member what somebody else may answer."""

from collections.abc import Iterable, Mapping
from typing import Any

from events.models import GroupAnswer, Question, RegistrationGroup
from events.registration.answering import questions_of, refuse_gone
from events.registration.conditions import asked, is_empty


def group_questions_of(event: int) -> list[Question]:
    """What an event asks once of each group, in order."""
    rows = Question.objects.filter(event=event, stage=Question.Stage.REGISTRATION, scope=Question.Scope.GROUP)
    return list(rows.exclude(kind=Question.Kind.FILE).order_by("position", "pk"))


def member_questions_of(event: int) -> list[Question]:
    """What the contact answers for each member.

    Not what is sensitive or rests on consent: nobody consents for somebody else, so the member is asked by the
    own link. A question whose condition looks at one of those goes with it.
    """
    kept: list[Question] = []
    for question in questions_of(event):
        known = {each.key for each in kept}
        if not is_own(question) and looked_at(question) <= known:
            kept.append(question)
    return kept


def is_own(question: Question) -> bool:
    """Whether only the person can answer it; a file, too, is the person's own to send."""
    on_consent = question.legal_basis == Question.Basis.CONSENT
    return question.sensitive or on_consent or question.kind == Question.Kind.FILE


def has_own_questions(event: int) -> bool:
    """Whether members are asked something by their own link."""
    return len(member_questions_of(event)) < len(questions_of(event))


def write_group_answers(group: RegistrationGroup, answers: Mapping[Question, Any]) -> None:
    """Keep what was answered for the group; what was not asked or answered is not kept."""
    values = {question.key: value for question, value in answers.items()}
    wanted = {question.pk for question in asked(_in_order(answers), values) if not is_empty(answers[question])}
    refuse_gone([question for question in answers if question.pk in wanted])
    group.answers.exclude(question__in=wanted).delete()
    rows = {row.question_id: row for row in group.answers.all()}
    for question, value in answers.items():
        if question.pk in wanted:
            row = rows.get(question.pk) or GroupAnswer(group=group, question=question)
            row.write(value, sensitive=question.sensitive)
            row.save()


def _in_order(questions: Iterable[Question]) -> list[Question]:
    return sorted(questions, key=lambda each: (each.position, each.pk))


def looked_at(question: Question) -> set[str]:
    """The keys of the questions on whose answers it hangs whether this one is asked."""
    return {test["question"] for test in question.condition.get("tests") or []}
