"""Nobody gets past the second factor: until it is passed, a session is nobody's, whatever the address."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode

from .sessions import Standing, standing

Next = Callable[[HttpRequest], HttpResponseBase]
ADMIN_PREFIX = "/admin/"
#: Below the admin, open to whoever is not logged in; all else leads to the door.
_OPEN = ("login/", "logout/", "password_reset/", "sprite/", "jsi18n/", "second-factor/enter/", "second-factor/set-up/")
_DOORS = {Standing.ASKED: "second_factor:enter", Standing.DUE: "second_factor:set_up"}


def ask_for_second_factor(get_response: Next) -> Next:
    """After AuthenticationMiddleware. Public addresses see nobody; the admin's lead to where the code is asked for.

    Who typed the password stands in ``request.password_only``, for the door alone.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        known = request.user
        # Lazy on the public site: whoever asks for the user makes an answer vary by cookie.
        request.password_only = known  # type: ignore[attr-defined]
        request.user = SimpleLazyObject(lambda: _passed(request, known))  # type: ignore[assignment]
        return _to_the_door(request, known) or get_response(request)

    return middleware


def _passed(request: HttpRequest, known: Any) -> Any:
    if known.is_authenticated and standing(request, known) != Standing.IN:
        return AnonymousUser()
    # The user itself, not a lazy one in a lazy one.
    return getattr(known, "_wrapped", known)


def _to_the_door(request: HttpRequest, known: Any) -> HttpResponseBase | None:
    path = request.path_info
    admin, frontend = path.startswith(ADMIN_PREFIX), path.endswith("/_util/login/")
    if not (admin or frontend) or path.removeprefix(ADMIN_PREFIX).startswith(_OPEN) or not known.is_authenticated:
        return None
    where = standing(request, known)
    if where == Standing.IN:
        return None
    if where == Standing.OUT:
        logout(request)
        return HttpResponseRedirect(reverse("wagtailadmin_login"))
    following = request.GET.get("next", "") if frontend else request.get_full_path() if request.method == "GET" else ""
    query = f"?{urlencode({'next': following})}" if following else ""
    return HttpResponseRedirect(reverse(_DOORS[where]) + query)
