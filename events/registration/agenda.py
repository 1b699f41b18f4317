"""One person's own programme: what everybody attends and what that person chose, as released.

A session that has to be chosen is on the agendas of those who hold a seat in it. Every other one is everybody's,
unless it is for staff, or one of several strands at an event where people choose: nobody knows who goes there. Only who is confirmed has an agenda, for it tells of sessions that are for
participants alone. Who no longer is keeps, in calendars, the entries of the last release known then, struck out.
"""

from dataclasses import replace
from functools import cached_property

from events.models import ProgrammeRelease, Registration, SeatedSession, Session, SessionPlaces
from events.models.registration.registrations import State
from events.programme import Document, Entry, Programme, people_of

#: What the link to a person's calendar is for; it opens that calendar and nothing else.
AGENDA = "agenda"
#: Kinds of which a track holds a strand; a plenary or a meal in a track is everybody's nevertheless.
_IN_STRANDS = {Session.Kind.PANEL, Session.Kind.WORKSHOP, Session.Kind.TALK}


class Seats:
    """What of an event is chosen at all, and what one person has a seat in, or had."""

    def __init__(self, registration: Registration, chosen_by_some: set[str] | None = None) -> None:
        self.registration = registration
        self._chosen = chosen_by_some

    @cached_property
    def rows(self) -> dict[str, SeatedSession]:
        """By the session's key; those with ``left_at`` were left."""
        return {row.key: row for row in self.registration.seated_sessions.order_by("key")}

    @cached_property
    def chosen_by_some(self) -> set[str]:
        """Keys of the sessions of the event that one has to choose."""
        return self._chosen if self._chosen is not None else chosen_by_some(self.registration.event_id)

    def holds(self, key: str, *, strand: bool) -> bool:
        """Whether a session is this person's; ``strand`` says that others run beside it."""
        row = self.rows.get(key)
        if row is not None:
            return row.left_at is None
        return not self.chosen_by_some or (key not in self.chosen_by_some and not strand)


def chosen_by_some(event: int) -> set[str]:
    """Keys of the sessions that one has to choose, also of those whose working row is gone by now."""
    offered = SessionPlaces.objects.filter(session__event=event)
    seated = SeatedSession.objects.filter(registration__event=event)
    return {*offered.values_list("session__key", flat=True), *seated.values_list("key", flat=True).distinct()}


class Agenda:
    """The agenda of one registration in one release; see the head of this file for what is on it."""

    def __init__(self, registration: Registration, seats: Seats | None = None) -> None:
        self.registration = registration
        self.seats = seats or Seats(registration)

    @cached_property
    def release(self) -> ProgrammeRelease | None:
        """The newest, for who is confirmed; else the last that the person knew; None for who never was."""
        public = self.registration.event.public
        if self.registration.state == State.CONFIRMED:
            return public.release
        known = ProgrammeRelease.objects.filter(event=public.event_id, number=self.registration.told_release or 0)
        return known.first()

    def programme(self, release: ProgrammeRelease) -> Programme:
        """A release with nothing but what is on this agenda."""
        return own_programme(release, self.seats)

    def entries(self) -> list[Entry]:
        """What a calendar shows: the agenda, and struck out what was on it, one entry for each session."""
        if self.release is None:
            return []
        entries = [
            each for each in whole_programme(self.release).all_entries if each.audience != Session.Audience.STAFF
        ]
        # A session that is for participants by now comes behind its own self that is no longer public.
        found = {each.key: each for each in sorted(entries, key=lambda each: not each.withdrawn)}
        kept = (self._calendar_entry(entry) for entry in found.values() if entry.timed)
        return [entry for entry in kept if entry is not None]

    def _calendar_entry(self, entry: Entry) -> Entry | None:
        """The entry, struck out where it is no longer on the agenda; None where it never was."""
        row = self.seats.rows.get(entry.key)
        if row is None and not attends(entry, self.seats):
            return None
        out = self.registration.state != State.CONFIRMED
        moments = [entry.modified, row and row.since, row and row.left_at, self.registration.ended_at if out else None]
        modified = max(moment for moment in moments if moment)
        gone = out or bool(row and row.left_at)
        return replace(entry, modified=modified, status=Session.Status.CANCELLED if gone else entry.status)


def whole_programme(release: ProgrammeRelease) -> Programme:
    """A release without the people in it: what the public sees and what participants and staff see."""
    return Programme(
        release.open_public(),
        {},
        number=release.number,
        released_at=release.released_at,
        restricted=release.open_restricted(),
    )


def own_programme(release: ProgrammeRelease, seats: Seats) -> Programme:
    """A release with its people, narrowed to what is on one agenda, cancelled sessions included."""
    return Programme(
        _narrowed(release.open_public(), seats),
        people_of(release),
        number=release.number,
        released_at=release.released_at,
        restricted=_narrowed(release.open_restricted(), seats),
    )


def _narrowed(document: Document, seats: Seats) -> Document:
    sessions = [
        raw
        for raw in document["sessions"]
        if raw["audience"] != Session.Audience.STAFF
        and seats.holds(raw["key"], strand=_is_strand(raw["kind"], raw["track"] is not None))
    ]
    return {**document, "sessions": sessions}


def attends(entry: Entry, seats: Seats) -> bool:
    """Whether a session, which is not for staff, is on the agenda of whoever has these seats."""
    return seats.holds(entry.key, strand=_is_strand(entry.kind, entry.track is not None))


def _is_strand(kind: str, in_track: bool) -> bool:
    """Whether others run beside it: a parallel session, or one of those kinds in a track."""
    return kind == Session.Kind.PARALLEL or (in_track and kind in _IN_STRANDS)
