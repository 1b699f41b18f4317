"""The forms of letters: own words in both languages with placeholders, and when a timed one leaves."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from events.bilingual import LANGUAGES
from events.forms.base import AdminForm
from events.forms.fields import WholeNumberField
from events.models import LetterTiming, LetterWords
from events.registration import own_words, placeholders
from events.registration.own_words import Words
from events.turkish import clean

_ROWS = {"rows": 12}


class LetterForm(AdminForm):
    """One letter as it goes out; what is left as ready-made follows it when that changes."""

    class Meta(WagtailAdminModelForm.Meta):
        model = LetterWords
        fields = ["subject_tr", "subject_en", "text_tr", "text_en"]
        widgets = {"text_tr": forms.Textarea(attrs=_ROWS), "text_en": forms.Textarea(attrs=_ROWS)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row: LetterWords = self.instance
        self.allowed = own_words.allowed_in(row.letter)
        self.ready_made = {each: own_words.ready_made(row.letter, each) for each in LANGUAGES}
        for each in LANGUAGES:
            shown = own_words.merged(row, row.letter, each)
            self.initial |= {f"subject_{each}": shown.subject, f"text_{each}": shown.text}
            for part in ("subject", "text"):
                self.fields[f"{part}_{each}"].widget.attrs["lang"] = each

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for each in LANGUAGES:
            for part in ("subject", "text"):
                name = f"{part}_{each}"
                typed = clean(cleaned.get(name) or "", lines=part == "text")
                self._check(name, typed, each)
                cleaned[name] = "" if typed == getattr(self.ready_made[each], part) else typed
        return cleaned

    def _check(self, name: str, typed: str, language: str) -> None:
        try:
            placeholders.check(typed, self.allowed, language)
        except ValidationError as error:
            self.add_error(name, error)

    def words(self, language: str) -> Words:
        """What was typed, with the ready-made words where nothing was."""
        default = self.ready_made[language]
        return Words(
            self.cleaned_data[f"subject_{language}"] or default.subject,
            self.cleaned_data[f"text_{language}"] or default.text,
        )

    @property
    def sides(self) -> list[dict[str, Any]]:
        """Both languages beside each other, each with its placeholders."""
        return [
            {
                "code": each,
                "fields": [self[f"subject_{each}"], self[f"text_{each}"]],
                "placeholders": placeholders.explained(self.allowed, each),
            }
            for each in LANGUAGES
        ]


class TimingForm(AdminForm):
    """Whether a reminder or the thanks are sent, and when."""

    amount = WholeNumberField(label=_("How many"), min_value=1, max_value=720)
    #: How many people would get it at once.
    at_once = 0

    class Meta(WagtailAdminModelForm.Meta):
        model = LetterTiming
        fields = ["switched_on", "amount", "unit"]


__all__ = ["LetterForm", "TimingForm"]
