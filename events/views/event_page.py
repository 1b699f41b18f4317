"""The event page as one string; the admin previews with the same function."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import ngettext

from events import labels
from events.programme import Day, EventShown, Place, Programme

from .heads import event_head
from .programme_page import PANELS, changed, event_addresses, is_over, zone_words
from .registering import Registering

_ROLES = ("host", "co_host", "partner", "funder")


def event_html(
    programme: Programme, language: str, *, preview: bool = False, registering: Registering | None = None
) -> str:
    """The page of an event as a release tells it; people are not needed for it.

    ``registering`` is live: whatever keeps this page must leave it out.
    """
    with translation.override(language):
        event = programme.event
        context = {
            "head": event_head(event, language, indexed=not preview),
            "event": event,
            "addresses": event_addresses(event.slug, language),
            "programme": programme,
            "preview": preview,
            "over": is_over(programme),
            "kind": labels.sentence(labels.event_kind_label(event.kind, language), language),
            "dates": labels.dates_words(event.starts_on, event.ends_on, language),
            "zone": zone_words(programme, language),
            "languages": labels.language_names(event.languages, language),
            "organisations": _organisations(event, language),
            "map": _map(event.venue),
            "released": labels.moment_words(programme.released_at, event.time_zone, language),
            "days": [_day(day, language) for day in programme.days],
            "changes": changed(programme),
            "panels": PANELS,
            "registering": registering,
        }
        return render_to_string("events/event.html", context)


def _organisations(event: EventShown, language: str) -> list[tuple[str, list[Mapping[str, Any]]]]:
    """Who holds it, by the part they have: hosts first."""
    ranked = sorted(event.organisations, key=lambda each: _ROLES.index(each["role"]))
    return [
        (labels.sentence(labels.party_label(role, language), language), list(rows))
        for role, rows in groupby(ranked, lambda each: each["role"])
    ]


def _day(day: Day, language: str) -> dict[str, Any]:
    """A day in one line: its date, how many sessions, from when to when."""
    timed = [entry for entry in day.entries if entry.local_start]
    # What is called off neither opens nor closes a day, unless all of it is.
    timed = [entry for entry in timed if not entry.cancelled] or timed
    count = len(day.entries)
    ends = [entry.local_end or entry.local_start for entry in timed]
    last = max((end for end in ends if end), default=None)
    first = timed[0].local_start if timed else None
    return {
        "date": day.date,
        "words": labels.date_words(day.date, language),
        "count": ngettext("%(count)d session", "%(count)d sessions", count) % {"count": count},
        "times": labels.times_words(first.time() if first else None, last.time() if last else None),
    }


def _map(venue: Place | None) -> str:
    """Where the venue is on a public map: a link to follow, nothing that the page loads."""
    if venue is None or venue.latitude is None or venue.longitude is None:
        return ""
    at = f"{venue.latitude:.5f}", f"{venue.longitude:.5f}"
    return f"https://www.openstreetmap.org/?mlat={at[0]}&mlon={at[1]}#map=17/{at[0]}/{at[1]}"
