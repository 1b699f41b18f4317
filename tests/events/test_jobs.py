"""Jobs: done once, tried again, given up, and the staff told."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy

from events import jobs, leases, periodic
from events.models import Job, Message

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 6, 10, 9, 0, tzinfo=UTC)


class Work:
    """A handler that fails as often as it is told to."""

    def __init__(self) -> None:
        self.done: list[int] = []
        self.failures: list[Exception] = []

    def __call__(self, job: Job) -> dict[str, int]:
        self.done.append(job.payload["event"])
        if self.failures:
            raise self.failures.pop(0)
        return {"pages": 3}


@pytest.fixture
def work() -> Iterator[Work]:
    handler = Work()
    jobs.register("try_out", handler)
    yield handler
    jobs.register("try_out", Work())


def told(job: Job) -> tuple[str, int, str, dict[str, int]]:
    job.refresh_from_db()
    return job.state, job.attempts, job.error, job.result


def test_a_job_is_done_once_and_keeps_its_result(work: Work) -> None:
    job = jobs.promise_job("try_out", event=5)
    for _each in range(3):
        periodic.run_due_jobs()
        jobs.run_job(job.pk)
    assert work.done == [5]
    assert told(job) == ("done", 1, "", {"pages": 3})


def test_a_job_of_a_transaction_that_was_undone_never_existed(work: Work) -> None:
    with transaction.atomic():
        jobs.promise_job("try_out", event=5)
        transaction.set_rollback(True)
    periodic.run_due_jobs()
    assert work.done == []


def test_a_kind_nobody_knows_is_an_error_at_once() -> None:
    with pytest.raises(KeyError, match="unheard_of"):
        jobs.promise_job("unheard_of", event=5)


def test_a_kind_this_process_does_not_know_fails_the_job() -> None:
    job = Job.objects.create(kind="unheard_of")
    jobs.run_job(job.pk)
    assert told(job) == ("failed", 1, "Nothing here does jobs of the kind 'unheard_of'.", {})


def test_a_handler_may_be_named_by_its_dotted_name() -> None:
    jobs.register("by_name", f"{__name__}.count_letters")
    job = jobs.promise_job("by_name", event=5)
    jobs.run_job(job.pk)
    assert told(job) == ("done", 1, "", {"letters": 0})


def count_letters(job: Job) -> dict[str, int]:
    return {"letters": Message.objects.count()}


def test_a_failed_job_waits_longer_each_time_and_is_done_in_the_end(work: Work) -> None:
    work.failures = [OSError("no space left"), ValueError("odd")]
    with time_machine.travel(NOON, tick=False) as clock:
        job = jobs.promise_job("try_out", event=5)
        seen = []
        for seconds in (0, 14, 1, 29, 1):
            clock.shift(timedelta(seconds=seconds))
            periodic.run_due_jobs()
            seen.append(told(job)[:3])
    assert seen == [
        ("queued", 1, "OSError: no space left"),
        ("queued", 1, "OSError: no space left"),
        ("queued", 2, "ValueError: odd"),
        ("queued", 2, "ValueError: odd"),
        ("done", 3, ""),
    ]


def test_a_job_that_never_succeeds_is_given_up_and_the_staff_told(work: Work) -> None:
    work.failures = [OSError("no space left")] * 10
    with time_machine.travel(NOON, tick=False) as clock:
        job = jobs.promise_job("try_out", event=5)
        for _hour in range(10):
            periodic.run_due_jobs()
            clock.shift(timedelta(hours=1))
    assert len(work.done) == jobs.MAX_ATTEMPTS
    assert told(job) == ("failed", 6, "OSError: no space left", {})
    assert list(Message.objects.values_list("letter", "to_address", "language")) == [
        ("job_failed", "officer@example.org", "tr")
    ]


def test_the_letter_names_the_work_as_its_reader_does_and_leads_to_it() -> None:
    def refuse(job: Job) -> None:
        raise jobs.JobRefusedError("Gone.")

    jobs.register("named", refuse, label=gettext_lazy("Set the programme for printing"))
    job = jobs.promise_job("named", event=5)
    with translation.override("en"):
        jobs.run_job(job.pk)
    message = Message.objects.get()
    assert message.subject == f"Köprü: “Programı baskıya hazırla” yapılamadı ({job.pk} numaralı iş)"
    assert f"http://testserver/admin/jobs/inspect/{job.pk}/\n" in message.body_text
    assert f'href="http://testserver/admin/jobs/inspect/{job.pk}/"' in message.body_html
    assert "named" not in message.subject + message.body_text + message.body_html


def test_a_job_that_its_handler_refuses_is_not_tried_again(work: Work) -> None:
    work.failures = [jobs.JobRefusedError("The release is gone.")]
    job = jobs.promise_job("try_out", event=5)
    periodic.run_due_jobs()
    assert told(job) == ("failed", 1, "The release is gone.", {})
    assert Message.objects.count() == 1


def test_a_job_that_kills_each_process_is_given_up(work: Work) -> None:
    job = jobs.promise_job("try_out", event=5)
    with time_machine.travel(NOON, tick=False) as clock:
        Job.objects.update(due_at=NOON)
        for _each in range(jobs.MAX_ATTEMPTS):
            assert leases.claim(Job.objects.all(), job.pk, state=Job.State.RUNNING)
            clock.shift(timedelta(seconds=61))
        periodic.run_due_jobs()
    assert work.done == []
    assert told(job)[:3] == ("failed", 7, "The process ended during each attempt.")
