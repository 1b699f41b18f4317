"""What the release page and the pages of the other verbs post."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from events import labels
from events.models import PlannedRelease
from events.models.programme import instant
from events.turkish import clean

from .fields import DATES, TIMES


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


class PlanForm(NoteForm):
    """When to release what stands by then, on the clocks of the event's zone; ``at`` is that instant."""

    day = forms.DateField(label=_("Day"), input_formats=DATES, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    time = forms.TimeField(
        label=_("Time"),
        input_formats=TIMES,
        widget=forms.TimeInput({"inputmode": "numeric", "autocomplete": "off", "placeholder": "09:30"}, "%H:%M"),
    )

    def __init__(self, *args: Any, zone: str, plan: PlannedRelease | None = None, **kwargs: Any) -> None:
        if plan:
            local = plan.due_at.astimezone(ZoneInfo(zone))
            kwargs["initial"] = {"day": local.date(), "time": local.time(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.fields["time"].help_text = labels.zone_label(zone)
        # The same page posts them to release at once too, when nobody need fill them in.
        self.use_required_attribute = False

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        day, time = told.get("day"), told.get("time")
        if day and time is not None:
            told["at"] = self._instant(day, time)
        return told

    def _instant(self, day: dt.date, time: dt.time) -> dt.datetime:
        # The date is the one that was typed, at whatever hour of the night.
        at = instant(day, time, day, self.zone)
        if at is None:
            raise ValidationError({"day": _("Check the year.")})
        return at
