"""The door where nobody registers, a name that was looked for in vain, and a door that one opens to try it."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.cloning.verbs import clone_event
from events.models import CheckInMark, Event, PublicEvent, Registration, RegistrationSettings
from events.registration import add_walk_in, save_settings, verify
from tests.events.admin.conftest import Enter
from tests.events.admin.test_door import _on_the_day, at_door, day, doorkeeper, mark, registrar, send, text, url
from tests.events.registration.applying import applicant, apply, taking, today
from tests.factories import UserFactory, released

__all__ = ["_on_the_day", "at_door", "doorkeeper", "registrar"]
pytestmark = pytest.mark.django_db


def test_an_event_that_takes_no_registrations_has_no_door(at_door: Client, registrar: Any, enter: Enter) -> None:
    event = today(released())
    place = {"place": day(event)}
    asked = {rest: at_door.get(url(event, rest), place).status_code for rest in ("", "list/", "walk-in/")}
    assert asked == {"": 404, "list/": 404, "walk-in/": 404}
    press = {**place, "code": "x", "state": "present"}
    assert at_door.post(url(event), press, follow=True).status_code == 404
    assert [each["refused"] for each in send(at_door, event, mark("x")).json()["marks"]] == [
        "There is no such registration here."
    ]
    typed = {"name": "Ece", "organisation": "", "role": "", "email": "", "language": "tr"}
    sent = {"typed": typed, "once": "a" * 32, "at": 0, "now": 0, **place}
    answer = at_door.post(url(event, "newcomer/"), json.dumps(sent), content_type="application/json").json()
    assert answer == {"refused": "This event takes no registrations.", "gone": False, "person": None}
    assert (CheckInMark.objects.count(), Registration.objects.count()) == (0, 0)


def test_no_way_leads_to_the_door_of_an_event_that_takes_no_registrations(
    at_door: Client, registrar: Any, enter: Enter
) -> None:
    without, with_one = today(released()), today(taking())
    boss = enter(UserFactory(is_superuser=True))
    for event, offered in ((without, False), (with_one, True)):
        door = f'href="{url(event)}"'
        assert (door in text(at_door.get("/admin/doors/"))) is offered
        pages = ("registrations", "outbox", "registration_groups", "change_requests", "registration_settings", "home")
        found = {name: door in text(boss.get(reverse(f"event_admin:{name}", args=[event.pk]))) for name in pages}
        assert found["registrations"] is offered
        assert offered or not any(found.values())


@pytest.mark.parametrize(
    ("query", "carried"),
    [
        ("  ece   yeni ", "ece yeni"),
        ("Łukasz & Söhne", "Łukasz & Söhne"),
        ("bora", None),  # he is found
        ("k7q2xw9m", None),  # a code is nobody's name
        ("", None),
    ],
)
def test_a_name_that_is_not_found_stands_in_the_form_of_newcomers(
    query: str, carried: str | None, at_door: Client
) -> None:
    event = taking()
    verify(registration=apply(event, "Bora"))
    html = text(at_door.get(url(event), {"q": query}))
    (way,) = re.findall(rf'href="({url(event, "walk-in/")}[^"]*)"\s*>\s*Came without', html)
    form = at_door.get(way.replace("&amp;", "&")).context["form"]
    assert form.initial == {"language": "en", **({"name": carried} if carried else {})}


def test_the_form_of_newcomers_takes_any_name_that_stands_in_its_address(at_door: Client) -> None:
    event = taking()
    page, here = url(event, "walk-in/"), {"place": day(event)}
    assert 'value="A&quot;&lt;b&gt;"' in text(at_door.get(page, {**here, "name": ' A"<b>\t'}))
    assert len(at_door.get(page, {**here, "name": "ç" * 900}).context["form"].initial["name"]) == 200


def test_a_copy_of_an_event_on_todays_date_has_a_door_to_try(at_door: Client) -> None:
    """What the handbook tells those who look at the demo months before its events."""
    source = taking(capacity=2)
    boss = UserFactory(is_superuser=True)
    event = clone_event(event=source, by=boss, starts_on=timezone.localdate(), title_tr="Prova", title_en="Rehearsal")
    save_settings(settings=RegistrationSettings(event=Event.objects.get(pk=event.pk)))
    assert url(event) in text(at_door.get("/admin/doors/"))
    page = at_door.get(url(event))
    assert (page.status_code, page.context["closed"]) == (200, "")
    add_walk_in(event=event, applicant=applicant("Ece Yeni"), place=day(event), by=boss)
    assert 'door-state">In since' in text(at_door.get(url(event), {"q": "ece"}))
    assert not PublicEvent.objects.filter(event=event).exists()
