"""Who is found: folded words, every one of them, on SQLite and PostgreSQL alike."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from wagtail.models import Locale, Page

from events.bilingual import texts
from events.models import DialogueProgramme, PublicEvent
from events.turkish import fold

#: Of each kind. Whoever gets more than that has to say more.
MOST = 300
#: Further words would only make the question longer.
MOST_WORDS = 8


@dataclass(frozen=True)
class Found:
    """Something that was found: what it is, and how well it fits."""

    kind: str
    pk: int
    in_title: int
    date: dt.date

    @property
    def rank(self) -> tuple[int, dt.date, int]:
        """Whose title has the words comes first; of those the newest, or what is still to come."""
        return self.in_title, self.date, self.pk


def asked_words(search: str) -> list[str]:
    """The folded words of a search: ``Çalıştay, IĞDIR`` gives ``["calistay", "igdir"]``."""
    return list(dict.fromkeys(fold(search).split()))[:MOST_WORDS]


def find(words: list[str], language: str) -> list[Found]:
    """All that has every word, the best first. Costs four queries and one for each further word, however much there is."""
    found = [*_pages(words, language), *_events(words, language), *_programmes(words, language)]
    return sorted(found, key=lambda each: each.rank, reverse=True)


def _pages(words: list[str], language: str) -> Iterator[Found]:
    """Live and public pages. The index has their folded words and the ends of these (``SitePage.folded``)."""
    locale = Locale.objects.filter(language_code=language).first()
    pages = Page.objects.live().public().filter(locale=locale, depth__gt=1)
    # One after the other: of several words at once the index takes only the last one for a part.
    for word in words[:-1]:
        pages = pages.filter(pk__in=[page.pk for page in pages.autocomplete(word, order_by_relevance=False)])
    for page in pages.autocomplete(words[-1], order_by_relevance=False)[:MOST]:
        changed = page.last_published_at or page.first_published_at
        yield Found("page", page.pk, _count(words, page.title), _day(changed))


def _events(words: list[str], language: str) -> Iterator[Found]:
    """Events in their public row, which has the folded text of event and sessions."""
    events = PublicEvent.objects.visible().order_by("-starts_on", "-pk").defer("search_tr", "search_en")
    for word in words:
        events = events.filter(**{f"search_{language}__contains": word})
    for event in events[:MOST]:
        yield Found("event", event.pk, _count(words, event.title), event.starts_on or dt.date.max)


def _programmes(words: list[str], language: str) -> Iterator[Found]:
    """Dialogue programmes with a public event. There are few of them: they are read and compared here."""
    rows = DialogueProgramme.objects.filter(public_events__in=PublicEvent.objects.visible()).distinct()
    for row in rows.order_by("-pk")[:MOST]:
        told = " ".join(texts(row, name).get(language) or str(getattr(row, name)) for name in ("title", "objectives"))
        folded = fold(told)
        if all(word in folded for word in words):
            yield Found("programme", row.pk, _count(words, row.title), dt.date.min)


def _count(words: list[str], title: Any) -> int:
    folded = fold(str(title))
    return sum(word in folded for word in words)


def _day(moment: dt.datetime | None) -> dt.date:
    return timezone.localdate(moment) if moment else dt.date.min
