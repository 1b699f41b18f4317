"""The programme: everything with a time is a session; contributions say who does what in it."""

import datetime as dt
import uuid
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _

from events.bilingual import Bilingual, BilingualModel

from .base import DerivedModel, DerivedQuerySet, VersionedModel, check_years, new_key
from .directory import Organisation, Person
from .event import Event, Party, Room, Track, Venue, validate_zone

#: A start or end before this hour belongs to the night after the programme day.
NIGHT_ENDS = dt.time(4)


class SessionQuerySet(DerivedQuerySet["Session"]):
    def releasable(self) -> "SessionQuerySet":
        """Confirmed and cancelled sessions; a draft is never released."""
        return self.exclude(status=Session.Status.DRAFT)

    def in_order(self) -> "SessionQuerySet":
        """As the programme reads: by day, then untimed ones at their position among the timed."""
        return self.order_by("day", models.F("start").asc(nulls_last=True), "position", "pk")


class Session(DerivedModel, BilingualModel, VersionedModel):
    """One item of a programme: plenary, break, transfer, site visit …

    ``day`` is the programme day. ``start`` and ``end`` are wall-clock times in ``start_zone`` and ``end_zone``
    (empty: the place's, else the event's). A time before 04:00 is in the night after ``day``, unless
    ``start_day`` or ``end_day`` says on which date it really falls. Instants are derived, never stored: when a
    zone or its rules change, the wall time stays.
    """

    class Kind(models.TextChoices):
        PLENARY = "plenary", _("plenary session")
        PARALLEL = "parallel", _("parallel session")
        PANEL = "panel", _("panel")
        WORKSHOP = "workshop", _("workshop")
        KEYNOTE = "keynote", _("keynote")
        TALK = "talk", _("talk")
        CEREMONY = "ceremony", _("ceremony")
        REGISTRATION = "registration", _("registration desk")
        BREAK = "break", _("break")
        MEAL = "meal", _("meal")
        TRANSFER = "transfer", _("transfer")
        SITE_VISIT = "site_visit", _("site visit")
        MEETING = "meeting", _("meeting")
        FREE = "free", _("free time")
        PRESS = "press", _("press")
        SOCIAL = "social", _("social programme")
        OTHER = "other", _("other")

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        CONFIRMED = "confirmed", _("confirmed")
        CANCELLED = "cancelled", _("cancelled")

    class Audience(models.TextChoices):
        PUBLIC = "public", _("public")
        PARTICIPANTS = "participants", _("participants")
        STAFF = "staff", _("staff")

    class Interpretation(models.TextChoices):
        NONE = "none", _("none")
        CONSECUTIVE = "consecutive", _("consecutive")
        SIMULTANEOUS = "simultaneous", _("simultaneous")

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="sessions", verbose_name=_("event"))
    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    ref = models.CharField(_("reference"), max_length=100, blank=True)
    day = models.DateField(_("day"))
    position = models.PositiveIntegerField(_("place in the list"), default=0)
    start = models.TimeField(_("start"), null=True, blank=True)
    end = models.TimeField(_("end"), null=True, blank=True)
    start_day = models.DateField(_("date of the start"), null=True, blank=True)
    end_day = models.DateField(_("date of the end"), null=True, blank=True)
    start_zone = models.CharField(_("zone of the start"), max_length=50, blank=True, validators=[validate_zone])
    end_zone = models.CharField(_("zone of the end"), max_length=50, blank=True, validators=[validate_zone])
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.TALK)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    audience = models.CharField(_("audience"), max_length=12, choices=Audience.choices, default=Audience.PUBLIC)
    title_tr = models.CharField(_("title (Turkish)"), max_length=300, blank=True)
    title_en = models.CharField(_("title (English)"), max_length=300, blank=True)
    title_other = models.CharField(_("title (third language)"), max_length=300, blank=True)
    abstract_tr = models.TextField(_("abstract (Turkish)"), blank=True)
    abstract_en = models.TextField(_("abstract (English)"), blank=True)
    abstract_other = models.TextField(_("abstract (third language)"), blank=True)
    other_language = models.CharField(
        _("third language"), max_length=20, blank=True, help_text=_("Language tag of the third language, such as de.")
    )
    track = models.ForeignKey(
        Track, on_delete=models.SET_NULL, null=True, blank=True, related_name="sessions", verbose_name=_("track")
    )
    venue = models.ForeignKey(
        Venue, on_delete=models.SET_NULL, null=True, blank=True, related_name="sessions", verbose_name=_("venue")
    )
    room = models.ForeignKey(
        Room, on_delete=models.SET_NULL, null=True, blank=True, related_name="sessions", verbose_name=_("room")
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="sessions",
        verbose_name=_("host organisation"),
    )
    parties = models.ManyToManyField(Party, related_name="sessions", blank=True, verbose_name=_("parties"))
    languages = models.JSONField(_("languages"), default=list, blank=True)
    interpretation = models.CharField(
        _("interpretation"), max_length=12, choices=Interpretation.choices, default=Interpretation.NONE
    )
    capacity = models.PositiveIntegerField(_("capacity"), null=True, blank=True)
    #: What host and site contact have to know. In no release, feed, document or exchange file.
    host_notes = models.TextField(_("notes for the host"), blank=True)

    title = Bilingual()
    abstract = Bilingual()
    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["event", "day", "start", "position", "pk"]
        indexes = [models.Index(fields=["event", "day", "start"], name="session_in_order")]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "ref"],
                condition=~models.Q(ref=""),
                name="session_ref_once_an_event",
                violation_error_message=_("Another session of this event has this reference."),
            )
        ]

    def __str__(self) -> str:
        return str(self.title) or self.key

    def clean(self) -> None:
        check_years(self, "day", "start_day", "end_day")
        # A date that the clock time has anyway is no other date: kept, it would count as a move once it goes.
        for time, name in ((self.start, "start_day"), (self.end, "end_day")):
            if self.day and (time is None or getattr(self, name) == date_of(self.day, time)):
                setattr(self, name, None)

    @property
    def zone_at_start(self) -> str:
        """The zone of the start: its own, else the place's, else the event's."""
        return self.start_zone or self._place_zone() or self.event.time_zone

    @property
    def zone_at_end(self) -> str:
        """The zone of the end: its own, else the start's."""
        return self.end_zone or self.zone_at_start

    def _place_zone(self) -> str:
        place = self.room.venue if self.room else self.venue
        return place.time_zone if place else ""

    @property
    def starts_at(self) -> dt.datetime | None:
        """The instant of the start, or None for an untimed session."""
        return instant(self.day, self.start, self.start_day, self.zone_at_start)

    @property
    def ends_at(self) -> dt.datetime | None:
        """The instant of the end; None without an end, or without a start (no calendar can place it)."""
        return instant(self.day, self.end, self.end_day, self.zone_at_end)

    @property
    def ends_first(self) -> bool:
        """Whether the end lies before the start, read as programme times (before 04:00 is the night after)."""
        return bool(self.starts_at and self.ends_at and self.ends_at < self.starts_at)


def date_of(day: dt.date, time: dt.time, stated: dt.date | None = None) -> dt.date:
    """The calendar date of a wall-clock time of a programme day: before 04:00 it is the night after."""
    return stated or (day + dt.timedelta(days=1) if time < NIGHT_ENDS else day)


def instant(day: dt.date, time: dt.time | None, stated: dt.date | None, zone: str) -> dt.datetime | None:
    """Derive the instant (UTC) of a wall-clock time; a time that a clock change skips moves forward.

    None for no time, and at the ends of the calendar, where a zone leads out of it.
    """
    if time is None:
        return None
    try:
        local = dt.datetime.combine(date_of(day, time, stated), time, tzinfo=ZoneInfo(zone))
        return local.astimezone(dt.UTC)
    except OverflowError:
        return None


class Contribution(BilingualModel):
    """What a person does in a session. ``shown`` is the position and organisation as the programme prints it."""

    class Role(models.TextChoices):
        CHAIR = "chair", _("chair")
        MODERATOR = "moderator", _("moderator")
        SPEAKER = "speaker", _("speaker")
        RAPPORTEUR = "rapporteur", _("rapporteur")
        HOST = "host", _("host")
        GREETER = "greeter", _("greeter")
        INTERPRETER = "interpreter", _("interpreter")
        SIGNATORY = "signatory", _("signatory")

    session = models.ForeignKey(
        Session, on_delete=models.CASCADE, related_name="contributions", verbose_name=_("session")
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contributions", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=12, choices=Role.choices, default=Role.SPEAKER)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    shown_tr = models.CharField(_("position as shown (Turkish)"), max_length=300, blank=True)
    shown_en = models.CharField(_("position as shown (English)"), max_length=300, blank=True)

    shown = Bilingual()

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["session", "person", "role"], name="contribution_once_a_role")]

    def __str__(self) -> str:
        return f"{self.person} ({self.get_role_display()})"
