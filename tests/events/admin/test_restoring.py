"""The page that shows what bringing an earlier state back would change, and does it."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from events.models import Event, Session
from events.release import release_programme
from tests.events.admin.conftest import Enter
from tests.factories import ContributionFactory, EventFactory, PersonFactory, RoomFactory, SessionFactory


@pytest.fixture
def event(db: None) -> Event:
    """A session that moved and was retitled by release 2, and another that was deleted since."""
    made: Event = EventFactory()
    room = RoomFactory(name_tr="Ihlamur", name_en="Linden")
    moved = SessionFactory(event=made, confirmed=True, room=room, title_tr="Açılış", title_en="Opening")
    gone = SessionFactory(
        event=made, confirmed=True, title_tr="Gezi", title_en="Excursion", start=dt.time(14), end=None
    )
    ContributionFactory(session=moved, person=PersonFactory(name="Ayşe Örnek"), shown_tr="", shown_en="")
    release_programme(event=made)
    moved.contributions.all().delete()
    Session.objects.filter(pk=moved.pk).update(start=dt.time(11), end=dt.time(12), title_en="Grand opening", version=2)
    gone.delete()
    release_programme(event=made)
    return made


def key_of(event: Event, title: str) -> str:
    sessions = event.releases.get(number=1).open_public()["sessions"]
    return str(next(raw["key"] for raw in sessions if raw["title"]["en"] == title))


def path(event: Event, title: str, number: int = 1) -> str:
    return reverse("event_admin:restore", args=[event.pk, number, key_of(event, title)])


def lines(response: Any) -> list[tuple[str, str, str]]:
    return [(line.label, line.before, line.after) for line in response.context["lines"]]


def said(response: Any) -> list[str]:
    return [str(message).strip() for message in get_messages(response.wsgi_request)]


def test_it_shows_what_will_change_and_does_it(event: Event, at_officer: Client) -> None:
    page = at_officer.get(path(event, "Opening"))
    assert lines(page) == [
        ("When", "Thursday 10 June 2027, 11:00–12:00", "Thursday 10 June 2027, 09:00–10:00"),
        ("title (English)", "Grand opening", "Opening"),
        ("people", "–", "Ayşe Örnek (speaker)"),
    ]
    posted = {"version": page.context["form"]["version"].value()}
    response = at_officer.post(path(event, "Opening"), posted)
    assert response["Location"] == reverse("event_admin:programme", args=[event.pk]) + "?day=2027-06-10"
    assert said(response) == ["“Opening” is again what it was in release 1. Nothing is public before the next release."]
    again = at_officer.get(path(event, "Opening"))
    assert (lines(again), "There is nothing to bring back." in again.content.decode()) == ([], True)


def test_a_deleted_session(event: Event, at_officer: Client, editor: Any, enter: Enter) -> None:
    """Whoever may add sessions brings it back; the page tells all it will be."""
    page = at_officer.get(path(event, "Excursion"))
    assert ("title (English)", "–", "Excursion") in lines(page)
    assert "The session was deleted since" in page.content.decode()
    at_officer.post(path(event, "Excursion"), {"version": ""})
    assert event.sessions.filter(title_en="Excursion").count() == 1


def test_somebody_was_faster(event: Event, at_officer: Client) -> None:
    """Nothing is done, and the page shows how it stands now."""
    Session.objects.filter(title_en="Grand opening").update(title_tr="Büyük açılış", version=3)
    for version in ("2", "", "x"):
        response = at_officer.post(path(event, "Opening"), {"version": version})
        assert (response.status_code, response.context["form"]["version"].value()) == (200, 3)
        assert ("title (Turkish)", "Büyük açılış", "Açılış") in lines(response)
        assert said(response)[-1].startswith("Meanwhile somebody else changed this session")
    assert Session.objects.get(title_tr="Büyük açılış").version == 3


def test_pages_of_releases_lead_there(event: Event, at_officer: Client, reader: Any, enter: Enter) -> None:
    """From what a release changed and from two releases side by side; not for those who only read."""
    for name, args in (("released", [event.pk, 2]), ("compare", [event.pk])):
        address = reverse(f"event_admin:{name}", args=args)
        links = [f'href="{escape(path(event, "Opening", number))}"' for number in (1, 2)]
        body = at_officer.get(address).content.decode()
        assert [link in body for link in links] == [True, True]
        assert "/restore/" not in enter(reader).get(address).content.decode()


def test_what_is_not_there(event: Event, at_officer: Client) -> None:
    for args in ([event.pk, 9, key_of(event, "Opening")], [event.pk, 1, "nowhere"]):
        address = reverse("event_admin:restore", args=args)
        assert (at_officer.get(address).status_code, at_officer.post(address).status_code) == (404, 404)
