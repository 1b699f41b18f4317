"""Forms of events and their sessions."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from events.bilingual import LANGUAGES
from events.models import Event, Party, Room, Session, Track, Venue
from events.turkish import slug

from .base import AdminForm
from .fields import TAG, LanguagesField


class AddressedForm(AdminForm):
    """A row with an address of its own, which is made of the title where none is typed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        self.fields["slug"].help_text = _("Leave it empty to have it made of the title.")

    def _clean_fields(self) -> None:
        # Before the model looks at it: there an empty address would be an error of its own.
        super()._clean_fields()
        if "slug" in self.cleaned_data and not self.cleaned_data["slug"]:
            self.cleaned_data["slug"] = slug(
                self.cleaned_data.get("title_tr") or self.cleaned_data.get("title_en") or ""
            )
            if not self.cleaned_data["slug"]:
                self.add_error("slug", _("Give a title or an address."))


class EventForm(AddressedForm):
    """The facts and texts of an event; ``cancelled`` and ``withdrawn`` are verbs, not fields."""

    languages = LanguagesField()


class RoomChoiceField(forms.ModelChoiceField):
    """Rooms told with their venue: every house has a Salon A."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj} · {obj.venue}" if obj.venue.name else str(obj)


def offered_rooms(event: int | None, room: int | None) -> QuerySet[Room]:
    """Every room there is, but for those of a house without a name that an import made for another event."""
    named = ~Q(venue__name_tr="", venue__name_en="")
    home = Q(venue__in=Venue.objects.filter(events=event)) | Q(pk=room)
    return Room.objects.filter(named | home).select_related("venue")


class SessionForm(AdminForm):
    """One item of a programme; tracks, rooms and parties are those of its event."""

    languages = LanguagesField()
    room = RoomChoiceField(Room.objects.none(), required=False, label=_("Room"))

    def __init__(self, *args: Any, event: Event | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        session: Session = self.instance
        if event is not None and session.event_id is None:
            session.event = event
            self.initial.setdefault("day", event.starts_on)
        self.fields["room"].queryset = offered_rooms(session.event_id, session.room_id)
        self.fields["venue"].queryset = Venue.objects.all()
        self._offer("track", Track.objects.filter(event=session.event_id))
        self._offer("parties", Party.objects.filter(event=session.event_id))

    def _offer(self, name: str, rows: QuerySet[Any]) -> None:
        """Choices of this event; where it has none, the field is not there."""
        self.fields[name].queryset = rows
        if not rows.exists():
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self._ends_first(cleaned):
            self.add_error("end", _("The end is before the start. Check both times."))
        if not any(cleaned.get(f"title_{language}") for language in ("tr", "en", "other")):
            self.add_error("title_tr", _("Give the title in at least one language."))
        self._check_third_language(cleaned)
        return cleaned

    def _check_third_language(self, cleaned: dict[str, Any]) -> None:
        """A text in a third language says which; said to be Turkish or English it would hide that one."""
        tag = cleaned.get("other_language") or ""
        if not tag and (cleaned.get("title_other") or cleaned.get("abstract_other")):
            self.add_error("other_language", _("Say which language the third title is in."))
        elif tag and (tag in LANGUAGES or not TAG.match(tag)):
            self.add_error("other_language", _("Language tag of the third language, such as de."))

    def _ends_first(self, cleaned: dict[str, Any]) -> bool:
        """Whether the end lies before the start, read as programme times (before 04:00 is the night after)."""
        zones = {cleaned.get("start_zone"), cleaned.get("end_zone")} - {None, ""}
        # What is no zone is told later, by the model.
        if not cleaned.get("day") or not zones <= available_timezones():
            return False
        probe = Session(
            event=self.instance.event,
            **{name: cleaned.get(name) for name in ("day", "start", "end", "start_day", "end_day", "room", "venue")},
            start_zone=cleaned.get("start_zone") or "",
            end_zone=cleaned.get("end_zone") or "",
        )
        return probe.ends_first
