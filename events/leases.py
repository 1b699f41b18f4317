"""Rows that one process at a time works on, and that outlive any process.

A row is claimed by one conditional UPDATE that also lends it for LEASE, so any number of processes may
try, on SQLite too. Whoever holds it renews the lease while it works; where that process dies, the lease
runs out and the next sweep finds the row. `attempts` counts the claims and so names the present one: a
process that lost its lease can no longer write the row's end.
"""

import contextlib
import logging
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import DatabaseError, connection
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from events.models.outbox import Leased

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
RENEW_SECONDS = 20.0
# A handler that hangs must not hold its row for ever.
LONGEST = timedelta(minutes=30)

L = TypeVar("L", bound=Leased)


def unfinished() -> Q:
    """Rows that still wait for their end, whenever their time comes."""
    return Q(finished_at=None)


def due(rows: QuerySet[L], now: datetime | None = None) -> QuerySet[L]:
    """The rows that somebody should work on now: not finished, their time has come, lent to nobody."""
    now = now or timezone.now()
    return waiting(rows, now).filter(due_at__lte=now).order_by("due_at", "pk")


def waiting(rows: QuerySet[L], now: datetime | None = None) -> QuerySet[L]:
    """The rows that nobody is at: not finished, lent to nobody."""
    now = now or timezone.now()
    return rows.filter(Q(leased_until=None) | Q(leased_until__lt=now), unfinished())


def claim(rows: QuerySet[L], pk: int, *, state: str) -> L | None:
    """The row, lent to the caller and put into `state`; None where it is finished, not due or lent."""
    now = timezone.now()
    mine = due(rows.filter(pk=pk), now).order_by()
    if not mine.update(state=state, leased_until=now + LEASE, attempts=F("attempts") + 1):
        return None
    # Or gone by now: an erasure takes letters along that nobody has sent.
    return rows.filter(pk=pk).first()


def _held(row: Leased) -> QuerySet[Any]:
    return type(row)._default_manager.filter(pk=row.pk, attempts=row.attempts, finished_at=None)


def finish(row: Leased, *, state: str, error: str = "", **values: Any) -> bool:
    """End the row for good. False where the lease was lost and somebody else has the row now."""
    now = timezone.now()
    return bool(_held(row).update(state=state, error=error, leased_until=None, finished_at=now, **values))


def give_back(row: Leased, *, state: str, error: str, after: timedelta) -> bool:
    """Put the row back to be tried again `after` a while."""
    due_at = timezone.now() + after
    return bool(_held(row).update(state=state, error=error, leased_until=None, due_at=due_at))


@contextlib.contextmanager
def held(row: Leased) -> Iterator[None]:
    """Renew the row's lease from a thread of its own for as long as the block runs."""
    done = threading.Event()
    thread = threading.Thread(target=_renew, args=(row, done), name=f"lease-{row.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _renew(row: Leased, done: threading.Event) -> None:
    end = timezone.now() + LONGEST
    try:
        while not done.wait(RENEW_SECONDS) and timezone.now() < end:
            try:
                _held(row).update(leased_until=timezone.now() + LEASE)
            except DatabaseError as error:
                logger.warning("lease of %s not renewed: %s", row.pk, type(error).__name__)
    finally:
        connection.close()
