"""One member on the page of a group's contact: added, cancelled, or replaced by somebody else."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events import addresses, labels
from events.bilingual import LANGUAGES
from events.forms.registration.roster import MemberForm
from events.models import Registration, RegistrationGroup
from events.registration import cancel
from events.registration.groups.answering import has_own_questions, member_questions_of
from events.registration.groups.members import add_member, why_nobody
from events.registration.registering import FormUsedError
from events.registration.substituting import may_substitute, substitute
from events.views.registration.setting import Setting
from events.views.registration.uploads import once_of

from .own import let_in


@require_http_methods(["GET", "HEAD", "POST"])
def add_page(request: HttpRequest, slug: str, language: str, handle: str) -> HttpResponseBase:
    return let_in(request, slug, language, handle, _add)


@require_http_methods(["GET", "HEAD", "POST"])
def member_page(request: HttpRequest, slug: str, language: str, handle: str, code: str) -> HttpResponseBase:
    return let_in(request, slug, language, handle, partial(_member, code=code))


def _add(request: HttpRequest, setting: Setting, group: RegistrationGroup, handle: str) -> HttpResponse:
    if request.method != "POST" and why_nobody(setting.settings, group, ready=setting.notice is not None):
        return back(setting, handle)  # which says why; what was typed before is answered by the verb
    form = MemberForm(
        request.POST if request.method == "POST" else None,
        questions=member_questions_of(group.event_id),
        sessions=setting.sessions,
    )
    once = once_of(request)
    form.number(once)
    if form.is_bound and form.is_valid():
        try:
            added = add_member(group=group, member=form.member(setting.language), once=f"m{group.pk}-{once}")
        except ValidationError as error:
            if isinstance(error, FormUsedError):
                form.number_anew()
            add_all(form, error)
        else:
            messages.success(request, _("%(name)s is in your group.") % {"name": added.name})
            return back(setting, handle)
    return _show(request, setting, group, handle, form=form, heading=_("Add a member"))


def _member(
    request: HttpRequest, setting: Setting, group: RegistrationGroup, handle: str, *, code: str
) -> HttpResponse:
    member = group.members.filter(code=code).first()
    if member is None:
        raise Http404
    if not member.is_active:
        return back(setting, handle)  # a second press, after the first: the group's page says what became of it
    member.event = setting.public.event
    act = request.POST.get("act", "")
    if act == "cancel":
        cancel(registration=member)
        messages.success(request, _("%(name)s is cancelled.") % {"name": member.name})
        return back(setting, handle)
    form = None
    if may_substitute(setting.settings, member):
        form = MemberForm(request.POST if act == "substitute" else None, questions=())
    if form is not None and form.is_bound and form.is_valid():
        try:
            coming = substitute(registration=member, applicant=form.member(member.language).person)
        except ValidationError as error:
            member.refresh_from_db(fields=["state"])
            if not member.is_active:
                return back(setting, handle)  # the first press was not through yet when the second came
            add_all(form, error)
        else:
            told = _("%(coming)s takes the place of %(leaving)s.")
            messages.success(request, told % {"coming": coming.name, "leaving": member.name})
            return back(setting, handle)
    return _show(request, setting, group, handle, form=form, heading=member.name, member=member)


def _show(
    request: HttpRequest,
    setting: Setting,
    group: RegistrationGroup,
    handle: str,
    *,
    form: MemberForm | None,
    heading: str,
    member: Registration | None = None,
) -> HttpResponse:
    slug, code = setting.public.slug, member.code if member else ""
    until = setting.settings.substitutes_until if setting.settings else None
    context: dict[str, Any] = setting.context(
        heading,
        paths={each: addresses.group_member_path(slug, each, handle, code) for each in LANGUAGES},
        form=form,
        group=group,
        member=member,
        own_path=addresses.own_group_path(slug, setting.language, handle),
        own_questions=has_own_questions(group.event_id),
        until=labels.deadline_words(until, setting.public.time_zone, setting.language) if until else "",
    )
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "events/registration/groups/member.html", context, status=status)


def add_all(form: forms.Form, error: ValidationError) -> None:
    """Beside its field where the error names one that the form has."""
    for name, errors in getattr(error, "error_dict", {None: [error]}).items():
        for each in errors:
            form.add_error(name if name in form.fields else None, each)


def back(setting: Setting, handle: str) -> HttpResponseRedirect:
    """To the group, which says what was done."""
    return HttpResponseRedirect(addresses.own_group_path(setting.public.slug, setting.language, handle))
