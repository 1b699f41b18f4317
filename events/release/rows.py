"""The working rows of one event as a release reads them: each room, venue, organisation and person once.

A large programme names the same few rooms and the same people thousands of times. Joined to every session they would
be made anew each time, and Python's collector would walk through all of them again and again.
"""

from collections.abc import Iterator
from typing import NamedTuple

from events.models import Contribution, Event, Organisation, Person, Room, Session, Venue
from events.models.programme import SessionQuerySet

Texts = dict[str, str]

#: Sessions read at a time: what was made of them is kept, they are not.
CHUNK = 500


class Beside(NamedTuple):
    """What stands beside the sessions of one event, by the number of its row; parties by that of the session."""

    rooms: dict[int, Room]
    venues: dict[int, Venue]
    organisations: dict[int, Organisation]
    parties: dict[int, list[Texts]]

    def tell(self, session: Session) -> None:
        """Give a session its place and host, as if it had been fetched with them."""
        if session.room_id:
            session.room = self.rooms[session.room_id]
        if session.venue_id:
            session.venue = self.venues[session.venue_id]
        if session.organisation_id:
            session.organisation = self.organisations[session.organisation_id]


def read_beside(event: Event, *, drafts: bool = False) -> Beside:
    """Fetch what the releasable sessions of an event name, in four queries."""
    sessions = _sessions(event, drafts).order_by()
    return Beside(
        rooms=Room.objects.filter(pk__in=sessions.values("room")).select_related("venue").in_bulk(),
        venues=Venue.objects.filter(pk__in=sessions.values("venue")).in_bulk(),
        organisations=Organisation.objects.filter(pk__in=sessions.values("organisation")).in_bulk(),
        parties=_parties(event),
    )


def _parties(event: Event) -> dict[int, list[Texts]]:
    found: dict[int, list[Texts]] = {}
    rows = Session.parties.through.objects.filter(session__event=event).order_by("party__position", "party")
    for session, tr, en in rows.values_list("session_id", "party__name_tr", "party__name_en"):
        found.setdefault(session, []).append(_texts(tr, en))
    return found


def read_sessions(event: Event, beside: Beside, *, drafts: bool = False) -> Iterator[Session]:
    """The releasable sessions in the order of the programme, a few at a time, with place and host."""
    for session in _sessions(event, drafts).defer("translated_from").iterator(CHUNK):
        session.event = event
        beside.tell(session)
        yield session


def read_contributions(event: Event, *, drafts: bool = False) -> Iterator[tuple[int, Person, str, Texts]]:
    """Who does what, session by session: its number, the person, the role and the position shown."""
    rows = Contribution.objects.filter(session__event=event)
    rows = rows if drafts else rows.exclude(session__status=Session.Status.DRAFT)
    people = Person.objects.filter(pk__in=rows.values("person")).defer("translated_from").in_bulk()
    fields = ("session_id", "person_id", "role", "shown_tr", "shown_en")
    for session, person, role, tr, en in rows.order_by("session", "position", "pk").values_list(*fields).iterator():
        yield session, people[person], role, _texts(tr, en)


def _sessions(event: Event, drafts: bool) -> SessionQuerySet:
    """What a release may hold; with drafts what only those see who were sent the working programme."""
    return event.sessions.all() if drafts else event.sessions.releasable()


def _texts(tr: str, en: str) -> Texts:
    return {language: text for language, text in (("tr", tr), ("en", en)) if text}
