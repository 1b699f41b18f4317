"""One's own programme as a page and on paper, below one's own page; and the address of one's own calendar."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from events import addresses, labels
from events.bilingual import LANGUAGES
from events.documents.agendas import set_agenda
from events.documents.process import REASONS, SettingFailedError
from events.limits import Limit
from events.links import issue_link, key_of, renew_link, revoke_link
from events.models import Link, PublicEvent, Registration
from events.models.registration.registrations import State
from events.programme import Programme
from events.registration.agenda import AGENDA, Seats, own_programme
from events.registration.sessions import chosen_of
from events.views.programme_page import other_zones, programme_days, zone_words

from .letting_in import let_in
from .setting import Setting

#: Papers that one network may have set in an hour: each takes a second of the machine.
LIMIT = Limit("agenda_pdf", most=60, seconds=3600)


@require_http_methods(["GET", "HEAD", "POST"])
def agenda_page(request: HttpRequest, slug: str, language: str, handle: str) -> HttpResponseBase:
    return let_in(request, slug, language, handle, _act if request.method == "POST" else _show)


@require_safe
def agenda_pdf(request: HttpRequest, slug: str, language: str, handle: str) -> HttpResponseBase:
    return let_in(request, slug, language, handle, _paper)


def has_agenda(registration: Registration) -> bool:
    """Whether there is one: for whoever is confirmed, while the event is public."""
    public = registration.event.public
    return registration.state == State.CONFIRMED and public.status != PublicEvent.Status.WITHDRAWN


def _show(request: HttpRequest, setting: Setting, registration: Registration, handle: str) -> HttpResponse:
    if not has_agenda(registration):
        return _own(setting, handle)
    programme, language = _programme(registration), setting.language
    link = _link(registration)
    event = programme.event
    context = setting.context(
        _("My programme"),
        paths={each: addresses.agenda_path(setting.public.slug, each, handle) for each in LANGUAGES},
        event=event,
        programme=programme,
        released=labels.moment_words(programme.released_at, event.time_zone, language),
        dates=labels.dates_words(event.starts_on, event.ends_on, language),
        zone=zone_words(programme, language),
        other_zones=other_zones(programme, language),
        waiting=[each for each, seat in chosen_of(registration, setting.sessions) if not seat],
        own_path=addresses.own_registration_path(setting.public.slug, language, handle),
        programme_path=addresses.programme_path(setting.public.slug, language),
        addresses={"feed": addresses.agenda_feed_path(language, key_of(link))} if link.is_open else {},
        **programme_days(programme, programme.entries, language),
    )
    return render(request, "events/registration/agenda.html", context)


def _act(request: HttpRequest, setting: Setting, registration: Registration, handle: str) -> HttpResponse:
    """A new address for the calendar, or none any more: whoever had the old one sees nothing from then on."""
    act = request.POST.get("act", "")
    if has_agenda(registration) and act in ("renew", "revoke"):
        link = _link(registration)
        if act == "renew":
            renew_link(link=link)
            messages.success(request, _("Your calendar has a new address. The old one shows nothing any more."))
        else:
            revoke_link(link=link)
            messages.success(request, _("The address of your calendar shows nothing any more."))
    path = addresses.agenda_path(setting.public.slug, setting.language, handle)
    return HttpResponseRedirect(f"{path}#calendar")


def _link(registration: Registration) -> Link:
    """The link to the calendar; one that the person ended stays ended until the button is pressed."""
    return registration.links.filter(purpose=AGENDA).first() or issue_link(target=registration, purpose=AGENDA)


def _paper(request: HttpRequest, setting: Setting, registration: Registration, handle: str) -> HttpResponse:
    if not has_agenda(registration):
        return _own(setting, handle)
    wait = LIMIT.wait(request)
    if wait:
        answer = _no_paper(
            request, setting, handle, _("Many papers were asked for from your network. Try again later.")
        )
        answer.status_code = 429
        answer.headers["Retry-After"] = str(wait)
        return answer
    address = addresses.programme_url(setting.public.slug, setting.language)
    try:
        pdf = set_agenda(_programme(registration), setting.language, registration.name, address=address)
    except SettingFailedError as error:
        return _no_paper(request, setting, handle, _(REASONS[error.code]))
    response = HttpResponse(pdf, content_type="application/pdf")
    name = {"tr": "programim", "en": "my-programme"}[setting.language]
    response.headers["Content-Disposition"] = f'inline; filename="{setting.public.slug}-{name}.pdf"'
    return response


def _no_paper(request: HttpRequest, setting: Setting, handle: str, reason: str) -> HttpResponse:
    path = addresses.agenda_path(setting.public.slug, setting.language, handle)
    context = setting.context(_("The PDF could not be made"), reason=reason, agenda_path=path)
    return render(request, "events/registration/no_paper.html", context, status=503)


def _programme(registration: Registration) -> Programme:
    return own_programme(registration.event.public.release, Seats(registration))


def _own(setting: Setting, handle: str) -> Any:
    return HttpResponseRedirect(addresses.own_registration_path(setting.public.slug, setting.language, handle))
