"""What the clock asks for."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from events import bell, jobs, periodic
from events.models import Job, Presence
from tests.factories import EventFactory, UserFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 6, 10, 9, 0, tzinfo=UTC)


def test_what_nobody_announced_is_found_within_75_seconds() -> None:
    """Also what somebody began and did not end: the lease and the sweep together."""
    rung: list[tuple[str, int]] = []

    def listener(what: str, pk: int) -> None:
        rung.append((what, pk))

    bell.listen(listener)
    with time_machine.travel(NOON, tick=False) as clock:
        unheard = Job.objects.create(kind="try_out")
        died = Job.objects.create(kind="try_out", state=Job.State.RUNNING, leased_until=NOON + timedelta(seconds=60))
        Job.objects.create(kind="try_out", state=Job.State.DONE, finished_at=NOON)
        periodic.announce_due_jobs()
        assert rung == [("job", unheard.pk)]
        clock.shift(timedelta(seconds=75))
        periodic.announce_due_jobs()
    bell.unlisten(listener)
    assert rung[1:] == [("job", unheard.pk), ("job", died.pk)]


def test_done_jobs_are_forgotten_after_a_month_and_failed_ones_kept() -> None:
    jobs.register("try_out", lambda job: None)
    for days, state in ((29, "done"), (31, "done"), (31, "failed"), (31, "queued")):
        ended = NOON - timedelta(days=days) if state != "queued" else None
        Job.objects.create(kind=f"{state}-{days}", state=state, finished_at=ended)
    with time_machine.travel(NOON, tick=False):
        periodic.forget_done_jobs()
    assert sorted(Job.objects.values_list("kind", flat=True)) == ["done-29", "failed-31", "queued-31"]


def test_who_was_at_a_desk_is_forgotten_within_minutes() -> None:
    """A minute after a browser that did not say that it closed."""
    event, users = EventFactory(), UserFactory.create_batch(2, officer=True)
    for user, seconds in zip(users, (59, 61), strict=True):
        Presence.objects.create(event=event, user=user, seen_at=NOON - timedelta(seconds=seconds))
    with time_machine.travel(NOON, tick=False):
        periodic.forget_presences()
    assert [each.user for each in Presence.objects.all()] == users[:1]
