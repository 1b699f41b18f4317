"""The index of organisations: who is a member, whom they stand for, who else there is."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel

from cms import listing
from events.bilingual import active_language, texts
from events.countries import country_name
from events.labels import sentence
from events.models import Membership, Organisation, Partnership
from events.views.filters import Filter, Filters

from .body import BodyPage


class OrganisationIndexPage(BodyPage):
    """Rows of the directory: the page decides which, the reader narrows them."""

    class Shown(models.TextChoices):
        MEMBERS = "members", gettext_lazy("members only")
        PARTNERS = "partners", gettext_lazy("members and those who have a partnership")
        ALL = "all", gettext_lazy("every organisation of the directory")

    shown = models.CharField(
        gettext_lazy("organisations shown"), max_length=10, choices=Shown.choices, default=Shown.MEMBERS
    )

    content_panels = [*BodyPage.content_panels, FieldPanel("shown")]
    template = "cms/organisation_index_page.html"
    parent_page_types = ["cms.HomePage", "cms.SectionIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = gettext_lazy("list of organisations")
        verbose_name_plural = gettext_lazy("lists of organisations")

    def organisations(self, day: listing.Day) -> QuerySet[Organisation]:
        """Those this page shows; where the reader chose a day, the members of that day."""
        rows = Organisation.objects.all()
        if day.chosen or self.shown == self.Shown.MEMBERS:
            return rows.members(day.value)
        if self.shown == self.Shown.PARTNERS:
            tied = Partnership.objects.running(day.value).values("organisations")
            return rows.filter(Q(pk__in=rows.members(day.value).values("pk")) | Q(pk__in=tied))
        return rows

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        day, (search, words) = listing.asked_day(request), listing.asked_words(request)
        whole = self.organisations(day)
        filters = organisation_filters(whole, request)
        rows = whole.filter(**filters.chosen)
        rows = listing.holding(rows, words, "search_text")
        narrowed = listing.narrows(filters, search, day.chosen)
        language = active_language()
        names = rows.order_by().values_list("pk", f"name_{language}", "name_tr", "name_en")
        places = listing.alphabetical({pk: next(filter(None, each)) for pk, *each in names}, language)
        paged = listing.paged(request, places)
        shown = paged["rows_page"].object_list
        context |= {
            "filters": filters,
            "search": search,
            "day": day,
            "narrowed": narrowed,
            "represented": Organisation.objects.represented(day.value),
            "letters": listing.letters(places, language, request),
            "groups": list(listing.by_letter(shown, _entries(shown, day))),
            "head": listing.listed_head(context["head"], paged["rows_page"], narrowed),
            "other_query": listing.query_for_other_language(request),
        }
        return context | paged


def organisation_filters(rows: QuerySet[Organisation], request: HttpRequest) -> Filters:
    """Kind and country, with only those values that some row here has."""
    plain = rows.order_by()
    kinds = set(plain.values_list("kind", flat=True))
    countries = {code: country_name(code) for code in set(plain.values_list("country", flat=True))}
    options = (
        (
            "kind",
            _("Kind"),
            [(code, sentence(str(label))) for code, label in Organisation.Kind.choices if code in kinds],
        ),
        ("country", _("Country"), listing.by_name(countries.items())),
    )
    return Filters(Filter(name, label, tuple(pairs), request.GET.get(name, "")) for name, label, pairs in options)


def _entries(places: list[listing.Place], day: listing.Day) -> dict[int, Any]:
    """The rows of one page with all that is told of each: four queries, however many rows."""
    known = Organisation.objects.filter(pk__in=[place.pk for place in places]).counted(day.value.year)
    ties = Partnership.objects.running(day.value).prefetch_related("organisations")
    spans = Membership.objects.filter(starts_on__lte=day.value).order_by("starts_on")
    found = list(
        known.prefetch_related(
            Prefetch("memberships", spans, to_attr="spans"), Prefetch("partnerships", ties, to_attr="ties")
        )
    )
    for row in found:
        _tell(row, day)
    return {row.pk: row for row in found}


def _tell(row: Any, day: listing.Day) -> None:
    """What the template reads beside the row's own columns."""
    running = [each for each in row.spans if each.ends_on is None or each.ends_on >= day.value]
    row.membership = running[0] if running else None
    row.founding = any(each.founding for each in row.spans)
    row.also = list(_other_names(row))
    row.country_name = country_name(row.country)
    row.kind_name = sentence(row.get_kind_display())
    row.inhabitants_words = number_format(row.inhabitants, force_grouping=True) if row.inhabitants is not None else ""
    row.partners = [(tie, [each for each in tie.organisations.all() if each.pk != row.pk]) for tie in row.ties]


def _other_names(row: Organisation) -> Iterator[tuple[str, str]]:
    """The name in the other language and in its own, each once: language tag (empty if unknown) and name."""
    told = {str(row.name)}
    pairs: Iterable[tuple[str, str]] = [
        *((language, text) for language, text in texts(row, "name").items() if language != active_language()),
        ("", row.native_name),
    ]
    for language, name in pairs:
        if name and name not in told:
            told.add(name)
            yield language, name
