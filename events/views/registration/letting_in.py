"""The door of every page of one registered person: the key that the browser keeps is asked at each request anew."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from events.models import Registration
from events.registration.letters import LINK
from events.views.finding import find_public
from events.views.keyed import entered, guard, no_such_link

from .setting import Setting

Page = Callable[[HttpRequest, Setting, Registration, str], HttpResponseBase]


def let_in(request: HttpRequest, slug: str, language: str, handle: str, page: Page) -> HttpResponseBase:
    """The page, for a browser that the key of this registration's link let in; else the answer to every wrong key."""
    link, public = entered(request, LINK, handle), find_public(slug)
    registration = link.target if link else None
    if public is None or not isinstance(registration, Registration) or registration.event_id != public.event_id:
        return no_such_link(request)
    registration.event = public.event
    return guard(page(request, Setting(public, language, request), registration, handle))
