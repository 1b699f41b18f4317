"""What pages that list rows have in common: a search, a day, letters to jump to, pages that keep what was chosen."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter
from string import ascii_lowercase
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page as WagtailPage

from cms.addresses import page_path
from events.bilingual import Text, active_language
from events.forms.public import DayField
from events.turkish import ALPHABET, by_alphabet, clean, fold, upper
from events.views.filters import LONGEST_SEARCH, Filters
from events.views.heads import Crumb, Head

PAGE_SIZE = 50
#: Under this stands what begins with no letter.
OTHER = "#"


@dataclass(frozen=True)
class Letter:
    """One letter of the row above a list, with the way to the first name that begins with it."""

    letter: str
    path: str = ""


@dataclass(frozen=True)
class Day:
    """A day that the reader may choose: as typed, as read, and whether it could not be read."""

    typed: str
    value: dt.date
    wrong: bool = False

    @property
    def chosen(self) -> bool:
        return bool(self.typed) and not self.wrong


def asked_day(request: HttpRequest, name: str = "on") -> Day:
    """The day asked for; today where there is none, or none that can be read."""
    typed = request.GET.get(name, "").strip()[:40]
    try:
        found = DayField(required=False).clean(typed)
    except forms.ValidationError:
        return Day(typed, timezone.localdate(), wrong=True)
    return Day(found.isoformat() if found else "", found or timezone.localdate())


def asked_words(request: HttpRequest) -> tuple[str, list[str]]:
    """What the reader searched for: as typed, and as folded words."""
    search = clean(request.GET.get("q", ""))[:LONGEST_SEARCH]
    return search, fold(search).split()


def holding(rows: QuerySet[Any], words: Iterable[str], column: str) -> QuerySet[Any]:
    """The rows whose folded text has all the words."""
    for word in words:
        rows = rows.filter(**{f"{column}__contains": word})
    return rows


@dataclass(frozen=True)
class Place:
    """A row's place in an alphabetical list: which row, and the letter it stands under."""

    pk: int
    letter: str


def alphabetical(names: Mapping[int, str], language: str) -> list[Place]:
    """The rows by their names, as who reads that language looks names up."""
    keys = sorted((by_alphabet(name, language), pk) for pk, name in names.items())
    return [Place(pk, _initial(key[0], language)) for key, pk in keys]


def _initial(key: str, language: str) -> str:
    """The letter by which a key begins."""
    place = int(key[:2]) - 20 if key[:2].isdecimal() else -1
    return upper(ALPHABET[place], language) if 0 <= place < len(ALPHABET) else OTHER


def by_name(options: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """What a filter offers, code and name, in the order of the reader's alphabet."""
    language = active_language()
    return sorted(options, key=lambda pair: by_alphabet(pair[1], language))


def letters(places: Sequence[Place], language: str, request: HttpRequest, size: int = PAGE_SIZE) -> list[Letter]:
    """All letters, those with names leading to the page and place where they begin."""
    firsts: dict[str, int] = {}
    for number, place in enumerate(places):
        firsts.setdefault(place.letter, number // size + 1)
    known = [upper(letter, language) for letter in (ALPHABET if language == "tr" else ascii_lowercase)]
    rare = {"Q", "W", "X"} if language == "tr" else set()
    known = [letter for letter in known if letter in firsts or letter not in rare]
    known += [OTHER] if OTHER in firsts else []
    return [Letter(each, _to_page(request, firsts[each], each) if each in firsts else "") for each in known]


def _to_page(request: HttpRequest, number: int, letter: str) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    if number > 1:
        query["page"] = str(number)
    return f"?{query.urlencode()}#{anchor(letter)}"


def anchor(letter: str) -> str:
    """The id of a letter's heading, the same for every browser."""
    return f"letter-{ord(letter):x}"


def by_letter(places: Iterable[Place], rows: Mapping[int, Any]) -> Iterator[tuple[str, str, list[Any]]]:
    """The rows of one page under their letters: letter, id of its heading, rows."""
    for letter, group in groupby(places, key=attrgetter("letter")):
        yield letter, anchor(letter), [rows[place.pk] for place in group if place.pk in rows]


def paged(request: HttpRequest, rows: Any, size: int = PAGE_SIZE) -> dict[str, Any]:
    """One page of the rows with the way to those before and after, as ``components/pages.html`` reads them."""
    page = Paginator(rows, size).get_page(request.GET.get("page"))
    return {"rows_page": page, "previous_path": _beside(request, page, -1), "next_path": _beside(request, page, 1)}


def _beside(request: HttpRequest, page: Page, step: int) -> str:
    if not (page.has_next() if step > 0 else page.has_previous()):
        return ""
    query = request.GET.copy()
    query["page"] = str(page.number + step)
    return f"?{query.urlencode()}"


def listed_head(head: Head, page: Page, narrowed: bool = False) -> Head:
    """Search engines read the whole list, page by page, and not each way of narrowing it."""
    return replace(head, page=page.number, indexed=head.indexed and not narrowed)


def step_within(page: WagtailPage, head: Head, title: str) -> Head:
    """The head of something that a page shows behind its own address: the page is then the last step of the way."""
    crumb = Crumb(Text(page.title, head.language), page_path(page))
    return replace(head, title=title, trail=(*(head.trail or ()), crumb), indexed=False)


def query_for_other_language(request: HttpRequest) -> str:
    """What was chosen stays chosen when the language is switched."""
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()


def narrows(filters: Filters, *others: Any) -> bool:
    """Whether anything was chosen that makes the list shorter."""
    return bool(filters.chosen) or any(others)
