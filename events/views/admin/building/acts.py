"""What the desk does: each act is one address for pointer, keyboard and form, and answers script or browser."""

import json
from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from events import labels, permissions
from events.building import (
    StaleDayError,
    StaleSessionError,
    copy_day,
    create_session,
    move_session,
    redo_act,
    shift_day,
    undo_act,
)
from events.conflicts import read_warnings
from events.forms.building import CopyDayForm, MoveForm, NewSessionForm, ShiftForm
from events.models import Session
from events.views.admin.base import EventPage

from .state import session_state, state_since, warning_states


class ActPage(EventPage):
    """Show the form of an act; do it. A script gets JSON: 200 with what changed, 422 with errors, 409 when stale."""

    allowed = staticmethod(permissions.may_edit_programme)
    template_name = "events/admin/building/act.html"
    button: Any = ""

    @cached_property
    def more(self) -> dict[str, Any]:
        """What a script is told beside the state, once the act is done."""
        return {}

    def make_form(self, data: Any = None) -> Form:
        raise NotImplementedError

    def act(self, form: Any) -> str:
        """Do it; gives the sentence that tells what was done."""
        raise NotImplementedError

    @property
    def by_script(self) -> bool:
        return self.request.headers.get("accept") == "application/json"

    @property
    def desk_url(self) -> str:
        return reverse("event_admin:programme", args=[self.event.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or self.make_form()
        return super().get_context_data(form=form, button=self.button, desk_url=self.desk_url, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.make_form(request.POST)
        if not form.is_valid():
            return self._refuse(form, 422)
        try:
            said = self.act(form)
        except StaleSessionError as error:
            form.add_error(None, error.message)
            return self._tell_both(form, error.stored)
        except StaleDayError as error:
            form.add_error(None, error.message)
            return self._refuse(form, 409)
        except ValidationError as error:
            add_errors(form, error)
            return self._refuse(form, 422)
        return self.done(said, form.cleaned_data.get("day"))

    def done(self, said: str, day: Any = None) -> HttpResponse:
        """Tell what was done: to a script with everything that changed, to a browser on the desk."""
        if self.by_script:
            return self._state(200, said=said, **self.more)
        messages.success(self.request, said)
        return redirect(f"{self.desk_url}?day={day}" if day else self.desk_url)

    def _refuse(self, form: Form, status: int) -> HttpResponse:
        if self.by_script:
            told = {labelled(form, name): [str(each) for each in errors] for name, errors in form.errors.items()}
            names = {name: [str(each) for each in errors] for name, errors in form.errors.items()}
            return self._state(status, errors=told, fields=names)
        return self.render_to_response(self.get_context_data(form=form), status=409 if status == 409 else 200)

    def _tell_both(self, form: Any, stored: Session) -> HttpResponse:
        differences = form.differences(stored)
        if self.by_script:
            return self._state(
                409,
                errors={"": [str(each) for each in form.non_field_errors()]},
                stored=session_state(stored),
                differences=[[each.label, each.theirs, each.yours] for each in differences],
            )
        form.data = form.data.copy()
        form.data["version"] = str(stored.version)
        return self.render_to_response(self.get_context_data(form=form, differences=differences), status=409)

    def _state(self, status: int, **more: Any) -> JsonResponse:
        state = state_since(self.event, self.user, self.request.GET.get("since", ""))
        return JsonResponse({**state, **more}, status=status)


class MovePage(ActPage):
    page_title = gettext_lazy("Move session")
    header_icon = "calendar"
    button = gettext_lazy("Move")

    @cached_property
    def session(self) -> Session:
        rows = self.event.sessions.select_related("event", "room__venue", "venue")
        return get_object_or_404(rows, pk=self.kwargs["session"])

    def get_page_subtitle(self) -> str:
        return str(self.session)

    def make_form(self, data: Any = None) -> MoveForm:
        return MoveForm(data, event=self.event, session=self.session)

    def act(self, form: Any) -> str:
        version = form.cleaned_data["version"]
        session = move_session(
            session=self.session, by=self.user, version=-1 if version is None else version, **form.place
        )
        return told_place(session)


class NewSessionPage(ActPage):
    allowed = staticmethod(permissions.may_add_sessions)
    page_title = gettext_lazy("New session")
    header_icon = "plus"
    button = gettext_lazy("Add")

    def make_form(self, data: Any = None) -> NewSessionForm:
        return NewSessionForm(data, event=self.event, initial={"day": self.request.GET.get("day")})

    def act(self, form: Any) -> str:
        session = create_session(event=self.event, by=self.user, **form.values)
        self.more["made"] = session.pk
        return told_place(session)


class ShiftPage(ActPage):
    page_title = gettext_lazy("Shift the rest of a day")
    header_icon = "time"
    button = gettext_lazy("Shift")

    def make_form(self, data: Any = None) -> ShiftForm:
        seen = {} if data else dict(self.event.sessions.values_list("pk", "version"))
        initial = {"day": self.request.GET.get("day"), "seen": json.dumps(seen)}
        return ShiftForm(data, event=self.event, initial=initial)

    def act(self, form: Any) -> str:
        number = shift_day(event=self.event, by=self.user, **form.cleaned_data)
        told = ngettext("%(number)s session was shifted.", "%(number)s sessions were shifted.", number)
        return told % {"number": number}


class CopyDayPage(ActPage):
    allowed = staticmethod(permissions.may_add_sessions)
    page_title = gettext_lazy("Copy a day")
    header_icon = "copy"
    button = gettext_lazy("Copy")

    def make_form(self, data: Any = None) -> CopyDayForm:
        return CopyDayForm(data, event=self.event, initial={"day": self.request.GET.get("day")})

    def act(self, form: Any) -> str:
        number = copy_day(event=self.event, by=self.user, **form.cleaned_data)
        told = ngettext(
            "%(number)s session was copied, as a draft.", "%(number)s sessions were copied, as drafts.", number
        )
        return told % {"number": number}


class TurnPage(ActPage):
    """Undo or redo: there is nothing to fill in."""

    http_method_names = ["post", "options"]
    verb: Callable[..., Any]
    told: Any = ""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            act = type(self).verb(event=self.event, by=self.user)
        except ValidationError as error:
            if self.by_script:
                return self._state(409, errors={"": error.messages})
            messages.error(request, " ".join(error.messages))
            return redirect(self.desk_url)
        row = act.rows[0]
        self.more["day"] = (row["before" if act.undone_at else "after"] or row["after"])["day"]
        return self.done(str(self.told) % {"act": act}, self.more["day"])


class UndoPage(TurnPage):
    verb = staticmethod(undo_act)
    told = gettext_lazy("Undone: %(act)s.")


class RedoPage(TurnPage):
    verb = staticmethod(redo_act)
    told = gettext_lazy("Done again: %(act)s.")


class StatePage(EventPage):
    """What changed since an answer, for a desk that is left open."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        state = state_since(self.event, self.user, request.GET.get("since", ""))
        if "warnings" in request.GET:
            state |= warning_states(read_warnings(self.event), self.event)
        return JsonResponse(state)


def add_errors(form: Form, error: ValidationError) -> None:
    """Each error beside its field; what belongs to a field that the form has not, above it."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.message_dict.items():
        form.add_error(name if name in {*form.fields, *getattr(form, "lists", ())} else None, errors)


def labelled(form: Form, name: str) -> str:
    """A field as the form calls it; empty for what is about the whole form."""
    return str(form.fields[name].label) if name in form.fields else ""


def told_place(session: Session) -> str:
    """“Opening”: Thursday 10 June, 09:00–10:00, Salon A."""
    times = labels.times_words(session.start, session.end) or _("without a time")
    parts = [labels.day_words(session.day), times, str(session.room or session.venue or "")]
    return _("“%(title)s”: %(place)s.") % {"title": session, "place": ", ".join(part for part in parts if part)}
