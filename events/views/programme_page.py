"""The programme page as one string: rendered once for a release and language, filtered or previewed afresh."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from hashlib import sha256
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone, translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from events import addresses, labels
from events.bilingual import Text
from events.framing import FRAMED, next_change
from events.models import ProgrammeRelease, Rendering
from events.programme import Day, Entry, Programme, days
from events.renderings import keep_told

from .cards import Cards
from .filters import matches, programme_filters
from .heads import event_head
from .timetable import DayTable

KIND = FRAMED
#: What of the program goes into a page.
SOURCES = (
    "cms/frame/*.py",
    "cms/templatetags/*.py",
    "events/views/*.py",
    "events/labels.py",
    "templates/base.html",
    "templates/components/*.html",
    "templates/events/*.html",
    "locale/*/LC_MESSAGES/*.mo",
    "static/*/*.*",
)
#: The calendar panel comes from whoever writes feeds.
PANELS = ("components/calendar_panel.html", "components/none.html")


@lru_cache(maxsize=1)
def renderer() -> str:
    """The version of what is rendered: changes with whatever of the program goes into a page.

    A page kept from before an update must neither point at an old stylesheet nor say things the old way.
    """
    digest = sha256(static("css/site.css").encode())  # with a hash in its name, or without
    for pattern in SOURCES:
        for path in sorted(settings.BASE_DIR.glob(pattern)):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:20]


def keep_page(release: ProgrammeRelease, language: str) -> Rendering:
    """Render the programme page of a release and keep it.

    It changes by itself on the day after the event, and where a notice above it appears or goes.
    """

    # Asked before it is rendered: what changes meanwhile must not be missed.
    now, change = timezone.now(), next_change()

    def tell(programme: Programme) -> bytes:
        return programme_html(programme, language, note=_note(release, language)).encode()

    def until(programme: Programme) -> dt.datetime | None:
        moments = [each for each in (_over_at(programme), change) if each and each > now]
        return min(moments, default=None)

    return keep_told(release, KIND, language, renderer(), tell, until=until)


def programme_html(
    programme: Programme,
    language: str,
    *,
    query: Mapping[str, str] | None = None,
    note: Text | None = None,
    preview: bool = False,
) -> str:
    """The page of a programme; ``query`` filters it, ``preview`` says that it is not released yet."""
    with translation.override(language):
        filters = programme_filters(programme, language, query or {})
        chosen = filters.chosen
        entries = [entry for entry in programme.entries if matches(entry, chosen)] if chosen else programme.entries
        event = programme.event
        context = {
            "head": event_head(event, language, title=_("Programme"), programme=True, indexed=not (chosen or preview)),
            "event": event,
            "addresses": event_addresses(event.slug, language),
            "programme": programme,
            "released": labels.moment_words(programme.released_at, event.time_zone, language),
            "note": note,
            "preview": preview,
            "over": is_over(programme),
            "dates": labels.dates_words(event.starts_on, event.ends_on, language),
            "zone": zone_words(programme, language),
            "other_zones": other_zones(programme, language),
            "filters": filters,
            "chosen": chosen,
            "other_query": urlencode(chosen),
            "shown": len(entries),
            "total": len(programme.entries),
            "changes": changed(programme) if not chosen else [],
            "panels": PANELS,
            **programme_days(programme, entries, language),
        }
        return render_to_string("events/programme.html", context)


def programme_days(
    programme: Programme, entries: Iterable[Entry], language: str, after: Callable[[Entry], str] | None = None
) -> dict[str, object]:
    """The days as tables, with the badges that they point at; ``after`` adds to each session."""
    cards = Cards(programme, language, after)
    return {
        "symbols": SafeString(cards.track_symbols()),
        "days": [_day(day, cards, language) for day in days(entries)],
    }


def _day(day: Day, cards: Cards, language: str) -> dict[str, object]:
    return {
        "date": day.date,
        "words": labels.date_words(day.date, language),
        "weekday": labels.weekday_words(day.date, language),
        "short": labels.short_day_words(day.date, language),
        "table": SafeString(cards.day(DayTable(day))),
    }


def changed(programme: Programme) -> list[tuple[Entry, str]]:
    """What differs from the release before, with the kinds in words."""
    return [
        (entry, labels.sentence(", ".join(labels.change_label(kind) for kind in entry.change_kinds)))
        for entry in programme.entries
        if entry.change
    ]


def event_addresses(slug: str, language: str) -> dict[str, str]:
    """Where the pages, papers and feeds of an event are, on this host."""
    return {
        "event": addresses.event_path(slug, language),
        "programme": addresses.programme_path(slug, language),
        "events": addresses.event_list_path(language),
        "pdf_tr": addresses.pdf_path(slug, "tr"),
        "pdf_en": addresses.pdf_path(slug, "en"),
        "pdf_both": addresses.pdf_path(slug, "tr-en"),
        "feed": addresses.feed_path(slug, language),
    }


def zone_words(programme: Programme, language: str) -> str:
    """The event's zone in words, with its offset on the first day."""
    event = programme.event
    noon = dt.datetime.combine(event.starts_on, dt.time(12), ZoneInfo(event.time_zone)) if event.starts_on else None
    return labels.zone_label(event.time_zone, noon, language)


def other_zones(programme: Programme, language: str) -> str:
    """The zones of sessions elsewhere, which carry their offset beside the time."""
    moments: dict[str, dt.datetime] = {}
    for entry in programme.entries:
        for zone, moment in ((entry.start_zone, entry.starts_at), (entry.end_zone, entry.ends_at)):
            if moment and zone != programme.event.time_zone:
                moments.setdefault(zone, moment)
    found = dict.fromkeys(labels.zone_label(zone, moment, language) for zone, moment in moments.items())
    return ", ".join(found)


def is_over(programme: Programme) -> bool:
    over_at = _over_at(programme)
    return over_at is not None and over_at <= timezone.now()


def _over_at(programme: Programme) -> dt.datetime | None:
    """Midnight after the last day, where the event is."""
    last = programme.event.ends_on or programme.event.starts_on
    if last is None or last == dt.date.max:
        return None
    return dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), ZoneInfo(programme.event.time_zone))


def _note(release: ProgrammeRelease, language: str) -> Text | None:
    with translation.override(language):
        return release.note or None
