"""The people of a group, one form each, whether typed on the page or read from a sheet."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from events.forms.public import AddressField, LineField
from events.models import Question, Registration
from events.registration import Applicant
from events.registration.groups.registering import Member
from events.registration.keys import person_key
from events.registration.sessions import SessionOffered

from .choosing import SESSIONS, SessionsForm, seats_words

_ROW_NAME = re.compile(r"m([0-9]{1,3})-(.+)\Z")
#: So many empty forms stand on a new page.
FIRST = 2


class MemberForm(SessionsForm):
    """One member, as somebody else enters them: only the name has to be known."""

    #: What to do about an address that another row has too.
    shared_address = gettext_lazy("Give each person their own, or leave it empty: letters then go to the contact.")

    name = LineField(
        label=pgettext_lazy("of a person", "Name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words", "spellcheck": "false"}),
    )
    email = AddressField(
        label=gettext_lazy("E-mail"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}),
    )
    role = LineField(
        label=gettext_lazy("Position"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    phone = LineField(
        label=gettext_lazy("Telephone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    field_order = ["name", "role", "email", "phone"]

    def __init__(
        self, data: Any = None, *, questions: Sequence[Question], row: int = 0, typed: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(data, questions=questions, **kwargs)
        self.row, self.typed = row, typed
        if SESSIONS in self.fields:
            told = filter(None, (_("What this person attends."), seats_words(self.sessions)))
            self.fields[SESSIONS].help_text = " ".join(told)
        for field in self.fields.values():
            if isinstance(field, (forms.ChoiceField, forms.MultipleChoiceField)):
                field.error_messages |= dict.fromkeys(("invalid_choice",), _none_of(field))

    @property
    def person_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.field_order if name in self.fields]

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed into it."""
        return not any(
            self.fields[name].widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
            for name in self.fields
        )

    @property
    def wrong(self) -> list[tuple[str, str]]:
        """What is wrong, by the label of its field."""
        return [
            (str(self.fields[name].label) if name in self.fields else "", str(error))
            for name, errors in self.errors.items()
            for error in errors
        ]

    def be_quiet(self) -> None:
        """Say of nothing that it is wrong: it was not sent yet."""
        self._errors, self.cleaned_data = ErrorDict(), {}

    def member(self, language: str) -> Member:
        cleaned = self.cleaned_data
        named = {name: cleaned[name] for name in self.field_order if name in self.fields}
        return Member(
            Applicant(**named, language=language),
            answers=self.answers(),
            sessions=self.chosen(),
            row=self.row,
            typed=self.typed,
        )


class CorrectionForm(MemberForm):
    """A member as it stands, for the contact to correct; ``fixed``: the address is the member's own by now."""

    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, fixed: bool, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if fixed:
            del self.fields["email"]

    def applicant(self, member: Registration) -> Applicant:
        """Who it is, as typed; an address that is not asked for stays."""
        person = self.member(member.language).person
        return person if "email" in self.fields else replace(person, email=member.email)

    def tell_stored(self, stored: Mapping[str, str]) -> None:
        """Beside each field that somebody else changed meanwhile: what it says by now, by the names of the fields."""
        for name, said in stored.items():
            self.add_error(name, _("It says by now: “%(stored)s”. Save again to keep yours.") % {"stored": said or "–"})

    @property
    def seal(self) -> forms.BoundField:
        return self["version"]


def _none_of(field: Any) -> str:
    names = ", ".join(str(label) for value, label in field.choices if value)[:400].replace("%", "%%")
    return _("“%(value)s” is none of the choices.") + " " + _("Write one of these:") + " " + names


def typed_rows(data: Mapping[str, Any]) -> list[dict[str, list[str]]]:
    """What was typed for each member on the page, by the names of the fields; rows that were not there are left out."""
    rows: dict[int, dict[str, list[str]]] = {}
    for name in data:
        if found := _ROW_NAME.match(name):
            rows.setdefault(int(found[1]), {})[found[2]] = data.getlist(name)  # type: ignore[attr-defined]
    return [rows[number] for number in sorted(rows)]


def forms_of(
    rows: Iterable[Mapping[str, list[str]]],
    questions: Sequence[Question],
    *,
    sessions: Sequence[SessionOffered] = (),
    quiet: bool,
) -> list[MemberForm]:
    """A form for each row on the page. ``quiet``: nothing is said to be wrong, for nothing was sent yet."""
    found = []
    for number, values in enumerate(rows):
        data = MultiValueDict({f"m{number}-{name}": value for name, value in values.items()})
        form = MemberForm(data, questions=questions, sessions=sessions, row=number + 1, prefix=f"m{number}", typed=True)
        if quiet:
            form.be_quiet()
        found.append(form)
    return found


def check_full(members: Sequence[MemberForm]) -> None:
    """In a list nobody sees which sessions have seats left, so a wish for a full one is asked about there.

    The first rows take what is left.
    """
    taken: dict[int, int] = {}
    for form in members:
        for offered in form.offers() if not form.errors.get(SESSIONS) else ():
            places = offered.places
            left = None if places.capacity is None else places.capacity - places.taken - taken.get(offered.pk, 0)
            if left is not None and left < 1:
                form.add_error(SESSIONS, _("No seat is left in “%(session)s”.") % {"session": offered.title})
            else:
                taken[offered.pk] = taken.get(offered.pk, 0) + 1


def check_doubles(members: Sequence[MemberForm]) -> None:
    """One address, one person: who shares an address is told to leave it empty."""
    seen: dict[str, int] = {}
    for form in members:
        form.is_valid()  # what else is wrong in a row is told beside it
        email = form.cleaned_data.get("email", "")
        if not email:
            continue
        before = seen.setdefault(person_key(email), form.row)
        if before != form.row:
            form.add_error(
                "email",
                (
                    _("Person %(row)d has the same address.")
                    if form.typed
                    else _("The same address stands in row %(row)d.")
                )
                % {"row": before}
                + " "
                + str(form.shared_address),
            )
