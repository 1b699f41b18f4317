"""Editing one session beside the grid: its texts, its place, its people; only what is given is changed."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from events import permissions
from events.models import Party, ProgrammeAct, Session

from .acts import Change, record
from .moving import check_place
from .people import Naming, set_people
from .snapshots import PLACE, take
from .stale import StaleSessionError, lock_event, locked

_TEXTS = ("title_tr", "title_en", "abstract_tr", "abstract_en", "host_notes")
_FACTS = ("kind", "status", "audience", "track", "languages", "interpretation", "capacity")
#: The columns that can be edited beside the grid; parties and people come with them.
EDITED = (*_TEXTS, *_FACTS, *PLACE)


def edit_session(
    *,
    session: Session,
    by: User | None,
    version: int,
    values: Mapping[str, Any],
    parties: Collection[Party] | None = None,
    people: Sequence[Naming] | None = None,
) -> Session:
    """Change what is given of a session: columns by name, its parties, its people in their order.

    ``version`` is that of the row the officer saw: at another one nothing is saved and
    :class:`StaleSessionError` tells how it stands. What is as it was already stays untouched.
    """
    permissions.require(permissions.may_edit_programme(by))
    with transaction.atomic():
        event = lock_event(session.event)
        session = locked(Session.objects.filter(pk=session.pk)).get()
        if session.version != version:
            raise StaleSessionError(session, _stale())
        values = {name: value for name, value in values.items() if name in EDITED}
        if not values and parties is None and people is None:
            return session
        before, stored = _take(session), Session.objects.get(pk=session.pk)
        for name, value in values.items():
            setattr(session, name, value)
        _put_in_place(session, values)
        check_session(session, parties, values)
        if parties is not None:
            session.parties.set(parties)
        if people is not None:
            set_people(session, people, by)
        session.note_translations(stored)
        after = _take(session)
        if before != after:
            session.version += 1
            session.save(update_fields=[*EDITED, "translated_from", "version", "updated_at"])
            record(
                event=event, by=by, kind=ProgrammeAct.Kind.EDIT, changes=[Change(session, before=before, after=after)]
            )
            log(instance=session, action="wagtail.edit", user=by)
    return session


def _stale() -> str:
    return _(
        "Somebody else saved this session in the meantime, so nothing was saved. Choose for each field which version "
        "is to stand."
    )


def _take(session: Session) -> dict[str, Any]:
    return take(session, (*EDITED, "translated_from"), people=True)


def _put_in_place(session: Session, values: Mapping[str, Any]) -> None:
    """A venue of its own follows the room; without a start there is no end, and it waits in the tray."""
    if session.room is not None and "room" in values and session.venue_id is not None:
        session.venue = session.room.venue
    if session.start is None:
        session.end = session.start_day = session.end_day = None


def check_session(session: Session, parties: Collection[Party] | None, names: Collection[str]) -> None:
    """Refuse what the columns of these names cannot have; what an old row holds elsewhere is not judged."""
    session.clean_fields(exclude={field.name for field in Session._meta.fields} - set(names))
    if {"title_tr", "title_en"}.intersection(names) and not str(session.title):
        raise ValidationError({"title_tr": _("Give the title in at least one language.")})
    if "track" in names and session.track and session.track.event_id != session.event_id:
        raise ValidationError({"track": _("This track belongs to another event.")})
    if parties is not None or set(PLACE).intersection(names):
        check_place(session, parties)
