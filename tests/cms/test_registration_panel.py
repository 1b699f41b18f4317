"""Whoever runs registrations reads on the first page what waits, event by event, with the way there."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries

from cms.registration_panel import RegistrationsPanel
from events.models import ChangeRequest, Event, Registration, RegistrationGroup
from events.registration import decline, verify
from tests.events.registration.applying import apply, taking
from tests.events.registration.grouped import confirmed_group, taking_groups
from tests.factories import MessageFactory, UserFactory


class Visit:
    """What a panel needs of a request."""

    def __init__(self, user: Any) -> None:
        self.user = user


@pytest.fixture
def registrar(db: None) -> Any:
    """Figen, who runs registrations."""
    user = UserFactory(username="figen")
    user.groups.add(Group.objects.get(name="Registration officers"))
    return user


def told(user: Any) -> list[tuple[str, list[tuple[str, str]]]]:
    with translation.override("en"):
        rows = RegistrationsPanel(Visit(user)).get_context_data()["rows"]
    return [(row["text"], [(each["text"], each["url"]) for each in row["links"]]) for row in rows]


def busy() -> Event:
    """Something of each kind waits: two people, a group, a request, a letter that failed, an address."""
    event = taking_groups(approval=True)
    rows = [verify(registration=apply(event, f"{name} {event.pk}")) for name in ("Ali", "Bora")]
    confirmed_group(event, "Ilgaz", 2)
    ChangeRequest.objects.create(registration=rows[0])
    MessageFactory(event=event, state="failed")
    ended = decline(registration=apply(event, f"Cem {event.pk}"))
    refused = {"address_refused_at": timezone.now(), "address_refused": "550"}
    Registration.objects.filter(pk__in=[rows[1].pk, ended.pk]).update(**refused)
    RegistrationGroup.objects.filter(event=event).update(**refused)
    return event


def test_what_waits_and_the_way_to_it(registrar: Any) -> None:
    event = busy()
    taking()
    home = f"/admin/events/{event.pk}"
    assert told(registrar) == [
        (
            event.title_en,
            [
                ("2 registrations to approve", f"{home}/registrations/?state=requested"),
                ("1 group to approve", f"{home}/registrations/groups/"),
                ("1 request for a change", f"{home}/registrations/requests/"),
                ("1 letter could not be sent", f"{home}/outbox/?tab=failed"),
                ("1 address takes no mail", f"{home}/registrations/?mail=refused"),
                ("1 group’s contact takes no mail", f"{home}/registrations/groups/"),
            ],
        )
    ]


def test_registration_that_opens_or_closes_within_a_week(registrar: Any) -> None:
    now = timezone.now().replace(second=0, microsecond=0)
    soon, later = taking(opens_at=now + dt.timedelta(days=2), closes_at=now + dt.timedelta(days=6)), taking()
    later.registration_settings.opens_at = now + dt.timedelta(days=8)
    later.registration_settings.save()
    taking(opens_at=now - dt.timedelta(days=8), closes_at=now - dt.timedelta(days=1))
    rows = told(registrar)
    page = f"/admin/events/{soon.pk}/registration/"
    assert [(text, [url for _words, url in links]) for text, links in rows] == [(soon.title_en, [page, page])]
    assert [words.split(":")[0] for words, _url in rows[0][1]] == ["registration opens", "registration closes"]


def test_who_may_not_decide_is_told_nothing(registrar: Any, client: Client) -> None:
    busy()
    reader = UserFactory(reader=True)
    assert told(reader) == []
    client.force_login(reader)
    assert b"RegistrationsPanel" not in client.get("/admin/").content


def test_what_is_over_waits_no_more(registrar: Any) -> None:
    event = busy()
    Event.objects.filter(pk=event.pk).update(ends_on=timezone.localdate() - dt.timedelta(days=31))
    assert told(registrar) == []


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_as_much_for_three_events_as_for_one(
    count: int, registrar: Any, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _each in range(count):
        busy()
    panel = RegistrationsPanel(Visit(registrar))
    assert panel.may_see()
    with django_assert_num_queries(5):
        assert len(panel.rows()) == count


def test_the_first_page_of_who_runs_registrations_costs_the_same(
    registrar: Any, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(registrar)
    busy()
    client.get("/admin/")
    for _each in range(2):
        with django_assert_num_queries(28):
            assert b"RegistrationsPanel" in client.get("/admin/").content
        busy()
