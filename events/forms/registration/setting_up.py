"""What an officer sets up: how an event takes registrations, what it asks, what it tells, which sessions."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.models import WagtailAdminModelForm

from events import labels
from events.forms.base import AdminForm, Difference
from events.forms.fields import MomentField, WholeNumberField
from events.models import Question, RegistrationSettings, Session, Wording
from events.registration.conditions import OPERATORS
from events.registration.placeholders import refuse_outside_letters
from events.uploads.limits import LARGEST_MEGABYTES

from .asked import choices_of, condition_words
from .choices import read_choices, read_value, refuse_equals

MOMENTS = ("opens_at", "closes_at", "changes_until", "substitutes_until")
#: So many tests a condition has room for.
TESTS = 3


class _TextsForm(AdminForm):
    """Texts that people read on a page, where nothing is put in the place of what stands in braces."""

    texts: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in self.texts:
            try:
                refuse_outside_letters(cleaned.get(name) or "")
            except ValidationError as error:
                self.add_error(name, error)
        return cleaned


class SettingsForm(_TextsForm):
    """Opening and closing are told and typed on the clocks of the event. Its seats are typed here and nowhere else."""

    texts = ("intro_tr", "intro_en", "thanks_tr", "thanks_en")

    class Meta(WagtailAdminModelForm.Meta):
        model = RegistrationSettings
        fields = [
            "opens_at",
            "closes_at",
            "changes_until",
            "access",
            "capacity",
            "quota",
            "approval",
            "waiting_list",
            "offer_hours",
            "groups",
            "largest_group",
            "substitutes",
            "substitutes_until",
            "days_kept",
            "intro_tr",
            "intro_en",
            "thanks_tr",
            "thanks_en",
        ]
        widgets = {
            name: forms.Textarea(attrs={"rows": 4}) for name in ("intro_tr", "intro_en", "thanks_tr", "thanks_en")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = self.instance.event.time_zone
        for name in MOMENTS:
            told = self.fields[name]
            self.fields[name] = MomentField(
                zone=self.zone,
                day=self.instance.event.starts_on,
                label=told.label,
                help_text=str(told.help_text),
                required=False,
            )

        for name in ("largest_group", "substitutes"):
            self.fields[name].required = False  # what is not sent stays as it is

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens and closes and closes <= opens:  # the row would refuse it too, but not beside what else is wrong
            self.add_error("closes_at", _("Registration closes before it opens. Check both times."))
        return cleaned

    def clean_largest_group(self) -> int:
        return self.cleaned_data["largest_group"] or self.instance.largest_group

    def clean_substitutes(self) -> str:
        return self.cleaned_data["substitutes"] or self.instance.substitutes

    def _difference(self, name: str, stored: Model) -> Difference | None:
        if name not in MOMENTS:
            return super()._difference(name, stored)
        theirs, yours = (
            labels.moment_words(each, self.zone) if each else "–"
            for each in (getattr(stored, name), self.cleaned_data.get(name))
        )
        return Difference(labels.sentence(str(self.fields[name].label)), theirs, yours) if theirs != yours else None


class WordingForm(_TextsForm):
    """A notice or a consent in both languages; neither may be missing."""

    texts = ("title_tr", "title_en", "text_tr", "text_en")

    class Meta(WagtailAdminModelForm.Meta):
        model = Wording
        fields = ["title_tr", "title_en", "text_tr", "text_en"]


class QuestionForm(_TextsForm):
    """One question; its choices a line each, its condition as a few tests on earlier questions."""

    choices = forms.CharField(
        label=gettext_lazy("Choices"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("One a line, Turkish and English with a bar between them: Helal | Halal"),
    )
    match = forms.ChoiceField(
        label=gettext_lazy("Ask it only if"),
        required=False,
        choices=[("all", gettext_lazy("all of these hold")), ("any", gettext_lazy("any of these holds"))],
    )

    texts = ("label_tr", "label_en", "help_tr", "help_en", "purpose_tr", "purpose_en")
    #: What belongs to the kind of answer stands behind it.
    field_order = ("kind", "label_tr", "label_en", "choices", "megabytes")

    class Meta(WagtailAdminModelForm.Meta):
        model = Question
        fields = [
            "kind",
            "label_tr",
            "label_en",
            "help_tr",
            "help_en",
            "megabytes",
            "required",
            "scope",
            "stage",
            "purpose_tr",
            "purpose_en",
            "legal_basis",
            "consent",
            "visible_to",
            "days_kept",
            "sensitive",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scope"].required = False  # what is not sent stays as it is
        question: Question = self.instance
        earlier = Question.objects.filter(event=question.event_id).order_by("position", "pk")
        if question.pk:
            earlier = earlier.filter(position__lte=question.position).exclude(pk=question.pk)
        self.fields["megabytes"].required = False
        self.earlier = list(earlier)
        consents = Wording.objects.filter(event=question.event_id, kind=Wording.Kind.CONSENT)
        self.fields["consent"].queryset = consents.order_by("position", "pk")
        self.fields["consent"].empty_label = _("none")
        self.initial["choices"] = "\n".join(f"{each['tr']} | {each.get('en', '')}" for each in question.options)
        self.initial["match"] = question.condition.get("match", "all")
        tests = question.condition.get("tests") or []
        for number in range(max(TESTS, len(tests)) if self.earlier else 0):
            self._offer_test(number, tests[number] if number < len(tests) else {})

    def _offer_test(self, number: int, test: dict[str, Any]) -> None:
        labels = [(each.key, str(each.label)) for each in self.earlier]
        self.fields[f"if{number}_question"] = forms.ChoiceField(
            label=_("Only if the answer to") if number == 0 else _("and, or: the answer to"),
            required=False,
            choices=[("", "–"), *labels],
            initial=test.get("question", ""),
        )
        self.fields[f"if{number}_is"] = forms.ChoiceField(
            label=_("Comparison"), required=False, choices=list(OPERATORS.items()), initial=test.get("is", "equals")
        )
        self.fields[f"if{number}_value"] = forms.CharField(
            label=_("Answer"),
            required=False,
            max_length=200,
            initial=self._told(test),
            help_text=_("“yes” or “no”, the words of a choice, a number, or a day such as 10.06.2027."),
        )

    @property
    def tests(self) -> list[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        """The rows of the condition: question, comparison, answer."""
        numbers = [int(name[2:-9]) for name in self.fields if name.startswith("if") and name.endswith("_question")]
        return [(self[f"if{each}_question"], self[f"if{each}_is"], self[f"if{each}_value"]) for each in numbers]

    @property
    def possible(self) -> list[tuple[str, list[str]]]:
        """Answers that can be chosen, by the question's key."""
        said = {Question.Kind.YES_NO: [_("yes"), _("no")]}
        return [
            (each.key, said.get(Question.Kind(each.kind)) or list(dict(choices_of(each)).values()))
            for each in self.earlier
        ]

    @property
    def condition_words(self) -> str:
        """What holds today, in one sentence."""
        return condition_words(self.instance, self.earlier)

    def _told(self, test: dict[str, Any]) -> str:
        question = next((each for each in self.earlier if each.key == test.get("question")), None)
        value = test.get("value")
        if question is None or value is None:
            return ""
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if question.kind == Question.Kind.DATE:
            return f"{dt.date.fromisoformat(value):%d.%m.%Y}"
        return dict(choices_of(question)).get(value, str(value))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.instance.options = self._options(cleaned)
        numbers = range(len(self.tests))
        tests = [test for number in numbers if (test := self._test(number, cleaned))]
        self.instance.condition = {"match": cleaned.get("match") or "all", "tests": tests} if tests else {}
        self._check_consent(cleaned)
        self._check_scope(cleaned)
        if cleaned.get("days_kept") is not None and cleaned.get("sensitive") and cleaned["days_kept"] > 365:
            self.add_error("days_kept", _("Sensitive answers are kept a year at most."))
        return cleaned

    def clean_scope(self) -> str:
        return self.cleaned_data["scope"] or self.instance.scope

    def _check_scope(self, cleaned: dict[str, Any]) -> None:
        """A group is asked once, by its form, and nobody consents for others."""
        if cleaned.get("scope") != Question.Scope.GROUP:
            return
        if cleaned.get("stage") == Question.Stage.DETAILS:
            self.add_error("stage", _("A group is asked when it registers, and not later."))
        if cleaned.get("kind") == Question.Kind.FILE:
            self.add_error("kind", _("Files are handed in by each person and not by a group."))
        if cleaned.get("sensitive"):
            self.add_error("sensitive", _("What is sensitive is asked of each person and not of a group."))
        if cleaned.get("legal_basis") == Question.Basis.CONSENT:
            self.add_error("legal_basis", _("Nobody consents for a whole group. Ask each person instead."))
        if cleaned.get("kind") == Question.Kind.FILE:
            self.add_error("kind", _("A group cannot answer with a file. Ask each person instead."))

    def clean_megabytes(self) -> int:
        """Empty where no file is asked."""
        return int(self.cleaned_data["megabytes"] or LARGEST_MEGABYTES)

    def _check_consent(self, cleaned: dict[str, Any]) -> None:
        """Explicit consent is one that is asked, and free: nobody has to answer (KVKK art. 3, GDPR art. 7)."""
        on_consent = cleaned.get("legal_basis") == Question.Basis.CONSENT
        if on_consent and not cleaned.get("consent") and "consent" not in self.errors:
            self.add_error(
                "consent",
                _(
                    "Choose the consent that is asked for this answer. If there is none yet, write it under "
                    "“Notices and consents” first, or choose another legal basis."
                ),
            )
        if not on_consent and cleaned.get("consent"):
            self.add_error("consent", _("Leave it empty, or choose explicit consent as the legal basis."))
        if on_consent and cleaned.get("required"):
            self.add_error(
                "required", _("Consent is free: an answer that needs it cannot be demanded. Take this tick away.")
            )

    @staticmethod
    def _what_it_can_have(question: Question) -> str:
        known = {
            Question.Kind.YES_NO: _("Write “yes” or “no”."),
            Question.Kind.NUMBER: _("Write a number, such as 3 or 2,5."),
            Question.Kind.DATE: _("There is no such day. Write it as in 10.06.2027."),
        }
        if question.options:
            names = ", ".join(f"“{each}”" for each in dict(choices_of(question)).values())
            return _("Write one of its choices: %(choices)s.") % {"choices": names}
        return known.get(Question.Kind(question.kind)) or _("Write an answer that this question can have.")

    def _options(self, cleaned: dict[str, Any]) -> list[dict[str, str]]:
        if cleaned.get("kind") not in (Question.Kind.CHOICE, Question.Kind.CHOICES):
            return []
        typed = cleaned.get("choices") or ""
        found = read_choices(typed, self.instance.options)
        try:
            refuse_equals(typed)
        except ValidationError as error:
            self.add_error("choices", error)
        if len(found) < 2:
            self.add_error("choices", _("Give two choices at least, one a line."))
        return found

    def _test(self, number: int, cleaned: dict[str, Any]) -> dict[str, Any] | None:
        key = cleaned.get(f"if{number}_question")
        question = next((each for each in self.earlier if each.key == key), None)
        if question is None:
            return None
        if question.stage == Question.Stage.DETAILS and cleaned.get("stage") == Question.Stage.REGISTRATION:
            self.add_error(f"if{number}_question", _("This is asked only once somebody is confirmed. Choose another."))
        if cleaned.get("scope") and question.scope != cleaned["scope"]:
            self.add_error(
                f"if{number}_question",
                _("One is asked of each person and the other of a group as a whole. Choose another."),
            )
        operator = cleaned.get(f"if{number}_is") or "equals"
        test: dict[str, Any] = {"question": key, "is": operator}
        if operator == "answered":
            return test
        value = read_value(question, cleaned.get(f"if{number}_value") or "")
        if value is None:
            self.add_error(f"if{number}_value", self._what_it_can_have(question))
        return {**test, "value": value}


def _when(session: Session) -> str:
    day = labels.date_words(session.day) if session.day else ""
    times = labels.times_words(session.start, session.end)
    return ", ".join(part for part in (day, times) if part)


class SessionsForm(forms.Form):
    """Which sessions are chosen when registering, and how many seats each has."""

    def __init__(self, data: Any = None, *, sessions: list[Session], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.sessions = sessions
        for session in sessions:
            places = getattr(session, "places", None)
            self.fields[f"choose-{session.pk}"] = forms.BooleanField(
                label=str(session), required=False, initial=places is not None
            )
            self.fields[f"seats-{session.pk}"] = WholeNumberField(
                label=_("Seats"),
                required=False,
                min_value=places.taken if places else 0,
                initial=places.capacity if places else session.capacity,
            )

    @property
    def rows(self) -> list[tuple[Session, str, forms.BoundField, forms.BoundField]]:
        """Each session with its day and times, by which two of one title are told apart."""
        return [(each, _when(each), self[f"choose-{each.pk}"], self[f"seats-{each.pk}"]) for each in self.sessions]

    def wanted(self) -> dict[int, int | None]:
        """Seats by session, of those that can be chosen."""
        return {
            each.pk: self.cleaned_data[f"seats-{each.pk}"]
            for each in self.sessions
            if self.cleaned_data[f"choose-{each.pk}"]
        }


__all__ = ["QuestionForm", "SessionsForm", "SettingsForm", "WordingForm"]
