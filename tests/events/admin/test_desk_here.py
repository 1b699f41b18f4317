"""Who else is at the desk: told while they are there, gone a minute later, and never kept."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.models import Event, Presence
from tests.events.admin.conftest import Enter
from tests.factories import EventFactory, SessionFactory, UserFactory


def here(client: Client, event: Event, **body: Any) -> list[tuple[str, int | None]]:
    told = client.post(reverse("event_admin:here", args=[event.pk]), body).json()["here"]
    return [(each["name"], each["session"]) for each in told]


def test_each_is_told_of_the_others(at_officer: Client, second_officer: Any, reader: Any, enter: Enter) -> None:
    """By name, with the session that is open; of this programme alone; whoever only looks is told of too."""
    session, other = SessionFactory(), SessionFactory()
    bora, deniz = enter(second_officer), enter(reader)
    assert here(at_officer, session.event, session=session.pk) == []
    assert here(bora, session.event, session=other.pk) == [("ayse", session.pk)]
    assert here(deniz, other.event) == []
    assert here(deniz, session.event, session="9" * 30) == [("ayse", session.pk), ("Bora Taslak", None)]
    assert here(at_officer, session.event, session="x") == [("Bora Taslak", None), ("deniz", None)]


def test_who_has_left_is_forgotten(at_officer: Client, second_officer: Any, enter: Enter) -> None:
    """A minute without a word; the row goes with the next one who speaks, wherever that is."""
    event, bora = EventFactory(), enter(second_officer)
    with time_machine.travel(dt.datetime.now(dt.UTC), tick=False) as clock:
        here(bora, event)
        clock.shift(dt.timedelta(seconds=60))
        assert here(at_officer, event) == [("Bora Taslak", None)]
        clock.shift(dt.timedelta(seconds=1))
        assert here(at_officer, EventFactory()) == []
    assert not Presence.objects.filter(user=second_officer).exists()


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow(number: int, at_officer: Client) -> None:
    """The same few for one colleague and for three."""
    session = SessionFactory()
    for user in UserFactory.create_batch(number, officer=True):
        Presence.objects.create(event=session.event, user=user, session=session, seen_at=dt.datetime.now(dt.UTC))
    here(at_officer, session.event, session=session.pk)
    with CaptureQueriesContext(connection) as asked:
        assert len(here(at_officer, session.event, session=session.pk)) == number
    assert len(asked) == 15
