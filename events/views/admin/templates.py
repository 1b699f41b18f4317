"""Templates of events: what there is, a new event from one, dropping one of one's own."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from events import permissions
from events.bilingual import Text
from events.cloning import Blueprint, builtin_templates, create_from_template, drop_template
from events.forms.cloning import NewEventForm
from events.labels import event_kind_label, sentence
from events.models import Event, EventTemplate

from .cloning import Asking


@dataclass(frozen=True)
class Listed:
    """A template as the list tells it; ``own`` is the row of one that an officer made."""

    key: str
    name: Text
    about: Text
    blueprint: Blueprint
    own: EventTemplate | None = None

    @property
    def kind(self) -> str:
        return sentence(event_kind_label(self.blueprint.facts["kind"]))


def listed_templates() -> Iterator[Listed]:
    """Those of the program first, then those that officers made."""
    for template in builtin_templates().values():
        yield Listed(template.key, template.name, template.about, template.blueprint)
    for row in EventTemplate.objects.all():
        yield Listed(str(row.pk), row.name, Text(""), Blueprint(**row.blueprint), row)


def find_template(key: str) -> Listed:
    """The template of that key, or 404."""
    if key in builtin_templates():
        return next(each for each in listed_templates() if each.key == key)
    if not key.isdecimal() or len(key) > 18:
        raise Http404
    row = get_object_or_404(EventTemplate, pk=key)
    return Listed(key, row.name, Text(""), Blueprint(**row.blueprint), row)


class TemplatesView(WagtailAdminTemplateMixin, TemplateView):
    """A screen about templates, for those who may add events."""

    template_name = "events/admin/cloning/templates.html"
    page_title = gettext_lazy("Templates of events")
    header_icon = "doc-full"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not permissions.may_add_events(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def user(self) -> User:
        return cast(User, self.request.user)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        events = {"url": reverse("admin_event:index"), "label": sentence(str(Event._meta.verbose_name_plural))}
        return [*self.breadcrumbs_items, events, {"url": "", "label": self.get_page_title()}]


class TemplateList(TemplatesView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(templates=list(listed_templates()), **kwargs)


class NewFromTemplatePage(Asking, TemplatesView):
    template_name = "events/admin/cloning/new.html"

    @cached_property
    def template(self) -> Listed:
        return find_template(self.kwargs["template"])

    def get_page_title(self) -> str:
        return _("New event from a template")

    def get_page_subtitle(self) -> str:
        return str(self.template.name)

    def make_form(self, data: Any = None) -> NewEventForm:
        return NewEventForm(data)

    def blueprint(self, form: Form | None) -> Blueprint:
        return self.template.blueprint

    def make(self, form: Form) -> Event:
        return create_from_template(blueprint=self.template.blueprint, by=self.user, **form.cleaned_data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **{"form": self.make_form(), **kwargs},
            about=self.template.about,
            button=_("Make the event"),
            back_url=reverse("event_admin:templates"),
        )


class DropTemplatePage(TemplatesView):
    """Asks once."""

    template_name = "events/admin/cloning/drop.html"
    page_title = gettext_lazy("Delete the template")
    header_icon = "bin"

    @cached_property
    def template(self) -> EventTemplate:
        return get_object_or_404(EventTemplate, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(template=self.template, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        drop_template(template=self.template, by=self.user)
        messages.success(request, _("The template was deleted. Events made from it stay as they are."))
        return redirect("event_admin:templates")
