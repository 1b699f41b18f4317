"""What a new event would be like, before it is made: its days, what falls outside, what stays behind."""

import datetime as dt
from dataclasses import dataclass

from events.bilingual import Text, pick
from events.labels import date_words, times_words

from .blueprint import Blueprint, Row, placed


@dataclass(frozen=True)
class Item:
    """One session as it would be."""

    times: str
    title: Text
    outside: bool


@dataclass(frozen=True)
class ForecastDay:
    words: str
    outside: bool
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Forecast:
    """The new programme by day; ``outside`` counts sessions that no day of the event has."""

    days: tuple[ForecastDay, ...]
    sessions: int
    outside: int
    untranslated: int


def forecast(blueprint: Blueprint, starts_on: dt.date) -> Forecast:
    """Read a blueprint from a first day on; a date beyond the calendar raises OverflowError."""
    last = starts_on + dt.timedelta(days=max(blueprint.days, 1) - 1)
    found: dict[dt.date, list[Item]] = {}
    for row in blueprint.sessions:
        place = placed(row, starts_on)
        outside = bool(blueprint.days) and not starts_on <= place["day"] <= last
        found.setdefault(place["day"], []).append(Item(times_words(place["start"], place["end"]), _title(row), outside))
    days = tuple(
        ForecastDay(date_words(day), any(each.outside for each in items), tuple(items))
        for day, items in sorted(found.items())
    )
    everything = [item for day in days for item in day.items]
    return Forecast(
        days=days,
        sessions=len(everything),
        outside=sum(item.outside for item in everything),
        untranslated=sum(not (row.get("title_tr") and row.get("title_en")) for row in blueprint.sessions),
    )


def _title(row: Row) -> Text:
    texts = {each: row.get(f"title_{each}", "") for each in ("tr", "en")}
    if row.get("other_language"):
        texts[row["other_language"]] = row.get("title_other", "")
    return pick(texts)
