"""Which of our columns stands in which column of a table."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.bilingual import active_language
from events.exchange import columns
from events.exchange.rows import SeenColumn, Survey
from events.models import Event

_GROUPS = (
    (gettext_lazy("When"), ("day", "start", "end", "start_zone", "end_zone")),
    (gettext_lazy("Texts"), ("title_tr", "title_en", "title", "abstract_tr", "abstract_en", "abstract", "language")),
    (gettext_lazy("Where and what"), ("kind", "venue", "room", "track", "organisation", "parties")),
    (gettext_lazy("Details"), ("ref", "status", "audience", "languages", "interpretation", "capacity")),
    (gettext_lazy("People"), columns.PEOPLE),
)
#: Their column may stand in a table several times.
_SEVERAL = columns.PEOPLE


class ColumnsForm(forms.Form):
    """One choice for each column that the table has, and what the table does not say of itself."""

    sheet = forms.CharField(required=False, widget=forms.HiddenInput)
    header = forms.IntegerField(required=False, widget=forms.HiddenInput)
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the file"),
        choices=[("tr", gettext_lazy("Turkish")), ("en", gettext_lazy("English"))],
        help_text=gettext_lazy("Of titles and names in columns that do not state one."),
    )
    zone = forms.ChoiceField(label=gettext_lazy("Time zone of the file"), required=False)
    remember = forms.BooleanField(
        label=gettext_lazy("Remember this for files with the same column names"), required=False, initial=True
    )

    def __init__(self, *args: Any, seen: Survey, event: Event, layout: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seen = seen
        zone = self.fields["zone"]
        zone.choices = [  # type: ignore[attr-defined]
            ("", _("as the event and its places have it (%(zone)s)") % {"zone": event.time_zone}),
            *((name, name) for name in sorted(available_timezones())),
        ]
        zone.initial = layout.get("zone", "")
        self.fields["language"].initial = layout.get("language") or seen.language or active_language()
        self.fields["sheet"].initial, self.fields["header"].initial = seen.sheet, seen.header
        chosen = layout.get("columns") or {}
        for column in seen.columns:
            initial = chosen.get(str(column.number), "") if chosen else column.guess
            self.fields[f"column-{column.number}"] = forms.ChoiceField(
                choices=our_columns, required=False, initial=initial, label=label_of(column)
            )

    def rows(self) -> list[tuple[SeenColumn, str, Any]]:
        """Each column of the table with its letter and its choice."""
        return [(column, letters(column.number), self[f"column-{column.number}"]) for column in self.seen.columns]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        chosen = {column.number: cleaned.get(f"column-{column.number}", "") for column in self.seen.columns}
        taken: set[str] = set()
        for number, name in chosen.items():
            if name and name in taken and name.rpartition("_")[0] not in _SEVERAL and name not in _SEVERAL:
                self.add_error(f"column-{number}", _("This was chosen for another column already."))
            taken.add(name)
        if not any(name.startswith("title") for name in taken) or len(taken - {""}) < 2:
            raise forms.ValidationError(_("Choose the column of the title, and at least one more."))
        cleaned["columns"] = {str(number): name for number, name in chosen.items() if name}
        return cleaned

    def layout(self) -> dict[str, Any]:
        """What was said, as the import keeps it."""
        cleaned = self.cleaned_data
        kept = {name: cleaned[name] for name in ("sheet", "language", "zone", "columns")}
        return {**kept, "header": cleaned["header"] or 0}


def our_columns() -> list[Any]:
    """Our columns under headings, in the reader's language; the first choice is to leave a column out."""
    language = active_language()

    def named(name: str) -> tuple[str, str]:
        label = columns.header(name, language)
        return name, _("%(column)s (language of the file)") % {"column": label} if name in (
            "title",
            "abstract",
        ) else label

    groups = [(str(heading), [named(name) for name in names]) for heading, names in _GROUPS]
    tagged = [f"{name}_{tag}" for name in (*columns.NAMED, *columns.PEOPLE) for tag in ("tr", "en")]
    return [("", _("leave out")), *groups, (_("Names in a stated language"), [named(name) for name in tagged])]


def label_of(column: SeenColumn) -> str:
    """What a column is called on the page: its name, else its letter."""
    return column.header or _("Column %(letter)s") % {"letter": letters(column.number)}


def letters(number: int) -> str:
    """The letters of a column in a spreadsheet: 28 is AB."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text
