"""A release is planned on the release page, shown on the event's home, and taken away again."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from events.models import Event, PlannedRelease
from events.release import release_due_plans, schedule_release
from tests.events.admin.conftest import Enter
from tests.factories import EventFactory

NOON = dt.datetime(2027, 6, 1, 9, tzinfo=dt.UTC)


@pytest.fixture
def event(db: None, time_machine: Any) -> Event:
    """A visit to Brussels, planned from Istanbul."""
    time_machine.move_to(NOON, tick=False)
    made: Event = EventFactory(with_sessions=2, time_zone="Europe/Brussels")
    return made


def at(name: str, event: Event) -> str:
    return reverse(f"event_admin:{name}", args=[event.pk])


def typed(**more: Any) -> dict[str, Any]:
    return {"plan": "1", "day": "2027-06-02", "time": "9.30", "note_tr": "", "note_en": "", "fingerprint": "x", **more}


def said(response: Any) -> list[str]:
    return [str(message).strip() for message in get_messages(response.wsgi_request)]


def test_times_are_those_of_the_event(event: Event, officer: Any, at_officer: Client) -> None:
    """Half past nine in Brussels is half past seven in London's winter; page and home say the zone."""
    held = event.sessions.order_by("pk")[0].key
    response = at_officer.post(at("release", event), typed(note_en="New hours.", held=[held]))
    assert (response.status_code, response["Location"]) == (302, at("home", event))
    told = "2 June 2027, 09:30, Central European Summer Time (GMT+2)"
    assert said(response) == [f"Planned for {told}."]
    plan = PlannedRelease.objects.get()
    assert (plan.due_at, plan.note_en, plan.held, plan.planned_by) == (
        dt.datetime(2027, 6, 2, 7, 30, tzinfo=dt.UTC),
        "New hours.",
        [held],
        officer,
    )
    for name in ("home", "release"):
        body = at_officer.get(at(name, event)).content.decode()
        assert (told in body, "Planned by ayse." in body, "1 session is held back." in body) == (True, True, True)
    form = at_officer.get(at("release", event)).context["plan_form"]
    assert (form["day"].value(), form["time"].value()) == (dt.date(2027, 6, 2), dt.time(9, 30))


def test_the_hours_after_midnight_are_of_the_day_that_was_typed(event: Event, at_officer: Client) -> None:
    at_officer.post(at("release", event), typed(time="00:15"))
    assert PlannedRelease.objects.get().due_at == dt.datetime(2027, 6, 1, 22, 15, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("wrong", "errors"),
    [
        ({"day": "2027-06-01", "time": "10:59"}, {"day": ["This time is over. Choose a later one."]}),
        ({"day": "2029-06-01"}, {"day": ["Check the year."]}),
        ({"day": "0001-01-01", "time": "00:00"}, {"day": ["Check the year."]}),
        ({"day": "31.02.2027", "time": "noon"}, {"day": ["Enter a valid date."], "time": ["Enter a valid time."]}),
        ({"day": "", "time": ""}, {"day": ["This field is required."], "time": ["This field is required."]}),
        ({"note_en": "x" * 301}, {"note_en": ["Ensure this value has at most 300 characters (it has 301)."]}),
    ],
)
def test_what_cannot_be_is_said_and_kept(wrong: dict[str, str], errors: Any, event: Event, at_officer: Client) -> None:
    """Beside the field; the note, the ticks and the time stay as they were typed."""
    held = event.sessions.order_by("pk")[0].key
    response = at_officer.post(at("release", event), typed(**{"note_tr": "Not", "held": [held], **wrong}))
    form = response.context["plan_form"]
    assert (response.status_code, form.errors) == (200, errors)
    assert form["day"].value() == {**typed(), **wrong}["day"]
    assert response.context["form"]["note_tr"].value() == "Not"
    assert response.context["form"]["note_en"].value() == wrong.get("note_en", "")
    assert PlannedRelease.objects.count() == 0


@pytest.mark.parametrize("back", ["home", "release"])
def test_taking_it_away(back: str, event: Event, officer: Any, at_officer: Client) -> None:
    schedule_release(event=event, by=officer, at=NOON + dt.timedelta(hours=1))
    response = at_officer.post(at("unschedule", event), {"back": back})
    assert (response["Location"], said(response)) == (
        at(back, event),
        ["The plan is gone: nothing will be released by itself."],
    )
    again = at_officer.post(at("unschedule", event), {"back": back})
    assert said(again)[-1] == "There was no plan any more. Look whether the release was made meanwhile."


def test_a_release_that_was_refused_stays_in_sight(
    event: Event, officer: Any, administrator: Any, enter: Enter, reader: Any, time_machine: Any
) -> None:
    """With the reason, until somebody forgets it; whoever only reads sees it without the button."""
    schedule_release(event=event, by=officer, at=NOON + dt.timedelta(hours=1))
    officer.groups.clear()
    time_machine.move_to(NOON + dt.timedelta(hours=2), tick=False)
    release_due_plans()
    body = enter(administrator).get(at("home", event)).content.decode()
    assert all(each in body for each in ("was not", "Forget this plan"))
    body = enter(reader).get(at("home", event)).content.decode()
    assert ("was not" in body, "Forget this plan" in body) == (True, False)
