"""Which session a row is about: by reference, else by day, start, room and title."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from events.bilingual import texts
from events.models import Event, Room, Session

from .places import folded
from .rows import Row

Natural = tuple[dt.date, dt.time | None, str, str]


class Matcher:
    """The sessions of an event; each is found at most once."""

    def __init__(self, sessions: Iterable[Session]) -> None:
        self.by_ref: dict[str, Session] = {}
        self.by_uid: dict[str, Session] = {}
        self.natural: dict[Natural, list[Session]] = defaultdict(list)
        self.taken: set[int] = set()
        for session in sessions:
            if session.ref:
                self.by_ref[session.ref] = session
            self.by_uid[str(session.uid)] = session
            for title in texts(session, "title").values() or ("",):
                self.natural[(session.day, session.start, room_name(session.room), folded(title))].append(session)

    def find_by_ref(self, row: Row) -> Session | None:
        """The session that a row's reference names; our own export writes the calendar UID where there is none."""
        if not row.ref:
            return None
        return self._take(self.by_ref.get(row.ref)) or self._take(self.by_uid.get(row.ref))

    def find(self, row: Row, start: dt.time | None, room: Room | None) -> Session | None:
        """The session that a row is about whose reference names none, or None for a new one.

        A row with a reference may still meet a session without one; two references never meet.
        """
        return self._meet(row, start, room, without_ref=bool(row.ref))

    def _meet(self, row: Row, start: dt.time | None, room: Room | None, *, without_ref: bool) -> Session | None:
        if row.day is None:
            return None
        # A row without a title is still one row: it meets the session that it made.
        for title in list(filter(None, row.title.values())) or [""]:
            for session in self.natural.get((row.day, start, room_name(room), folded(title)), ()):
                if session.pk not in self.taken and not (without_ref and session.ref):
                    return self._take(session)
        return None

    def _take(self, session: Session | None) -> Session | None:
        if session is None or session.pk in self.taken:
            return None
        self.taken.add(session.pk)
        return session


def room_name(room: Room | None) -> str:
    """The room as compared."""
    return folded(room.name_tr or room.name_en) if room else ""


def sessions_of(event: Event) -> list[Session]:
    """The event's sessions, locked until the import is through."""
    rows = event.sessions.select_for_update(of=("self",)).select_related(
        "room__venue", "venue", "track", "organisation"
    )
    sessions = list(rows.prefetch_related("parties"))
    for session in sessions:
        session.event = event
    return sessions
