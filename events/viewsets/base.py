"""The viewset that every list of the directory and the programme is: search, filters, columns, export, history."""

from typing import Any

from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList, Panel
from wagtail.admin.ui.tables import Column, UpdatedAtColumn
from wagtail.admin.viewsets.model import ModelViewSet

from events.bilingual import BilingualModel
from events.forms.base import AdminForm
from events.labels import date_words

from . import views


class DayColumn(Column):
    """A date in words; Wagtail's own column tells how long ago it was."""

    def get_value(self, instance: Any) -> str:
        day = super().get_value(instance)
        return date_words(day, weekday=False) if day else "–"


class UpdatedColumn(UpdatedAtColumn):
    """When the row was last saved, headed in the reader's language."""

    def __init__(self) -> None:
        super().__init__(label=_("Updated"))


class TextsColumn(Column):
    """What is missing or stale in the other language: nobody has to open a row to know."""

    cell_template_name = "events/admin/cells/texts.html"

    def __init__(self) -> None:
        super().__init__("texts", label=_("Texts"), accessor=lambda row: row)

    def get_cell_context_data(self, instance: BilingualModel, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        missing = sorted({language.upper() for _name, language in instance.missing_texts()})
        return {**context, "missing": missing, "stale": bool(instance.stale_texts())}


class DirectoryViewSet(ModelViewSet):
    """Plain rows without drafts: what is saved is saved, and who saved it stands in the history."""

    index_view_class = views.ListView
    add_view_class = views.AddView
    edit_view_class = views.EditView
    copy_view_class = views.CopyView
    delete_view_class = views.DeleteView
    history_view_class = views.HistoryView
    inspect_view_class = views.InspectView
    usage_view_class = views.UsageView
    # Reference counting of every contribution would triple the cost of an import.
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields_exclude = ["id", "search_text", "sort_key", "translated_from", "version"]
    add_to_admin_menu = False
    form: type[AdminForm] = AdminForm
    folded: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    prefetched: tuple[str, ...] = ()

    @property
    def url_namespace(self) -> str:
        return f"admin_{self.model_name}"

    def get_edit_handler(self) -> Any:
        handler = getattr(self, "edit_handler", None) or ObjectList(self.panels)
        handler.base_form_class = self.form
        return handler.bind_to_model(self.model)

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        own = {name: getattr(self, name) for name in ("folded", "plain", "related", "prefetched")}
        return super().get_index_view_kwargs(**{**own, **kwargs})


def both(name: str, **kwargs: Any) -> Panel:
    """A text in Turkish and in English, side by side."""
    return FieldRowPanel([FieldPanel(f"{name}_tr", **kwargs), FieldPanel(f"{name}_en", **kwargs)])


def row(*names: str) -> Panel:
    """Short fields in one line."""
    return FieldRowPanel([FieldPanel(name) for name in names])


def several(name: str) -> Panel:
    """Several of many rows: ticks in a box that scrolls."""
    return FieldPanel(name, widget=CheckboxSelectMultiple(attrs={"class": "choices-in-box"}))


def owned(relation: str, panels: list[Panel], heading: Any, label: Any) -> Panel:
    """A small list that belongs to the row and is edited with it."""
    return InlinePanel(relation, panels, heading=heading, label=label)
