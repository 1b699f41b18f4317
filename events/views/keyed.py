"""Pages behind a key: entered by an address that holds it, read under one that does not.

The key goes into a cookie of that page alone, so that it stands in no address that is copied, sent on as a referrer
or seen over a shoulder. Each request opens the link anew: once it is revoked, the cookie opens nothing.
"""

import datetime as dt
from collections.abc import Mapping
from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from events import addresses
from events.bilingual import active_language
from events.links import open_link
from events.models import Link, RegistrationSettings

#: Where a link has no end, the browser is trusted no longer than this.
LONGEST = dt.timedelta(days=180)

R = TypeVar("R", bound=HttpResponseBase)


def enter(key: str, link: Link, paths: Mapping[str, str], *, remember: bool = True) -> HttpResponseRedirect:
    """Go on to where the page is in this reader's language; the browser keeps the key for its paths, by language.

    ``remember`` keeps it until the link ends, for what is looked at again and again; else until the browser is closed.
    """
    response = HttpResponseRedirect(paths[active_language()])
    for language, path in paths.items():
        response.set_cookie(
            _name(link.purpose, language),
            key,
            max_age=_left(link) if remember else None,
            path=path,
            secure=settings.HTTPS,
            httponly=True,
            samesite="Lax",  # the first request comes from a letter
        )
    return guard(response)


def entered(request: HttpRequest, purpose: str, handle: str) -> Link | None:
    """The link of that handle, if this browser was let in by its key and the link still opens."""
    link = open_link(request.COOKIES.get(_name(purpose, active_language()), ""), purpose)
    return link if link and link.handle == handle else None


def guard(response: R) -> R:
    """Kept by nobody, in no search engine. Other sites hear of no address: that is the whole site's policy."""
    response.headers["Cache-Control"] = "private, no-store"
    return hidden(response)


def hidden(response: R) -> R:
    """In no search engine."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


def no_such_link(request: HttpRequest) -> HttpResponse:
    """404: one and the same answer to every key that opens nothing, whatever the reason.

    Below an event that takes registrations it leads to where the link is sent again.
    """
    asked = request.resolver_match.kwargs if request.resolver_match else {}
    slug, language = asked.get("slug", ""), asked.get("language", "")
    taking = language and RegistrationSettings.objects.filter(event__public__slug=slug).exists()
    context = {"lost_path": addresses.lost_link_path(slug, language) if taking else ""}
    return guard(render(request, "events/no_such_link.html", context, status=404))


def _name(purpose: str, language: str) -> str:
    return f"link-{purpose}-{language}"


def _left(link: Link) -> int:
    longest = timezone.now() + LONGEST
    return max(int((min(link.expires_at or longest, longest) - timezone.now()).total_seconds()), 0)
