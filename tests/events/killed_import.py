"""A process that begins the import of a large file and is killed in the middle of its transaction."""

import os
import signal
import sys

import django
from django.conf import settings

settings.DATABASES["default"]["NAME"] = os.environ["WORKER_DATABASE"]
django.setup()

from events import leases  # noqa: E402 - the database must be chosen first
from events.exchange.imports import finish_import  # noqa: E402
from events.models import Job, ProgrammeImport  # noqa: E402


def die_late(done: int, total: int) -> None:
    """Three quarters through, most sessions have been made."""
    if done * 4 > total * 3:
        os.kill(os.getpid(), signal.SIGKILL)


job = leases.claim(Job.objects.all(), int(sys.argv[1]), state=Job.State.RUNNING)
assert job
upload = ProgrammeImport.objects.select_related("event").get(pk=job.payload["upload"])
finish_import(upload=upload, agreed=upload.digest, by=job.owner, tell=die_late)
