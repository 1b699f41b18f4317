"""Fields that read what people type: whole numbers, dates, times, languages."""

import datetime as dt
import re
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin import widgets
from wagtail.admin.forms.models import register_form_field_override

from events.bilingual import active_language
from events.labels import language_name, zone_label_on
from events.turkish import clean

#: What a Turkish and an English officer write; a date never depends on the language of the admin.
DATES = ["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"]
TIMES = ["%H:%M", "%H.%M", "%H:%M:%S"]
MOMENTS = ["%d.%m.%Y %H:%M", "%d.%m.%Y %H.%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M"]
#: What lies outside is a slip of the hand.
FIRST_YEAR, LAST_YEAR = 2000, 2100
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


class MomentInput(widgets.AdminDateTimeInput):
    """Wagtail's calendar with a clock, which likewise would put this moment in the place of what it cannot read."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"format": MOMENTS[0], **kwargs})

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | {"validateOnBlur": False}


class MomentField(forms.Field):
    """A moment on the clocks of one zone, which stands beside the field; what is no moment is refused in words.

    ``day`` is one about which the moments are: summer and winter have other names and offsets.
    """

    default_error_messages = {
        "invalid": _("There is no such day or time. Write it as in 01.05.2027 09:00."),
        "skipped": _("On that day the clocks go forward over this time. Write another one."),
    }

    def __init__(self, *, zone: str, day: dt.date | None = None, help_text: str = "", **kwargs: Any) -> None:
        self.zone = zone
        told = " ".join(filter(None, (help_text, zone_label_on(zone, day))))
        super().__init__(**{"widget": MomentInput, "help_text": told, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        return value.astimezone(ZoneInfo(self.zone)).strftime(MOMENTS[0]) if isinstance(value, dt.datetime) else value

    def to_python(self, value: Any) -> dt.datetime | None:
        typed = clean(value) if isinstance(value, str) else ""
        if not typed:
            return None
        local = self._read(typed)
        if local is None or not FIRST_YEAR <= local.year <= LAST_YEAR:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        moment = local.replace(tzinfo=ZoneInfo(self.zone))
        there = moment.astimezone(dt.UTC)
        if there.astimezone(moment.tzinfo).replace(tzinfo=None) != local:
            raise forms.ValidationError(self.error_messages["skipped"], code="skipped")
        return there

    @staticmethod
    def _read(typed: str) -> dt.datetime | None:
        for form in MOMENTS:
            try:
                return dt.datetime.strptime(typed, form)  # noqa: DTZ007 - the zone is the field's
            except ValueError:
                continue
        return None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.prepare_value(initial) != data)


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
register_form_field_override(
    models.DateTimeField, override=lambda field: {"widget": MomentInput(format="%Y-%m-%d %H:%M")}
)
register_form_field_override(models.TimeField, override={"widget": TimeInput})


__all__ = ["DATES", "LanguagesField", "MomentField", "WholeNumberField", "read_as_typed"]
