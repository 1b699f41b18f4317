"""The worker and the clock inside a web process."""

import os
import time
from collections.abc import Iterator

import pytest
from pytest_django import Settings

from cms import embedded
from events import jobs
from events.models import Job

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _stopped(settings: Settings) -> Iterator[None]:
    settings.REDIS_URL = ""
    yield
    embedded.stop()


def wait_until_done(count: int) -> None:
    """Of ours alone: the clock promises jobs of its own."""
    end = time.monotonic() + 60
    while Job.objects.filter(kind="try_out", state="done").count() < count:
        assert time.monotonic() < end
        time.sleep(0.02)


def test_what_was_promised_before_and_after_its_start_is_done_at_once() -> None:
    pids: list[int] = []

    def work(job: Job) -> None:
        pids.append(os.getpid())

    jobs.register("try_out", work)
    jobs.promise_job("try_out", event=1)
    embedded.ensure_running()
    wait_until_done(1)
    jobs.promise_job("try_out", event=2)
    wait_until_done(2)
    assert pids == [os.getpid()] * 2


def test_it_starts_once_in_a_process() -> None:
    embedded.ensure_running()
    first = embedded._running
    embedded.ensure_running()
    assert embedded._running is first


def test_with_redis_it_does_not_start(settings: Settings) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    embedded.ensure_running()
    assert embedded._running is None
