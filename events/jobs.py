"""Work for later: promised as a row, done by whoever claims it first, repeated where that failed.

A rule calls `promise_job` with a kind and ids and never imports what does the work. The package whose
work it is names its handler when the app is ready (`register`). A handler gets the Job, may be run twice
and must leave the same behind; what it returns is kept as the job's result.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from events import bell, leases, mail
from events.models import Job

logger = logging.getLogger(__name__)

Handler = Callable[[Job], dict[str, Any] | None]

MAX_ATTEMPTS = 6
_FIRST_WAIT = timedelta(seconds=15)
_LONGEST_ERROR = 2000

_handlers: dict[str, str | Handler] = {}


class JobRefusedError(Exception):
    """The work can never succeed: its handler says so, and nobody tries again."""


def register(kind: str, handler: str | Handler) -> None:
    """Name what does the work of `kind`: a function, or its dotted name where its module is slow to import."""
    _handlers[kind] = handler


def promise_job(kind: str, *, owner: Any = None, **payload: Any) -> Job:
    """A job in the caller's transaction; it is announced when that commits.

    `payload` holds ids and codes only, never personal data. An unknown `kind` is a KeyError here, not later.
    """
    if kind not in _handlers:
        raise KeyError(kind)
    job = Job.objects.create(kind=kind, payload=payload, owner=owner)
    transaction.on_commit(lambda: bell.ring("job", job.pk), robust=True)
    return job


def run_job(pk: int) -> None:
    """Do one job, if it is still to be done and nobody else is at it."""
    job = leases.claim(Job.objects.all(), pk, state=Job.State.RUNNING)
    if job is None:
        return
    if job.attempts > MAX_ATTEMPTS:
        # Each time the process died with it, or the last error would have ended it.
        _fail(job, job.error or "The process ended during each attempt.")
        return
    try:
        with leases.held(job):
            result = _handler(job.kind)(job)
    except JobRefusedError as error:
        _fail(job, str(error))
    except Exception as error:  # whatever a handler raises, the row must say so
        logger.exception("job %s (%s) failed", job.pk, job.kind)
        _try_again(job, f"{type(error).__name__}: {error}")
    else:
        leases.finish(job, state=Job.State.DONE, result=result or {})


def _handler(kind: str) -> Handler:
    handler = _handlers.get(kind)
    if handler is None:
        raise JobRefusedError(f"Nothing here does jobs of the kind {kind!r}.")
    return import_string(handler) if isinstance(handler, str) else handler


def _try_again(job: Job, error: str) -> None:
    if job.attempts >= MAX_ATTEMPTS:
        _fail(job, error)
        return
    wait = _FIRST_WAIT * 2 ** (job.attempts - 1)
    leases.give_back(job, state=Job.State.QUEUED, error=error[:_LONGEST_ERROR], after=wait)


def _fail(job: Job, error: str) -> None:
    """End the job and tell the staff, in one transaction."""
    with transaction.atomic():
        if leases.finish(job, state=Job.State.FAILED, error=error[:_LONGEST_ERROR]):
            for address in settings.STAFF_MAIL:
                mail.promise_message(
                    "job_failed", language=settings.LANGUAGE_CODE, to_address=address, context={"job": job}
                )
