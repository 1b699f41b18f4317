"""The door for WSGI servers: `gunicorn cms.wsgi`."""

import os
from collections.abc import Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")

_site = get_wsgi_application()

from cms import embedded  # noqa: E402 - needs the apps to be ready


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """The site. Under gunicorn the worker runs already (gunicorn.conf.py); other servers start it here."""
    embedded.ensure_running()
    return _site(environ, start_response)
