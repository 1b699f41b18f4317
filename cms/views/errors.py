"""What is said when something went wrong, in the reader's language, with ways on and the way to the other one."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cms.addresses import home_path
from events.bilingual import LANGUAGES, active_language


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _answer(request, "400.html", 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _answer(request, "403.html", 403, exception=exception)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long, or that another site sent."""
    return _answer(request, "403.html", 403, stale_form=True)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _answer(request, "404.html", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Its template stands alone: whatever broke may break a context processor too."""
    return render(None, "500.html", status=500)


def _answer(request: HttpRequest, template: str, status: int, **context: Any) -> HttpResponse:
    return render(request, template, {"other_path": _same_in_other(request), **context}, status=status)


def _same_in_other(request: HttpRequest) -> str:
    """The same address under the other language: there it may be a page, and if not, it is said there too."""
    here = active_language()
    other = next(each for each in LANGUAGES if each != here)
    path = request.path
    # Not of an address that could not be read, nor of one that a browser would take for another host.
    plain = path.isascii() and path.isprintable() and "//" not in path and "\\" not in path
    return (
        f"/{other}/{path.removeprefix(home_path(here))}"
        if plain and path.startswith(home_path(here))
        else home_path(other)
    )
