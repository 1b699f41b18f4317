"""Warnings that an officer looked at and let stand."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .event import Event


class AcceptedWarning(models.Model):
    """One warning of one event that stands for a reason, which ``note`` tells.

    ``rule`` and ``keys`` say which warning: the rule's code, and the keys of the sessions and the person and the
    number of the room it is about. ``facts`` is the fingerprint of what it was about when it was accepted: as soon
    as times, room or texts concerned are others, the warning is open again.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="accepted_warnings")
    rule = models.CharField(max_length=40)
    keys = models.CharField(max_length=80)
    facts = models.CharField(max_length=16)
    note = models.CharField(_("note"), max_length=300)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    accepted_at = models.DateTimeField(_("accepted"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "rule", "keys"], name="warning_accepted_once")]

    def __str__(self) -> str:
        return f"{self.rule} {self.keys}"
