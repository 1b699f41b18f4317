"""How far a job is, told while its own transaction is still open.

What is written inside a transaction nobody else can see, and a database of one writer lets nobody else write
beside it. So it goes into the cache, which forgets it by itself, and only between transactions into the row.
"""

import time
from collections.abc import Callable

from django.core.cache import cache
from django.db import connection

from events.models import Job

_SECONDS = 0.5
_FORGET = 300


def teller(job: Job) -> Callable[[int, int], None]:
    """A function that takes ``(done, total)`` as often as one likes and tells it twice a second."""
    last = 0.0

    def tell(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= _SECONDS:
            last = now
            _write(job, done, total)

    return tell


def _write(job: Job, done: int, total: int) -> None:
    cache.set(_key(job), (done, total), _FORGET)
    if not connection.in_atomic_block:
        Job.objects.filter(pk=job.pk, attempts=job.attempts, finished_at=None).update(done=done, total=total)


def seen(job: Job) -> tuple[int, int | None]:
    """How much is done, and of how much where that is known."""
    told: tuple[int, int] | None = cache.get(_key(job)) if job.state == Job.State.RUNNING else None
    return told or (job.done, job.total)


def _key(job: Job) -> str:
    return f"job-progress:{job.pk}:{job.attempts}"
