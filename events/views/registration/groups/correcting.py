"""The contact corrects a member: what it entered itself, at once while the event lets people, and afterwards not."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events import addresses
from events.bilingual import LANGUAGES
from events.forms.registration.asked import told
from events.forms.registration.choosing import SESSIONS
from events.forms.registration.roster import CorrectionForm
from events.models import Registration, RegistrationGroup
from events.registration.amending import OutdatedError
from events.registration.groups.answering import has_own_questions
from events.registration.groups.correcting import Correctable, correct_member, correctable
from events.registration.opening import takes_changes
from events.registration.sessions import chosen_of
from events.views.registration.setting import Setting

from .members import add_all, back
from .own import let_in

_NAMED = ("name", "role", "email", "phone")


@require_http_methods(["GET", "HEAD", "POST"])
def correct_page(request: HttpRequest, slug: str, language: str, handle: str, code: str) -> HttpResponseBase:
    return let_in(request, slug, language, handle, partial(_correct, code=code))


def _correct(
    request: HttpRequest, setting: Setting, group: RegistrationGroup, handle: str, *, code: str
) -> HttpResponse:
    member = group.active_members.filter(code=code).first()
    if member is None:
        raise Http404
    if not takes_changes(setting.settings):
        messages.info(request, _("The time for changes is over. Write to us if something has to be corrected."))
        return back(setting, handle)
    may = correctable(member)
    form = _form(setting, member, may, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            _keep(setting, group, member, form)
        except OutdatedError as outdated:
            form = _once_more(setting, outdated.stored, form)
        except ValidationError as error:
            add_all(form, error)
        else:
            messages.success(request, _("%(name)s: your changes are saved.") % {"name": form.cleaned_data["name"]})
            return back(setting, handle)
    return _show(request, setting, group, handle, member=member, form=form)


def _show(
    request: HttpRequest,
    setting: Setting,
    group: RegistrationGroup,
    handle: str,
    *,
    member: Registration,
    form: CorrectionForm,
) -> HttpResponse:
    slug = setting.public.slug
    context = setting.context(
        _("Correct a member"),
        paths={each: addresses.correct_member_path(slug, each, handle, member.code) for each in LANGUAGES},
        form=form,
        member=member,
        fixed="email" not in form.fields,
        own_path=addresses.own_group_path(slug, setting.language, handle),
        own_questions=has_own_questions(group.event_id),
    )
    status = 422 if form.is_bound else 200
    return render(request, "events/registration/groups/correct.html", context, status=status)


def _form(setting: Setting, member: Registration, may: Correctable, data: Any) -> CorrectionForm:
    initial: dict[str, Any] = {name: getattr(member, name) for name in _NAMED}
    initial["version"] = str(member.version)
    initial[SESSIONS] = [str(pk) for pk in member.chosen_sessions.values_list("places", flat=True)]
    return CorrectionForm(
        data,
        questions=may.questions,
        answers=may.answers,
        elsewhere=may.elsewhere,
        sessions=setting.sessions,
        initial=initial,
        fixed=not may.address,
    )


def _keep(setting: Setting, group: RegistrationGroup, member: Registration, form: CorrectionForm) -> None:
    entered = form.member(member.language)
    correct_member(
        group=group,
        member=member,
        applicant=form.applicant(member),
        answers=entered.answers,
        sessions=entered.sessions if setting.sessions else None,
        version=form.cleaned_data["version"],
    )


def _once_more(setting: Setting, stored: Registration, sent: CorrectionForm) -> CorrectionForm:
    """What was typed, with what somebody else saved meanwhile beside it; sent again, it counts."""
    data = sent.data.copy()  # type: ignore[attr-defined]
    data["version"] = str(stored.version)
    may = correctable(stored)
    form = _form(setting, stored, may, data)
    form.is_valid()
    form.add_error(
        None, _("The member, or an officer, changed this in the meantime, so nothing was saved. Look through it again.")
    )
    form.tell_stored(_differences(setting, stored, may, form))
    return form


def _differences(setting: Setting, stored: Registration, may: Correctable, form: CorrectionForm) -> dict[str, str]:
    typed = form.cleaned_data
    found = {name: getattr(stored, name) for name in _NAMED if name in typed and typed[name] != getattr(stored, name)}
    for question, answer in form.answers().items():
        if answer != may.answers.get(question.key) and f"q-{question.key}" in typed:
            found[f"q-{question.key}"] = told(question, may.answers.get(question.key))
    chosen = [session for session, _seat in chosen_of(stored, setting.sessions)]
    if {each.pk for each in form.offers()} != {each.pk for each in chosen}:
        found[SESSIONS] = ", ".join(each.title for each in chosen)
    return found
