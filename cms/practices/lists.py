"""The list of practices and the comparison, as their templates read them."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from wagtail.models import PageQuerySet

from cms import listing
from cms.models.practices import PracticeIndexPage, Theme
from events.countries import country_name
from events.views.filters import Filter, Filters
from events.views.heads import Head

from .choice import Choice, key_of
from .rows import rows

PAGE_SIZE = 20
#: Sizes of municipalities by inhabitants: from, below.
SIZES = {
    "small": (0, 50_000),
    "medium": (50_000, 250_000),
    "large": (250_000, 1_000_000),
    "metropolis": (1_000_000, None),
}


def list_context(request: HttpRequest, page: PracticeIndexPage, choice: Choice, head: Head) -> dict[str, Any]:
    """The practices that fit, the newest first, those ticked still ticked."""
    search, words = listing.asked_words(request)
    whole = page.practices()
    filters = practice_filters(whole, request)
    found = _searched(_chosen(whole, filters), words).order_by("-year", "pk")
    paged = listing.paged(request, found, PAGE_SIZE)
    shown = [(practice, key_of(practice)) for practice in paged["rows_page"].object_list]
    here = {key for _practice, key in shown}
    return paged | {
        "practices": shown,
        "ticked": choice.keys,
        "ticked_elsewhere": [each for each in choice.practices if key_of(each) not in here],
        "wrong": choice.wrong,
        "filters": filters,
        "search": search,
        "narrowed": listing.narrows(filters, search),
        "kept": [("compare", key) for key in choice.keys] + ([("choose", "1")] if choice.keys else []),
        "still": [(name, value) for name, value in [*filters.chosen.items(), ("q", search)] if value],
        "head": listing.listed_head(head, paged["rows_page"], bool(set(request.GET) - {"page"})),
        "other_query": listing.query_for_other_language(request),
    }


def comparison_context(request: HttpRequest, page: PracticeIndexPage, choice: Choice, head: Head) -> dict[str, Any]:
    """Two to four practices side by side."""
    query = request.GET.copy()
    query["choose"] = "1"
    return {
        "practices": choice.practices,
        "rows": list(rows(choice.practices)),
        "choose_path": f"?{query.urlencode()}",
        "head": listing.step_within(page, head, _("Side by side")),
        "other_query": listing.query_for_other_language(request),
    }


def practice_filters(practices: PageQuerySet, request: HttpRequest) -> Filters:
    """Theme, country and size, with only those values that some practice has; size as all know it."""
    plain = practices.order_by()
    themes = Theme.objects.filter(pk__in=plain.values("theme"))
    countries = {code: country_name(code) for code in set(plain.values_list("organisation__country", flat=True))}
    options: tuple[tuple[str, str, list[tuple[str, str]]], ...] = (
        ("theme", _("Theme"), listing.by_name((str(theme.pk), str(theme.name)) for theme in themes)),
        ("country", _("Country"), listing.by_name(countries.items())),
        ("size", _("Inhabitants"), [(name, _size_words(*bounds)) for name, bounds in SIZES.items()]),
    )
    return Filters(Filter(name, label, tuple(pairs), request.GET.get(name, "")) for name, label, pairs in options)


def _size_words(first: int, below: int | None) -> str:
    low, high = (number_format(number, force_grouping=True) if number else "" for number in (first, below))
    if not low:
        return _("under %(number)s") % {"number": high}
    return _("%(number)s and more") % {"number": low} if not high else f"{low} – {high}"


def _chosen(practices: PageQuerySet, filters: Filters) -> PageQuerySet:
    chosen = filters.chosen
    columns = {"theme": "theme", "country": "organisation__country"}
    practices = practices.filter(**{columns[name]: value for name, value in chosen.items() if name in columns})
    if "size" in chosen:
        first, below = SIZES[chosen["size"]]
        practices = practices.filter(inhabitants__gte=first)
        practices = practices.filter(inhabitants__lt=below) if below else practices
    return practices


def _searched(practices: PageQuerySet, words: list[str]) -> PageQuerySet:
    for word in words:
        practices = practices.filter(Q(search_text__contains=word) | Q(organisation__search_text__contains=word))
    return practices
