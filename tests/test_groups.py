"""What did not run is told once, and fails a run that required it, also where workers share the tests."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def test_a_group_left_out_by_every_worker_is_told_once_and_fails_the_run() -> None:
    unset = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_", "TESTS_"))}
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "2", "tests/cms/test_cache.py"],
        cwd=ROOT,
        env=unset | {"REDIS_URL": "", "REQUIRE_GROUPS": "nodejs redis"},
        capture_output=True,
        text=True,
    )
    told = [line for line in run.stdout.splitlines() if line.startswith("redis:")]
    assert (run.returncode, told) == (pytest.ExitCode.TESTS_FAILED, ["redis: 1 tests, because REDIS_URL is not set"])
