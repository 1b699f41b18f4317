"""The form of one event: who it is, what the event asks, which sessions, what is agreed to."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from events.forms.public import AddressField, LineField
from events.registration import Applicant

from .choosing import SessionsForm

#: No name that a question can have: those begin with ``q-``.
GUARDS = SHOWN, TRAP = "x-shown", "x-homepage"


class RegistrationForm(SessionsForm):
    """A person, an event's questions and its sessions."""

    name = LineField(
        label=pgettext_lazy("of a person", "Name"),
        help_text=gettext_lazy("As it should stand on your badge."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name", "autocapitalize": "words", "spellcheck": "false"}),
    )
    email = AddressField(label=gettext_lazy("E-mail"), help_text=gettext_lazy("Your confirmation goes there."))
    organisation = LineField(
        label=gettext_lazy("Organisation"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization", "list": "organisations"}),
    )
    role = LineField(
        label=gettext_lazy("Position"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    phone = LineField(
        label=gettext_lazy("Telephone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )

    def __init__(self, data: Any = None, *, without: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for name in without:
            del self.fields[name]
        self.fields[SHOWN] = forms.Field(required=False, widget=forms.HiddenInput)
        self.fields[TRAP] = forms.CharField(
            required=False,
            label=_("Leave this field empty"),
            widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get(TRAP):
            self.add_error(TRAP, _("Leave this field empty. If your browser filled it in, empty it and send again."))
        return cleaned

    def applicant(self, language: str, email: str = "", organisation: str = "") -> Applicant:
        """Who it is, as typed; address and organisation are another's to say where the form does not ask them."""
        cleaned = self.cleaned_data
        return Applicant(
            name=cleaned["name"],
            email=cleaned.get("email", email),
            phone=cleaned["phone"],
            organisation=cleaned.get("organisation", organisation),
            role=cleaned["role"],
            language=language,
        )

    @property
    def person_fields(self) -> list[forms.BoundField]:
        names = [name for name in ("name", "email", "organisation", "role", "phone") if name in self.fields]
        return [self[name] for name in names]

    @property
    def seal(self) -> forms.BoundField:
        return self[SHOWN]

    @property
    def trap(self) -> forms.BoundField:
        return self[TRAP]
