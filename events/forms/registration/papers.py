"""What an officer chooses of a paper: its form, its language, its columns."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.bilingual import active_language
from events.registration.printing import COLUMNS, USUAL

_EACH = ("person", _("each person’s own"))
_ONE = [("tr", _("Turkish")), ("en", _("English"))]


class BadgesForm(forms.Form):
    form = forms.ChoiceField(
        label=_("Paper"),
        choices=[("sheets", _("A4 sheets for cutting, four badges each")), ("pages", _("A6, one badge a page"))],
        widget=forms.RadioSelect,
        initial="sheets",
    )
    language = forms.ChoiceField(label=_("Language"), choices=[_EACH, *_ONE], initial="person")


class CertificatesForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"), choices=[_EACH, *_ONE], initial="person")


class ListForm(forms.Form):
    form = forms.ChoiceField(
        label=_("Paper"),
        choices=[("pdf", _("PDF, for printing")), ("xlsx", _("Excel"))],
        widget=forms.RadioSelect,
        initial="pdf",
    )
    language = forms.ChoiceField(label=_("Language"), choices=_ONE, initial=active_language)
    columns = forms.MultipleChoiceField(
        label=_("Columns"), choices=list(COLUMNS.items()), widget=forms.CheckboxSelectMultiple, initial=list(USUAL)
    )
    sign = forms.BooleanField(label=_("An empty column to sign"), required=False)


FORMS: dict[str, type[forms.Form]] = {"badges": BadgesForm, "certificates": CertificatesForm, "list": ListForm}


def forms_for(data: Any, kind: str) -> dict[str, forms.Form]:
    """The three forms of the page; the one that was sent holds what was typed."""
    return {name: made(data if name == kind else None, prefix=name, label_suffix="") for name, made in FORMS.items()}
