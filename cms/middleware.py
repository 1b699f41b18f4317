"""What is done to every request before and after its view."""

from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers

from cms import views

Next = Callable[[HttpRequest], HttpResponseBase]

ADMIN_PREFIX = "/admin/"
# `/tr/…` and `/en/…` say it themselves; feeds and documents say it one step further in.
_LANGUAGES = {"tr": "tr", "en": "en", "tr-en": "tr"}
_LANGUAGE_IS_SECOND = {"calendars", "documents"}

PUBLIC_POLICY = (
    "default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; "
    "img-src 'self' data:; object-src 'none'"
)
# Wagtail's admin still has inline scripts and styles, and shows previews in frames.
ADMIN_POLICY = (
    "default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'; "
    "img-src 'self' data: blob:; object-src 'none'; "
    "script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'"
)
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def language_in_path(path: str) -> str | None:
    """The language an address names, or None where the reader's own decides."""
    parts = path.split("/", 3)
    first = parts[1] if len(parts) > 1 else ""
    if first in _LANGUAGE_IS_SECOND:
        return _LANGUAGES.get(parts[2]) if len(parts) > 2 else None
    return _LANGUAGES.get(first) if first != "tr-en" else None


def choose_language(get_response: Next) -> Next:
    """Django's own middleware makes every answer vary by Accept-Language, feeds included."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        named = language_in_path(request.path_info)
        language = named or translation.get_language_from_request(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or language)
        if named is None and not request.path_info.startswith(settings.STATIC_URL):
            patch_vary_headers(response, ("Accept-Language",))
        return response

    return middleware


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def _is_broken(request: HttpRequest) -> bool:
    # Django keeps the bytes of a path that are no UTF-8 as %XX; the query it has not looked at yet (PEP 3333: Latin-1).
    path, query = request.path_info, unquote_to_bytes(request.META.get("QUERY_STRING", "").encode("latin-1", "replace"))
    # Quoted octal is how a cookie spells a NUL; the session would be looked up by it.
    cookie = request.META.get("HTTP_COOKIE", "")
    nul = "\0" in path or b"\0" in query or "\\000" in cookie
    return nul or not _is_utf8(unquote_to_bytes(path)) or not _is_utf8(query)


def refuse_broken_addresses(get_response: Next) -> Next:
    """400 for a NUL or for bytes that are no UTF-8: PostgreSQL would answer them with a 500."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return views.bad_request(request) if _is_broken(request) else get_response(request)

    return middleware


def set_security_headers(get_response: Next) -> Next:
    """Strict on the public site; the admin's prefix alone has the looser policy."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        # Assigned, not defaulted: a page previewed in the admin brings the public site's headers.
        if request.path_info.startswith(ADMIN_PREFIX):
            response.headers["Content-Security-Policy"] = ADMIN_POLICY
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
        else:
            response.headers.setdefault("Content-Security-Policy", PUBLIC_POLICY)
            response.headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        if response.status_code == 304:
            # CommonMiddleware counts the empty body; a 304 may only tell the length of the 200 (RFC 9110 8.6).
            response.headers.pop("Content-Length", None)
        return response

    return middleware
