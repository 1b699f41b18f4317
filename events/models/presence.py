"""Who is at work in a programme right now. Rows live for a minute or so and tell nothing of yesterday."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils import timezone

from .event import Event
from .programme import Session

#: Somebody who was not heard of for so long has left. A desk that is open tells of itself every 20 seconds.
PRESENT = dt.timedelta(seconds=60)


class PresenceQuerySet(models.QuerySet["Presence"]):
    def gone(self) -> "PresenceQuerySet":
        """Of those who have left since."""
        return self.filter(seen_at__lt=timezone.now() - PRESENT)

    def here(self) -> "PresenceQuerySet":
        """Of those who are at work now."""
        return self.filter(seen_at__gte=timezone.now() - PRESENT)


class Presence(models.Model):
    """One officer at the desk of one programme, and the session that is open before them."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    session = models.ForeignKey(Session, on_delete=models.SET_NULL, null=True, related_name="+")
    seen_at = models.DateTimeField(db_index=True)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "user"], name="presence_once_an_event")]

    def __str__(self) -> str:
        return f"{self.user} · {self.event}"
