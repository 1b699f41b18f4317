"""What the page that brings an earlier state back posts."""

from django import forms


class RestoreForm(forms.Form):
    """The version of the row that was shown; none where there was no row."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
