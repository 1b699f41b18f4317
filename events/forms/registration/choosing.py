"""Sessions on a form, whoever fills it in: the person, the contact of a group, an officer."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from events.registration.sessions import SessionOffered, overlapping

from .questions import QuestionsForm

SESSIONS = "sessions"


def seats_words(sessions: Sequence[SessionOffered]) -> str:
    """Whether seats are limited in all of them, in some or in none."""
    limited = [each.places.capacity is not None for each in sessions]
    if all(limited):
        return _("Seats in each are limited.")
    return _("Seats in some of them are limited.") if any(limited) else ""


class SessionsForm(QuestionsForm):
    """An event's questions and, where there are any, its sessions to choose."""

    def __init__(self, data: Any = None, *, sessions: Sequence[SessionOffered] = (), **kwargs: Any) -> None:
        self.sessions = sessions
        super().__init__(data, **kwargs)
        if sessions:
            self._offer(sessions)

    def _offer(self, sessions: Sequence[SessionOffered]) -> None:
        # Apart, because whoever gathers texts finds none in an f-string.
        told = " ".join(filter(None, (_("Choose what you want to attend."), seats_words(sessions))))
        self.fields[SESSIONS] = forms.TypedMultipleChoiceField(
            label=_("Sessions"),
            help_text=told,
            required=False,
            coerce=int,
            choices=[(str(each.pk), each.words) for each in sessions],
            widget=forms.CheckboxSelectMultiple,
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._check_sessions(cleaned.get(SESSIONS) or [])
        return cleaned

    def _check_sessions(self, chosen: list[int]) -> None:
        pairs = overlapping([each for each in self.sessions if each.pk in chosen])
        for first, second in pairs:
            self.add_error(
                SESSIONS,
                _("“%(first)s” and “%(second)s” are at the same time. Choose one of them.")
                % {"first": first.title, "second": second.title},
            )

    def offers(self) -> list[SessionOffered]:
        """The sessions that were chosen."""
        wanted = self.cleaned_data.get(SESSIONS) or []
        return [each for each in self.sessions if each.pk in wanted]

    def chosen(self) -> list[Any]:
        """Their rows."""
        return [each.places for each in self.offers()]

    @property
    def session_field(self) -> forms.BoundField | None:
        return self[SESSIONS] if SESSIONS in self.fields else None
