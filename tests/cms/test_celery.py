"""The bell through Redis: a worker beside the site does at once what was promised, and beat keeps the clock."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, transaction

from cms import celery as door
from cms.clock import TICKS
from events import bell, jobs
from events.models import Job

ROOT = Path(__file__).resolve().parents[2]


def test_beat_knows_the_whole_clock() -> None:
    door.app.finalize()
    schedule = door.app.conf.beat_schedule
    assert {name: (entry["schedule"], entry["args"]) for name, entry in schedule.items()} == {
        name: (tick.seconds, (name,)) for name, tick in TICKS.items()
    }


@pytest.mark.django_db
@pytest.mark.parametrize("name", list(TICKS))
def test_each_tick_runs_on_a_fresh_site(name: str) -> None:
    door.tick(name)


#: Tells how long it slept, not how long it took: whoever tries again waits in between, and a slow machine does not.
PROMISE = """
import time
slept = []
time.sleep = slept.append
from tests.events import killable_worker
from events import jobs
job = jobs.promise_job("write_diary", event=1)
print(sum(slept) < 1, job.pk)
"""


def environ(**others: str) -> dict[str, str]:
    """What a process beside this one needs to work in this test's database."""
    return os.environ | {
        "WORKER_DATABASE": str(connection.settings_dict["NAME"]),
        "WORKER_DIARY": os.devnull,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        **others,
    }


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_away_costs_no_promise_and_no_wait() -> None:
    command = [sys.executable, "-c", PROMISE]
    away = environ(REDIS_URL="redis://127.0.0.1:1/0")
    said = subprocess.run(command, cwd=ROOT, env=away, check=True, capture_output=True, text=True)
    job = Job.objects.get()
    assert said.stdout == f"True {job.pk}\n"
    assert said.stderr.endswith("bell not heard: OperationalError\n")
    assert job.state == "queued"


@pytest.fixture
def worker() -> Iterator[subprocess.Popen[bytes]]:
    command = [
        "-m",
        "celery",
        "-A",
        "tests.events.killable_worker",
        "worker",
        "--pool",
        "solo",
        "--loglevel",
        "WARNING",
    ]
    process = subprocess.Popen([sys.executable, *command], cwd=ROOT, env=environ())
    yield process
    process.terminate()
    process.wait(180)


@pytest.mark.redis
@pytest.mark.django_db(transaction=True)
def test_a_worker_hears_of_a_job_at_once(worker: subprocess.Popen[bytes]) -> None:
    jobs.register("write_diary", lambda job: None)
    bell.listen(door.announce)
    try:
        with transaction.atomic():
            job = jobs.promise_job("write_diary", event=1)
    finally:
        bell.unlisten(door.announce)
    end = time.monotonic() + 180
    while Job.objects.get(pk=job.pk).state != "done":
        assert worker.poll() is None
        assert time.monotonic() < end
        time.sleep(0.05)
