"""What the site answers itself: the way in, search, what machines ask for, and what went wrong."""

from .answers import healthz, no_such_file, picture, readyz, root
from .errors import bad_request, csrf_failure, forbidden, not_found, server_error
from .machines import manifest, robots, security, sitemap
from .searching import search_page

__all__ = [
    "bad_request",
    "csrf_failure",
    "forbidden",
    "healthz",
    "manifest",
    "no_such_file",
    "not_found",
    "picture",
    "readyz",
    "robots",
    "root",
    "search_page",
    "security",
    "server_error",
    "sitemap",
]
