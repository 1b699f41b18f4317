"""Work for later: promised as a row, done by whoever claims it first, repeated where that failed.

A rule calls `promise_job` with a kind and ids and never imports what does the work. The package whose
work it is names its handler when the app is ready (`register`). A handler gets the Job, may be run twice
and must leave the same behind; what it returns is kept as the job's result.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from events import bell, leases, mail, permissions, retrying
from events.models import Job

logger = logging.getLogger(__name__)

Handler = Callable[[Job], dict[str, Any] | None]

MAX_ATTEMPTS = 6
_FIRST_WAIT = timedelta(seconds=15)
_LONGEST_ERROR = 2000

_handlers: dict[str, str | Handler] = {}
_kinds: dict[str, "Kind"] = {}


@dataclass(frozen=True)
class Kind:
    """A kind of work as officers read of it: its name, and who tells what a job is about and what came of it."""

    label: str | Promise = ""
    teller: "str | Teller | None" = None


@dataclass(frozen=True)
class About:
    """What a job works on and what came of it, each with where that is to be seen, and in words why it failed."""

    what: str = ""
    url: str = ""
    outcome: str = ""
    outcome_url: str = ""
    why: str = ""


Teller = Callable[[list[Job]], dict[int, About]]


class JobRefusedError(Exception):
    """The work can never succeed: its handler says so, and nobody tries again."""


def register(
    kind: str, handler: str | Handler, *, label: str | Promise = "", teller: str | Teller | None = None
) -> None:
    """Name what does the work of `kind`: a function, or its dotted name where its module is slow to import.

    `label` is what the jobs page calls it. `teller`, a function or its name, tells of many jobs of this kind at once.
    """
    _handlers[kind] = handler
    _kinds[kind] = Kind(label, teller)


def kind_label(kind: str) -> str:
    """What a kind of work is called; its code where nobody named it."""
    return str(_kinds[kind].label or kind) if kind in _kinds else kind


def kind_labels() -> dict[str, str]:
    """All kinds of work that somebody does here."""
    return {kind: kind_label(kind) for kind in _kinds}


def about(jobs: Iterable[Job]) -> dict[int, About]:
    """What each job works on, asked once for each kind however many jobs there are."""
    by_kind: dict[str, list[Job]] = {}
    for job in jobs:
        by_kind.setdefault(job.kind, []).append(job)
    told: dict[int, About] = {}
    for kind, rows in by_kind.items():
        teller = _kinds[kind].teller if kind in _kinds else None
        if teller is not None:
            told |= (import_string(teller) if isinstance(teller, str) else teller)(rows)
    return told


def retry_job(*, job: Job, by: permissions.Permitted | None) -> bool:
    """Queue a failed job again with all its attempts; False where it has not failed."""
    permissions.require(permissions.may_retry_jobs(by))
    return retrying.retry(job)


def cancel_job(*, job: Job, by: permissions.Permitted | None) -> bool:
    """Call off a job that a person began and nobody works on; False where it runs, is done or is the site's own."""
    permissions.require(permissions.may_retry_jobs(by))
    waiting = leases.waiting(Job.objects.filter(pk=job.pk, state=Job.State.QUEUED).exclude(owner=None))
    return bool(waiting.update(state=Job.State.CANCELLED, leased_until=None, finished_at=timezone.now()))


def promise_job(kind: str, *, owner: Any = None, due_at: datetime | None = None, **payload: Any) -> Job:
    """A job in the caller's transaction; it is announced when that commits. It is done at `due_at`, else at once.

    `payload` holds ids and codes only, never personal data. An unknown `kind` is a KeyError here, not later.
    """
    if kind not in _handlers:
        raise KeyError(kind)
    job = Job.objects.create(kind=kind, payload=payload, owner=owner, due_at=due_at or timezone.now())
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
            language = settings.LANGUAGE_CODE
            with translation.override(language):
                told = {"job": job, "label": kind_label(job.kind)}
            for address in settings.STAFF_MAIL:
                mail.promise_message("job_failed", language=language, to_address=address, context=told)
