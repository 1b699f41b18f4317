"""Moving one session: another day, time, room or party. Pointer, keyboard and form all end here."""

import datetime as dt
from collections.abc import Collection

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from events import permissions
from events.models import Party, ProgrammeAct, Room, Session

from .acts import Change, record
from .snapshots import PLACE, take
from .stale import StaleSessionError, lock_event, locked


def move_session(
    *,
    session: Session,
    by: User | None,
    version: int,
    day: dt.date,
    start: dt.time | None,
    end: dt.time | None,
    room: Room | None,
    start_day: dt.date | None = None,
    end_day: dt.date | None = None,
    parties: Collection[Party] | None = None,
) -> Session:
    """Put a session at this day, wall-clock time and room; without a start it waits in the tray.

    ``version`` is that of the row the officer saw: at another one nothing is saved and
    :class:`StaleSessionError` tells how it stands. ``start_day`` and ``end_day`` are dates that the clock alone
    does not tell; ``parties`` None leaves them. What is where it was already stays untouched.
    """
    permissions.require(permissions.may_edit_programme(by))
    with transaction.atomic():
        event = lock_event(session.event)
        session = locked(Session.objects.filter(pk=session.pk)).get()
        if session.version != version:
            raise StaleSessionError(session)
        before = take(session)
        session.day, session.start, session.end = day, start, end
        session.start_day, session.end_day = start_day, end_day
        put_in_room(session, room)
        check_place(session, parties)
        if parties is not None:
            session.parties.set(parties)
        after = take(session)
        if before != after:
            session.version += 1
            session.save(update_fields=[*PLACE, "version", "updated_at"])
            record(
                event=event, by=by, kind=ProgrammeAct.Kind.MOVE, changes=[Change(session, before=before, after=after)]
            )
            log(instance=session, action="events.move", user=by)
    return session


def put_in_room(session: Session, room: Room | None) -> None:
    """Give a session a room; a venue that it names itself follows the room's."""
    session.room = room
    if room is not None and session.venue_id is not None:
        session.venue = room.venue


def check_place(session: Session, parties: Collection[Party] | None) -> None:
    """Refuse times that cannot be, and parties of another event."""
    session.clean()
    if session.ends_first:
        raise ValidationError({"end": _("The end is before the start. Check both times.")})
    if any(party.event_id != session.event_id for party in parties or ()):
        raise ValidationError({"parties": _("This party belongs to another event.")})
