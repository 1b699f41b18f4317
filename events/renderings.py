"""Renderings of a release: looked up with one query, kept with their ETag.

A renderer names itself with a version; where that, or the settings that went in, differ from what is
stored, the stored one no longer counts and is rendered anew. SEQUENCE and DTSTAMP are in the release and
never change by rendering.
"""

import datetime as dt
import gzip
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.utils import timezone

from events.models import ProgrammeRelease, Rendering

_IN_MEMORY = 8
# Written out: to put this together anew for each reader takes longer than to ask it.
_FIND_CURRENT = """
    SELECT kept.id, kept.etag, kept.valid_until, event.status
    FROM events_rendering kept JOIN events_publicevent event ON event.release_id = kept.release_id
    WHERE event.slug = %s AND kept.kind = %s AND kept.language = %s AND kept.renderer = %s AND kept.settings_hash = %s
"""


@dataclass(frozen=True, slots=True)
class Current:
    """What is rendered of an event's current release: enough to compare, without the bytes."""

    pk: int
    etag: str
    status: str


def find_current(slug: str, kind: str, language: str, renderer: str) -> Current | None:
    """The rendering that counts of the event at this address (not at a former one), with one query."""
    with connection.cursor() as cursor:
        cursor.execute(_FIND_CURRENT, [slug, kind, language, renderer, settings_hash()])
        row = cursor.fetchone()
    if row is None:
        return None
    pk, etag, valid_until, status = row
    if valid_until and _aware(valid_until) <= timezone.now():
        return None
    return Current(pk, etag, status)


def _aware(value: dt.datetime) -> dt.datetime:
    """SQLite gives instants back without their zone, which is UTC."""
    return value if value.tzinfo else value.replace(tzinfo=dt.UTC)


def current_bytes(current: Current, *, gzip: bool) -> bytes | None:
    """The bytes themselves, compressed or not; None where they were dropped meanwhile (an erasure, a release)."""
    try:
        return _read(current.pk, current.etag, gzip)
    except Rendering.DoesNotExist:
        return None


@lru_cache(maxsize=_IN_MEMORY)
def _read(pk: int, etag: str, gzip: bool) -> bytes:
    """The bytes of one version, which never change; the newest few stay in memory."""
    rendering = Rendering.objects.defer("body" if gzip else "gzip").get(pk=pk, etag=etag)
    return gzipped(rendering) if gzip else bytes(rendering.body)


def settings_hash() -> str:
    """What of the settings goes into renderings: the address in links."""
    return sha256(settings.BASE_URL.encode()).hexdigest()[:16]


def find_rendering(release: ProgrammeRelease | int, kind: str, language: str, renderer: str) -> Rendering | None:
    """The stored rendering if it still counts, else None."""
    fresh = Q(valid_until=None) | Q(valid_until__gt=timezone.now())
    return Rendering.objects.filter(
        fresh,
        release=release,
        kind=kind,
        language=language,
        renderer=renderer,
        settings_hash=settings_hash(),
    ).first()


def etag_of(body: bytes) -> str:
    """What names these bytes and no others."""
    return sha256(body).hexdigest()[:32]


def keep_rendering(
    release: ProgrammeRelease,
    kind: str,
    language: str,
    renderer: str,
    body: bytes,
    *,
    valid_until: dt.datetime | None = None,
) -> Rendering:
    """Store what was rendered; two who render at once leave one row with the same bytes."""
    rendering, _created = Rendering.objects.update_or_create(
        release=release,
        kind=kind,
        language=language,
        defaults={
            "renderer": renderer,
            "settings_hash": settings_hash(),
            "body": body,
            "gzip": None,
            "etag": etag_of(body),
            "valid_until": valid_until,
        },
    )
    return rendering


def gzipped(rendering: Rendering) -> bytes:
    """The body compressed, made at the first call and kept; the same bytes each time."""
    if rendering.gzip is None:
        rendering.gzip = gzip.compress(bytes(rendering.body), 6, mtime=0)
        Rendering.objects.filter(pk=rendering.pk, etag=rendering.etag).update(gzip=rendering.gzip)
    return bytes(rendering.gzip)
