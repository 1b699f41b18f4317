"""What the steps of the wizard share: the upload, where it stands, the steps themselves."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events import permissions
from events.models import ProgrammeImport
from events.views.admin.base import EventPage

Stage = ProgrammeImport.Stage


def step_url(upload: ProgrammeImport) -> str:
    """Where an upload goes on: the page of the step that is next."""
    step = {Stage.COLUMNS: "import_columns", Stage.DONE: "import_done"}.get(Stage(upload.stage), "import_trial")
    return reverse(f"event_admin:{step}", args=[upload.event_id, upload.pk])


class StepPage(EventPage):
    """A page of the wizard; whoever comes to a step that is not there is led to the one that is."""

    allowed = staticmethod(permissions.may_import)
    page_title = gettext_lazy("Import from a file")
    header_icon = "upload"
    step = ""
    stages: tuple[str, ...] = ()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.stages and type(self).allowed(request.user) and self.upload.stage not in self.stages:
            return redirect(step_url(self.upload))
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def upload(self) -> ProgrammeImport:
        rows = ProgrammeImport.objects.without_file().select_related("job", "event").filter(event=self.kwargs["pk"])
        return get_object_or_404(rows, pk=self.kwargs["upload"])

    def steps(self) -> list[dict[str, Any]]:
        """The steps in words; the one shown is marked, those before it are done."""
        names = {"file": _("File"), "columns": _("Columns"), "trial": _("Trial"), "done": _("Imported")}
        order = list(names)
        return [
            {"label": label, "current": name == self.step, "past": order.index(name) < order.index(self.step)}
            for name, label in names.items()
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(steps=self.steps(), **kwargs)
