"""Copying an event: say what comes along, look at what it would be like, do it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages

from events import permissions
from events.cloning import Blueprint, Forecast, Part, clone_event, forecast, keep_template, read_blueprint
from events.forms.cloning import CloneForm, KeepTemplateForm
from events.models import Event

from .base import EventPage
from .building.acts import add_errors


class Asking(TemplateView):
    """Show the form; with ``preview`` what would come of it; with ``do`` do it. What is wrong stands beside its field."""

    def make_form(self, data: Any = None) -> Form:
        raise NotImplementedError

    def blueprint(self, form: Form | None) -> Blueprint:
        raise NotImplementedError

    def make(self, form: Form) -> Event:
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.make_form(request.POST)
        shown: Forecast | None = None
        if form.is_valid():
            try:
                if "do" in request.POST:
                    return self.made(request, self.make(form))
                shown = forecast(self.blueprint(form), form.cleaned_data["starts_on"])
            except ValidationError as error:
                add_errors(form, error)
            except OverflowError:
                form.add_error("starts_on", _("Check the year."))
        return self.render_to_response(self.get_context_data(form=form, forecast=shown))

    def made(self, request: HttpRequest, event: Event) -> HttpResponse:
        told = _("“%(title)s” was made. Nobody sees it until its first release; its sessions are drafts.")
        messages.success(request, told % {"title": event})
        return redirect(reverse("event_admin:home", args=[event.pk]))


class ClonePage(Asking, EventPage):
    allowed = staticmethod(permissions.may_add_events)
    template_name = "events/admin/cloning/new.html"
    page_title = gettext_lazy("Clone the event")
    header_icon = "copy"

    def make_form(self, data: Any = None) -> CloneForm:
        event = self.event
        return CloneForm(data, initial={"title_tr": event.title_tr, "title_en": event.title_en})

    def blueprint(self, form: Form | None) -> Blueprint:
        return read_blueprint(self.event, form.cleaned_data["parts"] if form else list(Part))

    def make(self, form: Form) -> Event:
        return clone_event(event=self.event, by=self.user, **form.cleaned_data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        left = self.event.sessions.filter(status="cancelled").count()
        return super().get_context_data(
            **{"form": self.make_form(), **kwargs}, left_out=left, button=_("Clone the event"), back_url=self.home_url
        )


class KeepTemplatePage(EventPage):
    """Keep the event as a template of one's own."""

    allowed = staticmethod(permissions.may_add_events)
    template_name = "events/admin/cloning/keep.html"
    page_title = gettext_lazy("Keep as a template")
    header_icon = "doc-full"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        named = {"name_tr": self.event.title_tr, "name_en": self.event.title_en}
        return super().get_context_data(**{"form": KeepTemplateForm(initial=named), **kwargs})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = KeepTemplateForm(request.POST)
        if form.is_valid():
            try:
                template = keep_template(event=self.event, by=self.user, **form.cleaned_data)
            except ValidationError as error:
                add_errors(form, error)
            else:
                messages.success(request, _("“%(name)s” is among the templates now.") % {"name": template})
                return redirect("event_admin:templates")
        return self.render_to_response(self.get_context_data(form=form))
