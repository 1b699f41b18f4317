"""The calendar of one event: rendered from its release, kept, and mended when the next release comes.

After a release only the sessions that differ are rendered; every other entry is taken over byte for byte.
Mending and rendering anew give the same bytes, so a lost rendering changes no ETag.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Q
from django.utils import timezone, translation

from events import addresses
from events.bilingual import LANGUAGES, pick
from events.models import FormerSlug, ProgrammeRelease, PublicEvent, Rendering
from events.programme import Programme, open_changes, open_programme
from events.renderings import find_rendering, gzipped, keep_rendering, settings_hash

from .calendars import Frame, assembled, entries_of, keyed
from .entries import session_entry, stays_until

KIND = "feed"
#: Raise it with any change to what a calendar says or how.
RENDERER = "1"
_SECOND = dt.timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class KeptFeed:
    """A calendar that is ready: what a request compares, without the calendar itself.

    ``made_at`` never falls into the same second as that of another calendar of this address.
    """

    pk: int
    etag: str
    made_at: dt.datetime


def find_feed(slug: str, language: str) -> KeptFeed | None:
    """The ready calendar of the event at this address (not at a former one), with one query."""
    fresh = Q(valid_until=None) | Q(valid_until__gt=timezone.now())
    row = (
        Rendering.objects.filter(
            fresh,
            release__current_of__slug=slug,
            kind=KIND,
            language=language,
            renderer=RENDERER,
            settings_hash=settings_hash(),
        )
        .values_list("pk", "etag", "created_at")
        .first()
    )
    return KeptFeed(*row) if row else None


def feed_bytes(kept: KeptFeed, *, gzip: bool) -> bytes | None:
    """The calendar itself, compressed or not; None where it was dropped meanwhile (an erasure, a release)."""
    rows = Rendering.objects.filter(pk=kept.pk, etag=kept.etag)
    body = rows.values_list("gzip" if gzip else "body", flat=True).first()
    if gzip and body is None:
        rendering = rows.first()
        body = gzipped(rendering) if rendering else None
    return None if body is None else bytes(body)


def render_feed(slug: str, language: str) -> KeptFeed | None:
    """The calendar of the event at this or a former address, rendered where that was not done yet."""
    public = _public_event(slug)
    return _kept(feed_of(public.release, language)) if public else None


def feed_key(slug: str, language: str) -> str:
    """Under which the version of the calendar at this address is remembered for a moment."""
    return f"{KIND}:{language}:{slug}"


def forget_feeds(events: Iterable[int]) -> None:
    """Forget which version of these events' calendars is current, at their former addresses too."""
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
        gzipped(feed_of(release, language))


def feed_of(release: ProgrammeRelease, language: str) -> Rendering:
    """The kept calendar of a release, rendered where there is none that counts."""
    found = find_rendering(release, KIND, language, RENDERER)
    return found or _render(release, language)


def _public_event(slug: str) -> PublicEvent | None:
    rows = PublicEvent.objects.select_related("release")
    former = FormerSlug.objects.filter(slug=slug).values("event")
    return rows.filter(slug=slug).first() or rows.filter(event__in=former).first()


def _kept(rendering: Rendering) -> KeptFeed:
    return KeptFeed(rendering.pk, rendering.etag, rendering.created_at)


def _render(release: ProgrammeRelease, language: str) -> Rendering:
    now = timezone.now()
    last = _last_rendering(release, language)
    with translation.override(language):
        body, valid_until = _mended(release, last, now) or _rendered(open_programme(release), language, now)
    rendering = keep_rendering(release, KIND, language, RENDERER, body, valid_until=valid_until)
    _date(rendering, last, now)
    Rendering.objects.filter(
        release__event=release.event_id, release__number__lt=release.number, kind=KIND, language=language
    ).delete()
    return rendering


def _last_rendering(release: ProgrammeRelease, language: str) -> Rendering | None:
    """The newest rendering up to this release, whether it still counts or not."""
    rows = Rendering.objects.filter(release__event=release.event_id, kind=KIND, language=language)
    rows = rows.select_related("release").defer("release__public_document", "release__restricted_document")
    return rows.filter(release__number__lte=release.number).order_by("-release__number").first()


def _date(rendering: Rendering, last: Rendering | None, now: dt.datetime) -> None:
    """HTTP counts in seconds: two calendars of one address must not share one as their Last-Modified."""
    made_at = max(now, last.created_at + _SECOND) if last and last.etag != rendering.etag else now
    if made_at.replace(microsecond=0) != rendering.created_at.replace(microsecond=0):
        rendering.created_at = made_at
        Rendering.objects.filter(pk=rendering.pk).update(created_at=made_at)


def _rendered(programme: Programme, language: str, now: dt.datetime) -> tuple[bytes, dt.datetime | None]:
    entries: dict[str, bytes] = {}
    _put(entries, programme, language, now)
    return assembled(_frame(programme, language), entries), _first_expiry(programme, now)


def _mended(
    release: ProgrammeRelease, last: Rendering | None, now: dt.datetime
) -> tuple[bytes, dt.datetime | None] | None:
    """The last rendering with what changed since put in; None where that does not tell all."""
    if last is None or not _counts(last, now):
        return None
    changes = _changes_since(release, last)
    if not changes:
        return None
    entries = entries_of(bytes(last.body))
    for programme in changes:
        _put(entries, programme, last.language, now)
    ends = [last.valid_until, *(_first_expiry(programme, now) for programme in changes)]
    return assembled(_frame(changes[-1], last.language), entries), min((end for end in ends if end), default=None)


def _counts(rendering: Rendering, now: dt.datetime) -> bool:
    alike = (rendering.renderer, rendering.settings_hash) == (RENDERER, settings_hash())
    return alike and (rendering.valid_until is None or rendering.valid_until > now)


def _changes_since(release: ProgrammeRelease, last: Rendering) -> list[Programme]:
    """What each release since the last rendering changed, oldest first; empty where one changed more than sessions."""
    if last.release_id == release.pk:
        return []
    after, before = last.release.number, release.number
    between = ProgrammeRelease.objects.filter(event=release.event_id, number__gt=after, number__lt=before)
    steps = [*between.order_by("number"), release] if before - after > 1 else [release]
    changes = [open_changes(each) for each in steps]
    return [each for each in changes if each] if all(changes) else []


def _put(entries: dict[str, bytes], programme: Programme, language: str, now: dt.datetime) -> None:
    """Write each session over what stood there; one without a time, or cancelled long ago, leaves.

    A session that is public again comes behind its own withdrawn self.
    """
    for entry in sorted(programme.all_entries, key=lambda each: not each.withdrawn):
        end = stays_until(entry)
        if entry.timed and (end is None or end > now):
            entries[entry.uid] = keyed(session_entry(entry, programme.event, language))
        else:
            entries.pop(entry.uid, None)


def _first_expiry(programme: Programme, now: dt.datetime) -> dt.datetime | None:
    return min((end for end in map(stays_until, programme.all_entries) if end and end > now), default=None)


def _frame(programme: Programme, language: str) -> Frame:
    event = programme.event
    return Frame(
        name=pick(event.title, language) or event.slug,
        description=pick(event.summary, language),
        zone=event.time_zone,
        page=addresses.event_url(event.slug, language),
        address=addresses.feed_url(event.slug, language),
        language=language,
        published=bool(event.contact_email),
    )
