"""What was deleted when its days were over, and who opened what is kept closed."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import ModelLogEntry

from events import labels, permissions
from events.models import ErasureRecord, Event, Registration

from .base import RegistrationScreen

PAGE_SIZE = 50
OPENED = ("open_answers", "open_file", "export_held", "export")


class DeletionsPage(WagtailAdminTemplateMixin, TemplateView):
    """Every event, the latest first; and what was erased because somebody asked for it, which names nobody."""

    template_name = "events/admin/registration/deletions.html"
    page_title = gettext_lazy("Deleted registration data")
    header_icon = "bin"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not permissions.may_see_deletions(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entries = ModelLogEntry.objects.filter(action="events.registration.delete_overdue").order_by(
            "-timestamp", "-pk"
        )
        page = Paginator(entries, PAGE_SIZE).get_page(self.request.GET.get("page"))
        found = [entry for entry in page if isinstance(entry, ModelLogEntry)]
        events = Event.objects.in_bulk([int(entry.object_id) for entry in found])
        asked = ErasureRecord.objects.order_by("-erased_at")[:PAGE_SIZE]
        return super().get_context_data(
            page=page,
            rows=[_deleted(entry, events.get(int(entry.object_id))) for entry in found],
            asked=[{"when": _moment(row.erased_at), "counts": _counts(row.report)} for row in asked],
            **kwargs,
        )


class OpenedPage(RegistrationScreen):
    """Who opened sensitive answers of this event, or took them along, and whose."""

    allowed = staticmethod(permissions.may_open_sensitive)
    template_name = "events/admin/registration/opened.html"
    page_title = gettext_lazy("Who opened sensitive answers")
    header_icon = "view"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(self._entries(), PAGE_SIZE).get_page(self.request.GET.get("page"))
        pks = [int(entry.object_id) for entry in page if entry.action != "events.registration.export"]
        whose = Registration.objects.filter(event=self.event).in_bulk(pks)
        return super().get_context_data(page=page, rows=[self._told(entry, whose) for entry in page], **kwargs)

    def _entries(self) -> Any:
        """Openings of registrations of this event, and exports that had sensitive columns."""
        of = ContentType.objects.get_for_models(Registration, Event)
        ours = Registration.objects.filter(event=self.event).values_list("pk", flat=True)
        acts = [f"events.registration.{act}" for act in OPENED]
        rows = ModelLogEntry.objects.filter(action__in=acts).select_related("user").order_by("-timestamp", "-pk")
        opened = rows.filter(content_type=of[Registration], object_id__in=[str(pk) for pk in ours])
        exported = rows.filter(content_type=of[Event], object_id=str(self.event.pk), data__sensitive=True)
        return opened | exported

    def _told(self, entry: ModelLogEntry, whose: dict[int, Registration]) -> dict[str, Any]:
        row = None if entry.action == "events.registration.export" else whose.get(int(entry.object_id))
        return {
            "when": _moment(entry.timestamp),
            "who": entry.user.get_full_name() or entry.user.get_username() if entry.user else "–",
            "what": entry.message,
            "row": row,
            "url": self.to("registration", row.pk) if row else "",
        }


def _deleted(entry: ModelLogEntry, event: Event | None) -> dict[str, Any]:
    return {
        "when": _moment(entry.timestamp),
        "event": event,
        "url": reverse("event_admin:registrations", args=[event.pk]) if event else "",
        "counts": _counts(entry.data),
    }


def _counts(report: dict[str, int]) -> list[tuple[str, int]]:
    """What was deleted, in words; nothing for what was none."""
    words = {
        "answers": _("answers"),
        "registrations": _("registrations"),
        "unconfirmed": _("registrations that were never confirmed"),
        "groups": _("groups"),
        "positions": _("positions"),
        "contributions": _("parts in sessions"),
        "releases": _("releases that named the person"),
    }
    return [(words.get(name, name), count) for name, count in report.items() if count]


def _moment(moment: Any) -> str:
    return labels.moment_words(moment, settings.TIME_ZONE)
