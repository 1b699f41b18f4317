"""Rows of one list share what their choosers and choices read: one query for all rows instead of one for each."""

from typing import Any

from django import forms
from django.db.models import Model
from wagtail.admin.widgets.chooser import BaseChooser


class KnownChooser(BaseChooser):
    """A chooser that was told the rows it may have to show."""

    known: dict[str, Model] = {}

    def get_instance(self, value: Any) -> Any:
        try:
            return self.known.get(str(value)) or super().get_instance(value)
        except ValueError:
            return None  # no key at all: the field says so, and the form must still be shown


def share_rows(rows: list[Any]) -> None:
    """Read for all forms of a list together what each of them would read alone."""
    field: Any
    for name, field in rows[0].fields.items() if rows else ():
        if not _shows_rows(field):
            continue
        if isinstance(field.widget, KnownChooser):
            keys = {str(row[name].value() or "") for row in rows}
            found = field.queryset.in_bulk([key for key in keys if key.isdecimal() and len(key) < 16])
            known = {str(pk): instance for pk, instance in found.items()}
            for row in rows:
                row.fields[name].widget.known = known
        elif isinstance(field.widget, forms.Select):
            choices = list(field.choices)
            for row in rows:
                row.fields[name].widget.choices = choices


def _shows_rows(field: forms.Field) -> bool:
    return isinstance(field, forms.ModelChoiceField) and not isinstance(field.widget, forms.HiddenInput)
