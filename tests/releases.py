"""Releasing in tests: an hour passes between releases, and their sessions are read by key."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from events.models import Event, ProgrammeRelease, Session
from events.release import release_programme
from tests.factories import ContributionFactory, EventFactory, PersonFactory, RoomFactory, SessionFactory

#: When the first release of a test is made; each further one an hour later.
FIRST = dt.datetime(2027, 5, 3, 9, 0, tzinfo=dt.UTC)


class Clock:
    """A clock that stands still between releases."""

    def __init__(self, coordinates: time_machine.Traveller) -> None:
        self._coordinates = coordinates

    def an_hour_later(self) -> None:
        self._coordinates.shift(dt.timedelta(hours=1))


@pytest.fixture
def clock() -> Iterator[Clock]:
    """Time stands still at FIRST."""
    with time_machine.travel(FIRST, tick=False) as coordinates:
        yield Clock(coordinates)


def released(event: Event, clock: Clock, **named: Any) -> ProgrammeRelease:
    """Release what is there, and let an hour pass."""
    release = release_programme(event=event, **named)
    assert release is not None
    clock.an_hour_later()
    return release


def stamp(hours: int) -> str:
    """The instant so many releases after the first, as documents write it."""
    return (FIRST + dt.timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%SZ")


def public(release: ProgrammeRelease) -> dict[str, dict[str, Any]]:
    """The public sessions by key, those included that left the public."""
    return {raw["key"]: raw for raw in release.open_public()["sessions"]}


def restricted(release: ProgrammeRelease) -> dict[str, dict[str, Any]]:
    """The sessions for participants and staff by key."""
    return {raw["key"]: raw for raw in release.open_restricted()["sessions"]}


def changes(release: ProgrammeRelease) -> list[tuple[str, str]]:
    """Key and kind of each change, in the order they are told."""
    return list(release.changes.values_list("session_key", "kind"))


@pytest.fixture
def forum() -> Event:
    """Three public sessions in two rooms, one with a speaker, one for participants, one draft."""
    event = EventFactory(ends_on=dt.date(2027, 6, 11))
    rooms = [RoomFactory(name_tr="Salon Ihlamur"), RoomFactory(name_tr="Salon İğde")]
    for number in range(3):
        session = SessionFactory(
            event=event, confirmed=True, room=rooms[number % 2], start=dt.time(9 + number), end=None
        )
        ContributionFactory(session=session, person=PersonFactory(name=f"Çağrı Taslak {number}"))
    SessionFactory(event=event, confirmed=True, restricted=True, start=dt.time(12), end=None)
    SessionFactory(event=event, start=dt.time(13), end=None)
    return event


def first_session(event: Event) -> Session:
    """The session that was made first."""
    return event.sessions.order_by("pk")[0]
