"""People that rows name: met again by reference, by session and name, by name; or made."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from events.models import Contribution, Event, Person, Session

from .places import folded
from .rows import Contributor, Reading, Remark, Row

_LASTING = "guid:"
#: No name has these in a table: they stand between people, or before a position, where the cell was read as one name.
_ODD = re.compile(r"[,()/&]")

Pair = tuple[Row, Session]
Existing = dict[int, list[Contribution]]


class People:
    """Finds the person behind each name of a file.

    In a session that was there before, a name is who bears it in that session: so the same conference may
    come once as JSON (people with lasting keys) and once as XML (people with numbers) and nobody doubles.
    """

    def __init__(self, event: Event, pairs: Iterable[Pair], existing: Existing, reading: Reading) -> None:
        self.reading = reading
        self.found: dict[str, Person] = {}
        self.new: dict[str, Person] = {}
        self.claimed: dict[int, str] = {}
        self.doubtful: list[Remark] = []
        self.pairs = list(pairs)
        self.in_event = {row.person_id for rows in existing.values() for row in rows}
        self.in_session: dict[tuple[int, str], list[Person]] = defaultdict(list)
        for session, rows in existing.items():
            for row in rows:
                bearers = self.in_session[(session, folded(row.person.name))]
                if row.person not in bearers:
                    bearers.append(row.person)
        self._load(event)

    def _load(self, event: Event) -> None:
        named = [person for row, _session in self.pairs for person in row.people]
        keys = {person.key for person in named if person.key.startswith(_LASTING)}
        refs = {key.removeprefix(_LASTING)[:100] for key in keys}
        self.by_ref = {person.ref: person for person in Person.objects.kept().filter(ref__in=refs)}
        self.by_name: dict[str, list[Person]] = defaultdict(list)
        names = {folded(person.name) for person in named}
        for person in Person.objects.kept().filter(search_text__in=names).order_by("pk"):
            self.by_name[folded(person.name)].append(person)

    def meet(self) -> dict[int, list[Person]]:
        """The people of each row (by its number), in the order of ``row.people``; new ones are saved."""
        self._meet_in_sessions()
        met = {row.row: self._people_of(row, session) for row, session in self.pairs}
        for key, person in self.new.items():
            if key.startswith(_LASTING):
                person.ref = key.removeprefix(_LASTING)[:100]
        self._write_biographies(self.new)
        Person.objects.bulk_create(self.new.values(), batch_size=500)
        self._complete_known()
        return met

    def _meet_in_sessions(self) -> None:
        """Learn keys from the sessions that were there before, ahead of guessing by name."""
        for row, session in self.pairs:
            for named, person in zip(row.people, self._bearers(row, session), strict=True):
                if person and named.key:
                    self._claim(named.key, person)

    def _bearers(self, row: Row, session: Session) -> list[Person | None]:
        """Who bears each name in the session as it was; people of one name come in their order."""
        identities: dict[str, list[str]] = defaultdict(list)
        times: dict[tuple[str, str], int] = defaultdict(int)
        bearers: list[Person | None] = []
        for named in row.people:
            name = folded(named.name)
            times[(named.role, name)] += 1
            identity = named.key or str(times[(named.role, name)])
            if identity not in identities[name]:
                identities[name].append(identity)
            place = identities[name].index(identity)
            known = self.in_session.get((session.pk or 0, name), [])
            bearers.append(known[place] if place < len(known) else None)
        return bearers

    def _people_of(self, row: Row, session: Session) -> list[Person]:
        bearers = self._bearers(row, session)
        return [bearer or self._person(named, row) for named, bearer in zip(row.people, bearers, strict=True)]

    def _person(self, named: Contributor, row: Row) -> Person:
        identity = named.key or folded(named.name)
        person = self.found.get(identity) or self.new.get(identity)
        if person is None and named.key.startswith(_LASTING):
            person = self.by_ref.get(named.key.removeprefix(_LASTING)[:100])
        if person is None:
            person = self._by_name(named, row)
        if person is None:
            person = self.new[identity] = Person(name=named.name)
            if not named.key and _ODD.search(named.name):
                self.doubtful.append(Remark(row.row, row.line, row.ref[:80], named.role, named.name[:80], "odd_name"))
        self._claim(identity, person)
        return person

    def _claim(self, identity: str, person: Person) -> None:
        self.found.setdefault(identity, person)
        if person.pk and ":" in identity:
            self.claimed.setdefault(person.pk, identity)

    def _by_name(self, named: Contributor, row: Row) -> Person | None:
        candidates = [
            person
            for person in self.by_name.get(folded(named.name), ())
            if not named.key
            or (
                self.claimed.get(person.pk, named.key) == named.key
                and not (person.ref and named.key.startswith(_LASTING))
            )
        ]
        candidates = [person for person in candidates if person.pk in self.in_event] or candidates
        candidates = [person for person in candidates if person.name == named.name] or candidates
        if len(candidates) > 1:
            # Putting words into the wrong mouth is worse than one person twice in the directory.
            self.doubtful.append(Remark(row.row, row.line, row.ref[:80], named.role, named.name[:80], "several_people"))
            return None
        return candidates[0] if candidates else None

    def _write_biographies(self, people: dict[str, Person]) -> list[Person]:
        """Put the file's biographies where there is none; they are in the language of the person's sessions."""
        written = []
        for row, _session in self.pairs:
            language = next((tag for tag in row.title if tag in ("tr", "en")), "")
            for named in row.people if language else ():
                person, text = people.get(named.key), self.reading.biographies.get(named.key, "")
                if person and text and not (person.biography_tr or person.biography_en):
                    setattr(person, f"biography_{language}", text)
                    written.append(person)
        return written

    def _complete_known(self) -> None:
        """Give people that were known without it what the file knows: a biography, a lasting reference."""
        known = {key: person for key, person in self.found.items() if key not in self.new}
        changed = {person.pk: person for person in self._write_biographies(known)}
        for key, person in known.items():
            if key.startswith(_LASTING) and not person.ref:
                person.ref = key.removeprefix(_LASTING)[:100]
                changed[person.pk] = person
        for person in changed.values():
            person.version += 1
            person.save(update_fields=["ref", "biography_tr", "biography_en", "version", "updated_at"])


def contributions_of(event: Event) -> Existing:
    """The contributions to an event's sessions by session, in their order."""
    rows: Existing = defaultdict(list)
    for row in Contribution.objects.filter(session__event=event).select_related("person").order_by("position", "pk"):
        rows[row.session_id].append(row)
    return rows
