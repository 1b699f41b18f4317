"""Lost the link: asked for by address, and answered alike whether anybody is registered with it."""

from functools import partial

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events import addresses
from events.bilingual import LANGUAGES
from events.forms.registration import LostLinkForm
from events.limits import Limit
from events.registration.lost import send_lost_link
from events.views.finding import find_public, moved
from events.views.keyed import guard

from .filling import SENT
from .setting import Setting

LIMIT = Limit("lost-link", most=20, seconds=3600)


@require_http_methods(["GET", "HEAD", "POST"])
def lost_link(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """One field; what follows tells a stranger nothing."""
    public = find_public(slug)
    if public is None:
        return moved(request, slug, partial(addresses.lost_link_path, language=language))
    setting = Setting(public, language, request)
    form = LostLinkForm(request.POST or None)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            if wait := LIMIT.wait(request):
                form.add_error(None, _("Many requests came from your network. Try again later."))
                status = 429
            else:
                send_lost_link(event=public.event_id, email=form.cleaned_data["email"])
                return guard(HttpResponseRedirect(f"{addresses.lost_link_path(slug, language)}?{SENT}"))
        else:
            status = 422
    paths = {each: addresses.lost_link_path(public.slug, each) for each in LANGUAGES}
    context = setting.context(_("Find your registration"), form=form, sent=SENT in request.GET, paths=paths)
    response = guard(render(request, "events/registration/lost.html", context, status=status))
    if status == 429:
        response.headers["Retry-After"] = str(wait)
    return response
