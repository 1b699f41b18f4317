"""The directory: people, organisations and how they are tied to one another."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.widgets.button import Button

from events import permissions
from events.forms.directory import CountryForm, PersonForm
from events.models import Membership, Office, Organisation, Partnership, Person, Population, Position, Venue

from .base import DayColumn, DirectoryViewSet, TextsColumn, UpdatedColumn, both, owned, row, several
from .views import EditView


class PersonEdit(EditView):
    """The form of a person; whoever may erase finds the way there beside deleting."""

    @property
    def header_more_buttons(self) -> list[Any]:
        buttons: list[Any] = super().header_more_buttons
        if permissions.may_see_registrations(self.request.user):
            url = reverse("event_admin:took_part", args=[self.object.pk])
            buttons = [*buttons, Button(_("Took part in"), url=url, icon_name="date", priority=80)]
        if not permissions.may_erase(self.request.user):
            return buttons
        url = reverse("event_admin:erase", args=[self.object.pk])
        return [*buttons, Button(_("Erase for good"), url=url, icon_name="bin", priority=90)]


class PersonViewSet(DirectoryViewSet):
    """People. A person has no revisions: erasing must not leave old copies (KVKK art. 7)."""

    model = Person
    name = "people"
    icon = "user"
    form = PersonForm
    edit_view_class = PersonEdit
    menu_label = _("People")
    list_display = [
        Column("name", label=_("Name"), sort_key="sort_key"),
        Column("positions", label=_("Positions"), accessor=lambda person: _positions(person)),
        Column("language", label=_("Preferred language"), accessor="get_language_display", sort_key="language"),
        "email",
        UpdatedColumn(),
    ]
    list_filter = {"language": ["exact"], "positions__organisation__kind": ["exact"]}
    list_export = ["name", "family_name", "address_tr", "address_en", "language", "email", "phone", "ref"]
    ordering = "sort_key"
    folded = ("search_text", "positions__organisation__search_text")
    prefetched = ("positions__organisation",)
    inspect_view_fields_exclude = [*DirectoryViewSet.inspect_view_fields_exclude, "key", "erased_at"]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    MultiFieldPanel([row("name", "family_name"), both("address")], heading=_("Name")),
                    MultiFieldPanel([row("email", "phone"), FieldPanel("language")], heading=_("How to reach")),
                    FieldPanel("languages"),
                    FieldPanel("ref"),
                ],
                heading=_("Person"),
            ),
            ObjectList(
                [
                    owned(
                        "positions",
                        [row("organisation", "office"), both("title"), row("starts_on", "ends_on")],
                        _("Positions"),
                        _("position"),
                    )
                ],
                heading=_("Positions"),
            ),
            ObjectList(
                [
                    HelpPanel(
                        content=_("The public page of a programme shows the biography, from the next release on.")
                    ),
                    both("biography"),
                ],
                heading=_("Biography"),
            ),
        ]
    )


def _positions(person: Person) -> str:
    return "; ".join(f"{each.title}, {each.organisation}" for each in person.positions.all())


class OrganisationViewSet(DirectoryViewSet):
    model = Organisation
    name = "organisations"
    icon = "group"
    form = CountryForm
    list_display = [
        Column("name", label=_("Name"), sort_key="sort_key"),
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column("city", label=_("City")),
        "country",
        TextsColumn(),
        UpdatedColumn(),
    ]
    list_filter = {"kind": ["exact"], "country": ["exact"], "memberships__founding": ["exact"]}
    list_export = [
        "name_tr",
        "name_en",
        "native_name",
        "short_name",
        "kind",
        "country",
        "city_tr",
        "city_en",
        "latitude",
        "longitude",
        "website",
    ]
    ordering = "sort_key"
    folded = ("search_text",)
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    MultiFieldPanel([both("name"), row("native_name", "short_name")], heading=_("Name")),
                    MultiFieldPanel([row("kind", "country"), both("city"), FieldPanel("website")], heading=_("Facts")),
                    MultiFieldPanel(
                        [
                            HelpPanel(
                                content=_("In degrees, such as 41.01 and 28.95. With them, maps of members show it.")
                            ),
                            row("latitude", "longitude"),
                        ],
                        heading=_("Place on the map"),
                    ),
                ],
                heading=_("Organisation"),
            ),
            ObjectList(
                [
                    owned(
                        "memberships",
                        [row("starts_on", "ends_on"), FieldPanel("founding")],
                        _("Memberships"),
                        _("membership"),
                    ),
                    owned("populations", [row("year", "count")], _("Inhabitants by year"), _("year")),
                ],
                heading=_("Membership and population"),
            ),
        ]
    )


class MembershipViewSet(DirectoryViewSet):
    model = Membership
    name = "memberships"
    icon = "calendar-check"
    list_display = [
        Column("organisation", label=_("Organisation"), sort_key="organisation__sort_key"),
        DayColumn("starts_on", label=_("Member since"), sort_key="starts_on"),
        DayColumn("ends_on", label=_("Last day"), sort_key="ends_on"),
        BooleanColumn("founding", label=_("Founding member"), sort_key="founding"),
    ]
    list_filter = {"founding": ["exact"], "starts_on": ["year"], "organisation__kind": ["exact"]}
    list_export = ["organisation", "starts_on", "ends_on", "founding"]
    folded = ("organisation__search_text",)
    related = ("organisation",)
    panels = [FieldPanel("organisation"), row("starts_on", "ends_on"), FieldPanel("founding")]


class PopulationViewSet(DirectoryViewSet):
    model = Population
    name = "populations"
    icon = "table"
    list_display = [
        Column("organisation", label=_("Organisation"), sort_key="organisation__sort_key"),
        "year",
        "count",
    ]
    list_filter = {"year": ["exact"]}
    list_export = ["organisation", "year", "count"]
    folded = ("organisation__search_text",)
    related = ("organisation",)
    panels = [FieldPanel("organisation"), row("year", "count")]


class PartnershipViewSet(DirectoryViewSet):
    model = Partnership
    name = "partnerships"
    icon = "link"
    list_display = [
        Column("title", label=_("Title")),
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column("parties", label=_("Parties"), accessor=lambda tie: ", ".join(map(str, tie.organisations.all()))),
        DayColumn("signed_on", label=_("Signed on"), sort_key="signed_on"),
        DayColumn("valid_until", label=_("Valid until"), sort_key="valid_until"),
        TextsColumn(),
    ]
    list_filter = {"kind": ["exact"], "organisations": ["exact"]}
    list_export = ["title_tr", "title_en", "kind", "signed_on", "valid_until"]
    folded = ("organisations__search_text",)
    plain = ("title_tr", "title_en")
    prefetched = ("organisations",)
    panels = [
        MultiFieldPanel([FieldPanel("kind"), both("title")], heading=_("Partnership")),
        several("organisations"),
        row("signed_on", "valid_until"),
    ]


class OfficeViewSet(DirectoryViewSet):
    model = Office
    name = "offices"
    icon = "list-ol"
    list_display = [Column("name", label=_("Name")), "rank", TextsColumn()]
    list_export = ["rank", "name_tr", "name_en"]
    ordering = "rank"
    plain = ("name_tr", "name_en")
    panels = [both("name"), FieldPanel("rank")]


class PositionViewSet(DirectoryViewSet):
    model = Position
    name = "positions"
    icon = "user"
    list_display = [
        Column("person", label=_("Person"), sort_key="person__sort_key"),
        Column("title", label=_("Position")),
        Column("organisation", label=_("Organisation"), sort_key="organisation__sort_key"),
        DayColumn("starts_on", label=_("From"), sort_key="starts_on"),
        DayColumn("ends_on", label=_("Until"), sort_key="ends_on"),
        TextsColumn(),
    ]
    list_filter = {"office": ["exact"], "organisation__kind": ["exact"]}
    list_export = ["person", "title_tr", "title_en", "organisation", "office", "starts_on", "ends_on"]
    folded = ("person__search_text", "organisation__search_text")
    plain = ("title_tr", "title_en")
    related = ("person", "organisation", "office")
    panels = [row("person", "organisation"), both("title"), FieldPanel("office"), row("starts_on", "ends_on")]


class VenueViewSet(DirectoryViewSet):
    model = Venue
    name = "venues"
    icon = "home"
    form = CountryForm
    list_display = [
        Column("name", label=_("Name"), sort_key="sort_key"),
        Column("city", label=_("City")),
        Column("rooms", label=_("Rooms"), accessor=lambda venue: ", ".join(map(str, venue.rooms.all()))),
        BooleanColumn("step_free", label=_("Step-free")),
        TextsColumn(),
        UpdatedColumn(),
    ]
    list_filter = {"country": ["exact"], "step_free": ["exact"]}
    list_export = ["name_tr", "name_en", "address_tr", "address_en", "city_tr", "city_en", "country", "time_zone"]
    ordering = "sort_key"
    folded = ("search_text",)
    prefetched = ("rooms",)
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    MultiFieldPanel([both("name"), both("address"), both("city")], heading=_("Where")),
                    MultiFieldPanel(
                        [row("country", "time_zone"), row("latitude", "longitude"), FieldPanel("step_free")],
                        heading=_("Facts"),
                    ),
                ],
                heading=_("Venue"),
            ),
            ObjectList(
                [
                    owned(
                        "rooms",
                        [
                            both("name"),
                            row("capacity", "booths"),
                            row("step_free", "hearing_loop"),
                            row("opens_at", "closes_at"),
                        ],
                        _("Rooms"),
                        _("room"),
                    )
                ],
                heading=_("Rooms"),
            ),
        ]
    )
