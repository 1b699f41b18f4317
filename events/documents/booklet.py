"""A release read into what is printed: one column a language, everything already in words.

With one language every session has one column; with two, two that stand side by side. What is the same in
both (times, marks, numbers) is there once.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from events import labels
from events.bilingual import Text, Texts, pick
from events.documents import words
from events.documents.columns import Column, column_of
from events.documents.index import Letter, index
from events.programme import Day, Entry, Place, Programme, RoomShown

#: How the document is asked for, and the languages it is printed in, the leading one first.
FORMS: dict[str, tuple[str, ...]] = {"tr": ("tr",), "en": ("en",), "tr-en": ("tr", "en")}
QUIET = {"break", "meal", "registration", "transfer", "free"}


def hue(key: str) -> str:
    """The class of a track by its key; a key may carry marks that no style sheet takes."""
    return f"hue-{key.rstrip('~')}"


@dataclass(frozen=True)
class Item:
    """One session on its day page."""

    entry: Entry
    clock: str
    times: tuple[Text, ...]
    columns: tuple[Column, ...]
    repeats_time: bool

    @property
    def quiet(self) -> bool:
        """Breaks and ways: part of the day, not what people come for."""
        return self.entry.kind in QUIET and not self.entry.people

    @property
    def titles(self) -> tuple[Text, ...]:
        """The title in the document's languages, once where only one of them has it."""
        return tuple({column.title: column.title for column in self.columns}.values())

    @property
    def change_words(self) -> tuple[Text, ...]:
        """What changed, in one or two words a language."""
        told = ((", ".join(line.label for line in column.changes), column.language) for column in self.columns)
        return tuple(Text(*words) for words in told)

    @property
    def classes(self) -> str:
        """Its states, for the style sheet."""
        states = (
            ("quiet", self.quiet),
            ("cancelled", self.entry.cancelled),
            ("changed", self.changed),
            ("again", self.repeats_time),
        )
        return " ".join(["session", *(name for name, holds in states if holds)])

    @property
    def boxed(self) -> bool:
        """Whether its texts need a box of their own: beside another language, or behind the bar of a change."""
        return len(self.columns) > 1 or self.changed

    @property
    def hue(self) -> str:
        """The class that carries the track's colour."""
        return hue(self.entry.track.key) if self.entry.track else ""

    @property
    def changed(self) -> bool:
        return bool(self.entry.change_kinds)


@dataclass(frozen=True)
class Group:
    """Sessions that begin at the same time; ``labels`` say how many, where there are several."""

    items: tuple[Item, ...]
    labels: tuple[Text, ...]


@dataclass(frozen=True)
class DayShown:
    """One day: heading in each language, zones where they need saying, and its sessions."""

    number: int
    date: dt.date
    heading: tuple[Text, ...]
    zones: tuple[Text, ...]
    groups: tuple[Group, ...]

    @property
    def target(self) -> str:
        return f"day-{self.number}"

    @property
    def items(self) -> Iterator[Item]:
        return (item for group in self.groups for item in group.items)


@dataclass(frozen=True)
class VenueShown:
    """A place with the rooms that the programme uses."""

    place: Place
    rooms: tuple[RoomShown, ...]


class Booklet:
    """The printed programme of one release in one form (``tr``, ``en`` or ``tr-en``)."""

    def __init__(self, programme: Programme, form: str, *, address: str) -> None:
        self.programme = programme
        self.event = programme.event
        self.languages = FORMS[form]
        #: Where the printed code leads.
        self.address = address

    def both(self, texts: Texts) -> tuple[Text, ...]:
        """A text in the document's languages, once where only one of them has it."""
        found = [pick(texts, language) for language in self.languages]
        return tuple(text for index, text in enumerate(found) if text and text not in found[:index])

    @cached_property
    def days(self) -> tuple[DayShown, ...]:
        return tuple(self._day(number, day) for number, day in enumerate(self.programme.days, start=1))

    @cached_property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for day in self.days for item in day.items)

    @cached_property
    def changes(self) -> tuple[Item, ...]:
        """The sessions that differ from the release before."""
        return tuple(item for item in self.items if item.changed)

    @cached_property
    def people(self) -> tuple[Letter, ...]:
        return tuple(index(self.programme.entries, self.languages))

    @cached_property
    def venues(self) -> tuple[VenueShown, ...]:
        """The event's own place first, then the others by name."""
        named = [room.venue.key for room in self._rooms if room.venue]
        used = {self._home, *named, *(entry.venue.key for entry in self.programme.entries if entry.venue)}
        places = [place for key, place in self.programme.venues.items() if key in used]
        places.sort(key=lambda place: (place.key != self._home, words.sort_key(place.name, self.languages[0])))
        return tuple(VenueShown(place, self._rooms_in(place)) for place in places)

    @property
    def _home(self) -> str:
        """The place that need not be said with every room."""
        return self.event.venue.key if self.event.venue else ""

    @cached_property
    def _rooms(self) -> tuple[RoomShown, ...]:
        rooms = {entry.room.key: entry.room for entry in self.programme.entries if entry.room}
        return tuple(sorted(rooms.values(), key=lambda room: (room.order, room.key)))

    def _rooms_in(self, place: Place) -> tuple[RoomShown, ...]:
        return tuple(room for room in self._rooms if room.venue and room.venue.key == place.key)

    def _day(self, number: int, day: Day) -> DayShown:
        return DayShown(
            number=number,
            date=day.date,
            heading=words.each(self.languages, labels.date_words, day.date),
            zones=self._zones(day),
            groups=tuple(self._groups(day.entries)),
        )

    def _zones(self, day: Day) -> tuple[Text, ...]:
        """The zones that a day's times are in, named in each language."""
        found: dict[str, dt.datetime] = {}
        for entry in day.entries:
            if entry.starts_at:
                found.setdefault(entry.start_zone, entry.starts_at)
                found.setdefault(entry.end_zone, entry.ends_at or entry.starts_at)
        return tuple(
            Text(words.zones([labels.zone_label(zone, at, language) for zone, at in found.items()], language), language)
            for language in self.languages
            if found
        )

    def _groups(self, entries: Iterable[Entry]) -> Iterator[Group]:
        rows: list[list[Entry]] = []
        for entry in entries:
            if rows and entry.starts_at and entry.starts_at == rows[-1][0].starts_at:
                rows[-1].append(entry)
            else:
                rows.append([entry])
        for row in rows:
            items = tuple(self._item(entry, row[index - 1] if index else None) for index, entry in enumerate(row))
            several = len(row) > 1
            yield Group(items, words.each(self.languages, words.parallel, len(row)) if several else ())

    def _item(self, entry: Entry, before: Entry | None) -> Item:
        old = self.programme.entry({**entry.raw, **entry.change["before"]}) if entry.change else None
        return Item(
            entry=entry,
            clock=words.wall_clock(entry),
            times=words.times(entry, self.event.time_zone, self.languages),
            columns=tuple(column_of(entry, old, language, home=self._home) for language in self.languages),
            repeats_time=before is not None and (before.starts_at, before.ends_at) == (entry.starts_at, entry.ends_at),
        )
