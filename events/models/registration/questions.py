"""What an event asks those who register, and what they answered."""

import json
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.bilingual import Bilingual, BilingualModel
from events.models.base import VersionedModel, new_key
from events.models.event import Event
from events.sealing import seal, unseal

from .registrations import Registration
from .wordings import Wording


class Question(BilingualModel, VersionedModel):
    """One question of one event, with why it is asked, who may read the answer, and how long it is kept.

    ``options`` are the choices, ``[{"key", "tr", "en"}, …]``. ``condition`` says when it is asked at all:
    ``{"match": "all"|"any", "tests": [{"question": key, "is": operator, "value": …}, …]}``, empty for always; see
    ``events.registration.conditions``. Answers to a ``sensitive`` question are sealed (``events.sealing``). Where the
    legal basis is explicit consent, ``consent`` is the one without which no answer is kept.
    """

    class Kind(models.TextChoices):
        TEXT = "text", _("a line of text")
        LONG_TEXT = "long_text", _("several lines of text")
        CHOICE = "choice", _("one of several")
        CHOICES = "choices", _("any of several")
        YES_NO = "yes_no", _("yes or no")
        DATE = "date", _("a day")
        NUMBER = "number", _("a number")
        COUNTRY = "country", _("a country")
        FILE = "file", _("a file: PDF, JPEG or PNG")

    class Scope(models.TextChoices):
        PERSON = "person", _("each person")
        GROUP = "group", _("a group, once")

    class Stage(models.TextChoices):
        REGISTRATION = "registration", _("when registering")
        DETAILS = "details", _("once confirmed")

    class Basis(models.TextChoices):
        REQUEST = "request", _("to do what the person asked for")
        LEGITIMATE = "legitimate", _("legitimate interest")
        LEGAL = "legal", _("legal obligation")
        CONSENT = "consent", _("explicit consent")

    class Visibility(models.TextChoices):
        REGISTRATION = "registration", _("registration officers")
        OFFICERS = "officers", _("whoever may see registrations")

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="questions", verbose_name=_("event"))
    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    kind = models.CharField(_("kind of answer"), max_length=12, choices=Kind.choices, default=Kind.TEXT)
    label_tr = models.CharField(_("question (Turkish)"), max_length=200)
    label_en = models.CharField(_("question (English)"), max_length=200, blank=True)
    help_tr = models.CharField(_("help (Turkish)"), max_length=300, blank=True)
    help_en = models.CharField(_("help (English)"), max_length=300, blank=True)
    options = models.JSONField(_("choices"), default=list, blank=True)
    megabytes = models.PositiveSmallIntegerField(
        _("largest file, in MB"), default=10, validators=[MinValueValidator(1), MaxValueValidator(10)]
    )
    required = models.BooleanField(_("has to be answered"), default=False)
    condition = models.JSONField(_("condition"), default=dict, blank=True)
    scope = models.CharField(_("asked of"), max_length=8, choices=Scope.choices, default=Scope.PERSON)
    stage = models.CharField(_("asked"), max_length=14, choices=Stage.choices, default=Stage.REGISTRATION)
    purpose_tr = models.CharField(_("what it is needed for (Turkish)"), max_length=300)
    purpose_en = models.CharField(_("what it is needed for (English)"), max_length=300, blank=True)
    legal_basis = models.CharField(_("legal basis"), max_length=12, choices=Basis.choices, default=Basis.REQUEST)
    consent = models.ForeignKey(
        Wording,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="questions",
        verbose_name=_("consent that the answer needs"),
        help_text=_("Without this tick no answer is kept; when it is taken back, the answer is deleted."),
    )
    visible_to = models.CharField(
        _("who may read the answers"), max_length=14, choices=Visibility.choices, default=Visibility.REGISTRATION
    )
    days_kept = models.PositiveSmallIntegerField(
        _("days answers are kept after the event"), default=30, validators=[MaxValueValidator(3650)]
    )
    sensitive = models.BooleanField(
        _("sensitive"),
        default=False,
        help_text=_("Health, belief, passport: answers are encrypted, and who opens one is written down."),
    )

    label = Bilingual()
    help = Bilingual()
    purpose = Bilingual()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["event", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(legal_basis="consent", consent__isnull=False)
                | (~Q(legal_basis="consent") & Q(consent=None)),
                name="question_consent_by_basis",
                violation_error_message=_("Explicit consent as the legal basis and the consent itself go together."),
            )
        ]

    def __str__(self) -> str:
        return str(self.label)

    @property
    def condition_json(self) -> str:
        """The condition for the page's script."""
        return json.dumps(self.condition)


class KeptAnswer(models.Model):
    """An answer as it is kept: in the open, or sealed where the question is sensitive.

    Dates are kept as ``2027-06-10``, numbers as they are written with a decimal point, choices by their keys.
    """

    plain = models.JSONField(null=True)
    sealed = models.TextField(blank=True)

    class Meta:
        abstract = True

    @property
    def value(self) -> Any:
        """The answer, opened; ask ``events.permissions`` before."""
        return json.loads(unseal(self.sealed)) if self.sealed else self.plain

    def write(self, value: Any, *, sensitive: bool) -> None:
        """Put an answer into its place; it is not saved yet."""
        self.plain = None if sensitive else value
        self.sealed = seal(json.dumps(value, ensure_ascii=False)) if sensitive else ""


class Answer(KeptAnswer):
    """What one registration answered to one question."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answers")

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        permissions = [("open_sensitive_answer", _("Can open sensitive answers"))]
        constraints = [
            models.UniqueConstraint(fields=["registration", "question"], name="answer_once_a_question"),
            models.CheckConstraint(condition=Q(sealed="") | Q(plain=None), name="answer_open_or_sealed"),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id}: {self.question_id}"
