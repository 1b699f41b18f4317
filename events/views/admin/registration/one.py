"""One registration: what it says, what happened to it, its letters, and what can be done."""

import secrets
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button, HeaderButton

from events import labels, permissions
from events.bilingual import active_language
from events.forms.base import Difference
from events.forms.registration.asked import told
from events.forms.registration.officer import OfficerForm
from events.models import Answer, Question, Registration, Wording
from events.models.registration.registrations import State
from events.registration import Filled, add_registration, amend
from events.registration.amending import OutdatedError
from events.registration.answering import questions_of
from events.registration.attended import marks_of, places_attended
from events.registration.consents import consents_for, standing
from events.registration.details import missing
from events.registration.fitting import fitting
from events.registration.outbox import why
from events.registration.places import place_in_line
from events.registration.sessions import chosen_of, sessions_of
from events.registration.several import ACTS, do_to_several
from events.registration.states import note
from events.registration.uploading import move_drafts
from events.turkish import clean
from events.views.admin.building.acts import add_errors
from events.views.registration.uploads import once_of, own_files, take_files

from .base import RegistrationScreen
from .history import consents_of, history_of
from .outbox import letter_rows
from .telling import offered, tell_done


class RegistrationPage(RegistrationScreen):
    """Read by those who may; sensitive answers stay closed until somebody who may opens them, which is written down."""

    template_name = "events/admin/registration/one.html"
    opened = False

    @cached_property
    def registration(self) -> Registration:
        rows = Registration.objects.select_related("organisation", "person", "group", "replaced_by")
        row = get_object_or_404(rows, pk=self.kwargs["registration"], event=self.event)
        row.event = self.event
        return row

    def get_page_title(self) -> str:
        return str(self.registration)

    @property
    def header_buttons(self) -> list[Any]:
        if not permissions.may_manage_registrations(self.user) or not self.registration.is_active:
            return []
        url = self.to("edit_registration", self.registration.pk)
        return [HeaderButton(_("Edit"), url=url, icon_name="edit", priority=10)]

    @property
    def header_more_buttons(self) -> list[Any]:
        row, user = self.registration, self.user
        found = [
            (permissions.may_link_people(user), _("Who it is in the directory"), "registration_person", "user"),
            (permissions.may_export_held(user), _("Export all that is held"), "registration_held", "download"),
            (permissions.may_erase_registrations(user), _("Erase for good"), "erase_registration", "bin"),
        ]
        return (
            []
            if row.erased_at
            else [
                Button(label, url=self.to(name, row.pk), icon_name=icon, priority=10 * place)
                for place, (shown, label, name, icon) in enumerate(found)
                if shown
            ]
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row, zone = self.registration, self.event.time_zone
        answers = self._answers()
        kwargs.pop("registration", None)  # the number in the address
        return super().get_context_data(
            registration=row,
            place=place_in_line(row) if row.state == State.WAITLISTED else None,
            refused_why=why(row.address_refused),
            until=labels.moment_words(row.held_until, zone) if row.held_until else "",
            registered=labels.moment_words(row.registered_at, zone),
            missing=labels.list_words([str(each) for each in missing(row)]) if row.details_due else "",
            asked_at=labels.moment_words(row.details_asked_at, zone) if row.details_asked_at else "",
            answers=answers,
            closed=any(each["closed"] for each in answers),
            may_open=permissions.may_open_sensitive(self.user),
            may_link=permissions.may_link_people(self.user) and not row.erased_at,
            sessions=chosen_of(row, sessions_of(self.event.public, active_language())) if self.public else [],
            consents=consents_of(row, zone),
            history=history_of(row, zone),
            group_url=self.to("registration_group", row.group_id) if row.group_id else "",
            attended=places_attended(row, zone),
            marks=marks_of(row, zone),
            may_print=permissions.may_export_registrations(self.user),
            letters=letter_rows(self, list(self.event.messages.filter(person_key=row.person_key).order_by("-pk")[:30])),
            **offered(fitting(row)),
            **kwargs,
        )

    @property
    def public(self) -> bool:
        return getattr(self.event, "public", None) is not None

    def _answers(self) -> list[dict[str, Any]]:
        rows = Answer.objects.filter(registration=self.registration).select_related("question")
        return [
            {
                "question": row.question,
                "closed": row.question.sensitive and not self.opened,
                "file": self._file_url(row),
                "told": "" if row.question.sensitive and not self.opened else told(row.question, row.value),
            }
            for row in rows.order_by("question__position", "pk")
            if permissions.may_read_answers(self.user, row.question.visible_to)
        ]

    def _file_url(self, row: Answer) -> str:
        if row.question.kind != Question.Kind.FILE or (row.question.sensitive and not self.opened):
            return ""
        return self.to("registration_file", self.registration.pk, row.value["file"])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        act = request.POST.get("act", "")
        if act == "open":
            return self._open()
        permissions.require(permissions.may_manage_registrations(request.user))
        if act in ACTS:
            reason = clean(request.POST.get("reason", ""))[:500]
            keys = [self.registration.pk]
            tell_done(request, act, do_to_several(act=act, event=self.event, keys=keys, reason=reason, by=self.user))
        return redirect(self.to("registration", self.registration.pk))

    def _open(self) -> HttpResponse:
        """Shown once, in this answer, which nobody keeps."""
        permissions.require(permissions.may_open_sensitive(self.user))
        note(self.registration, "open_answers", by=self.user)
        self.opened = True
        response = self.render_to_response(self.get_context_data())
        response.headers["Cache-Control"] = "private, no-store"
        return response


class WritePage(RegistrationScreen):
    """A form of one registration; sensitive answers are neither shown nor changed by those who may not open them."""

    allowed = staticmethod(permissions.may_manage_registrations)
    template_name = "events/admin/registration/form.html"

    @property
    def stages(self) -> list[str]:
        """The stages whose questions stand on the form."""
        return [Question.Stage.REGISTRATION]

    @cached_property
    def questions(self) -> list[Question]:
        may_open = permissions.may_open_sensitive(self.user)
        return [
            each
            for stage in self.stages
            for each in questions_of(self.event.pk, stage=stage)
            if permissions.may_read_answers(self.user, each.visible_to) and (may_open or not each.sensitive)
        ]

    @cached_property
    def consents(self) -> list[Wording]:
        return list(consents_for(self.questions))

    @cached_property
    def sessions(self) -> list[Any]:
        public = getattr(self.event, "public", None)
        return sessions_of(public, active_language()) if public else []

    def make_form(self, data: Any = None) -> OfficerForm:
        stored = self.stored()
        return OfficerForm(
            data,
            questions=self.questions,
            sessions=self.sessions,
            consents=self.consents,
            **self.files(stored.get("answers", {})),
            **stored,
        )

    def files(self, answers: dict[str, Any]) -> dict[str, Any]:
        """Files for a form on which nothing was answered yet."""
        once, posted = once_of(self.request), self.request.method == "POST"
        taken = take_files(self.request, self.questions, draft=self._draft(once)) if posted else None
        return {"once": once, "files": taken}

    def _draft(self, once: str) -> str:
        return f"a{self.event.pk}-{self.user.pk}-{once}"

    def stored(self) -> dict[str, Any]:
        return {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{**kwargs, "form": kwargs.get("form") or self.make_form()})

    def write(self, form: OfficerForm) -> Registration:
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form, differences = self.make_form(request.POST), []
        if form.is_valid():
            try:
                row = self.write(form)
            except OutdatedError as outdated:
                add_errors(form, outdated)
                differences = both_versions(form, outdated.stored)
                form.data = form.data.copy()  # type: ignore[attr-defined]
                form.data["version"] = str(outdated.stored.version)  # type: ignore[index]
            except ValidationError as error:
                add_errors(form, error)
            else:
                messages.success(request, _("“%(name)s” was saved.") % {"name": row})
                return redirect(self.to("registration", row.pk))
        return self.render_to_response(self.get_context_data(form=form, differences=differences))


class AddPage(WritePage):
    page_title = gettext_lazy("Add registration")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.settings is None or not self.event_is_public:
            messages.warning(request, self.what_lacks)
            return redirect(self.to("registrations"))
        return super().get(request, *args, **kwargs)

    @property
    def event_is_public(self) -> bool:
        return getattr(self.event, "public", None) is not None

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.settings is None or not self.event_is_public:
            return redirect(self.to("registrations"))
        return super().post(request, *args, **kwargs)

    def write(self, form: OfficerForm) -> Registration:
        agreed = form.agreed()
        filled = Filled(
            answers=form.answers(),
            sessions=form.chosen(),
            shown=[each for each in self.consents if each.key in agreed],
            agreed=agreed,
        )
        applicant, once = form.applicant(), once_of(self.request)
        number = f"a{self.event.pk}-{once}"
        row = add_registration(event=self.event, applicant=applicant, filled=filled, once=number, by=self.user)
        if (row.name, row.email) != (applicant.name, applicant.email):
            self._number_anew(form)
            words = _("This form was saved before, for “%(name)s”. Save once more to add this person too.")
            raise ValidationError(words % {"name": row})
        return row

    def _number_anew(self, form: OfficerForm) -> None:
        """Somebody went back and typed another person into a form that was saved: files that wait go along."""
        before, anew = once_of(self.request), secrets.token_hex(8)
        move_drafts(before=self._draft(before), draft=self._draft(anew))
        form.number_anew(anew)


class EditPage(WritePage):
    @cached_property
    def registration(self) -> Registration:
        return get_object_or_404(Registration.objects.active(), pk=self.kwargs["registration"], event=self.event)

    def get_page_title(self) -> str:
        return str(self.registration)

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """Sensitive answers stand in the form: that somebody opened them is written down."""
        asked = [each for each in self.questions if each.sensitive]
        if self.registration.answers.filter(question__in=asked).exists():
            note(self.registration, "open_answers", by=self.user)
        response: HttpResponse = super().render_to_response(context, **kwargs)
        return response

    def files(self, answers: dict[str, Any]) -> dict[str, Any]:
        return own_files(self.request, self.registration, self.questions, answers, self.user.pk)

    @property
    def stages(self) -> list[str]:
        """Details can be entered for whoever is confirmed."""
        confirmed = self.registration.state == State.CONFIRMED
        return [Question.Stage.REGISTRATION, *([Question.Stage.DETAILS] if confirmed else [])]

    def stored(self) -> dict[str, Any]:
        row = self.registration
        allowed = {each.pk for each in self.questions}
        answers: dict[str, Any] = {}
        elsewhere: dict[str, Any] = {}
        for each in row.answers.select_related("question"):
            (answers if each.question_id in allowed else elsewhere)[each.question.key] = each.value
        given = standing(row)
        return {
            "answers": answers,
            "elsewhere": elsewhere,
            "given": [each.key for each in self.consents if each.pk in given],
            "initial": {
                "name": row.name,
                "email": row.email,
                "language": row.language,
                "organisation": row.organisation_name,
                "role": row.role,
                "phone": row.phone,
                "version": str(row.version),
                "sessions": [str(pk) for pk in row.chosen_sessions.values_list("places", flat=True)],
            },
        }

    def write(self, form: OfficerForm) -> Registration:
        return amend(
            registration=self.registration,
            applicant=form.applicant(),
            answers=form.answers(),
            sessions=form.chosen() if self.sessions else None,
            consents=form.ticks(),
            version=form.cleaned_data["version"],
            by=self.user,
        )


def both_versions(form: OfficerForm, stored: Registration) -> list[Difference]:
    """What is stored by now and what this officer typed, where they differ."""
    pairs = {
        "name": stored.name,
        "email": stored.email,
        "language": stored.language,
        "organisation": stored.organisation_name,
        "role": stored.role,
        "phone": stored.phone,
    }
    answers = {row.question.key: row.value for row in stored.answers.select_related("question")}
    found = [
        Difference(str(form.fields[name].label), theirs or "–", form.cleaned_data.get(name) or "–")
        for name, theirs in pairs.items()
        if theirs != (form.cleaned_data.get(name) or "")
    ]
    for question, yours in form.answers().items():
        if answers.get(question.key) != yours:
            found.append(
                Difference(str(question.label), told(question, answers.get(question.key)), told(question, yours))
            )
    return found
