"""Workers share the machine's cores, and nothing else."""

import os

import execnet
import pytest

from tests import workers


@pytest.mark.parametrize(
    ("url", "given"),
    [
        ("", ["", ""]),
        ("redis://127.0.0.1:6379/9", ["redis://127.0.0.1:6379/9", "redis://127.0.0.1:6379/10"]),
        ("redis://:secret@redis", ["redis://:secret@redis/0", "redis://:secret@redis/1"]),
    ],
)
def test_each_worker_is_given_its_own(url: str, given: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", url)
    specs = [execnet.XSpec("popen"), execnet.XSpec("popen")]
    workers.pytest_xdist_setupnodes(specs)
    assert [spec.env["REDIS_URL"] for spec in specs] == given
    assert all(
        len({spec.env[name] for spec in specs} | {os.environ[name]}) == 3
        for name in ("MEDIA_ROOT", "PRIVATE_ROOT", "ERASURE_LEDGER")
    )


def test_more_workers_than_redis_has_databases_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:6379/15")
    with pytest.raises(pytest.UsageError, match="databases for 1 workers"):
        workers.pytest_xdist_setupnodes([execnet.XSpec("popen"), execnet.XSpec("popen")])


@pytest.mark.parametrize(
    ("called", "redis", "count"),
    [
        (["tests/test_workers.py::test_one"], "", 0),
        (["tests/test_workers.py::test_one", "tests/cms"], "redis://127.0.0.1:6379/15", 1),
        (["tests"], "redis://127.0.0.1:6379/15", 1),
    ],
)
def test_how_many_start(called: list[str], redis: str, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", redis)
    assert workers.worth_starting(called) == count
