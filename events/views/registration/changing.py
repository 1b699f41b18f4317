"""Changing what one said: at once while the event lets people, afterwards as a request that an officer decides on."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events import addresses
from events.bilingual import LANGUAGES
from events.forms.registration import OwnForm
from events.models import ChangeRequest, Registration
from events.registration import amend
from events.registration.answering import read_answers
from events.registration.consents import asked_by, standing
from events.registration.opening import takes_changes, takes_requests
from events.registration.requesting import DETAILS, open_request, request_change
from events.registration.wordings import fingerprint
from events.views.keyed import guard

from .letting_in import let_in
from .setting import Setting
from .uploads import own_files


@require_http_methods(["GET", "HEAD", "POST"])
def change_page(request: HttpRequest, slug: str, language: str, handle: str) -> HttpResponseBase:
    return let_in(request, slug, language, handle, _change)


@require_http_methods(["GET", "HEAD", "POST"])
def changed_address(request: HttpRequest, slug: str, language: str, handle: str) -> HttpResponseBase:
    """Where the form to change stood once; what is sent there goes on with all that was typed."""
    path = addresses.change_registration_path(slug, language, handle)
    return guard(HttpResponsePermanentRedirect(path, preserve_request=request.method == "POST"))


def _change(request: HttpRequest, setting: Setting, registration: Registration, handle: str) -> HttpResponse:
    """The form once more with what was said or asked for; the address stays, for the link belongs to it."""
    own = addresses.own_registration_path(setting.public.slug, setting.language, handle)
    asks = takes_requests(setting.settings)
    if not registration.is_active or not (asks or takes_changes(setting.settings)):
        return HttpResponseRedirect(own)
    asked = open_request(registration) if asks else None
    form = _amending(request, setting, registration, asked)
    if form.is_bound and form.is_valid():
        try:
            told = _keep(setting, registration, form, asks=asks)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, told)
            return HttpResponseRedirect(own)
    paths = {each: addresses.change_registration_path(setting.public.slug, each, handle) for each in LANGUAGES}
    title = _("Ask for a change") if asks else _("Change your registration")
    context = setting.context(title, form=form, paths=paths, own_path=own, asks=asks)
    return render(request, "events/registration/change.html", context, status=422 if form.is_bound else 200)


def _keep(setting: Setting, registration: Registration, form: OwnForm, *, asks: bool) -> str:
    """Change it, or ask for it; gives what the person reads then."""
    told: dict[str, Any] = {
        "registration": registration,
        "applicant": form.applicant(registration.language, registration.email, registration.organisation_name),
        "answers": form.answers(),
        "sessions": form.chosen() if setting.sessions else None,
        "consents": form.ticks(),
        "language": setting.language,
    }
    if not asks:
        amend(**told)
        return _("Your changes are saved.")
    if request_change(**told) is None:
        return _("Nothing differs from what we hold, so there is nothing to ask for.")
    return _("Your request is with the organisers. We write to you when it is decided.")


def _amending(
    request: HttpRequest, setting: Setting, registration: Registration, asked: ChangeRequest | None
) -> OwnForm:
    initial = {name: getattr(registration, column) for name, column in DETAILS.items()}
    initial["sessions"] = [str(pk) for pk in registration.chosen_sessions.values_list("places", flat=True)]
    answers = read_answers(registration)
    if asked:
        initial |= {name: pair[1] for name, pair in asked.details.items() if name in initial}
        if asked.sessions:
            initial["sessions"] = [str(pk) for pk in asked.sessions["wanted"]]
        answers |= {each.question.key: each.value[1] for each in asked.answers.select_related("question")}
    consents, given = asked_by(setting.consents, setting.questions), standing(registration)
    return OwnForm(
        request.POST if request.method == "POST" else None,
        **own_files(request, registration, setting.questions, answers),
        questions=setting.questions,
        sessions=setting.sessions,
        consents=consents,
        given=[each.key for each in consents if each.pk in given],
        texts=fingerprint(consents, setting.language) if consents else "",
        answers=answers,
        initial=initial,
        without=["email", "organisation"] if registration.group_id else ["email"],
    )
