"""What the release page and the pages of the other verbs post."""

from django import forms
from django.utils.translation import gettext_lazy as _

from events.turkish import clean


class NoteForm(forms.Form):
    """A sentence for those who follow the programme, in both languages."""

    note_tr = forms.CharField(label=_("Note in Turkish"), max_length=300, required=False)
    note_en = forms.CharField(label=_("Note in English"), max_length=300, required=False)

    def clean_note_tr(self) -> str:
        return clean(self.cleaned_data["note_tr"])

    def clean_note_en(self) -> str:
        return clean(self.cleaned_data["note_en"])


class ReleaseForm(NoteForm):
    """The note, and the fingerprint of the comparison that was shown."""

    fingerprint = forms.CharField(max_length=64, widget=forms.HiddenInput)
