"""A new event from another or from a template: its titles, its address, its first day, and what comes along."""

import secrets
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.cloning import Part
from events.cloning.verbs import TEMPLATE_PARTS
from events.labels import sentence
from events.turkish import clean

from .fields import DATES


class _Line(forms.CharField):
    def to_python(self, value: Any) -> Any:
        return super().to_python(clean(value) if isinstance(value, str) else value)


class PartsField(forms.MultipleChoiceField):
    """Parts of an event, all of them ticked at first."""

    def __init__(self, parts: Iterable[Part], **kwargs: Any) -> None:
        parts = list(parts)
        super().__init__(
            choices=lambda: [(part.value, sentence(str(part.label))) for part in parts],
            initial=[part.value for part in parts],
            required=False,
            widget=forms.CheckboxSelectMultiple,
            **kwargs,
        )


class NewEventForm(forms.Form):
    """What every new event is asked; the verb says what is wrong with it."""

    title_tr = _Line(label=_("Title (Turkish)"), max_length=200, required=False)
    title_en = _Line(label=_("Title (English)"), max_length=200, required=False)
    starts_on = forms.DateField(
        label=_("First day"),
        input_formats=DATES,
        # The browser's own: the admin's calendar opens over the buttons below it.
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        help_text=_("Every other day keeps its distance from it."),
    )
    slug = _Line(
        label=_("Address"), max_length=80, required=False, help_text=_("Leave it empty to have it made of the title.")
    )

    #: One opened form makes one event, however often its button is pressed.
    once = forms.CharField(
        max_length=32, required=False, widget=forms.HiddenInput, initial=lambda: secrets.token_hex(16)
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not (cleaned.get("title_tr") or cleaned.get("title_en")) and not {"title_tr", "title_en"} & set(self.errors):
            self.add_error("title_tr", _("Give the title in at least one language."))
        return cleaned


class CloneForm(NewEventForm):
    """Which parts of an event come along beside its facts."""

    parts = PartsField(Part, label=_("What comes along"))


class KeepTemplateForm(forms.Form):
    """What a template is called, and what it takes of the event."""

    name_tr = _Line(label=_("Name (Turkish)"), max_length=200, required=False)
    name_en = _Line(label=_("Name (English)"), max_length=200, required=False)
    parts = PartsField(TEMPLATE_PARTS, label=_("What comes along"))
