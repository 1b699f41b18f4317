"""The door to Celery, and workers that are killed in the middle of their work."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from cms import celery as door
from events import jobs, mail
from events.models import Job, Message
from tests import smtp_sink

ROOT = Path(__file__).resolve().parents[2]
ROWS = 40
KILLS = 3


@pytest.mark.django_db
def test_the_task_does_the_job() -> None:
    jobs.register("try_out", lambda job: {"event": job.payload["event"]})
    job = jobs.promise_job("try_out", event=5)
    door.app.loader.import_default_modules()
    door.app.tasks["events.run_job"](job.pk)
    job.refresh_from_db()
    assert (job.state, job.result) == ("done", {"event": 5})


def start(diary: Path, port: int) -> subprocess.Popen[bytes]:
    """A process that works off what is due, in this test's database, until it is killed."""
    environ = os.environ | {
        "WORKER_DATABASE": str(connection.settings_dict["NAME"]),
        "WORKER_DIARY": str(diary),
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    return subprocess.Popen([sys.executable, "-m", "tests.events.killable_worker"], cwd=ROOT, env=environ)


def wait_for(rows: int, worker: subprocess.Popen[bytes]) -> None:
    """Until so many rows are finished."""
    end = time.monotonic() + 180
    while finished() < rows:
        assert worker.poll() is None, "the worker ended by itself"
        assert time.monotonic() < end, f"{finished()} of {rows} rows after three minutes"
        time.sleep(0.02)


def finished() -> int:
    return Job.objects.exclude(finished_at=None).count() + Message.objects.exclude(finished_at=None).count()


@pytest.mark.early
@pytest.mark.django_db(transaction=True)
def test_nothing_is_lost_however_often_a_worker_is_killed(tmp_path: Path) -> None:
    diary = tmp_path / "diary"
    jobs.register("write_diary", lambda job: None)
    promised = [jobs.promise_job("write_diary", event=number) for number in range(ROWS)]
    letters = [
        mail.promise_message("job_failed", language="tr", to_address=f"m{number}@example.org", context={"job": job})
        for number, job in enumerate(promised)
    ]
    with smtp_sink.serving() as sink:
        for round_ in range(KILLS + 1):
            worker = start(diary, sink.port)
            last = round_ == KILLS
            wait_for(2 * ROWS if last else finished() + 8, worker)
            worker.send_signal(signal.SIGKILL)
            worker.wait()
    done = [int(line) for line in diary.read_text().split()]
    sent = [letter["Message-ID"] for letter in sink.letters]
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}
    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}
    assert set(done) == set(range(ROWS))
    assert set(sent) == {letter.message_id for letter in letters}
    # A kill may fall between the work and the row's end: that one row is done again.
    assert len(done) <= ROWS + KILLS
    assert len(sent) <= ROWS + KILLS
