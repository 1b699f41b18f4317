"""A working programme read for the desk: its sessions, what stands across, its days; a fixed number of queries."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from events.bilingual import Text
from events.building import programme_days
from events.models import Event, Party, Person, Room, Session, Track

ROOMS, PARTIES, ONE = "rooms", "parties", "one"
#: The column of what has no room or is for every party.
NONE = "none"


@dataclass(frozen=True)
class Column:
    """What stands across: a room, a party, or the one column of everything."""

    key: str
    name: str
    language: str = ""
    note: str = ""


def sessions_of(event: Event) -> "QuerySet[Session]":
    """The sessions of a programme with everything the desk shows of them."""
    rows = event.sessions.all().in_order().select_related("room__venue", "venue", "track")
    return rows.prefetch_related("contributions__person", "parties")


class Working:
    """The working programme of one event; ``across`` is what its columns are, chosen by what it has if not named."""

    def __init__(self, event: Event, across: str = "") -> None:
        self.event = event
        self._wanted = across

    @cached_property
    def sessions(self) -> list[Session]:
        found = list(sessions_of(self.event))
        for session in found:
            session.event = self.event
        return found

    @cached_property
    def rooms(self) -> list[Room]:
        """The rooms of the event's venue and those its sessions are in, in the order of their houses."""
        used = {session.room_id for session in self.sessions if session.room_id}
        rows = Room.objects.filter(Q(venue=self.event.venue_id, venue__isnull=False) | Q(pk__in=used))
        home = self.event.venue_id
        return sorted(rows.select_related("venue"), key=lambda room: room.venue_id != home)

    @cached_property
    def parties(self) -> list[Party]:
        return list(self.event.parties.all())

    @cached_property
    def tracks(self) -> list[Track]:
        return list(self.event.tracks.all())

    @property
    def people(self) -> list[Person]:
        """Everybody named in the programme, in the order of their names."""
        named = {each.person_id: each.person for session in self.sessions for each in session.contributions.all()}
        return sorted(named.values(), key=lambda person: (person.sort_key, person.pk))

    @property
    def ways(self) -> list[tuple[str, str]]:
        """What can stand across in this programme, with names."""
        found = [(ROOMS, _("Rooms"))] if self.rooms else []
        found += [(PARTIES, _("Parties"))] if self.parties else []
        return [*found, (ONE, _("One column"))]

    @cached_property
    def across(self) -> str:
        ways = [way for way, _name in self.ways]
        return self._wanted if self._wanted in ways else ways[0]

    @cached_property
    def columns(self) -> list[Column]:
        if self.across == ROOMS:
            # Last: most days it is empty, and on a phone the first column is all that is seen.
            return [*(self._room(room) for room in self.rooms), Column(NONE, _("No room"))]
        if self.across == PARTIES:
            return [Column(NONE, _("All parties")), *(_named(party.pk, party.name) for party in self.parties)]
        return [Column(ONE, _("Programme"))]

    def _room(self, room: Room) -> Column:
        houses = {each.venue_id for each in self.rooms}
        venue = str(room.venue) if len(houses) > 1 else ""
        seats = _("%(number)s seats") % {"number": room.capacity} if room.capacity else ""
        return _named(room.pk, room.name, " · ".join(part for part in (venue, seats) if part))

    def keys_of(self, session: Session) -> list[str]:
        """The columns a session stands in; that of several parties in several."""
        if self.across == ROOMS:
            return [str(session.room_id) if session.room_id else NONE]
        if self.across == PARTIES:
            return [str(party.pk) for party in session.parties.all()] or [NONE]
        return [ONE]

    @cached_property
    def days(self) -> list[dt.date]:
        return programme_days(self.event, (session.day for session in self.sessions))


def _named(pk: int, name: Text, note: str = "") -> Column:
    return Column(str(pk), str(name), name.language, note)
