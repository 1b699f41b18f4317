"""A group by hand, and registrations from a sheet: tried row by row, and then all of them or none."""

import hashlib
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from events import permissions
from events.bilingual import active_language
from events.forms.registration.group import OfficerGroupForm
from events.forms.registration.roster import MemberForm
from events.forms.registration.sheet import PersonForm, SheetForm
from events.forms.registration.sheets import template
from events.models import Question, Registration, RegistrationGroup
from events.models.registration.settings import LARGEST_GROUP
from events.registration import Filled, add_registration
from events.registration.groups.answering import group_questions_of, member_questions_of
from events.registration.groups.registering import GroupFilled, add_group, registered_already
from events.registration.registering import FormUsedError
from events.registration.sessions import SessionOffered, sessions_of
from events.views.admin.building.acts import add_errors
from events.views.registration.groups.filling import XLSX
from events.views.registration.groups.people import CARRIED, People
from events.views.registration.uploads import once_of

from .base import RegistrationScreen


class PeoplePage(RegistrationScreen):
    """A form about people who are typed or read from a list; a trial shows every row before anything is kept."""

    allowed = staticmethod(permissions.may_manage_registrations)
    template_name = "events/admin/registration/people.html"
    person_form: type[MemberForm] = MemberForm
    organisation = False
    typed = True

    @cached_property
    def questions(self) -> list[Question]:
        """What an officer may read of what somebody else can answer."""
        found = member_questions_of(self.event.pk)
        return [each for each in found if permissions.may_read_answers(self.user, each.visible_to)]

    @cached_property
    def sessions(self) -> list[SessionOffered]:
        public = getattr(self.event, "public", None)
        return sessions_of(public, active_language()) if public else []

    @cached_property
    def people(self) -> People:
        return People(
            self.request.POST,
            self.request.FILES,
            self.questions,
            form=self.person_form,
            sessions=self.sessions,
            most=LARGEST_GROUP,
            organisation=self.organisation,
        )

    def make_form(self, data: Any = None, files: Any = None) -> Form:
        raise NotImplementedError

    def keep(self, form: Any, people: list[MemberForm]) -> HttpResponse:
        """Save all of them, or raise ValidationError."""
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get("template"):
            return self._template()
        if self.settings is None or getattr(self.event, "public", None) is None:
            messages.warning(request, self.what_lacks)
            return redirect(self.to("registrations"))
        self.people.begin()
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **{
                "form": kwargs.pop("form", None) or self.make_form(),
                "people": self.people.typed if self.typed else [],
                "typed": self.typed,
                "full": self.people.full,
                "trial": self.people.trial,
                **kwargs,
            }
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.settings is None or getattr(self.event, "public", None) is None:
            return redirect(self.to("registrations"))
        form, act = self.make_form(request.POST, request.FILES), request.POST.get("act", "")
        if act == "check" or request.FILES.get("sheet"):
            if wrong := self.people.try_file():
                form.add_error("sheet", wrong)
            elif self.people.trial:
                self.refuse_known(self.people.trial.people)
            return self.render_to_response(self.get_context_data(form=form))
        if act in ("more", "typed") or act.startswith("drop:"):
            self.people.rearrange(act)
            form.errors.clear()
            return self.render_to_response(self.get_context_data(form=form))
        return self._take(form)

    def _take(self, form: Form) -> HttpResponse:
        people = self.people.gather()
        if not self.sent_before:
            self.refuse_known(people)
        valid = form.is_valid()
        if not people:
            form.add_error(None, _("Enter the members of the group, or choose your list."))
        if valid and people and not any(each.errors for each in people):
            try:
                return self.keep(form, people)
            except ValidationError as error:
                add_errors(form, error)
        if self.people.trial is None and not self.people.typed:
            self.people.begin()
        return self.render_to_response(self.get_context_data(form=form))

    def refuse_known(self, people: list[MemberForm]) -> None:
        """An officer may know who is registered already, and is told by row."""
        if self.settings is None:
            return
        members = {form.row: form for form in people if not form.errors}
        for known in registered_already(self.settings, [form.member("tr") for form in members.values()]):
            members[known.row].add_error("email", _("Somebody with this address is registered already."))

    @property
    def sent_before(self) -> bool:
        """Whether this very form was saved already: a second press is answered as the first."""
        raise NotImplementedError

    def _template(self) -> HttpResponse:
        data = template(str(self.event), self.questions, organisation=self.organisation, sessions=self.sessions)
        response = HttpResponse(data, content_type=XLSX)
        response.headers["Content-Disposition"] = f'attachment; filename="{self.event.slug}.xlsx"'
        return response


class AddGroupPage(PeoplePage):
    page_title = gettext_lazy("Add group")
    header_icon = "group"

    def make_form(self, data: Any = None, files: Any = None) -> Form:
        form = OfficerGroupForm(data, files, questions=group_questions_of(self.event.pk))
        form.number(once_of(self.request))
        return form

    @property
    def number(self) -> str:
        return f"g{self.event.pk}-{once_of(self.request)}"

    @property
    def sent_before(self) -> bool:
        return RegistrationGroup.objects.filter(event=self.event, once=self.number).exists()

    def keep(self, form: Any, people: list[MemberForm]) -> HttpResponse:
        language = form.cleaned_data["language"]
        filled = GroupFilled(
            contact=form.contact(language),
            members=[each.member(language) for each in people],
            answers=form.answers(),
        )
        try:
            group = add_group(event=self.event, filled=filled, once=self.number, by=self.user)
        except FormUsedError:
            form.number_anew()
            raise
        messages.success(self.request, _("“%(name)s” was saved.") % {"name": group})
        return redirect(self.to("registration_group", group.pk))


class AddFromSheetPage(PeoplePage):
    """People who come alone, many at once: each with the own organisation."""

    page_title = gettext_lazy("Add from a sheet")
    person_form = PersonForm
    organisation = True
    typed = False

    def make_form(self, data: Any = None, files: Any = None) -> Form:
        return SheetForm(data, files)

    @property
    def number(self) -> str:
        """A list that is sent twice, by a second press, adds nobody twice, with an address or without."""
        return hashlib.sha256(f"{self.event.pk} {self.request.POST.get(CARRIED)}".encode()).hexdigest()[:24]

    @property
    def sent_before(self) -> bool:
        return Registration.objects.filter(event=self.event, once__startswith=f"{self.number}-").exists()

    def keep(self, form: Any, people: list[Any]) -> HttpResponse:
        language = form.cleaned_data["language"]
        with transaction.atomic():
            rows = [
                add_registration(
                    event=self.event,
                    applicant=each.applicant(language),
                    filled=Filled(answers=each.answers(), sessions=each.chosen()),
                    once=f"{self.number}-{each.row}"[:32],
                    by=self.user,
                )
                for each in people
            ]
        told = ngettext("%(count)s registration was added.", "%(count)s registrations were added.", len(rows))
        messages.success(self.request, told % {"count": len(rows)})
        return redirect(self.to("registrations"))
