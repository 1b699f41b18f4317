"""Who does what in a session, as an officer types it: rows in the panel, or one line as on a paper."""

import re
from functools import cache
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from events.bilingual import LANGUAGES, active_language
from events.building import Naming
from events.exchange import columns
from events.models import Contribution, Session
from events.turkish import fold

PEOPLE = "people"
_MOST = 200
_SHOWN = ("person", "name", "role", "shown_tr", "shown_en")
# Not within brackets.
_GROUPS = re.compile(r"[;\n](?![^(]*\))")
_NAMES = re.compile(r",(?![^(]*\))")


class PersonRow(forms.Form):
    """One person of a session; without ``person`` the name is looked for, and made where nobody bears it."""

    person = forms.IntegerField(required=False, min_value=1, max_value=2**53, widget=forms.HiddenInput)
    name = forms.CharField(required=False, max_length=200, label=_("Name"))
    role = forms.ChoiceField(choices=Contribution.Role.choices, initial=Contribution.Role.SPEAKER, label=_("Role"))
    shown_tr = forms.CharField(required=False, max_length=300, label=_("As shown (Turkish)"))
    shown_en = forms.CharField(required=False, max_length=300, label=_("As shown (English)"))
    position_tr = forms.CharField(required=False, max_length=200, label=_("Position (Turkish)"))
    position_en = forms.CharField(required=False, max_length=200, label=_("Position (English)"))
    organisation = forms.CharField(required=False, max_length=200, label=_("Organisation"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs |= {"autocomplete": "off", "data-suggest": "person"}
        self.fields["organisation"].widget.attrs |= {"autocomplete": "off"}
        for field, name in ((field, name) for name, field in self.fields.items() if name[-3:] in ("_tr", "_en")):
            field.widget.attrs["lang"] = name[-2:]

    @property
    def pair(self) -> list[forms.BoundField]:
        """What the programme prints beside somebody who stands in it."""
        return [self["shown_tr"], self["shown_en"]]

    @property
    def newcomer(self) -> list[forms.BoundField]:
        """What is told of somebody whom the directory does not know."""
        return [self["position_tr"], self["position_en"], self["organisation"]]

    @property
    def naming(self) -> Naming:
        """The row as the verb takes it."""
        told = self.cleaned_data
        position = {language: told[f"position_{language}"] for language in LANGUAGES}
        shown = {language: told[f"shown_{language}"] for language in LANGUAGES}
        return Naming(
            role=told["role"],
            person=told["person"],
            name=told["name"],
            shown=shown,
            position=position,
            organisation=told["organisation"],
        )


class PeopleRows(forms.BaseFormSet):
    """The people of a session in their order, and one row for somebody more."""

    stored: list[dict[str, Any]] = []

    @property
    def is_there(self) -> bool:
        """Whether the page has these rows at all."""
        return not self.is_bound or self.management_form.is_valid()

    @cached_property
    def kept(self) -> list[Any]:
        """The rows that name somebody, in the order that was given."""
        rows = [(self._place(form), at, form) for at, form in enumerate(self.forms) if self._names_somebody(form)]
        return [form for _place, _at, form in sorted(rows, key=lambda row: row[:2])]

    def _value(self, form: Any, name: str) -> str:
        return str(self.data.get(form.add_prefix(name), "")).strip()

    def _names_somebody(self, form: Any) -> bool:
        named = self._value(form, "person") or self._value(form, "name")
        return bool(named) and not self._value(form, "DELETE")

    def _place(self, form: Any) -> int:
        text = self._value(form, "ORDER")
        return int(text) if text.isdecimal() and len(text) < 6 else 10**6

    @property
    def shown(self) -> str:
        """The rows as a page shows them."""
        return "\n".join("|".join(str(row[name]).strip() for name in _SHOWN) for row in self.stored)

    @property
    def posted(self) -> str:
        """The rows as they come back; equal to ``shown`` where nothing was typed."""
        if not self.is_there:
            return ""
        return "\n".join("|".join(self._value(form, name) for name in _SHOWN) for form in self.kept)

    @property
    def named(self) -> list[Naming]:
        """What the verb takes."""
        return [form.naming for form in self.kept]

    def told(self) -> str:
        """Names with roles in one line, as two versions are compared."""
        rows = [(self._value(form, "name"), _role(self._value(form, "role"))) for form in self.kept]
        return ", ".join(f"{name} ({role})" for name, role in rows) or "–"

    @property
    def complaints(self) -> list[str]:
        """What is wrong in the rows, each once, with the name it is about."""
        found = {
            f"{self._value(form, 'name')}: {error}".removeprefix(": ")
            for form in self.kept
            for errors in form.errors.values()
            for error in errors
        }
        return sorted(found) or [str(_("These people cannot be read."))]

    def add_fields(self, form: Any, index: Any) -> None:
        super().add_fields(form, index)
        form.fields["ORDER"].widget.attrs |= {"min": 1, "max": 999}


_Rows: Any = forms.formset_factory(
    PersonRow, formset=PeopleRows, extra=1, can_order=True, can_delete=True, max_num=_MOST, absolute_max=_MOST + 1
)


def people_rows(data: Any, session: Session) -> PeopleRows:
    """The rows of a session, as posted or as stored."""
    named = session.contributions.select_related("person")
    stored = [
        {
            "name": row.person.name,
            "ORDER": at,
            **{name: getattr(row, name) for name in ("role", "shown_tr", "shown_en")},
        }
        | {"person": row.person_id}
        for at, row in enumerate(named, start=1)
    ]
    rows: PeopleRows = _Rows(data, initial=None if data else stored, prefix=PEOPLE, auto_id="session_%s")
    rows.stored = stored
    return rows


def told_rows(session: Session) -> str:
    """The people of a session as they are stored, in one line."""
    rows = session.contributions.select_related("person")
    return ", ".join(f"{row.person.name} ({row.get_role_display()})" for row in rows) or "–"


def _role(code: str) -> str:
    return str(dict(Contribution.Role.choices).get(code, code))


class PeopleField(forms.CharField):
    """Names in one line as on a paper: ``Moderator: Ayşe Örnek; Bora Taslak (Mayor, Çınarlı Municipality), Can Misal``.

    A role is for all names up to the next role or semicolon; without one they are speakers.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=2000, **kwargs)

    def clean(self, value: Any) -> Any:
        """The people that the line names."""
        found: list[Naming] = []
        for group in _GROUPS.split(super().clean(value)):
            role = Contribution.Role.SPEAKER.value
            for part in _NAMES.split(group):
                before, colon, after = part.partition(":")
                if colon and fold(before.strip()) in _roles():
                    role, part = _roles()[fold(before.strip())], after
                if part.strip():
                    found.append(_read(part, role))
        return found


def _read(part: str, role: str) -> Naming:
    """One name, with position and organisation in brackets, in the language in which the officer works."""
    name, bracket, told = part.partition("(")
    if not bracket:
        return Naming(role=role, name=part.strip())
    told = told.rstrip(") ")
    position, comma, organisation = told.rpartition(",")
    return Naming(
        role=role,
        name=name.strip(),
        position={active_language(): (position if comma else organisation).strip()},
        organisation=organisation.strip() if comma else "",
    )


@cache
def _roles() -> dict[str, str]:
    """What a paper may call a role, in either language: the words that a spreadsheet's columns may have."""
    return {
        fold(word.strip()): columns.ROLE_OF.get(name, name)
        for name in columns.PEOPLE
        for word in re.split(r"[,|]", columns.COLUMNS[name])
    }
