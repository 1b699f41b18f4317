"""A registered person's own page: GET shows all that is held, POST acts. Programs that read letters press no buttons."""

from collections.abc import Callable

import segno
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from events import addresses, labels
from events.bilingual import LANGUAGES, active_language
from events.forms.registration.asked import told
from events.links import open_link
from events.models import Registration, Wording
from events.models.registration.registrations import State
from events.registration import accept_offer, cancel, give_consent, verify, withdraw_consent
from events.registration.details import has_details, missing
from events.registration.keeping import erase_registration
from events.registration.letters import LINK
from events.registration.opening import takes_changes, takes_requests
from events.registration.own_address import keep_address, may_move, waits
from events.registration.own_data import all_about
from events.registration.places import place_in_line
from events.registration.requesting import open_request, take_back
from events.registration.sessions import chosen_of
from events.registration.substituting import may_substitute
from events.registration.wordings import fingerprint
from events.turkish import clean
from events.views.keyed import enter, no_such_link

from .agenda import has_agenda
from .certificates import certificate_path_of
from .details import may_tell
from .held import show_held
from .letting_in import let_in
from .requested import request_rows
from .setting import Setting
from .telling import answer_rows, consent_rows, quoted, state_words


@require_safe
def open_by_key(request: HttpRequest, slug: str, language: str, key: str) -> HttpResponse:
    """What a letter leads to: on to the page without the key in its address."""
    link = open_link(key, LINK)
    registration = link.target if link else None
    if link is None or not isinstance(registration, Registration):
        return no_such_link(request)
    public = registration.event.public
    paths = {each: addresses.own_registration_path(public.slug, each, link.handle) for each in LANGUAGES}
    return enter(key, link, paths)


@require_http_methods(["GET", "HEAD", "POST"])
def own_page(request: HttpRequest, slug: str, language: str, handle: str) -> HttpResponseBase:
    return let_in(request, slug, language, handle, _act if request.method == "POST" else _show)


@require_safe
def held_page(request: HttpRequest, slug: str, language: str, handle: str) -> HttpResponseBase:
    return let_in(request, slug, language, handle, _held)


@require_safe
def own_data(request: HttpRequest, slug: str, language: str, handle: str) -> HttpResponseBase:
    return let_in(request, slug, language, handle, _data)


def _show(request: HttpRequest, setting: Setting, registration: Registration, handle: str) -> HttpResponse:
    zone = setting.public.time_zone
    until = labels.deadline_words(registration.held_until, zone, setting.language) if registration.held_until else ""
    waiting = registration.state == State.WAITLISTED
    place = place_in_line(registration) if waiting else 0
    asked, state = open_request(registration), state_words(registration, setting.public, until, place)
    context = setting.context(
        _("Your registration"),
        paths={each: addresses.own_registration_path(setting.public.slug, each, handle) for each in LANGUAGES},
        registration=registration,
        state=state,
        coming=registration.state == State.CONFIRMED and state.open,
        may_register=setting.opening.takes,
        qr=_code(registration),
        until=until,
        answers=answer_rows(registration, setting, handle),
        missing=_missing(registration, setting),
        has_details=may_tell(setting, registration) and has_details(registration.event_id),
        details_path=addresses.details_path(setting.public.slug, setting.language, handle),
        sessions=chosen_of(registration, setting.sessions),
        consents=consent_rows(registration, setting),
        has_agenda=has_agenda(registration),
        group=registration.group,
        unread=_unread_notice(registration, setting),
        substitute_path=addresses.substitute_path(setting.public.slug, setting.language, handle),
        may_substitute=not registration.group_id and may_substitute(setting.settings, registration),
        certificate_path=certificate_path_of(setting, registration, handle),
        held_path=addresses.own_held_path(setting.public.slug, setting.language, handle),
        change_path=addresses.change_registration_path(setting.public.slug, setting.language, handle),
        may_change=registration.is_active and takes_changes(setting.settings),
        address_path=addresses.own_address_path(setting.public.slug, setting.language, handle),
        may_move=may_move(setting.settings, registration),
        new_address=_new_address(registration, setting),
        may_ask=registration.is_active and takes_requests(setting.settings),
        request_rows=request_rows(asked, setting.sessions) if asked else [],
        asked_at=labels.moment_words(asked.made_at, zone, setting.language) if asked else "",
        registered=labels.moment_words(registration.registered_at, zone, setting.language),
    )
    return render(request, "events/registration/own.html", context)


def _unread_notice(registration: Registration, setting: Setting) -> Wording | None:
    """The information notice, for whoever was entered by somebody else and has not seen it."""
    seen = registration.wordings_seen.filter(version__wording__kind=Wording.Kind.NOTICE)
    return setting.notice if not seen.exists() else None


def _code(registration: Registration) -> SafeString:
    """The code as a picture for whoever works at the door, with the quiet zone that readers need."""
    code = segno.make(registration.code.upper(), error="m", micro=False)
    drawn = code.svg_inline(scale=4, border=4, dark="#14212b", light="#ffffff", svgclass="qr", lineclass=None)
    return SafeString(drawn.replace("<svg", '<svg aria-hidden="true" focusable="false"', 1))


def _missing(registration: Registration, setting: Setting) -> str:
    """The details that are still asked, in one sentence, while they can be told."""
    return quoted(missing(registration)) if registration.details_due and may_tell(setting, registration) else ""


def _new_address(registration: Registration, setting: Setting) -> dict[str, str]:
    """The address that waits to be confirmed, and until when; empty where none does."""
    if not (waits(registration) and registration.new_email_until and may_move(setting.settings, registration)):
        return {}
    until = labels.deadline_words(registration.new_email_until, setting.public.time_zone, setting.language)
    return {"email": registration.new_email, "until": until}


def _held(request: HttpRequest, setting: Setting, registration: Registration, handle: str) -> HttpResponse:
    paths = {each: addresses.own_held_path(setting.public.slug, each, handle) for each in LANGUAGES}
    return show_held(request, setting, all_about(registration, told), paths)


def _data(request: HttpRequest, setting: Setting, registration: Registration, handle: str) -> HttpResponse:
    response = JsonResponse(all_about(registration), json_dumps_params={"ensure_ascii": False, "indent": 1})
    response.headers["Content-Disposition"] = f'attachment; filename="{registration.code}.json"'
    return response


def _act(request: HttpRequest, setting: Setting, registration: Registration, handle: str) -> HttpResponse:
    """One button, one verb; pressed twice it does nothing twice."""
    act, _colon, which = request.POST.get("act", "").partition(":")
    if act == "erase" and which != "yes":
        return _ask_to_erase(request, setting, registration, handle)
    own = addresses.own_registration_path(setting.public.slug, setting.language, handle)
    try:
        said = ACTS[act](registration, which) if act in ACTS else ""
    except ValidationError as error:
        said = " ".join(error.messages)
    if act == "erase":
        return render(request, "events/registration/erased.html", setting.context(_("Your data is erased")))
    if said:
        messages.info(request, said)
    return HttpResponseRedirect(own)


def _ask_to_erase(request: HttpRequest, setting: Setting, registration: Registration, handle: str) -> HttpResponse:
    paths = {each: addresses.own_registration_path(setting.public.slug, each, handle) for each in LANGUAGES}
    context = setting.context(
        _("Erase my data"),
        paths=paths,
        registration=registration,
        own_path=paths[setting.language],
        held_path=addresses.own_held_path(setting.public.slug, setting.language, handle),
    )
    return render(request, "events/registration/erase.html", context)


def _verify(registration: Registration, which: str) -> str:
    return (
        ""
        if verify(registration=registration).state != State.EXPIRED
        else _("The time was over: the seat has passed on.")
    )


def _accept(registration: Registration, which: str) -> str:
    row = accept_offer(registration=registration)
    return _("The time was over: the seat has passed on.") if row.state == State.EXPIRED else ""


def _cancel(registration: Registration, which: str) -> str:
    cancel(registration=registration)
    return ""


def _withdraw(registration: Registration, which: str) -> str:
    done = (
        withdraw_consent(registration=registration, seen=int(which)) if which.isdecimal() and len(which) < 19 else None
    )
    if done is None:
        return ""
    if done.answers:
        return _("Your consent is taken back, and your answer to %(questions)s is deleted.") % {
            "questions": quoted(done.answers)
        }
    return _("Your consent is taken back.")


def _agree(registration: Registration, which: str) -> str:
    key, _colon, read = clean(which).partition(":")
    wording = Wording.objects.filter(key=key, event=registration.event_id).first()
    if wording is None:
        return ""
    language = active_language()
    if read and read != fingerprint([wording], language):
        return _("This text is another since you opened the page. Read it once more before you agree.")
    give_consent(registration=registration, wording=wording, language=language)
    return _("Your consent is noted. You can take it back at any time.")


def _take_back(registration: Registration, which: str) -> str:
    return _("You ask for no change any more.") if take_back(registration=registration) else ""


def _keep_address(registration: Registration, which: str) -> str:
    return _("Your address stays as it is.") if keep_address(registration=registration) else ""


def _erase(registration: Registration, which: str) -> str:
    erase_registration(registration=registration)
    return ""


ACTS: dict[str, Callable[[Registration, str], str]] = {
    "verify": _verify,
    "accept": _accept,
    "cancel": _cancel,
    "withdraw": _withdraw,
    "agree": _agree,
    "take_back": _take_back,
    "keep_address": _keep_address,
    "erase": _erase,
}
