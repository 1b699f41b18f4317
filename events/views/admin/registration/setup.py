"""How an event takes registrations: settings, questions, notices and consents, sessions to choose."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.log_actions import log

from events import addresses, permissions
from events.bilingual import active_language
from events.forms.registration.asked import condition_words
from events.forms.registration.setting_up import QuestionForm, SessionsForm, SettingsForm, WordingForm
from events.labels import zone_label_on
from events.links import issue_link, key_of
from events.models import Event, Question, RegistrationSettings, Session, Wording
from events.registration import save_settings
from events.registration.consents import uncovered
from events.registration.notices import not_named, write_notice
from events.registration.ready_made import QUESTIONS, WORDINGS, add_ready_made, add_ready_wording
from events.registration.setting_up import (
    choose_places,
    copy_form,
    delete_question,
    delete_uncovered,
    delete_wording,
    move_question,
    save_question,
)
from events.views.admin.building.acts import add_errors
from events.views.registration.setting import INVITATION
from events.views.registration.telling import quoted

from .base import RegistrationScreen

#: What another event's settings can lend.
COPIED = (
    *("access", "approval", "waiting_list", "quota", "offer_hours", "days_kept", "groups", "largest_group"),
    *("substitutes", "intro_tr", "intro_en", "thanks_tr", "thanks_en"),
)


class SetUpPage(RegistrationScreen):
    """A screen for those who say how registration goes; a form that saves one row with its version."""

    allowed = staticmethod(permissions.may_set_up_registration)
    template_name = "events/admin/registration/set_up.html"
    next_name = "registrations"

    def make_form(self, data: Any = None) -> BaseForm:
        raise NotImplementedError

    def keep(self, form: Any) -> None:
        """Save what the form says."""
        new = form.instance.pk is None
        row = form.save()
        log(instance=row, action="wagtail.create" if new else "wagtail.edit", user=self.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or self.make_form()
        return super().get_context_data(
            form=form, differences=getattr(form, "differences", []), back_url=self.to(self.next_name), **kwargs
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                form = self.make_form(request.POST)
                if form.is_valid():
                    self.keep(form)
                    messages.success(request, _("Saved."))
                    return redirect(self.to(self.next_name))
        except ValidationError as error:
            add_errors(form, error)  # type: ignore[arg-type]
        return self.render_to_response(self.get_context_data(form=form))


class SettingsPage(SetUpPage):
    page_title = gettext_lazy("Registration settings")

    def make_form(self, data: Any = None) -> SettingsForm:
        row = RegistrationSettings.objects.filter(event=self.event).first() or self._begun()
        return SettingsForm(data, instance=row, for_user=self.user)

    def keep(self, form: Any) -> None:
        row = form.save(commit=False)
        new = row.pk is None
        save_settings(settings=row, by=self.user)
        log(instance=row, action="wagtail.create" if new else "wagtail.edit", user=self.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            invitation=self._invitation(),
            sources=self._sources(),
            zone=zone_label_on(self.event.time_zone, self.event.starts_on),
            **kwargs,
        )

    def _begun(self) -> RegistrationSettings:
        """New settings: those of another event where the officer chose one, never its times, seats or counts."""
        row = RegistrationSettings(event=self.event, capacity=self.event.capacity)
        source = RegistrationSettings.objects.filter(event=_number(self.request.GET.get("source", ""))).first()
        for name in COPIED if source else ():
            setattr(row, name, getattr(source, name))
        return row

    def _sources(self) -> list[Event]:
        """Whose settings can be begun with; none where this event has its own."""
        rows = Event.objects.filter(registration_settings__isnull=False).order_by("-starts_on", "pk")
        return [] if self.settings else list(rows[:50])

    def _invitation(self) -> list[tuple[str, str]]:
        """The invitation link in both languages, where registration is by invitation."""
        public = getattr(self.event, "public", None)
        row = self.settings
        if row is None or public is None or row.access != RegistrationSettings.Access.INVITATION:
            return []
        key = key_of(issue_link(target=row, purpose=INVITATION))
        named = (("tr", _("Turkish")), ("en", _("English")))
        return [(name, addresses.absolute(addresses.invitation_path(public.slug, code, key))) for code, name in named]


class ListedPage(RegistrationScreen):
    """A list of small rows with buttons; each button posts one act."""

    allowed = staticmethod(permissions.may_set_up_registration)
    own_name = ""

    def act(self, act: str, which: str) -> str:
        """Do it, and say what was done; empty for an act that is not there."""
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        act, _colon, which = request.POST.get("act", "").partition(":")
        try:
            done = self.act(act, which)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            if done:
                messages.success(request, done)
        return redirect(self.to(self.own_name))


def warn_of_the_notice(request: HttpRequest, event: Event) -> None:
    """Whoever adds a question is told at once, for the form may be open and people are to know before they answer."""
    missing = not_named(event)
    if missing:
        words = _(
            "The notice does not name these questions in both languages: %(questions)s. Write it anew under "
            "Notices and consents."
        )
        messages.warning(request, words % {"questions": quoted(missing)})


def _not_yet(ready_made: Mapping[str, Any], field: str, rows: Sequence[Any]) -> list[tuple[str, str]]:
    """What is not there yet, so that nothing is added twice by a second press."""
    there = {getattr(row, f"{field}_tr") for row in rows}
    language = active_language()
    return [
        (name, facts[f"{field}_{language}"]) for name, facts in ready_made.items() if facts[f"{field}_tr"] not in there
    ]


class QuestionsPage(ListedPage):
    page_title = gettext_lazy("Questions")
    template_name = "events/admin/registration/questions.html"
    own_name = "questions"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = list(self.event.questions.select_related("consent").order_by("position", "pk"))
        others = Event.objects.filter(questions__isnull=False).exclude(pk=self.event.pk).distinct()
        return super().get_context_data(
            rows=[(row, condition_words(row, rows), uncovered(row).count() if row.consent_id else 0) for row in rows],
            ready_made=_not_yet(QUESTIONS, "label", rows),
            others=others[:50],
            **kwargs,
        )

    def act(self, act: str, which: str) -> str:
        if act == "ready" and which in QUESTIONS:
            add_ready_made(event=self.event, name=which, by=self.user)
            warn_of_the_notice(self.request, self.event)
            return _("Added. Look through it and adapt it.")
        if act == "copy":
            source = get_object_or_404(Event, pk=_number(self.request.POST.get("source", "")))
            copy_form(source=source, event=self.event, by=self.user)
            warn_of_the_notice(self.request, self.event)
            return _("Copied.")
        if act in ("up", "down", "delete", "uncovered"):
            question = Question.objects.filter(pk=_number(which), event=self.event).first()
            if question is None:
                raise ValidationError(_("Somebody else deleted this question meanwhile, with all answers to it."))
            if act == "uncovered":
                count = delete_uncovered(question=question, by=self.user)
                return ngettext("%(count)s answer deleted.", "%(count)s answers deleted.", count) % {"count": count}
            if act == "delete":
                delete_question(question=question, by=self.user)
                return _("Deleted, with all answers to it.")
            move_question(question=question, up=act == "up", by=self.user)
        return ""


class QuestionPage(SetUpPage):
    template_name = "events/admin/registration/question.html"
    next_name = "questions"

    @cached_property
    def question(self) -> Question:
        if "question" in self.kwargs:
            stored = Question.objects.filter(pk=self.kwargs["question"]).select_related("event").first()
            if stored is not None and stored.event_id != self.event.pk:
                raise Http404
            if stored is not None:
                return stored
        last = self.event.questions.order_by("-position").values_list("position", flat=True).first()
        return Question(event=self.event, position=0 if last is None else last + 1)

    @property
    def is_deleted(self) -> bool:
        """Whether somebody else deleted the question of this page meanwhile."""
        return "question" in self.kwargs and self.question.pk is None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.is_deleted:
            messages.warning(request, _("Somebody else deleted this question meanwhile, with all answers to it."))
            return redirect(self.to("questions"))
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.is_deleted:
            return super().post(request, *args, **kwargs)
        form = self.make_form(request.POST)
        form.add_error(
            None, _("Somebody else deleted this question meanwhile, with all answers to it. Save it to ask it anew.")
        )
        return self.render_to_response(self.get_context_data(form=form, action=self.to("new_question")))

    def get_page_title(self) -> str:
        return str(self.question) if self.question.pk else _("New question")

    def keep(self, form: Any) -> None:
        row = form.save(commit=False)
        new = row.pk is None
        save_question(question=row, by=self.user)
        log(instance=row, action="wagtail.create" if new else "wagtail.edit", user=self.user)
        warn_of_the_notice(self.request, self.event)

    def make_form(self, data: Any = None) -> QuestionForm:
        return QuestionForm(data, instance=self.question, for_user=self.user)


class WordingsPage(ListedPage):
    page_title = gettext_lazy("Notices and consents")
    template_name = "events/admin/registration/wordings.html"
    own_name = "wordings"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = list(self.event.wordings.order_by("-kind", "position", "pk"))
        missing = not_named(self.event) if self.ready else []
        offered = {name: facts for name, facts in WORDINGS.items() if name != "notice" or not self.ready}
        return super().get_context_data(
            rows=rows,
            not_named=quoted(missing),
            ready_made=_not_yet(offered, "title", rows),
            **kwargs,
        )

    def act(self, act: str, which: str) -> str:
        if act == "ready" and which in WORDINGS:
            if which == "notice" and self.ready:
                raise ValidationError(_("This event has an information notice already."))
            add_ready_wording(event=self.event, name=which, by=self.user)
            return _("Added. Look through it and adapt it.")
        if act == "notice":
            write_notice(event=self.event, by=self.user)
            return _("The notice names all questions now. Have a lawyer read it before registration opens.")
        if act == "delete":
            wording = get_object_or_404(Wording, pk=_number(which), event=self.event)
            delete_wording(wording=wording, by=self.user)
            return _("Deleted.")
        return ""


class WordingPage(SetUpPage):
    template_name = "events/admin/registration/wording.html"
    next_name = "wordings"

    @cached_property
    def wording(self) -> Wording:
        if "wording" in self.kwargs:
            return get_object_or_404(Wording, pk=self.kwargs["wording"], event=self.event)
        return Wording(event=self.event, position=self.event.wordings.count())

    def get_page_title(self) -> str:
        return str(self.wording) if self.wording.pk else _("New consent")

    def make_form(self, data: Any = None) -> WordingForm:
        return WordingForm(data, instance=self.wording, for_user=self.user)


class SessionPlacesPage(SetUpPage):
    page_title = gettext_lazy("Sessions to choose")
    template_name = "events/admin/registration/sessions.html"

    def make_form(self, data: Any = None) -> SessionsForm:
        rows = Session.objects.filter(event=self.event).exclude(audience=Session.Audience.STAFF)
        return SessionsForm(data, sessions=list(rows.in_order().select_related("places")))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(zone=zone_label_on(self.event.time_zone, self.event.starts_on), **kwargs)

    def keep(self, form: Any) -> None:
        choose_places(event=self.event, wanted=form.wanted(), by=self.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().get(request, *args, **kwargs) if self.settings else self._first(request)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().post(request, *args, **kwargs) if self.settings else self._first(request)

    def _first(self, request: HttpRequest) -> HttpResponse:
        messages.warning(request, _("First say how the event takes registrations."))
        return redirect(self.to("registration_settings"))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0
