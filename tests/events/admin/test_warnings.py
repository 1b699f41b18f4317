"""What clashes, told beside the sessions: the gravest first, a long tail folded away, what is accepted apart."""

import re
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from events.conflicts import find_conflicts
from events.models import AcceptedWarning, Event, Session
from tests.events.admin.conftest import Enter
from tests.factories import EventFactory, RoomFactory, SessionFactory

JSON = {"accept": "application/json"}


@pytest.fixture
def event(db: None) -> Event:
    """Two sessions in one room at once."""
    made: Event = EventFactory()
    SessionFactory.create_batch(2, event=made, confirmed=True, room=RoomFactory(name_en="Linden"))
    return made


def at(name: str, event: Event) -> str:
    return reverse(f"event_admin:{name}", args=[event.pk])


def seen(event: Event, **more: str) -> dict[str, str]:
    """What the form beside the first warning would post."""
    conflict = find_conflicts(event)[0]
    return {"rule": conflict.code, "keys": conflict.keys, "fingerprint": conflict.fingerprint, **more}


def listed(response: Any) -> tuple[int, int]:
    warnings = response.context["warnings"]
    return len(warnings.open), len(warnings.accepted)


@pytest.mark.parametrize(("number", "folded"), [(10, False), (12, True)])
@pytest.mark.parametrize("page", ["home", "release"])
def test_a_long_list_of_warnings_does_not_bury_the_page(
    page: str, number: int, folded: bool, at_officer: Client
) -> None:
    """Every warning stands in the page once; from the eleventh on they are folded."""
    event = EventFactory()
    SessionFactory.create_batch(number, event=event, confirmed=True, title_en="")
    body = at_officer.get(at(page, event)).content.decode()
    panel = body[body.index('id="conflicts"') :]
    panel = panel[: panel.index("</section>")]
    shown, _fold, rest = panel.partition("All the other warnings")
    assert (len(re.findall('<li class="is-medium">', shown)), "All the other warnings" in panel) == (10, folded)
    assert len(re.findall('<li class="is-medium">', rest)) == number - 10


@pytest.mark.parametrize("back", ["home", "release", "programme"])
def test_accepted_and_opened_again_without_script(back: str, event: Event, at_officer: Client) -> None:
    """Each leads back to where the list stands, which tells it apart with its note."""
    told = seen(event, note="One large room.", back=back)
    response = at_officer.post(at("accept_warning", event), told)
    assert (response.status_code, response["Location"]) == (302, at(back, event))
    page = at_officer.get(at(back, event))
    assert listed(page) == (0, 1)
    body = page.content.decode()
    assert all(each in body for each in ("1 accepted warning", "“One large room.” – ayse", "Open again"))
    response = at_officer.post(at("reopen_warning", event), told)
    assert response["Location"] == at(back, event)
    assert listed(at_officer.get(at(back, event))) == (1, 0)


def test_the_form_alone_says_what_it_is_about_and_keeps_what_was_typed(event: Event, at_officer: Client) -> None:
    page = at_officer.get(at("accept_warning", event), seen(event, back="home"))
    assert "Linden holds two sessions at once" in page.content.decode()
    assert page.context["form"]["fingerprint"].value() == seen(event)["fingerprint"]
    refused = at_officer.post(at("accept_warning", event), seen(event, note="x" * 301))
    assert (refused.status_code, list(refused.context["form"].errors)) == (200, ["note"])
    assert refused.context["form"]["note"].value() == "x" * 301
    assert AcceptedWarning.objects.count() == 0


def test_a_warning_that_is_gone(event: Event, at_officer: Client) -> None:
    """By GET a sentence; by POST too, and nothing is kept."""
    told = seen(event, note="One large room.")
    Session.objects.filter(event=event).update(room=None)
    response = at_officer.get(at("accept_warning", event), told)
    assert [str(each).strip() for each in get_messages(response.wsgi_request)] == [
        "This warning is not there any more."
    ]
    refused = at_officer.post(at("accept_warning", event), told)
    assert refused.context["form"].non_field_errors() == [
        "Meanwhile this warning is gone, or it is about something else. Look at it again."
    ]
    assert AcceptedWarning.objects.count() == 0


def test_the_desk_is_told_both_kinds(event: Event, at_officer: Client) -> None:
    """What is accepted marks no block; the script gets a sentence, or what is wrong with a field."""
    refused = at_officer.post(at("accept_warning", event), seen(event), headers=JSON)
    assert (refused.status_code, refused.json()["errors"]) == (
        422,
        {"Why it may stay as it is": ["This field is required."]},
    )
    done = at_officer.post(at("accept_warning", event), seen(event, note="One large room."), headers=JSON)
    assert (done.status_code, done.json()["said"]) == (
        200,
        "The warning is accepted. It is listed apart and counts no more.",
    )
    state = at_officer.get(at("state", event), {"warnings": ""}).json()
    assert state["conflicts"] == []
    assert [(each["code"], "One large room." in each["said"]) for each in state["accepted"]] == [("room_twice", True)]


def test_a_reader_sees_the_notes_and_no_buttons(event: Event, at_officer: Client, reader: Any, enter: Enter) -> None:
    at_officer.post(at("accept_warning", event), seen(event, note="One large room."))
    body = enter(reader).get(at("home", event)).content.decode()
    assert ("One large room." in body, "Open again" in body) == (True, False)
