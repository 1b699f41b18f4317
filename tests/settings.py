"""The site's own settings, with nothing taken from a developer's `.env`.

DATABASE_URL and REDIS_URL may be set in the environment: that is how the same tests run on
PostgreSQL and Redis.
"""

import os
import tempfile
from pathlib import Path

_DEFAULTS = {
    "DEBUG": "off",
    "SECRET_KEY": "a-secret-key-of-the-tests-that-opens-nothing-elsewhere-0123456789",
    "LINK_KEYS": "a-link-key-of-the-tests",
    "FIELD_ENCRYPTION_KEYS": "dGVzdHMtZW5jcnlwdGlvbi1rZXktMzItYnl0ZXMtISE=",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "BASE_URL": "http://testserver",
    "DATABASE_URL": "",
    "REDIS_URL": "",
    "EMAIL_URL": "memorymail://",
    "MAIL_FROM": "Köprü <noreply@example.org>",
    "STAFF_MAIL": "officer@example.org",
    "MEDIA_ROOT": tempfile.mkdtemp(prefix="koepru-media-"),
    "PRIVATE_ROOT": tempfile.mkdtemp(prefix="koepru-private-"),
    "ERASURE_LEDGER": str(Path(tempfile.mkdtemp(prefix="koepru-ledger-")) / "erasures.ledger"),
    "TIME_ZONE": "Europe/Istanbul",
    "RATE_LIMITS": "on",
    # The tests of the second factor turn it on; all others log in by name alone.
    "SECOND_FACTOR": "off",
    "LOG_LEVEL": "WARNING",
}
for name, value in _DEFAULTS.items():
    os.environ.setdefault(name, value)

from cms.settings import *  # noqa: E402, F403 - the environment must stand first

# Fast, and known to be weak: these passwords guard nothing.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Neither hashed names nor a collected folder.
STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
WHITENOISE_AUTOREFRESH = True
# With Redis a session costs no query: one engine for all, so that a literal count holds in every run.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
if DATABASES["default"]["ENGINE"].endswith("postgresql"):  # noqa: F405
    # What a test commits need not outlive the server: nobody waits for its disk.
    DATABASES["default"]["OPTIONS"]["options"] = "-c synchronous_commit=off"  # noqa: F405
