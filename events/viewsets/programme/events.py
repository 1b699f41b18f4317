"""Events: a list that leads to their homes, and the form of their facts and texts."""

from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button

from events import permissions
from events.forms.programme import EventForm
from events.models import Event
from events.models.release import DOCUMENTS
from events.viewsets import views
from events.viewsets.base import DayColumn, DirectoryViewSet, TextsColumn, UpdatedColumn, both, owned, row

from .series import FUNDING_PANELS


def event_home(event: Event | int, part: str = "") -> str:
    """The address of an event's own home."""
    return reverse("event_admin:home", args=[event.pk if isinstance(event, Event) else event]) + part


class EventList(views.ListView):
    """Events lead to their own home; the form is one step further."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().defer(*(f"public__release__{name}" for name in DOCUMENTS))

    def get_edit_url(self, instance: Event) -> str:
        return event_home(instance)

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        buttons: list[Any] = super().header_more_buttons
        if permissions.may_add_events(self.request.user):
            label = gettext("New from a template")
            buttons.append(Button(label, url=reverse("event_admin:templates"), icon_name="doc-full", priority=5))
        return buttons

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


#: Shown here, typed in one place alone: people who hold seats are counted there.
SEATS = FieldPanel(
    "capacity", read_only=True, help_text=_("Typed under Registrations, Settings, which this page repeats.")
)


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
                    MultiFieldPanel(
                        [both("title"), FieldPanel("slug", heading=_("Address"))], heading=_("Title and address")
                    ),
                    MultiFieldPanel(
                        [row("starts_on", "ends_on"), row("time_zone", "venue")], heading=_("When and where")
                    ),
                    MultiFieldPanel(
                        [row("kind", "line_of_work"), row("field", "dialogue_programme")],
                        heading=_("What it belongs to"),
                    ),
                    MultiFieldPanel(
                        [FieldRowPanel([SEATS, FieldPanel("contact_email")]), FieldPanel("languages")],
                        heading=_("Taking part"),
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
