"""A site for the pictures: the demo's content in a folder of its own, served as in production, entered without passwords."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
#: How long the site may take to answer for the first time, in seconds.
PATIENCE = 120


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class Site:
    """The rows are made once; each language begins with them anew, whatever the pictures of the other one changed."""

    def __init__(self, folder: Path) -> None:
        self.folder, port = folder, free_port()
        self.bind, self.url = f"127.0.0.1:{port}", f"http://127.0.0.1:{port}"
        self.database, self.kept = folder / "site.sqlite3", folder / "kept.sqlite3"
        # Playwright runs an event loop, in which Django would refuse its database.
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "cms.settings",
            "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
            "DATABASE_URL": f"sqlite:///{self.database}",
            "MEDIA_ROOT": str(folder / "media"),
            "ERASURE_LEDGER": str(folder / "erasures.ledger"),
            "EMAIL_URL": f"filemail:///{folder / 'mail'}",
            "BASE_URL": self.url,
            "REDIS_URL": "",
            "LOG_LEVEL": "ERROR",
        }

    def keep(self) -> None:
        """What stands in the database now is what every language begins with."""
        from django.db import connections  # noqa: PLC0415 - Django is set up by then

        connections.close_all()
        shutil.copyfile(self.database, self.kept)

    @contextmanager
    def served(self) -> Iterator[None]:
        """The site with the rows that were kept, for as long as somebody looks at it."""
        from django.db import connections  # noqa: PLC0415 - Django is set up by then

        connections.close_all()
        for beside in self.folder.glob("site.sqlite3-*"):
            beside.unlink()
        shutil.copyfile(self.kept, self.database)
        command = [sys.executable, "-m", "gunicorn", "cms.wsgi", "--bind", self.bind, "--log-level", "warning"]
        server = subprocess.Popen(command, cwd=ROOT)  # noqa: S603 - our own site
        try:
            self._wait()
            yield
        finally:
            server.terminate()
            server.wait()

    def _wait(self) -> None:
        for _attempt in range(PATIENCE * 4):
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=PATIENCE):  # noqa: S310 - our own site
                    return
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.25)
        sys.exit("The site did not come up.")

    def session_of(self, user: Any) -> dict[str, Any]:
        """The cookie of somebody who is logged in."""
        from django.conf import settings  # noqa: PLC0415 - Django is set up by then
        from django.contrib.auth import (  # noqa: PLC0415
            BACKEND_SESSION_KEY,
            HASH_SESSION_KEY,
            SESSION_KEY,
        )

        store = import_module(settings.SESSION_ENGINE).SessionStore()
        store[SESSION_KEY] = str(user.pk)
        store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        store[HASH_SESSION_KEY] = user.get_session_auth_hash()
        store.save()
        return {"name": settings.SESSION_COOKIE_NAME, "value": store.session_key, "url": self.url}
