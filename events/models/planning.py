"""A release that is to be made at a time, by the clock."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.bilingual import Bilingual, BilingualModel

from .event import Event


class PlannedRelease(BilingualModel):
    """What an officer wants released, and when: whatever stands in the working programme by then.

    One for an event at most. It goes in the transaction that makes the release, so that no two processes make two.
    ``refused`` says why it was not made; such a row waits until an officer takes it away or plans anew.
    """

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="planned_release")
    due_at = models.DateTimeField(_("planned for"), db_index=True)
    note_tr = models.CharField(_("note (Turkish)"), max_length=300, blank=True)
    note_en = models.CharField(_("note (English)"), max_length=300, blank=True)
    held = models.JSONField(default=list)
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    planned_at = models.DateTimeField(_("planned"), auto_now=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    refused = models.TextField(blank=True)

    note = Bilingual()

    class Meta:
        verbose_name = _("planned release")
        verbose_name_plural = _("planned releases")

    def __str__(self) -> str:
        return f"{self.event_id} {self.due_at:%Y-%m-%d %H:%M}"
