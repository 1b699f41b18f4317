"""Venues, rooms, tracks, organisations and parties that rows name: found by their folded name, or made."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from string import ascii_uppercase
from typing import Any, Generic, TypeVar

from django.db import models
from django.db.models import Max, Q, QuerySet

from events.bilingual import LANGUAGES, texts
from events.models import Event, Organisation, Party, Room, Session, Track, Venue
from events.turkish import fold

from .rows import Row

Named = TypeVar("Named", bound=models.Model)


class Shelf(Generic[Named]):
    """Rows of one model by name; an exact name goes before a folded one."""

    def __init__(self, rows: Iterable[Named], make: Callable[[str], Named]) -> None:
        self.exact: dict[str, Named] = {}
        self.folded: dict[str, Named] = {}
        self.make = make
        self.made: list[str] = []
        for row in rows:
            self._put(row)

    def _put(self, row: Named) -> None:
        for name in texts(row, "name").values():
            self.exact.setdefault(name, row)
            self.folded.setdefault(folded(name), row)

    def find(self, name: str) -> Named | None:
        """The row of that name, or None."""
        return self.exact.get(name) or self.folded.get(folded(name))

    def find_or_make(self, name: str, stated: dict[str, str] | None = None) -> Named:
        """The row of that name, made and saved where there is none; ``stated`` names it by language."""
        row = self.find(name)
        if row is None:
            row = self.make(name)
            if stated:
                for tag in LANGUAGES:
                    setattr(row, f"name_{tag}", stated.get(tag, ""))
            row.save()
            self._put(row)
            self.made.append(name)
        return row


def folded(name: str) -> str:
    """The name as compared; a name of signs only is compared as it is."""
    return fold(name) or name


def bears(place: Room | Venue, name: str) -> bool:
    """Whether a place has this name in one of its languages."""
    return folded(name) in map(folded, texts(place, "name").values())


def kept_venue(row: Row, session: Session) -> Venue | None:
    """The venue that a session has, where it bears the name that its row says."""
    venue = session.venue
    return venue if venue and row.venue and bears(venue, row.venue) else None


def kept_room(row: Row, session: Session) -> Room | None:
    """The room that a session has, where room and venue bear the names that its row says."""
    room = session.room
    said = room and row.room and row.venue and bears(room, row.room) and bears(room.venue, row.venue)
    return room if said else None


def stated(row: Row, name: str) -> dict[str, str]:
    """The names that a row gives in a stated language."""
    return {tag: row.names[f"{name}_{tag}"] for tag in LANGUAGES if f"{name}_{tag}" in row.names}


class Places:
    """What one event's rows refer to. ``language`` is the column into which a new name is written."""

    def __init__(self, event: Event, language: str, rows: Iterable[Row], capacities: dict[str, int]) -> None:
        self.event = event
        self.named = f"name_{language}"
        self.capacities = {folded(name): seats for name, seats in capacities.items()}
        self.venues = Shelf(self._known_venues(), lambda name: Venue(**{self.named: name}))
        self.tracks = Shelf(event.tracks.all(), self._new_track)
        self.parties = Shelf(event.parties.all(), self._new_party)
        wanted = any(row.organisation for row in rows)
        self.organisations = Shelf(
            Organisation.objects.all() if wanted else (),
            lambda name: Organisation(kind=Organisation.Kind.OTHER, **{self.named: name}),
        )
        self.rooms: dict[int, Shelf[Room]] = {}
        self.used = Shelf(self._used_rooms(), self._room_maker(event.venue))

    @property
    def made(self) -> dict[str, list[str]]:
        """Names of what was not there before, by what it is."""
        shelves: list[tuple[str, Shelf[Any]]] = [
            ("venue", self.venues),
            ("track", self.tracks),
            ("party", self.parties),
            ("organisation", self.organisations),
            *(("room", shelf) for shelf in (self.used, *self.rooms.values())),
        ]
        found: dict[str, list[str]] = {}
        for kind, shelf in shelves:
            found.setdefault(kind, []).extend(shelf.made)
        return {kind: sorted(names) for kind, names in found.items() if names}

    def _known_venues(self) -> list[Venue]:
        """The event's venue, then those its sessions are in, then all others: many towns have a culture centre."""
        used = {pk for pair in self.event.sessions.values_list("venue", "room__venue") for pk in pair}
        home = self.event.venue_id
        return sorted(Venue.objects.all(), key=lambda venue: (venue.pk != home, venue.pk not in used))

    def _used_rooms(self) -> list[Room]:
        """The rooms of the event's venue, then those its sessions are in."""
        of_event = Q(sessions__event=self.event) | Q(venue=self.event.venue_id)
        rooms = Room.objects.filter(of_event).select_related("venue").distinct().order_by("position", "pk")
        return sorted(rooms, key=lambda room: room.venue_id != self.event.venue_id)

    def zone(self, row: Row) -> str:
        """The zone of the place that a row names, where that is there already; else the event's."""
        room = self.used.find(row.room) if row.room and not row.venue else None
        place = room.venue if room else self.venues.find(row.venue or row.room)
        return (place.time_zone if place else "") or self.event.time_zone

    def venue(self, row: Row) -> Venue | None:
        """The venue a row names."""
        return self.venues.find_or_make(row.venue, stated(row, "venue")) if row.venue else None

    def track(self, row: Row) -> Track | None:
        """The track a row names."""
        return self.tracks.find_or_make(row.track, stated(row, "track")) if row.track else None

    def organisation(self, row: Row) -> Organisation | None:
        """The host organisation a row names."""
        if not row.organisation:
            return None
        return self.organisations.find_or_make(row.organisation, stated(row, "organisation"))

    def parties_of(self, row: Row) -> list[Party]:
        """The parties a row names; the names of the other language stand in the same order."""
        others = {tag: text.split(";") for tag, text in stated(row, "parties").items()}
        return [
            self.parties.find_or_make(
                name, {tag: parts[place].strip() for tag, parts in others.items() if place < len(parts)}
            )
            for place, name in enumerate(row.parties)
        ]

    def room(self, row: Row) -> Room | None:
        """The room a row names: in the row's venue, else in the event's, else wherever the event has one so named."""
        if not row.room:
            return None
        if named := self.venue(row):
            return self._rooms_of(named).find_or_make(row.room, stated(row, "room"))
        room = self.used.find(row.room)
        if room is None and (venue := self.venues.find(row.room)):
            # Forms that know only rooms name the place there.
            row.venue, row.given = str(venue.name), (*row.given, "venue")
            return None
        if room is None:
            self.used.make = self._room_maker(self._home())
            room = self.used.find_or_make(row.room, stated(row, "room"))
        return room

    def _rooms_of(self, venue: Venue) -> Shelf[Room]:
        if venue.pk not in self.rooms:
            self.rooms[venue.pk] = Shelf(venue.rooms.all(), self._room_maker(venue))
        return self.rooms[venue.pk]

    def _home(self) -> Venue:
        """The event's venue. A file that names rooms but no venue gets one without a name, for the officer to fill in."""
        if self.event.venue is None:
            venue = Venue()
            venue.save()
            self.venues.made.append("")
            self._move_in(venue)
            return venue
        return self.event.venue

    def settle_home(self, rows: Iterable[Row]) -> None:
        """Where the event has no venue and all rows name the same one, that is the event's too."""
        names = {row.venue for row in rows}
        if self.event.venue is None and len(names) == 1 and (name := names.pop()):
            self._move_in(self.venues.find_or_make(name))

    def _move_in(self, venue: Venue) -> None:
        self.event.venue = venue
        self.event.version += 1
        self.event.save(update_fields=["venue", "version", "updated_at"])

    def _room_maker(self, venue: Venue | None) -> Callable[[str], Room]:
        def make(name: str) -> Room:
            position = _next_position(venue.rooms.all()) if venue else 1
            seats = self.capacities.get(folded(name))
            return Room(venue=venue, position=position, capacity=seats, **{self.named: name})

        return make

    def _new_track(self, name: str) -> Track:
        """Under the first letter that no other track of the event has."""
        taken = set(self.event.tracks.values_list("letter", flat=True))
        letter = next((each for each in ascii_uppercase if each not in taken), "")
        return Track(
            event=self.event, position=_next_position(self.event.tracks.all()), letter=letter, **{self.named: name}
        )

    def _new_party(self, name: str) -> Party:
        return Party(event=self.event, position=_next_position(self.event.parties.all()), **{self.named: name})


def _next_position(rows: QuerySet[Any]) -> int:
    """The place behind the last of a list."""
    last: int | None = rows.aggregate(last=Max("position"))["last"]
    return 1 if last is None else last + 1
