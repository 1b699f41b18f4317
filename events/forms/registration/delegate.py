"""The form of one event: who it is, what the event asks, which sessions, what is agreed to."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.forms.public import AddressField, LineField
from events.models import Question, Wording
from events.registration import Applicant
from events.registration.conditions import asked, is_empty
from events.registration.sessions import SessionOffered, overlapping

from .asked import condition_words, field_of, kept, shown

#: No name that a question can have: those begin with ``q-``.
GUARDS = SHOWN, TRAP = "x-shown", "x-homepage"
SESSIONS = "sessions"


class RegistrationForm(forms.Form):
    """Made of an event's questions; keeps every value that was typed, and says what is wrong beside it."""

    use_required_attribute = False
    name = LineField(
        label=gettext_lazy("Name"),
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
        self,
        data: Any = None,
        *,
        questions: Sequence[Question],
        sessions: Sequence[SessionOffered] = (),
        consents: Sequence[Wording] = (),
        answers: dict[str, Any] | None = None,
        with_address: bool = True,
        **kwargs: Any,
    ) -> None:
        self.questions, self.sessions, self.consents = questions, sessions, consents
        initial = {f"q-{each.key}": shown(each, (answers or {}).get(each.key)) for each in questions}
        super().__init__(data, **{**kwargs, "initial": {**initial, **(kwargs.get("initial") or {})}})
        if not with_address:
            del self.fields["email"]
        for question in questions:
            self.fields[f"q-{question.key}"] = field_of(question)
        if sessions:
            self._offer(sessions)
        for consent in consents:
            self.fields[f"c-{consent.key}"] = forms.BooleanField(required=False, label=str(consent.title))
        self.fields[SHOWN] = forms.Field(required=False, widget=forms.HiddenInput)
        self.fields[TRAP] = forms.CharField(
            required=False,
            label=_("Leave this field empty"),
            widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
        )
        self._mark_required()

    def _offer(self, sessions: Sequence[SessionOffered]) -> None:
        self.fields[SESSIONS] = forms.TypedMultipleChoiceField(
            label=_("Sessions"),
            help_text=_("Choose what you want to attend. Seats in each are limited."),
            required=False,
            coerce=int,
            choices=[(str(each.pk), each.words) for each in sessions],
            widget=forms.CheckboxSelectMultiple,
        )

    def _mark_required(self) -> None:
        """For the eye; whether an answer is missing depends on the other answers and is asked in ``clean``."""
        for question in self.questions:
            self.fields[f"q-{question.key}"].required = question.required

    def _clean_fields(self) -> None:
        for question in self.questions:
            self.fields[f"q-{question.key}"].required = False
        super()._clean_fields()  # type: ignore[misc]
        self._mark_required()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get(TRAP):
            self.add_error(TRAP, _("Leave this field empty. If your browser filled it in, empty it and send again."))
        values = {question.key: kept(cleaned.get(f"q-{question.key}")) for question in self.questions}
        wanted = {question.key for question in asked(self.questions, values)}
        for question in self.questions:
            name = f"q-{question.key}"
            if question.key not in wanted:
                self.errors.pop(name, None)
                cleaned[name] = None
            elif question.required and name not in self.errors and is_empty(values[question.key]):
                self.add_error(name, self.fields[name].error_messages["required"])
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

    def applicant(self, language: str, email: str = "") -> Applicant:
        """Who it is, as typed; the address is another's to say where the form does not ask it."""
        cleaned = self.cleaned_data
        return Applicant(
            name=cleaned["name"],
            email=cleaned.get("email", email),
            phone=cleaned["phone"],
            organisation=cleaned["organisation"],
            role=cleaned["role"],
            language=language,
        )

    def answers(self) -> dict[Question, Any]:
        """What was answered, by question; None where it was not asked."""
        return {question: kept(self.cleaned_data.get(f"q-{question.key}")) for question in self.questions}

    def chosen(self) -> list[Any]:
        """The rows of the sessions that were chosen."""
        wanted = self.cleaned_data.get(SESSIONS) or []
        return [each.places for each in self.sessions if each.pk in wanted]

    def agreed(self) -> set[str]:
        """The keys of the consents that were given."""
        return {each.key for each in self.consents if self.cleaned_data.get(f"c-{each.key}")}

    @property
    def person_fields(self) -> list[forms.BoundField]:
        names = [name for name in ("name", "email", "organisation", "role", "phone") if name in self.fields]
        return [self[name] for name in names]

    @property
    def question_fields(self) -> list[tuple[Question, forms.BoundField, str]]:
        """Each question, its field, and in words when it is asked."""
        return [(each, self[f"q-{each.key}"], condition_words(each, self.questions)) for each in self.questions]

    @property
    def consent_fields(self) -> list[tuple[Wording, forms.BoundField]]:
        return [(each, self[f"c-{each.key}"]) for each in self.consents]

    @property
    def session_field(self) -> forms.BoundField | None:
        return self[SESSIONS] if SESSIONS in self.fields else None

    @property
    def seal(self) -> forms.BoundField:
        return self[SHOWN]

    @property
    def trap(self) -> forms.BoundField:
        return self[TRAP]
