"""How registration is set up: moments on the event's clocks, seats in one place."""

import datetime as dt
import importlib
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import connection
from django.forms import ValidationError
from django.test import Client
from django.urls import reverse

from events.forms.fields import MomentField
from events.forms.registration.setting_up import MOMENTS
from events.models import Event, RegistrationSettings
from events.registration import save_settings
from tests.events.admin.conftest import Enter
from tests.events.registration.applying import taking
from tests.factories import UserFactory, released

pytestmark = pytest.mark.django_db
SAVED = {"access": "open", "offer_hours": "48", "days_kept": "180", "version": "1", "waiting_list": "on"}


@pytest.fixture
def admin(enter: Enter) -> Client:
    """Figen, who runs registrations."""
    user = UserFactory(username="figen")
    user.groups.add(Group.objects.get(name="Registration officers"))
    return enter(user)


def page(event: Event) -> str:
    return f"/admin/events/{event.pk}/registration/"


def in_zone(zone: str, **named: Any) -> Event:
    event = taking(**named)
    Event.objects.filter(pk=event.pk).update(time_zone=zone)
    return Event.objects.get(pk=event.pk)


@pytest.mark.parametrize("typed", ["01.05.2027 09:00", "01.05.2027 09.00", "2027-05-01 09:00", "01/05/2027 9:00"])
def test_moments_are_those_of_the_events_zone_and_say_so(typed: str, admin: Client) -> None:
    event = in_zone("America/New_York")
    answer = admin.post(page(event), {**SAVED, "opens_at": typed})
    assert answer.status_code == 302
    stored = RegistrationSettings.objects.get(event=event).opens_at
    assert stored == dt.datetime(2027, 5, 1, 13, tzinfo=dt.UTC)
    html = admin.get(page(event)).content.decode()
    assert ('value="01.05.2027 09:00"' in html, html.count("New York time (GMT") >= 2) == (True, True)


@pytest.mark.parametrize("typed", ["31.02.2027 25:00", "yarın", "29.02.2027 10:00", "01.05.0027 09:00", "01.05.2027"])
def test_what_is_no_moment_is_refused_in_words_and_stays_as_typed(typed: str, admin: Client) -> None:
    event = taking(closes_at=dt.datetime(2027, 6, 1, tzinfo=dt.UTC))
    answer = admin.post(page(event), {**SAVED, "opens_at": typed, "closes_at": "01.06.2027 09:00"})
    html = answer.content.decode()
    assert (answer.status_code, "There is no such day or time" in html, f'value="{typed}"' in html) == (200, True, True)
    row = RegistrationSettings.objects.get(event=event)
    assert (row.opens_at, row.closes_at) == (None, dt.datetime(2027, 6, 1, tzinfo=dt.UTC))


def test_the_calendar_puts_nothing_in_the_place_of_what_it_cannot_read(admin: Client) -> None:
    html = admin.get(page(taking())).content.decode()
    assert html.count('"validateOnBlur": false') == len(MOMENTS)


def test_all_that_is_wrong_is_said_at_once_each_beside_its_field(admin: Client) -> None:
    event = in_zone("America/New_York")
    typed = {"opens_at": "01.06.2027 09:00", "closes_at": "01.05.2027 09:00", "capacity": "1.000", "offer_hours": "0"}
    answer = admin.post(page(event), {**SAVED, **typed})
    form, html = answer.context["form"], answer.content.decode()
    assert {name: [str(each) for each in errors] for name, errors in form.errors.items()} == {
        "closes_at": ["Registration closes before it opens. Check both times."],
        "capacity": ["Write a whole number in digits alone, such as 1000."],
        "offer_hours": ["Ensure this value is greater than or equal to 1."],
    }
    assert [f'value="{each}"' in html for each in typed.values()] == [True] * 4
    assert RegistrationSettings.objects.get(event=event).opens_at is None


@pytest.mark.parametrize("rest", ["", "sessions/"])
def test_settings_name_the_clocks_on_which_times_are_typed(rest: str, admin: Client) -> None:
    html = admin.get(page(in_zone("America/New_York")) + rest).content.decode()
    assert "on the clocks of the event: <b>New York time (GMT" in html


def test_an_hour_that_the_clocks_skip_is_refused() -> None:
    field = MomentField(zone="Europe/Paris", required=False)
    with pytest.raises(ValidationError, match="clocks go forward"):
        field.clean("28.03.2027 02:30")
    assert field.clean("28.03.2027 03:30") == dt.datetime(2027, 3, 28, 1, 30, tzinfo=dt.UTC)
    assert field.clean("") is None


def test_two_hands_see_both_moments(admin: Client) -> None:
    event = in_zone("America/New_York", opens_at=dt.datetime(2027, 5, 1, 13, tzinfo=dt.UTC))
    html = admin.post(page(event), {**SAVED, "version": "0", "opens_at": "01.05.2027 10:00"}).content.decode()
    assert ("1 May 2027, 09:00" in html, "1 May 2027, 10:00" in html) == (True, True)


def test_seats_are_typed_in_one_place_and_told_alike_in_the_others(admin: Client, at_officer: Client) -> None:
    event = released(capacity=40)
    home, edit = reverse("event_admin:home", args=[event.pk]), reverse("admin_event:edit", args=[event.pk])
    assert "40, for when it takes registrations" in at_officer.get(home).content.decode()
    assert 'value="40"' in admin.get(page(event)).content.decode()
    admin.post(page(event), {**SAVED, "capacity": "30"})
    html = at_officer.get(edit).content.decode()
    assert ('name="capacity"' in html, "Typed under Registrations, Settings" in html) == (False, True)
    assert (RegistrationSettings.objects.get(event=event).capacity, Event.objects.get(pk=event.pk).capacity) == (30, 30)
    assert "of 30 taken" in at_officer.get(home).content.decode()
    settings = RegistrationSettings.objects.get(event=event)
    settings.capacity = None
    save_settings(settings=settings)
    assert "no limit" in at_officer.get(home).content.decode()
    assert Event.objects.get(pk=event.pk).capacity is None


def test_old_numbers_become_the_one_that_was_counted_with() -> None:
    repeat = importlib.import_module("events.migrations.0020_seats_once").repeat
    counted, foreseen = taking(capacity=25), released(capacity=60)
    Event.objects.filter(pk=counted.pk).update(capacity=90)
    repeat(apps, SimpleNamespace(connection=connection, execute=lambda sql: connection.cursor().execute(sql)))
    assert [Event.objects.get(pk=each.pk).capacity for each in (counted, foreseen)] == [25, 60]
