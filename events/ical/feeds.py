"""The calendar of one event as requests ask for it: which version is current."""

import time
from collections.abc import Iterable

from django.core.cache import cache

from events.bilingual import LANGUAGES
from events.models import FormerSlug, ProgrammeRelease, PublicEvent, Rendering
from events.renderings import Current, find_current, forget_bytes, gzipped, remember_bytes

from .making import KIND, RENDERER, feed_of

#: Where forgetting failed, readers hear of a release so many seconds later.
_REMEMBERED_SECONDS = 5
#: This process asks Redis at most once in so many seconds; another process's release is heard of then.
_TRUSTED_SECONDS = 1
_trusted: dict[str, tuple[float, Current]] = {}


def find_feed(slug: str, language: str) -> Current | None:
    """The ready calendar of the event at this address (not at a former one), with one query."""
    return find_current(slug, KIND, language, RENDERER)


def render_feed(slug: str, language: str) -> Current | None:
    """The calendar of the event at this or a former address, rendered where that was not done yet.

    Its ``made_at`` never falls into the same second as that of another calendar of this address.
    """
    release = _current_release(slug)
    if release is None:
        return None
    rendering = feed_of(release, language)
    remember_bytes(rendering, gzip=False)
    return Current(rendering.pk, rendering.etag, rendering.created_at, vars(release)["status"])


def feed_key(slug: str, language: str) -> str:
    """Under which the version of the calendar at this address is remembered for a moment."""
    return f"{KIND}:{language}:{slug}"


def recall_feed(slug: str, language: str) -> Current | None:
    """What this process, else Redis, remembers of this address; to ask Redis costs as much as a query."""
    key = feed_key(slug, language)
    trusted = _trusted.get(key)
    if trusted and trusted[0] > time.monotonic():
        return trusted[1]
    kept: Current | None = cache.get(key)
    return _trust(key, kept) if kept else None


def remember_feed(slug: str, language: str, kept: Current) -> None:
    """Let Redis tell every process which version is current; only for addresses that exist."""
    key = feed_key(slug, language)
    cache.set(key, kept, _REMEMBERED_SECONDS)
    _trust(key, kept)


def _trust(key: str, kept: Current) -> Current:
    _trusted[key] = (time.monotonic() + _TRUSTED_SECONDS, kept)
    return kept


def forget_feeds(events: Iterable[int]) -> None:
    """Forget which version of these events' calendars is current, at their former addresses too, and all bytes."""
    forget_bytes()
    _trusted.clear()
    events = list(events)
    slugs = [
        *PublicEvent.objects.filter(event__in=events).values_list("slug", flat=True),
        *FormerSlug.objects.filter(event__in=events).values_list("slug", flat=True),
    ]
    cache.delete_many([feed_key(slug, language) for slug in slugs for language in LANGUAGES])


def render_feeds(release: ProgrammeRelease) -> None:
    """Make a release's calendars ready in both languages, compressed too, before anybody asks.

    Does nothing for a release that another has followed: nobody will ask for it.
    """
    if not PublicEvent.objects.filter(release=release).exists():
        return
    for language in LANGUAGES:
        rendering = feed_of(release, language)
        gzipped(rendering)
        _drop_older(release, language)


def _drop_older(release: ProgrammeRelease, language: str) -> None:
    """What was rendered anew leaves the older one behind; nobody asks for that any more."""
    older = ProgrammeRelease.objects.filter(event=release.event_id, number__lt=release.number)
    Rendering.objects.filter(release__in=older.values("pk"), kind=KIND, language=language).delete()


def _current_release(slug: str) -> ProgrammeRelease | None:
    """What the event at this or a former address shows now, without its documents."""
    return next(iter(ProgrammeRelease.objects.raw(_FIND_RELEASE, [slug, slug, slug])), None)


_FIND_RELEASE = """
    SELECT release.id, release.event_id, release.number, release.public_delta, release.released_at, event.status AS status
    FROM events_publicevent event JOIN events_programmerelease release ON release.id = event.release_id
    WHERE event.slug = %s OR event.event_id IN (SELECT event_id FROM events_formerslug WHERE slug = %s)
    ORDER BY event.slug <> %s LIMIT 1
"""
