"""Which two releases of an event are laid side by side."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Choices = Iterable[tuple[int, str]]


class CompareForm(forms.Form):
    """Two numbers, and whether to show what is the same in both."""

    older = forms.TypedChoiceField(label=gettext_lazy("Earlier release"), coerce=int)
    newer = forms.TypedChoiceField(label=gettext_lazy("Later release"), coerce=int)
    whole = forms.BooleanField(label=gettext_lazy("Show what stayed the same too"), required=False)

    def __init__(self, *args: Any, releases: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("older", "newer"):
            field: Any = self.fields[name]
            field.choices = list(releases)

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if "older" in told and told["older"] == told.get("newer"):
            raise ValidationError(_("Choose two different releases."))
        return told

    @property
    def numbers(self) -> tuple[int, int]:
        """The two numbers, the earlier one first, in whatever order they were chosen."""
        first, second = sorted((self.cleaned_data["older"], self.cleaned_data["newer"]))
        return first, second
