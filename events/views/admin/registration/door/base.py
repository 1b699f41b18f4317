"""What the addresses of a door share: who may, and that nobody keeps their answers."""

import datetime as dt
import re
from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from events import permissions
from events.models import Event
from events.registration.door import Place
from events.registration.door_hours import closed_words
from events.turkish import clean

#: The site's own policy, but for the camera, which reads codes.
_POLICY = "camera=(self), geolocation=(), microphone=(), payment=(), usb=()"
#: What was pressed longer ago belongs to another event.
OLDEST = dt.timedelta(days=30)
#: Of a place, or a registration.
KEY = re.compile(r"[0-9a-z-]{1,12}")
#: What a script of ours never sends raises one of these.
NOT_OURS = (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError)
View = Callable[..., HttpResponse]


def at_the_door(view: View) -> View:
    """Only for those who check people in; the answer may use the camera and is kept by no cache on the way."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not permissions.may_check_in(request.user):
            raise PermissionDenied
        response = view(request, *args, **kwargs)
        response.headers["Permissions-Policy"] = _POLICY
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return guarded


def user_of(request: HttpRequest) -> User:
    """Who is at work; nobody gets here without logging in."""
    return cast(User, request.user)


def device_of(value: Any) -> str:
    """What a door calls itself, without what no database takes as text."""
    told = value.replace("\0", "").encode(errors="ignore").decode() if isinstance(value, str) else ""
    return told[:40]


def from_stamp(value: Any) -> dt.datetime:
    """What a script says of a moment; raises TypeError or an error of numbers where it is none."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError("no moment")
    return dt.datetime.fromtimestamp(value / 1000, dt.UTC)


def clock_behind(now: Any) -> dt.timedelta:
    """How far a door's clock is behind ours, by what it says the time is as it sends."""
    return timezone.now() - from_stamp(now)


def pressed_at(sent: Any, behind: dt.timedelta) -> dt.datetime:
    """When a button was pressed, by our clock."""
    return max(from_stamp(sent) + behind, timezone.now() - OLDEST)


def name_in(query: str) -> str:
    """The name that was looked for, for the form of newcomers. What has a digit is a code, which is nobody's name."""
    return "" if any(char.isdigit() for char in query) else clean(query)[:200]


def query_of(**told: str) -> str:
    """What is told, as the end of an address; nothing of what is empty."""
    return urlencode({name: value for name, value in told.items() if value})


def stamp(moment: dt.datetime) -> int:
    """A moment as scripts count them."""
    return int(moment.timestamp() * 1000)


def opening(event: Event, place: Place) -> list[Any]:
    """From when on a door takes marks, and what it says until then; nothing more once it is open."""
    closed = closed_words(place.opens, event.time_zone)
    return [stamp(place.opens), closed] if closed else [0, ""]
