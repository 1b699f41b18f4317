"""What each answer at the door costs: as much for many people as for one."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from events.registration import verify
from tests.events.admin.test_door import (  # noqa: F401 - fixtures
    _on_the_day,
    at_door,
    day,
    doorkeeper,
    mark,
    send,
    url,
)
from tests.events.registration.applying import apply, taking

pytestmark = pytest.mark.django_db
COUNTS = "SELECT events_checkin"
#: Who it is: the session, the user, the user's profile in the admin, and the two questions for rights.
WHO = [
    f"SELECT {table}"
    for table in ("django_session", "auth_user", "auth_permission", "auth_permission", "wagtailusers_userprofile")
]


def asked(act: Any) -> list[str]:
    """The statements of a request: what it asks for, and of which table, without the transaction's own."""
    with CaptureQueriesContext(connection) as found:
        assert act().status_code in (200, 302)
    words = [query["sql"].replace('"', "").split() for query in found.captured_queries]
    return [
        f"{each[0]} {each[each.index('FROM' if each[0] == 'SELECT' else 'INTO') + 1]}"
        for each in words
        if each[0] in ("SELECT", "INSERT")
    ]


def test_each_answer_asks_four_times_at_most_however_many_people(at_door: Client) -> None:  # noqa: F811
    event = taking()
    rows = [verify(registration=apply(event, f"Kişi {number}")) for number in range(4)]
    here = {"place": day(event)}
    for count in (1, 4):
        marks = [mark(row) for row in rows[:count]]
        costs = [
            asked(lambda: at_door.get(url(event), {**here, "q": "kisi"})),
            asked(lambda: at_door.get(url(event, "list/"), here)),
            asked(lambda marks=marks: send(at_door, event, *marks, place=here["place"])),
        ]
        assert [cost[: len(WHO)] for cost in costs] == [WHO] * 3
        assert [cost[len(WHO) :] for cost in costs] == [
            ["SELECT events_event", "SELECT events_session", "SELECT events_registration", COUNTS],
            ["SELECT events_event", "SELECT events_registration", "SELECT events_checkin"],
            [
                "SELECT events_registration",
                "INSERT events_checkinmark",
                "SELECT events_checkinmark",
                "INSERT events_checkin",
            ],
        ]
