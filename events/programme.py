"""The one reading of a programme: pages, feeds, PDFs and letters all read :class:`Entry` and :class:`Day`.

The shape of a release document (plain JSON; absent or null means not known; texts are ``{"tr": …, "en": …}``
without empty ones; people are named by key only)::

    schema      1
    event       code slug uid kind line_of_work field title summary description participation contact_email
                starts_on ends_on time_zone languages status("confirmed"|"cancelled") venue(key or null)
                organisations[{id role name country}] dialogue_programme{slug title}|null
    venues      {key: name address city country latitude longitude step_free}
    rooms       {key: name venue(key) capacity step_free order}
    tracks      {key: name letter colour order}
    sessions    in reading order: key uid sequence modified day order start end start_day end_day start_zone end_zone
                starts_at ends_at kind status audience title abstract track room venue organisation{id name}|null
                parties[text] languages interpretation capacity
                people[[person key, role, index into that person's positions or null]]
                change null | {"kinds": […], "before": {field: old value}}   against the release before
                withdrawn true where the session is no longer public: calendars cancel it, pages leave it out

``modified``, ``starts_at`` and ``ends_at`` are UTC instants (``2027-06-10T06:30:00Z``).
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from events.bilingual import Text, Texts, pick
from events.models import ProgrammeRelease

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """A venue as released."""

    key: str
    name: Texts
    address: Texts = field(default_factory=dict)
    city: Texts = field(default_factory=dict)
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None
    step_free: bool | None = None


@dataclass(frozen=True, slots=True)
class RoomShown:
    """A room as released, with its venue; ``order`` is its column."""

    key: str
    name: Texts
    order: int = 0
    venue: Place | None = None
    capacity: int | None = None
    step_free: bool | None = None


@dataclass(frozen=True, slots=True)
class TrackShown:
    """A track as released: letter and hue together, never colour alone."""

    key: str
    name: Texts
    letter: str = ""
    colour: str = ""
    order: int = 0


@dataclass(frozen=True, slots=True)
class PersonShown:
    """A person as one release shows them; ``name`` is empty once erased."""

    key: str
    name: str
    sort_key: str = ""
    positions: tuple[Texts, ...] = ()
    biography: Texts = field(default_factory=dict)
    erased: bool = False


@dataclass(frozen=True, slots=True)
class Contributor:
    """A person in a session: role code and the position as the programme prints it."""

    person: PersonShown
    role: str
    shown: Texts


@dataclass(frozen=True)
class Entry:
    """One session of a released (or previewed) programme."""

    key: str
    uid: str
    sequence: int
    modified: dt.datetime
    day: dt.date
    start: dt.time | None
    end: dt.time | None
    starts_at: dt.datetime | None
    ends_at: dt.datetime | None
    start_zone: str
    end_zone: str
    kind: str
    status: str
    audience: str
    title: Texts
    abstract: Texts
    track: TrackShown | None
    room: RoomShown | None
    venue: Place | None
    organisation: Mapping[str, Any] | None
    parties: tuple[Texts, ...]
    languages: tuple[str, ...]
    interpretation: str
    capacity: int | None
    people: tuple[Contributor, ...]
    change: Mapping[str, Any] | None
    withdrawn: bool
    raw: Mapping[str, Any] = field(repr=False, compare=False)

    @property
    def cancelled(self) -> bool:
        return self.status == "cancelled"

    @property
    def timed(self) -> bool:
        """Whether a calendar can hold it: it has a start."""
        return self.starts_at is not None

    @cached_property
    def local_start(self) -> dt.datetime | None:
        """The start on the wall of its place."""
        return self.starts_at.astimezone(ZoneInfo(self.start_zone)) if self.starts_at else None

    @cached_property
    def local_end(self) -> dt.datetime | None:
        """The end on the wall of its place, which may lie in another zone than the start."""
        return self.ends_at.astimezone(ZoneInfo(self.end_zone)) if self.ends_at else None

    @property
    def change_kinds(self) -> tuple[str, ...]:
        """What changed against the release before: added, moved, retitled, people, edited, cancelled, restored."""
        return tuple(self.change["kinds"]) if self.change else ()


@dataclass(frozen=True)
class Day:
    """One programme day and its entries in reading order."""

    date: dt.date
    entries: tuple[Entry, ...]

    @cached_property
    def rooms(self) -> tuple[RoomShown, ...]:
        """The rooms used on this day, in the order of the house."""
        found = {entry.room.key: entry.room for entry in self.entries if entry.room}
        return tuple(sorted(found.values(), key=lambda room: (room.order, room.key)))


@dataclass(frozen=True)
class EventShown:
    """The event as one release tells it."""

    code: str
    slug: str
    uid: str
    kind: str
    line_of_work: int
    field: str
    title: Texts
    summary: Texts
    description: Texts
    participation: Texts
    contact_email: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    time_zone: str
    languages: tuple[str, ...]
    status: str
    venue: Place | None
    organisations: tuple[Mapping[str, Any], ...]
    dialogue_programme: Mapping[str, Any] | None

    @property
    def cancelled(self) -> bool:
        return self.status == "cancelled"


class Programme:
    """A document with its people put in: the event, its entries, its days.

    ``restricted`` adds the sessions for participants and staff; give it only to those who may see them.
    ``number`` is the release's (the next one's in a preview), ``released_at`` its instant.
    """

    def __init__(
        self,
        document: Document,
        people: Mapping[str, PersonShown],
        *,
        number: int,
        released_at: dt.datetime,
        restricted: Document | None = None,
    ) -> None:
        self.document = document
        self.people = people
        self.number = number
        self.released_at = released_at
        self._parts = [document] + ([restricted] if restricted else [])

    @cached_property
    def venues(self) -> dict[str, Place]:
        return {key: Place(key=key, **value) for part in self._parts for key, value in part["venues"].items()}

    @cached_property
    def rooms(self) -> dict[str, RoomShown]:
        return {
            key: RoomShown(key=key, **{**value, "venue": self.venues.get(value["venue"])})
            for part in self._parts
            for key, value in part["rooms"].items()
        }

    @cached_property
    def tracks(self) -> dict[str, TrackShown]:
        return {key: TrackShown(key=key, **value) for part in self._parts for key, value in part["tracks"].items()}

    @cached_property
    def event(self) -> EventShown:
        facts = self.document["event"]
        return EventShown(
            **{
                **facts,
                "starts_on": _date(facts["starts_on"]),
                "ends_on": _date(facts["ends_on"]),
                "venue": self.venues.get(facts["venue"]),
                "languages": tuple(facts["languages"]),
                "organisations": tuple(facts["organisations"]),
            }
        )

    @cached_property
    def all_entries(self) -> tuple[Entry, ...]:
        """Every session with those that are no longer public: what calendars need."""
        raws = [raw for part in self._parts for raw in part["sessions"]]
        if len(self._parts) > 1:
            raws.sort(key=reading_order)
        return tuple(self.entry(raw) for raw in raws)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """What pages and papers show, cancelled sessions included."""
        return tuple(entry for entry in self.all_entries if not entry.withdrawn)

    @cached_property
    def days(self) -> tuple[Day, ...]:
        """The entries by programme day."""
        return tuple(days(self.entries))

    def entry(self, raw: Mapping[str, Any]) -> Entry:
        """Read one session of the document."""
        room = self.rooms.get(raw["room"] or "")
        return Entry(
            key=raw["key"],
            uid=raw["uid"],
            sequence=raw["sequence"],
            modified=dt.datetime.fromisoformat(raw["modified"]),
            day=dt.date.fromisoformat(raw["day"]),
            start=_time(raw["start"]),
            end=_time(raw["end"]),
            starts_at=_instant(raw["starts_at"]),
            ends_at=_instant(raw["ends_at"]),
            start_zone=raw["start_zone"],
            end_zone=raw["end_zone"],
            kind=raw["kind"],
            status=raw["status"],
            audience=raw["audience"],
            title=raw["title"],
            abstract=raw["abstract"],
            track=self.tracks.get(raw["track"] or ""),
            room=room,
            venue=self.venues.get(raw["venue"] or "") or (room.venue if room else None),
            organisation=raw["organisation"],
            parties=tuple(raw["parties"]),
            languages=tuple(raw["languages"]),
            interpretation=raw["interpretation"],
            capacity=raw["capacity"],
            people=tuple(self._contributors(raw["people"])),
            change=raw.get("change"),
            withdrawn=raw.get("withdrawn", False),
            raw=raw,
        )

    def _contributors(self, named: Iterable[tuple[str, str, int | None]]) -> Iterator[Contributor]:
        for key, role, index in named:
            person = self.people.get(key)
            if person is None or person.erased:
                continue
            known = index is not None and index < len(person.positions)
            yield Contributor(person, role, person.positions[index] if known and index is not None else {})


def open_programme(release: ProgrammeRelease, *, restricted: bool = False) -> Programme:
    """Read a release with its people; ``restricted`` adds what only participants and staff may see."""
    return Programme(
        release.open_public(),
        people_of(release),
        number=release.number,
        released_at=release.released_at,
        restricted=release.open_restricted() if restricted else None,
    )


def open_changes(release: ProgrammeRelease) -> Programme | None:
    """Read only what differs from the release before; None where everything has to be read."""
    delta = release.open_delta()
    if delta is None:
        return None
    keys = {named[0] for raw in delta["sessions"] for named in raw["people"]}
    return Programme(delta, people_of(release, keys), number=release.number, released_at=release.released_at)


def people_of(release: ProgrammeRelease, keys: Iterable[str] | None = None) -> dict[str, PersonShown]:
    """The people of a release as it shows them; with ``keys`` only those."""
    # The rows' own order would follow the release to its event.
    rows = release.people.order_by("sort_key", "pk")
    rows = rows if keys is None else rows.filter(key__in=keys)
    return {
        row.key: PersonShown(
            key=row.key,
            name=row.name,
            sort_key=row.sort_key,
            positions=tuple(row.positions),
            biography={
                language: text for language, text in (("tr", row.biography_tr), ("en", row.biography_en)) if text
            },
            erased=row.erased,
        )
        for row in rows
    }


def days(entries: Iterable[Entry]) -> Iterator[Day]:
    """Group entries, already in reading order, by programme day."""
    grouped: dict[dt.date, list[Entry]] = {}
    for entry in entries:
        grouped.setdefault(entry.day, []).append(entry)
    return (Day(date, tuple(grouped[date])) for date in sorted(grouped))


def reading_order(raw: Mapping[str, Any]) -> tuple[Any, ...]:
    """How sessions follow one another: day, start (an untimed one behind what stands before it), list."""
    return (raw["day"], raw["order"], raw["key"])


def place_text(entry: Entry, language: str | None = None) -> Text:
    """Room and venue in one line: ``Salon Ihlamur, Çınaraltı Kongre Merkezi``."""
    names = [pick(part.name, language) for part in (entry.room, entry.venue) if part]
    return Text(", ".join(name for name in names if name), names[0].language if names else "")


def _date(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None


def _time(value: str | None) -> dt.time | None:
    return dt.time.fromisoformat(value) if value else None


def _instant(value: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(value) if value else None
