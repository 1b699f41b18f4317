"""The form before it opens: an officer sees it, fills it in and sends it, and nothing of it is kept."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from events import permissions
from events.bilingual import LANGUAGES
from events.forms.registration import Files, QuestionsForm, RegistrationForm
from events.forms.registration.asked import told
from events.models import Event, PublicEvent, Question
from events.registration.answering import questions_of
from events.registration.consents import asked_by
from events.registration.sessions import SessionOffered
from events.uploads.process import clean_upload
from events.uploads.refusals import FileNotTakenError
from events.views.keyed import guard
from events.views.registration.setting import Setting


@dataclass(frozen=True)
class TrialSetting(Setting):
    """One event as its registration pages would tell it, also before its first release."""

    @cached_property
    def sessions(self) -> list[SessionOffered]:
        return super().sessions if self.public.pk else []


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def trial(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """The form, or with ``?stage=details`` the second one, in the words and by the rules of the public pages."""
    if not permissions.may_set_up_registration(request.user):
        raise PermissionDenied
    if language not in LANGUAGES:
        raise Http404
    event = get_object_or_404(Event.objects.select_related("public", "venue"), pk=pk)
    with translation.override(language):
        setting = TrialSetting(_public(event), language, request)
        return guard(_details(request, setting) if request.GET.get("stage") == "details" else _first(request, setting))


def _public(event: Event) -> PublicEvent:
    """What the public sees of the event, or would see."""
    public = getattr(event, "public", None)
    names = ("title_tr", "title_en", "starts_on", "ends_on", "time_zone", "slug")
    return public or PublicEvent(event=event, **{name: getattr(event, name) for name in names})


def _first(request: HttpRequest, setting: TrialSetting) -> HttpResponse:
    data, files = _sent(request, setting.questions)
    form = RegistrationForm(
        data, questions=setting.questions, sessions=setting.sessions, consents=setting.consents, files=files
    )
    if form.is_bound and form.is_valid():
        person = [(str(field.label), str(form.cleaned_data[field.name] or "–")) for field in form.person_fields]
        chosen = [each.words for each in setting.sessions if each.places in form.chosen()]
        return _accepted(request, setting, form, [*person, *([(_("Sessions"), "; ".join(chosen))] if chosen else [])])
    context = _context(request, setting, _("Register"), form)
    return render(request, "events/registration/form.html", {**context, "notice": setting.notice})


def _details(request: HttpRequest, setting: TrialSetting) -> HttpResponse:
    """All that could be asked: what an earlier form would decide is taken as led to."""
    questions = _by_themselves(questions_of(setting.public.event_id, stage=Question.Stage.DETAILS))
    data, files = _sent(request, questions)
    form = QuestionsForm(data, questions=questions, consents=asked_by(setting.consents, questions), files=files)
    if form.is_bound and form.is_valid():
        return _accepted(request, setting, form, [])
    context = _context(request, setting, _("Your details"), form)
    return render(request, "events/registration/details.html", context)


def _by_themselves(questions: Sequence[Question]) -> list[Question]:
    here = {each.key for each in questions}
    found = []
    for question in questions:
        tests = [test for test in question.condition.get("tests") or [] if test["question"] in here]
        found.append(copy(question))
        found[-1].condition = {**question.condition, "tests": tests} if tests else {}
    return found


def _sent(request: HttpRequest, questions: Sequence[Question]) -> tuple[Any, Files]:
    """What was sent; files are read by the same rules and stored nowhere."""
    files = Files()
    for question in questions:
        sent = request.FILES.get(f"q-{question.key}") if question.kind == Question.Kind.FILE else None
        if sent is None:
            continue
        try:
            cleaned = clean_upload(sent.read(), megabytes=question.megabytes)
        except FileNotTakenError as refused:
            files.wrong[question.key] = refused.words
        else:
            size = len(cleaned.data)
            files.kept[question.key] = {"file": "", "name": sent.name or "", "kind": cleaned.kind, "size": size}
    return request.POST if request.method == "POST" else None, files


def _accepted(
    request: HttpRequest, setting: TrialSetting, form: QuestionsForm, person: list[tuple[str, str]]
) -> HttpResponse:
    answers = [(str(question.label), told(question, value)) for question, value in form.answers().items() if value]
    agreed = [str(each.title) for each in form.consents if each.key in form.agreed()]
    context = _context(request, setting, _("It would be accepted"), form)
    rows = [*person, *answers, *([(_("Consents given"), "; ".join(agreed))] if agreed else [])]
    return render(request, "events/admin/registration/tried.html", {**context, "rows": rows})


def _context(request: HttpRequest, setting: TrialSetting, title: str, form: QuestionsForm) -> dict[str, Any]:
    form.kept_files = {}  # a trial keeps no file, and says of none that it need not be chosen again
    path = request.get_full_path()
    back = reverse("event_admin:registrations", args=[setting.public.event_id])
    return setting.context(title, form=form, trying=True, back_path=back, form_path=path, own_path=path)
