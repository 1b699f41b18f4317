"""What changes the public state of an event: release, cancel, withdraw, reinstate."""

import datetime as dt
from collections.abc import Iterable

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from events import permissions
from events.collector import collector_at_rest
from events.jobs import promise_job
from events.models import Event, ProgrammeChange, ProgrammeRelease, ReleasedPerson
from events.models.release import pack
from events.signals import programme_released

from .comparison import Comparison, Released, compare
from .public import rewrite_public_event
from .working import read_working, stamp

DOCUMENT_LANGUAGES = ("tr", "en", "tr-en")


class ComparisonOutdatedError(ValidationError):
    """The rows changed since the release page was shown; ``comparison`` is the new one to show."""

    def __init__(self, comparison: Comparison) -> None:
        super().__init__(_("The programme changed while you were looking. Check the new comparison and release again."))
        self.comparison = comparison


@collector_at_rest
def compare_programme(event: Event, *, held: Iterable[str] = (), drafts: bool = False) -> Comparison:
    """What releasing this event now would change; ``held`` are keys of sessions held back. Writes nothing.

    ``drafts`` reads those too, for who is shown the working programme; what is released never has them.
    """
    return compare(read_working(event, drafts=drafts), open_last_release(event), held=held, now=stamp(timezone.now()))


def open_last_release(event: Event) -> Released | None:
    """The event's last release with its documents and people, or None before the first."""
    release = event.releases.order_by("-number").first()
    return open_release(release) if release else None


def open_release(release: ProgrammeRelease) -> Released:
    """A release with both documents and its people; ask ``events.permissions`` before showing it."""
    fields = ("person_id", "name", "sort_key", "positions", "biography_tr", "biography_en", "erased")
    people = {row["key"]: {name: row[name] for name in fields} for row in release.people.values("key", *fields)}
    return Released(
        public=release.open_public(),
        restricted=release.open_restricted(),
        people=people,
        fingerprint=release.fingerprint,
        number=release.number,
    )


def release_programme(
    *,
    event: Event,
    by: User | None = None,
    note_tr: str = "",
    note_en: str = "",
    fingerprint: str | None = None,
    held: Iterable[str] = (),
) -> ProgrammeRelease | None:
    """Freeze the working programme as the next numbered release, and make it what the public sees.

    Gives None, and writes nothing, where nothing changed. ``fingerprint`` is that of the comparison shown to
    the officer; where the rows differ by now it raises :class:`ComparisonOutdatedError`. ``held`` are keys of
    sessions that keep their last released state. Feeds, pages and PDFs are promised in the same transaction.
    """
    permissions.require(permissions.may_release(by))
    with transaction.atomic():
        event = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
        return _release(event, by=by, note_tr=note_tr, note_en=note_en, fingerprint=fingerprint, held=held)


def cancel_event(
    *, event: Event, by: User | None = None, note_tr: str = "", note_en: str = ""
) -> ProgrammeRelease | None:
    """Cancel a public event and release that at once: pages say so, calendars cancel every entry."""
    permissions.require(permissions.may_cancel(by))
    with transaction.atomic():
        event = _lock_released(event)
        event.cancelled_at = timezone.now()
        _save_state(event, "events.cancel", by)
        return _release(event, by=by, note_tr=note_tr, note_en=note_en)


def withdraw_event(*, event: Event, by: User | None = None) -> ProgrammeRelease | None:
    """Take an event back: its pages answer 410, calendars keep its entries as cancelled."""
    permissions.require(permissions.may_cancel(by))
    with transaction.atomic():
        event = _lock_released(event)
        event.withdrawn_at = timezone.now()
        _save_state(event, "events.withdraw", by)
        release = _release(event, by=by)
        if release is None:
            rewrite_public_event(event, event.releases.order_by("-number")[0])
        return release


def reinstate_event(*, event: Event, by: User | None = None) -> ProgrammeRelease | None:
    """Make a cancelled or withdrawn event public again, with a release."""
    permissions.require(permissions.may_cancel(by))
    with transaction.atomic():
        event = _lock_released(event)
        event.cancelled_at = event.withdrawn_at = None
        _save_state(event, "events.reinstate", by)
        release = _release(event, by=by)
        if release is None:
            rewrite_public_event(event, event.releases.order_by("-number")[0])
        return release


def _lock_released(event: Event) -> Event:
    event = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    if not event.releases.exists():
        raise ValidationError(_("This event was never released: there is nothing public to take back."))
    return event


def _save_state(event: Event, action: str, by: User | None) -> None:
    event.version += 1
    event.save(update_fields=["cancelled_at", "withdrawn_at", "version", "updated_at"])
    log(instance=event, action=action, user=by)


@collector_at_rest
def _release(
    event: Event,
    *,
    by: User | None,
    note_tr: str = "",
    note_en: str = "",
    fingerprint: str | None = None,
    held: Iterable[str] = (),
) -> ProgrammeRelease | None:
    now = timezone.now().replace(microsecond=0)
    # Whoever saves a session holds its row until the people are saved too: nothing is read half-saved.
    list(event.sessions.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    comparison = compare(read_working(event), open_last_release(event), held=held, now=stamp(now))
    if fingerprint is not None and fingerprint != comparison.fingerprint:
        # With what was held back: only what is shown can be held back again.
        raise ComparisonOutdatedError(compare_programme(event))
    if comparison.unchanged:
        return None
    release = _freeze(event, comparison, now, by, note_tr, note_en)
    rewrite_public_event(event, release)
    _promise_papers(release)
    log(instance=event, action="events.release", user=by, data={"number": release.number})
    transaction.on_commit(lambda: programme_released.send(sender=ProgrammeRelease, release=release))
    return release


def _freeze(
    event: Event,
    comparison: Comparison,
    now: dt.datetime,
    by: User | None,
    note_tr: str,
    note_en: str,
) -> ProgrammeRelease:
    delta = comparison.frame_kept and [raw for raw in comparison.public["sessions"] if raw["key"] in comparison.delta]
    release = ProgrammeRelease.objects.create(
        event=event,
        number=comparison.number,
        public_document=pack(comparison.public),
        restricted_document=pack(comparison.restricted),
        public_delta=pack({**comparison.public, "sessions": delta}) if delta is not False else None,
        fingerprint=comparison.content,
        note_tr=note_tr,
        note_en=note_en,
        released_at=now,
        released_by=by,
    )
    ReleasedPerson.objects.bulk_create(
        [ReleasedPerson(release=release, key=key, **row) for key, row in comparison.people.rows.items()],
        batch_size=500,
    )
    ProgrammeChange.objects.bulk_create(
        [
            ProgrammeChange(
                release=release,
                session_key=change.key,
                audience=change.audience,
                kind=kind,
                before=change.before,
                after=change.after,
            )
            for change in comparison.changes
            for kind in change.kinds
        ],
        batch_size=500,
    )
    return release


def _promise_papers(release: ProgrammeRelease) -> None:
    """Feeds and PDFs are rendered soon after; whoever asks earlier renders the feed at once."""
    for language in DOCUMENT_LANGUAGES:
        promise_job("render_programme", release=release.pk, language=language)
