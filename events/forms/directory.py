"""Forms of the directory that need more than their columns."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from .base import AdminForm
from .fields import LanguagesField


class CountryForm(AdminForm):
    """A row with a country code, which is written in capitals."""

    def clean_country(self) -> str:
        country = str(self.cleaned_data["country"]).strip().upper()
        if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
            raise forms.ValidationError(_("Two letters, such as TR or DE."))
        return country


class PersonForm(AdminForm):
    """A person; nobody who was erased is ever edited again."""

    languages = LanguagesField()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if getattr(self.before, "erased_at", None):
            raise forms.ValidationError(_("This person was erased for good and cannot be edited."))
        return cleaned
