"""What gunicorn reads by itself when it is started beside this file."""

from typing import Any

bind = "127.0.0.1:8000"
threads = 8
timeout = 60
graceful_timeout = 30


def post_worker_init(worker: Any) -> None:
    """After the fork: this process's own worker and clock, where no Redis does it."""
    from cms import embedded  # noqa: PLC0415 - app ready

    embedded.ensure_running()


def worker_exit(server: Any, worker: Any) -> None:
    from cms import embedded  # noqa: PLC0415 - app ready

    embedded.stop()
