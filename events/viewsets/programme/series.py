"""Dialogue programmes, and the money for them and for events."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.admin.ui.tables import Column

from events.forms.programme import AddressedForm
from events.models import DialogueProgramme, Funding
from events.viewsets.base import DayColumn, DirectoryViewSet, TextsColumn, UpdatedColumn, both, owned, row, several

FUNDING_PANELS = [
    row("source", "kind"),
    row("amount", "currency"),
    row("starts_on", "ends_on"),
    both("purpose"),
]


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
                    MultiFieldPanel(
                        [both("title"), FieldPanel("slug", heading=_("Address")), both("objectives")],
                        heading=_("Programme"),
                    ),
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
