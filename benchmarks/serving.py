"""The site under gunicorn with two sync workers on a port of the system's choice, and a loader."""

import contextlib
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

CALLERS = 4
OPTIONS = ("--workers", "2", "--worker-class", "sync", "--threads", "1", "--log-level", "warning")


@dataclass(frozen=True)
class Site:
    """A running site."""

    port: int

    def ask(self, path: str, *headers: str) -> tuple[int, bytes, bytes]:
        """Status, head and body of one answer."""
        lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close", *headers, "", ""]
        return self._ask("\r\n".join(lines).encode())

    def rate(self, path: str, *headers: str, status: int = 200, for_seconds: float = 0.4) -> float:
        """Requests a second that four callers get answered; every answer must have that status."""
        lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close", *headers, "", ""]
        request = "\r\n".join(lines).encode()
        counts, until = [0] * CALLERS, time.perf_counter() + for_seconds
        wrong: list[int] = []

        def call(number: int) -> None:
            while time.perf_counter() < until:
                got = self._ask(request)[0]
                counts[number] += 1
                if got != status:
                    wrong.append(got)

        callers = [threading.Thread(target=call, args=(number,)) for number in range(CALLERS)]
        began = time.perf_counter()
        for caller in callers:
            caller.start()
        for caller in callers:
            caller.join()
        assert not wrong, f"{path} answered {set(wrong)}"
        return sum(counts) / (time.perf_counter() - began)

    def _ask(self, request: bytes) -> tuple[int, bytes, bytes]:
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as connection:
            connection.sendall(request)
            parts = []
            while part := connection.recv(262144):
                parts.append(part)
        head, _blank, body = b"".join(parts).partition(b"\r\n\r\n")
        return int(head[9:12]), head, body


@contextlib.contextmanager
def serving(**environment: str) -> Iterator[Site]:
    """Start the site, wait until it answers, and end it afterwards."""
    port = _free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "cms.wsgi", "--bind", f"127.0.0.1:{port}", *OPTIONS],
        env={**os.environ, **environment},
    )
    site = Site(port)
    try:
        _wait(site, server)
        yield site
    finally:
        server.terminate()
        server.wait(30)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _wait(site: Site, server: subprocess.Popen[bytes]) -> None:
    for _try in range(200):
        assert server.poll() is None, "gunicorn did not start"
        with contextlib.suppress(OSError):
            if site.ask("/healthz")[0] == 200:
                return
        time.sleep(0.1)
    raise AssertionError("gunicorn did not answer")
