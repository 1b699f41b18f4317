"""What the addresses of a door share: who may, and that nobody keeps their answers."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from events import permissions

#: The site's own policy, but for the camera, which reads codes.
_POLICY = "camera=(self), geolocation=(), microphone=(), payment=(), usb=()"
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
    """What a door calls itself."""
    return value[:40] if isinstance(value, str) else ""
