"""A form made of an event's questions, with the consents that they need beside them."""

import secrets
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from events.labels import list_words
from events.models import Question, Wording
from events.registration.answering import QuestionGoneError
from events.registration.conditions import asked, is_empty, reduced
from events.registration.consents import refusal

from .asked import condition_words, field_of, file_words, kept, shown


def asked_here(questions: Sequence[Question], answers: Mapping[str, Any]) -> list[Question]:
    """Copies of the questions that can be asked on this form, with what is left of their conditions on it."""
    here: list[str] = []
    found = []
    for question in questions:
        condition = reduced(question.condition, answers, here)
        if condition is not None:
            found.append(copy(question))
            found[-1].condition = condition
            here.append(question.key)
    return found


#: Which form it is, so that a second press is known, and files that wait on another one are not taken for its own.
ONCE = "x-once"
#: The fingerprint of what the consents on the form said when it was opened.
READ = "x-read"


def remove_name(question: Question) -> str:
    """The tick that removes a file."""
    return f"x-remove-{question.key}"


@dataclass(frozen=True)
class Consent:
    """A consent on the form, and the answers that need it: their names, and the fields for the page's script."""

    wording: Wording
    field: forms.BoundField
    needed_for: str = ""
    fields: str = ""


@dataclass(frozen=True)
class Asked:
    """A question on the form, in words when it is asked, and the consents that are asked after it."""

    question: Question
    field: forms.BoundField
    condition: str
    consents: Sequence[Consent]
    kept: str = ""
    remove: forms.BoundField | None = None


@dataclass
class Files:
    """Files of one form by question's key: those that are kept by now, what was wrong with others."""

    kept: dict[str, dict[str, Any]] = dataclass_field(default_factory=dict)
    wrong: dict[str, str] = dataclass_field(default_factory=dict)


class QuestionsForm(forms.Form):
    """Keeps every value that was typed, and says what is wrong beside it.

    ``consents`` are asked with it, ``given`` the keys of those that stand; ``answers`` what was answered before, by
    the question's key, ``files`` those that are kept by now. Answers ``elsewhere`` decide what is asked here, and are shown to nobody.
    ``texts`` is the fingerprint of what the consents say now: nobody agrees to a text that came while the form was open.
    """

    use_required_attribute = False

    def __init__(
        self,
        data: Any = None,
        *,
        questions: Sequence[Question],
        consents: Sequence[Wording] = (),
        given: Sequence[str] = (),
        answers: Mapping[str, Any] | None = None,
        elsewhere: Mapping[str, Any] | None = None,
        files: Files | None = None,
        once: str = "",
        texts: str = "",
        **kwargs: Any,
    ) -> None:
        answers = answers or {}
        self.questions, self.consents = asked_here(questions, {**(elsewhere or {}), **answers}), consents
        self.given, self.texts = set(given), texts
        initial = {f"q-{each.key}": shown(each, answers.get(each.key)) for each in self.questions}
        initial |= {f"c-{key}": True for key in given}
        super().__init__(data, **{**kwargs, "initial": {**initial, **(kwargs.get("initial") or {})}})
        self.kept_files, self.wrong_files = files.kept if files else {}, files.wrong if files else {}
        for question in self.questions:
            self.fields[f"q-{question.key}"] = field_of(question)
            if question.key in self.kept_files:
                words = _("Remove “%(file)s”") % {"file": file_words(self.kept_files[question.key])}
                self.fields[remove_name(question)] = forms.BooleanField(required=False, label=words)
        if once and any(each.kind == Question.Kind.FILE for each in self.questions):
            self.number(once)
        if texts:
            self.fields[READ] = forms.CharField(required=False, widget=forms.HiddenInput, initial=texts)
        for consent in consents:
            self.fields[f"c-{consent.key}"] = forms.BooleanField(required=False, label=str(consent.title))
        self._mark_required()

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
        for question in self.questions:
            if question.kind == Question.Kind.FILE:
                cleaned[f"q-{question.key}"] = self.kept_files.get(question.key)
        values = {question.key: kept(cleaned.get(f"q-{question.key}")) for question in self.questions}
        wanted = {question.key for question in asked(self.questions, values)}
        for question in self.questions:
            name = f"q-{question.key}"
            if question.key not in wanted:
                self.errors.pop(name, None)
                cleaned[name] = None
            elif question.key in self.wrong_files:
                self.add_error(name, self.wrong_files[question.key])
            elif question.required and name not in self.errors and is_empty(values[question.key]):
                self.add_error(name, self.fields[name].error_messages["required"])
            elif not is_empty(values[question.key]) and not self._is_agreed(question):
                self.add_error(name, refusal(question))
        if self.texts and cleaned.get(READ, "") not in ("", self.texts):
            self._ask_consents_anew()
        return cleaned

    def _ask_consents_anew(self) -> None:
        """The texts were others when the form was opened: they stand below as they are now, with no tick."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data[READ] = self.texts
        self.data = data
        for consent in self.consents:
            if consent.key not in self.given and self._ticked(consent):
                del data[f"c-{consent.key}"]
                self.add_error(
                    f"c-{consent.key}",
                    _("This text changed while you were writing. Read it, and tick it again if you agree."),
                )

    def _is_agreed(self, question: Question) -> bool:
        if not question.consent_id:
            return True
        return any(each.pk == question.consent_id and self._ticked(each) for each in self.consents)

    def _ticked(self, consent: Wording) -> bool:
        return bool(self.cleaned_data.get(f"c-{consent.key}"))

    def add_error(self, field: str | None, error: Any) -> None:
        """A question that was deleted meanwhile is not on the form that is shown once more."""
        super().add_error(field, error)
        gone = error.keys if isinstance(error, QuestionGoneError) else set()
        for question in [each for each in self.questions if each.key in gone]:
            self.questions.remove(question)
            for name in (f"q-{question.key}", remove_name(question)):
                self.fields.pop(name, None)

    def answers(self) -> dict[Question, Any]:
        """What was answered, by question; None where it was not asked."""
        return {question: kept(self.cleaned_data.get(f"q-{question.key}")) for question in self.questions}

    def agreed(self) -> set[str]:
        """The keys of the consents that were given."""
        return {each.key for each in self.consents if self._ticked(each)}

    def ticks(self) -> dict[Wording, bool]:
        """Each consent on the form, ticked or not."""
        return {each: self._ticked(each) for each in self.consents}

    @property
    def once(self) -> forms.BoundField | str:
        """The number of the form, by which files wait or a second press is the first; empty where it has none."""
        return self[ONCE] if ONCE in self.fields else ""

    def number(self, once: str) -> None:
        """Carry a number, by which what is sent twice is one."""
        self.fields[ONCE] = forms.CharField(required=False, widget=forms.HiddenInput, initial=once)

    def number_anew(self, once: str = "") -> None:
        """Somebody went back and typed something else into a form that was saved: sent once more, it is another."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data[ONCE] = once or secrets.token_hex(8)
        self.data = data

    @property
    def read(self) -> forms.BoundField | str:
        """Which texts of the consents the reader has before them; empty where none is asked."""
        return self[READ] if READ in self.fields else ""

    @property
    def question_fields(self) -> list[Asked]:
        """Each question; a consent stands after the last one that needs it."""
        last = {question.consent_id: question for question in self.questions if question.consent_id}
        return [
            Asked(
                question,
                self[f"q-{question.key}"],
                condition_words(question, self.questions),
                [self._consent(each) for each in self.consents if last.get(each.pk) is question],
                file_words(self.kept_files[question.key]) if question.key in self.kept_files else "",
                self[remove_name(question)] if question.key in self.kept_files else None,
            )
            for question in self.questions
        ]

    @property
    def consent_fields(self) -> list[Consent]:
        """The consents that no question on the form needs."""
        needed = {question.consent_id for question in self.questions}
        return [self._consent(each) for each in self.consents if each.pk not in needed]

    def _consent(self, wording: Wording) -> Consent:
        tied = [question for question in self.questions if question.consent_id == wording.pk]
        return Consent(
            wording,
            self[f"c-{wording.key}"],
            list_words([f"“{question.label}”" for question in tied]),
            " ".join(f"q-{question.key}" for question in tied),
        )
