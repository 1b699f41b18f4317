"""What the screens of one event share: the event, its permission, the way back."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from events import permissions
from events.labels import sentence
from events.models import Event
from events.models.release import DOCUMENTS


class EventPage(WagtailAdminTemplateMixin, TemplateView):
    """A screen of one event; whoever may not do ``allowed`` never gets as far as reading the event."""

    allowed: Callable[[Any], bool] = staticmethod(permissions.may_preview)
    header_icon = "date"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not type(self).allowed(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def event(self) -> Event:
        rows = Event.objects.select_related("venue", "dialogue_programme", "public__release")
        return get_object_or_404(rows.defer(*(f"public__release__{name}" for name in DOCUMENTS)), pk=self.kwargs["pk"])

    @property
    def user(self) -> User:
        """Who is at work; nobody gets here without logging in."""
        return cast(User, self.request.user)

    @property
    def home_url(self) -> str:
        return reverse("event_admin:home", args=[self.event.pk])

    def get_page_subtitle(self) -> str:
        return str(self.event)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        events = {"url": reverse("admin_event:index"), "label": sentence(str(Event._meta.verbose_name_plural))}
        home = {"url": self.home_url, "label": str(self.event)}
        return [
            *self.breadcrumbs_items,
            events,
            home,
            {"url": "", "label": self.get_page_title(), "sublabel": str(self.event)},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(event=self.event, home_url=self.home_url, **kwargs)
