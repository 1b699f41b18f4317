"""The form once more, for whoever is registered: what it says may be changed, and the language of letters chosen."""

from django import forms
from django.utils.translation import gettext_lazy as _

from events.registration import Applicant

from .delegate import RegistrationForm

#: As people look for their own.
TONGUES = [("tr", "Türkçe"), ("en", "English")]


class OwnForm(RegistrationForm):
    """The language of letters is asked: a page read in the other one must not change it without a word."""

    language = forms.ChoiceField(
        label=_("Language of our letters"),
        help_text=_("Whatever language you read this page in."),
        choices=TONGUES,
        required=False,
    )

    def applicant(self, language: str, email: str = "", organisation: str = "") -> Applicant:
        """``language`` holds where the form did not ask it, as one that was opened before it did."""
        return super().applicant(self.cleaned_data.get("language") or language, email, organisation)

    @property
    def person_fields(self) -> list[forms.BoundField]:
        return [*super().person_fields, self["language"]]
