"""What is asked once somebody is confirmed (travel, hotel): who was asked, what is missing, and the letter about it.

``Registration.details_due`` says whether something is missing. It is written by every verb that can change it, so that
officers can filter and count; ``missing`` says what.
"""

from typing import Any

from django.utils import timezone

from events.models import Answer, Question, Registration, RegistrationSettings
from events.models.registration.registrations import State

from . import letters
from .answering import questions_of
from .conditions import asked, is_empty
from .opening import is_to_come

DETAILS = Question.Stage.DETAILS


def asked_details(registration: Registration, questions: list[Question] | None = None) -> list[Question]:
    """The details that are asked of this person, by what they answered so far."""
    found = questions_of(registration.event_id, stage=DETAILS) if questions is None else questions
    return _asked(found, _answers(registration)) if found else []


def missing(registration: Registration) -> list[Question]:
    """Before the details were told once: all that is not answered; afterwards what has to be answered."""
    questions = questions_of(registration.event_id, stage=DETAILS)
    return _missing(registration, questions, _answers(registration)) if questions else []


def tell_confirmed(settings: RegistrationSettings, registration: Registration) -> None:
    """The letter that the seat is confirmed: the same one asks for details that are missing, while they can be told.

    Whoever is let in at the door is not asked how they will arrive. The event's row must be held.
    """
    refresh(registration)
    asks = registration.details_due and is_to_come(settings)
    letters.tell_state(settings, registration, also="details" if asks else "")
    if asks:
        _note_asked(registration)


def ask(settings: RegistrationSettings, registration: Registration) -> None:
    """Write the letter that asks for the details alone."""
    letters.ask_details(settings, registration)
    _note_asked(registration)


def _note_asked(registration: Registration) -> None:
    registration.details_asked_at = timezone.now()
    Registration.objects.filter(pk=registration.pk).update(details_asked_at=registration.details_asked_at)


def refresh(registration: Registration) -> None:
    """Write down whether details are missing by now."""
    due = registration.state == State.CONFIRMED and bool(missing(registration))
    if due != registration.details_due:
        registration.details_due = due
        Registration.objects.filter(pk=registration.pk).update(details_due=due)


def recount(event: int) -> None:
    """Write it down for everybody, because the questions are others now."""
    questions = questions_of(event, stage=DETAILS)
    rows = Registration.objects.filter(event=event, state=State.CONFIRMED)
    answers: dict[int, list[Answer]] = {}
    if questions:
        for answer in Answer.objects.filter(registration__in=rows).select_related("question"):
            answers.setdefault(answer.registration_id, []).append(answer)
    due = [row.pk for row in rows if _missing(row, questions, answers.get(row.pk, []))] if questions else []
    rows.filter(details_due=True).exclude(pk__in=due).update(details_due=False)
    rows.filter(details_due=False, pk__in=due).update(details_due=True)


def has_details(event: int) -> bool:
    """Whether an event asks anything once somebody is confirmed."""
    return Question.objects.filter(event=event, stage=DETAILS, scope=Question.Scope.PERSON).exists()


def _answers(registration: Registration) -> list[Answer]:
    return list(registration.answers.select_related("question"))


def _asked(questions: list[Question], answers: list[Answer]) -> list[Question]:
    rows = {each.pk: each for each in [*(answer.question for answer in answers), *questions]}
    everything = sorted(rows.values(), key=lambda each: (each.position, each.pk))
    details = {each.pk for each in questions}
    return [each for each in asked(everything, _values(answers)) if each.pk in details]


def _missing(registration: Registration, questions: list[Question], answers: list[Answer]) -> list[Question]:
    wanted, values = _asked(questions, answers), _values(answers)
    begun = registration.details_at is not None or any(each.key in values for each in wanted)
    unanswered = [each for each in wanted if is_empty(values.get(each.key))]
    return [each for each in unanswered if each.required] if begun else unanswered


def _values(answers: list[Answer]) -> dict[str, Any]:
    return {row.question.key: row.value for row in answers}
