"""What a host fills in to say something of a working programme."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .public import LineField, TextField

LONGEST = 4000
#: No name that a person would fill in: only robots do.
TRAP = "homepage"


class CommentForm(forms.Form):
    """``sessions`` are the choices of what it is about: key and words, by day."""

    about = forms.ChoiceField(label=_("About"), required=False)
    name = LineField(label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    text = TextField(label=_("Your comment"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6}))
    trap = forms.CharField(
        required=False,
        label=_("Leave this field empty"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, sessions: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        about: Any = self.fields["about"]
        about.choices = [("", _("the whole programme")), *sessions]

    @property
    def visible(self) -> list[forms.BoundField]:
        return [self[name] for name in ("about", "name", "text")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("trap"):
            self.add_error("trap", _("Leave this field empty. If your browser filled it in, empty it and send again."))
        return cleaned
