"""How the site is: whether it can serve, and what runs late behind it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import redis
from django.conf import settings
from django.db import Error as DatabaseProblem
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Min
from django.utils import timezone

from events import leases
from events.models import Job, Message

# Longer than the sweep and the lease together: something does not work off what it should.
LATE_SECONDS = 5 * 60


@dataclass(frozen=True)
class Readiness:
    """What /readyz tells: `ready` decides its status, `degraded` names what runs without stopping the site."""

    ready: bool
    degraded: list[str]
    details: dict[str, Any]


def readiness() -> Readiness:
    """Ask the database, the migrations, the broker and the outbox, in at most a few seconds."""
    try:
        unapplied = _unapplied()
        details = {"database": "ok", "unapplied_migrations": unapplied, "broker": _broker()}
        if unapplied:
            return Readiness(ready=False, degraded=[], details=details)
        details |= {
            "oldest_unsent_mail_seconds": _age(Message.objects.aggregate(at=_oldest())["at"]),
            "oldest_unfinished_job_seconds": _age(Job.objects.aggregate(at=_oldest())["at"]),
        }
    except DatabaseProblem:
        return Readiness(ready=False, degraded=[], details={"database": "unreachable"})
    return Readiness(ready=True, degraded=_degraded(details), details=details)


def _degraded(details: dict[str, Any]) -> list[str]:
    late = [name for name in ("oldest_unsent_mail_seconds", "oldest_unfinished_job_seconds") if _late(details[name])]
    return [*(["broker"] if details["broker"] == "unreachable" else []), *late]


def _late(seconds: int | None) -> bool:
    return seconds is not None and seconds > LATE_SECONDS


_known_as_applied = False


def _unapplied() -> int:
    """How many migrations wait. Asked of the files once; after that of the database alone."""
    global _known_as_applied
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    if _known_as_applied:
        return 0
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    _known_as_applied = not plan
    return len(plan)


def _oldest() -> Min:
    return Min("created_at", filter=leases.unfinished())


def _age(at: datetime | None) -> int | None:
    return int((timezone.now() - at).total_seconds()) if at else None


def _broker() -> str:
    if not settings.REDIS_URL:
        return "embedded"
    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=0.5, socket_connect_timeout=0.5) as client:
            client.ping()
    except redis.RedisError:
        return "unreachable"
    return "ok"
