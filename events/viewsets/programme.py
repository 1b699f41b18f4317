"""What is run: events, their sessions, dialogue programmes and the money for them."""

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

from events import permissions
from events.forms.programme import AddressedForm, EventForm, SessionForm
from events.models import DialogueProgramme, Event, Funding, Session
from events.models.release import DOCUMENTS

from . import views
from .base import DayColumn, DirectoryViewSet, TextsColumn, UpdatedColumn, both, owned, row, several


def event_home(event: Event | int, part: str = "") -> str:
    """The address of an event's own home."""
    return reverse("event_admin:home", args=[event.pk if isinstance(event, Event) else event]) + part


class EventList(views.ListView):
    """Events lead to their own home; the form is one step further."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().defer(*(f"public__release__{name}" for name in DOCUMENTS))

    def get_edit_url(self, instance: Event) -> str:
        return event_home(instance)

    def get_list_more_buttons(self, instance: Event) -> list[Any]:
        buttons: list[Any] = super().get_list_more_buttons(instance)
        return [button for button in buttons if button.url != event_home(instance)]


class EventAdd(views.AddView):
    def get_success_url(self) -> str:
        return event_home(self.object)


class EventEdit(views.EditView):
    def get_success_url(self) -> str:
        return event_home(self.object)


class EventDelete(views.DeleteView):
    """What was public is never deleted; it can be cancelled or withdrawn."""

    def get_alternatives(self) -> list[tuple[str, str]]:
        if not permissions.may_cancel(self.request.user):
            return []
        return [
            (gettext("Cancel the event"), reverse("event_admin:cancel", args=[self.object.pk])),
            (gettext("Withdraw the event"), reverse("event_admin:withdraw", args=[self.object.pk])),
        ]


FUNDING_PANELS = [
    row("source", "kind"),
    row("amount", "currency"),
    row("starts_on", "ends_on"),
    both("purpose"),
]


class EventViewSet(DirectoryViewSet):
    """Events. Cancelling and withdrawing are verbs on an event's home, not fields."""

    model = Event
    name = "events"
    icon = "date"
    form = EventForm
    index_view_class = EventList
    add_view_class = EventAdd
    edit_view_class = EventEdit
    delete_view_class = EventDelete
    list_display = [
        Column("title", label=_("Title")),
        DayColumn("starts_on", label=_("First day"), sort_key="starts_on"),
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column("state", label=_("Public"), accessor=lambda event: public_state(event)),
        TextsColumn(),
        UpdatedColumn(),
    ]
    list_filter = {
        "kind": ["exact"],
        "line_of_work": ["exact"],
        "field": ["exact"],
        "dialogue_programme": ["exact"],
        "starts_on": ["year"],
    }
    list_export = [
        "slug",
        "title_tr",
        "title_en",
        "kind",
        "line_of_work",
        "field",
        "dialogue_programme",
        "starts_on",
        "ends_on",
        "time_zone",
        "venue",
        "capacity",
    ]
    ordering = "-starts_on"
    folded = ("search_text",)
    related = ("public__release", "dialogue_programme", "venue")
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    MultiFieldPanel([both("title"), FieldPanel("slug")], heading=_("Title and address")),
                    MultiFieldPanel(
                        [row("starts_on", "ends_on"), row("time_zone", "venue")], heading=_("When and where")
                    ),
                    MultiFieldPanel(
                        [row("kind", "line_of_work"), row("field", "dialogue_programme")],
                        heading=_("What it belongs to"),
                    ),
                    MultiFieldPanel(
                        [row("capacity", "contact_email"), FieldPanel("languages")], heading=_("Taking part")
                    ),
                ],
                heading=_("Facts"),
            ),
            ObjectList(
                [
                    HelpPanel(content=_("The public sees these texts from the next release on.")),
                    both("summary"),
                    both("participation"),
                    both("description"),
                ],
                heading=_("Texts"),
            ),
            ObjectList(
                [owned("event_organisations", [row("organisation", "role")], _("Organisations"), _("organisation"))],
                heading=_("Organisations"),
            ),
            ObjectList(
                [
                    owned("tracks", [row("letter", "colour"), both("name")], _("Tracks"), _("track")),
                    owned("parties", [both("name"), FieldPanel("languages")], _("Parties"), _("party")),
                ],
                heading=_("Tracks and parties"),
            ),
            ObjectList(
                [owned("funding", FUNDING_PANELS, _("Funding"), _("funding"))],
                heading=_("Funding"),
            ),
        ]
    )


def public_state(event: Event) -> str:
    """What the public sees of an event, in words."""
    public = getattr(event, "public", None)
    if public is None:
        return gettext("not yet public")
    number = gettext("release %(number)s") % {"number": public.release.number}
    return number if public.status == public.Status.PUBLIC else f"{public.get_status_display()} · {number}"


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

    def get_success_url(self) -> str:
        session: Any = self.object
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
        return f"{super().get_add_url()}?event={self.event.pk}" if self.event else super().get_add_url()


class SessionEdit(OfOneEvent, views.EditView):
    pass


class SessionCopy(OfOneEvent, views.CopyView):
    """A new session that begins as a copy: own key, own calendar identity."""

    def get_initial_form_instance(self) -> Session:
        self.source: Session = super().get_initial_form_instance()
        self.source.ref = ""
        return self.source

    def get_add_url(self) -> str:
        return f"{super().get_add_url()}?event={self.source.event_id}"


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


class DialogueProgrammeViewSet(DirectoryViewSet):
    model = DialogueProgramme
    name = "dialogue-programmes"
    icon = "comment"
    form = AddressedForm
    list_display = [
        Column("title", label=_("Title")),
        Column("line_of_work", label=_("Line of work"), accessor="get_line_of_work_display", sort_key="line_of_work"),
        Column("field", label=_("Dialogue field"), accessor="get_field_display", sort_key="field"),
        TextsColumn(),
        UpdatedColumn(),
    ]
    list_filter = {"line_of_work": ["exact"], "field": ["exact"]}
    list_export = ["slug", "title_tr", "title_en", "objectives_tr", "objectives_en", "line_of_work", "field"]
    plain = ("title_tr", "title_en", "slug")
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    MultiFieldPanel([both("title"), FieldPanel("slug"), both("objectives")], heading=_("Programme")),
                    row("line_of_work", "field"),
                    several("partners"),
                ],
                heading=_("Dialogue programme"),
            ),
            ObjectList([owned("funding", FUNDING_PANELS, _("Funding"), _("funding"))], heading=_("Funding")),
        ]
    )


class FundingViewSet(DirectoryViewSet):
    model = Funding
    name = "funding"
    icon = "pick"
    list_display = [
        Column("source", label=_("Source"), sort_key="source__sort_key"),
        "amount",
        "currency",
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column("what", label=_("For"), accessor=lambda money: money.event or money.dialogue_programme),
        DayColumn("starts_on", label=_("From"), sort_key="starts_on"),
        TextsColumn(),
    ]
    list_filter = {"kind": ["exact"], "currency": ["exact"], "dialogue_programme": ["exact"]}
    list_export = [
        "source",
        "kind",
        "amount",
        "currency",
        "starts_on",
        "ends_on",
        "purpose_tr",
        "purpose_en",
        "event",
        "dialogue_programme",
    ]
    folded = ("source__search_text",)
    related = ("source", "event", "dialogue_programme")
    panels = [row("event", "dialogue_programme"), *FUNDING_PANELS]
