"""Sessions as HTML, one string each.

Not a template: five hundred sessions through Django's engine cost seven times what joining strings costs,
and the first page after a release is made while its reader waits. Everything that comes from a row goes
through ``esc``.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from html import escape as esc
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from events import labels
from events.bilingual import Text, Texts, pick
from events.programme import Contributor, Entry, Place, Programme, RoomShown, TrackShown

from .timetable import Block, Column, DayTable, Placed

#: Hues of tracks that have none of their own; each carries white letters at 4.5 : 1 or better.
HUES = ("#0A5A73", "#7A4E12", "#5B3E8C", "#1F6B3A", "#9A2F5E", "#3F5B1C", "#2B4C9B", "#8A3B12")
#: Columns that fit on an ordinary wide screen.
FITTING = 6
WHITE, INK = "#FFFFFF", "#14212B"


class Cards:
    """Writes the sessions of one programme in one language."""

    def __init__(self, programme: Programme, language: str, after: Callable[[Entry], str] | None = None) -> None:
        self.programme = programme
        self.language = language
        #: HTML below a session, for pages on which something can be done with it.
        self._after = after or (lambda entry: "")
        self._places: dict[str, str] = {}
        self._tracks = {key: self._track(track) for key, track in programme.tracks.items()}
        with translation.override(language):
            self._words = _words()

    def day(self, table: DayTable) -> str:
        """A whole day: the heads of its columns and its blocks."""
        heads = self._heads(table.columns) if table.has_columns else ""
        side = " side-by-side" if table.has_columns else ""
        lanes = f" lanes-{table.lanes}" if table.has_columns else " lanes-1"
        blocks = "".join(map(self._block, table.blocks))
        if not table.has_columns or table.lanes <= FITTING:
            return f'<div class="timetable{side}{lanes}">{heads}{blocks}</div>'
        # Wider than the screen: it scrolls by itself, also by keyboard.
        label = f"{self._words['timetable']}, {labels.date_words(table.date, self.language)}"
        region = f'role="region" tabindex="0" aria-label="{esc(label)}"'
        return f'<div class="timetable wide{side}{lanes}" {region}>{heads}{blocks}</div>'

    def track_symbols(self) -> str:
        """The badges of all tracks, drawn once; sessions point at them."""
        return "".join(map(_symbol, self.programme.tracks.values()))

    def text(self, texts: Texts, tag: str = "span") -> str:
        """A text in the page's language, or visibly in the one it has."""
        text = pick(texts, self.language)
        if not text or text.language == self.language:
            return esc(text)
        name = esc(labels.language_name(text.language, self.language))
        return f'<{tag} lang="{esc(text.language)}">{esc(text)}</{tag}> <span class="tongue">{name}</span>'

    def _quiet(self, texts: Texts) -> str:
        """A short text; one in another language is marked for screen readers and hyphenation only."""
        text = pick(texts, self.language)
        if not text or text.language == self.language:
            return esc(text)
        return f'<span lang="{esc(text.language)}">{esc(text)}</span>'

    def _heads(self, columns: Iterable[Column]) -> str:
        cells = "".join(
            f'<div class="{column.classes}">{self._place(column.room) or esc(self._words["elsewhere"])}</div>'
            for column in columns
        )
        return f'<div class="rooms" aria-hidden="true">{cells}</div>'

    def _block(self, block: Block) -> str:
        ticks = "".join(
            f'<div class="tick {tick.classes}" data-from="{_iso(tick.starts_at)}" data-to="{_iso(tick.ends_at)}"'
            f' aria-hidden="true">{tick.clock}</div>'
            for tick in block.ticks
        )
        gap = " gap" if block.gap else ""
        return f'<div class="block{gap}">{ticks}{"".join(map(self._session, block.placed))}</div>'

    def _session(self, placed: Placed) -> str:
        entry = placed.entry
        state = " cancelled" if entry.cancelled else " changed" if entry.change else ""
        named = " named" if placed.named else ""
        return (
            f'<article class="session {entry.kind} {placed.classes}{named}{state}" id="s-{entry.key}">'
            f'<p class="when">{self._when(entry)}</p>'
            f'<div class="what"><h3><a href="#s-{entry.key}">{self.text(entry.title) or self._words["untitled"]}</a></h3>'
            f"{self._marks(entry)}{self._where(entry)}{self._who(entry.people)}"
            f"{self._tracks[entry.track.key] if entry.track else ''}{self._details(entry)}{self._after(entry)}</div></article>"
        )

    def _when(self, entry: Entry) -> str:
        start, end = entry.local_start, entry.local_end
        if start is None or entry.starts_at is None:
            return f'<span class="untimed">{self._words["untimed"]}</span> '
        until = f' data-to="{_iso(entry.ends_at)}"' if entry.ends_at else ""
        clock = f"<b>{start:%H:%M}</b>" + (f"<span>–{end:%H:%M}</span>" if end else "")
        return f'<time datetime="{start.isoformat()}" data-from="{_iso(entry.starts_at)}"{until}>{clock}</time>{self._zone(entry)} '

    def _zone(self, entry: Entry) -> str:
        """The offset beside the time wherever the zone is not the event's; the page's head names the zones."""
        if entry.start_zone == entry.end_zone == self.programme.event.time_zone:
            return ""
        start, end = entry.local_start, entry.local_end
        offsets = dict.fromkeys(labels.offset_words(moment) for moment in (start, end) if moment)
        return f' <span class="zone">{" / ".join(offsets)}</span>'

    def _where(self, entry: Entry) -> str:
        place = self._place(entry.room or entry.venue)
        if place == esc(pick(entry.title, self.language)):
            return ""  # a site visit is often called after its site
        if entry.room and entry.venue and entry.venue != self.programme.event.venue:
            place += f", {self._place(entry.venue)}"
        return f'<p class="where">{place}</p>' if place else ""

    def _place(self, place: RoomShown | Place | None) -> str:
        if place is None:
            return ""
        if place.key not in self._places:
            self._places[place.key] = self._quiet(place.name)
        return self._places[place.key]

    def _who(self, people: Iterable[Contributor]) -> str:
        names = dict.fromkeys(esc(each.person.name) for each in people if each.role != "interpreter")
        return f'<p class="who">{", ".join(names)}</p>' if names else ""

    def _track(self, track: TrackShown) -> str:
        badge = f'<svg class="badge" aria-hidden="true"><use href="#{_anchor(track)}"/></svg>'
        return f'<p class="track">{badge}<span>{self._quiet(track.name)}</span></p>'

    def _marks(self, entry: Entry) -> str:
        """What is different from the release before, in words, and what it was."""
        marks = []
        if entry.cancelled:
            marks.append(("coral", self._words["cancelled"], ""))
        if entry.status == "draft":
            marks.append(("quiet", self._words["draft"], ""))
        before = entry.change["before"] if entry.change else {}
        marks += [
            ("sea" if kind == "added" else "coral", self._words[kind], self._was(kind, entry, before))
            for kind in entry.change_kinds
            if kind != "cancelled"
        ]
        if entry.audience != "public":
            marks.append(("quiet", self._words[entry.audience], ""))
        return "".join(
            f'<p class="mark {tone}"><strong>{word}</strong>{f" {was}" if was else ""}</p>' for tone, word, was in marks
        )

    def _was(self, kind: str, entry: Entry, before: Mapping[str, Any]) -> str:
        old = ""
        if kind == "retitled" and "title" in before:
            old = f"“{self._quiet(before['title'])}”"
        elif kind == "people" and "people" in before:
            return self._who_changed(entry, [named[0] for named in before["people"]])
        elif kind == "moved":
            old = ", ".join(part for part in self._was_at(entry, before) if part)
        return f"<span>{self._words['was']} {old}</span>" if old else ""

    def _who_changed(self, entry: Entry, before: list[str]) -> str:
        """Who came and who went; empty where only roles or positions are others."""
        now = {each.person.key: each.person for each in entry.people}
        old = {key: person for key in before if (person := self.programme.people.get(key)) and person.name}
        came = [esc(person.name) for key, person in now.items() if key not in old]
        went = [esc(person.name) for key, person in old.items() if key not in now]
        told = [(self._words["with"], came), (self._words["without"], went)]
        return "; ".join(f"{word} {', '.join(names)}" for word, names in told if names)

    def _was_at(self, entry: Entry, before: Mapping[str, Any]) -> list[str]:
        """The old day, times and place, each only if it was another."""
        told = []
        if "day" in before:
            told.append(labels.day_words(dt.date.fromisoformat(before["day"]), self.language))
        if before.keys() & {"start", "end", "start_zone", "end_zone"}:
            start, end = before.get("start", entry.raw["start"]), before.get("end", entry.raw["end"])
            clock = f"{start or ''}–{end}" if end else start
            told.append(f'<span class="clock">{clock}</span>' if start else self._words["untimed"])
        if before.keys() & {"room", "venue"}:
            room, venue = before.get("room", entry.raw["room"]), before.get("venue", entry.raw["venue"])
            place = self.programme.rooms.get(room or "") or self.programme.venues.get(venue or "")
            told.append(self._place(place) or self._words["no_place"])
        return told

    def _details(self, entry: Entry) -> str:
        body = self._abstract(entry.abstract) + self._people(entry.people) + self._facts(entry)
        if not body:
            return ""
        return f"<details><summary>{self._words['details']}</summary><div>{body}</div></details>"

    def _abstract(self, texts: Texts) -> str:
        text = pick(texts, self.language)
        if not text:
            return ""
        foreign = text.language != self.language
        lang = f' lang="{esc(text.language)}"' if foreign else ""
        note = f'<p class="tongue">{esc(labels.language_name(text.language, self.language))}</p>' if foreign else ""
        return f'{note}<div class="prose"{lang}>{paragraphs(text)}</div>'

    def _people(self, people: Iterable[Contributor]) -> str:
        rows = "".join(
            f"<li><b>{esc(each.person.name)}</b>"
            f"{f', {self._quiet(each.shown)}' if each.shown else ''} <span>{self._words[each.role]}</span></li>"
            for each in people
        )
        return f'<ul class="people">{rows}</ul>' if rows else ""

    def _facts(self, entry: Entry) -> str:
        facts = []
        if entry.languages:
            facts.append(("languages", esc(labels.language_names(entry.languages, self.language))))
        if entry.interpretation != "none":
            facts.append(("interpretation", self._words[entry.interpretation]))
        if entry.organisation:
            facts.append(("organisation", self._quiet(entry.organisation["name"])))
        if entry.parties:
            facts.append(("parties", ", ".join(map(self._quiet, entry.parties))))
        if not facts:
            return ""
        rows = "".join(f"<div><dt>{self._words[name]}</dt><dd>{value}</dd></div>" for name, value in facts)
        return f'<dl class="facts">{rows}</dl>'


def paragraphs(text: Text | str) -> str:
    """A plain text as HTML: an empty line parts paragraphs, a single break stays one."""
    parts = (part.strip() for part in text.split("\n\n"))
    return "".join(f"<p>{esc(part).replace(chr(10), '<br>')}</p>" for part in parts if part)


def _anchor(track: TrackShown) -> str:
    return f"track-{track.key.replace('~', '-')}"


def _symbol(track: TrackShown) -> str:
    hue = track.colour or HUES[track.order % len(HUES)]
    letter = esc(track.letter or chr(65 + track.order % 26))
    return (
        f'<symbol id="{_anchor(track)}" viewBox="0 0 20 20"><rect width="20" height="20" rx="4" fill="{hue}"/>'
        f'<text x="10" y="14.5" text-anchor="middle" font-size="13" font-weight="700" fill="{ink_on(hue)}">{letter}</text></symbol>'
    )


@lru_cache(maxsize=64)
def ink_on(hue: str) -> str:
    """White or ink, whichever stands out more on a hue (WCAG 2.2, relative luminance)."""
    parts = [int(hue[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return WHITE if 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.19 else INK


def _iso(instant: dt.datetime | None) -> str:
    return instant.strftime("%Y-%m-%dT%H:%MZ") if instant else ""


def _words() -> dict[str, str]:
    """Every fixed word of a session, looked up once for a page and escaped."""
    words = {
        "cancelled": _("Cancelled"),
        "draft": _("Draft"),
        "added": _("New"),
        "moved": _("Moved"),
        "retitled": _("New title"),
        "people": _("Other people"),
        "edited": _("Details changed"),
        "restored": _("Takes place after all"),
        "participants": _("For participants only"),
        "staff": _("For staff only"),
        "was": pgettext("before the old time, place or title", "was:"),
        "with": pgettext("people who joined a session", "now with"),
        "without": pgettext("people who left a session", "no longer with"),
        "no_place": _("no place named"),
        "untimed": _("No fixed time"),
        "untitled": _("(no title)"),
        "elsewhere": _("Elsewhere"),
        "timetable": _("Timetable"),
        "details": _("Details"),
        "languages": _("Languages"),
        "interpretation": _("Interpretation"),
        "organisation": _("Hosted by"),
        "parties": _("For"),
    }
    from_models = {code: labels.role_label(code) for code in ROLES}
    interpretation = {code: labels.interpretation_label(code) for code in ("consecutive", "simultaneous")}
    return {name: esc(word) for name, word in {**words, **from_models, **interpretation}.items()}


ROLES = ("chair", "moderator", "speaker", "rapporteur", "host", "greeter", "interpreter", "signatory")
