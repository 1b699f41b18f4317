"""The form of one event: who it is, what the event asks, which sessions, what is agreed to."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from events.forms.public import AddressField, LineField
from events.registration import Applicant
from events.registration.sessions import SessionOffered, overlapping

from .questions import QuestionsForm

#: No name that a question can have: those begin with ``q-``.
GUARDS = SHOWN, TRAP = "x-shown", "x-homepage"
SESSIONS = "sessions"


class RegistrationForm(QuestionsForm):
    """A person, an event's questions and its sessions."""

    name = LineField(
        label=pgettext_lazy("of a person", "Name"),
        help_text=gettext_lazy("As it should stand on your badge."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name", "autocapitalize": "words", "spellcheck": "false"}),
    )
    email = AddressField(label=gettext_lazy("E-mail"), help_text=gettext_lazy("Your confirmation goes there."))
    organisation = LineField(
        label=gettext_lazy("Organisation"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization", "list": "organisations"}),
    )
    role = LineField(
        label=gettext_lazy("Position"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    phone = LineField(
        label=gettext_lazy("Telephone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )

    def __init__(
        self, data: Any = None, *, sessions: Sequence[SessionOffered] = (), without: Sequence[str] = (), **kwargs: Any
    ) -> None:
        self.sessions = sessions
        super().__init__(data, **kwargs)
        for name in without:
            del self.fields[name]
        if sessions:
            self._offer(sessions)
        self.fields[SHOWN] = forms.Field(required=False, widget=forms.HiddenInput)
        self.fields[TRAP] = forms.CharField(
            required=False,
            label=_("Leave this field empty"),
            widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
        )

    def _offer(self, sessions: Sequence[SessionOffered]) -> None:
        self.fields[SESSIONS] = forms.TypedMultipleChoiceField(
            label=_("Sessions"),
            help_text=_("Choose what you want to attend. Seats in each are limited."),
            required=False,
            coerce=int,
            choices=[(str(each.pk), each.words) for each in sessions],
            widget=forms.CheckboxSelectMultiple,
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get(TRAP):
            self.add_error(TRAP, _("Leave this field empty. If your browser filled it in, empty it and send again."))
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

    def applicant(self, language: str, email: str = "", organisation: str = "") -> Applicant:
        """Who it is, as typed; address and organisation are another's to say where the form does not ask them."""
        cleaned = self.cleaned_data
        return Applicant(
            name=cleaned["name"],
            email=cleaned.get("email", email),
            phone=cleaned["phone"],
            organisation=cleaned.get("organisation", organisation),
            role=cleaned["role"],
            language=language,
        )

    def chosen(self) -> list[Any]:
        """The rows of the sessions that were chosen."""
        wanted = self.cleaned_data.get(SESSIONS) or []
        return [each.places for each in self.sessions if each.pk in wanted]

    @property
    def person_fields(self) -> list[forms.BoundField]:
        names = [name for name in ("name", "email", "organisation", "role", "phone") if name in self.fields]
        return [self[name] for name in names]

    @property
    def session_field(self) -> forms.BoundField | None:
        return self[SESSIONS] if SESSIONS in self.fields else None

    @property
    def seal(self) -> forms.BoundField:
        return self[SHOWN]

    @property
    def trap(self) -> forms.BoundField:
        return self[TRAP]
