"""Information notices and explicit consents: apart from each other, numbered by version, and who saw which.

A notice is shown and asks for nothing. A consent is a tick of its own, off by default, given and taken back by
itself (communiqué of 10 March 2018, art. 5; GDPR art. 7).
"""

import hashlib

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.bilingual import Bilingual, BilingualModel
from events.models.base import VersionedModel, new_key
from events.models.event import Event

from .registrations import Registration


class Wording(BilingualModel, VersionedModel):
    """A notice or a consent of an event as it stands today."""

    class Kind(models.TextChoices):
        NOTICE = "notice", _("information notice")
        CONSENT = "consent", _("explicit consent")

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="wordings", verbose_name=_("event"))
    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.CONSENT)
    title_tr = models.CharField(_("title (Turkish)"), max_length=150)
    title_en = models.CharField(_("title (English)"), max_length=150)
    text_tr = models.TextField(_("text (Turkish)"))
    text_en = models.TextField(_("text (English)"))

    title = Bilingual()
    text = Bilingual()

    class Meta:
        verbose_name = _("notice or consent")
        verbose_name_plural = _("notices and consents")
        ordering = ["event", "-kind", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event"],
                condition=Q(kind="notice"),
                name="registration_notice_once",
                violation_error_message=_("This event has an information notice already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.title)


class WordingVersion(models.Model):
    """One text of a wording in one language as it was shown; numbered from one."""

    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="versions")
    language = models.CharField(max_length=2)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=150)
    text = models.TextField()
    digest = models.CharField(max_length=64)
    first_used_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("version of a notice or consent")
        verbose_name_plural = _("versions of notices and consents")
        ordering = ["wording", "language", "number"]
        constraints = [
            models.UniqueConstraint(fields=["wording", "language", "digest"], name="wording_version_once"),
            models.UniqueConstraint(fields=["wording", "language", "number"], name="wording_version_numbered"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number} ({self.language})"


class WordingSeen(models.Model):
    """Which version one registration was shown, when, and whether the person agreed to it or took that back.

    A notice is only shown. Agreeing anew after taking back is a new row: what was is not overwritten.
    """

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="wordings_seen")
    version = models.ForeignKey(WordingVersion, on_delete=models.PROTECT, related_name="seen")
    shown_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("notice or consent seen")
        verbose_name_plural = _("notices and consents seen")
        ordering = ["registration", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(agreed_at__isnull=False), name="consent_given_before_withdrawn"
            )
        ]

    def __str__(self) -> str:
        return f"{self.registration_id}: {self.version_id}"

    @property
    def stands(self) -> bool:
        """Whether consent was given and not taken back."""
        return self.agreed_at is not None and self.withdrawn_at is None


def digest(title: str, text: str) -> str:
    """By what two versions are told apart."""
    return hashlib.sha256(f"{title}\n{text}".encode()).hexdigest()
