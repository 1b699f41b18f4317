"""The working programme as a file to take along."""

from typing import cast

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from wagtail.admin import messages

from events import permissions
from events.exchange.export import export_programme
from events.models import Event

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


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
