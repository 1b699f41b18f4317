"""Bringing back what a session was in an earlier release: its row is written again from the release's document.

Rooms, tracks, parties and people of that time may be gone by now; what is gone is left out and told.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from events import permissions
from events.bilingual import LANGUAGES, pick, texts
from events.models import (
    Event,
    Organisation,
    Party,
    Person,
    ProgrammeAct,
    ProgrammeRelease,
    Room,
    Session,
    Track,
    Venue,
)

from .acts import Change, record
from .people import Naming, set_people
from .snapshots import WHOLE, take
from .stale import StaleSessionError, lock_event, locked

Document = Mapping[str, Any]
M = TypeVar("M", bound=models.Model)
_SAME = ("kind", "audience", "languages", "interpretation", "capacity")


@dataclass(frozen=True)
class Earlier:
    """A session as a release kept it, as far as there are rows for it today; ``lost`` names what is gone."""

    uid: uuid.UUID
    title: str
    values: dict[str, Any]
    start_zone: str
    end_zone: str
    parties: list[Party] = field(default_factory=list)
    people: list[Naming] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    def put(self, session: Session) -> None:
        """Write it into a row, unsaved; parties and people are set once the row is saved."""
        for name, value in self.values.items():
            setattr(session, name, value)
        # A zone of its own only where the place does not tell it.
        session.start_zone = session.end_zone = ""
        if session.zone_at_start != self.start_zone:
            session.start_zone = self.start_zone
        if session.zone_at_end != self.end_zone:
            session.end_zone = self.end_zone


def read_earlier(release: ProgrammeRelease, key: str) -> Earlier | None:
    """A session of a release by its key; None where the release has none that people could see."""
    for document in (release.open_restricted(), release.open_public()):
        for raw in document["sessions"]:
            if raw["key"] == key and not raw.get("withdrawn"):
                return _Reader(release, document, raw).read()
    return None


def restore_session(*, event: Event, by: User | None, key: str, number: int, version: int | None) -> Session:
    """Make a session what it was in release ``number``, as a new version of its row, or as a row anew if it is gone.

    ``version`` is that of the row the officer saw, None where there was none; at another one nothing is written
    (:class:`StaleSessionError`).
    """
    permissions.require(permissions.may_edit_programme(by))
    with transaction.atomic():
        event = lock_event(event)
        release = event.releases.filter(number=number).first()
        earlier = read_earlier(release, key) if release else None
        if earlier is None:
            raise ValidationError(_("This release does not have the session."))
        session = locked(event.sessions.filter(key=key)).first()
        _require_seen(session, version)
        if session is None:
            return _make_anew(event, by, key, earlier, number)
        return _write_back(session, by, earlier, number)


def _require_seen(session: Session | None, version: int | None) -> None:
    told = _("Meanwhile somebody else changed this session, so nothing was brought back. This is how it stands now.")
    if session is not None and session.version != version:
        raise StaleSessionError(session, told)
    if session is None and version is not None:
        raise ValidationError(told)


def _write_back(session: Session, by: User | None, earlier: Earlier, number: int) -> Session:
    before, stored = take(session, WHOLE, people=True), Session.objects.get(pk=session.pk)
    earlier.put(session)
    session.clean()
    session.parties.set(earlier.parties)
    set_people(session, earlier.people, by)
    session.note_translations(stored)
    after = take(session, WHOLE, people=True)
    if {**before, "translated_from": None} != {**after, "translated_from": None}:
        session.version += 1
        session.save()
        _note(session, by, ProgrammeAct.Kind.EDIT, Change(session, before=before, after=after), number)
    return session


def _make_anew(event: Event, by: User | None, key: str, earlier: Earlier, number: int) -> Session:
    """With the key and the calendar identity that people know it by."""
    permissions.require(permissions.may_add_sessions(by))
    session = Session(event=event, key=key, uid=earlier.uid)
    last = event.sessions.aggregate(last=Max("position"))["last"]
    session.position = 0 if last is None else last + 1
    earlier.put(session)
    session.clean()
    session.note_translations()
    session.save()
    session.parties.set(earlier.parties)
    set_people(session, earlier.people, by)
    after = take(session, WHOLE, people=True)
    _note(session, by, ProgrammeAct.Kind.CREATE, Change(session, before=None, after=after), number)
    return session


def _note(session: Session, by: User | None, kind: str, change: Change, number: int) -> None:
    record(event=session.event, by=by, kind=kind, changes=[change])
    log(instance=session, action="events.restore_session", user=by, data={"number": number})


class _Reader:
    """One session of a document in today's rows."""

    def __init__(self, release: ProgrammeRelease, document: Document, raw: Document) -> None:
        self.release, self.event, self.document, self.raw = release, release.event, document, raw
        self.lost: list[str] = []

    def read(self) -> Earlier:
        raw = self.raw
        values = {name: raw[name] for name in _SAME} | self._times() | self._place() | self._texts()
        values["organisation"] = self._organisation()
        # Of an event that was called off as a whole every session says so, whatever its row said.
        if self.document["event"]["status"] != Session.Status.CANCELLED:
            values["status"] = raw["status"]
        parties, people = list(self._parties()), list(self._people())
        zones = raw["start_zone"], raw["end_zone"]
        return Earlier(uuid.UUID(raw["uid"]), str(pick(raw["title"])), values, *zones, parties, people, self.lost)

    def _times(self) -> dict[str, Any]:
        raw = self.raw
        days = {name: raw[name] and dt.date.fromisoformat(raw[name]) for name in ("day", "start_day", "end_day")}
        return {**days, **{name: raw[name] and dt.time.fromisoformat(raw[name]) for name in ("start", "end")}}

    def _place(self) -> dict[str, Any]:
        return {
            "room": self._row(Room.objects.select_related("venue"), "rooms", self.raw["room"]),
            "venue": self._row(Venue.objects.all(), "venues", self.raw["venue"]),
            "track": self._row(Track.objects.filter(event=self.event), "tracks", self.raw["track"]),
        }

    def _row(self, rows: "models.QuerySet[M]", part: str, key: str | None) -> M | None:
        """The row of a key such as r12, or r12~ where a held-back session kept its old name."""
        found = rows.filter(pk=int(key[1:].rstrip("~"))).first() if key else None
        if key and found is None:
            self._miss(self.document[part][key]["name"])
        return found

    def _texts(self) -> dict[str, str]:
        told = {}
        for name in ("title", "abstract"):
            for language in LANGUAGES:
                told[f"{name}_{language}"] = self.raw[name].get(language, "")
            others = [tag for tag in self.raw[name] if tag not in LANGUAGES]
            told[f"{name}_other"] = self.raw[name][others[0]] if others else ""
            if others:
                told["other_language"] = others[0]
        return told

    def _organisation(self) -> Organisation | None:
        told = self.raw["organisation"]
        found = Organisation.objects.filter(pk=told["id"]).first() if told else None
        if told and found is None:
            self._miss(told["name"])
        return found

    def _parties(self) -> Iterator[Party]:
        known = [(texts(party, "name"), party) for party in self.event.parties.all()] if self.raw["parties"] else []
        for told in self.raw["parties"]:
            party = next((row for name, row in known if name == told), None)
            if party:
                yield party
            else:
                self._miss(told)

    def _people(self) -> Iterator[Naming]:
        keys = [each[0] for each in self.raw["people"]]
        rows = self.release.people.filter(key__in=keys)
        shown: dict[str, Document] = {row["key"]: dict(row) for row in rows.values("key", "name", "positions")}
        known = dict(Person.objects.kept().filter(key__in=keys).values_list("key", "pk"))
        for key, role, index in self.raw["people"]:
            if key in known:
                positions = shown.get(key, {}).get("positions", [])
                position = positions[index] if index is not None and index < len(positions) else {}
                yield Naming(role=role, person=known[key], shown={each: position.get(each, "") for each in LANGUAGES})
            else:
                self.lost.append(shown.get(key, {}).get("name") or _("(erased)"))

    def _miss(self, name: Mapping[str, str]) -> None:
        self.lost.append(" / ".join(dict.fromkeys(_in_both(name))))


def _in_both(name: Mapping[str, str]) -> Iterable[str]:
    return (name[each] for each in (*LANGUAGES, *name) if name.get(each))
