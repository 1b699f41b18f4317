"""Sessions to choose, as released: nothing public reads a working row."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from django.utils import timezone
from django.utils.translation import gettext as _

from events import labels
from events.bilingual import LANGUAGES, pick
from events.models import PublicEvent, Registration, Session, SessionPlaces
from events.programme import Entry, Programme, place_text


@dataclass(frozen=True)
class SessionOffered:
    """A session that can be chosen, with its seats as they are at this moment."""

    places: SessionPlaces
    entry: Entry
    language: str

    @property
    def pk(self) -> int:
        return self.places.pk

    @property
    def title(self) -> str:
        return str(pick(self.entry.title, self.language))

    @property
    def begun(self) -> bool:
        return self.entry.starts_at is not None and self.entry.starts_at <= timezone.now()

    @property
    def times(self) -> str:
        start, end = self.entry.local_start, self.entry.local_end
        clock = labels.times_words(start.time() if start else None, end.time() if end else None)
        return ", ".join(part for part in (labels.day_words(self.entry.day, self.language), clock) if part)

    @property
    def place(self) -> str:
        return str(place_text(self.entry, self.language))

    @property
    def told(self) -> str:
        """Day, times, title and place, as a letter says them."""
        return ", ".join(part for part in (f"{self.times}: {self.title}", self.place) if part)

    @property
    def names(self) -> list[str]:
        """What somebody may call it in a list, in either language: its title, alone or after the time."""
        each = [self if language == self.language else replace(self, language=language) for language in LANGUAGES]
        return [name for one in each for name in (one.title, f"{one.times}: {one.title}")]

    @property
    def words(self) -> str:
        """Day, times, title, and whether there are seats left."""
        # Apart from the f-string, in which nobody who gathers texts would find it.
        taken = _("all seats taken")
        full = f" ({taken})" if self.places.full else ""
        return f"{self.times}: {self.title}{full}"


def sessions_of(public: PublicEvent, language: str) -> list[SessionOffered]:
    """What can be chosen at an event, in the order of the programme; what was called off is not among it."""
    rows = {
        row.session.key: row
        for row in SessionPlaces.objects.filter(session__event=public.event_id).select_related("session")
    }
    if not rows:
        return []
    release = public.release
    programme = Programme(
        release.open_public(),
        {},
        number=release.number,
        released_at=release.released_at,
        restricted=release.open_restricted(),
    )
    return [
        SessionOffered(rows[entry.key], entry, language)
        for entry in programme.entries
        if entry.key in rows and not entry.cancelled and entry.audience != Session.Audience.STAFF
    ]


def overlapping(sessions: Sequence[SessionOffered]) -> list[tuple[SessionOffered, SessionOffered]]:
    """Pairs of sessions of which nobody can attend both."""
    return [(first, second) for first, second in combinations(sessions, 2) if _meet(first.entry, second.entry)]


def with_unseen(
    registration: Registration, public: PublicEvent | None, chosen: Iterable[SessionPlaces]
) -> list[SessionPlaces]:
    """What was chosen on a form, and what the person has that no form shows: a session that is off may come back."""
    wanted = list(chosen)
    rows = registration.chosen_sessions.exclude(places__in=wanted).select_related("places")
    left = [row.places for row in rows]
    offered = {each.pk for each in sessions_of(public, registration.language)} if left and public else set()
    return [*wanted, *(each for each in left if each.pk not in offered)]


def _meet(first: Entry, second: Entry) -> bool:
    if first.starts_at is None or second.starts_at is None:
        return False
    one_end, other_end = _end(first), _end(second)
    return first.starts_at < other_end and second.starts_at < one_end


def _end(entry: Entry) -> dt.datetime:
    """Without an end a session takes at least its first minute."""
    start = entry.starts_at or dt.datetime.max.replace(tzinfo=dt.UTC)
    return entry.ends_at or start + dt.timedelta(minutes=1)


def chosen_of(registration: Registration, sessions: Iterable[SessionOffered]) -> list[tuple[SessionOffered, bool]]:
    """What somebody chose, and whether a seat is held in it."""
    held = {row.places_id: row.seat for row in registration.chosen_sessions.all()}
    return [(each, held[each.pk]) for each in sessions if each.pk in held]
