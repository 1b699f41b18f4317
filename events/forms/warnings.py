"""What is typed to let a warning stand."""

from django import forms
from django.utils.translation import gettext_lazy as _


class WarningForm(forms.Form):
    """Which warning, as it was shown."""

    rule = forms.CharField(max_length=40, widget=forms.HiddenInput)
    keys = forms.CharField(max_length=80, widget=forms.HiddenInput)
    back = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)


class AcceptForm(WarningForm):
    """Why it may stand; the fingerprint is that of the facts that were shown."""

    fingerprint = forms.CharField(max_length=16, widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("Why it may stay as it is"),
        max_length=300,
        help_text=_("Your colleagues read this beside your name. The public never does."),
    )
