"""Panels of the admin's first page. Each is empty, and then not there, for whoever may not see its rows."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Count, DateTimeField, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.ui.components import Component

from events import permissions
from events.labels import dates_words
from events.models import Event, Job, Message, ProgrammeRelease, Session

MOST = 8


class ListPanel(Component):
    """A heading and a few links."""

    template_name = "cms/admin/list_panel.html"
    heading: Any = ""
    icon = "date"

    def __init__(self, request: Any) -> None:
        self.user = request.user

    def rows(self) -> list[dict[str, Any]]:
        """What the panel lists: text, url, detail."""
        raise NotImplementedError

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        rows = self.rows() if permissions.may_preview(self.user) else []
        return {"heading": self.heading, "icon": self.icon, "rows": rows, "name": type(self).__name__}


class UpcomingPanel(ListPanel):
    """Events that have not ended, the next first."""

    heading = gettext_lazy("Upcoming events")
    order = 50

    def rows(self) -> list[dict[str, Any]]:
        coming = Q(ends_on__gte=timezone.localdate()) | Q(ends_on=None)
        events = Event.objects.filter(coming, withdrawn_at=None).order_by(F("starts_on").asc(nulls_last=True), "pk")
        return [_row(event, dates_words(event.starts_on, event.ends_on)) for event in events[:MOST]]


class WaitingPanel(ListPanel):
    """Public events with sessions that were saved after the last release."""

    heading = gettext_lazy("Waiting to be released")
    icon = "upload"
    order = 51

    def rows(self) -> list[dict[str, Any]]:
        last = ProgrammeRelease.objects.filter(event=OuterRef("pk")).order_by("-number").values("released_at")[:1]
        # The moment of a release is kept in whole seconds; what was saved in that second was in it.
        settled = ExpressionWrapper(Subquery(last) + Value(timedelta(seconds=1)), output_field=DateTimeField())
        later = Session.objects.filter(event=OuterRef("pk"), updated_at__gt=OuterRef("last_release"))
        events: Any = (
            Event.objects.annotate(last_release=settled)
            .filter(Q(ends_on__gte=timezone.localdate()) | Q(ends_on=None), last_release__isnull=False)
            .filter(Q(Exists(later)) | Q(updated_at__gt=F("last_release")))
            .annotate(count=Count("sessions", filter=Q(sessions__updated_at__gt=F("last_release"))))
            .order_by("starts_on", "pk")
        )
        return [_row(event, _saved(event.count)) for event in events[:MOST]]


class FailedPanel(ListPanel):
    """Jobs and letters that failed for good."""

    heading = gettext_lazy("Failed")
    icon = "warning"
    order = 52

    def rows(self) -> list[dict[str, Any]]:
        found = []
        for model in (Job, Message):
            count = model.objects.filter(state="failed").count()
            if count:
                url = reverse(f"admin_{model._meta.model_name}:index") + "?state=failed"
                words = ngettext("%(count)s job", "%(count)s jobs", count)
                if model is Message:
                    words = ngettext("%(count)s letter", "%(count)s letters", count)
                found.append({"text": words % {"count": count}, "url": url, "detail": ""})
        return found


def _saved(count: int) -> str:
    words = ngettext("%(count)s session saved since", "%(count)s sessions saved since", count)
    return words % {"count": count}


def _row(event: Event, detail: str) -> dict[str, Any]:
    return {"text": str(event), "url": reverse("event_admin:home", args=[event.pk]), "detail": detail}
