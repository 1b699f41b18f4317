"""Who was there: at the event on a day, or in one session."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.programme import Session

from .registrations import Registration


class Attendance(models.TextChoices):
    PRESENT = "present", _("present")
    ABSENT = "absent", _("absent")
    EXCUSED = "excused", _("excused")
    REPLACED = "replaced", _("replaced by somebody else")
    UNDONE = "undone", _("taken back")


class Marked(models.Model):
    """What a check-in and each mark that led to it have in common.

    ``place`` says where: the day as ``2027-06-10`` for the event as a whole, else the key of a session. ``at`` is
    when it was seen at the door, which may be hours before the server heard of it. ``device`` is the short name
    that a door gave itself; it names no person.
    """

    Attendance = Attendance

    place = models.CharField(max_length=12)
    state = models.CharField(_("attendance"), max_length=10, choices=Attendance.choices)
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("who")
    )
    device = models.CharField(_("door"), max_length=40, blank=True)

    class Meta:
        abstract = True


class CheckInQuerySet(models.QuerySet["CheckIn"]):
    def standing(self) -> "CheckInQuerySet":
        """Those that nobody took back."""
        return self.exclude(state=Attendance.UNDONE)

    def present(self) -> "CheckInQuerySet":
        """Those of people who were there."""
        return self.filter(state=Attendance.PRESENT)


class CheckIn(Marked):
    """Where one registration stands at one place: what its marks come to, see ``events.registration.attending``.

    ``day`` is the day of the place. A session that is deleted later leaves its key and its day behind.
    """

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="check_ins")
    session = models.ForeignKey(Session, on_delete=models.SET_NULL, null=True, related_name="check_ins")
    day = models.DateField(_("day"))
    changed_at = models.DateTimeField(default=timezone.now)

    objects = CheckInQuerySet.as_manager()

    class Meta:
        verbose_name = _("check-in")
        verbose_name_plural = _("check-ins")
        ordering = ["registration", "day", "pk"]
        permissions = [("check_in_registration", _("Can check people in at the door"))]
        indexes = [models.Index(fields=["place", "changed_at"], name="check_in_by_place")]
        constraints = [models.UniqueConstraint(fields=["registration", "place"], name="checked_in_once_a_place")]

    def __str__(self) -> str:
        return f"{self.registration_id}: {self.place} {self.state}"


class CheckInMark(Marked):
    """One press of a button at a door, kept as it came. ``key`` is made by the door: the same one twice is one."""

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="check_in_marks")
    received_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("mark at the door")
        verbose_name_plural = _("marks at the door")
        ordering = ["registration", "at", "pk"]

    def __str__(self) -> str:
        return f"{self.registration_id}: {self.place} {self.state}"
