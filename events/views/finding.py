"""The public event at an address, or what is said where there is none (any more)."""

from collections.abc import Callable

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from events.bilingual import LANGUAGES, active_language
from events.models import FormerSlug, PublicEvent, SessionPlaces


def find_public(slug: str) -> PublicEvent | None:
    """The public row at this address with its release, without what only calendars and officers need."""
    return (
        PublicEvent.objects.filter(slug=slug)
        .select_related("release")
        .defer("release__restricted_document", "release__public_delta", "search_tr", "search_en")
        .first()
    )


def moved(request: HttpRequest, slug: str, address: Callable[[str], str]) -> HttpResponse:
    """301 from an address that the event had before, else 404."""
    former = FormerSlug.objects.filter(slug=slug, event__public__isnull=False).select_related("event__public").first()
    if former is None:
        raise Http404
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(address(former.event.public.slug) + (f"?{query}" if query else ""))


def gone(request: HttpRequest, address: Callable[[str], str]) -> HttpResponse:
    """It was public and was taken back: say so instead of pretending it never was, in the other language too."""
    other = next(each for each in LANGUAGES if each != active_language())
    return render(request, "410.html", {"other_path": address(other)}, status=410)


def find_taking(slug: str) -> PublicEvent | None:
    """The public row with its event and how that takes registrations, in one query; the release when it is asked for."""
    rows = PublicEvent.objects.filter(slug=slug).select_related("event__registration_settings")
    offered = SessionPlaces.objects.filter(session__event=OuterRef("event"))
    found = rows.annotate(offers_sessions=Exists(offered)).defer("search_tr", "search_en").order_by()
    return next(iter(found), None)  # an address has one row: nothing to put in order
