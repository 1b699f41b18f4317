"""A new session by pressing on a free place: its titles, its kind, and where it was pressed."""

import datetime as dt
from collections.abc import Collection, Sequence

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from wagtail.log_actions import log

from events import permissions
from events.models import Event, Party, ProgrammeAct, Room, Session, Track

from .acts import Change, record
from .editing import check_session
from .moving import put_in_room
from .people import Naming, set_people
from .snapshots import WHOLE, take
from .stale import lock_event


def create_session(
    *,
    event: Event,
    by: User | None,
    day: dt.date,
    start: dt.time | None = None,
    end: dt.time | None = None,
    room: Room | None = None,
    parties: Collection[Party] = (),
    track: Track | None = None,
    title_tr: str = "",
    title_en: str = "",
    kind: str = Session.Kind.TALK,
    status: str = Session.Status.DRAFT,
    people: Sequence[Naming] = (),
) -> Session:
    """Add a session to the working programme; it needs a title in at least one language."""
    permissions.require(permissions.may_add_sessions(by))
    with transaction.atomic():
        event = lock_event(event)
        session = Session(event=event, day=day, start=start, end=end, track=track, kind=kind, status=status)
        session.title_tr, session.title_en = title_tr, title_en
        last = event.sessions.aggregate(last=Max("position"))["last"]
        session.position = 0 if last is None else last + 1
        put_in_room(session, room)
        check_session(session, parties, {field.name for field in Session._meta.fields})
        session.note_translations()
        session.save()
        session.parties.set(parties)
        set_people(session, people, by)
        after = take(session, WHOLE, people=True)
        record(event=event, by=by, kind=ProgrammeAct.Kind.CREATE, changes=[Change(session, before=None, after=after)])
        log(instance=session, action="wagtail.create", user=by)
    return session
