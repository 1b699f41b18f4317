"""What gunicorn reads by itself when it is started beside this file."""

import os
from typing import Any

bind = "127.0.0.1:8000"
threads = 8
timeout = 60
graceful_timeout = 30
# The most that gunicorn takes: addresses of some thousand letters are answered by our own page for what is not there.
limit_request_line = 8190
# Nobody steers it that way, and two sites on one machine would share it.
control_socket_disable = True


def on_starting(server: Any) -> None:
    """A missing key is told here, once, before any worker starts."""
    from django.conf import settings  # noqa: PLC0415 - slow import

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
    _ = settings.SECRET_KEY


def post_worker_init(worker: Any) -> None:
    """After the fork: this process's own worker and clock, where no Redis does it."""
    from cms import embedded  # noqa: PLC0415 - app ready

    embedded.ensure_running()


def worker_exit(server: Any, worker: Any) -> None:
    from cms import embedded  # noqa: PLC0415 - app ready

    embedded.stop()
