"""Reports in counts, for those who may not see who registered; and the same as a list to take along."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from events import labels, permissions
from events.bilingual import active_language
from events.exchange.export import text_table, workbook
from events.models import Event
from events.registration.opening import settings_of
from events.registration.reports import Report, overview, report_on

from .exporting import TYPES
from .menu import Menu, menus_of
from .person import SAFE

PAGE_SIZE = 50


class ReportScreen(WagtailAdminTemplateMixin, TemplateView):
    """Nothing here says who anybody is, so it opens to readers of reports too."""

    header_icon = "list-ul"
    page_title = gettext_lazy("Reports on registrations")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not permissions.may_read_reports(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class ReportsPage(ReportScreen):
    """Events that take registrations, with their counts."""

    template_name = "events/admin/registration/reports.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(overview(), PAGE_SIZE).get_page(self.request.GET.get("page"))
        rows = [
            {"event": row, "when": labels.date_words(row.starts_on, weekday=False) if row.starts_on else ""}
            for row in page
        ]
        return super().get_context_data(page=page, rows=rows, **kwargs)


class ReportPage(ReportScreen):
    """One event in counts."""

    template_name = "events/admin/registration/report.html"

    @cached_property
    def event(self) -> Event:
        return get_object_or_404(Event, pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return str(self.event)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        reports = {"url": reverse("event_admin:registration_reports"), "label": _("Reports on registrations")}
        return [*self.breadcrumbs_items, reports, {"url": "", "label": str(self.event)}]

    @property
    def header_buttons(self) -> list[Any]:
        return [
            HeaderButton(
                f".{form}",
                url=reverse("event_admin:export_registration_report", args=[self.event.pk, form]),
                icon_name="download",
            )
            for form in TYPES
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(event=self.event, report=report_on(self.event), menus=self.menus, **kwargs)

    @property
    def menus(self) -> list[Menu]:
        """The way on to those registered; who reads reports alone has none."""
        user = self.request.user
        if not permissions.may_see_registrations(user):
            return []
        return menus_of(self.event, settings_of(self.event), user, self.request.path)


@never_cache
def export_report(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The same counts as a table; there is nothing in it that says who."""
    if not permissions.may_read_reports(request.user):
        raise PermissionDenied
    if request.method not in SAFE:
        return HttpResponseNotAllowed(SAFE)
    event = get_object_or_404(Event, pk=pk)
    if form not in TYPES:
        raise Http404
    header = [_("Counted by"), _("Value"), pgettext("how many", "Registered"), _("Confirmed"), _("Present")]
    rows, title = _table(report_on(event)), f"{event}: {_('report')}"
    data = text_table(header, rows, active_language()) if form == "csv" else workbook(title, header, rows)
    response = HttpResponse(data, content_type=TYPES[form])
    response.headers["Content-Disposition"] = f'attachment; filename="{event.slug}-report.{form}"'
    return response


def _table(report: Report) -> list[list[Any]]:
    totals = [_("All"), "", report.total, report.confirmed, report.present]
    return [totals, *([str(section.title), *row] for section in report.sections for row in section.rows)]
