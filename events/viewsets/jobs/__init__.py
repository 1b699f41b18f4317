"""The jobs page: what runs, how far it is, what came of it, why it failed; trying again and calling off."""

from typing import Any

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from events.models import Job
from events.viewsets.outbox import OutboxViewSet

from .filters import JobFilters
from .telling import ToldJob
from .views import CancelPage, JobList, JobPage, JobProgress, JobStates, RetryPage


class ToldColumn(Column):
    """A cell that is drawn from what is told of a job, by a template of its own."""

    def __init__(self, name: str, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.cell_template_name = f"events/admin/jobs/cells/{name}.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        told: ToldJob = instance.told
        request = parent_context.get("request")
        may_act = bool(request and request.user.has_perm("events.change_job"))
        return {**context, "told": told, "may_act": may_act}


class JobViewSet(OutboxViewSet):
    model = Job
    name = "jobs"
    icon = "cogs"
    index_view_class = JobList
    filterset_class = JobFilters
    list_display = [
        Column("kind", label=_("What is done"), accessor="told.label", sort_key="kind"),
        ToldColumn("about", label=_("Subject")),
        ToldColumn("state", label=_("State"), sort_key="state"),
        ToldColumn("outcome", label=_("What came of it")),
        ToldColumn("started", label=_("Started"), sort_key="created_at"),
    ]
    list_export = ["kind", "payload", "state", "attempts", "created_at", "finished_at", "error"]
    inspect_view_fields = ["kind"]
    plain = ("kind", "error")

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        kwargs = super().get_index_view_kwargs(state_url_name=self.get_url_name("state"), **kwargs)
        return {name: value for name, value in kwargs.items() if name != "retry_url_name"} | {"related": ("owner",)}

    def _view(self, view: Any) -> Any:
        return self.construct_view(view, fields=self.inspect_view_fields)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("state/", self._view(JobStates), name="state"),
            path("inspect/<int:pk>/", self._view(JobPage), name="inspect"),
            path("follow/<int:pk>/", self._view(JobProgress), name="follow"),
            path("retry/<int:pk>/", self._view(RetryPage), name="retry"),
            path("cancel/<int:pk>/", self._view(CancelPage), name="cancel"),
        ]


__all__ = ["JobViewSet"]
