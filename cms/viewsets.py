"""The site's own rows in the admin: who is shown on it, and by what practices are sorted."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.base import ViewSetGroup

from cms.models import ShownPerson, Theme
from events.viewsets.base import DayColumn, DirectoryViewSet, TextsColumn, both, row


class SiteViewSet(DirectoryViewSet):
    """Rows as those of the directory are, with addresses of their own."""

    @property
    def url_namespace(self) -> str:
        return f"site_{self.model_name}"


class ShownPersonViewSet(SiteViewSet):
    model = ShownPerson
    name = "people-on-site"
    icon = "user"
    menu_label = _("People on the site")
    list_display = [
        Column("person", label=_("Person"), sort_key="person__sort_key"),
        Column("circle", label=_("Shown as"), accessor="get_circle_display", sort_key="circle"),
        Column("ground", label=_("Legal ground"), accessor="get_ground_display", sort_key="ground"),
        DayColumn("agreed_on", label=_("Consent given on"), sort_key="agreed_on"),
        DayColumn("ends_on", label=_("Shown until"), sort_key="ends_on"),
    ]
    list_filter = {"circle": ["exact"], "ground": ["exact"]}
    list_export = ["person", "circle", "ground", "agreed_on", "note", "starts_on", "ends_on"]
    ordering = "person__sort_key"
    folded = ("person__search_text",)
    related = ("person",)
    edit_handler = ObjectList(
        [
            HelpPanel(
                content=_(
                    "The site then shows the name, the positions that are held at the time, and nothing else of the "
                    "directory. Take the row away, or give it a last day, and the name is gone from the site at once."
                )
            ),
            row("person", "circle"),
            MultiFieldPanel(
                [FieldPanel("ground"), row("agreed_on", "note")], heading=_("Why this person may be shown")
            ),
            FieldPanel("biography_shown"),
            row("starts_on", "ends_on"),
        ]
    )


class ThemeViewSet(SiteViewSet):
    model = Theme
    name = "practice-themes"
    icon = "tag"
    menu_label = _("Themes of practices")
    list_display = [Column("name", label=_("Name"), sort_key="sort_key"), TextsColumn()]
    list_export = ["name_tr", "name_en"]
    ordering = "sort_key"
    plain = ("name_tr", "name_en")
    panels = [both("name")]


class SiteGroup(ViewSetGroup):
    menu_label = _("On the site")
    menu_icon = "site"
    menu_order = 125
    items = (ShownPersonViewSet, ThemeViewSet)


viewsets = [SiteGroup()]
