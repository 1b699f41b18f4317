"""The calendar of one person: the same entries as the event's own, with as little said in each as a calendar needs."""

import datetime as dt
from collections.abc import Iterable

import icalendar
from django.utils import translation
from django.utils.translation import gettext as _

from events import addresses, labels
from events.bilingual import pick
from events.models import Session
from events.programme import Entry, EventShown

from .calendars import Frame, assembled, keyed
from .entries import add_hours, add_place, add_state, add_summary, begun, stays_until
from .lines import lines_of, one_line, written

#: Raise it with any change to what such a calendar says or how.
RENDERER = "1"


def render_agenda(entries: Iterable[Entry], event: EventShown, language: str, address: str, now: dt.datetime) -> bytes:
    """The entries as a calendar in one language; ``address`` is where it is asked for.

    What was struck out leaves it when the event's own calendar drops it too.
    """
    with translation.override(language):
        kept = {
            entry.uid: keyed(written(lines_of(agenda_entry(entry, event.slug, language))))
            for entry in entries
            if (stays_until(entry) or now + dt.timedelta(1)) > now
        }
        title = pick(event.title, language) or event.slug
        frame = Frame(
            name=_("My programme: %(title)s") % {"title": title},
            description="",
            zone=event.time_zone,
            page=addresses.event_url(event.slug, language),
            address=address,
            language=language,
            published=False,
        )
        return assembled(frame, kept)


def agenda_entry(entry: Entry, slug: str, language: str) -> icalendar.Event:
    """Title, times, place, state and where to read more: no names, no texts, whoever looks into the calendar.

    UID and SEQUENCE are those of the event's calendar, so that who follows both has one entry, not two.
    """
    cancelled = entry.cancelled or entry.withdrawn
    vevent = begun(entry.uid, entry.sequence, entry.modified)
    add_hours(vevent, entry.starts_at, entry.ends_at, entry.start_zone, entry.end_zone)
    title = one_line(pick(entry.title, language)) or labels.kind_label(entry.kind, language)
    add_summary(vevent, title, cancelled)
    add_place(vevent, entry, language)
    vevent.add("url", _page(entry, slug, language))
    add_state(vevent, cancelled, free=entry.kind == Session.Kind.FREE)
    return vevent


def _page(entry: Entry, slug: str, language: str) -> str:
    """Where the session is told; what is for participants is on no public page."""
    public = entry.audience == Session.Audience.PUBLIC and not entry.withdrawn
    return addresses.programme_url(slug, language, entry.key if public else None)
