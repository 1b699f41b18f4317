"""The index of people: by the Turkish alphabet, each with their sessions."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.utils import translation
from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from events import turkish
from events.bilingual import Texts, pick
from events.documents import words
from events.documents.pages import PLACE
from events.documents.runs import in_column
from events.programme import Contributor, Entry, PersonShown


@dataclass(frozen=True)
class PersonLine:
    """A person of the index, family name first where it is known, and their sessions as links."""

    name: str
    words: SafeString
    appearances: tuple[SafeString, ...]

    @property
    def html(self) -> SafeString:
        return format_html("<b>{}</b> {}", self.words, SafeString(" ".join(self.appearances)))


@dataclass(frozen=True)
class Letter:
    """The people under one letter."""

    letter: str
    people: tuple[PersonLine, ...]


def index(entries: Iterable[Entry], languages: tuple[str, ...]) -> Iterator[Letter]:
    """Everybody whom the entries name, by letter; who was erased is not named by any entry."""
    found: dict[str, tuple[PersonShown, list[tuple[Entry, Contributor]]]] = {}
    for entry in entries:
        for each in entry.people:
            found.setdefault(each.person.key, (each.person, []))[1].append((entry, each))
    ordered = sorted(found.values(), key=lambda pair: (pair[0].sort_key, pair[0].name, pair[0].key))
    for letter, people in groupby(ordered, key=lambda pair: turkish.initial(pair[0].sort_key)):
        yield Letter(letter, tuple(_line(person, rows, languages) for person, rows in people))


def index_name(person: PersonShown) -> str:
    """``Ayşe Örnek`` as the index prints it: ``Örnek, Ayşe``; as it is where the family name is not known."""
    parts = person.name.split(" ")
    for first in range(1, len(parts)):
        family, given = " ".join(parts[first:]), " ".join(parts[:first])
        if turkish.sort_key(f"{family} {person.name}") == person.sort_key:
            return f"{family}, {given}"
    return person.name


def _line(person: PersonShown, rows: list[tuple[Entry, Contributor]], languages: tuple[str, ...]) -> PersonLine:
    shown = next((each.shown for _entry, each in rows if each.shown), {})
    name = index_name(person)
    unique = {entry.key: entry for entry, _each in rows}
    return PersonLine(
        name=name,
        words=SafeString(", ".join(filter(None, (escape(name), _texts(shown, languages))))),
        appearances=tuple(_appearance(entry, languages) for entry in unique.values()),
    )


def _appearance(entry: Entry, languages: tuple[str, ...]) -> SafeString:
    """When the session is, and a place for the number of its page; its title is what the link is called."""
    when = f"{short_date(entry.day, languages[0])} {words.clock(entry)[:5]}".strip()
    said = format_html("<s>{}</s>", when) if entry.cancelled else escape(when)
    link = '<a class="page" href="#s-{}" title="{}">{}\u2002{}</a>'
    return format_html(link, entry.key, pick(entry.title, languages[0]), said, PLACE)


def _texts(texts: Texts, languages: tuple[str, ...]) -> SafeString:
    """A text in the document's languages, one after the other."""
    found = {text: text for text in (pick(texts, language) for language in languages) if text}
    return in_column(found.values(), languages[0], " / ")


def short_date(date: dt.date, language: str) -> str:
    """``10 Haz`` or ``10 Jun``."""
    with translation.override(language):
        return date_format(date, "j M")
