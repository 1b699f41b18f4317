"""Between the password and the admin: a code is asked for, or an app is set up first."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote, urlencode

import segno
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from cms.frame import frame_in
from cms.models.second_factor import new_secret
from cms.second_factor.forms import CodeForm, SetUpForm
from cms.second_factor.sessions import Standing, let_in, standing
from cms.second_factor.verbs import set_up as tie
from cms.second_factor.verbs import verify
from events.bilingual import active_language
from events.limits import Limit
from events.sealing import seal, unseal

#: Whoever has a password may still not guess codes at leisure; each app has its own brake beside this.
LIMIT = Limit("second-factor", most=60, seconds=3600)
_OFFERED = "second_factor_offered"
View = Callable[[HttpRequest, Any, Standing], HttpResponse]


def at_the_door(*welcome: Standing) -> Callable[[View], Callable[[HttpRequest], HttpResponse]]:
    """A page for those alone whose session stands there; in their own language. Others go where they belong."""

    def decorate(view: View) -> Callable[[HttpRequest], HttpResponse]:
        @never_cache
        @sensitive_post_parameters("code", "password")
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def door(request: HttpRequest) -> HttpResponse:
            user = request.password_only  # type: ignore[attr-defined]
            if not user.is_authenticated:
                return HttpResponseRedirect(reverse("wagtailadmin_login"))
            where = standing(request, user)
            if where not in welcome:
                return HttpResponseRedirect(_following(request))
            profile = getattr(user, "wagtail_userprofile", None)
            with translation.override(profile.get_preferred_language() if profile else active_language()):
                return view(request, user, where)

        return door

    return decorate


@at_the_door(Standing.ASKED)
def enter(request: HttpRequest, user: Any, _where: Standing) -> HttpResponse:
    """The code of the app, or a recovery code."""
    form, status = CodeForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if LIMIT.wait(request):
            form.add_error(None, _("Many codes came from your network. Try again later."))
            status = 429
        elif form.is_valid():
            try:
                let_in(request, verify(user=user, code=form.cleaned_data["code"]))
            except ValidationError as error:
                form.add_error("code", error)
            else:
                return HttpResponseRedirect(_following(request))
    return _page(request, "enter", {"form": form}, status)


@at_the_door(Standing.DUE, Standing.IN)
def set_up(request: HttpRequest, user: Any, where: Standing) -> HttpResponse:
    """Show the secret to an app, see that it has it, then show the recovery codes, this once."""
    secret, status = _secret_of(request), 200
    form = SetUpForm(request.POST or None, user=user, ask_password=where == Standing.IN)
    if request.method == "POST":
        status = 422
        if LIMIT.wait(request):
            form.add_error(None, _("Many codes came from your network. Try again later."))
            status = 429
        elif form.is_valid():
            try:
                device, codes = tie(user=user, secret=secret, code=form.cleaned_data["code"])
            except ValidationError as error:
                form.add_error("code", error)
            else:
                del request.session[_OFFERED]
                let_in(request, device)
                return _page(request, "codes", {"codes": codes, "done": _("The second factor is set up.")})
    drawn = {"qr": _drawn(secret, user), "secret": _in_fours(secret)}
    return _page(request, "set_up", {"form": form, "forced": where == Standing.DUE, **drawn}, status)


def _page(request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    context |= {"next": _following(request)}
    return render(request, f"cms/admin/second_factor/{name}.html", context, status=status)


def _secret_of(request: HttpRequest) -> str:
    """The secret that this session offers; sealed, because sessions are rows too."""
    if _OFFERED not in request.session:
        request.session[_OFFERED] = seal(new_secret())
    return unseal(request.session[_OFFERED])


def _drawn(secret: str, user: Any) -> str:
    """What an app's camera reads, as a drawing in the page: nothing is fetched, nothing is stored."""
    drawn = segno.make(_address(secret, user), error="m", micro=False)
    return mark_safe(drawn.svg_inline(scale=5, border=4, dark="#14212b", light="#fff", omitsize=True))  # noqa: S308 - drawn here


def _address(secret: str, user: Any) -> str:
    """``otpauth://`` as apps read it; the name of the site says which of somebody's many codes it is."""
    issuer = str(frame_in(active_language()).short_name) or "Köprü"
    label = quote(f"{issuer}:{user.get_username()}")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': issuer}, quote_via=quote)}"


def _in_fours(secret: str) -> str:
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def _following(request: HttpRequest) -> str:
    """Where the person wanted to go; never to another site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    fits = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if fits else reverse("wagtailadmin_home")
