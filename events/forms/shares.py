"""What an officer says of a link by which a host sees the working programme."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .fields import DATES
from .public import LineField

#: What is offered as the last day of a link.
USUAL = dt.timedelta(days=30)


class ShareForm(forms.Form):
    host = LineField(
        label=_("For whom"),
        max_length=200,
        help_text=_(
            "The host sees this name on the page. Make a link of its own for each, so that you can end it alone."
        ),
    )
    language = forms.ChoiceField(label=_("Language of the link"), choices=[("tr", _("Turkish")), ("en", _("English"))])
    last_day = forms.DateField(
        label=_("Open until the end of"), input_formats=DATES, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    may_comment = forms.BooleanField(label=_("May comment"), required=False, initial=True)
    drafts = forms.BooleanField(label=_("Sees sessions that are still drafts"), required=False, initial=True)
    restricted = forms.BooleanField(
        label=_("Sees sessions that are for participants or staff only"),
        required=False,
        help_text=_("Notes for the host are never shown."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_day"].initial = timezone.localdate() + USUAL
