"""Answers that only a consent allows: kept while it stands, deleted with it (KVKK art. 6, GDPR arts. 7 and 9)."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from events.models import Answer, Question, Registration, Wording, WordingSeen


def standing(registration: Registration) -> set[int]:
    """The consents, by number, that this person gave and did not take back."""
    given = WordingSeen.objects.filter(registration=registration, agreed_at__isnull=False, withdrawn_at=None)
    return set(given.values_list("version__wording", flat=True))


def require_consent(registration: Registration, answered: Iterable[Question]) -> None:
    """Refuse answers whose consent does not stand; the way in and out of it is said in words."""
    tied = [question for question in answered if question.consent_id]
    if not tied:
        return
    given = standing(registration)
    refused = [refusal(each) for each in tied if each.consent_id not in given]
    if refused:
        raise ValidationError(refused)


def refusal(question: Question) -> str:
    """Why an answer is not kept, with both ways out."""
    return _(
        "The answer to “%(question)s” is kept only with your consent “%(consent)s”. "
        "Tick that consent, or leave this answer empty."
    ) % {"question": question, "consent": question.consent}


def tied_answers(registration: Registration, wording: Wording | int) -> QuerySet[Answer]:
    """What this person answered on the strength of one consent."""
    return Answer.objects.filter(registration=registration, question__consent=wording)


def uncovered(question: Question) -> QuerySet[Answer]:
    """Answers from before their consent was asked: none stands for them."""
    given = WordingSeen.objects.filter(
        registration=OuterRef("registration"),
        version__wording=OuterRef("question__consent"),
        agreed_at__isnull=False,
        withdrawn_at=None,
    )
    return Answer.objects.filter(~Exists(given), question=question, question__consent__isnull=False)


def asked_by(wordings: Iterable[Wording], questions: Iterable[Question]) -> list[Wording]:
    """The consents among these that some of the questions need."""
    needed = {question.consent_id for question in questions}
    return [each for each in wordings if each.pk in needed]


def consents_for(questions: Iterable[Question]) -> models.QuerySet[Wording]:
    """The consents that these questions need, in order."""
    needed = {question.consent_id for question in questions if question.consent_id}
    return Wording.objects.filter(pk__in=needed).order_by("position", "pk")
