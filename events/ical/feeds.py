"""The calendar of one event: rendered from its release, kept, and mended when the next release comes.

After a release only the sessions that differ are rendered; every other entry is taken over byte for byte.
Mending and rendering anew give the same bytes, so a lost rendering changes no ETag.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.utils import timezone, translation

from events import addresses
from events.bilingual import LANGUAGES, pick
from events.models import FormerSlug, ProgrammeRelease, PublicEvent, Rendering
from events.programme import Programme, open_changes, open_programme
from events.renderings import etag_of, gzipped, keep_rendering, settings_hash

from .calendars import Frame, assembled, entries_of, keyed
from .entries import session_entry, stays_until

KIND = "feed"
#: Raise it with any change to what a calendar says or how.
RENDERER = "1"
_SECOND = dt.timedelta(seconds=1)
_IN_MEMORY = 8


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
    try:
        return _read(kept.pk, kept.etag, gzip)
    except Rendering.DoesNotExist:
        return None


@lru_cache(maxsize=_IN_MEMORY)
def _read(pk: int, etag: str, gzip: bool) -> bytes:
    """The bytes of one version, which never change; the newest few stay in memory."""
    rendering = Rendering.objects.defer("body" if gzip else "gzip").get(pk=pk, etag=etag)
    return gzipped(rendering) if gzip else bytes(rendering.body)


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
        rendering = feed_of(release, language)
        gzipped(rendering)
        _drop_older(release, language)


def _drop_older(release: ProgrammeRelease, language: str) -> None:
    """What was rendered anew leaves the older one behind; nobody asks for that any more."""
    older = ProgrammeRelease.objects.filter(event=release.event_id, number__lt=release.number)
    Rendering.objects.filter(release__in=older.values("pk"), kind=KIND, language=language).delete()


def feed_of(release: ProgrammeRelease, language: str) -> Rendering:
    """The kept calendar of a release, rendered where there is none that counts."""
    now, last = timezone.now(), _last_rendering(release, language)
    if last and last.release_id == release.pk and _counts(last, now):
        return last
    return _render(release, language, last, now)


def _public_event(slug: str) -> PublicEvent | None:
    rows = PublicEvent.objects.select_related("release")
    former = FormerSlug.objects.filter(slug=slug).values("event")
    return rows.filter(slug=slug).first() or rows.filter(event__in=former).first()


def _kept(rendering: Rendering) -> KeptFeed:
    return KeptFeed(rendering.pk, rendering.etag, rendering.created_at)


def _render(release: ProgrammeRelease, language: str, last: Rendering | None, now: dt.datetime) -> Rendering:
    with translation.override(language):
        mended = _mended(release, last, now) if last and _counts(last, now) else None
        body, valid_until = mended or _rendered(open_programme(release), language, now)
    if last and mended and _moved(last, release, body, valid_until, now):
        return last
    rendering = keep_rendering(release, KIND, language, RENDERER, body, valid_until=valid_until)
    _date(rendering, last, now)
    return rendering


def _moved(
    last: Rendering, release: ProgrammeRelease, body: bytes, valid_until: dt.datetime | None, now: dt.datetime
) -> bool:
    """Let the row of the release before become this release's; False where somebody else was faster.

    Nobody asks for the calendar of an older release, and each is as long as the newest.
    """
    values = {
        "release": release,
        "body": body,
        "gzip": None,
        "etag": etag_of(body),
        "valid_until": valid_until,
        "created_at": max(now, last.created_at + _SECOND),
    }
    row = Rendering.objects.filter(pk=last.pk, etag=last.etag, release=last.release_id)
    try:
        with transaction.atomic():
            moved = row.update(**values)
    except IntegrityError:
        return False
    for name, value in values.items():
        setattr(last, name, value)
    return bool(moved)


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


def _mended(release: ProgrammeRelease, last: Rendering, now: dt.datetime) -> tuple[bytes, dt.datetime | None] | None:
    """The last rendering with what changed since put in; None where that does not tell all."""
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
