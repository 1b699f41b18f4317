"""Groups of tests that need more than Python, and the list of those that did not run, and why.

A test that needs something carries its group's marker. Where the need is not met it is left out and
counted; `.ci/run` sets REQUIRE_GROUPS, and then a group that did not run fails the run.
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

#: Where tools/readers.sh installs what reads calendars.
READERS = Path(__file__).resolve().parent.parent / "var" / "readers"


def _browser() -> str:
    return "" if shutil.which("chromium") else "Debian's chromium is not installed"


def _postgres() -> str:
    return "" if connection.vendor == "postgresql" else "DATABASE_URL names no PostgreSQL"


def _redis() -> str:
    return "" if os.environ.get("REDIS_URL") else "REDIS_URL is not set"


def _nodejs() -> str:
    if not shutil.which("node"):
        return "Node.js is not installed"
    return "" if (READERS / "node_modules").is_dir() else "tools/readers.sh was not run"


GROUPS: dict[str, Callable[[], str]] = {
    "browser": _browser,
    "postgres": _postgres,
    "redis": _redis,
    "nodejs": _nodejs,
}
_left_out = pytest.StashKey[dict[str, int]]()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what cannot run here, and remember how much that was."""
    missing = {group: reason for group, why in GROUPS.items() if (reason := why())}
    counts = dict.fromkeys(missing, 0)
    kept, left = [], []
    for item in items:
        group = next((name for name in missing if item.get_closest_marker(name)), None)
        if group is None:
            kept.append(item)
        else:
            counts[group] += 1
            left.append(item)
    items[:] = kept
    if left:
        config.hook.pytest_deselected(items=left)
    config.stash[_left_out] = {group: count for group, count in counts.items() if count}


def _required() -> set[str]:
    return set(os.environ.get("REQUIRE_GROUPS", "").split())


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    left_out = config.stash.get(_left_out, {})
    terminalreporter.section("groups not run")
    for group, count in left_out.items():
        terminalreporter.write_line(f"{group}: {count} tests, because {GROUPS[group]()}")
    if not left_out:
        terminalreporter.write_line("none")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A required group that was left out fails the run, whatever else passed."""
    left_out = session.config.stash.get(_left_out, {})
    if _required() & set(left_out):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = left_out


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Every worker reads all tests and leaves out the same: what the last one says is what all say."""
    if (told := getattr(node, "workeroutput", {}).get("left_out")) is not None:
        node.config.stash[_left_out] = told
