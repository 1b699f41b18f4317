"""Fields that read what people type: whole numbers, dates, times, languages."""

import re
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin import widgets
from wagtail.admin.forms.models import register_form_field_override

from events.bilingual import active_language
from events.labels import language_name

#: What a Turkish and an English officer write; a date never depends on the language of the admin.
DATES = ["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"]
TIMES = ["%H:%M", "%H.%M", "%H:%M:%S"]
#: Offered as a choice, by tag. Any other that a row already has is offered beside them.
SPOKEN = [
    "tr",
    "en",
    "ar",
    "bg",
    "bs",
    "cs",
    "da",
    "de",
    "el",
    "es",
    "fr",
    "hr",
    "hu",
    "it",
    "mk",
    "nl",
    "pl",
    "pt",
    "ro",
    "ru",
    "sq",
    "sr",
    "sv",
    "uk",
]
TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")


class WholeNumberField(forms.IntegerField):
    """A whole number without separators: Django reads ``1.000`` as one, a Turkish officer means a thousand."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    default_error_messages = {"invalid": _("Write a whole number in digits alone, such as 1000.")}

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str) and value.strip() and not re.fullmatch(r"-?[0-9]{1,12}", value.strip()):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}


class DateInput(widgets.AdminDateInput):
    """Wagtail's calendar; left to itself it would put today in the place of a ``10.06.2027`` it cannot read."""

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | {"validateOnBlur": False}


class TimeInput(widgets.AdminTimeInput):
    """Wagtail's clock, which likewise would put the present time in the place of what it cannot read."""

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | {"validateOnBlur": False}


class LanguagesField(forms.MultipleChoiceField):
    """Languages by tag, chosen by name; the row keeps a list of tags in the order of the choices."""

    widget = forms.CheckboxSelectMultiple(attrs={"class": "choices-in-columns"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=lambda: self.named(SPOKEN), label=_("Languages"), required=False, **kwargs)

    @staticmethod
    def named(tags: list[str]) -> list[tuple[str, str]]:
        """Tags with the names by which they are told in the language of the admin."""
        return [(tag, language_name(tag, active_language())) for tag in tags]

    def valid_value(self, value: Any) -> bool:
        """Any well-formed tag: imported rows may name a language that is not among the usual ones."""
        return bool(TAG.match(str(value)))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(initial or []) != list(data or [])


def read_as_typed(form: forms.BaseForm) -> None:
    """Let every date and time field of a form read what both languages write."""
    for field in form.fields.values():
        if isinstance(field, forms.DateField):
            field.input_formats = DATES
        elif isinstance(field, forms.TimeField):
            field.input_formats = TIMES


for column in (models.PositiveIntegerField, models.PositiveSmallIntegerField):
    register_form_field_override(column, override={"form_class": WholeNumberField})
register_form_field_override(models.DateField, override={"widget": DateInput})
register_form_field_override(models.TimeField, override={"widget": TimeInput})


__all__ = ["DATES", "LanguagesField", "WholeNumberField", "read_as_typed"]
