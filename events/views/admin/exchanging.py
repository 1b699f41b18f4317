"""Programmes in and out by hand: try a file, read what it would do, do it; or take the programme along."""

from typing import Any, cast

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from events import permissions
from events.exchange.apply import import_file
from events.exchange.columns import ROLE_OF
from events.exchange.export import export_programme
from events.exchange.messages import file_message, missing_messages, row_message
from events.exchange.report import ImportReport, RowChange
from events.exchange.rows import FileRefused
from events.forms.base import told_value
from events.forms.upload import ImportForm, keep
from events.labels import role_label, sentence
from events.models import Contribution, Event, Session

from .base import EventPage

#: Up to how many characters a changed text is shown in an import's report.
SHORT = 80
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


class ImportPage(EventPage):
    """First a trial that keeps nothing, then the same file for good."""

    allowed = staticmethod(permissions.may_import)
    template_name = "events/admin/import.html"
    page_title = gettext_lazy("Import from a file")
    header_icon = "upload"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"form": ImportForm(), **kwargs})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ImportForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        data, act = form.cleaned_data["data"], "do" in request.POST
        try:
            report = import_file(event=self.event, data=data, by=self.user, dry_run=not act)
        except FileRefused as refusal:
            form.add_error("file", file_message(refusal))
            return self.render_to_response(self.get_context_data(form=form))
        if act:
            messages.success(request, _("The file was imported into the working programme."))
        name = form.cleaned_data["name"]
        told = self._report(report)
        again = ImportForm(initial={"kept": keep(data), "name": name})
        return self.render_to_response(
            self.get_context_data(form=again, told=told, done=act, file_name=name, kept=bool(keep(data)))
        )

    def _report(self, report: ImportReport) -> dict[str, Any]:
        return {
            "counts": [
                (_("new"), report.created),
                (_("changed"), report.changed),
                (_("unchanged"), report.unchanged),
                (_("of these drafts"), report.draft),
                (_("refused"), report.refused_rows),
            ],
            "refused": [row_message(remark) for remark in report.refused],
            "reported": [row_message(remark) for remark in report.reported],
            "copies": [row_message(remark) for remark in report.duplicates],
            "missing": missing_messages(report.missing),
            "changes": [_told(change) for change in report.changes[:200]],
            "ignored": ", ".join(report.ignored_columns),
            "anything": bool(report.created or report.changed),
        }


def _told(change: RowChange) -> dict[str, Any]:
    """A changed session, its fields by the names that the form gives them, old → new where that is short."""
    return {"title": change.title, "ref": change.ref, "fields": [_field(*each) for each in change.fields.items()]}


def _field(name: str, values: tuple[Any, Any]) -> str:
    role = ROLE_OF.get(name, name)
    if role in Contribution.Role.values:
        return sentence(role_label(role))
    field = Session._meta.get_field(name)
    label, choices = sentence(str(getattr(field, "verbose_name", name))), dict(getattr(field, "flatchoices", ()))
    if any(isinstance(value, list | tuple) or len(str(value)) > SHORT for value in values):
        return label
    old, new = (told_value(choices.get(value, value)) for value in values)
    return f"{label}: {old} → {new}"


def export(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The working programme as a spreadsheet that can be imported again."""
    if not permissions.may_preview(request.user):
        raise PermissionDenied
    event = get_object_or_404(Event, pk=pk)
    if form not in TYPES:
        raise Http404
    try:
        data = export_programme(event=event, form=form, by=cast(User, request.user))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("event_admin:home", pk)
    response = HttpResponse(data, content_type=TYPES[form])
    response.headers["Content-Disposition"] = f'attachment; filename="{event.slug}.{form}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
