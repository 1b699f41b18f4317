"""The search page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from cms import listing, search
from cms.addresses import SEARCHES
from cms.search.finding import asked_words
from events import addresses
from events.bilingual import LANGUAGES
from events.limits import Limit
from events.turkish import clean
from events.views.filters import LONGEST_SEARCH
from events.views.heads import Head

PAGE_SIZE = 20
#: Fewer letters are in everything.
SHORTEST = 2
#: More than anybody types, less than a robot asks.
OFTEN = Limit("search", most=60, seconds=60)


@require_safe
def search_page(request: HttpRequest, language: str) -> HttpResponse:
    """Pages, events and dialogue programmes that have all the words; a robot reads it not, and asks not too often."""
    asked = clean(request.GET.get("q", "")[:LONGEST_SEARCH])
    words = asked_words(asked)
    context = {
        "head": _head(asked, language),
        "asked": asked,
        "searching": True,
        "other_query": listing.query_for_other_language(request),
        "events_path": addresses.event_list_path(language),
    }
    if not asked:
        return _answer(request, "empty", context)
    if len("".join(words)) < SHORTEST:
        return _answer(request, "short", context)
    wait = OFTEN.wait(request)
    if wait:
        answer = _answer(request, "often", context, status=429)
        answer["Retry-After"] = str(wait)
        return answer
    paged = listing.paged(request, search.find(words, language), PAGE_SIZE)
    found = paged["rows_page"]
    results = search.told(list(found.object_list), words, language)
    return _answer(request, "found" if results else "nothing", context | paged | {"results": results, "page": found})


def _head(asked: str, language: str) -> Head:
    return Head(
        title=_("Search: %(words)s") % {"words": asked} if asked else pgettext("heading", "Search"),
        language=language,
        alternates={each: addresses.absolute(SEARCHES[each]) for each in LANGUAGES},
        indexed=False,
        trail=(),
    )


def _answer(request: HttpRequest, state: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return render(request, "cms/search.html", context | {"state": state}, status=status)
