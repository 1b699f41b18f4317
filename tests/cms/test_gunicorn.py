"""`gunicorn cms.wsgi` itself: it answers, does its own jobs, stops, and says in one line what it lacks."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KEYS = {"SECRET_KEY": "s" * 60, "LINK_KEYS": "l" * 40, "FIELD_ENCRYPTION_KEYS": "f" * 44}


def start(port: int, **environ: str) -> subprocess.Popen[str]:
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    command = ["-m", "gunicorn", "cms.wsgi", "--bind", f"127.0.0.1:{port}", "--log-level", "error"]
    settings = {"DJANGO_SETTINGS_MODULE": "cms.settings", "DEBUG": "off", "REDIS_URL": ""} | dict.fromkeys(KEYS, "")
    return subprocess.Popen(
        [sys.executable, *command], cwd=ROOT, env=kept | settings | environ, stderr=subprocess.PIPE, text=True
    )


@pytest.fixture
def port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture
def site(port: int, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    process = start(port, DATABASE_URL=f"sqlite:///{tmp_path / 'site.sqlite3'}", **KEYS)
    yield process
    process.kill()
    process.communicate()


def ask(address: str) -> tuple[int, str]:
    """The answer, once somebody listens."""
    end = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()
        except OSError:
            assert time.monotonic() < end
            time.sleep(0.1)


def test_it_answers_before_its_migrations_and_stops_when_told(site: subprocess.Popen[str], port: int) -> None:
    assert ask(f"http://127.0.0.1:{port}/healthz") == (200, "ok\n")
    status, told = ask(f"http://127.0.0.1:{port}/readyz")
    assert (status, '"status": "unavailable"' in told) == (503, True)
    site.send_signal(signal.SIGTERM)
    assert site.wait(30) == 0


def test_an_address_of_five_thousand_digits_reaches_the_site(site: subprocess.Popen[str], port: int) -> None:
    assert ask(f"http://127.0.0.1:{port}/healthz?id={'9' * 5000}") == (200, "ok\n")


def test_a_missing_key_is_told_in_one_line(port: int) -> None:
    process = start(port)
    _out, told = process.communicate(timeout=60)
    assert (process.returncode, told) == (3, "SECRET_KEY is not set: see .env.example, or run `make demo` once.\n")
