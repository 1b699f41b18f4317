"""Two releases side by side: sessions by day, field by field, in both languages."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.models import Contribution, Event, Person, Room, Session
from events.release import release_programme
from tests.factories import ContributionFactory, EventFactory, PersonFactory, RoomFactory, SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    """Three releases: in the second a session moves and another comes, in the third it goes and a room is renamed."""
    made: Event = EventFactory(with_sessions=2, ends_on=dt.date(2027, 6, 11))
    moved, stays = made.sessions.order_by("start")
    Session.objects.filter(pk=moved.pk).update(title_tr="Açılış", title_en="Opening")
    room = RoomFactory(name_tr="Salon İğde", name_en="Oleaster Room")
    Session.objects.filter(pk=stays.pk).update(room=room, title_tr="Panel", title_en="Panel")
    speaker = PersonFactory(name="Ayşe Örnek", biography_en="Mayor since 2019.")
    ContributionFactory(session=moved, person=speaker, shown_tr="", shown_en="")
    release_programme(event=made)
    Session.objects.filter(pk=moved.pk).update(day=dt.date(2027, 6, 11), title_en="Grand opening", room=room)
    guest = SessionFactory(event=made, confirmed=True, title_tr="Konuk", title_en="Guest", start=dt.time(14), end=None)
    release_programme(event=made)
    guest.delete()
    Room.objects.update(name_en="Linden Room")
    Person.objects.filter(pk=speaker.pk).update(biography_en="Mayor since 2024.")
    ContributionFactory(session=moved, person=PersonFactory(name="Łucja Przykład"), shown_tr="", shown_en="")
    release_programme(event=made)
    return made


def compared(client: Client, event: Event, query: str = "") -> Any:
    return client.get(reverse("event_admin:compare", args=[event.pk]) + query).context


def told(pair: Any) -> list[tuple[str, str, str]]:
    return [(line.label, line.before, line.after) for line in pair.lines]


def test_the_last_two_are_compared_unless_others_are_chosen(event: Event, at_officer: Client) -> None:
    context = compared(at_officer, event)
    assert [row.number for row, _name in context["chosen"]] == [2, 3]
    context = compared(at_officer, event, "?older=3&newer=1")
    assert [row.number for row, _name in context["chosen"]] == [1, 3]


def test_added_and_changed_by_day_in_both_languages(event: Event, at_officer: Client) -> None:
    result = compared(at_officer, event, "?older=1&newer=2")["compared"]
    assert [(day, [(pair.title, pair.state) for pair in pairs]) for day, pairs in result.days] == [
        ("Thursday 10 June 2027", [("Guest", "added")]),
        ("Friday 11 June 2027", [("Grand opening", "changed")]),
    ]
    guest, opening = (pairs[0] for _day, pairs in result.days)
    assert told(guest)[:5] == [
        ("When", "–", "Thursday 10 June 2027, 14:00"),
        ("status", "–", "confirmed"),
        ("title (Turkish)", "–", "Konuk"),
        ("title (English)", "–", "Guest"),
        ("kind", "–", "talk"),
    ]
    assert told(opening) == [
        ("When", "Thursday 10 June 2027, 09:00–10:00", "Friday 11 June 2027, 09:00–10:00"),
        ("Where", "–", "Salon İğde / Oleaster Room"),
        ("title (English)", "Opening", "Grand opening"),
    ]
    assert result.counts == {"added": 1, "removed": 0, "changed": 1, "same": 1}


def test_each_release_is_told_with_its_own_names(event: Event, at_officer: Client) -> None:
    """A room renamed, a biography rewritten, a session cancelled, a person who came: as each release showed them."""
    result = compared(at_officer, event)["compared"]
    sessions = {pair.title: told(pair) for _day, pairs in result.days for pair in pairs}
    where = ("Where", "Salon İğde / Oleaster Room", "Salon İğde / Linden Room")
    assert sessions == {
        "Grand opening": [where, ("people", "–", "Łucja Przykład (speaker)")],
        "Panel": [where],
        "Guest": [("status", "confirmed", "cancelled")],
    }
    assert [(pair.title, told(pair)) for pair in result.shared] == [
        ("Linden Room", [("name (English)", "Oleaster Room", "Linden Room")]),
        ("Ayşe Örnek", [("biography (English)", "Mayor since 2019.", "Mayor since 2024.")]),
    ]


def test_what_stayed_the_same_on_demand(event: Event, at_officer: Client) -> None:
    result = compared(at_officer, event, "?older=1&newer=2&whole=on")["compared"]
    assert [[(pair.title, pair.state) for pair in pairs] for _day, pairs in result.days] == [
        [("Panel", "same"), ("Guest", "added")],
        [("Grand opening", "changed")],
    ]


def test_what_left_the_public_is_told_where_it_lives_now(event: Event, at_officer: Client) -> None:
    """Restricted sessions are part of it: who sees this page may see them."""
    Session.objects.filter(title_en="Panel").update(audience="staff")
    release_programme(event=event)
    result = compared(at_officer, event)["compared"]
    [(_day, [pair])] = result.days
    assert (pair.state, pair.audience, told(pair)) == ("changed", "staff", [("audience", "public", "staff")])


def test_an_erased_person_is_named_in_neither(event: Event, at_officer: Client) -> None:
    Contribution.objects.all().delete()
    for release in event.releases.all():
        release.people.update(name="", positions=[], biography_tr="", biography_en="", erased=True)
    body = at_officer.get(
        reverse("event_admin:compare", args=[event.pk]) + "?older=1&newer=3&whole=on"
    ).content.decode()
    assert ("Ayşe" in body, "(erased)" in body) == (False, True)


@pytest.mark.parametrize(
    ("query", "errors"),
    [
        ("?older=2&newer=2", {"__all__": ["Choose two different releases."]}),
        ("?older=9&newer=2", {"older": ["Select a valid choice. 9 is not one of the available choices."]}),
        ("?older=x&newer=", None),
    ],
)
def test_a_choice_that_is_none(query: str, errors: Any, event: Event, at_officer: Client) -> None:
    """A sentence, the form as it was filled in, and nothing compared."""
    context = compared(at_officer, event, query)
    assert context["compared"] is None
    assert errors is None or context["form"].errors == errors


def test_one_release_is_too_few(at_officer: Client) -> None:
    event = EventFactory(with_sessions=1)
    release_programme(event=event)
    response = at_officer.get(reverse("event_admin:compare", args=[event.pk]))
    assert "An event needs two releases before they can be compared." in response.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow(number: int, at_officer: Client) -> None:
    event = EventFactory(with_sessions=number)
    for session in event.sessions.all():
        ContributionFactory(session=session)
    release_programme(event=event)
    event.sessions.update(title_en="New title", room=RoomFactory())
    release_programme(event=event)
    compared(at_officer, event)
    with CaptureQueriesContext(connection) as queries:
        result = compared(at_officer, event)["compared"]
    assert result.counts["changed"] == number
    ours = [query for query in queries.captured_queries if 'FROM "events_' in query["sql"]]
    assert len(ours) == 5
