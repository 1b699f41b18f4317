"""A worker for the test that kills it: short leases, and a diary of what it did."""

import os
import time
from datetime import timedelta
from pathlib import Path

import django
from django.conf import settings

settings.DATABASES["default"]["NAME"] = os.environ["WORKER_DATABASE"]
django.setup()

from cms.celery import app  # noqa: E402 - the database must be chosen first
from events import jobs, leases, periodic  # noqa: E402
from events.models import Job  # noqa: E402

leases.LEASE = timedelta(seconds=1)
leases.RENEW_SECONDS = 0.2
diary = Path(os.environ["WORKER_DIARY"])


def write(job: Job) -> None:
    with diary.open("a") as file:
        file.write(f"{job.payload['event']}\n")
    time.sleep(0.01)


jobs.register("write_diary", write)
celery = app  # for `celery -A tests.events.killable_worker`

if __name__ == "__main__":
    while True:
        periodic.run_due_jobs()
        periodic.send_due_messages()
        time.sleep(0.05)
