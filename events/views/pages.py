"""The public pages: what is on, one event, its programme, one dialogue programme, the short link."""

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events import addresses, labels
from events.bilingual import LANGUAGES
from events.models import DialogueProgramme, PublicEvent, Rendering
from events.programme import Programme, open_programme
from events.renderings import current_bytes, find_current, find_rendering, gzipped
from events.turkish import by_alphabet

from . import stored
from .event_page import event_html
from .filters import LONGEST_SEARCH, PROGRAMME_NAMES, list_filters, listed_events
from .finding import find_public, gone, moved
from .heads import Head, events_crumb
from .programme_page import KIND, PANELS, keep_page, programme_html, renderer
from .registering import registering
from .rows import event_row

PAGE_SIZE = 40
ANY = ("month", "kind", "line", "organisation", "programme", "q")


@require_safe
def event_list(request: HttpRequest, language: str) -> HttpResponse:
    """What is on, the nearest first; what is over on request."""
    filters = list_filters(language, request.GET)
    search = request.GET.get("q", "")[:LONGEST_SEARCH].strip()
    past = request.GET.get("when") == "past"
    events = listed_events(filters, language, search, past, timezone.localdate())
    page = Paginator(events.defer("search_tr", "search_en"), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "head": Head(
            title=_("Past events") if past else _("Events"),
            language=language,
            alternates={each: addresses.event_list_url(each) for each in LANGUAGES},
            description=_("Conferences, workshops, study visits and delegations of the association."),
            indexed=not any(request.GET.get(name) for name in ANY),
            trail=(),
            part="when=past" if past else "",
            page=page.number,
        ),
        "other_query": _query_without_page(request),
        "path": addresses.event_list_path(language),
        "past_path": addresses.event_list_path(language, when="past"),
        "filters": filters,
        "search": search,
        "past": past,
        "narrowed": bool(filters.chosen or search),
        "months": list(_by_month(page.object_list, language)),
        "page": page,
        "panels": PANELS,
        **_page_links(request, page),
    }
    return render(request, "events/event_list.html", context)


@require_safe
def event(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """One event: what, when, where, in which languages, for whom."""
    public = find_public(slug)
    if public is None:
        return moved(request, slug, partial(addresses.event_path, language=language))
    if public.status == PublicEvent.Status.WITHDRAWN:
        return gone(request, partial(addresses.event_path, slug))
    release = public.release
    programme = Programme(release.open_public(), {}, number=release.number, released_at=release.released_at)
    return HttpResponse(event_html(programme, language, registering=registering(public.event_id, language)))


@require_safe
def programme(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """The programme of one event: kept bytes, unless somebody filters it."""
    if not any(request.GET.get(name) for name in PROGRAMME_NAMES):
        answer = _kept(request, slug, language)
        if answer is not None:
            return answer
    public = find_public(slug)
    if public is None:
        return moved(request, slug, partial(addresses.programme_path, language=language))
    if public.status == PublicEvent.Status.WITHDRAWN:
        return gone(request, partial(addresses.programme_path, slug))
    if any(request.GET.get(name) for name in PROGRAMME_NAMES):
        return HttpResponse(programme_html(open_programme(public.release), language, query=request.GET.dict()))
    rendering = find_rendering(public.release, KIND, language, renderer()) or keep_page(public.release, language)
    return _answer(request, rendering)


@require_safe
def dialogue_programme(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """A series of events with its partners and objectives; public as soon as one of its events is."""
    series = DialogueProgramme.objects.filter(slug=slug).prefetch_related("partners").first()
    events = list(series.public_events.visible().order_by("starts_on", "pk")) if series else []
    if series is None or not events:
        raise Http404
    today = timezone.localdate()
    over = [each for each in events if (last := each.ends_on or each.starts_on) and last < today]
    context = {
        "head": Head(
            title=series.title,
            language=language,
            alternates={each: addresses.dialogue_programme_url(slug, each) for each in LANGUAGES},
            description=series.objectives[:200],
            trail=(events_crumb(language),),
        ),
        "series": series,
        "partners": sorted(series.partners.all(), key=lambda each: by_alphabet(str(each.name), language)),
        "line": labels.line_label(series.line_of_work, language),
        "field": labels.field_label(series.field, language),
        "coming": [event_row(each, language) for each in events if each not in over],
        "over": [event_row(each, language) for each in reversed(over)],
        "events_path": addresses.event_list_path(language),
    }
    return render(request, "events/dialogue_programme.html", context)


@require_safe
def short_link(request: HttpRequest, code: str) -> HttpResponse:
    """The address that is printed: to the event in the reader's language."""
    public = PublicEvent.objects.filter(code=code).only("slug", "status").first()
    if public is None:
        raise Http404
    if public.status == PublicEvent.Status.WITHDRAWN:
        return gone(request, partial(addresses.event_path, public.slug))
    return redirect(addresses.event_path(public.slug, translation.get_language() or LANGUAGES[0]))


def _kept(request: HttpRequest, slug: str, language: str) -> HttpResponse | None:
    """Answer from the kept page, or None where there is none that counts (or no such event)."""
    kept = find_current(slug, KIND, language, renderer())
    if kept is None or kept.status == PublicEvent.Status.WITHDRAWN:
        return None
    if stored.is_known(request, kept.etag):
        return stored.not_modified(request, kept.etag)
    gzip = stored.takes_gzip(request)
    body = current_bytes(kept, gzip=gzip)
    return stored.answer(request, kept.etag, body, gzip=gzip) if body is not None else None


def _answer(request: HttpRequest, rendering: Rendering) -> HttpResponse:
    if stored.is_known(request, rendering.etag):
        return stored.not_modified(request, rendering.etag)
    gzip = stored.takes_gzip(request)
    return stored.answer(request, rendering.etag, gzipped(rendering) if gzip else bytes(rendering.body), gzip=gzip)


def _by_month(events: Iterable[PublicEvent], language: str) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The lines of a page under their months; what has no dates yet under none."""
    for month, rows in groupby(events, key=lambda each: each.starts_on and each.starts_on.replace(day=1)):
        yield labels.month_words(month, language) if month else "", [event_row(each, language) for each in rows]


def _query_without_page(request: HttpRequest) -> str:
    """The filters, to be kept when the language is switched."""
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()


def _page_links(request: HttpRequest, page: Page) -> dict[str, str]:
    """Addresses of the pages before and after, with the filters kept."""
    links = {}
    for name, there in (("previous", page.has_previous()), ("next", page.has_next())):
        query = request.GET.copy()
        query["page"] = str(page.number + (1 if name == "next" else -1))
        links[f"{name}_path"] = f"?{query.urlencode()}" if there else ""
    return links
