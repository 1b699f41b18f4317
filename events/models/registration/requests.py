"""What people ask to change after the time for changes: an officer accepts or refuses it."""

import json
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.sealing import seal, unseal

from .questions import Question
from .registrations import Registration


class ChangeRequest(models.Model):
    """One request of one registration; at most one is open, and asking anew writes over it.

    ``details`` are what the person says of himself or herself, ``{field: [was, wanted]}``; ``sessions`` the numbers
    of the :class:`SessionPlaces` that were chosen and that are wanted, ``{}`` where they stay; ``gone`` among them the
    titles of those that were taken off the choice since.
    """

    class State(models.TextChoices):
        OPEN = "open", _("waiting for a decision")
        ACCEPTED = "accepted", pgettext_lazy("a change", "accepted")
        REFUSED = "refused", pgettext_lazy("a change", "refused")
        TAKEN_BACK = "taken_back", _("taken back")
        LAPSED = "lapsed", _("lapsed, the registration ended")

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="change_requests")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    details = models.JSONField(default=dict)
    sessions = models.JSONField(default=dict)
    made_at = models.DateTimeField(_("asked"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("decided by")
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("request for a change")
        verbose_name_plural = _("requests for changes")
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["registration"], condition=Q(state="open"), name="change_request_open_once")
        ]

    def __str__(self) -> str:
        return f"{self.registration_id}: {self.state}"


class RequestedAnswer(models.Model):
    """What one answer was and what is wanted, ``[was, wanted]``: in the open, or sealed as the answer itself is.

    None stands for no answer. It goes when the answer's days are over, and with the consent that it needs.
    """

    request = models.ForeignKey(ChangeRequest, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="requested_answers")
    plain = models.JSONField(null=True)
    sealed = models.TextField(blank=True)

    class Meta:
        verbose_name = _("requested answer")
        verbose_name_plural = _("requested answers")
        constraints = [
            models.UniqueConstraint(fields=["request", "question"], name="requested_answer_once"),
            models.CheckConstraint(condition=Q(sealed="") | Q(plain=None), name="requested_answer_open_or_sealed"),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.question_id}"

    @property
    def value(self) -> list[Any]:
        """What was and what is wanted, opened; ask ``events.permissions`` before."""
        found: list[Any] = json.loads(unseal(self.sealed)) if self.sealed else self.plain or [None, None]
        return found

    def write(self, was: Any, wanted: Any, *, sensitive: bool) -> None:
        """Put both into their place; it is not saved yet."""
        self.plain = None if sensitive else [was, wanted]
        self.sealed = seal(json.dumps([was, wanted], ensure_ascii=False)) if sensitive else ""
