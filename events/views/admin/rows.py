"""A session's row told as a release would tell it, drafts too: what it is, and what it would be."""

from collections.abc import Iterable
from typing import Any

from events.bilingual import texts
from events.models import Contribution, Party, Session
from events.programme import Document

from .wording import Names

#: A person as the programme prints them: name, role, what is shown beside the name.
Shown = tuple[str, str, dict[str, str]]


def told_row(session: Session, parties: Iterable[Party], people: Iterable[Shown]) -> tuple[Document, Names]:
    """The document of one session and the names that its keys stand for."""
    named = list(people)
    room, venue, track = session.room, session.venue, session.track
    document = {
        "day": session.day.isoformat(),
        "start": f"{session.start:%H:%M}" if session.start else None,
        "end": f"{session.end:%H:%M}" if session.end else None,
        "start_zone": session.zone_at_start,
        "end_zone": session.zone_at_end,
        "room": "room" if room else None,
        "venue": "venue" if venue and not room else None,
        "track": "track" if track else None,
        "organisation": {"name": texts(session.organisation, "name")} if session.organisation else None,
        "parties": [texts(party, "name") for party in parties],
        "people": [[str(at), role, 0] for at, (_name, role, _shown) in enumerate(named)],
        **{name: texts(session, name) for name in ("title", "abstract")},
        **{name: getattr(session, name) for name in _PLAIN},
    }
    parts: dict[str, Any] = {"rooms": {"room": room}, "venues": {"venue": venue}, "tracks": {"track": track}}
    shared = {
        part: {key: {"name": texts(row, "name")} for key, row in rows.items() if row} for part, rows in parts.items()
    }
    shown = {str(at): {"name": name, "positions": [position]} for at, (name, _role, position) in enumerate(named)}
    return document, Names([shared], shown)


_PLAIN = ("status", "kind", "audience", "languages", "interpretation", "capacity")


def people_of(rows: Iterable[Contribution]) -> list[Shown]:
    """Who is named in a session now."""
    return [(row.person.name, row.role, texts(row, "shown")) for row in rows]
