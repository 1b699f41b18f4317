"""What releases changed on a person's agenda since the release that the person knows: what was, and what is.

A change is another time, zone or place, a session that is called off or takes place again: what moves SEQUENCE. New
titles, people and texts tell nobody, nor do new sessions; pages and calendars show them. What was taken back in
between is no change. What is over already is left alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from events import labels
from events.bilingual import pick
from events.models import ProgrammeRelease, Registration, Session
from events.programme import Entry, place_text

from .agenda import Seats, attends, chosen_by_some, whole_programme

Entries = dict[str, Entry]


@dataclass(frozen=True)
class Change:
    """One session as it was known and as it is now; ``now`` is cancelled where it left the programme."""

    before: Entry
    now: Entry


class News:
    """One event's newest release, compared with the earlier ones that people know."""

    def __init__(self, release: ProgrammeRelease) -> None:
        self.release = release
        self.now = entries_of(release)
        self._known: dict[int, Entries] = {}
        self._changed: dict[int, dict[str, Change]] = {}

    @cached_property
    def chosen_by_some(self) -> set[str]:
        """Keys of the sessions of the event that one has to choose, asked once for everybody."""
        return chosen_by_some(self.release.event_id)

    def since(self, number: int) -> dict[str, Change]:
        """What changed for anybody since the release of that number, by the session's key."""
        if number not in self._changed:
            pairs = ((before, self.now.get(key)) for key, before in self._entries(number).items())
            found = (change_of(before, now) for before, now in pairs)
            self._changed[number] = {each.before.key: each for each in found if each}
        return self._changed[number]

    def of(self, registration: Registration) -> list[Change]:
        """What changed on one agenda, in the order of the programme."""
        if registration.told_release is None:
            return []
        seats = Seats(registration, self.chosen_by_some)
        found = {key: each for key, each in self.since(registration.told_release).items() if attends(each.now, seats)}
        for key, row in seats.rows.items():
            number = row.release or 0
            if row.left_at is None and number > registration.told_release:
                # Chosen after a release that the person has not been told of, but saw when choosing.
                found.pop(key, None)
                found |= {each: change for each, change in self.since(number).items() if each == key}
        return sorted(found.values(), key=lambda each: (each.before.day, each.before.raw["order"], each.before.key))

    def _entries(self, number: int) -> Entries:
        if number not in self._known:
            release = ProgrammeRelease.objects.filter(event=self.release.event_id, number=number).first()
            self._known[number] = entries_of(release) if release else {}
        return self._known[number]


def entries_of(release: ProgrammeRelease) -> Entries:
    """What can be on somebody's agenda, by key."""
    entries = whole_programme(release).entries
    return {entry.key: entry for entry in entries if entry.audience != Session.Audience.STAFF}


def change_of(before: Entry, now: Entry | None) -> Change | None:
    """The change from one to the other that people are told of; None where there is none."""
    if now is None:
        now = replace(before, status=Session.Status.CANCELLED, sequence=before.sequence + 1)
    if (before.cancelled and now.cancelled) or (_is_over(before) and _is_over(now)):
        return None
    return Change(before, now) if _identity(before) != _identity(now) else None


def _identity(entry: Entry) -> tuple[object, ...]:
    """What a calendar has to be told anew."""
    place = [(part.key, part.name) for part in (entry.room, entry.venue) if part]
    when = (entry.day, entry.start, entry.end, entry.starts_at, entry.ends_at, entry.start_zone, entry.end_zone)
    return (entry.cancelled, place, *when)


def _is_over(entry: Entry) -> bool:
    end = entry.ends_at or entry.starts_at
    return end is not None and end <= timezone.now()


@dataclass(frozen=True)
class Line:
    """One thing that changed, in words."""

    label: str
    was: str
    now: str


@dataclass(frozen=True)
class Told:
    """One changed session in words; ``off`` says why there is nothing to come to, and ``when`` it would have been."""

    title: str
    off: str
    when: str
    lines: tuple[Line, ...]


def told(changes: Iterable[Change], zone: str, language: str) -> list[Told]:
    """Changes as a letter says them, in the active language, which is ``language``; ``zone`` is the event's."""
    return [_told(each, zone, language) for each in changes]


def _told(change: Change, zone: str, language: str) -> Told:
    before, now = change.before, change.now
    title = pick(now.title, language) or labels.kind_label(now.kind, language)
    if now.cancelled:
        return Told(title, _("Cancelled"), when_words(before, zone, language), ())
    restored = _("Takes place after all") if before.cancelled else ""
    pairs = (
        (pgettext("what changed", "Time"), when_words(before, zone, language), when_words(now, zone, language)),
        (pgettext("what changed", "Place"), str(place_text(before, language)), str(place_text(now, language))),
        (pgettext("what changed", "Title"), pick(before.title, language), title),
    )
    lines = tuple(Line(label, was or "–", is_now or "–") for label, was, is_now in pairs if was != is_now)
    return Told(title, restored, when_words(now, zone, language) if restored else "", lines)


def when_words(entry: Entry, zone: str, language: str) -> str:
    """Day and times; with the offset where it is not that of ``zone``, which is the event's."""
    clock = labels.times_words(entry.start, entry.end) or _("Time to be announced")
    start = entry.local_start
    elsewhere = start is not None and entry.start_zone != zone
    offset = f" ({labels.offset_words(start)})" if start is not None and elsewhere else ""
    return f"{labels.day_words(entry.day, language)}, {clock}{offset}"
