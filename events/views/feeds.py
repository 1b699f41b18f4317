"""Calendars that programs subscribe to: asked for every few minutes, nearly always to hear that nothing changed.

A reader who has the current version costs one query, and none where Redis remembers the version for a moment.
No session, no cookie, no language but the address's: one answer for everybody, whatever Accept says.
"""

import datetime as dt

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import http_date, parse_http_date_safe
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from events import ical
from events.renderings import Current, current_bytes
from events.views.stored import is_known, tag, takes_gzip

_TYPE = "text/calendar; charset=utf-8"
_CACHE_CONTROL = "public, max-age=900"


@csrf_exempt  # a POST is answered with 405, not with a word about forms
@require_safe
def event_feed(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """One event's released programme, one entry per timed public session."""
    _without_cookies(request)
    kept = _recall(slug, language) or _look_up(slug, language)
    if _has_it(request, kept.etag, kept.made_at):
        return _headed(request, HttpResponse(status=304), kept.etag, kept.made_at)
    body = current_bytes(kept, gzip=takes_gzip(request))
    if body is None:
        kept = _look_up(slug, language)
        body = current_bytes(kept, gzip=takes_gzip(request))
    if body is None:
        raise Http404
    return _calendar(request, body, kept.etag, kept.made_at, f"{slug}.ics")


@csrf_exempt
@require_safe
def events_feed(request: HttpRequest, language: str) -> HttpResponse:
    """All public events, one entry each; an address that follows what cannot be is no address."""
    _without_cookies(request)
    chosen = ical.Filter.stated(request.GET)
    if chosen is None:
        raise Http404
    version = ical.listing_version(chosen, language)
    if version.empty and not chosen.known():
        raise Http404
    if _has_it(request, version.etag, version.modified_at):
        return _headed(request, HttpResponse(status=304), version.etag, version.modified_at)
    body = ical.render_listing(chosen, language, version, gzip=takes_gzip(request))
    return _calendar(request, body, version.etag, version.modified_at, "events.ics")


def _without_cookies(request: HttpRequest) -> None:
    """The answer is everybody's: a session that came along is neither read nor, where it is broken, mended."""
    request.COOKIES.clear()


def _may_remember() -> bool:
    """Without Redis no process can tell another to forget; inside a transaction it is not yet said what to."""
    return bool(settings.REDIS_URL) and not connection.in_atomic_block


def _recall(slug: str, language: str) -> Current | None:
    """What Redis remembers of this address."""
    return ical.recall_feed(slug, language) if _may_remember() else None


def _look_up(slug: str, language: str) -> Current:
    kept = ical.find_feed(slug, language) or ical.render_feed(slug, language)
    if kept is None:
        raise Http404
    if _may_remember():
        ical.remember_feed(slug, language, kept)
    return kept


def _has_it(request: HttpRequest, etag: str, made_at: dt.datetime) -> bool:
    """Whether the reader's copy is the current one; If-None-Match goes before the date (RFC 9110 13.2.2)."""
    if "If-None-Match" in request.headers:
        return is_known(request, etag)
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    return since is not None and since >= int(made_at.timestamp())


def _calendar(request: HttpRequest, body: bytes, etag: str, made_at: dt.datetime, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=_TYPE)
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    if takes_gzip(request):
        response.headers["Content-Encoding"] = "gzip"
    return _headed(request, response, etag, made_at)


def _headed(request: HttpRequest, response: HttpResponse, etag: str, made_at: dt.datetime) -> HttpResponse:
    """The headers that 200 and 304 have in common."""
    if response.status_code == 304:
        del response.headers["Content-Type"]
    response.headers["ETag"] = tag(etag, gzip=takes_gzip(request))
    response.headers["Last-Modified"] = http_date(made_at.timestamp())
    response.headers["Cache-Control"] = _CACHE_CONTROL
    response.headers["Vary"] = "Accept-Encoding"
    return response
