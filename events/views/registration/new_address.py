"""Another e-mail address for one's letters: given on the own page, confirmed by the link in the letter to it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from events import addresses, labels
from events.bilingual import LANGUAGES
from events.forms.registration.lost import NewAddressForm
from events.limits import Limit
from events.links import open_link
from events.models import Registration
from events.registration.letters import NEW_ADDRESS, path_of
from events.registration.own_address import ask_new_address, confirm_new_address, may_move, waits
from events.views.finding import find_public
from events.views.keyed import enter, entered, guard, no_such_link

from .groups.members import add_all
from .letting_in import let_in
from .setting import Setting

LIMIT = Limit("new-address", most=20, seconds=3600)


@require_http_methods(["GET", "HEAD", "POST"])
def ask_page(request: HttpRequest, slug: str, language: str, handle: str) -> HttpResponseBase:
    return let_in(request, slug, language, handle, _ask)


@require_safe
def open_by_key(request: HttpRequest, slug: str, language: str, key: str) -> HttpResponse:
    """What the letter to a new address leads to: on to the page without the key in its address."""
    link = open_link(key, NEW_ADDRESS)
    registration = link.target if link else None
    if link is None or not isinstance(registration, Registration):
        return no_such_link(request)
    slug = registration.event.public.slug
    paths = {each: addresses.new_address_path(slug, each, link.handle) for each in LANGUAGES}
    return enter(key, link, paths, remember=False)


@require_http_methods(["GET", "HEAD", "POST"])
def confirm_page(request: HttpRequest, slug: str, language: str, handle: str) -> HttpResponseBase:
    """GET shows which address it is about, the button makes it the person's."""
    link, public = entered(request, NEW_ADDRESS, handle), find_public(slug)
    registration = link.target if link else None
    if public is None or not isinstance(registration, Registration) or registration.event_id != public.event_id:
        return no_such_link(request)
    registration.event = public.event
    return guard(_confirm(request, Setting(public, language, request), registration, handle))


def _ask(request: HttpRequest, setting: Setting, registration: Registration, handle: str) -> HttpResponse:
    slug, wait = setting.public.slug, 0
    own = addresses.own_registration_path(slug, setting.language, handle)
    if not may_move(setting.settings, registration):
        return HttpResponseRedirect(own)
    form = NewAddressForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        wait = LIMIT.wait(request)
        if wait:
            form.add_error(None, _("Many requests came from your network. Try again later."))
        elif _asked(form, registration):
            messages.success(request, _("The new address waits for you to confirm it."))
            return HttpResponseRedirect(own)
    context = setting.context(
        _("Change my e-mail address"),
        paths={each: addresses.own_address_path(slug, each, handle) for each in LANGUAGES},
        form=form,
        registration=registration,
        own_path=own,
    )
    status = 429 if wait else 422 if form.is_bound else 200
    response = render(request, "events/registration/ask_address.html", context, status=status)
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response


def _asked(form: NewAddressForm, registration: Registration) -> bool:
    try:
        ask_new_address(registration=registration, email=form.cleaned_data["email"])
    except ValidationError as error:
        add_all(form, error)
        return False
    return True


def _confirm(request: HttpRequest, setting: Setting, registration: Registration, handle: str) -> HttpResponse:
    slug, refused = setting.public.slug, ""
    if request.method == "POST":
        try:
            if confirm_new_address(registration=registration):
                messages.success(request, _("Your address is changed. A letter with the new link is on its way to it."))
                registration.refresh_from_db()
                return HttpResponseRedirect(path_of(registration, setting.language))
        except ValidationError as error:
            refused = " ".join(error.messages)
        registration.refresh_from_db()  # somebody pressed it at the same moment, or another address was given
    until = registration.new_email_until
    context = setting.context(
        _("Confirm your new address"),
        paths={each: addresses.new_address_path(slug, each, handle) for each in LANGUAGES},
        registration=registration,
        waits=waits(registration) and may_move(setting.settings, registration) and not refused,
        refused=refused,
        until=labels.deadline_words(until, setting.public.time_zone, setting.language) if until else "",
    )
    return render(request, "events/registration/new_address.html", context, status=422 if refused else 200)
