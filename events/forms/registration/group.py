"""The form with which one contact registers a group: who that is, and what is asked once of each group."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from events.forms.public import AddressField, LineField
from events.registration import Applicant

from .delegate import SHOWN, TRAP
from .questions import QuestionsForm

#: More than a list of a hundred people, and less than a stranger needs to keep us busy.
SHEET_BYTES = 1024 * 1024


class GroupForm(QuestionsForm):
    """Contact, organisation, the questions of group scope; members and their sheet stand beside it."""

    name = LineField(
        label=gettext_lazy("Your name"),
        help_text=gettext_lazy("Who registers the group. If you take part yourself, enter yourself below too."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name", "autocapitalize": "words", "spellcheck": "false"}),
    )
    email = AddressField(
        label=gettext_lazy("Your e-mail"), help_text=gettext_lazy("Only this address has to be confirmed.")
    )
    phone = LineField(
        label=gettext_lazy("Your telephone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    organisation = LineField(
        label=gettext_lazy("Organisation"),
        help_text=gettext_lazy("All members are registered for it."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization", "list": "organisations"}),
    )
    sheet = forms.FileField(
        label=gettext_lazy("Your list"),
        help_text=gettext_lazy("An .xlsx or .csv file, at most 1 MB."),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )
    field_order = ["name", "email", "phone", "organisation"]

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if files is not None:
            self.files = files
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

    def contact(self, language: str) -> Applicant:
        """Who registers the group, as typed."""
        named = {name: self.cleaned_data[name] for name in ("name", "email", "phone", "organisation")}
        return Applicant(**named, language=language)

    @property
    def person_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.field_order]

    @property
    def seal(self) -> forms.BoundField:
        return self[SHOWN]

    @property
    def trap(self) -> forms.BoundField:
        return self[TRAP]


class OfficerGroupForm(GroupForm):
    """As the contact's own, entered by an officer: neither the address nor the answers have to be known."""

    email = AddressField(label=gettext_lazy("Contact’s e-mail"), required=False)
    language = forms.ChoiceField(
        label=gettext_lazy("Letters in"), choices=[("tr", gettext_lazy("Turkish")), ("en", gettext_lazy("English"))]
    )
    field_order = ["name", "email", "language", "phone", "organisation"]

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        super().__init__(data, files, **kwargs)
        self.fields["name"].label, self.fields["name"].help_text = pgettext("of a group", "Contact"), ""
        self.fields["phone"].label = _("Telephone")
        for question in self.questions:
            question.required = False
        self._mark_required()
        del self.fields[SHOWN], self.fields[TRAP]


class ContactForm(forms.Form):
    """Who the contact of a group is, for an officer to correct."""

    use_required_attribute = False
    name = LineField(label=pgettext_lazy("of a group", "Contact"), max_length=200)
    email = AddressField(label=gettext_lazy("Contact’s e-mail"), required=False)
    language = forms.ChoiceField(
        label=gettext_lazy("Letters in"), choices=[("tr", gettext_lazy("Turkish")), ("en", gettext_lazy("English"))]
    )
    phone = LineField(label=gettext_lazy("Telephone"), max_length=40, required=False)
