"""A site of its own for the benchmarks: a database in a temporary folder, and nothing of a developer's ``.env``."""

import os
import tempfile
from pathlib import Path

import django
from django.core.management import call_command

_folder = tempfile.TemporaryDirectory(prefix="koepru-bench-")
FOLDER = Path(_folder.name)


def set_up() -> None:
    """Make the site ready; to be done before anything of it is imported."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "benchmarks.floors.settings",
        "DATABASE_URL": f"sqlite:///{FOLDER}/bench.sqlite3",
        "REDIS_URL": "",
        "DEBUG": "off",
        "SECRET_KEY": "a-key-of-the-benchmarks-that-opens-nothing-elsewhere-0123456789",
        "LINK_KEYS": "a-key-of-the-benchmarks",
        "FIELD_ENCRYPTION_KEYS": "YmVuY2htYXJrcy1rZXktb2YtMzItYnl0ZXMtLS0tLS0=",
        "ALLOWED_HOSTS": "127.0.0.1",
        "BASE_URL": "http://127.0.0.1:8000",
        "MEDIA_ROOT": str(FOLDER / "media"),
        "EMAIL_URL": "memorymail://",
        "LOG_LEVEL": "WARNING",
    }
    django.setup()
    call_command("migrate", verbosity=0)
