"""The desk itself: one page for a programme, a grid with script, a table by day without and on paper."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets.button import Button

from events import labels, permissions
from events.conflicts import read_warnings
from events.forms.building import CopyDayForm, MoveForm, NewSessionForm, ShiftForm
from events.models import Session
from events.views.admin.base import EventPage

from .reading import Working
from .state import whole_state
from .table import day_table
from .words import words

_ON_WARNINGS = ("accept_warning", "reopen_warning")
#: Tells a session's own form that it leads back here.
FROM_DESK = "?desk"


class ProgrammePage(EventPage):
    """Whoever may see the working programme sees the desk; only who may edit it can move anything."""

    template_name = "events/admin/building/page.html"
    page_title = _("Programme")
    header_icon = "calendar"

    @cached_property
    def working(self) -> Working:
        return Working(self.event, self.request.GET.get("across", ""))

    @property
    def header_more_buttons(self) -> list[Any]:
        table = f"{self.request.path}?view=table&across={self.working.across}"
        return [Button(_("As a table, to print"), url=table, icon_name="table", priority=10)]

    @cached_property
    def day(self) -> dt.date | None:
        """The day that is shown first: the one asked for, else today if the programme has it, else its first."""
        days = self.working.days
        asked = [day for day in days if day.isoformat() == self.request.GET.get("day")]
        return next(iter([*asked, *(day for day in days if day == timezone.localdate()), *days]), None)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        working, user = self.working, self.request.user
        may_edit = permissions.may_edit_programme(user)
        warnings = read_warnings(self.event)
        state = whole_state(self.event, self.user, working.sessions, warnings)
        as_table = self.request.GET.get("view") == "table"
        days = working.days if as_table else [day for day in [self.day] if day]
        wanted = self._filter()
        return super().get_context_data(
            working=working,
            as_table=as_table,
            day=self.day,
            tabs=[(day, labels.short_day_words(day), labels.weekday_words(day)) for day in working.days],
            tables=[day_table(working, day, wanted) for day in days],
            filters=self.request.GET,
            warnings=warnings,
            state=state,
            setup=self._setup(may_edit=may_edit),
            may_edit=may_edit,
            turns=[("undo", state["undo"] or "", "undo"), ("redo", state["redo"] or "", "redo")],
            **(self._parts() if may_edit and not as_table else {}),
            **kwargs,
        )

    def _parts(self) -> dict[str, Any]:
        """The forms of the panel and the buttons that open them; without script they lead to pages."""
        forms = self._forms()
        named = [
            ("new", _("New session"), _("New"), _("Add"), "plus"),
            ("shift", _("Shift the rest of a day"), _("Shift"), _("Shift"), "time"),
            ("copy_day", _("Copy a day"), _("Copy"), _("Copy"), "copy"),
        ]
        return {
            "move": forms["move"],
            "openers": [(name, label, icon, short) for name, label, short, _do, icon in named if name in forms],
            "panel_forms": [
                (name, forms[name], label, do) for name, label, _short, do, _icon in named if name in forms
            ],
        }

    def _filter(self) -> Callable[[Session], bool]:
        track, person = self.request.GET.get("track", ""), self.request.GET.get("person", "")

        def wanted(session: Session) -> bool:
            named = {str(each.person_id) for each in session.contributions.all()}
            return (not track or str(session.track_id) == track) and (not person or person in named)

        return wanted

    def _forms(self) -> dict[str, Form]:
        """The forms of the panel, filled in by the script when they are opened."""
        initial = {"day": self.day}
        blank = Session(event=self.event)
        known: dict[str, Any] = {"event": self.event, "days": self.working.days}
        forms: dict[str, Form] = {
            "move": MoveForm(session=blank, **known),
            "shift": ShiftForm(initial=initial, **known),
        }
        if permissions.may_add_sessions(self.request.user):
            following = self.day and self.day + dt.timedelta(days=1)
            copied = CopyDayForm(initial={"day": self.day, "to": following}, **known)
            forms |= {"new": NewSessionForm(initial=initial, **known), "copy_day": copied}
        for name, form in forms.items():
            form.auto_id = f"{name}_%s"
        return forms

    def _setup(self, *, may_edit: bool) -> dict[str, Any]:
        """What the script needs to draw and to save."""
        working = self.working

        def address(name: str, *args: int) -> str:
            return reverse(f"event_admin:{name}", args=[self.event.pk, *args])

        return {
            "event": self.event.pk,
            "mayEdit": may_edit,
            "across": working.across,
            "columns": [
                {"key": each.key, "name": each.name, "lang": each.language, "note": each.note}
                for each in working.columns
            ],
            "days": [
                {"day": day.isoformat(), "name": labels.day_words(day), "short": labels.short_day_words(day)}
                for day in working.days
            ],
            "tracks": {
                each.pk: {"letter": each.letter, "name": str(each.name), "colour": each.colour}
                for each in working.tracks
            },
            "kinds": dict(map(_plain, Session.Kind.choices)),
            "statuses": dict(map(_plain, Session.Status.choices)),
            "audiences": dict(map(_plain, Session.Audience.choices)),
            "addresses": {
                "move": address("move", 0),
                "session": address("session", 0),
                "people": address("people"),
                "here": address("here"),
                "state": address("state"),
                "edit": reverse("admin_session:edit" if may_edit else "admin_session:inspect", args=[0]) + FROM_DESK,
                "copy": reverse("admin_session:copy", args=[0]) + FROM_DESK,
                **{name: address(name) for name in ("new", "shift", "copy_day", "undo", "redo", *_ON_WARNINGS)},
            },
            "words": words(),
        }


def _plain(choice: tuple[Any, Any]) -> tuple[str, str]:
    value, label = choice
    return str(value), labels.sentence(str(label))
