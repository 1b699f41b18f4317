"""Words of the printed programme, each in the language asked for."""

from collections.abc import Callable, Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from events import labels, turkish
from events.bilingual import Text, Texts, pick
from events.models.programme import NIGHT_ENDS
from events.programme import Entry, Place
from events.programme import RoomShown as Room


def each(languages: Iterable[str], words: Callable[..., str], *given: Any) -> tuple[Text, ...]:
    """What ``words(…, language)`` gives in each language."""
    return tuple(Text(words(*given, language), language) for language in languages)


def capital(text: str, language: str) -> str:
    """The text with its first letter as a capital of its language."""
    return turkish.upper(text[:1], language) + text[1:]


def sort_key(texts: Texts, language: str) -> str:
    return turkish.sort_key(pick(texts, language))


def fallback_mark(text: Text, language: str) -> str:
    """The name of the language a text is in where that is not the wanted one, else nothing."""
    return labels.language_name(text.language, language) if text and text.language != language else ""


def place(entry: Entry, home: str, language: str) -> Text:
    """Room and venue in one line; the venue unsaid where it is ``home``, the event's own."""
    parts: list[Room | Place] = [entry.room] if entry.room else []
    if entry.venue and (not parts or entry.venue.key != home):
        parts.append(entry.venue)
    names = [pick(part.name, language) for part in parts]
    return Text(", ".join(name for name in names if name), names[0].language if names else "")


def parallel(count: int, language: str) -> str:
    with translation.override(language):
        return ngettext("%(count)d session at the same time", "%(count)d sessions at the same time", count) % {
            "count": count
        }


def zones(names: list[str], language: str) -> str:
    with translation.override(language):
        return _("Times: %(zones)s") % {"zones": labels.list_words(names, language)}


def host(name: Text, language: str) -> Text:
    with translation.override(language):
        return Text(_("Host: %(name)s") % {"name": name}, language)


def for_whom(names: str, language: str) -> str:
    with translation.override(language):
        return _("For: %(names)s") % {"names": names}


def spoken(tags: tuple[str, ...], interpretation: str, language: str) -> str:
    """The languages of a session, and whether it is interpreted and how."""
    names = capital(labels.language_names(tags, language), language)
    if interpretation in ("", "none"):
        return names
    with translation.override(language):
        how = _("%(kind)s interpretation") % {"kind": labels.interpretation_label(interpretation, language)}
    return f"{names}, {how}"


def places(capacity: int, language: str) -> str:
    with translation.override(language):
        return ngettext("%(count)d place", "%(count)d places", capacity) % {"count": capacity}


def said(what: str, language: str) -> str:
    """What a change is about."""
    with translation.override(language):
        return {
            "time": pgettext("what changed", "Time"),
            "place": pgettext("what changed", "Place"),
            "title": pgettext("what changed", "Title"),
            "people": pgettext("what changed", "People"),
            "details": _("Details changed"),
            "cancelled": _("Cancelled"),
        }[what]


def untimed(language: str) -> str:
    with translation.override(language):
        return _("Time to be announced")


def clock(entry: Entry) -> str:
    return labels.times_words(entry.start, entry.end)


def when(entry: Entry, language: str) -> str:
    """Day and clock in one line."""
    return f"{labels.day_words(entry.day, language)}, {clock(entry) or untimed(language)}"


def wall_clock(entry: Entry) -> str:
    """The clock of the time column; with offsets where start and end are in different ones."""
    start, end = entry.local_start, entry.local_end
    if start and end and end.utcoffset() != start.utcoffset():
        return f"{start:%H:%M} {labels.offset_words(start)} – {end:%H:%M} {labels.offset_words(end)}"
    return clock(entry)


def times(entry: Entry, zone: str, languages: tuple[str, ...]) -> tuple[Text, ...]:
    """Whatever else has to be known to read the clock, or that there is none.

    The offset is told where it is not that of ``zone``, the event's; a date where it is not the day's.
    """
    if entry.local_start is None or entry.starts_at is None:
        return each(languages, untimed)
    start, end = entry.local_start, entry.local_end
    home = entry.starts_at.astimezone(ZoneInfo(zone)).utcoffset()
    lines: list[Text] = []
    if start.utcoffset() != home and (end is None or end.utcoffset() == start.utcoffset()):
        lines.append(Text(labels.offset_words(start)))
    if end and end.date() > entry.day and end.time() >= NIGHT_ENDS:
        lines += each(languages, labels.day_words, end.date())
    return tuple(lines)


HEADINGS = ("programme", "event_cancelled", "contents", "changes", "people", "venues", "online")


def heading(name: str, language: str) -> str:
    """Headings and other fixed words of the document."""
    with translation.override(language):
        return {
            "programme": _("Programme"),
            "agenda": _("My programme"),
            "event_cancelled": _("This event is cancelled"),
            "contents": _("Contents"),
            "changes": _("Changed since the previous release"),
            "people": _("People"),
            "venues": _("Places"),
            "online": _("The programme online, always up to date:"),
            "code": _("Printed code that leads to"),
            "room": _("Room"),
            "seats": _("Places in the room"),
            "access": _("Step-free access"),
        }[name]


def step_free(known: bool, language: str) -> str:
    """Whether a wheelchair gets in."""
    with translation.override(language):
        return _("Step-free access") if known else _("Not step-free: there are steps")


def yes_or_no(known: bool, language: str) -> str:
    with translation.override(language):
        return _("yes") if known else _("no")


def paragraphs(text: Text) -> list[Text]:
    """A text line by line, without empty ones."""
    lines = (line.strip() for line in text.split("\n"))
    return [Text(line, text.language) for line in lines if line]
