"""Forms of events and their sessions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.models import Event, Party, Room, Session, Track, Venue

from .base import AdminForm
from .fields import LanguagesField


class EventForm(AdminForm):
    """The facts and texts of an event; ``cancelled`` and ``withdrawn`` are verbs, not fields."""

    languages = LanguagesField(required=False)


class RoomChoiceField(forms.ModelChoiceField):
    """Rooms told with their venue: every house has a Salon A."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj} · {obj.venue}"


class SessionForm(AdminForm):
    """One item of a programme; tracks, rooms and parties are those of its event."""

    languages = LanguagesField(required=False)
    room = RoomChoiceField(Room.objects.none(), required=False, label=_("Room"))

    def __init__(self, *args: Any, event: Event | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        session: Session = self.instance
        if event is not None and session.event_id is None:
            session.event = event
            self.initial.setdefault("day", event.starts_on)
        self.fields["room"].queryset = Room.objects.select_related("venue")
        self.fields["venue"].queryset = Venue.objects.all()
        self.fields["track"].queryset = Track.objects.filter(event=session.event_id)
        self.fields["parties"].queryset = Party.objects.filter(event=session.event_id)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self._ends_first(cleaned):
            self.add_error("end", _("The end is before the start. Check both times."))
        if not any(cleaned.get(f"title_{language}") for language in ("tr", "en", "other")):
            self.add_error("title_tr", _("Give the title in at least one language."))
        if cleaned.get("title_other") and not cleaned.get("other_language"):
            self.add_error("other_language", _("Say which language the third title is in."))
        return cleaned

    def _ends_first(self, cleaned: dict[str, Any]) -> bool:
        """Whether the end lies before the start, read as programme times (before 04:00 is the night after)."""
        if not cleaned.get("day") or {"start_zone", "end_zone"} & self.errors.keys():
            return False
        probe = Session(
            event=self.instance.event,
            **{name: cleaned.get(name) for name in ("day", "start", "end", "start_day", "end_day", "room", "venue")},
            start_zone=cleaned.get("start_zone") or "",
            end_zone=cleaned.get("end_zone") or "",
        )
        return bool(probe.starts_at and probe.ends_at and probe.ends_at < probe.starts_at)
