"""The calendar of one event: rendered from its release, kept, and mended when the next release comes.

After a release only the sessions that differ are rendered; every other entry is taken over byte for byte.
Mending and rendering anew give the same bytes, so a lost rendering changes no ETag.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from events import addresses
from events.bilingual import pick
from events.models import ProgrammeRelease, ReleasedPerson, Rendering
from events.programme import Programme, open_changes, open_programme
from events.renderings import etag_of, keep_rendering, settings_hash

from .calendars import Frame, assembled, entries_of, keyed
from .entries import session_entry, stays_until

KIND = "feed"
#: Raise it with any change to what a calendar says or how.
RENDERER = "1"
_SECOND = dt.timedelta(seconds=1)
_TRIES = 3


class PeopleChangingError(Exception):
    """People of the release were erased each time while it was being rendered; asking again will do."""


@dataclass(frozen=True, slots=True)
class _Made:
    """A calendar not yet stored, with the programmes that it was told by and their releases."""

    body: bytes
    valid_until: dt.datetime | None
    told_by: tuple[tuple[ProgrammeRelease, Programme], ...]

    def names_nobody_erased(self) -> bool:
        """Whether everybody it names may still be named.

        An erasure writes these rows first and drops renderings after: either it waits here, or we see it.
        """
        for release, programme in self.told_by:
            named = [person.key for person in programme.people.values() if not person.erased]
            rows = ReleasedPerson.objects.select_for_update().filter(release=release, key__in=named).order_by("pk")
            if any(rows.values_list("erased", flat=True)):
                return False
        return True


def feed_of(release: ProgrammeRelease, language: str) -> Rendering:
    """The kept calendar of a release, rendered where there is none that counts."""
    for _try in range(_TRIES):
        now, last = timezone.now(), _last_rendering(release, language)
        if last and last.release_id == release.pk and _counts(last, now):
            return last
        with translation.override(language):
            mended = _mended(release, last, now) if last and _counts(last, now) else None
            made = mended or _rendered(release, language, now)
        with transaction.atomic():
            if made.names_nobody_erased():
                moved = last if last and mended and _moved(last, release, made, now) else None
                return moved or _kept(release, language, made, last, now)
    raise PeopleChangingError(f"release {release.pk}, {language}")


def _last_rendering(release: ProgrammeRelease, language: str) -> Rendering | None:
    """The newest rendering up to this release, whether it still counts or not; written out as polls are."""
    found = Rendering.objects.raw(_FIND_LAST, [release.event_id, release.number, KIND, language])
    return next(iter(found), None)


_FIND_LAST = """
    SELECT kept.id, kept.release_id, kept.language, kept.renderer, kept.settings_hash, kept.body, kept.etag,
        kept.valid_until, kept.created_at, release.number AS number
    FROM events_rendering kept JOIN events_programmerelease release ON release.id = kept.release_id
    WHERE release.event_id = %s AND release.number <= %s AND kept.kind = %s AND kept.language = %s
    ORDER BY release.number DESC LIMIT 1
"""


def _number(last: Rendering) -> int:
    """The number of its release, which came along with it."""
    number: int = vars(last)["number"]
    return number


def _counts(rendering: Rendering, now: dt.datetime) -> bool:
    alike = (rendering.renderer, rendering.settings_hash) == (RENDERER, settings_hash())
    return alike and (rendering.valid_until is None or rendering.valid_until > now)


def _moved(last: Rendering, release: ProgrammeRelease, made: _Made, now: dt.datetime) -> bool:
    """Let the row of the release before become this release's; False where somebody else was faster.

    Nobody asks for the calendar of an older release, and each is as long as the newest.
    """
    values = {
        "release": release,
        "body": made.body,
        "gzip": None,
        "etag": etag_of(made.body),
        "valid_until": made.valid_until,
        "created_at": max(now, last.created_at + _SECOND),
    }
    row = Rendering.objects.filter(pk=last.pk, etag=last.etag, release=last.release_id)
    try:
        with transaction.atomic():
            moved = row.update(**values)
    except IntegrityError:
        return False
    for name, value in values.items() if moved else ():
        setattr(last, name, value)
    return bool(moved)


def _kept(release: ProgrammeRelease, language: str, made: _Made, last: Rendering | None, now: dt.datetime) -> Rendering:
    """Store it. HTTP counts in seconds: two calendars of one address must not share their Last-Modified."""
    rendering = keep_rendering(release, KIND, language, RENDERER, made.body, valid_until=made.valid_until)
    made_at = max(now, last.created_at + _SECOND) if last and last.etag != rendering.etag else now
    if rendering.created_at < made_at:
        rendering.created_at = made_at
        Rendering.objects.filter(pk=rendering.pk).update(created_at=made_at)
    return rendering


def _rendered(release: ProgrammeRelease, language: str, now: dt.datetime) -> _Made:
    programme = open_programme(release)
    entries: dict[str, bytes] = {}
    _put(entries, programme, language, now)
    body = assembled(_frame(programme, language), entries)
    return _Made(body, _first_expiry(programme, now), ((release, programme),))


def _mended(release: ProgrammeRelease, last: Rendering, now: dt.datetime) -> _Made | None:
    """The last rendering with what changed since put in; None where that does not tell all."""
    changes = _changes_since(release, last)
    if not changes:
        return None
    entries = entries_of(bytes(last.body))
    for _step, programme in changes:
        _put(entries, programme, last.language, now)
    ends = [last.valid_until, *(_first_expiry(programme, now) for _step, programme in changes)]
    body = assembled(_frame(changes[-1][1], last.language), entries)
    return _Made(body, min((end for end in ends if end), default=None), changes)


def _changes_since(release: ProgrammeRelease, last: Rendering) -> tuple[tuple[ProgrammeRelease, Programme], ...]:
    """What each release since the last rendering changed, oldest first; empty where one changed more than sessions."""
    if last.release_id == release.pk:
        return ()
    after, before = _number(last), release.number
    between = ProgrammeRelease.objects.filter(event=release.event_id, number__gt=after, number__lt=before)
    steps = [*between.order_by("number"), release] if before - after > 1 else [release]
    changes = [(step, open_changes(step)) for step in steps]
    told = tuple((step, programme) for step, programme in changes if programme)
    return told if len(told) == len(steps) else ()


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
