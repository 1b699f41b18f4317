"""Renderings of a release: looked up with one query, kept with their ETag.

A renderer names itself with a version; where that, or the settings that went in, differ from what is
stored, the stored one no longer counts and is rendered anew. SEQUENCE and DTSTAMP are in the release and
never change by rendering.
"""

import datetime as dt
import gzip
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from events import framing
from events.models import ProgrammeRelease, ReleasedPerson, Rendering
from events.programme import Programme, open_programme

_IN_MEMORY = 8
_TRIES = 3
# Written out: to put this together anew for each reader takes longer than to ask it.
_FIND_CURRENT = """
    SELECT kept.id, kept.etag, kept.created_at, kept.valid_until, event.status
    FROM events_rendering kept JOIN events_publicevent event ON event.release_id = kept.release_id
    WHERE event.slug = %s AND kept.kind = %s AND kept.language = %s AND kept.renderer = %s AND kept.settings_hash = %s
"""


class PeopleChangingError(Exception):
    """People were erased, or the frame was drawn anew, each time while it was being rendered; asking again will do."""


@dataclass(frozen=True, slots=True)
class Current:
    """What is rendered of an event's current release: enough to compare, without the bytes."""

    pk: int
    etag: str
    made_at: dt.datetime
    status: str


def find_current(slug: str, kind: str, language: str, renderer: str) -> Current | None:
    """The rendering that counts of the event at this address (not at a former one), with one query."""
    with connection.cursor() as cursor:
        cursor.execute(_FIND_CURRENT, [slug, kind, language, renderer, settings_hash()])
        row = cursor.fetchone()
    if row is None:
        return None
    pk, etag, made_at, valid_until, status = row
    if valid_until and _aware(valid_until) <= timezone.now():
        return None
    return Current(pk, etag, _aware(made_at), status)


def _aware(value: dt.datetime) -> dt.datetime:
    """SQLite gives instants back without their zone, which is UTC."""
    return value if value.tzinfo else value.replace(tzinfo=dt.UTC)


def current_bytes(current: Current, *, gzip: bool) -> bytes | None:
    """The bytes themselves, compressed or not; None where they were dropped meanwhile (an erasure, a release)."""
    body = _in_memory.get((current.etag, gzip))
    if body is None:
        rows = Rendering.objects.defer("body" if gzip else "gzip").filter(pk=current.pk, etag=current.etag)
        rendering = rows.first()
        body = remember_bytes(rendering, gzip=gzip) if rendering else None
    return body


#: The newest few by ETag and form; what a version says never changes.
_in_memory: dict[tuple[str, bool], bytes] = {}


def remember_bytes(rendering: Rendering, *, gzip: bool) -> bytes:
    """The bytes of a rendering, which stay in this process's memory until a few newer ones came."""
    body = gzipped(rendering) if gzip else bytes(rendering.body)
    _in_memory[rendering.etag, gzip] = body
    for oldest in list(_in_memory)[:-_IN_MEMORY]:
        _in_memory.pop(oldest, None)
    return body


def forget_bytes() -> None:
    """Drop what this process keeps in memory, as after an erasure."""
    _in_memory.clear()


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


def keep_told(
    release: ProgrammeRelease,
    kind: str,
    language: str,
    renderer: str,
    tell: Callable[[Programme], bytes],
    *,
    until: Callable[[Programme], dt.datetime | None] = lambda _programme: None,
) -> Rendering:
    """Render what a release tells everybody and store it.

    Not if it names somebody who was erased meanwhile, nor if it stands in a frame that no longer counts.
    """
    for _try in range(_TRIES):
        frame = framing.frame_stamp() if kind == framing.FRAMED else None
        programme = open_programme(release)
        body = tell(programme)
        with transaction.atomic():
            # People first, as an erasure does: whoever waits for the other's rows must not hold ours.
            if _names_nobody_erased(release, programme) and (frame is None or framing.still_counts(frame)):
                return keep_rendering(release, kind, language, renderer, body, valid_until=until(programme))
    raise PeopleChangingError(f"release {release.pk}, {kind}, {language}")


def _names_nobody_erased(release: ProgrammeRelease, programme: Programme) -> bool:
    """An erasure writes these rows first and drops renderings after: either it waits here, or we see it."""
    named = [person.key for person in programme.people.values() if not person.erased]
    rows = ReleasedPerson.objects.select_for_update().filter(release=release, key__in=named).order_by("pk")
    return not any(rows.values_list("erased", flat=True))


def gzipped(rendering: Rendering) -> bytes:
    """The body compressed, made at the first call and kept; the same bytes each time."""
    if rendering.gzip is None:
        rendering.gzip = gzip.compress(bytes(rendering.body), 6, mtime=0)
        Rendering.objects.filter(pk=rendering.pk, etag=rendering.etag).update(gzip=rendering.gzip)
    return bytes(rendering.gzip)
