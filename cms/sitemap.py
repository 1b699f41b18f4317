"""Everything that search engines may read, in both languages, each address with that of its translation."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Max
from wagtail.models import Page

from cms.addresses import page_path
from events import addresses
from events.bilingual import LANGUAGES
from events.models import DialogueProgramme, PublicEvent


@dataclass(frozen=True)
class Entry:
    """One thing: its address in each language that it has, and when it last changed."""

    alternates: dict[str, str]
    changed_at: dt.datetime | None = None

    @property
    def addresses(self) -> list[str]:
        return list(self.alternates.values())

    @property
    def default(self) -> str:
        """For readers of a third language."""
        return self.alternates.get("en") or self.addresses[0]


def entries() -> Iterator[Entry]:
    """Pages, then the list of events, each event with its programme, and dialogue programmes. Four queries."""
    yield from _pages()
    events = list(PublicEvent.objects.visible().only("slug", "modified_at", "dialogue_programme_id").order_by("pk"))
    newest = max((event.modified_at for event in events), default=None)
    yield Entry({each: addresses.event_list_url(each) for each in LANGUAGES}, newest)
    for event in events:
        yield Entry({each: addresses.event_url(event.slug, each) for each in LANGUAGES}, event.modified_at)
        yield Entry({each: addresses.programme_url(event.slug, each) for each in LANGUAGES}, event.modified_at)
    rows = DialogueProgramme.objects.filter(public_events__in=PublicEvent.objects.visible())
    for slug, changed_at in rows.values_list("slug").annotate(Max("public_events__modified_at")).order_by("slug"):
        yield Entry({each: addresses.dialogue_programme_url(slug, each) for each in LANGUAGES}, changed_at)


def _pages() -> Iterator[Entry]:
    """Live pages that nobody has to log in for; a page and its translation are one entry."""
    families: dict[Any, list[Page]] = {}
    for page in Page.objects.live().public().filter(depth__gt=1).select_related("locale").order_by("path"):
        families.setdefault(page.translation_key, []).append(page)
    for pages in families.values():
        found = {page.locale.language_code: addresses.absolute(page_path(page)) for page in pages}
        changes = [page.last_published_at for page in pages if page.last_published_at]
        yield Entry(found, max(changes, default=None))
