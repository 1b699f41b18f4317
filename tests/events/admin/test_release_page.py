"""The release page beside its changes: who will be told, what the texts lack."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.models import Event, Session
from events.release import release_programme
from tests.factories import (
    ContributionFactory,
    EventFactory,
    PersonFactory,
    RoomFactory,
    SessionFactory,
    TrackFactory,
    VenueFactory,
)


def page(client: Client, event: Event) -> Any:
    return client.get(reverse("event_admin:release", args=[event.pk]))


def test_it_names_calendars_people_addresses_and_papers(at_officer: Client) -> None:
    event = EventFactory(slug="iklim-forumu", with_sessions=2)
    moved, _other = event.sessions.order_by("start")
    for name, language in (("Łucja Przykład", "en"), ("Ayşe Örnek", "tr")):
        person = PersonFactory(name=name, email=f"{language}@sample.example", language=language)
        ContributionFactory(session=moved, person=person)
    release_programme(event=event)
    assert page(at_officer, event).context["reach"] == {"entries": [], "groups": [], "remade": []}
    Session.objects.filter(pk=moved.pk).update(start=dt.time(15), end=dt.time(16))
    reach = page(at_officer, event).context["reach"]
    assert reach["entries"] == ["1 entry moves"]
    [group] = reach["groups"]
    assert (group["number"], group["unreachable"]) == ("2 people", "")
    assert [(each.name, each.email, each.sessions) for each in group["people"]] == [
        ("Ayşe Örnek", "tr@sample.example", moved.title_en),
        ("Łucja Przykład", "en@sample.example", moved.title_en),
    ]
    assert group["letters"] == [
        ("Write a letter in Turkish", "mailto:?bcc=tr@sample.example"),
        ("Write a letter in English", "mailto:?bcc=en@sample.example"),
    ]
    assert [(name, [url for _language, url in ways]) for name, ways in reach["remade"]] == [
        ("Page", ["/tr/etkinlikler/iklim-forumu/", "/en/events/iklim-forumu/"]),
        ("Programme", ["/tr/etkinlikler/iklim-forumu/program/", "/en/events/iklim-forumu/programme/"]),
        ("Calendar", ["/calendars/tr/iklim-forumu.ics", "/calendars/en/iklim-forumu.ics"]),
        ("PDF", [f"/documents/{each}/iklim-forumu/programme.pdf" for each in ("tr", "en", "tr-en")]),
        ("For conference apps", [f"/exchange/iklim-forumu/schedule.{each}" for each in ("xml", "json")]),
    ]


def test_many_addresses_are_shared_out_over_letters(at_officer: Client) -> None:
    """A link that is too long would be cut off, and somebody would hear nothing."""
    event = EventFactory(with_sessions=1)
    session = event.sessions.get()
    for number in range(60):
        person = PersonFactory(email=f"guest{number:02d}@sample.example")
        ContributionFactory(session=session, person=person)
    release_programme(event=event)
    Session.objects.update(title_en="New title")
    letters = page(at_officer, event).context["reach"]["groups"][0]["letters"]
    assert [(label, url.count("@")) for label, url in letters] == [
        ("Write a letter in Turkish (to 50)", 50),
        ("Write a letter in Turkish (to 10)", 10),
    ]


def test_it_tells_which_texts_are_missing_or_stale(at_officer: Client) -> None:
    """Of the event, its sessions that are released, its tracks, rooms and houses; each with the way to mend it."""
    venue = VenueFactory(name_tr="Çınaraltı", name_en="")
    event = EventFactory(summary_tr="Özet", summary_en="")
    room = RoomFactory(venue=venue, name_tr="Meşe", name_en="")
    TrackFactory(event=event, name_tr="İklim", name_en="")
    session = SessionFactory(event=event, confirmed=True, room=room, title_tr="Açılış", title_en="Opening")
    session.note_translations()
    session.title_tr = "Büyük açılış"
    session.save()
    SessionFactory(event=event, title_en="", title_tr="Taslak")
    lacking = page(at_officer, event).context["lacking"]
    assert [(row.title, row.texts) for row in lacking.missing] == [
        (event.title_en, ["summary: English"]),
        ("İklim", ["name: English"]),
        ("Meşe", ["name: English"]),
        ("Çınaraltı", ["name: English"]),
    ]
    assert [(row.title, row.texts, row.url) for row in lacking.stale] == [
        ("Opening", ["title"], reverse("admin_session:edit", args=[session.pk]))
    ]
    session.note_translations()
    session.translated_from = {}
    session.save()
    assert page(at_officer, event).context["lacking"].stale == []


def test_a_new_and_a_cancelled_session_are_told_whole(at_officer: Client) -> None:
    event = EventFactory(with_sessions=1)
    release_programme(event=event)
    event.sessions.update(status="cancelled")
    made = SessionFactory(
        event=event, confirmed=True, title_tr="Gezi", title_en="Excursion", start=dt.time(14), end=None
    )
    ContributionFactory(session=made, person=PersonFactory(name="Ayşe Örnek"), shown_tr="", shown_en="")
    groups = page(at_officer, event).context["told"].groups
    lines = {
        group.label: [(each.label, each.before, each.after) for each in group.sessions[0].lines] for group in groups
    }
    assert lines["added"] == [
        ("title (Turkish)", "", "Gezi"),
        ("title (English)", "", "Excursion"),
        ("When", "", "Thursday 10 June 2027, 14:00"),
        ("people", "", "Ayşe Örnek (speaker)"),
    ]
    assert lines["cancelled"][-2:] == [
        ("When", "", "Thursday 10 June 2027, 09:00–10:00"),
        ("status", "confirmed", "cancelled"),
    ]


def test_of_a_long_text_what_changed_is_shown(at_officer: Client) -> None:
    event, text = EventFactory(with_sessions=1), "Uzun bir özet. " * 40
    event.sessions.update(abstract_tr=f"{text}Eski son.")
    release_programme(event=event)
    event.sessions.update(abstract_tr=f"{text}Yeni son.")
    [group] = page(at_officer, event).context["told"].groups
    [line] = group.sessions[0].lines
    assert (line.before, line.after) == tuple(
        f"…bir özet. Uzun bir özet. Uzun bir özet. {each} son." for each in ("Eski", "Yeni")
    )


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow(number: int, at_officer: Client) -> None:
    event = EventFactory(venue=VenueFactory())
    for each in range(number):
        room, track = RoomFactory(), TrackFactory(event=event)
        session = SessionFactory(event=event, confirmed=True, room=room, track=track, start=dt.time(9 + each), end=None)
        ContributionFactory(session=session, person=PersonFactory(email="a@sample.example"))
    release_programme(event=event)
    Session.objects.update(title_en="", day=event.ends_on + dt.timedelta(days=1))
    page(at_officer, event)
    with CaptureQueriesContext(connection) as queries:
        response = page(at_officer, event)
    assert len(response.context["told"].groups[0].sessions) == number
    ours = [query["sql"] for query in queries.captured_queries if 'FROM "events_' in query["sql"]]
    assert len(ours) == 27
