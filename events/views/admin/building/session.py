"""One session as it is edited: in the panel beside the grid, and on a page of its own without script."""

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events import permissions
from events.building import edit_session, note_presence
from events.forms.details import DetailsForm
from events.forms.naming import PEOPLE
from events.models import Session
from events.views.admin.base import EventPage

from .acts import ActPage
from .found import people_found
from .state import State, session_state

_FORM = "events/admin/building/session_form.html"
_CHOICES = "events/admin/building/session_choices.html"
#: So many fields are named when they are saved; more are counted.
_NAMED = 3


class SessionPage(ActPage):
    """The form of a session; a script asks for it alone and is told what became of each field."""

    page_title = gettext_lazy("Edit session")
    header_icon = "edit"
    button = gettext_lazy("Save")

    @property
    def in_panel(self) -> bool:
        return "panel" in self.request.GET

    def get_template_names(self) -> list[str]:
        return [_FORM] if self.in_panel else ["events/admin/building/session.html"]

    @cached_property
    def session(self) -> Session:
        return get_object_or_404(_whole(self.event.sessions.all()), pk=self.kwargs["session"])

    def get_page_subtitle(self) -> str:
        return str(self.session)

    def make_form(self, data: Any = None) -> DetailsForm:
        return DetailsForm(data, event=self.event, session=self.session)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{**kwargs, "session": self.session, "in_panel": self.in_panel})

    def act(self, form: Any) -> str:
        wanted = form.wanted
        version = form.cleaned_data.get("version")
        session = edit_session(
            session=self.session,
            by=self.user,
            version=-1 if version is None else version,
            values=form.values,
            parties=form.cleaned_data["parties"] if "parties" in wanted else None,
            people=form.people.named if PEOPLE in wanted else None,
        )
        if self.by_script:
            self.more["form"] = form_state(DetailsForm(event=self.event, session=_again(session)), PEOPLE in wanted)
        return told_saved(session, form)

    def _tell_both(self, form: Any, stored: Session) -> HttpResponse:
        choices, now = form.choices(stored), _again(stored)
        form.see(stored)
        if not self.by_script:
            return self.render_to_response(self.get_context_data(form=form, choices=choices), status=409)
        html = render_to_string(_CHOICES, {"choices": choices, "button": _("Save as chosen")}, self.request)
        said = " ".join(str(each) for each in form.non_field_errors())
        return self._state(409, errors={"": [said]}, stored=session_state(now), choices=html, version=stored.version)

    def done(self, said: str, day: Any = None) -> HttpResponse:
        return super().done(said, day or self.session.day)


def _whole(rows: Any) -> Any:
    related = ("event__venue", "room__venue", "venue", "track")
    return rows.select_related(*related).prefetch_related("parties", "contributions__person")


def _again(session: Session) -> Session:
    """The row as it is stored now, with what hangs on it."""
    found: Session = _whole(Session.objects).get(pk=session.pk)
    return found


def form_state(form: DetailsForm, people: bool) -> State:
    """What a page that shows the form must know after saving: version, digests, fields as they are written now."""
    told: State = {
        "version": form.session.version,
        "seen": form.initial["seen"],
        "marks": form.marks,
        "values": {
            name: form.fields[name].widget.format_value(form.fields[name].prepare_value(form.initial.get(name)))
            for name in form.names
            if name not in (PEOPLE, "languages", "parties")
        },
    }
    if people:
        told["people"] = render_to_string("events/admin/building/session_people.html", {"form": form})
    return told


def told_saved(session: Session, form: DetailsForm) -> str:
    """Saved: “Opening” (Title (Turkish), Room)."""
    changed = [name for name in form.names if name in form.wanted]
    names = [_("People") if name == PEOPLE else str(form.fields[name].label) for name in changed]
    if len(names) > _NAMED:
        names = [_("%(number)s fields") % {"number": len(names)}]
    told = _("Saved: “%(title)s” (%(fields)s).") if names else _("Nothing to save: “%(title)s” stands as it is shown.")
    return told % {"title": session, "fields": ", ".join(names)}


class PeoplePage(EventPage):
    """People of the directory by a part of their name, for whoever types one."""

    allowed = staticmethod(permissions.may_edit_programme)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return JsonResponse({"people": people_found(request.GET.get("q", ""), self.event.starts_on)})


class HerePage(EventPage):
    """Who else is at the desk; an open desk says every now and then that it is, and which session it shows."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        text = request.POST.get("session", "")
        session = int(text) if text.isdecimal() and len(text) < 16 else None
        others = note_presence(event=self.event, by=self.user, session=session)
        return JsonResponse({"here": [asdict(each) for each in others]})
