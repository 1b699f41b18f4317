"""Leases: one holder at a time, whatever dies."""

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from events import leases
from events.models import Job

NOON = datetime(2027, 6, 10, 9, 0, tzinfo=UTC)


def claim(job: Job) -> Job | None:
    return leases.claim(Job.objects.all(), job.pk, state=Job.State.RUNNING)


@pytest.mark.django_db
def test_a_lent_row_is_nobody_elses_until_the_lease_runs_out() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        job = Job.objects.create(kind="try_out")
        first = claim(job)
        assert claim(job) is None
        clock.shift(timedelta(seconds=60))
        assert claim(job) is None
        clock.shift(timedelta(seconds=1))
        second = claim(job)
    assert (first and first.attempts, second and second.attempts) == (1, 2)


@pytest.mark.django_db
def test_who_lost_the_lease_cannot_write_the_end() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        job = Job.objects.create(kind="try_out")
        slow = claim(job)
        clock.shift(timedelta(seconds=61))
        quick = claim(job)
        assert slow
        assert quick
        assert leases.finish(quick, state=Job.State.DONE)
        assert not leases.finish(slow, state=Job.State.FAILED, error="too late")
        assert not leases.give_back(slow, state=Job.State.QUEUED, error="too late", after=timedelta())
    job.refresh_from_db()
    assert (job.state, job.error) == ("done", "")


@pytest.mark.django_db
def test_a_row_that_goes_while_it_is_claimed_is_nobodys() -> None:
    """An erasure deletes a letter between the claim and the reading of it; the sweep goes on with the next."""
    job = Job.objects.create(kind="try_out")

    def delete_afterwards(execute: Any, sql: str, *args: Any) -> Any:
        done = execute(sql, *args)
        if sql.startswith(f'UPDATE "{Job._meta.db_table}"'):
            Job.objects.filter(pk=job.pk).delete()
        return done

    with connection.execute_wrapper(delete_afterwards):
        assert claim(job) is None


@pytest.mark.django_db
def test_a_row_is_not_due_before_its_time() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        job = Job.objects.create(kind="try_out", due_at=NOON + timedelta(seconds=5))
        assert (claim(job), list(leases.due(Job.objects.all()))) == (None, [])
        clock.shift(timedelta(seconds=5))
        assert list(leases.due(Job.objects.all())) == [job]


@pytest.mark.django_db(transaction=True)
def test_of_many_who_try_at_once_one_gets_each_row() -> None:
    rows = Job.objects.bulk_create([Job(kind="try_out") for _each in range(20)])
    got: list[int] = []
    start = threading.Barrier(4)

    def worker() -> None:
        start.wait()
        got.extend(row.pk for row in rows if claim(row))
        connection.close()

    threads = [threading.Thread(target=worker) for _each in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == [row.pk for row in rows]


@pytest.mark.django_db(transaction=True)
def test_a_holder_that_lives_keeps_its_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """Five leases long, on a clock that stands until the lease was renewed: a busy machine renews late."""
    monkeypatch.setattr(leases, "RENEW_SECONDS", 0.05)
    with time_machine.travel(NOON, tick=False) as clock:
        job = claim(Job.objects.create(kind="try_out", due_at=NOON))
        assert job
        with leases.held(job):
            for _each in range(10):
                clock.shift(leases.LEASE / 2)
                assert is_lent(job, until=timezone.now() + leases.LEASE)
                assert claim(job) is None
        clock.shift(leases.LEASE + timedelta(seconds=1))
        assert claim(job)


def is_lent(job: Job, until: datetime) -> bool:
    """Whether it comes to be so, within half a minute."""
    pause = threading.Event()
    return any(Job.objects.filter(pk=job.pk, leased_until=until) or pause.wait(0.05) for _each in range(600))
