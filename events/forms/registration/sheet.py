"""Registrations from a sheet, as an officer adds them: the file, and each person with an organisation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from events.forms.public import LineField
from events.registration import Applicant

from .roster import MemberForm


class SheetForm(forms.Form):
    """The file, and the language of the letters."""

    use_required_attribute = False
    language = forms.ChoiceField(label=_("Letters in"), choices=[("tr", _("Turkish")), ("en", _("English"))])
    sheet = forms.FileField(
        label=_("Your list"),
        help_text=_("An .xlsx or .csv file, at most 1 MB."),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )


class PersonForm(MemberForm):
    """One row of the sheet."""

    shared_address = _("Give each person their own, or leave it empty: then nothing is sent to that person.")

    organisation = LineField(label=_("Organisation"), max_length=200, required=False)

    def applicant(self, language: str) -> Applicant:
        person = self.member(language).person
        return Applicant(
            name=person.name,
            email=person.email,
            phone=person.phone,
            organisation=self.cleaned_data["organisation"],
            role=person.role,
            language=language,
        )
