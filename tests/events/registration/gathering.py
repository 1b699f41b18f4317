"""A gathering with sessions for all, for participants, for staff, and two to choose from; and people who come."""

import datetime as dt
from typing import Any

from events.links import issue_link, key_of
from events.models import Event, Registration, Session, SessionPlaces
from events.registration import Filled, amend, verify
from events.release import release_programme
from tests.events.registration.applying import applicant, apply, taking
from tests.factories import SessionFactory, SessionPlacesFactory


def session(event: Event, title: str, hour: int, **named: Any) -> Session:
    """A session of an hour that is called the same in both languages."""
    found: Session = SessionFactory(
        event=event,
        confirmed=True,
        title_tr=title,
        title_en=title,
        start=dt.time(hour),
        end=dt.time(hour + 1),
        **named,
    )
    return found


def gathering() -> Event:
    """A plenary, a dinner for participants, a briefing for staff, and two workshops of which each has one seat."""
    found = taking()
    found.sessions.update(title_tr="Plenary", title_en="Plenary")
    session(found, "Dinner", 19, restricted=True)
    session(found, "Briefing", 8, audience="staff")
    for title in ("Water", "Energy"):
        SessionPlacesFactory(session=session(found, title, 14), capacity=1)
    release_programme(event=found)
    return found


def places(title: str) -> SessionPlaces:
    return SessionPlaces.objects.get(session__title_en=title)


def coming(event: Event, name: str = "Ali", *titles: str) -> Registration:
    """Somebody who is confirmed and chose these sessions."""
    return verify(registration=apply(event, name, filled=Filled(sessions=[places(title) for title in titles])))


def choose(row: Registration, *titles: str) -> None:
    amend(registration=row, applicant=applicant(row.name), answers={}, sessions=[places(title) for title in titles])


def feed_path(row: Registration, language: str = "en") -> str:
    return f"/calendars/{language}/my/{key_of(issue_link(target=row, purpose='agenda'))}.ics"
