"""What stands behind the site while the crowd comes, and what happens to it: workers that are killed, a broker that stops."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parents[3]
#: The longest that a worker lives before it is killed, whether it did anything or not.
LONGEST = 4.0


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class Broker:
    """A Redis of this test alone, which keeps nothing on disk and comes back to its port."""

    def __init__(self, folder: Path) -> None:
        self._folder, self.port = folder, free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        program = shutil.which("redis-server")
        assert program, "redis-server is needed: apt-get install redis-server"
        command = [program, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self._process = subprocess.Popen([*command, "--dir", str(self._folder)], stdout=subprocess.DEVNULL)
        end = time.monotonic() + 30
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                assert time.monotonic() < end
                time.sleep(0.05)
            else:
                return

    def stop(self) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def stop_for(self, seconds: float) -> threading.Thread:
        """Away at once, and back by itself."""
        self.stop()

        def come_back() -> None:
            time.sleep(seconds)
            self.start()

        thread = threading.Thread(target=come_back, name="broker-back")
        thread.start()
        return thread


@contextmanager
def broker(folder: Path) -> Iterator[Broker]:
    own = Broker(folder)
    own.start()
    try:
        yield own
    finally:
        own.stop()


class Workers:
    """One worker after the other, by turns a Celery worker and a process that sweeps; each is killed but the last."""

    KINDS = (
        ["-m", "tests.events.killable_worker"],
        ["-m", "celery", "-A", "tests.events.killable_worker", "worker", "--pool", "solo", "--loglevel", "CRITICAL"],
    )

    def __init__(self, *, smtp: int, redis: str, done: Callable[[], int]) -> None:
        self.kills = 0
        self._done = done
        self._environ = os.environ | {
            "WORKER_DATABASE": str(connection.settings_dict["NAME"]),
            "WORKER_DIARY": os.devnull,
            "EMAIL_URL": f"smtp://127.0.0.1:{smtp}",
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "REDIS_URL": redis,
        }

    def start(self, kind: int) -> subprocess.Popen[bytes]:
        command = [sys.executable, *self.KINDS[kind % len(self.KINDS)]]
        return subprocess.Popen(command, cwd=ROOT, env=self._environ, start_new_session=True)

    def kill_in_turn(self, times: int) -> None:
        """Kill so many, each as soon as it has sent a few letters more; the next begins at once."""
        for number in range(times):
            worker, before, end = self.start(number), self._done(), time.monotonic() + LONGEST
            while self._done() < before + 5 and time.monotonic() < end:
                time.sleep(0.02)
            os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()
            self.kills += 1

    @contextmanager
    def killed(self, times: int) -> Iterator[None]:
        """So many die while the block runs, and after it until it is enough; then one works off the rest."""
        failed: list[BaseException] = []

        def go_on() -> None:
            try:
                self.kill_in_turn(times)
            except BaseException as error:  # noqa: BLE001 - told by the thread that waits
                failed.append(error)
            finally:
                connection.close()

        thread = threading.Thread(target=go_on, name="killer")
        thread.start()
        try:
            yield
        finally:
            thread.join()
        assert failed == []

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """One that sweeps, and lives until the block ends."""
        worker = self.start(0)
        try:
            yield
        finally:
            os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()
