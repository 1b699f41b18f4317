"""How many registered and came, and from where: counts alone, nothing that says who.

An organisation is named only where the directory has it: what somebody typed freely may be a name.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.bilingual import active_language, pick
from events.countries import country_name
from events.labels import date_words, language_name, sentence
from events.models import CheckIn, Event, Registration
from events.models.registration.registrations import ACTIVE, State
from events.turkish import sort_key

from .organisations import Organisations

Present = frozenset[int]
#: How many registered, were confirmed, were present.
_Counts = tuple[int, int, int]


@dataclass(frozen=True)
class Section:
    """One table of a report: what it counts by, and each label with those registered, confirmed and present."""

    title: str | Promise
    rows: tuple[tuple[str, int, int, int], ...]


@dataclass(frozen=True)
class Report:
    """One event in counts. ``present`` were there on any day, each counted once."""

    total: int
    active: int
    confirmed: int
    waiting: int
    present: int
    sections: tuple[Section, ...]


def report_on(event: Event) -> Report:
    """All counts of one event; seven queries however many registered."""
    rows = Registration.objects.filter(event=event)
    totals = rows.aggregate(
        total=Count("pk"),
        active=Count("pk", filter=Q(state__in=ACTIVE)),
        confirmed=Count("pk", filter=Q(state=State.CONFIRMED)),
        waiting=Count("pk", filter=Q(state=State.WAITLISTED)),
    )
    present = frozenset(_present(event).values_list("registration", flat=True))
    sections = (
        _by_state(rows, present),
        *_by_organisation(event, rows, present),
        _by_language(rows, present),
        _by_day(event),
    )
    return Report(**totals, present=len(present), sections=sections)


def overview() -> QuerySet[Event]:
    """Events that take registrations, the latest first, each with how many registered and were confirmed."""
    confirmed = Count("registrations", filter=Q(registrations__state=State.CONFIRMED), distinct=True)
    rows = Event.objects.filter(registration_settings__isnull=False)
    return rows.annotate(registered=Count("registrations", distinct=True), confirmed=confirmed).order_by(
        "-starts_on", "-pk"
    )


def _present(event: Event) -> Any:
    return CheckIn.objects.present().filter(registration__event=event)


def _counted(rows: Any, present: Present, by: str) -> dict[Any, _Counts]:
    """For each value of a column: registered, confirmed, present."""
    found: dict[Any, list[int]] = {}
    for pk, state, value in rows.order_by().values_list("pk", "state", by):
        counts = found.setdefault(value, [0, 0, 0])
        counts[0] += 1
        counts[1] += state == State.CONFIRMED
        counts[2] += pk in present
    return {value: (counts[0], counts[1], counts[2]) for value, counts in found.items()}


def _by_state(rows: Any, present: Present) -> Section:
    counted = _counted(rows, present, "state")
    told = ((sentence(str(label)), *counted[code]) for code, label in State.choices if code in counted)
    return Section(gettext_lazy("By state"), tuple(told))


def _by_organisation(event: Event, rows: Any, present: Present) -> tuple[Section, Section]:
    """By organisation and by its country: everybody whom the directory knows now, though it did not when they came."""
    organisations = Organisations(event)
    named: dict[Any, _Counts] = {}
    countries: dict[Any, _Counts] = {}
    for key, counts in _counted(rows, present, "organisation_key").items():
        one = organisations.of(key)
        row = one.row if one else None
        _add(named, row, counts)
        _add(countries, row.country if row else "", counts)
    told = [(str(row.name), *counts) for row, counts in named.items() if row]
    lands = [(country_name(code, active_language()) or code, *counts) for code, counts in countries.items() if code]
    return (
        Section(gettext_lazy("By organisation"), (*_sorted(told), *_rest(named, _("Not in the directory")))),
        Section(gettext_lazy("By country of the organisation"), (*_sorted(lands), *_rest(countries, _("Not known")))),
    )


def _add(counted: dict[Any, _Counts], value: Any, counts: _Counts) -> None:
    before = counted.get(value, (0, 0, 0))
    counted[value] = (before[0] + counts[0], before[1] + counts[1], before[2] + counts[2])


def _by_language(rows: Any, present: Present) -> Section:
    told = [(language_name(code), *counts) for code, counts in _counted(rows, present, "language").items()]
    return Section(gettext_lazy("By language of the letters"), tuple(_sorted(told)))


def _by_day(event: Event) -> Section:
    """Who was there, per day of the event and per session."""
    rows = _present(event).order_by().values_list("day", "session", "session__title_tr", "session__title_en")
    counted = rows.annotate(count=Count("registration", distinct=True))
    told = sorted((day, session is not None, _title(tr, en), count) for day, session, tr, en, count in counted)
    return Section(
        gettext_lazy("Present"), tuple((_place(day, title), 0, 0, count) for day, _session, title, count in told)
    )


def _title(tr: str | None, en: str | None) -> str:
    return str(pick({"tr": tr or "", "en": en or ""}, active_language()))


def _place(day: dt.date, title: str) -> str:
    return f"{date_words(day)}: {title}" if title else date_words(day)


def _sorted(rows: Iterable[tuple[str, int, int, int]]) -> list[tuple[str, int, int, int]]:
    """The most first; among equals by the alphabet."""
    return sorted(rows, key=lambda row: (-row[1], sort_key(row[0])))


def _rest(counted: dict[Any, _Counts], label: str) -> list[tuple[str, int, int, int]]:
    rest = [counts for value, counts in counted.items() if not value]
    return [(label, *(sum(each) for each in zip(*rest, strict=True)))] if rest else []
