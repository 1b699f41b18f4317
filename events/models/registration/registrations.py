"""One person's taking part in one event."""

import uuid
from typing import TYPE_CHECKING

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.base import DerivedModel, DerivedQuerySet, VersionedModel, new_key
from events.models.directory import Organisation, Person
from events.models.event import Event
from events.models.links import Link
from events.turkish import fold, sort_key

if TYPE_CHECKING:
    from datetime import datetime


class State(models.TextChoices):
    UNVERIFIED = "unverified", _("address not confirmed")
    REQUESTED = "requested", _("waiting for approval")
    CONFIRMED = "confirmed", _("confirmed")
    WAITLISTED = "waitlisted", _("on the waiting list")
    OFFERED = "offered", _("seat offered")
    EXPIRED = "expired", _("lapsed")
    DECLINED = "declined", _("declined")
    CANCELLED = "cancelled", _("cancelled")


#: In these a person is registered once for an event; out of the others nobody comes back, but may register anew.
ACTIVE = (State.UNVERIFIED, State.REQUESTED, State.CONFIRMED, State.WAITLISTED, State.OFFERED)
#: In these a clock runs: when it has run out, the seat passes on.
HELD = (State.UNVERIFIED, State.OFFERED)


class RegistrationQuerySet(DerivedQuerySet["Registration"]):
    def kept(self) -> "RegistrationQuerySet":
        """Registrations that still say whose they are."""
        return self.filter(erased_at=None)

    def active(self) -> "RegistrationQuerySet":
        """Registrations that are neither ended nor lapsed."""
        return self.filter(state__in=ACTIVE)

    def seated(self) -> "RegistrationQuerySet":
        """Registrations that hold a seat."""
        return self.filter(seat=True)

    def waiting(self) -> "RegistrationQuerySet":
        """The waiting list, the first in line first."""
        return self.filter(state=State.WAITLISTED).order_by("waiting_number")

    def missing_details(self) -> "RegistrationQuerySet":
        """Confirmed registrations of which something is still asked (``events.registration.details``)."""
        return self.filter(details_due=True)

    def overdue(self, now: "datetime") -> "RegistrationQuerySet":
        """Registrations whose time to confirm or to take an offered seat is over."""
        return self.filter(state__in=HELD, held_until__lte=now)


class Registration(DerivedModel, VersionedModel):
    """A person, an event and a state; see ``events.registration`` for what leads from one state to another.

    ``person_key`` is what makes one person one row: the normalised address of those who register themselves, a
    made-up key for those entered by others without one. ``group`` is the group that it belongs to, if any, and
    ``replaced_by`` who took its place. ``seat`` says whether the row counts against the event's seats;
    ``waiting_number`` is the order of the waiting list, ``held_until`` the end of a running clock. ``code`` stands in
    the QR code and opens nothing. ``uid`` and ``sequence`` belong to the person's calendar entry, ``invited_as`` is
    the fingerprint of what it said last. ``told_release`` is the number of the release that the person knows: the
    one that counted when the seat was confirmed, or when the last letter on changes went out. ``sent_sessions`` are the keys of sessions that letters put into the
    person's calendar and did not strike out yet. ``new_email`` is an address that the person gave and did not prove
    yet: until ``new_email_until`` the letter to it can be answered.
    """

    State = State

    class Source(models.TextChoices):
        SELF = "self", _("registered online")
        OFFICER = "officer", _("entered by an officer")
        GROUP = "group", _("entered by the contact of a group")
        SUBSTITUTE = "substitute", _("named as a substitute")

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="registrations", verbose_name=_("event"))
    person = models.ForeignKey(
        Person,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="registrations",
        verbose_name=_("person in the directory"),
    )
    group = models.ForeignKey(
        "events.RegistrationGroup",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="members",
        verbose_name=_("group"),
        editable=False,
    )
    replaced_by = models.OneToOneField(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="replaces",
        verbose_name=_("replaced by"),
        editable=False,
    )
    code = models.CharField(_("code"), max_length=12, unique=True, default=new_key, editable=False)
    person_key = models.CharField(max_length=260, editable=False)
    name = models.CharField(_("name"), max_length=200, help_text=_("As the person writes it, given name first."))
    email = models.EmailField(_("e-mail"), blank=True)
    # The database knows what is left out by a process from before it had the column.
    new_email = models.EmailField(
        _("new e-mail, not confirmed yet"), blank=True, default="", db_default="", editable=False
    )
    new_email_until = models.DateTimeField(null=True, editable=False)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="registrations",
        verbose_name=_("organisation in the directory"),
    )
    organisation_name = models.CharField(_("organisation"), max_length=200, blank=True)
    organisation_key = models.CharField(max_length=220, blank=True, editable=False, db_index=True)
    role = models.CharField(_("position"), max_length=200, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=[("tr", _("Turkish")), ("en", _("English"))], default="tr"
    )
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.UNVERIFIED, editable=False)
    seat = models.BooleanField(_("holds a seat"), default=False, editable=False)
    waiting_number = models.PositiveIntegerField(null=True, editable=False)
    held_until = models.DateTimeField(_("held until"), null=True, editable=False)
    registered_at = models.DateTimeField(_("registered"), default=timezone.now, editable=False)
    verified_at = models.DateTimeField(_("address confirmed"), null=True, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, editable=False)
    erased_at = models.DateTimeField(_("erased"), null=True, editable=False)
    #: Since when, and why, mail to this address comes back; a corrected address clears both.
    address_refused_at = models.DateTimeField(_("address takes no mail since"), null=True, editable=False)
    address_refused = models.CharField(max_length=300, blank=True, editable=False)
    details_due = models.BooleanField(_("details are missing"), default=False, editable=False)
    details_asked_at = models.DateTimeField(_("asked for details"), null=True, editable=False)
    details_at = models.DateTimeField(_("details told"), null=True, editable=False)
    reason = models.CharField(_("reason"), max_length=500, blank=True, editable=False)
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.SELF, editable=False)
    once = models.CharField(max_length=32, null=True, unique=True, editable=False)  # noqa: DJ001 - unique where it is
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    invited_as = models.CharField(max_length=32, blank=True, editable=False)
    told_release = models.PositiveIntegerField(null=True, editable=False)
    sent_sessions = models.JSONField(default=list, editable=False)
    search_text = models.TextField(editable=False, default="")
    sort_key = models.CharField(max_length=400, editable=False, default="", db_index=True)
    links = GenericRelation(Link)

    derived = ("search_text", "sort_key", "organisation_key")
    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["sort_key", "pk"]
        permissions = [
            ("manage_registration", _("Can decide on registrations")),
            ("export_registration", _("Can export registrations")),
            ("report_registration", _("Can read reports on registrations")),
        ]
        indexes = [
            models.Index(fields=["event", "state"], name="registration_by_state"),
            models.Index(fields=["held_until"], condition=Q(held_until__isnull=False), name="registration_running_out"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "person_key"], condition=Q(state__in=ACTIVE), name="registration_once_a_person"
            ),
            models.UniqueConstraint(fields=["event", "waiting_number"], name="registration_place_in_line_once"),
            models.CheckConstraint(
                condition=Q(state=State.WAITLISTED, waiting_number__isnull=False)
                | (~Q(state=State.WAITLISTED) & Q(waiting_number=None)),
                name="registration_in_line_when_waiting",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(State.CONFIRMED, State.OFFERED), seat=True)
                | Q(state=State.UNVERIFIED)
                | Q(
                    state__in=(State.REQUESTED, State.WAITLISTED, State.EXPIRED, State.DECLINED, State.CANCELLED),
                    seat=False,
                ),
                name="registration_seat_by_state",
            ),
            models.CheckConstraint(
                condition=Q(state__in=HELD, held_until__isnull=False) | (~Q(state__in=HELD) & Q(held_until=None)),
                name="registration_clock_by_state",
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(_("(erased)"))

    def derive(self) -> None:
        self.search_text = fold(f"{self.name} {self.organisation_name} {self.email} {self.role} {self.code}")
        self.sort_key = sort_key(self.name)
        self.organisation_key = f"~{self.organisation_id}" if self.organisation_id else fold(self.organisation_name)

    @property
    def is_active(self) -> bool:
        return self.state in ACTIVE
