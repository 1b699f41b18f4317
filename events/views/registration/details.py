"""The second form: what is asked once somebody is confirmed, reached from one's own page."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events import addresses
from events.bilingual import LANGUAGES
from events.forms.registration import QuestionsForm
from events.models import Question, Registration
from events.models.registration.registrations import State
from events.registration import tell_details
from events.registration.answering import questions_of, read_answers
from events.registration.consents import asked_by, standing
from events.registration.opening import is_to_come, takes_requests
from events.registration.requesting import request_change
from events.registration.wordings import fingerprint

from .letting_in import let_in
from .setting import Setting
from .uploads import own_files


@require_http_methods(["GET", "HEAD", "POST"])
def details_page(request: HttpRequest, slug: str, language: str, handle: str) -> HttpResponseBase:
    return let_in(request, slug, language, handle, _details)


def may_tell(setting: Setting, registration: Registration) -> bool:
    """Whether the person may tell details now: confirmed, and the event has not begun."""
    return registration.state == State.CONFIRMED and setting.settings is not None and is_to_come(setting.settings)


def _details(request: HttpRequest, setting: Setting, registration: Registration, handle: str) -> HttpResponse:
    own = addresses.own_registration_path(setting.public.slug, setting.language, handle)
    questions = questions_of(registration.event_id, stage=Question.Stage.DETAILS)
    if not questions or not may_tell(setting, registration):
        return HttpResponseRedirect(own)
    form = _form(request, setting, registration, questions)
    if form.is_bound and form.is_valid():
        try:
            told = _keep(setting, registration, form)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, told)
            return HttpResponseRedirect(own)
    paths = {each: addresses.details_path(setting.public.slug, each, handle) for each in LANGUAGES}
    context = setting.context(
        _("Your details"), form=form, paths=paths, own_path=own, asks=_asks(setting, registration)
    )
    return render(request, "events/registration/details.html", context, status=422 if form.is_bound else 200)


def _keep(setting: Setting, registration: Registration, form: QuestionsForm) -> str:
    """Keep the details; told once, and the time for changes over, they are asked for. Gives what the person reads."""
    if not _asks(setting, registration):
        tell_details(
            registration=registration, answers=form.answers(), consents=form.ticks(), language=setting.language
        )
        return _("Thank you. Your details are saved.")
    asked = request_change(
        registration=registration, answers=form.answers(), consents=form.ticks(), language=setting.language
    )
    if asked is None:
        return _("Nothing differs from what we hold, so there is nothing to ask for.")
    return _("Your request is with the organisers. We write to you when it is decided.")


def _asks(setting: Setting, registration: Registration) -> bool:
    """Whether what is changed here is only asked for."""
    return takes_requests(setting.settings) and registration.details_at is not None


def _form(
    request: HttpRequest, setting: Setting, registration: Registration, questions: list[Question]
) -> QuestionsForm:
    consents, given = asked_by(setting.consents, questions), standing(registration)
    answers = read_answers(registration)
    return QuestionsForm(
        request.POST if request.method == "POST" else None,
        **own_files(request, registration, questions, answers),
        questions=questions,
        consents=consents,
        given=[each.key for each in consents if each.pk in given],
        texts=fingerprint(consents, setting.language) if consents else "",
        answers=answers,
    )
