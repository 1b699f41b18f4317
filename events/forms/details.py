"""The form of one session beside the grid: everything officers change in a programme's last week.

It is posted whole, and tells apart what was typed: ``seen`` has a digest of each field as the page showed it. Only
what differs from it is changed, so that two officers at different fields of one session ask each other nothing
but once, and nobody's older text is put over a newer one unasked.
"""

import json
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.bilingual import LANGUAGES
from events.models import Session, Track, Venue

from .base import told, told_value
from .building import PlaceForm
from .fields import LanguagesField, WholeNumberField
from .naming import PEOPLE, people_rows, told_rows

TEXTS = ("title", "abstract")
COLUMNS = (
    *("title_tr", "title_en", "abstract_tr", "abstract_en", "kind", "status", "audience", "day", "start", "end"),
    *("start_day", "end_day", "room", "venue", "track", "languages", "interpretation", "capacity", "host_notes"),
)
#: What a page carries along, nobody types and nobody compares.
_CARRIED = ("version", "seen")
#: What stands together in the panel, with a heading each.
GROUPS = (
    ("what", _("Title"), ("title_tr", "title_en")),
    ("when", _("When and where"), ("day", "start", "end", "room", "venue")),
    ("facts", _("Facts"), ("kind", "status", "audience", "track", "capacity", "interpretation")),
    ("spoken", _("Languages"), ("languages",)),
    ("parties", _("Parties"), ("parties",)),
    ("abstract", _("Abstract"), ("abstract_tr", "abstract_en")),
    ("host", _("For the host"), ("host_notes",)),
)


@dataclass(frozen=True)
class Choice:
    """One field of a session that two people saved: what is stored, what this one typed, and which is proposed."""

    name: str
    label: str
    theirs: str
    yours: str
    mine: bool


def _text(label: Any, rows: int, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class DetailsForm(PlaceForm):
    """A session as it is edited beside the grid, at the version that was seen."""

    title_tr = _text(_("Title (Turkish)"), 2, max_length=300)
    title_en = _text(_("Title (English)"), 2, max_length=300)
    abstract_tr = _text(_("Abstract (Turkish)"), 5)
    abstract_en = _text(_("Abstract (English)"), 5)
    kind = forms.ChoiceField(label=_("Kind"), choices=Session.Kind.choices)
    status = forms.ChoiceField(label=_("Status"), choices=Session.Status.choices)
    audience = forms.ChoiceField(label=_("Audience"), choices=Session.Audience.choices)
    venue = forms.ModelChoiceField(Venue.objects.all(), required=False, label=_("Place without a room"))
    track = forms.ModelChoiceField(Track.objects.none(), required=False, label=_("Track"))
    languages = LanguagesField()
    interpretation = forms.ChoiceField(label=_("Interpretation"), choices=Session.Interpretation.choices)
    capacity = WholeNumberField(label=_("Capacity"), required=False, min_value=0, max_value=2_147_483_647)
    host_notes = _text(
        _("Notes for the host"), 3, help_text=_("Never public: in no release, feed, PDF or exchange file.")
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    data: Any
    #: Beside its fields the form has errors at these.
    lists = (PEOPLE,)

    def __init__(self, data: Any = None, *, session: Session, **kwargs: Any) -> None:
        self.session = session
        initial = {name: getattr(session, name) for name in COLUMNS} | {"version": session.version}
        initial["parties"] = [party.pk for party in session.parties.all()]
        super().__init__(data, session=session, initial=initial, auto_id="session_%s", **kwargs)
        tracks = self.event.tracks.all()
        self.fields["track"].queryset = tracks  # type: ignore[attr-defined]
        if not tracks:
            del self.fields["track"]
        for language in LANGUAGES:
            for text in TEXTS:
                self.fields[f"{text}_{language}"].widget.attrs["lang"] = language
        self.people = people_rows(data, session)
        if not self.is_bound:
            self.initial["seen"] = json.dumps(self._shown(), separators=(",", ":"))

    # What was typed, and what is only as the page showed it.

    @property
    def names(self) -> list[str]:
        """The fields that can be changed, people as one of them."""
        people = [PEOPLE] if self.people.is_there else []
        return [name for name in self.fields if name not in _CARRIED] + people

    def _shown(self) -> dict[str, str]:
        """A digest of each field as a page shows it."""
        found = {}
        for name, field in self.fields.items():
            if name not in _CARRIED:
                value = field.widget.format_value(field.prepare_value(self.initial.get(name)))
                found[name] = _digest(value)
        return {**found, PEOPLE: _digest(self.people.shown)}

    @cached_property
    def touched(self) -> set[str]:
        """The fields that somebody typed into; all of them where the page told nothing."""
        try:
            seen = dict(json.loads(self.data.get("seen", "")))
        except (ValueError, TypeError, RecursionError):
            seen = {}
        posted = {name: _digest(_posted(self, name)) for name in self.fields if name not in _CARRIED}
        posted[PEOPLE] = _digest(self.people.posted)
        return {name for name in self.names if posted[name] != seen.get(name)}

    @cached_property
    def wanted(self) -> set[str]:
        """The fields to be changed: as chosen where two versions were shown, else those typed into."""
        chosen = {name: self.data.get(f"keep-{name}") for name in self.names}
        return {name for name in self.names if chosen[name] == "yours" or (not chosen[name] and name in self.touched)}

    def is_valid(self) -> bool:
        """What was not typed here is not judged here: an old row may hold what no form would take."""
        if not self.is_bound:
            return False
        for name in set(self.errors) - self.wanted - {"__all__"}:
            del self.errors[name]
        if PEOPLE in self.wanted and not self.people.is_valid():
            self.add_error(PEOPLE, self.people.complaints)
        return not self.errors

    def add_error(self, field: Any, error: Any) -> None:
        """Also beside a list, which is no field of its own."""
        if field in self.lists:
            self.errors.setdefault(field, self.error_class()).extend(error)
        else:
            super().add_error(field, error)

    @property
    def values(self) -> dict[str, Any]:
        """The columns to be changed, as the verb takes them."""
        found = {name: self.cleaned_data[name] for name in COLUMNS if name in self.wanted and name in self.cleaned_data}
        return {**found, **self._dates(found)}

    def _dates(self, found: dict[str, Any]) -> dict[str, Any]:
        """A date beside the clock goes with its day; where the time is typed anew, it is left to the clock."""
        session = self.session
        dates: dict[str, Any] = {}
        for time, date in (("start", "start_day"), ("end", "end_day")):
            stated = getattr(session, date)
            if stated and date not in found and found.get(time, getattr(session, time)) != getattr(session, time):
                dates[date] = None
            elif stated and date not in found and "day" in found:
                dates[date] = stated + (found["day"] - session.day)
        return dates

    # Two versions.

    def choices(self, stored: Session) -> list[Choice]:
        """Every field in which what is stored and what stands in the form differ."""
        found = [each for name in self.fields if (each := self._choice(name, stored))]
        theirs, yours = told_rows(stored), self.people.told()
        if self.people.is_there and theirs != yours:
            found.append(Choice(PEOPLE, str(_("People")), theirs, yours, PEOPLE in self.touched))
        return found

    def _choice(self, name: str, stored: Session) -> Choice | None:
        if name not in self.cleaned_data or name in _CARRIED:
            return None
        field, value = self.fields[name], self.cleaned_data[name]
        if isinstance(field, LanguagesField):
            theirs, yours = (
                told_value([label for _tag, label in field.named(tags)]) for tags in (stored.languages, value)
            )
        else:
            theirs, yours = told(stored, name), told_value(value)
        if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField | LanguagesField):
            yours = str(dict(field.choices).get(value, yours))  # type: ignore[arg-type]
        return Choice(name, str(field.label), theirs, yours, name in self.touched) if theirs != yours else None

    def see(self, stored: Session) -> None:
        """Stand at the version that was told: saving once more is then a decision."""
        self.data = self.data.copy()
        self.data["version"] = str(stored.version)

    # For the template.

    @property
    def groups(self) -> list[tuple[str, Any, list[tuple[forms.BoundField, str]]]]:
        """Fields with their marks under headings; a group without fields is not there."""
        marks = self.marks
        found = [
            (key, label, [(self[name], marks.get(name, "")) for name in names if name in self.fields])
            for key, label, names in GROUPS
        ]
        return [group for group in found if group[2]]

    @property
    def marks(self) -> dict[str, str]:
        """What is missing or stale, in a word, by the field it is told at."""
        missing = {f"{name}_{language}": str(_("missing")) for name, language in self.session.missing_texts()}
        return missing | {f"{name}_en": str(_("stale")) for name in self.session.stale_texts()}


def _posted(form: DetailsForm, name: str) -> Any:
    return form.fields[name].widget.value_from_datadict(form.data, form.files, name)


def _digest(value: Any) -> str:
    """Of a value as it stands in a page: choices in one order, line breaks of one kind."""
    if isinstance(value, list | tuple):
        value = ",".join(sorted(str(each) for each in value))
    text = str(value if value is not None else "").replace("\r\n", "\n").strip()
    return sha256(text.encode()).hexdigest()[:12]
