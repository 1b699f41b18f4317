"""The calendar of one event as requests ask for it: which version is current, and its bytes."""

import datetime as dt
import time
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from events.bilingual import LANGUAGES
from events.models import FormerSlug, ProgrammeRelease, PublicEvent, Rendering
from events.renderings import gzipped, settings_hash

from .making import KIND, RENDERER, feed_of

_IN_MEMORY = 8
#: Where forgetting failed, readers hear of a release so many seconds later.
_REMEMBERED_SECONDS = 5
#: This process asks Redis at most once in so many seconds; another process's release is heard of then.
_TRUSTED_SECONDS = 1
_trusted: dict[str, tuple[float, "KeptFeed"]] = {}


@dataclass(frozen=True, slots=True)
class KeptFeed:
    """A calendar that is ready: what a request compares, without the calendar itself.

    ``made_at`` never falls into the same second as that of another calendar of this address.
    """

    pk: int
    etag: str
    made_at: dt.datetime


def find_feed(slug: str, language: str) -> KeptFeed | None:
    """The ready calendar of the event at this address (not at a former one), with one query.

    Written out, because this is what every poll costs: putting it together anew each time takes longer than
    asking it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FIND, [slug, KIND, language, RENDERER, settings_hash()])
        row = cursor.fetchone()
    if row is None:
        return None
    pk, etag, made_at, valid_until = row
    if valid_until and _aware(valid_until) <= timezone.now():
        return None
    return KeptFeed(pk, etag, _aware(made_at))


_FIND = """
    SELECT kept.id, kept.etag, kept.created_at, kept.valid_until
    FROM events_rendering kept JOIN events_publicevent event ON event.release_id = kept.release_id
    WHERE event.slug = %s AND kept.kind = %s AND kept.language = %s AND kept.renderer = %s AND kept.settings_hash = %s
"""


def _aware(value: dt.datetime) -> dt.datetime:
    """SQLite gives instants back without their zone, which is UTC."""
    return value if value.tzinfo else value.replace(tzinfo=dt.UTC)


def feed_bytes(kept: KeptFeed, *, gzip: bool) -> bytes | None:
    """The calendar itself, compressed or not; None where it was dropped meanwhile (an erasure, a release)."""
    body = _in_memory.get((kept.etag, gzip))
    if body is None:
        rendering = Rendering.objects.defer("body" if gzip else "gzip").filter(pk=kept.pk, etag=kept.etag).first()
        body = _remembered(rendering, gzip=gzip) if rendering else None
    return body


def render_feed(slug: str, language: str) -> KeptFeed | None:
    """The calendar of the event at this or a former address, rendered where that was not done yet."""
    public = _public_event(slug)
    if public is None:
        return None
    rendering = feed_of(public.release, language)
    _remembered(rendering, gzip=False)
    return KeptFeed(rendering.pk, rendering.etag, rendering.created_at)


#: The newest few calendars by ETag; what a version says never changes.
_in_memory: dict[tuple[str, bool], bytes] = {}


def _remembered(rendering: Rendering, *, gzip: bool) -> bytes:
    body = gzipped(rendering) if gzip else bytes(rendering.body)
    _in_memory[rendering.etag, gzip] = body
    for oldest in list(_in_memory)[:-_IN_MEMORY]:
        _in_memory.pop(oldest, None)
    return body


def feed_key(slug: str, language: str) -> str:
    """Under which the version of the calendar at this address is remembered for a moment."""
    return f"{KIND}:{language}:{slug}"


def recall_feed(slug: str, language: str) -> KeptFeed | None:
    """What this process, else Redis, remembers of this address; to ask Redis costs as much as a query."""
    key = feed_key(slug, language)
    trusted = _trusted.get(key)
    if trusted and trusted[0] > time.monotonic():
        return trusted[1]
    kept: KeptFeed | None = cache.get(key)
    return _trust(key, kept) if kept else None


def remember_feed(slug: str, language: str, kept: KeptFeed) -> None:
    """Let Redis tell every process which version is current; only for addresses that exist."""
    key = feed_key(slug, language)
    cache.set(key, kept, _REMEMBERED_SECONDS)
    _trust(key, kept)


def _trust(key: str, kept: KeptFeed) -> KeptFeed:
    _trusted[key] = (time.monotonic() + _TRUSTED_SECONDS, kept)
    return kept


def forget_feeds(events: Iterable[int]) -> None:
    """Forget which version of these events' calendars is current, at their former addresses too, and all bytes."""
    _in_memory.clear()
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


def _public_event(slug: str) -> PublicEvent | None:
    rows = PublicEvent.objects.select_related("release").defer(
        "search_tr", "search_en", "release__public_document", "release__restricted_document"
    )
    former = FormerSlug.objects.filter(slug=slug).values("event")
    return rows.filter(slug=slug).first() or rows.filter(event__in=former).first()
