"""A form of the fields that an editor made, with what keeps robots out."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.forms.forms import BaseForm, FormBuilder

from events.forms.public import AddressField, DayField, LineField, NumberField, TextField

#: No name that an editor's label can become: those have no hyphens.
SHOWN, TRAP, CONSENT = "x-shown", "x-homepage", "x-consent"
LONGEST_LINE, LONGEST_TEXT = 255, 10_000


class ContactForm(BaseForm):
    """What every contact form has beside the editor's fields."""

    #: The editor's names, in order; the rest is ours.
    asked: list[str] = []

    @property
    def answers(self) -> dict[str, Any]:
        """What was written, without what only guards the form."""
        return {name: self.cleaned_data[name] for name in self.asked if name in self.cleaned_data}

    @property
    def sender(self) -> str:
        """The first e-mail address that was given."""
        fields = [name for name in self.asked if isinstance(self.fields[name], AddressField)]
        return next((self.cleaned_data[name] for name in fields if self.cleaned_data.get(name)), "")

    @property
    def x_shown(self) -> forms.BoundField:
        return self[SHOWN]

    @property
    def trap(self) -> forms.BoundField:
        return self[TRAP]

    @property
    def consent(self) -> forms.BoundField:
        return self[CONSENT]

    @property
    def visible(self) -> list[forms.BoundField]:
        return [self[name] for name in self.asked]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get(TRAP):
            self.add_error(TRAP, _("Leave this field empty. If your browser filled it in, empty it and send again."))
        return cleaned


class ContactFormBuilder(FormBuilder):
    """Fields that read what people type, in place of Django's own."""

    def get_form_class(self) -> type[ContactForm]:
        asked = self.formfields
        ours = {
            # Whatever comes back: what is no seal of ours is answered in words of its own.
            SHOWN: forms.Field(required=False, widget=forms.HiddenInput),
            TRAP: forms.CharField(
                required=False,
                label=_("Leave this field empty"),
                widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
            ),
            CONSENT: forms.BooleanField(required=False),
        }
        return type("EditorsForm", (ContactForm,), {**asked, **ours, "asked": list(asked)})

    def get_field_options(self, field: Any) -> dict[str, Any]:
        options: dict[str, Any] = super().get_field_options(field)
        if not options["initial"]:
            del options["initial"]
        return options

    def create_singleline_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        return LineField(max_length=LONGEST_LINE, **options)

    def create_multiline_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        return TextField(max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 8}), **options)

    def create_email_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        return AddressField(**options)

    def create_phone_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        return LineField(max_length=40, widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}), **options)

    def create_number_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        return NumberField(**options)

    def create_date_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        return DayField(**options)

    def create_dropdown_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        choices = [("", _("Choose")), *self.get_formatted_field_choices(field)]
        return forms.ChoiceField(choices=choices, **options)
