"""Acts on a whole day: shift what is left of it, copy it."""

import datetime as dt
from collections.abc import Mapping

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from events import permissions
from events.models import Event, ProgrammeAct, Session

from .acts import Change, copy_people, record
from .clock import DAY_BEGINS, DAY_ENDS, clock_at, minutes_of
from .snapshots import WHOLE, take
from .stale import lock_event, locked, require_seen

#: What a copy has of its source; key, calendar identity, reference and status are its own.
COPIED = set(WHOLE) - {"key", "uid", "ref", "status"}
_TIMES = ("start", "end", "start_day", "end_day")


def shift_day(
    *, event: Event, by: User | None, day: dt.date, since: dt.time, minutes: int, seen: Mapping[int, int]
) -> int:
    """Move everything of a day that starts at ``since`` or later by so many minutes; gives how many sessions.

    Cancelled sessions stay where people knew them. ``seen`` are the versions that the officer saw, by session;
    where one of the sessions concerned is not in it or has moved on, nothing is done (:class:`StaleDayError`).
    """
    permissions.require(permissions.may_edit_programme(by))
    with transaction.atomic():
        event = lock_event(event)
        rows = locked(event.sessions.filter(day=day).exclude(start=None).exclude(status=Session.Status.CANCELLED))
        first = minutes_of(day, since)
        later = [row for row in rows.prefetch_related("parties") if row.start and _start_of(row) >= first]
        require_seen(later, seen)
        if not later or not minutes:
            raise ValidationError(_("Nothing on this day starts that late. Choose an earlier time."))
        changes = [_shifted(session, minutes) for session in later]
        Session.objects.bulk_update([each.session for each in changes], [*_TIMES, "version", "updated_at"])
        record(event=event, by=by, kind=ProgrammeAct.Kind.SHIFT, changes=changes)
        log(instance=event, action="events.shift", user=by, data={"day": str(day), "minutes": minutes})
    return len(changes)


def _start_of(session: Session) -> int:
    return minutes_of(session.day, session.start or dt.time(), session.start_day)


def _shifted(session: Session, minutes: int) -> Change:
    before = take(session)
    start = _start_of(session) + minutes
    if not DAY_BEGINS <= start < DAY_ENDS:
        told = _("“%(title)s” would start on another day. Choose fewer minutes, or move it first.")
        raise ValidationError({"minutes": told % {"title": session}})
    if session.end:
        end = minutes_of(session.day, session.end, session.end_day) + minutes
        session.end, session.end_day = clock_at(session.day, end)
    session.start, session.start_day = clock_at(session.day, start)
    session.version += 1
    session.updated_at = timezone.now()
    return Change(session, before=before, after=take(session))


def copy_day(*, event: Event, by: User | None, day: dt.date, to: dt.date, people: bool = True) -> int:
    """Copy what is not cancelled on a day to another, as drafts with calendar identities of their own.

    Gives how many sessions were made. ``people`` says whether the copies name the same people.
    """
    permissions.require(permissions.may_add_sessions(by))
    if day == to:
        raise ValidationError({"to": _("Choose another day than the one that is copied.")})
    _check_day(to)
    with transaction.atomic():
        event = lock_event(event)
        rows = event.sessions.filter(day=day).exclude(status=Session.Status.CANCELLED).prefetch_related("parties")
        sources = list(rows.in_order())
        if not sources:
            raise ValidationError({"day": _("There is nothing on this day to copy.")})
        copies = [_copied(source, to) for source in sources]
        Session.objects.bulk_create(copies)
        _copy_parties(sources, copies)
        if people:
            copy_people(event, {source.key: made for source, made in zip(sources, copies, strict=True)})
        record(event=event, by=by, kind=ProgrammeAct.Kind.COPY, changes=_made(event, sources, copies, people=people))
        log(instance=event, action="events.copy_day", user=by, data={"day": str(day), "to": str(to)})
    return len(copies)


def _check_day(to: dt.date) -> None:
    try:
        Session(day=to).clean()
    except ValidationError as error:
        raise ValidationError({"to": error.messages}) from error


def _copied(source: Session, to: dt.date) -> Session:
    kept = [field for field in Session._meta.concrete_fields if field.name in COPIED]
    made = Session(event=source.event, **{field.attname: getattr(source, field.attname) for field in kept})
    away = to - source.day
    made.day = to
    made.start_day = source.start_day and source.start_day + away
    made.end_day = source.end_day and source.end_day + away
    return made


def _copy_parties(sources: list[Session], copies: list[Session]) -> None:
    through = Session.parties.through
    pairs = [
        (made.pk, party.pk) for source, made in zip(sources, copies, strict=True) for party in source.parties.all()
    ]
    through._default_manager.bulk_create([through(session_id=made, party_id=party) for made, party in pairs])


def _made(event: Event, sources: list[Session], copies: list[Session], *, people: bool) -> list[Change]:
    stored = event.sessions.prefetch_related("parties").in_bulk([made.pk for made in copies])
    return [
        Change(stored[made.pk], before=None, after=take(stored[made.pk], WHOLE), people_of=source.key if people else "")
        for source, made in zip(sources, copies, strict=True)
    ]
