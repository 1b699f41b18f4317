"""Filters of the public pages: plain GET parameters, each a select with what there is to choose.

A value that is not among them filters nothing and is answered in words, not with an error.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from django.db.models import F, Q
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from events import labels
from events.bilingual import pick
from events.models import DialogueProgramme, Event, LineOfWork, Organisation, PublicEvent
from events.models.release import PublicEventQuerySet
from events.programme import Entry, Programme
from events.turkish import by_alphabet, fold

#: Longer searches are cut: no title is that long.
LONGEST_SEARCH = 100
PROGRAMME_NAMES = ("track", "room", "language", "person")


@dataclass(frozen=True)
class Filter:
    """One select: its options as pairs of value and label, and what the reader chose."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    asked: str = ""

    @property
    def value(self) -> str:
        """What was asked for, if it is there to be chosen."""
        return self.asked if any(self.asked == value for value, _label in self.options) else ""

    @property
    def unknown(self) -> bool:
        return bool(self.asked) and not self.value

    @property
    def options_html(self) -> SafeString:
        """Joined by hand: Django's widgets render a template for each of three hundred people."""
        return SafeString(
            "".join(
                f'<option value="{escape(value)}"{" selected" if value == self.value else ""}>{escape(label)}</option>'
                for value, label in self.options
            )
        )


class Filters(list[Filter]):
    """The filters of one page."""

    @property
    def chosen(self) -> dict[str, str]:
        return {each.name: each.value for each in self if each.value}

    @property
    def any_unknown(self) -> bool:
        return any(each.unknown for each in self)


def programme_filters(programme: Programme, language: str, query: Mapping[str, str]) -> Filters:
    """Track, room, language and person, each only where there is more than one to choose from."""
    people = {each.person.key: each.person for entry in programme.entries for each in entry.people}
    tags = sorted({tag for entry in programme.entries for tag in entry.languages})
    rooms = sorted(
        {entry.room.key: entry.room for entry in programme.entries if entry.room}.values(), key=lambda room: room.order
    )
    tracks = sorted(programme.tracks.values(), key=lambda track: track.order)
    options: dict[str, tuple[str, list[tuple[str, str]]]] = {
        "track": (_("Theme"), [(track.key, pick(track.name, language)) for track in tracks]),
        "room": (_("Room"), [(room.key, pick(room.name, language)) for room in rooms]),
        "language": (_("Language"), [(tag, labels.language_name(tag, language)) for tag in tags]),
        "person": (
            _("Person"),
            [(person.key, person.name) for person in sorted(people.values(), key=lambda person: person.sort_key)],
        ),
    }
    return Filters(
        Filter(name, label, tuple(pairs), query.get(name, ""))
        for name, (label, pairs) in options.items()
        if len(pairs) > 1 or query.get(name)
    )


def matches(entry: Entry, chosen: Mapping[str, str]) -> bool:
    """Whether a session is what the reader asked for; each filter narrows."""
    facts = {
        "track": {entry.track.key} if entry.track else set(),
        "room": {entry.room.key} if entry.room else set(),
        "language": set(entry.languages),
        "person": {each.person.key for each in entry.people},
    }
    return all(value in facts[name] for name, value in chosen.items())


def list_filters(language: str, query: Mapping[str, str]) -> Filters:
    """What the event list can be narrowed by, with only those values that some public event has."""
    visible = PublicEvent.objects.visible()
    months = visible.filter(starts_on__isnull=False).dates("starts_on", "month")
    organisations = Organisation.objects.filter(public_events__in=visible).distinct()
    named = [(str(row.pk), str(row.name)) for row in organisations.order_by()]
    programmes = DialogueProgramme.objects.filter(public_events__in=visible).distinct().order_by("-pk")
    options = (
        ("month", _("Month"), [(f"{month:%Y-%m}", labels.month_words(month, language)) for month in months]),
        (
            "kind",
            _("Kind"),
            [(code, labels.sentence(labels.event_kind_label(code, language), language)) for code in Event.Kind.values],
        ),
        (
            "line",
            _("Line of work"),
            [(str(code), labels.sentence(labels.line_label(code, language), language)) for code in LineOfWork.values],
        ),
        ("organisation", _("Organisation"), sorted(named, key=lambda pair: by_alphabet(pair[1], language))),
        ("programme", _("Dialogue programme"), [(row.slug, str(row.title)) for row in programmes]),
    )
    return Filters(Filter(name, label, tuple(pairs), query.get(name, "")) for name, label, pairs in options)


def listed_events(filters: Filters, language: str, search: str, past: bool, today: dt.date) -> PublicEventQuerySet:
    """The public events that fit, the nearest first; those without dates count as coming, and stand last."""
    chosen = filters.chosen
    events = PublicEvent.objects.visible()
    if "month" in chosen:
        year, month = map(int, chosen["month"].split("-"))
        events = events.filter(starts_on__year=year, starts_on__month=month)
    else:
        over = Q(ends_on__lt=today) | Q(ends_on=None, starts_on__lt=today)  # without a last day it has one day
        events = events.filter(over) if past else events.exclude(over)
    columns = {
        "kind": "kind",
        "line": "line_of_work",
        "organisation": "organisations",
        "programme": "dialogue_programme__slug",
    }
    events = events.filter(**{columns[name]: value for name, value in chosen.items() if name in columns})
    for word in fold(search).split():
        events = events.filter(**{f"search_{language}__contains": word})
    newest_first = past and "month" not in chosen
    date = F("starts_on").desc(nulls_last=True) if newest_first else F("starts_on").asc(nulls_last=True)
    return events.order_by(date, "-pk" if newest_first else "pk")
