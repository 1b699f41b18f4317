"""The release page, and two officers at once."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from events.models import Event, ProgrammeRelease, Session
from events.release import release_programme
from tests.events.admin.conftest import Enter
from tests.events.admin.forms import shown
from tests.factories import ContributionFactory, EventFactory, PersonFactory, RoomFactory, SessionFactory

#: The position that the factory gives, and the role.
SHOWN = " – Belediye Başkanı, Çınarlı Belediyesi / Mayor, Çınarlı Municipality (speaker)"


@pytest.fixture
def event(officer: Any) -> Event:
    """A forum of two sessions, public as release 1, which Ayşe made."""
    event: Event = EventFactory(with_sessions=2)
    release_programme(event=event, by=officer)
    return event


def address(event: Event) -> str:
    return reverse("event_admin:release", args=[event.pk])


def posted(client: Client, event: Event, **typed: Any) -> dict[str, Any]:
    """What the page as shown now would post."""
    form = client.get(address(event)).context["form"]
    return {"fingerprint": form["fingerprint"].value(), "note_tr": "", "note_en": "", **typed}


def said(response: Any) -> list[str]:
    return [str(message).strip() for message in get_messages(response.wsgi_request)]


def first_session(event: Event) -> Session:
    session = event.sessions.order_by("start").first()
    assert session
    return session


def test_it_tells_what_will_change(event: Event, at_officer: Client) -> None:
    """Moved, retitled and cancelled sessions by kind, old and new, in both languages."""
    moved, retitled = event.sessions.order_by("start")
    room = RoomFactory(name_tr="Salon İğde", name_en="Oleaster Room", venue__name_en="Congress Centre")
    Session.objects.filter(pk=moved.pk).update(start=dt.time(11), end=dt.time(12), room=room)
    Session.objects.filter(pk=retitled.pk).update(title_tr="Yeni başlık", title_en="New title")
    ContributionFactory(session=retitled, person=PersonFactory(name="Łucja Przykład"))
    told = at_officer.get(address(event)).context["told"]
    lines = {
        (group.label, shown.key): [(line.label, line.before, line.after) for line in shown.lines]
        for group in told.groups
        for shown in group.sessions
    }
    assert lines == {
        ("moved", moved.key): [
            ("When", "Thursday 10 June 2027, 09:00–10:00", "Thursday 10 June 2027, 11:00–12:00"),
            ("Where", "–", "Salon İğde / Oleaster Room"),
        ],
        ("retitled", retitled.key): [
            ("title (Turkish)", retitled.title_tr, "Yeni başlık"),
            ("title (English)", retitled.title_en, "New title"),
            ("people", "–", f"Łucja Przykład{SHOWN}"),
        ],
    }


def test_releasing_what_was_shown(event: Event, officer: Any, at_officer: Client) -> None:
    """The note is kept, the officer named, and the message leads to what is public now."""
    Session.objects.filter(pk=first_session(event).pk).update(title_en="New title")
    response = at_officer.post(address(event), posted(at_officer, event, note_en="One title changed."))
    assert (response.status_code, response["Location"]) == (302, reverse("event_admin:home", args=[event.pk]))
    release = ProgrammeRelease.objects.get(event=event, number=2)
    assert (release.note_en, release.released_by) == ("One title changed.", officer)
    assert len(said(response)) == 1
    assert "Release 2 is public." in said(response)[0]
    for part in ("/programme/", ".ics", "programme.pdf"):
        assert part in said(response)[0]


def test_an_edit_in_between_shows_a_new_comparison(
    event: Event, second_officer: Any, at_officer: Client, enter: Enter
) -> None:
    """Ayşe looks; Bora saves a session; Ayşe releases: nothing is released, she sees what changed and by whom."""
    note = posted(at_officer, event, note_tr="Not")
    session = first_session(event)
    bora = enter(second_officer)
    path = reverse("admin_session:edit", args=[session.pk])
    assert bora.post(path, {**shown(bora, path), "title_en": "Bora’s title"}).status_code == 302

    response = at_officer.post(address(event), note)

    assert ProgrammeRelease.objects.filter(event=event).count() == 1
    told = response.context["told"]
    assert [(group.label, [each.key for each in group.sessions]) for group in told.groups] == [
        ("retitled", [session.key])
    ]
    assert said(response) == [
        "Nothing was released: the programme changed while you were looking. This is the new comparison."
    ]
    assert [(change.who, change.what, change.on) for change in response.context["recent"]] == [
        ("Bora Taslak", "Edited", "Bora’s title")
    ]
    assert response.context["form"]["note_tr"].value() == "Not"
    again = {"fingerprint": response.context["form"]["fingerprint"].value(), "note_tr": "Not", "note_en": ""}
    assert at_officer.post(address(event), again).status_code == 302
    assert ProgrammeRelease.objects.filter(event=event).count() == 2


def test_a_deleted_session_is_named_too(event: Event, second_officer: Any, at_officer: Client, enter: Enter) -> None:
    """The row is gone, so the event's own history tells who took it away."""
    session = first_session(event)
    enter(second_officer).post(reverse("admin_session:delete", args=[session.pk]))
    recent = at_officer.get(address(event)).context["recent"]
    assert [(change.who, change.what, change.on) for change in recent] == [
        ("Bora Taslak", "Session deleted", event.title_en)
    ]


def test_ones_own_changes_and_old_ones_are_not_named(
    event: Event, officer: Any, second_officer: Any, enter: Enter, time_machine: Any
) -> None:
    """Only others, only the last ten minutes."""
    session = first_session(event)
    path = reverse("admin_session:edit", args=[session.pk])
    start = dt.datetime(2027, 6, 9, 8, tzinfo=dt.UTC)
    time_machine.move_to(start, tick=False)
    bora = enter(second_officer)
    bora.post(path, {**shown(bora, path), "title_en": "Bora’s title"})
    time_machine.move_to(start + dt.timedelta(minutes=11), tick=False)
    ayse = enter(officer)
    ayse.post(path, {**shown(ayse, path), "title_en": "Ayşe’s title"})
    session.refresh_from_db()
    assert session.title_en == "Ayşe’s title"
    assert ayse.get(address(event)).context["recent"] == []


def test_holding_a_session_back(event: Event, at_officer: Client) -> None:
    """The ticked session keeps what the public sees; the others are released."""
    held, other = event.sessions.order_by("start")
    Session.objects.filter(pk__in=[held.pk, other.pk]).update(title_en="New title")
    response = at_officer.post(address(event), posted(at_officer, event, held=[held.key]))
    assert said(response)[1:] == ["Held back: “New title” stays as it was in the last release."]
    document = ProgrammeRelease.objects.get(event=event, number=2).open_public()
    assert {raw["key"]: raw["title"]["en"] for raw in document["sessions"]} == {
        held.key: held.title_en,
        other.key: "New title",
    }


def test_nothing_to_release(event: Event, at_officer: Client) -> None:
    """Posting all the same releases nothing and says so."""
    response = at_officer.post(address(event), posted(at_officer, event))
    assert said(response) == ["Nothing was released: nothing changed since the last release."]
    assert ProgrammeRelease.objects.filter(event=event).count() == 1


def test_a_note_that_is_too_long_is_kept_and_refused(event: Event, at_officer: Client) -> None:
    """What was typed stays on the page."""
    response = at_officer.post(address(event), posted(at_officer, event, note_en="x" * 301))
    assert response.context["form"]["note_en"].value() == "x" * 301
    assert ProgrammeRelease.objects.filter(event=event).count() == 1


def test_what_a_past_release_changed(event: Event, at_officer: Client) -> None:
    """The page of a release tells its changes as the release page told them."""
    session = first_session(event)
    Session.objects.filter(pk=session.pk).update(title_en="New title")
    SessionFactory(event=event, confirmed=True, title_en="A new session", start=dt.time(15), end=dt.time(16))
    before = at_officer.get(address(event)).context["told"]
    at_officer.post(address(event), posted(at_officer, event))
    after = at_officer.get(reverse("event_admin:released", args=[event.pk, 2])).context["told"]
    assert after == before
    assert at_officer.get(reverse("event_admin:released", args=[event.pk, 9])).status_code == 404


@pytest.mark.parametrize(
    ("verb", "status", "message"),
    [
        ("cancel", "cancelled", "The event is cancelled, and the public sees it."),
        ("withdraw", "withdrawn", "The event is withdrawn."),
    ],
)
def test_taking_back_and_making_public_again(
    event: Event, at_officer: Client, verb: str, status: str, message: str
) -> None:
    """Asked by GET, done by POST, undone by another."""
    path = reverse(f"event_admin:{verb}", args=[event.pk])
    assert at_officer.get(path).status_code == 200
    event.refresh_from_db()
    assert event.public.status == "public"
    assert said(at_officer.post(path, {"note_tr": "", "note_en": ""})) == [message]
    assert Event.objects.get(pk=event.pk).public.status == status
    at_officer.post(reverse("event_admin:reinstate", args=[event.pk]))
    assert Event.objects.get(pk=event.pk).public.status == "public"


def test_an_event_never_released_cannot_be_cancelled(at_officer: Client) -> None:
    """A sentence, not an error."""
    event = EventFactory()
    response = at_officer.post(reverse("event_admin:cancel", args=[event.pk]), {})
    assert said(response) == ["This event was never released: there is nothing public to take back."]


def test_what_was_held_back_stays_ticked_in_a_new_comparison(event: Event, at_officer: Client) -> None:
    """Somebody saves another session meanwhile: the page comes again with the tick, or the next click would lose it."""
    held, other = event.sessions.order_by("start")
    Session.objects.filter(pk__in=[held.pk, other.pk]).update(title_en="New title")
    note = posted(at_officer, event, held=[held.key])
    Session.objects.filter(pk=other.pk).update(title_en="Newer title")
    for response in (
        at_officer.post(address(event), note),
        at_officer.post(address(event), {**note, "note_en": "x" * 301}),
    ):
        told = response.context["told"]
        assert {each.key: each.held for group in told.groups for each in group.sessions} == {
            held.key: True,
            other.key: False,
        }
    assert ProgrammeRelease.objects.filter(event=event).count() == 1
