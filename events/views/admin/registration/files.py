"""A file that somebody uploaded, for officers who may read that answer; opening a sensitive one is written down."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from events import permissions
from events.models import Registration
from events.registration.states import note
from events.views.registration.sending import file_response, find_file

from .base import RegistrationScreen


class FilePage(RegistrationScreen):
    """GET gives what is not sensitive; what is, only a button opens, as it opens sensitive answers."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._send(by_button=False)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._send(by_button=True)

    def _send(self, *, by_button: bool) -> HttpResponse:
        row = get_object_or_404(Registration, pk=self.kwargs["registration"], event=self.event)
        upload = find_file(row, self.kwargs["name"])
        if upload is None or not permissions.may_read_answers(self.user, upload.question.visible_to):
            raise Http404
        if not upload.question.sensitive:
            return file_response(upload, row)
        permissions.require(permissions.may_open_sensitive(self.user))
        if not by_button:
            return redirect(self.to("registration", row.pk))
        note(row, "open_file", by=self.user, data={"question": upload.question.key})
        return file_response(upload, row)
