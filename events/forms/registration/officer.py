"""The form by which an officer enters or corrects a registration: what the person could say, and the address."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.forms.public import AddressField
from events.registration import Applicant

from .asked import condition_words
from .delegate import RegistrationForm


class OfficerForm(RegistrationForm):
    """As the person's own, but nothing has to be answered and an address need not be known."""

    email = AddressField(label=_("E-mail"), required=False)
    language = forms.ChoiceField(label=_("Letters in"), choices=[("tr", _("Turkish")), ("en", _("English"))])
    version = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = ["name", "email", "language", "organisation", "role", "phone"]

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["name"].help_text = _("As it should stand on the badge.")
        # The number of the form: what is sent twice is one person.
        self.number(kwargs.get("once", ""))
        for consent in self.consents:
            self.fields[f"c-{consent.key}"].label = _("Agreed, and that can be shown: %(consent)s") % {
                "consent": consent.title
            }
            self.fields[f"c-{consent.key}"].help_text = _(
                "A signed paper or a letter of the person. Without it, answers that need this consent are not kept."
            )
        for question in self.questions:
            question.required = False
            if words := condition_words(question, self.questions):
                field = self.fields[f"q-{question.key}"]
                field.help_text = f"{words}. {field.help_text}"
        self._mark_required()
        del self.fields["x-shown"], self.fields["x-homepage"]

    def applicant(self, language: str = "", email: str = "", organisation: str = "") -> Applicant:
        return super().applicant(self.cleaned_data["language"], email, organisation)

    @property
    def person_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.field_order]
