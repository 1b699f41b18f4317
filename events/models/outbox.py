"""Out: letters and jobs. Both are rows first, written in the transaction that needs them.

A row is claimed by a conditional UPDATE that sets ``leased_until``; a process that dies leaves the lease to
run out, and the sweeper finds the row again. The broker only shortens the wait.
"""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .event import Event


class Leased(models.Model):
    """What letters and jobs share: a state, attempts and a lease."""

    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("due"), default=timezone.now, db_index=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    error = models.TextField(_("error"), blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        abstract = True


class Message(Leased):
    """A letter in the outbox. Links stand as ``{{link:purpose}}`` and are filled only when it is sent."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        BOUNCED = "bounced", _("came back")
        REJECTED = "rejected", _("refused by the provider")
        COMPLAINED = "complained", _("reported as unwanted")
        WITHHELD = "withheld", _("not sent")

    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.QUEUED, db_index=True)
    letter = models.CharField(_("letter"), max_length=40)
    language = models.CharField(_("language"), max_length=2)
    event = models.ForeignKey(
        Event, on_delete=models.SET_NULL, null=True, blank=True, related_name="messages", verbose_name=_("event")
    )
    person_key = models.CharField(max_length=200, blank=True, db_index=True)
    to_name = models.CharField(_("name"), max_length=200, blank=True)
    to_address = models.EmailField(_("address"))
    subject = models.CharField(_("subject"), max_length=300)
    body_text = models.TextField()
    body_html = models.TextField(blank=True)
    #: An invitation or its cancellation (iMIP, RFC 6047), and what the QR code in the letter says.
    calendar = models.TextField(blank=True)
    qr = models.CharField(max_length=200, blank=True)
    #: After this nobody needs it: a reminder once the event has begun.
    useless_at = models.DateTimeField(null=True, blank=True)
    message_id = models.CharField(max_length=200, unique=True)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.letter} #{self.pk}"


class Job(Leased):
    """Work for later: ``kind`` names a handler, ``payload`` holds ids only, never personal data."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("called off")

    kind = models.CharField(_("kind"), max_length=40)
    payload = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.QUEUED, db_index=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("started by"),
    )
    done = models.PositiveIntegerField(_("done so far"), default=0)
    total = models.PositiveIntegerField(_("of"), null=True, blank=True)
    result = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"
