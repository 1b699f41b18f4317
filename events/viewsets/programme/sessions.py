"""The sessions of a programme: each belongs to one event, whose home is where it leads back to."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.admin.ui.tables import Column
from wagtail.log_actions import log

from events.forms.programme import SessionForm
from events.models import Event, Session
from events.viewsets import views
from events.viewsets.base import DayColumn, DirectoryViewSet, TextsColumn, both, owned, row, several

from .events import event_home


class OfOneEvent:
    """A session belongs to one event: the form knows it, and saving leads back to that event's home."""

    request: HttpRequest
    object: Session | None

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "event": self.event}  # type: ignore[misc]

    @property
    def event(self) -> Event | None:
        known = getattr(self, "object", None)
        if known and known.event_id:
            return known.event
        number = self.request.GET.get("event", "")
        return Event.objects.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 16 else None

    @property
    def from_desk(self) -> str:
        """What the addresses of a form that was opened from the programme's grid carry along."""
        return "desk" if "desk" in self.request.GET else ""

    def get_success_url(self) -> str:
        session: Any = self.object
        if self.from_desk:
            return reverse("event_admin:programme", args=[session.event_id]) + f"?day={session.day}"
        return event_home(session.event_id, f"#s-{session.key}")


class SessionAdd(OfOneEvent, views.AddView):
    """A new session of the event named in the address; without one, the officer chooses an event first."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.user_has_permission("add") and self.event is None:
            messages.info(request, gettext("Open an event and add the session there."))
            return redirect(reverse("admin_event:index"))
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_add_url(self) -> str:
        if not self.event:
            return str(super().get_add_url())
        return f"{super().get_add_url()}?event={self.event.pk}" + (f"&{self.from_desk}" if self.from_desk else "")


class SessionEdit(OfOneEvent, views.EditView):
    """The whole form of a session; opened from the grid, it leads back there."""

    def get_edit_url(self) -> str:
        return f"{super().get_edit_url()}?{self.from_desk}" if self.from_desk else str(super().get_edit_url())


class SessionCopy(OfOneEvent, views.CopyView):
    """A new session that begins as a copy: own key, own calendar identity."""

    def get_initial_form_instance(self) -> Session:
        self.source: Session = super().get_initial_form_instance()
        self.source.ref = ""
        return self.source

    def get_add_url(self) -> str:
        more = f"&{self.from_desk}" if self.from_desk else ""
        return f"{super().get_add_url()}?event={self.source.event_id}{more}"


class SessionDelete(views.DeleteView):
    """A deleted session is told in its event's history; where it was released, it stays public as cancelled."""

    def get_success_url(self) -> str:
        return event_home(self.object.event_id)

    def delete_action(self) -> None:
        event, title, key = self.object.event, str(self.object), self.object.key
        with transaction.atomic():
            super().delete_action()
            log(
                instance=event,
                action="events.delete_session",
                user=self.request.user,
                data={"key": key, "title": title},
            )

    @property
    def confirmation_message(self) -> str:
        if self.object.event.releases.exists():
            return gettext("Delete this session? If it is public, the next release shows it as cancelled.")
        return str(super().confirmation_message)


class SessionList(views.ListView):
    """Sessions of all events; new ones are added on an event's home, which gives day, zone and rooms."""

    add_url_name = None

    def get_add_url(self) -> None:
        return None


class SessionViewSet(DirectoryViewSet):
    model = Session
    name = "sessions"
    icon = "time"
    form = SessionForm
    index_view_class = SessionList
    add_view_class = SessionAdd
    edit_view_class = SessionEdit
    copy_view_class = SessionCopy
    copy_view_enabled = True
    delete_view_class = SessionDelete
    list_display = [
        Column("title", label=_("Title")),
        Column("event", label=_("Event"), sort_key="event"),
        DayColumn("day", label=_("Day"), sort_key="day"),
        Column(
            "start",
            label=_("Start"),
            sort_key="start",
            accessor=lambda item: f"{item.start:%H:%M}" if item.start else "–",
        ),
        Column("room", label=_("Room"), accessor=lambda item: item.room or item.venue or "–"),
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column("status", label=_("Status"), accessor="get_status_display", sort_key="status"),
        TextsColumn(),
    ]
    list_filter = {
        "event": ["exact"],
        "day": ["exact"],
        "kind": ["exact"],
        "status": ["exact"],
        "audience": ["exact"],
    }
    list_export = [
        "event",
        "ref",
        "day",
        "start",
        "end",
        "kind",
        "status",
        "audience",
        "title_tr",
        "title_en",
        "room",
        "venue",
        "track",
        "capacity",
    ]
    ordering = ["-event__starts_on", "event", "day", "start", "position"]
    folded = ("event__search_text",)
    plain = ("title_tr", "title_en", "title_other", "ref")
    related = ("event", "room", "venue", "track")
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    MultiFieldPanel([row("status", "kind", "audience"), both("title")], heading=_("What")),
                    MultiFieldPanel([row("day", "start", "end"), row("room", "venue")], heading=_("When and where")),
                    MultiFieldPanel(
                        [row("track", "organisation"), several("parties"), FieldPanel("capacity")],
                        heading=_("Belongs to"),
                    ),
                    MultiFieldPanel([FieldPanel("languages"), FieldPanel("interpretation")], heading=_("Languages")),
                    FieldPanel("host_notes", help_text=_("Never public: in no release, feed, PDF or exchange file.")),
                ],
                heading=_("Session"),
            ),
            ObjectList(
                [owned("contributions", [row("person", "role"), both("shown")], _("People"), _("person"))],
                heading=_("People"),
            ),
            ObjectList([both("abstract")], heading=_("Abstract")),
            ObjectList(
                [
                    MultiFieldPanel(
                        [
                            HelpPanel(
                                content=_("A time before 04:00 is in the night after the day, unless a date is given.")
                            ),
                            row("start_day", "end_day"),
                            row("start_zone", "end_zone"),
                        ],
                        heading=_("Other dates and zones"),
                    ),
                    MultiFieldPanel(
                        [FieldPanel("other_language"), FieldPanel("title_other"), FieldPanel("abstract_other")],
                        heading=_("Third language"),
                    ),
                    row("ref", "position"),
                ],
                heading=_("Rarely needed"),
            ),
        ]
    )
