"""The worker and the clock inside a web process, for a site without Redis.

Every web process starts its own after the fork (gunicorn.conf.py, or cms/wsgi.py at its first request);
leases make any number of them safe. Management commands start none: they do not import cms/wsgi.py.
"""

import logging
import os
import threading
import time
from collections.abc import Callable

from django.conf import settings
from django.db import close_old_connections, connections

from cms.clock import TICKS
from events import bell, periodic

logger = logging.getLogger(__name__)


class _Loop(threading.Thread):
    """Does `work` whenever it is woken, and at least every `seconds`."""

    def __init__(self, name: str, work: Callable[[], None], seconds: float) -> None:
        super().__init__(name=name, daemon=True)
        self.work, self.seconds = work, seconds
        self.woken = threading.Event()
        self.stopping = False

    def run(self) -> None:
        try:
            while not self.stopping:
                self.woken.clear()
                self._once()
                if not self.stopping:
                    self.woken.wait(self.seconds)
        finally:
            connections.close_all()

    def _once(self) -> None:
        close_old_connections()
        try:
            self.work()
        except Exception:  # the loop outlives a database that is away
            logger.exception("%s failed", self.name)
        close_old_connections()


class Embedded:
    """One process's worker (letters and jobs apart, so that a PDF holds no letter up) and clock."""

    def __init__(self) -> None:
        self.pid = os.getpid()
        self._last: dict[str, float] = {}
        sweep = periodic.SWEEP_SECONDS
        self._loops = {
            "message": _Loop("embedded-letters", periodic.send_due_messages, sweep),
            "job": _Loop("embedded-jobs", periodic.run_due_jobs, sweep),
            "clock": _Loop("embedded-clock", self._tick, sweep),
        }

    def start(self) -> None:
        bell.listen(self._hear)
        for loop in self._loops.values():
            loop.start()

    def stop(self, seconds: float = 2) -> None:
        """Ask all to end after what they are at; what takes longer than `seconds` is left to the leases."""
        bell.unlisten(self._hear)
        for loop in self._loops.values():
            loop.stopping = True
            loop.woken.set()
        end = time.monotonic() + seconds
        for loop in self._loops.values():
            loop.join(max(0, end - time.monotonic()))

    def _hear(self, what: str, pk: int) -> None:
        self._loops[what].woken.set()

    def _tick(self) -> None:
        now = time.monotonic()
        for name, entry in TICKS.items():
            # The other two loops sweep already.
            if entry.seconds > periodic.SWEEP_SECONDS and now - self._last.get(name, -1e9) >= entry.seconds:
                self._last[name] = now
                entry.action()


_running: Embedded | None = None
_starting = threading.Lock()


def ensure_running() -> None:
    """Start this process's worker and clock, once, where no Redis does it."""
    global _running
    if settings.REDIS_URL or (_running and _running.pid == os.getpid()):
        return
    with _starting:
        if _running is None or _running.pid != os.getpid():
            _running = Embedded()
            _running.start()


def stop() -> None:
    """End this process's worker and clock."""
    global _running
    if _running and _running.pid == os.getpid():
        _running.stop()
        _running = None
