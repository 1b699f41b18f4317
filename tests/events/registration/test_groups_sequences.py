"""Whatever people, contacts, officers and the clock do one after another: seats, line and groups stay whole."""

import contextlib
import random
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection

from events.models import Event, Registration, RegistrationGroup, RegistrationSettings
from events.registration import Applicant, accept_offer, cancel, expire_due, offer, save_settings, verify, waitlist
from events.registration.groups.deciding import (
    accept_group,
    cancel_group,
    offer_group,
    verify_group,
    waitlist_group,
)
from events.registration.groups.members import add_member
from events.registration.groups.registering import Member
from events.registration.line import LAST_HOURS
from events.registration.substituting import substitute
from tests.events.registration.applying import apply
from tests.events.registration.grouped import apply_group, taking_groups

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 6, 4, 9, 0, tzinfo=UTC)
OFFICES = ("Ilgaz", "Çınar", "Gölyaka", "")
ACTS = 120


class Town:
    """One event and everything that anybody may do, by chance."""

    def __init__(self, seed: int, clock: Any) -> None:
        self.chance, self.clock = random.Random(seed), clock  # noqa: S311 - repeatable, no secret
        self.event: Event = taking_groups(
            capacity=self.chance.randint(4, 9), quota=self.chance.choice([None, 4]), offer_hours=5, largest_group=6
        )
        self.people = 0
        self.acts: list[tuple[int, Callable[[], Any]]] = [
            (6, self.come), (5, self.come_together), (4, self.confirm), (4, self.confirm_group), (4, self.accept),
            (4, self.accept_together), (5, self.leave), (2, self.leave_together), (1, self.put_back),
            (1, self.put_back_together), (2, self.join), (2, self.replace), (1, self.resize), (1, self.out_of_turn),
            (2, self.wait),
        ]  # fmt: skip

    def act(self) -> str:
        weights = [weight for weight, _act in self.acts]
        act = self.chance.choices([act for _weight, act in self.acts], weights)[0]
        with contextlib.suppress(ValidationError, IndexError):
            act()
        return act.__name__

    def new(self) -> str:
        self.people += 1
        return f"P{self.people}"

    def one(self, *found: str) -> Registration:
        """Somebody in one of these states; IndexError where there is nobody."""
        return self.chance.choice(list(Registration.objects.filter(event=self.event, state__in=found).order_by("pk")))

    def group(self, *found: str) -> RegistrationGroup:
        rows = RegistrationGroup.objects.filter(event=self.event, state__in=found)
        return self.chance.choice(list(rows.order_by("pk")))

    def come(self) -> None:
        apply(self.event, self.new(), organisation=self.chance.choice(OFFICES))

    def come_together(self) -> None:
        office = self.chance.choice(OFFICES[:3])
        apply_group(self.event, self.new(), self.chance.randint(2, 5), organisation=office)

    def confirm(self) -> None:
        verify(registration=self.one("unverified"))

    def confirm_group(self) -> None:
        verify_group(group=self.group("unverified"))

    def accept(self) -> None:
        accept_offer(registration=self.one("offered"))

    def accept_together(self) -> None:
        accept_group(group=self.group("offered"))

    def leave(self) -> None:
        cancel(registration=self.one("unverified", "confirmed", "waitlisted", "offered"))

    def leave_together(self) -> None:
        cancel_group(group=self.group("unverified", "confirmed", "waitlisted", "offered"))

    def put_back(self) -> None:
        waitlist(registration=self.one("confirmed", "offered"))
        self.settle()

    def put_back_together(self) -> None:
        waitlist_group(group=self.group("confirmed", "offered"))
        self.settle()

    def settle(self) -> None:
        """Whoever was put back is not offered the same seat at once, but with the next act that looks at the line."""
        save_settings(settings=RegistrationSettings.objects.get(event=self.event))

    def join(self) -> None:
        name = self.new()
        add_member(group=self.group("confirmed"), member=Member(Applicant(name=name, email=f"{name}@sample.example")))

    def replace(self) -> None:
        name = self.new()
        taken = self.one("confirmed")
        substitute(registration=taken, applicant=Applicant(name=name, email=f"{name}@sample.example"))

    def resize(self) -> None:
        settings = RegistrationSettings.objects.get(event=self.event)
        settings.capacity = self.chance.randint(3, 12)
        settings.clean()
        save_settings(settings=settings)

    def out_of_turn(self) -> None:
        if self.chance.random() < 0.5:
            offer(registration=self.one("waitlisted"))
        else:
            offer_group(group=self.group("waitlisted"))

    def wait(self) -> None:
        self.clock.shift(timedelta(hours=self.chance.randint(1, 8)))
        expire_due()


def rows(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def check(event: Event, now: datetime) -> None:
    """What must hold after every act, asked by SQL and not by the code that is tried."""
    ((taken, capacity, last),) = rows(
        "SELECT taken, capacity, last_waiting FROM events_registrationsettings WHERE event_id = %s", event.pk
    )
    people = rows(
        "SELECT id, state, seat, waiting_number, group_id, organisation_key FROM events_registration"
        " WHERE event_id = %s ORDER BY waiting_number",
        event.pk,
    )
    groups = dict(rows("SELECT id, state FROM events_registrationgroup WHERE event_id = %s", event.pk))
    seated = [row for row in people if row[2]]
    assert taken == len(seated) <= capacity
    numbers = [row[3] for row in people if row[3] is not None]
    assert len(set(numbers)) == len(numbers)
    assert all(1 <= number <= last for number in numbers)
    active = [row for row in people if row[1] not in ("expired", "declined", "cancelled")]
    for group, state in groups.items():
        assert {row[1] for row in active if row[4] == group} <= {state}, "a group is split"
    assert nobody_waits_for_nothing(event, people, capacity - taken, now)


def nobody_waits_for_nothing(event: Event, people: list[tuple[Any, ...]], free: int, now: datetime) -> bool:
    """No party waits that has room and may sit down by the rule, told here once more in other words."""
    ((quota,),) = rows("SELECT quota FROM events_registrationsettings WHERE event_id = %s", event.pk)
    ((capacity,),) = rows("SELECT capacity FROM events_registrationsettings WHERE event_id = %s", event.pk)
    passed = dict(rows("SELECT id, passed FROM events_registrationgroup WHERE event_id = %s", event.pk))
    begins = event.public.starts_at
    late = begins - now <= LAST_HOURS
    seats = Counter(row[5] for row in people if row[2] and row[5])
    line: dict[Any, list[Any]] = {}
    for row in sorted((row for row in people if row[3] is not None), key=lambda row: row[3]):
        line.setdefault(row[4] or f"alone {row[0]}", []).append(row[5])
    ahead: list[tuple[int, int, str | None]] = []
    for who, offices in line.items():
        size, office = len(offices), offices[0]
        enough = quota is None or not office or seats[office] + size <= quota
        blocked = any(
            passed[group] + size > length and only in (None, office) for group, length, only in ahead
        )  # fmt: skip
        if size <= free and enough and (late or not blocked):
            return False
        possible = size <= capacity and (quota is None or not office or size <= quota)
        if isinstance(who, int) and possible:
            ahead.append((who, size, None if enough else office))
    return True


@pytest.mark.parametrize("seed", range(6))
def test_after_each_of_many_acts_everything_is_whole(seed: int) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        town = Town(seed, clock)
        done: Counter[str] = Counter()
        for number in range(ACTS):
            act = town.act()
            done[act] += 1
            try:
                check(town.event, datetime.now(UTC))
            except AssertionError as error:
                raise AssertionError(f"after act {number}, {act}, of seed {seed}") from error
    assert len(done) >= 12
