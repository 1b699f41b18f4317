"""The form of a letter to some of those registered."""

import hashlib
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.bilingual import LANGUAGES
from events.labels import sentence
from events.registration import placeholders
from events.registration.group_letters import ALLOWED
from events.registration.own_words import Words
from events.turkish import clean

_ROWS = {"rows": 12}


class GroupLetterForm(forms.Form):
    """Subject and text in both languages; ``once`` is the form's own number, ``seen`` what was looked at before."""

    once = forms.RegexField(r"\A[a-z0-9]{20,32}\Z", widget=forms.HiddenInput)
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    subject_tr = forms.CharField(label=_("subject (Turkish)"), required=False, max_length=200)
    subject_en = forms.CharField(label=_("subject (English)"), required=False, max_length=200)
    text_tr = forms.CharField(
        label=_("text (Turkish)"), required=False, max_length=10_000, widget=forms.Textarea(attrs=_ROWS)
    )
    text_en = forms.CharField(
        label=_("text (English)"), required=False, max_length=10_000, widget=forms.Textarea(attrs=_ROWS)
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in LANGUAGES:
            for part in ("subject", "text"):
                field = self.fields[f"{part}_{each}"]
                field.label = sentence(str(field.label))
                field.widget.attrs["lang"] = each

    def texts(self) -> dict[str, str]:
        """What was typed, in one form."""
        return {
            f"{part}_{each}": clean(self.cleaned_data.get(f"{part}_{each}") or "", lines=part == "text")
            for each in LANGUAGES
            for part in ("subject", "text")
        }

    def words(self, language: str) -> Words:
        texts = self.texts()
        return Words(texts[f"subject_{language}"], texts[f"text_{language}"])

    def digest(self, recipients: list[int]) -> str:
        """By what one knows that what is sent is what was looked at: the words, and to whom."""
        told = repr((sorted(self.texts().items()), sorted(recipients)))
        return hashlib.sha256(told.encode()).hexdigest()

    @property
    def sides(self) -> list[dict[str, Any]]:
        """Both languages beside each other, each with its placeholders."""
        return [
            {
                "code": each,
                "fields": [self[f"subject_{each}"], self[f"text_{each}"]],
                "placeholders": placeholders.explained(set(ALLOWED), each),
            }
            for each in LANGUAGES
        ]


__all__ = ["GroupLetterForm"]
