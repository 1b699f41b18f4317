"""The first step: a file from the computer, or one that waits already."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from events.exchange.imports import receive_file
from events.exchange.messages import file_message
from events.exchange.rows import FileRefused
from events.forms.upload import UploadForm
from events.labels import moment_words
from events.models import ProgrammeImport

from .base import StepPage, step_url


class ImportPage(StepPage):
    """Choose a file; what cannot be read is said beside the field, and nothing of it is kept."""

    template_name = "events/admin/importing/file.html"
    step = "file"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                return redirect(
                    step_url(receive_file(event=self.event, data=file.read(), name=file.name, by=self.user))
                )
            except FileRefused as refusal:
                form.add_error("file", file_message(refusal))
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = ProgrammeImport.objects.without_file().filter(event=self.event).select_related("owner")
        waiting = [(row, step_url(row), self._when(row)) for row in rows.waiting()[:10]]
        done = [(row, step_url(row), self._when(row)) for row in rows.filter(stage=ProgrammeImport.Stage.DONE)[:5]]
        return super().get_context_data(**{"form": UploadForm(), **kwargs}, waiting=waiting, imported=done)

    def _when(self, row: ProgrammeImport) -> str:
        return moment_words(row.created_at, timezone.get_current_timezone_name())
