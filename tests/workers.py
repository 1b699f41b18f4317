"""One worker for each core (`pytest -n auto`), none of them under another's feet.

Each gets what must be its own in its environment, which the processes that its tests start inherit:
a Redis database, a folder for media, a ledger of erasures. The databases are tests/database.py's.
"""

import os
from urllib.parse import urlsplit

import execnet
import pytest
from pytest_django.plugin import blocking_manager_key

from tests import database

#: A worker reads all tests before its first: where many more share them, that is most of what they do.
MOST = 16
#: What a Redis server has unless it is told otherwise.
REDIS_DATABASES = 16


def _first() -> int:
    """The number of the Redis database in REDIS_URL: it and those after it are the workers'."""
    return int(urlsplit(os.environ["REDIS_URL"]).path.strip("/") or 0)


def _redis(number: int) -> str:
    if not (url := os.environ["REDIS_URL"]):
        return ""
    if (own := _first() + number) >= REDIS_DATABASES:
        raise pytest.UsageError(f"REDIS_URL leaves databases for {number} workers: name an earlier one.")
    return urlsplit(url)._replace(path=f"/{own}").geturl()


def _cores() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def worth_starting(called: list[str]) -> int:
    """As many as there are cores, and Redis databases; for tests called by name none is worth its start."""
    if called and all("::" in each for each in called):
        return 0
    return min(_cores(), MOST, REDIS_DATABASES - _first() if os.environ["REDIS_URL"] else MOST)


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """What `-n auto` means."""
    return worth_starting(config.args)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long comes first: a worker without work takes over the last tests of another."""
    items.sort(key=lambda item: item.get_closest_marker("early") is None)


def pytest_xdist_setupnodes(specs: list[execnet.XSpec]) -> None:
    """Give each worker what is its own; one that takes a crashed one's place gets the same."""
    for number, spec in enumerate(specs):
        spec.env |= {
            database.SHARED: database.name(),
            "REDIS_URL": _redis(number),
            "MEDIA_ROOT": f"{os.environ['MEDIA_ROOT']}/{number}",
            "PRIVATE_ROOT": f"{os.environ['PRIVATE_ROOT']}/{number}",
            "ERASURE_LEDGER": f"{os.environ['ERASURE_LEDGER']}.{number}",
        }


def pytest_sessionfinish(session: pytest.Session) -> None:
    """The workers have ended, and each took its own copy away."""
    if session.config.pluginmanager.has_plugin("dsession"):
        with session.config.stash[blocking_manager_key].unblock():
            database.remove_shared()
