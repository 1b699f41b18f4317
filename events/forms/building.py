"""Forms of the desk: where a session moves, a new one, the rest of a day shifted, a day copied.

Pointer and keyboard post the same fields as these forms do.
"""

import datetime as dt
import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.building import programme_days
from events.labels import date_words
from events.models import Event, Party, Room, Session, Track

from .base import Difference, told, told_value
from .fields import DATES, TIMES
from .naming import PeopleField
from .programme import RoomChoiceField, offered_rooms

#: Beside what other forms read, four digits alone: quickest to type.
CLOCK = [*TIMES, "%H%M"]
PLACED = ("day", "start", "end", "start_day", "end_day", "room", "parties")


def _day(label: Any, **kwargs: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, input_formats=DATES, widget=widget, **kwargs)


def _time(label: Any, **kwargs: Any) -> forms.TimeField:
    attrs = {"inputmode": "numeric", "autocomplete": "off", "placeholder": "09:30"}
    widget = forms.TimeInput(attrs=attrs, format="%H:%M")
    return forms.TimeField(label=label, input_formats=CLOCK, widget=widget, **kwargs)


def _hidden_day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, input_formats=DATES, widget=forms.HiddenInput)


class OfDays(forms.Form):
    """A form that offers the days of a programme by name; where it has none, any date can be typed."""

    def __init__(self, *args: Any, event: Event, days: list[dt.date] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event
        known = programme_days(event) if days is None else days
        for name in ("day", "to"):
            if name in self.fields and known:
                self.fields[name].widget = forms.Select(choices=[(day.isoformat(), date_words(day)) for day in known])


class PlaceForm(OfDays):
    """Day, time and place; rooms and parties are those that the event can have."""

    day = _day(_("Day"))
    start = _time(_("Start"), required=False)
    end = _time(_("End"), required=False)
    start_day = _hidden_day(_("Date of the start"))
    end_day = _hidden_day(_("Date of the end"))
    room = RoomChoiceField(Room.objects.none(), required=False, label=_("Room"))
    parties: Any = forms.ModelMultipleChoiceField(
        Party.objects.none(), required=False, label=_("Parties"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, event: Event, session: Session | None = None, **kwargs: Any) -> None:
        super().__init__(*args, event=event, **kwargs)
        self.fields["room"].queryset = offered_rooms(event.pk, session.room_id if session else None)  # type: ignore[attr-defined]
        parties = event.parties.all()
        self.fields["parties"].queryset = parties  # type: ignore[attr-defined]
        if not parties:
            del self.fields["parties"]

    @property
    def place(self) -> dict[str, Any]:
        """What the verb takes; parties None where the event has none."""
        return {name: self.cleaned_data.get(name) for name in PLACED}


class MoveForm(PlaceForm):
    """Where a session is to stand, at the version that was seen."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        initial = {name: getattr(session, name) for name in PLACED if name != "parties"}
        parties = list(session.parties.all()) if session.pk else []
        initial |= {"parties": parties, "version": session.version}
        super().__init__(*args, initial=initial, session=session, **kwargs)
        for name in ("start_day", "end_day"):
            if initial[name]:
                self.fields[name].widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def clean(self) -> dict[str, Any]:
        """Without a start there is no end: such a session waits in the tray."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("start") is None and "start" not in self.errors:
            cleaned["end"] = cleaned["start_day"] = cleaned["end_day"] = None
        return cleaned

    def differences(self, stored: Session) -> list[Difference]:
        """What is stored and what was asked for, field by field."""
        found = []
        for name in self.fields:
            if name != "version" and name in self.cleaned_data:
                theirs, yours = told(stored, name), told_value(self.cleaned_data[name])
                if theirs != yours:
                    found.append(Difference(str(self.fields[name].label), theirs, yours))
        return found


class NewSessionForm(PlaceForm):
    """A session as it is first written down, in the order in which one reads a paper; the rest is in its own form."""

    title_tr = forms.CharField(label=_("Title (Turkish)"), required=False, max_length=300)
    title_en = forms.CharField(label=_("Title (English)"), required=False, max_length=300)
    kind = forms.ChoiceField(label=_("Kind"), choices=Session.Kind.choices)
    status = forms.ChoiceField(
        label=_("Status"), choices=[each for each in Session.Status.choices if each[0] != Session.Status.CANCELLED]
    )
    track = forms.ModelChoiceField(Track.objects.none(), required=False, label=_("Track"))
    people = PeopleField(
        label=_("People"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "aria-describedby": "new_people_helptext"}),
        help_text=_("Names with commas between them. A role stands before its name: “Moderator: Ayşe Örnek”."),
    )
    field_order = (
        *("start", "end", "kind", "title_tr", "title_en", "people", "room"),
        *("day", "track", "status", "parties"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tracks = self.event.tracks.all()
        self.fields["track"].queryset = tracks  # type: ignore[attr-defined]
        if not tracks:
            del self.fields["track"]
        del self.fields["start_day"], self.fields["end_day"]
        self.fields["kind"].initial = Session.Kind.TALK

    @property
    def values(self) -> dict[str, Any]:
        """What the verb takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "parties"} | {
            "parties": self.cleaned_data.get("parties") or ()
        }


class ShiftForm(OfDays):
    """The rest of a day, earlier or later; ``seen`` are the versions that the page showed."""

    day = _day(_("Day"))
    since = _time(_("From"), initial=dt.time(12))
    minutes = forms.IntegerField(
        label=_("Minutes"),
        min_value=-720,
        max_value=720,
        initial=15,
        help_text=_("Later by so many minutes; with a minus sign, earlier."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_seen(self) -> dict[int, int]:
        """Versions by session; what cannot be read is as if nothing had been seen."""
        try:
            return {int(pk): int(version) for pk, version in json.loads(self.cleaned_data["seen"]).items()}
        except (ValueError, AttributeError, TypeError, RecursionError):
            return {}

    def clean_minutes(self) -> int:
        minutes: int = self.cleaned_data["minutes"]
        if minutes == 0:
            raise forms.ValidationError(_("Give the minutes by which everything moves."))
        return minutes


class CopyDayForm(OfDays):
    """A day and the day it is copied to."""

    day = _day(_("Day"))
    to = _day(_("Copy to"))
    people = forms.BooleanField(label=_("With the people"), required=False, initial=True)


__all__ = ["CopyDayForm", "MoveForm", "NewSessionForm", "ShiftForm"]
