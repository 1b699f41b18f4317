"""The step for tables whose column names nobody knows: each column beside a choice of ours."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from wagtail.admin import messages

from events.exchange.imports import match_columns, survey
from events.exchange.messages import file_message
from events.exchange.rows import FileRefused, Survey
from events.forms.columns import ColumnsForm
from events.models import ProgrammeImport

from .base import Stage, StepPage, step_url


class ColumnsPage(StepPage):
    """Sheet and header row by the address, the columns by the form."""

    template_name = "events/admin/importing/columns.html"
    step = "columns"
    stages = (Stage.COLUMNS, Stage.TRIED)

    @cached_property
    def upload(self) -> ProgrammeImport:
        found = super().upload
        found.refresh_from_db(fields=["data"])
        return found

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        wanted = request.GET
        layout = {} if {"sheet", "header"} & set(wanted) else self.upload.layout
        seen = self._survey(
            wanted.get("sheet", layout.get("sheet", "")), wanted.get("header", layout.get("header", ""))
        )
        if seen is None:
            return redirect(step_url(self.upload) if self.upload.stage == Stage.TRIED else self.home_url)
        form = ColumnsForm(seen=seen, event=self.event, layout=layout)
        return self.render_to_response(self.get_context_data(form=form, seen=seen))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        seen = self._survey(request.POST.get("sheet", ""), request.POST.get("header", ""))
        if seen is None:
            return redirect(self.home_url)
        form = ColumnsForm(request.POST, seen=seen, event=self.event, layout=self.upload.layout)
        if form.is_valid():
            try:
                match_columns(
                    upload=self.upload, layout=form.layout(), remember=form.cleaned_data["remember"], by=self.user
                )
            except FileRefused as refusal:
                form.add_error(None, file_message(refusal))
            else:
                self.upload.refresh_from_db(fields=["stage"])
                return redirect(step_url(self.upload))
        return self.render_to_response(self.get_context_data(form=form, seen=seen))

    def _survey(self, sheet: str, header: Any) -> Survey | None:
        """The table as it was asked for; a number that is none is as good as none."""
        text = str(header)
        number = (int(text) or -1) if text.isascii() and text.isdigit() and len(text) < 8 else 0
        try:
            return survey(self.upload, sheet, number)
        except FileRefused as refusal:
            messages.error(self.request, file_message(refusal))
            return None
