"""The door to Celery: `celery -A cms worker` and `celery -A cms beat`, used where REDIS_URL is set.

Celery only shortens the wait. Whatever it loses, the sweeps find: see events/leases.py.
"""

import os

from celery import Celery
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")

app = Celery("koepru")
app.conf.update(
    broker_url=settings.REDIS_URL or "memory://",
    broker_connection_retry_on_startup=True,
    broker_transport_options={
        "global_keyprefix": "koepru:",
        "socket_connect_timeout": 1,
        "socket_timeout": 5,
        "visibility_timeout": 3600,
        # Where the broker is away the web process must not wait for it: the sweep will find the row.
        "max_retries": 1,
        "interval_start": 0,
        "interval_step": 0.1,
    },
    task_ignore_result=True,
    task_acks_late=True,
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    worker_redirect_stdouts=False,
    worker_soft_shutdown_timeout=25,
    timezone=settings.TIME_ZONE,
    beat_schedule_filename=str(settings.VAR_DIR / "beat"),
)
app.autodiscover_tasks(["events"])


@app.task(name="cms.tick", ignore_result=True)
def tick(name: str) -> None:
    """One entry of the clock."""
    from cms.clock import TICKS  # noqa: PLC0415 - app ready

    TICKS[name].action()


def announce(what: str, pk: int) -> None:
    """Hear the bell: hand the work to a worker. An announcement nobody took within a minute is void."""
    if what == "job":
        app.send_task("events.run_job", (pk,), retry=False, expires=60)
    else:
        tick.apply_async(("send_due_messages",), retry=False, expires=60)


@app.on_after_finalize.connect
def _schedule(sender: Celery, **_kwargs: object) -> None:
    from cms.clock import TICKS  # noqa: PLC0415 - app ready

    for name, entry in TICKS.items():
        sender.add_periodic_task(entry.seconds, tick.s(name), name=name, expires=entry.seconds)
