"""Requests for changes: what was beside what is wanted, accepted by one press or refused with a reason."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from events import labels, permissions
from events.bilingual import active_language
from events.models import ChangeRequest, Event
from events.registration.requesting import accept_change, refuse_change
from events.registration.sessions import SessionOffered, sessions_of
from events.registration.states import note
from events.turkish import clean
from events.views.registration.requested import Row, request_rows

from .base import RegistrationScreen

#: So many decided ones are told below the open ones.
DECIDED = 30


def open_requests(event: Event) -> QuerySet[ChangeRequest]:
    """What people of an event ask for, the oldest first."""
    return ChangeRequest.objects.filter(registration__event=event, state=ChangeRequest.State.OPEN)


class RequestsPage(RegistrationScreen):
    """Every open request with its two buttons; sensitive answers stay closed until somebody who may opens them."""

    template_name = "events/admin/registration/requests.html"
    page_title = gettext_lazy("Requests for changes")
    opened: int | None = None
    refused: dict[int, str] = {}
    typed: str = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        decided = ChangeRequest.objects.filter(registration__event=self.event).exclude(state=ChangeRequest.State.OPEN)
        zone = self.event.time_zone
        return super().get_context_data(
            requests=[self._told(row) for row in self._open_requests()],
            decided=[
                (row, labels.moment_words(row.decided_at, zone) if row.decided_at else "", self._url(row))
                for row in decided.select_related("registration", "decided_by").order_by("-decided_at")[:DECIDED]
            ],
            may_open=permissions.may_open_sensitive(self.user),
            **kwargs,
        )

    def _told(self, row: ChangeRequest) -> dict[str, Any]:
        rows = [each for each in self._rows(row) if self._may_read(each)]
        return {
            "row": row,
            "url": self._url(row),
            "rows": rows,
            "closed": any(each.closed for each in rows),
            "when": labels.moment_words(row.made_at, self.event.time_zone),
            "refused": self.refused.get(row.pk, ""),
            "typed": self.typed if row.pk in self.refused else "",
        }

    def _open_requests(self) -> QuerySet[ChangeRequest]:
        return open_requests(self.event).select_related("registration").prefetch_related("answers__question")

    @cached_property
    def sessions(self) -> list[SessionOffered]:
        public = getattr(self.event, "public", None)
        return sessions_of(public, active_language()) if public else []

    def _rows(self, row: ChangeRequest) -> list[Row]:
        return request_rows(row, self.sessions, opened=row.pk == self.opened)

    def _may_read(self, row: Row) -> bool:
        return row.question is None or permissions.may_read_answers(self.user, row.question.visible_to)

    def _url(self, row: ChangeRequest) -> str:
        return self.to("registration", row.registration_id)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        act, _colon, key = request.POST.get("act", "").partition(":")
        rows = ChangeRequest.objects.filter(registration__event=self.event).select_related("registration")
        row = get_object_or_404(rows, pk=int(key) if key.isdecimal() and len(key) < 19 else 0)
        if act == "open":
            return self._open(row)
        permissions.require(permissions.may_manage_registrations(request.user))
        self.typed = clean(request.POST.get(f"reason-{row.pk}", ""), lines=True)[:500]
        try:
            self._decide(row, accept=act == "accept")
        except ValidationError as error:
            self.refused = {row.pk: " ".join(error.messages)}
            return self.render_to_response(self.get_context_data(), status=422)
        return redirect(self.to("change_requests"))

    def _decide(self, row: ChangeRequest, *, accept: bool) -> None:
        if accept:
            done = accept_change(request=row, by=self.user)
        else:
            done = refuse_change(request=row, reason=self.typed, by=self.user)
        state = ChangeRequest.State.ACCEPTED if accept else ChangeRequest.State.REFUSED
        if done.state == state:
            messages.success(self.request, f"{row.registration}: {done.get_state_display()}.")
        else:
            messages.warning(
                self.request,
                _("%(name)s: nothing was done, it is %(state)s already.")
                % {"name": row.registration, "state": done.get_state_display()},
            )

    def _open(self, row: ChangeRequest) -> HttpResponse:
        """Shown once, in this answer, which nobody keeps."""
        permissions.require(permissions.may_open_sensitive(self.user))
        note(row.registration, "open_answers", by=self.user)
        self.opened = row.pk
        response = self.render_to_response(self.get_context_data())
        response.headers["Cache-Control"] = "private, no-store"
        return response
