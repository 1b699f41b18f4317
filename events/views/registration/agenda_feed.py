"""The calendar of one person: asked for by a key of its own every few hours, answered to whoever has the key.

Whether anything changed is told by what the calendar is made of, a few small rows, without making it.
"""

import datetime as dt
from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from events import addresses, ical
from events.links import open_link
from events.models import Registration
from events.registration.agenda import AGENDA, Agenda, whole_programme
from events.renderings import settings_hash
from events.views.keyed import hidden
from events.views.stored import is_known, tag

_TYPE = "text/calendar; charset=utf-8"
_CACHE_CONTROL = "private, max-age=300"


@csrf_exempt  # a POST is answered with 405, not with a word about forms
@require_safe
def agenda_feed(request: HttpRequest, language: str, key: str) -> HttpResponse:
    """The released sessions of one person; one and the same answer to every key that opens nothing."""
    request.COOKIES.clear()
    link = open_link(key, AGENDA)
    registration = link.target if link else None
    if not isinstance(registration, Registration):
        return hidden(HttpResponse(status=404, content_type="text/plain"))
    agenda, today = Agenda(registration), timezone.localdate()
    etag = _version(agenda, language, today)
    if is_known(request, etag):
        response = HttpResponse(status=304)
        del response.headers["Content-Type"]
    else:
        response = HttpResponse(_calendar(agenda, language, addresses.agenda_feed_url(language, key)))
        response.headers["Content-Type"] = _TYPE
        response.headers["Content-Disposition"] = 'inline; filename="agenda.ics"'
    response.headers["ETag"] = tag(etag, gzip=False)
    response.headers["Cache-Control"] = _CACHE_CONTROL
    return hidden(response)


def _version(agenda: Agenda, language: str, today: dt.date) -> str:
    """By what two calendars are told apart: release, state, and which sessions are this person's."""
    row, public = agenda.registration, agenda.registration.event.public
    seats = [(each.key, each.since, each.left_at) for each in agenda.seats.rows.values()]
    told = [ical.AGENDA_RENDERER, settings_hash(), language, today, public.slug, public.release_id, public.status]
    told += [row.state, row.told_release, row.ended_at, seats, sorted(agenda.seats.chosen_by_some)]
    return sha256(repr(told).encode()).hexdigest()[:32]


def _calendar(agenda: Agenda, language: str, address: str) -> bytes:
    event = whole_programme(agenda.release or agenda.registration.event.public.release).event
    return ical.render_agenda(agenda.entries(), event, language, address, timezone.now())
