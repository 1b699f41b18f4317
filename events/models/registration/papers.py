"""What is printed for those who come: certificates that can be verified, and files that are kept for a day."""

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.event import Event
from events.models.outbox import Job

from .registrations import Registration

_CLEAR = "abcdefghijkmnpqrstuvwxyz23456789"
#: Of 32 letters so many are 60 bits: with the limit on questions nobody comes upon one by trying.
CODE_LENGTH = 12


def new_certificate_code() -> str:
    """What verifies a certificate: letters that are easy to read and to type."""
    return "".join(secrets.choice(_CLEAR) for _each in range(CODE_LENGTH))


class Certificate(models.Model):
    """That one person attended, as it was counted when it was issued; see ``events.registration.certifying``.

    It names nobody: the name is read from the registration, and is gone when that is erased. ``number`` counts
    within the event. ``days`` are those on which the person was there, ``minutes`` how long; 0 where the programme
    has no times.
    """

    registration = models.OneToOneField(Registration, on_delete=models.CASCADE, related_name="certificate")
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="certificates")
    number = models.PositiveIntegerField()
    code = models.CharField(max_length=CODE_LENGTH, unique=True, default=new_certificate_code)
    days = models.JSONField(default=list)
    minutes = models.PositiveIntegerField(default=0)
    issued_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["event", "number"]
        constraints = [models.UniqueConstraint(fields=["event", "number"], name="certificate_numbered_once")]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The number as it is printed: it names the event too."""
        return f"{self.event.code}-{self.number:04d}"


class Paper(models.Model):
    """A file for an officer: asked for, made by a job, kept for a day. It is gone when anybody on it is erased."""

    class Kind(models.TextChoices):
        BADGES = "badges", _("Badges")
        CERTIFICATES = "certificates", _("Certificates of attendance")
        LIST = "list", _("List of participants")

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="papers")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    #: What was asked for, in codes only: form, language, filters by keys and states, columns.
    options = models.JSONField(default=dict)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="papers")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    made_at = models.DateTimeField(null=True)
    rows = models.PositiveIntegerField(default=0)
    content_type = models.CharField(max_length=100, blank=True)
    body = models.BinaryField(null=True)

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} #{self.pk}"
