"""Sessions that people choose when they register, each with seats of its own."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.programme import Session

from .registrations import Registration


class SessionPlaces(models.Model):
    """A session that can be chosen, and how many seats of it are taken; written under the event's lock."""

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="places")
    capacity = models.PositiveIntegerField(_("seats"), null=True, blank=True)
    taken = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("session to choose")
        verbose_name_plural = _("sessions to choose")
        constraints = [
            models.CheckConstraint(
                condition=Q(capacity=None) | Q(taken__lte=F("capacity")), name="session_never_oversold"
            )
        ]

    def __str__(self) -> str:
        return str(self.session)

    @property
    def full(self) -> bool:
        return self.capacity is not None and self.taken >= self.capacity


class ChosenSession(models.Model):
    """A session that somebody chose. Its seat is held only while the registration holds one; else it is a wish."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="chosen_sessions")
    places = models.ForeignKey(SessionPlaces, on_delete=models.CASCADE, related_name="chosen")
    seat = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("chosen session")
        verbose_name_plural = _("chosen sessions")
        constraints = [models.UniqueConstraint(fields=["registration", "places"], name="session_chosen_once")]

    def __str__(self) -> str:
        return f"{self.registration_id}: {self.places_id}"


class SeatedSession(models.Model):
    """That somebody has a seat in a session, since when, or until when somebody had: what calendars and letters need.

    By the session's key, as releases name it, so that it outlives the session, its seats and the choice. ``release``
    is the number of the one that counted when the seat was given: what the person saw when choosing.
    """

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="seated_sessions")
    key = models.CharField(max_length=12, db_index=True)
    since = models.DateTimeField(default=timezone.now)
    release = models.PositiveIntegerField(null=True)
    left_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("seat in a session")
        verbose_name_plural = _("seats in sessions")
        constraints = [models.UniqueConstraint(fields=["registration", "key"], name="session_seated_once")]

    def __str__(self) -> str:
        return f"{self.registration_id}: {self.key}"
