"""Read the working rows of one event into the shape of a release document.

What comes out has no numbers of its own yet (sequence, modified, change): comparing gives them.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from operator import itemgetter
from typing import Any

from events.bilingual import texts
from events.models import Event, Person, Room, Session, Track, Venue
from events.models.release import written
from events.programme import Document

from .rows import Beside, read_beside, read_contributions, read_sessions

SCHEMA = 1
#: Sorts before every instant: an untimed session that stands before all timed ones.
FIRST = "0"


@dataclass
class People:
    """The people of one document by key, each with the distinct positions that are shown."""

    rows: dict[str, dict[str, Any]] = field(default_factory=dict)

    def add(self, person: Person, shown: dict[str, str]) -> list[Any]:
        """Name a person; give back key and index of the position shown (None for none)."""
        row = self.rows.get(person.key)
        if row is None:
            row = self.rows[person.key] = {
                "person_id": person.pk,
                "name": person.name,
                "sort_key": person.sort_key,
                "positions": [],
                "biography_tr": person.biography_tr,
                "biography_en": person.biography_en,
                "erased": person.erased_at is not None,
            }
        return [person.key, self.position(person.key, shown)]

    def position(self, key: str, shown: dict[str, str]) -> int | None:
        """The index of a position in the person's list, added where it is new."""
        if not shown:
            return None
        positions = self.rows[key]["positions"]
        if shown not in positions:
            positions.append(shown)
        index: int = positions.index(shown)
        return index


@dataclass
class Working:
    """The working programme of one event, ready to be compared and frozen."""

    event: Document
    venues: Document
    rooms: Document
    tracks: Document
    sessions: dict[str, Document]
    people: People

    @property
    def fingerprint(self) -> str:
        """What the release page showed is what is released: both carry this."""
        return digest([self.event, self.venues, self.rooms, self.tracks, self.sessions, self.people.rows])


def digest(content: Any) -> str:
    """A fingerprint of plain data."""
    return sha256(written(content)).hexdigest()


def read_working(event: Event, *, drafts: bool = False) -> Working:
    """Read an event with everything a release shows, in a fixed number of queries; no release ever has ``drafts``."""
    people = People()
    beside = read_beside(event, drafts=drafts)
    named = _contributions(event, people, drafts=drafts)
    places, raws = [], []
    for session in read_sessions(event, beside, drafts=drafts):
        places.append((session.day, session.position, session.pk))
        raws.append(_session(session, named.get(session.pk, []), beside.parties.get(session.pk, [])))
    _put_in_order(places, raws)
    if event.cancelled_at or event.withdrawn_at:
        for raw in raws:
            raw["status"] = Session.Status.CANCELLED.value
    return Working(
        event=_event(event, raws),
        venues=_venues(event, beside),
        rooms=_rooms(beside.rooms.values()),
        tracks={f"t{track.pk}": _track(track, order) for order, track in enumerate(event.tracks.all())},
        sessions={raw["key"]: raw for raw in raws},
        people=people,
    )


def _contributions(event: Event, people: People, *, drafts: bool) -> dict[int, list[list[Any]]]:
    named: dict[int, list[list[Any]]] = {}
    for session, person, role, shown in read_contributions(event, drafts=drafts):
        key, index = people.add(person, shown)
        named.setdefault(session, []).append([key, role, index])
    return named


def _session(session: Session, people: list[list[Any]], parties: list[dict[str, str]]) -> Document:
    place = session.venue if session.venue_id and not session.room_id else None
    return {
        "key": session.key,
        "uid": str(session.uid),
        "day": session.day.isoformat(),
        "start": _clock(session.start),
        "end": _clock(session.end),
        "start_day": session.start_day.isoformat() if session.start_day else None,
        "end_day": session.end_day.isoformat() if session.end_day else None,
        "start_zone": session.zone_at_start,
        "end_zone": session.zone_at_end,
        "starts_at": _stamp(session.starts_at),
        "ends_at": _stamp(session.ends_at) if session.start else None,
        "kind": session.kind,
        "status": session.status,
        "audience": session.audience,
        "title": texts(session, "title"),
        "abstract": texts(session, "abstract"),
        "track": f"t{session.track_id}" if session.track_id else None,
        "room": f"r{session.room_id}" if session.room_id else None,
        "venue": f"v{place.pk}" if place else None,
        "organisation": (
            {"id": session.organisation.pk, "name": texts(session.organisation, "name")}
            if session.organisation
            else None
        ),
        "parties": parties,
        "languages": session.languages,
        "interpretation": session.interpretation,
        "capacity": session.capacity,
        "people": people,
    }


def _put_in_order(places: list[tuple[dt.date, int, int]], raws: list[Document]) -> None:
    """Give each session its place: by start; an untimed one stays behind what stands before it in the list.

    ``places`` are day, position in its list and number of each session.
    """
    last: dict[str, str] = {}
    for (_day, position, _pk), raw in sorted(zip(places, raws, strict=True), key=itemgetter(0)):
        instant = raw["starts_at"] or last.get(raw["day"], "")
        last[raw["day"]] = max(instant, last.get(raw["day"], ""))
        raw["order"] = f"{instant or FIRST}|{position:010d}"


def _event(event: Event, sessions: Iterable[Document]) -> Document:
    # Only of what everybody may see: the day on which staff set up is nobody else's business.
    days = [dt.date.fromisoformat(raw["day"]) for raw in sessions if raw["audience"] == Session.Audience.PUBLIC]
    # A session outside the one day that is told may widen the event, never turn it round.
    starts_on, ends_on = event.starts_on, event.ends_on
    if days:
        starts_on = starts_on or min([*days, *filter(None, [ends_on])])
        ends_on = ends_on or max([*days, starts_on])
    programme = event.dialogue_programme
    organisations = event.event_organisations.select_related("organisation")
    return {
        "code": event.code,
        "slug": event.slug,
        "uid": str(event.uid),
        "kind": event.kind,
        "line_of_work": event.line_of_work,
        "field": event.field,
        **{name: texts(event, name) for name in ("title", "summary", "description", "participation")},
        "contact_email": event.contact_email,
        "starts_on": starts_on.isoformat() if starts_on else None,
        "ends_on": ends_on.isoformat() if ends_on else None,
        "time_zone": event.time_zone,
        "languages": event.languages,
        "status": "cancelled" if event.cancelled_at or event.withdrawn_at else "confirmed",
        "venue": f"v{event.venue_id}" if event.venue_id else None,
        "organisations": [
            {
                "id": row.organisation_id,
                "role": row.role,
                "name": texts(row.organisation, "name"),
                "country": row.organisation.country,
            }
            for row in organisations
        ],
        "dialogue_programme": {"slug": programme.slug, "title": texts(programme, "title")} if programme else None,
    }


def _venues(event: Event, beside: Beside) -> Document:
    found = [event.venue, *(room.venue for room in beside.rooms.values()), *beside.venues.values()]
    return {f"v{venue.pk}": _venue(venue) for venue in found if venue}


def _venue(venue: Venue) -> Document:
    return {
        **{name: texts(venue, name) for name in ("name", "address", "city")},
        "country": venue.country,
        "latitude": venue.latitude,
        "longitude": venue.longitude,
        "step_free": venue.step_free,
    }


def _rooms(rooms: Iterable[Room]) -> Document:
    ordered = sorted(rooms, key=lambda room: (room.venue.sort_key, room.position, room.pk))
    return {
        f"r{room.pk}": {
            "name": texts(room, "name"),
            "venue": f"v{room.venue_id}",
            "capacity": room.capacity,
            "step_free": room.venue.step_free if room.step_free is None else room.step_free,
            "order": order,
        }
        for order, room in enumerate(ordered)
    }


def _track(track: Track, order: int) -> Document:
    return {"name": texts(track, "name"), "letter": track.letter, "colour": track.colour, "order": order}


def _clock(time: dt.time | None) -> str | None:
    return time.strftime("%H:%M") if time else None


def _stamp(moment: dt.datetime | None) -> str | None:
    return stamp(moment) if moment else None


def stamp(moment: dt.datetime) -> str:
    """An instant as the document writes it: ``2027-06-10T06:30:00Z``."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
