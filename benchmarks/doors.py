"""A thousand people checked in one by one: how often each answer of the door asks the database."""

import datetime as dt
import json
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import time_machine
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client

from benchmarks.content import FAMILY, FIRST_DAY, GIVEN
from benchmarks.measuring import Figure
from events.models import CheckIn, Event, Registration, RegistrationSettings
from events.models.base import new_key
from events.models.registration.registrations import State

PEOPLE, BOUND = 1000, 4
#: Who it is and what they may: asked before every page of the admin, and not the door's own.
WHO = ("django_session", "auth_user", "auth_permission", "wagtailusers_userprofile", "otp_", "cms_")
_TRANSACTION = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT")


def figures(slug: str) -> Iterator[Figure]:
    """The most that any answer asks, beside session, user and rights."""
    event = Event.objects.get(slug=slug)
    with time_machine.travel(dt.datetime.combine(FIRST_DAY, dt.time(9), tzinfo=dt.UTC)):
        yield _on_the_day(event)


def _on_the_day(event: Event) -> Figure:
    rows, client = _people(event), _doorkeeper()
    door, place = f"/admin/events/{event.pk}/door/", FIRST_DAY.isoformat()
    most: dict[str, int] = {}
    began = time.perf_counter()
    for row in rows:
        _note(most, "mark", lambda row=row: _mark(client, door, place, row))  # type: ignore[misc]
    each = (time.perf_counter() - began) / PEOPLE
    assert CheckIn.objects.present().filter(registration__event=event).count() == PEOPLE
    _note(most, "list", lambda: client.get(f"{door}list/", {"place": place}))
    _note(most, "search", lambda: client.get(door, {"place": place, "q": "ayse"}))
    told = ", ".join(f"{name} {count}" for name, count in most.items())
    name = f"check-in of {PEOPLE:,} people, queries an answer"
    return Figure(
        name, max(most.values()), BOUND, at_most=True, unit="queries", detail=f"{told}; {each * 1000:.1f} ms a mark"
    )


def _people(event: Event) -> list[Registration]:
    RegistrationSettings.objects.get_or_create(event=event, defaults={"taken": PEOPLE})
    names = [f"{GIVEN[at % len(GIVEN)]} {FAMILY[at // len(GIVEN) % len(FAMILY)]} {at}" for at in range(PEOPLE)]
    rows = [
        Registration(
            event=event,
            code=new_key(),
            person_key=f"~{at}",
            name=name,
            organisation_name="Örnek Belediyesi",
            state=State.CONFIRMED,
            seat=True,
        )
        for at, name in enumerate(names)
    ]
    return Registration.objects.bulk_create(rows)


def _doorkeeper() -> Client:
    user = User.objects.create_user(f"door-{uuid.uuid4().hex[:8]}")
    user.groups.add(Group.objects.get(name="Check-in"))
    client = Client(headers={"accept-language": "tr"}, SERVER_NAME="127.0.0.1")
    client.force_login(user)
    return client


def _mark(client: Client, door: str, place: str, row: Registration) -> Any:
    now = int(time.time() * 1000)
    mark = {"code": row.code, "state": "present", "at": now, "key": str(uuid.uuid4())}
    body = json.dumps({"place": place, "now": now, "marks": [mark]})
    return client.post(f"{door}marks/", body, content_type="application/json")


def _note(most: dict[str, int], name: str, act: Callable[[], Any]) -> None:
    with _counting() as asked:
        answer = act()
    assert answer.status_code == 200, f"{name}: {answer.status_code}"
    most[name] = max(most.get(name, 0), len(asked))


@contextmanager
def _counting() -> Iterator[list[str]]:
    """The statements of the door's own."""
    asked: list[str] = []

    def see(execute: Any, sql: str, *rest: Any) -> Any:
        if not sql.startswith(_TRANSACTION) and not any(f'"{table}' in sql for table in WHO):
            asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(see):
        yield asked
