"""The form of the door: as little as a badge needs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.forms.public import AddressField, LineField
from events.registration import Applicant

_PLAIN = {"autocomplete": "off", "spellcheck": "false"}


class WalkInForm(forms.Form):
    """Somebody who came without a registration. ``beyond`` is offered only to those who may decide so."""

    use_required_attribute = False
    name = LineField(label=pgettext_lazy("of a person", "Name"), max_length=200, widget=forms.TextInput(attrs=_PLAIN))
    organisation = LineField(
        label=_("Organisation"), max_length=200, required=False, widget=forms.TextInput(attrs=_PLAIN)
    )
    role = LineField(label=_("Position"), max_length=200, required=False, widget=forms.TextInput(attrs=_PLAIN))
    email = AddressField(
        label=_("E-mail"), required=False, help_text=_("For the certificate and for changes. It may stay empty.")
    )
    language = forms.ChoiceField(label=_("Letters in"), choices=[("tr", _("Turkish")), ("en", _("English"))])
    beyond = forms.BooleanField(label=_("Also if no seat is left: make one more seat than planned"), required=False)

    def __init__(self, data: Any = None, *, may_beyond: bool, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["email"].widget.attrs |= {"autocomplete": "off"}
        if not may_beyond:
            del self.fields["beyond"]

    def applicant(self) -> Applicant:
        cleaned = {name: self.cleaned_data[name] for name in ("name", "organisation", "role", "email", "language")}
        return Applicant(**cleaned)


class AdmitForm(forms.Form):
    """Whether to let in somebody whose registration gives no seat, though none is left."""

    beyond = forms.BooleanField(label=_("Also if no seat is left: make one more seat than planned"), required=False)
