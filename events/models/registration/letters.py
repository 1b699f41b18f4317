"""Letters of an event as its officers want them: own words, when timed ones leave, and mail to a group."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.bilingual import Bilingual, BilingualModel
from events.models.base import VersionedModel
from events.models.event import Event
from events.models.outbox import Message

from .registrations import Registration


class LetterWords(BilingualModel, VersionedModel):
    """Own words of one letter of one event; what is empty is said in the ready-made words of that language.

    ``letter`` is a name of ``events.registration.wording.LETTERS``. Paragraphs are parted by an empty line, and
    placeholders stand in braces (``events.registration.placeholders``).
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="letter_words", verbose_name=_("event"))
    letter = models.CharField(_("letter"), max_length=40, editable=False)
    subject_tr = models.CharField(_("subject (Turkish)"), max_length=200, blank=True)
    subject_en = models.CharField(_("subject (English)"), max_length=200, blank=True)
    text_tr = models.TextField(_("text (Turkish)"), blank=True, max_length=10_000)
    text_en = models.TextField(_("text (English)"), blank=True, max_length=10_000)

    subject = Bilingual()
    text = Bilingual()

    class Meta:
        verbose_name = _("own words of a letter")
        verbose_name_plural = _("own words of letters")
        ordering = ["event", "letter"]
        constraints = [models.UniqueConstraint(fields=["event", "letter"], name="letter_words_once")]

    def __str__(self) -> str:
        return f"{self.event_id}: {self.letter}"


class LetterTiming(VersionedModel):
    """When a reminder or the thanks leave: so many hours or days before the event begins, or after it ends.

    Days are days of the calendar in the event's zone: seven days before 09:00 is 09:00, also where clocks change.
    """

    class Letter(models.TextChoices):
        REMINDER = "reminder", _("reminder")
        LAST_REMINDER = "last_reminder", _("last reminder")
        THANKS = "thanks", _("thanks")

    class Unit(models.TextChoices):
        HOURS = "hours", _("hours")
        DAYS = "days", _("days")

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="letter_timings", verbose_name=_("event"))
    letter = models.CharField(_("letter"), max_length=14, choices=Letter.choices)
    switched_on = models.BooleanField(_("is sent"), default=False)
    amount = models.PositiveSmallIntegerField(
        _("how many"), default=1, validators=[MinValueValidator(1), MaxValueValidator(720)]
    )
    unit = models.CharField(_("hours or days"), max_length=5, choices=Unit.choices, default=Unit.DAYS)

    class Meta:
        verbose_name = _("time of a letter")
        verbose_name_plural = _("times of letters")
        ordering = ["event", "letter"]
        constraints = [models.UniqueConstraint(fields=["event", "letter"], name="letter_timing_once")]

    def __str__(self) -> str:
        return f"{self.event_id}: {self.letter}"


class TimedLetter(models.Model):
    """That one person had one timed letter, or needs it no more: nobody gets it twice."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="timed_letters")
    letter = models.CharField(max_length=14, choices=LetterTiming.Letter.choices)
    decided_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("timed letter")
        verbose_name_plural = _("timed letters")
        constraints = [models.UniqueConstraint(fields=["registration", "letter"], name="timed_letter_once")]

    def __str__(self) -> str:
        return f"{self.registration_id}: {self.letter}"


class GroupLetter(models.Model):
    """A letter to some of those registered, in both languages; ``once`` is the form that sent it, ``told`` to whom."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="group_letters", verbose_name=_("event"))
    once = models.CharField(max_length=32, unique=True)
    told = models.JSONField(default=dict)
    subject_tr = models.CharField(_("subject (Turkish)"), max_length=200, blank=True)
    subject_en = models.CharField(_("subject (English)"), max_length=200, blank=True)
    text_tr = models.TextField(_("text (Turkish)"), blank=True, max_length=10_000)
    text_en = models.TextField(_("text (English)"), blank=True, max_length=10_000)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    written_at = models.DateTimeField(_("written"), default=timezone.now)

    subject = Bilingual()
    text = Bilingual()

    class Meta:
        verbose_name = _("letter to a group")
        verbose_name_plural = _("letters to groups")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(self.subject)


class GroupRecipient(models.Model):
    """One person a letter to a group is for; ``message`` once it is promised."""

    group_letter = models.ForeignKey(GroupLetter, on_delete=models.CASCADE, related_name="recipients")
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="+")
    message = models.ForeignKey(Message, on_delete=models.SET_NULL, null=True, related_name="+")
    promised_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("recipient of a letter to a group")
        verbose_name_plural = _("recipients of letters to groups")
        constraints = [models.UniqueConstraint(fields=["group_letter", "registration"], name="group_letter_once")]

    def __str__(self) -> str:
        return f"{self.group_letter_id}: {self.registration_id}"
