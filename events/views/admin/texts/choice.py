"""Which texts of an event are shown: by state, by what they belong to, by words, in pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from events.texts import Part, TextTable
from events.texts.reading import DONE, EMPTY, MISSING, OPEN, STALE, chosen
from events.turkish import fold

#: So many rows of the programme are on a page; each has one to four texts.
PAGE = 40
_STATES = {
    "open": OPEN,
    "missing": {MISSING},
    "stale": {STALE},
    "done": {DONE},
    "all": {EMPTY, MISSING, STALE, DONE},
}
KINDS = {"event": ("event",), "sessions": ("session",), "tracks": ("track", "party")}
ALL_KINDS = ("event", "session", "track", "party")


@dataclass(frozen=True)
class Tab:
    """One choice of the filter: what it is called, how many texts it shows, where it leads."""

    name: str
    label: str
    count: int | None
    query: str
    current: bool


class Choice:
    """What the query of the address asks for; what it asks wrongly counts as not asked."""

    def __init__(self, table: TextTable, query: Mapping[str, str]) -> None:
        self.table = table
        self.words = query.get("q", "")[:100]
        self.kind = query["in"] if query.get("in") in KINDS else ""
        asked = query.get("show", "")
        self.show = asked if asked in (*_STATES, "suggested") else "open" if table.counts["open"] else "all"
        self._page = query.get("page", "1")

    @property
    def parts(self) -> list[Part]:
        kinds = KINDS.get(self.kind, ALL_KINDS)
        found = chosen(self.table.parts, _STATES.get(self.show, ()), kinds, suggested=self.show == "suggested")
        words = fold(self.words).split()
        return [part for part in found if all(word in _searched(part) for word in words)]

    @property
    def page(self) -> Page[Part]:
        """The page asked for, or the nearest there is: what is done leaves the list."""
        return Paginator(self.parts, PAGE).get_page(self._page)

    @property
    def tabs(self) -> list[Tab]:
        counts = self.table.counts
        named = [
            ("open", _("To do"), counts["open"]),
            ("missing", _("Missing"), counts["missing"]),
            ("stale", _("Stale"), counts["stale"]),
            ("suggested", _("Suggested"), counts["suggested"]),
            ("done", pgettext("texts", "Done"), counts["done"]),
            ("all", pgettext("texts", "All"), None),
        ]
        return [
            Tab(name, label, count, self.query(show=name), name == self.show)
            for name, label, count in named
            if name != "suggested" or count or name == self.show
        ]

    @property
    def kinds(self) -> list[tuple[str, str]]:
        named = [("", _("Everything")), ("event", _("The event itself")), ("sessions", _("Sessions"))]
        return [*named, ("tracks", _("Tracks and parties"))]

    def query(self, **other: str) -> str:
        """The query of this choice with something else in it."""
        stated = {"show": self.show, "in": self.kind, "q": self.words, **other}
        return "?" + urlencode({name: value for name, value in stated.items() if value})


def _searched(part: Part) -> str:
    return fold(" ".join([part.title, part.about, *(cell.text for pair in part.pairs for cell in pair.cells)]))
