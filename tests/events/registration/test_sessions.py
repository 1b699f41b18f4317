"""Sessions that were chosen stay chosen, whatever else somebody changes while one of them is off."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from events.models import ChangeRequest, Event, Registration, RegistrationSettings, Session
from events.release import release_programme
from tests.events.registration.browsing import enter
from tests.events.registration.gathering import coming, gathering, places, session
from tests.factories import SessionPlacesFactory, UserFactory

pytestmark = pytest.mark.django_db
ALI = "ali@sample.example"


@pytest.fixture
def event() -> Event:
    found = gathering()
    SessionPlacesFactory(session=session(found, "Forest", 10), capacity=3)
    release_programme(event=found)
    return found


def put(event: Event, status: str) -> None:
    Session.objects.filter(event=event, title_en="Water").update(status=status)
    release_programme(event=event)


def chosen(row: Registration) -> dict[str, bool]:
    rows = row.chosen_sessions.order_by("pk").values_list("places__session__title_en", "seat")
    return dict(rows)


def test_who_changes_a_telephone_keeps_the_seat_in_a_session_that_is_off(event: Event, client: Client) -> None:
    row = coming(event, "Ali", "Water")
    put(event, "cancelled")
    page = enter(client, ALI)
    typed: dict[str, Any] = {"name": "Ali", "phone": "555", "sessions": [places("Forest").pk]}
    assert client.post(f"{page}change/", typed).status_code == 302
    assert chosen(row) == {"Water": True, "Forest": True}
    put(event, "confirmed")
    assert client.post(f"{page}change/", {**typed, "sessions": [places("Forest").pk]}).status_code == 302
    assert chosen(row) == {"Forest": True}


def test_so_does_who_asks_for_a_change(event: Event, client: Client) -> None:
    row = coming(event, "Ali", "Water")
    put(event, "cancelled")
    RegistrationSettings.objects.filter(event=event).update(changes_until=timezone.now())
    page = enter(client, ALI)
    client.post(f"{page}change/", {"name": "Ali", "phone": "555"})
    asked = ChangeRequest.objects.get(registration=row)
    assert (asked.details, asked.sessions) == ({"phone": ["", "555"]}, {})


def test_and_whom_an_officer_corrects(event: Event, client: Client) -> None:
    row = coming(event, "Ali", "Water")
    put(event, "cancelled")
    client.force_login(UserFactory(admin=True))
    path = f"/admin/events/{event.pk}/registrations/{row.pk}/edit/"
    row.refresh_from_db()
    typed = {"name": "Ali Can", "email": ALI, "language": "en", "version": str(row.version)}
    answer = client.post(path, typed)
    row.refresh_from_db()
    assert (answer.status_code, row.name, chosen(row)) == (302, "Ali Can", {"Water": True})
