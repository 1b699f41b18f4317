"""A person who comes alone names somebody else to take the place."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events import addresses
from events.bilingual import LANGUAGES
from events.forms.registration.roster import MemberForm
from events.models import Registration
from events.registration.substituting import may_substitute, substitute

from .groups.members import add_all
from .letting_in import let_in
from .setting import Setting


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, slug: str, language: str, handle: str) -> HttpResponseBase:
    return let_in(request, slug, language, handle, _name)


def _name(request: HttpRequest, setting: Setting, registration: Registration, handle: str) -> HttpResponse:
    slug = setting.public.slug
    own = addresses.own_registration_path(slug, setting.language, handle)
    if registration.group_id or not may_substitute(setting.settings, registration):
        return HttpResponseRedirect(own)
    form = MemberForm(request.POST if request.method == "POST" else None, questions=())
    form.fields["email"].required = True
    if form.is_bound and form.is_valid():
        try:
            substitute(registration=registration, applicant=form.member(registration.language).person)
        except ValidationError as error:
            add_all(form, error)
        else:
            return HttpResponseRedirect(own)
    context = setting.context(
        _("Let somebody else come instead"),
        paths={each: addresses.substitute_path(slug, each, handle) for each in LANGUAGES},
        form=form,
        own_path=own,
    )
    return render(request, "events/registration/substitute.html", context, status=422 if form.is_bound else 200)
