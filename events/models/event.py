"""What: dialogue programmes, funding, events, venues, rooms, tracks and parties."""

import uuid
import zoneinfo

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.bilingual import Bilingual, BilingualModel
from events.turkish import fold, sort_key

from .base import DerivedModel, DerivedQuerySet, VersionedModel, check_period, check_years, new_code
from .directory import Organisation

RESERVED_SLUGS = {"events", "my", "delegation", "programme"}


class LineOfWork(models.IntegerChoices):
    """The four lines of work under which the association does everything (product.md)."""

    COLLABORATION = 1, _("collaboration platform")
    ADVOCACY = 2, _("advocacy")
    SERVICES = 3, _("services to members")
    REPRESENTATION = 4, _("international representation")


class DialogueField(models.TextChoices):
    POLITICAL = "political", _("political")
    ECONOMIC = "economic", _("economic")
    SOCIAL = "social", _("social")
    CULTURAL = "cultural", _("cultural")


def validate_slug(value: str) -> None:
    """Refuse the words that addresses of the site need for themselves."""
    if value in RESERVED_SLUGS:
        raise ValidationError(_("“%(slug)s” is reserved. Choose another address."), params={"slug": value})


def validate_zone(value: str) -> None:
    """Accept only zones of the time zone database; ``ZoneInfo`` itself fails in several ways."""
    if value not in zoneinfo.available_timezones():
        raise ValidationError(
            _("“%(zone)s” is not a time zone. Write it like Europe/Istanbul."), params={"zone": value}
        )


SLUG = RegexValidator(r"^[a-z0-9]+(?:-[a-z0-9]+)*\Z", _("Use small letters a–z, digits and single hyphens."))


class DialogueProgramme(BilingualModel, VersionedModel):
    """A series of events with partners and objectives, in a dialogue field and a line of work."""

    slug = models.CharField(_("address"), max_length=80, unique=True, validators=[SLUG, validate_slug])
    title_tr = models.CharField(_("title (Turkish)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=200, blank=True)
    objectives_tr = models.TextField(_("objectives (Turkish)"), blank=True)
    objectives_en = models.TextField(_("objectives (English)"), blank=True)
    line_of_work = models.PositiveSmallIntegerField(_("line of work"), choices=LineOfWork.choices)
    field = models.CharField(_("dialogue field"), max_length=20, choices=DialogueField.choices)
    partners = models.ManyToManyField(
        Organisation, related_name="dialogue_programmes", blank=True, verbose_name=_("partners")
    )

    title = Bilingual()
    objectives = Bilingual()

    class Meta:
        verbose_name = _("dialogue programme")
        verbose_name_plural = _("dialogue programmes")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(self.title)


class Venue(DerivedModel, BilingualModel, VersionedModel):
    """A place where sessions are held; its zone is the default for what happens there."""

    name_tr = models.CharField(_("name (Turkish)"), max_length=200, blank=True)
    name_en = models.CharField(_("name (English)"), max_length=200, blank=True)
    address_tr = models.CharField(_("address (Turkish)"), max_length=300, blank=True)
    address_en = models.CharField(_("address (English)"), max_length=300, blank=True)
    city_tr = models.CharField(_("city (Turkish)"), max_length=100, blank=True)
    city_en = models.CharField(_("city (English)"), max_length=100, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=50, blank=True, validators=[validate_zone])
    latitude = models.FloatField(
        _("latitude"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.FloatField(
        _("longitude"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    step_free = models.BooleanField(_("step-free"), null=True, blank=True)
    search_text = models.TextField(editable=False, default="")
    sort_key = models.CharField(max_length=400, editable=False, default="", db_index=True)

    name = Bilingual()
    address = Bilingual()
    city = Bilingual()
    derived = ("search_text", "sort_key")
    objects = DerivedQuerySet["Venue"].as_manager()

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ["sort_key", "pk"]

    def __str__(self) -> str:
        return str(self.name or _("venue without a name"))

    def derive(self) -> None:
        self.search_text = fold(f"{self.name_tr} {self.name_en} {self.city_tr} {self.city_en}")
        self.sort_key = sort_key(self.name_tr or self.name_en)


class Room(BilingualModel, VersionedModel):
    """A room of a venue; ``step_free`` empty means as the venue, opening hours are local time."""

    venue = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="rooms", verbose_name=_("venue"))
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    name_tr = models.CharField(_("name (Turkish)"), max_length=100, blank=True)
    name_en = models.CharField(_("name (English)"), max_length=100, blank=True)
    capacity = models.PositiveIntegerField(_("capacity"), null=True, blank=True)
    step_free = models.BooleanField(_("step-free"), null=True, blank=True)
    hearing_loop = models.BooleanField(_("hearing loop"), default=False)
    booths = models.PositiveSmallIntegerField(_("interpreters’ booths"), default=0)
    opens_at = models.TimeField(_("opens at"), null=True, blank=True)
    closes_at = models.TimeField(_("closes at"), null=True, blank=True)

    name = Bilingual()

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ["venue__sort_key", "position", "pk"]

    def __str__(self) -> str:
        return str(self.name)


class EventQuerySet(DerivedQuerySet["Event"]):
    def released(self) -> "EventQuerySet":
        """Events that have been public at least once."""
        return self.filter(releases__isnull=False).distinct()


class Event(DerivedModel, BilingualModel, VersionedModel):
    """A conference, workshop, meeting, webinar, study visit or delegation visit: the working row.

    Nothing public reads it; the public reads releases. ``cancelled_at`` and ``withdrawn_at`` are set by the
    verbs in ``events.release`` and nowhere else.
    """

    class Kind(models.TextChoices):
        CONFERENCE = "conference", _("conference")
        WORKSHOP = "workshop", _("workshop or training")
        MEETING = "meeting", _("meeting")
        WEBINAR = "webinar", _("webinar")
        STUDY_VISIT = "study_visit", _("study visit")
        DELEGATION_VISIT = "delegation_visit", _("delegation visit")

    code = models.CharField(_("short code"), max_length=8, unique=True, default=new_code, editable=False)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.CharField(_("address"), max_length=80, unique=True, validators=[SLUG, validate_slug])
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.CONFERENCE)
    line_of_work = models.PositiveSmallIntegerField(
        _("line of work"), choices=LineOfWork.choices, default=LineOfWork.SERVICES
    )
    field = models.CharField(_("dialogue field"), max_length=20, choices=DialogueField.choices, blank=True)
    dialogue_programme = models.ForeignKey(
        DialogueProgramme,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("dialogue programme"),
    )
    title_tr = models.CharField(_("title (Turkish)"), max_length=200, blank=True)
    title_en = models.CharField(_("title (English)"), max_length=200, blank=True)
    summary_tr = models.TextField(_("summary (Turkish)"), blank=True)
    summary_en = models.TextField(_("summary (English)"), blank=True)
    description_tr = models.TextField(_("description (Turkish)"), blank=True)
    description_en = models.TextField(_("description (English)"), blank=True)
    participation_tr = models.TextField(_("for whom and how to take part (Turkish)"), blank=True)
    participation_en = models.TextField(_("for whom and how to take part (English)"), blank=True)
    contact_email = models.EmailField(_("contact e-mail"), blank=True)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=50, default="Europe/Istanbul", validators=[validate_zone])
    venue = models.ForeignKey(
        Venue, on_delete=models.SET_NULL, null=True, blank=True, related_name="events", verbose_name=_("venue")
    )
    # What registration settings begin with; once an event has them, it repeats theirs (``save_settings``).
    capacity = models.PositiveIntegerField(_("seats"), null=True, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, editable=False)
    # The opened form that made it: sent twice, it makes one event.
    once = models.CharField(max_length=32, null=True, unique=True, editable=False)  # noqa: DJ001 - unique where it is
    organisations = models.ManyToManyField(
        Organisation, through="EventOrganisation", related_name="events", verbose_name=_("organisations")
    )
    search_text = models.TextField(editable=False, default="")

    title = Bilingual()
    summary = Bilingual()
    description = Bilingual()
    participation = Bilingual()
    derived = ("search_text",)
    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-starts_on", "-pk"]
        permissions = [
            ("release_event", _("Can release a programme")),
            ("cancel_event", _("Can cancel or withdraw an event")),
            ("import_event", _("Can import a programme")),
        ]

    def __str__(self) -> str:
        return str(self.title) or self.slug

    def derive(self) -> None:
        self.search_text = fold(f"{self.title_tr} {self.title_en} {self.slug}")

    def clean(self) -> None:
        check_years(self, "starts_on", "ends_on")
        check_period(self.starts_on, self.ends_on)
        elsewhere = Event.objects.filter(models.Q(former_slugs__slug=self.slug) | models.Q(public__slug=self.slug))
        if elsewhere.exclude(pk=self.pk).exists():
            raise ValidationError({"slug": _("This address belonged to another event. Choose another one.")})


class EventOrganisation(models.Model):
    """The part an organisation has in an event."""

    class Role(models.TextChoices):
        HOST = "host", _("host")
        CO_HOST = "co_host", _("co-host")
        PARTNER = "partner", _("partner")
        FUNDER = "funder", _("funder")

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="event_organisations")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="event_organisations", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=10, choices=Role.choices)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)

    class Meta:
        verbose_name = _("organisation of an event")
        verbose_name_plural = _("organisations of events")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "organisation", "role"], name="event_organisation_role_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_role_display()})"


class FormerSlug(models.Model):
    """An address that a released event had before; it keeps leading to the event for ever."""

    slug = models.CharField(max_length=80, unique=True)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="former_slugs")

    def __str__(self) -> str:
        return self.slug


class Track(BilingualModel):
    """A strand of parallel sessions: told by its letter and its hue, never by colour alone."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="tracks", verbose_name=_("event"))
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    letter = models.CharField(_("letter of the track"), max_length=2, blank=True)
    name_tr = models.CharField(_("name (Turkish)"), max_length=100, blank=True)
    name_en = models.CharField(_("name (English)"), max_length=100, blank=True)
    colour = models.CharField(
        _("colour"),
        max_length=7,
        blank=True,
        validators=[RegexValidator(r"^#[0-9a-fA-F]{6}\Z", _("Write a colour like #1b7f4b."))],
    )

    name = Bilingual()

    class Meta:
        verbose_name = _("track")
        verbose_name_plural = _("tracks")
        ordering = ["event", "position", "pk"]

    def __str__(self) -> str:
        return str(self.name)


class Party(BilingualModel):
    """A group within an event that has its own sessions (political, technical); ``languages`` it follows."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="parties", verbose_name=_("event"))
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    name_tr = models.CharField(_("name (Turkish)"), max_length=100, blank=True)
    name_en = models.CharField(_("name (English)"), max_length=100, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)

    name = Bilingual()

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["event", "position", "pk"]

    def __str__(self) -> str:
        return str(self.name)


class Funding(BilingualModel):
    """Money for one event or one dialogue programme: where from, how much, for which period."""

    class Kind(models.TextChoices):
        GRANT = "grant", _("grant")
        OWN = "own_contribution", _("own contribution")
        SPONSORSHIP = "sponsorship", _("sponsorship")

    dialogue_programme = models.ForeignKey(
        DialogueProgramme,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="funding",
        verbose_name=_("dialogue programme"),
    )
    event = models.ForeignKey(
        Event, on_delete=models.CASCADE, null=True, blank=True, related_name="funding", verbose_name=_("event")
    )
    source = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="funding", verbose_name=_("source"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.GRANT)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2, validators=[MinValueValidator(0)])
    currency = models.CharField(
        _("currency"),
        max_length=3,
        default="EUR",
        validators=[RegexValidator(r"^[A-Z]{3}\Z", _("Three letters, such as EUR."))],
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    purpose_tr = models.CharField(_("purpose (Turkish)"), max_length=300, blank=True)
    purpose_en = models.CharField(_("purpose (English)"), max_length=300, blank=True)

    purpose = Bilingual()

    class Meta:
        verbose_name = _("funding")
        verbose_name_plural = _("funding")
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(event__isnull=True) ^ models.Q(dialogue_programme__isnull=True),
                name="funding_of_event_or_programme",
                violation_error_message=_("Choose either an event or a dialogue programme."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.amount} {self.currency}"

    def clean(self) -> None:
        check_period(self.starts_on, self.ends_on)
