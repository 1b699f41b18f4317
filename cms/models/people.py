"""People on the site: only those whom somebody chose to show, for a reason that is written down."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.panels import FieldPanel, HelpPanel

from cms import listing
from events.bilingual import active_language
from events.countries import country_name
from events.labels import sentence
from events.models import Organisation, Person, Position
from events.models.base import DerivedModel, check_period
from events.views.filters import Filter, Filters

from .body import BodyPage


class Circle(models.TextChoices):
    """As what somebody is shown."""

    BOARD = "board", gettext_lazy("executive board")
    COMMITTEE = "committee", gettext_lazy("committee")
    MAYORS = "mayors", gettext_lazy("mayors of members")
    SECRETARIAT = "secretariat", gettext_lazy("general secretariat")
    CONTACTS = "contacts", gettext_lazy("contact points")
    EXPERTS = "experts", gettext_lazy("experts")


class ShownPersonQuerySet(models.QuerySet["ShownPerson"]):
    def public(self, on: dt.date) -> "ShownPersonQuerySet":
        """Those whom the public may see on that day: not erased, begun, not over."""
        begun = Q(starts_on__isnull=True) | Q(starts_on__lte=on)
        running = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
        return self.filter(begun, running, person__erased_at__isnull=True)


class ShownPerson(DerivedModel):
    """The decision to show one person on the site, with its legal ground. Without such a row nobody is shown."""

    class Ground(models.TextChoices):
        OFFICE = "office", gettext_lazy("holds a public office")
        DUTY = "duty", gettext_lazy("works for the association and is to be reached")
        CONSENT = "consent", gettext_lazy("explicit consent")

    person = models.OneToOneField(
        Person,
        on_delete=models.CASCADE,
        related_name="shown_on_site",
        verbose_name=gettext_lazy("person"),
        error_messages={"unique": gettext_lazy("This person is on the site already.")},
    )
    circle = models.CharField(
        pgettext_lazy("a group of people", "shown as"), max_length=20, choices=Circle.choices, default=Circle.BOARD
    )
    ground = models.CharField(
        gettext_lazy("legal ground"),
        max_length=10,
        choices=Ground.choices,
        help_text=gettext_lazy("Why this name may be public. An office is public; everybody else has to agree."),
    )
    agreed_on = models.DateField(
        gettext_lazy("consent given on"), null=True, blank=True, help_text=gettext_lazy("Required for consent.")
    )
    note = models.CharField(
        gettext_lazy("where it is kept"),
        max_length=200,
        blank=True,
        help_text=gettext_lazy("The letter or form with the consent, such as its number. Never shown."),
    )
    biography_shown = models.BooleanField(gettext_lazy("show the biography too"), default=False)
    starts_on = models.DateField(gettext_lazy("shown from"), null=True, blank=True)
    ends_on = models.DateField(gettext_lazy("shown until"), null=True, blank=True)

    objects = ShownPersonQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("person on the site")
        verbose_name_plural = gettext_lazy("people on the site")
        ordering = ["person__sort_key", "pk"]

    def __str__(self) -> str:
        return str(self.person)

    def clean(self) -> None:
        check_period(self.starts_on, self.ends_on)
        if self.ground == self.Ground.CONSENT and not self.agreed_on:
            raise ValidationError({"agreed_on": _("Say when the consent was given.")})


class PeopleIndexPage(BodyPage):
    """People of the directory who are shown on the site, all of them or one circle."""

    circle = models.CharField(
        gettext_lazy("people shown"),
        max_length=20,
        choices=Circle.choices,
        blank=True,
        help_text=gettext_lazy("Leave empty for all people on the site."),
    )

    content_panels = [
        *BodyPage.content_panels,
        FieldPanel("circle"),
        HelpPanel(
            content=gettext_lazy(
                "Nobody is listed by being in the directory. Who is shown, as what and on which legal ground is "
                "decided under “People on the site”."
            )
        ),
    ]
    template = "cms/people_index_page.html"
    parent_page_types = ["cms.HomePage", "cms.SectionIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = gettext_lazy("list of people")
        verbose_name_plural = gettext_lazy("lists of people")

    def people(self, today: dt.date) -> QuerySet[ShownPerson]:
        """Those whom this page may show today."""
        rows = ShownPerson.objects.public(today)
        return rows.filter(circle=self.circle) if self.circle else rows

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        today, (search, words) = timezone.localdate(), listing.asked_words(request)
        whole = self.people(today)
        filters = people_filters(whole, today, request)
        rows = _searched(_chosen(whole, filters, today), words, today)
        narrowed = listing.narrows(filters, search)
        language = active_language()
        names = rows.order_by().values_list("pk", "person__family_name", "person__name")
        places = listing.alphabetical({pk: f"{family} {name}".strip() for pk, family, name in names}, language)
        paged = listing.paged(request, places)
        shown = paged["rows_page"].object_list
        context |= {
            "filters": filters,
            "search": search,
            "narrowed": narrowed,
            "letters": listing.letters(places, language, request),
            "groups": list(listing.by_letter(shown, _entries(shown, today))),
            "head": listing.listed_head(context["head"], paged["rows_page"], narrowed),
            "other_query": listing.query_for_other_language(request),
        }
        return context | paged


def people_filters(rows: QuerySet[ShownPerson], today: dt.date, request: HttpRequest) -> Filters:
    """As what they are shown, and the kind and country of where they work."""
    people = rows.order_by().values("person")
    houses = Organisation.objects.filter(positions__in=Position.objects.current(today).filter(person__in=people))
    pairs = set(houses.order_by().values_list("kind", "country"))
    circles = set(rows.order_by().values_list("circle", flat=True))
    countries = {code: country_name(code) for _kind, code in pairs}
    kinds = {kind for kind, _code in pairs}
    options = (
        ("circle", _("Shown as"), [(each.value, sentence(str(each.label))) for each in Circle if each in circles]),
        (
            "kind",
            _("Kind of organisation"),
            [(each.value, sentence(str(each.label))) for each in Organisation.Kind if each in kinds],
        ),
        ("country", _("Country"), listing.by_name(countries.items())),
    )
    return Filters(
        Filter(name, label, tuple(pairs), request.GET.get(name, ""))
        for name, label, pairs in options
        if len(pairs) > 1 or request.GET.get(name)
    )


def _chosen(rows: QuerySet[ShownPerson], filters: Filters, today: dt.date) -> QuerySet[ShownPerson]:
    chosen = filters.chosen
    if "circle" in chosen:
        rows = rows.filter(circle=chosen["circle"])
    house = {f"organisation__{name}": chosen[name] for name in ("kind", "country") if name in chosen}
    return rows.filter(Exists(_positions(today).filter(**house))) if house else rows


def _searched(rows: QuerySet[ShownPerson], words: Iterable[str], today: dt.date) -> QuerySet[ShownPerson]:
    """Every word in the name or in the name of where somebody works."""
    for word in words:
        there = Exists(_positions(today).filter(organisation__search_text__contains=word))
        rows = rows.filter(Q(person__search_text__contains=word) | there)
    return rows


def _positions(today: dt.date) -> QuerySet[Position]:
    return Position.objects.current(today).filter(person=OuterRef("person"))


def _entries(places: list[listing.Place], today: dt.date) -> dict[int, ShownPerson]:
    """The rows of one page with positions and where they are held: three queries, however many rows."""
    held = Position.objects.current(today).select_related("organisation", "office").order_by("office__rank", "pk")
    shown = ShownPerson.objects.filter(pk__in=[place.pk for place in places]).select_related("person")
    return {each.pk: each for each in shown.prefetch_related(Prefetch("person__positions", held, to_attr="held"))}
