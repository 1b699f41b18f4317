"""A booklet as the order that the child sets: HTML, style sheets, the printed code, the fonts."""

import datetime as dt
import io
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import fontpkg_source_sans_3
import fontpkg_source_serif_4
import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from events import labels
from events.bilingual import Text, pick
from events.documents import words
from events.documents.booklet import Booklet, DayShown, VenueShown, hue
from events.documents.index import short_date
from events.documents.process import Order
from events.programme import RoomShown

_DRAWN = ("programme.css", "bridge.svg")
# Thumb marks go down the page and start again from the top after this many days.
# Line breaks of templates would be texts to lay out.
_BETWEEN_LINES = re.compile(r"(?<=>)\s*\n\s*|\s*\n\s*(?=<)")
_THUMBS = 9
_THUMB_STEP = 24
_HUE = re.compile("#[0-9a-fA-F]{6}")


def order_of(booklet: Booklet) -> Order:
    """Everything the child needs to set a booklet."""
    folder = settings.BASE_DIR / "templates" / "documents"
    texts = {name: (folder / name).read_text() for name in _DRAWN}
    texts["days.css"] = _day_rules(booklet)
    texts["qr.svg"] = code(booklet.address)
    html = render_to_string("documents/programme.html", _context(booklet))
    return Order(html=without_breaks(html), texts=texts, files=fonts())


def without_breaks(html: str) -> str:
    """A page without the line breaks of its templates."""
    return _BETWEEN_LINES.sub("", html)


@lru_cache(maxsize=1)
def fonts() -> dict[str, str]:
    """The font files by the names that the style sheet uses; whole families, with every Turkish letter."""
    sans, serif = (Path(package.ROOT) / "files" for package in (fontpkg_source_sans_3, fontpkg_source_serif_4))
    return {"sans.ttf": str(sans / "SourceSans3[wght].ttf"), "serif.ttf": str(serif / "SourceSerif4[opsz,wght].ttf")}


def _context(booklet: Booklet) -> dict[str, Any]:
    event, languages = booklet.event, booklet.languages
    zone_date = booklet.programme.released_at
    return {
        "booklet": booklet,
        "title": _title(booklet),
        "author": ", ".join(booklet.both(each["name"])[0] for each in event.organisations if each["name"]),
        "created": zone_date.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "event_titles": booklet.both(event.title),
        "dialogue_programme": booklet.both(event.dialogue_programme["title"]) if event.dialogue_programme else (),
        "dates": words.each(languages, labels.dates_words, event.starts_on, event.ends_on) if event.starts_on else (),
        "places": places(booklet),
        "organisations": list(_organisations(booklet)),
        "release_line": _release_line(booklet),
        "about": _about(booklet),
        "contents": list(_contents(booklet)),
        "venues": [_venue(booklet, venue) for venue in booklet.venues],
        "words": {name: words.each(languages, words.heading, name) for name in words.HEADINGS},
        "short_address": booklet.address.split("://", 1)[-1],
        "qr_text": words.heading("code", languages[0]) + " " + booklet.address,
    }


def _title(booklet: Booklet) -> str:
    titles = " / ".join(booklet.both(booklet.event.title))
    return f"{titles} – {' / '.join(words.each(booklet.languages, words.heading, 'programme'))}"


def places(booklet: Booklet) -> list[Text]:
    """Where the event is: its venue and the town, in each language."""
    venue = booklet.event.venue
    if venue is None:
        return []
    lines = zip(booklet.both(venue.name), booklet.both(venue.city) or ("",) * 2, strict=False)
    return [Text(", ".join(filter(None, (name, city))), name.language) for name, city in lines]


def _organisations(booklet: Booklet) -> Iterable[dict[str, Any]]:
    """The organisations by what they are in the event, in the order of the first of each."""
    by_role: dict[str, list[tuple[Text, ...]]] = {}
    for each in booklet.event.organisations:
        by_role.setdefault(each["role"], []).append(booklet.both(each["name"]))
    for role, names in by_role.items():
        yield {"labels": words.each(booklet.languages, _party, role), "names": names}


def _party(role: str, language: str) -> str:
    return words.capital(labels.party_label(role, language), language)


def _release_line(booklet: Booklet) -> tuple[Text, ...]:
    return words.each(booklet.languages, release_words, booklet)


def release_words(booklet: Booklet, language: str) -> str:
    """Which release it is, and of when."""
    programme = booklet.programme
    moment = labels.moment_words(programme.released_at, booklet.event.time_zone, language)
    with translation.override(language):
        return _("Release %(number)d, %(moment)s") % {"number": programme.number, "moment": moment}


def _about(booklet: Booklet) -> list[list[Text]]:
    """Summary, description and who takes part, a list of paragraphs for each language."""
    event = booklet.event
    columns = []
    for language in booklet.languages:
        texts = [pick(text, language) for text in (event.summary, event.description, event.participation)]
        columns.append([paragraph for text in texts for paragraph in words.paragraphs(text)])
    return columns if any(columns) else []


def _contents(booklet: Booklet) -> Iterable[dict[str, Any]]:
    for day in booklet.days:
        yield _line(f"day-{day.number}", day.heading)
    for target, there in (("people", booklet.people), ("venues", True)):
        if there:
            yield _line(target, words.each(booklet.languages, words.heading, target))


def _line(target: str, texts: tuple[Text, ...]) -> dict[str, Any]:
    return {"target": target, "texts": texts}


def _venue(booklet: Booklet, venue: VenueShown) -> dict[str, Any]:
    place = venue.place
    address = [
        Text(", ".join(filter(None, (street, city if city not in street else ""))), street.language or city.language)
        for street, city in zip(booklet.both(place.address) or (Text(""),) * 2, booklet.both(place.city), strict=False)
    ]
    return {
        "name": booklet.both(place.name),
        "address": [line for line in address if line],
        "step_free": () if place.step_free is None else words.each(booklet.languages, words.step_free, place.step_free),
        "rooms": _rooms(booklet, venue.rooms),
    }


def _rooms(booklet: Booklet, rooms: Iterable[RoomShown]) -> dict[str, Any]:
    """The rooms as a table, with a column only for what is known of one of them."""
    languages = booklet.languages
    unknown = (Text("–", languages[0]),)
    columns: dict[str, list[tuple[Text, ...]]] = {"room": [], "seats": [], "access": []}
    for room in rooms:
        columns["room"].append(booklet.both(room.name))
        columns["seats"].append((Text(str(room.capacity), languages[0]),) if room.capacity else unknown)
        known = room.step_free
        columns["access"].append(unknown if known is None else words.each(languages, words.yes_or_no, known))
    told = {name: cells for name, cells in columns.items() if set(cells) - {unknown}}
    headers = [words.each(languages, words.heading, name) for name in told]
    return {"headers": headers, "rows": list(zip(*told.values(), strict=True))}


def code(address: str) -> str:
    """The printed code as SVG, with the quiet zone that readers need (ISO/IEC 18004)."""
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=4, scale=4, dark="#14212b", light="#fff")
    return drawn.getvalue().decode()


def _day_rules(booklet: Booklet) -> str:
    """What the style sheet cannot know: running heads, folios, and a thumb mark for each day."""
    head = quoted(" / ".join(booklet.both(booklet.event.title)))
    folio = quoted(" / ".join(_release_line(booklet)))
    rules = [f"@page {{ @top-left {{ content: {head} }} @bottom-left {{ content: {folio} }} }}"]
    for day in booklet.days:
        rules.append(f".day{day.number} {{ page: day{day.number} }}")
        rules += [_thumb(booklet, day, side) for side in ("left", "right")]
    for key, track in booklet.programme.tracks.items():
        if _HUE.fullmatch(track.colour):
            rules.append(f".{hue(key)} {{ border-color: {track.colour} }}")
    return "\n".join(rules)


def _thumb(booklet: Booklet, day: DayShown, side: str) -> str:
    months = (short_date(day.date, language).partition(" ")[2] for language in booklet.languages)
    content = " ".join([quoted(str(day.date.day)), *(f'"\\a " {quoted(month)}' for month in dict.fromkeys(months))])
    top = (day.number - 1) % _THUMBS * _THUMB_STEP
    box = f"content: {content}; margin-top: {top}mm"
    return f"@page day{day.number}:{side} {{ @{side}-top {{ {box}; height: 18mm; background: #14212b }} }}"


def quoted(text: str) -> str:
    """A CSS string; what ends a string or a rule is written as its code (CSS Syntax 3, 4.3.7)."""
    escaped = "".join(f"\\{ord(char):x} " if char in '"\\<>{}\n\r\f' else char for char in text)
    return f'"{escaped}"'
