"""Who: organisations, memberships, populations, partnerships, people, positions, offices."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.bilingual import Bilingual, BilingualModel
from events.turkish import fold, sort_key

from .base import DerivedModel, DerivedQuerySet, VersionedModel, check_period, new_key

if TYPE_CHECKING:
    import datetime


@dataclass(frozen=True)
class Represented:
    """How many members there were on a day, and how many people they stand for.

    ``unknown`` counts municipalities among them of which no figure is known.
    """

    members: int
    inhabitants: int
    unknown: int = 0


class OrganisationQuerySet(DerivedQuerySet["Organisation"]):
    def members(self, on: "datetime.date") -> "OrganisationQuerySet":
        """Members on that day; a membership without an end is still running, its last day counts."""
        running = models.Q(memberships__ends_on__isnull=True) | models.Q(memberships__ends_on__gte=on)
        return self.filter(running, memberships__starts_on__lte=on).distinct()

    def counted(self, year: int) -> "OrganisationQuerySet":
        """Each with ``inhabitants`` and ``inhabitants_in``: the figure of that year, or the latest before it."""
        known = Population.objects.filter(organisation=models.OuterRef("pk"), year__lte=year).order_by("-year")
        return self.annotate(
            inhabitants=models.Subquery(known.values("count")[:1]),
            inhabitants_in=models.Subquery(known.values("year")[:1]),
        )

    def represented(self, on: "datetime.date") -> Represented:
        """Count members on that day and their inhabitants, by the figures known for its year."""
        members: Any = self.members(on).counted(on.year)
        counts = [(kind, count) for kind, count, _pk in members.values_list("kind", "inhabitants", "pk")]
        return Represented(
            members=len(counts),
            inhabitants=sum(count or 0 for _kind, count in counts),
            unknown=sum(kind == Organisation.Kind.MUNICIPALITY and count is None for kind, count in counts),
        )


class Organisation(DerivedModel, BilingualModel, VersionedModel):  # type: ignore[django-manager-missing] # pages name it
    """A municipality (member or counterpart), ministry, EU body, network, university or company."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("municipality")
        ASSOCIATION = "association", _("association of municipalities")
        MINISTRY = "ministry", _("ministry or public body")
        EU_BODY = "eu_body", _("EU body")
        NETWORK = "network", _("network")
        UNIVERSITY = "university", _("university")
        COMPANY = "company", _("company")
        OTHER = "other", _("other")

    name_tr = models.CharField(_("name (Turkish)"), max_length=200, blank=True)
    name_en = models.CharField(_("name (English)"), max_length=200, blank=True)
    native_name = models.CharField(_("name in its own language"), max_length=200, blank=True)
    short_name = models.CharField(_("short name"), max_length=50, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.MUNICIPALITY)
    country = models.CharField(_("country"), max_length=2, default="TR", help_text=_("Two letters, such as TR or DE."))
    city_tr = models.CharField(_("city (Turkish)"), max_length=100, blank=True)
    city_en = models.CharField(_("city (English)"), max_length=100, blank=True)
    latitude = models.FloatField(
        _("latitude"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.FloatField(
        _("longitude"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    website = models.URLField(_("website"), blank=True)
    search_text = models.TextField(editable=False, default="")
    sort_key = models.CharField(max_length=400, editable=False, default="", db_index=True)

    name = Bilingual()
    city = Bilingual()
    derived = ("search_text", "sort_key")
    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(name_tr="", name_en=""),
                name="organisation_has_a_name",
                violation_error_message=_("Give the name in at least one language."),
            )
        ]

    def __str__(self) -> str:
        return str(self.name)

    def derive(self) -> None:
        names = (self.name_tr, self.name_en, self.native_name, self.short_name, self.city_tr, self.city_en)
        self.search_text = fold(" ".join(names))
        self.sort_key = sort_key(self.name_tr or self.name_en)


class Membership(models.Model):
    """From when to when an organisation is a member; ``ends_on`` is the last day, empty while it runs."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("organisation")
    )
    starts_on = models.DateField(_("member since"))
    ends_on = models.DateField(_("last day of membership"), null=True, blank=True)
    founding = models.BooleanField(_("founding member"), default=False)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["organisation__sort_key", "starts_on"]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.starts_on:%Y})"

    def clean(self) -> None:
        check_period(self.starts_on, self.ends_on)


class Population(models.Model):
    """Inhabitants of a municipality in one year; a year without a figure takes the latest earlier one."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="populations", verbose_name=_("organisation")
    )
    year = models.PositiveSmallIntegerField(_("year"), validators=[MinValueValidator(1900), MaxValueValidator(2200)])
    count = models.PositiveIntegerField(_("inhabitants"))

    class Meta:
        verbose_name = _("population")
        verbose_name_plural = _("populations")
        ordering = ["organisation__sort_key", "-year"]
        constraints = [models.UniqueConstraint(fields=["organisation", "year"], name="population_once_a_year")]

    def __str__(self) -> str:
        return f"{self.organisation} {self.year}: {self.count}"


class PartnershipQuerySet(models.QuerySet["Partnership"]):
    def running(self, on: "datetime.date") -> "PartnershipQuerySet":
        """Signed by that day and not over; without dates it counts as running."""
        signed = models.Q(signed_on__isnull=True) | models.Q(signed_on__lte=on)
        valid = models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=on)
        return self.filter(signed, valid)


class Partnership(BilingualModel):
    """A tie between organisations: twin town, protocol, network or project; signed, valid until."""

    class Kind(models.TextChoices):
        TWIN_TOWN = "twin_town", _("twin town")
        PROTOCOL = "protocol", _("protocol")
        NETWORK = "network", _("network")
        PROJECT = "project", _("project")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    title_tr = models.CharField(_("title (Turkish)"), max_length=200, blank=True)
    title_en = models.CharField(_("title (English)"), max_length=200, blank=True)
    organisations = models.ManyToManyField(Organisation, related_name="partnerships", verbose_name=_("organisations"))
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    title = Bilingual()
    objects = PartnershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")
        ordering = ["-signed_on", "pk"]

    def __str__(self) -> str:
        return str(self.title)

    def clean(self) -> None:
        check_period(self.signed_on, self.valid_until, "valid_until")


class Office(BilingualModel):
    """An office with its rank: precedence belongs to the office, not to the person. Lower goes first."""

    name_tr = models.CharField(_("name (Turkish)"), max_length=200)
    name_en = models.CharField(_("name (English)"), max_length=200, blank=True)
    rank = models.PositiveSmallIntegerField(_("rank"), default=100, help_text=_("Lower numbers go first."))

    name = Bilingual()

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering = ["rank", "pk"]

    def __str__(self) -> str:
        return str(self.name)


class PersonQuerySet(DerivedQuerySet["Person"]):
    def kept(self) -> "PersonQuerySet":
        """People that were not erased; an erased row only holds the place that history points at."""
        return self.filter(erased_at__isnull=True)


class Person(DerivedModel, BilingualModel, VersionedModel):
    """Someone who takes part: mayor, councillor, expert, interpreter. Never has revisions (KVKK art. 7)."""

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    name = models.CharField(_("name"), max_length=200, help_text=_("As the person writes it, given name first."))
    family_name = models.CharField(
        _("family name"), max_length=200, blank=True, help_text=_("The part of the name that lists are sorted by.")
    )
    language = models.CharField(
        _("preferred language"), max_length=2, choices=[("tr", _("Turkish")), ("en", _("English"))], default="tr"
    )
    languages = models.JSONField(_("languages spoken"), default=list, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    address_tr = models.CharField(_("form of address (Turkish)"), max_length=200, blank=True)
    address_en = models.CharField(_("form of address (English)"), max_length=200, blank=True)
    biography_tr = models.TextField(_("biography (Turkish)"), blank=True)
    biography_en = models.TextField(_("biography (English)"), blank=True)
    ref = models.CharField(_("reference in imported files"), max_length=100, blank=True, db_index=True)
    erased_at = models.DateTimeField(_("erased"), null=True, editable=False)
    search_text = models.TextField(editable=False, default="")
    sort_key = models.CharField(max_length=400, editable=False, default="", db_index=True)

    address = Bilingual()
    biography = Bilingual()
    derived = ("search_text", "sort_key")
    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["sort_key", "pk"]
        permissions = [("erase_person", _("Can erase a person for good"))]

    def __str__(self) -> str:
        return self.name or str(_("(erased)"))

    def derive(self) -> None:
        self.search_text = fold(self.name)
        self.sort_key = sort_key(f"{self.family_name} {self.name}" if self.family_name else self.name)


class PositionQuerySet(models.QuerySet["Position"]):
    def current(self, on: "datetime.date") -> "PositionQuerySet":
        """Held on that day; without dates it counts as held."""
        begun = models.Q(starts_on__isnull=True) | models.Q(starts_on__lte=on)
        running = models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=on)
        return self.filter(begun, running)


class Position(BilingualModel):
    """What a person is in an organisation, from when to when."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="positions", verbose_name=_("person"))
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="positions", verbose_name=_("organisation")
    )
    office = models.ForeignKey(
        Office, on_delete=models.SET_NULL, null=True, blank=True, related_name="positions", verbose_name=_("office")
    )
    title_tr = models.CharField(_("position (Turkish)"), max_length=200, blank=True)
    title_en = models.CharField(_("position (English)"), max_length=200, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)

    title = Bilingual()
    objects = PositionQuerySet.as_manager()

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        ordering = ["person__sort_key", "-starts_on", "pk"]

    def __str__(self) -> str:
        return f"{self.person}: {self.title}, {self.organisation}"

    def clean(self) -> None:
        check_period(self.starts_on, self.ends_on)
