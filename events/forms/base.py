"""The form every screen of the directory and the programme builds on.

It carries the row's version: where somebody saved in the meantime, it saves nothing, keeps what was typed
and tells both versions field by field. The view holds a transaction around checking and saving.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Manager, Model, QuerySet
from django.forms import models as model_forms
from django.utils.translation import gettext as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from events.bilingual import BilingualModel
from events.labels import date_words, sentence
from events.models.base import VersionedModel

from .fields import read_as_typed
from .lists import list_formset


@dataclass(frozen=True)
class Difference:
    """One field of a row that two people saved: what is stored by now and what this one typed."""

    label: str
    theirs: str
    yours: str


class AdminForm(WagtailAdminModelForm):
    """A row with its owned lists; saving moves the version on and notes what was translated."""

    data: Any
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before: Model | None = None
        self.differences: list[Difference] = []
        read_as_typed(self)
        if isinstance(self.instance, VersionedModel):
            self.initial["version"] = str(self.instance.version)
        else:
            del self.fields["version"]
        for name, options in (self._meta.formsets or {}).items():
            formset = list_formset(type(self.instance), name, options)
            self.formsets[name] = formset(
                self.data if self.is_bound else None,
                instance=self.instance,
                prefix=name,
                form_kwargs={"for_user": self.for_user},
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk:
            self.before = self._stored()
            if isinstance(self.before, VersionedModel) and self.data.get(self.add_prefix("version")) != str(
                self.before.version
            ):
                self._tell_both(self.before)
        return cleaned

    def _stored(self) -> Model:
        rows = type(self.instance)._default_manager.filter(pk=self.instance.pk)
        return (
            rows.select_for_update(of=("self",)).get() if transaction.get_connection().in_atomic_block else rows.get()
        )

    def _tell_both(self, stored: VersionedModel) -> None:
        """Show both versions; what is typed stays, and saving it once more is then a decision."""
        self.differences = [each for name in self.fields if (each := self._difference(name, stored))]
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = str(stored.version)
        self.add_error(
            None,
            _(
                "Somebody else saved this in the meantime, so nothing was saved. Below are both versions. "
                "Correct yours and save again to keep it."
            ),
        )

    def _difference(self, name: str, stored: Model) -> Difference | None:
        if name == "version" or name not in self.cleaned_data or not hasattr(stored, name):
            return None
        theirs, yours = told(stored, name), told_value(self.cleaned_data[name])
        if isinstance(self.fields[name], forms.TypedChoiceField):
            yours = str(dict(self.fields[name].choices).get(self.cleaned_data[name], yours))
        label = str(self.fields[name].label or name)
        return Difference(sentence(label), theirs, yours) if theirs != yours else None

    def save(self, commit: bool = True) -> Any:
        row = self.instance
        if isinstance(row, BilingualModel):
            row.note_translations(self.before if isinstance(self.before, BilingualModel) else None)
        if isinstance(row, VersionedModel) and isinstance(self.before, VersionedModel):
            row.version = self.before.version + 1
        with transaction.atomic():
            saved: Any = model_forms.ModelForm.save(self, commit=commit)
            if commit:
                for formset in self.formsets.values():
                    formset.instance = saved
                    formset.save()
        return saved


def told(row: Model, name: str) -> str:
    """A field of a row in words, as a person compares it."""
    display = getattr(row, f"get_{name}_display", None)
    return told_value(display() if display else getattr(row, name))


def told_value(value: Any) -> str:
    """A value in words: nothing as a dash, times and days as people write them."""
    if isinstance(value, Manager):
        value = value.all()
    if isinstance(value, QuerySet | list | tuple):
        return ", ".join(str(each) for each in value) or "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    if isinstance(value, dt.date):
        return date_words(value)
    return "–" if value in (None, "") else str(value)
