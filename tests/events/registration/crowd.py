"""Many people at once, each with a browser of their own, against a site that is really served."""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.db import connection, connections

ROOT = Path(__file__).resolve().parents[3]
AT_ONCE = 32
_CSRF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
T = TypeVar("T")


class Browser:
    """Keeps cookies and goes on where it was; one for each person."""

    def __init__(self, port: int, network: str = "") -> None:
        """``network`` is what the proxy in front says that the browser's address is."""
        self._port, self._network = port, network
        self._cookies: dict[str, str] = {}
        self.fields: dict[str, str] = {}

    def ask(self, method: str, path: str, fields: dict[str, Any] | None = None) -> tuple[int, str, str]:
        """Status, body and Location of one answer."""
        body = urlencode({**self.fields, **(fields or {})}) if method == "POST" else None
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if self._network:
            headers |= {"X-Forwarded-For": self._network}
        if body:
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
        line = http.client.HTTPConnection("127.0.0.1", self._port, timeout=120)
        try:
            line.request(method, path, body, headers)
            answer = line.getresponse()
            text = answer.read().decode()
        finally:
            line.close()
        for header in answer.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(header).items():
                self._cookies[name] = morsel.value
        found = _CSRF.search(text)
        if found:
            self.fields["csrfmiddlewaretoken"] = found[1]
        return answer.status, text, answer.headers.get("Location", "")


def all_at_once(act: Callable[[T], Any], each: list[T]) -> list[Any]:
    """What came of doing it for each, as many at a time as the site has threads."""
    with ThreadPoolExecutor(AT_ONCE) as people:
        return list(people.map(act, each))


@contextmanager
def served(*, unlocked: bool = False, limits: bool = False, redis: str = "") -> Iterator[int]:
    """The port of a site with four processes of eight threads on the database of this test.

    With ``redis`` it leaves letters and jobs to workers beside it; without, its own threads do them.
    """
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = int(listener.getsockname()[1])
    connections.close_all()
    environ = os.environ | {
        "SITE_DATABASE": str(connection.settings_dict["NAME"]),
        "SITE_UNLOCKED": "yes" if unlocked else "",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "RATE_LIMITS": "on" if limits else "off",
        "REDIS_URL": redis,
    }
    command = [sys.executable, "-m", "gunicorn", "tests.events.registration.crowd_site", "--workers", "4", "--preload"]
    command += ["--bind", f"127.0.0.1:{port}", "--log-level", "error"]
    process = subprocess.Popen(command, cwd=ROOT, env=environ)
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(60)
        connections.close_all()


def _wait_for(port: int) -> None:
    end = time.monotonic() + 120
    while True:
        try:
            if Browser(port).ask("GET", "/healthz")[0] == 200:
                return
        except OSError:
            assert time.monotonic() < end
            time.sleep(0.1)
