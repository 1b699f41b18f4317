"""What a session remembers of the second factor, and what that lets it do."""

import enum
from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from cms.models import Authenticator

from .rules import authenticator_of, must_have

_PASSED, _DUE = "second_factor", "second_factor_due"


class Standing(enum.Enum):
    """How far somebody got who typed the right password."""

    IN = "in"
    ASKED = "asked"  # has an app, and has not shown its code yet
    DUE = "due"  # must have an app, and has none yet
    OUT = "out"  # came in by an app that was taken away


def standing(request: HttpRequest, user: Any) -> Standing:
    """Where this session is; costs no query."""
    device, passed = authenticator_of(user), request.session.get(_PASSED)
    if device is not None:
        return Standing.IN if passed == device.generation else Standing.ASKED
    if passed:
        return Standing.OUT
    return Standing.DUE if settings.SECOND_FACTOR and request.session.get(_DUE) else Standing.IN


def let_in(request: HttpRequest, device: Authenticator) -> None:
    """From now on this session is the person's; under a new number, so that one that was fixed before is worth nothing."""
    request.session.cycle_key()
    request.session[_PASSED] = device.generation
    request.session.pop(_DUE, None)


def forget(request: HttpRequest) -> None:
    """The person went back to the password alone."""
    request.session.pop(_PASSED, None)


@receiver(user_logged_in)
def note_what_is_due(sender: Any, request: HttpRequest, user: Any, **_kwargs: Any) -> None:
    """Asked once, at log-in: whoever must have a second factor from now on sets it up at the next one."""
    request.session.pop(_PASSED, None)
    if must_have(user):
        request.session[_DUE] = True
