"""Renderings of a release: looked up with one query, kept with their ETag.

A renderer names itself with a version; where that, or the settings that went in, differ from what is
stored, the stored one no longer counts and is rendered anew. SEQUENCE and DTSTAMP are in the release and
never change by rendering.
"""

import datetime as dt
import gzip
from hashlib import sha256

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from events.models import ProgrammeRelease, Rendering


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
