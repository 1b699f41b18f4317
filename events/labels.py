"""Codes, languages, zones and dates in words: the same words on page, paper, feed and letter.

Every function takes the language to write in (``tr`` or ``en``); without one, the active language is used.
"""

import datetime as dt
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.db.models import Choices
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from events.bilingual import active_language
from events.models import Contribution, DialogueField, Event, EventOrganisation, LineOfWork, ProgrammeChange, Session
from events.turkish import upper

MINUS = "\u2212"
#: Zones that people know by the name of their common time rather than by a city.
_COMMON_TIMES = {
    "central": (
        "Amsterdam",
        "Andorra",
        "Belgrade",
        "Berlin",
        "Bratislava",
        "Brussels",
        "Budapest",
        "Copenhagen",
        "Ljubljana",
        "Luxembourg",
        "Madrid",
        "Malta",
        "Monaco",
        "Oslo",
        "Paris",
        "Podgorica",
        "Prague",
        "Rome",
        "San_Marino",
        "Sarajevo",
        "Skopje",
        "Stockholm",
        "Tirane",
        "Vaduz",
        "Vatican",
        "Vienna",
        "Warsaw",
        "Zagreb",
        "Zurich",
    ),
    "eastern": (
        "Athens",
        "Bucharest",
        "Chisinau",
        "Helsinki",
        "Kiev",
        "Kyiv",
        "Mariehamn",
        "Riga",
        "Sofia",
        "Tallinn",
        "Vilnius",
    ),
}
_TIME_OF_CITY = {f"Europe/{city}": name for name, cities in _COMMON_TIMES.items() for city in cities}


def kind_label(code: str, language: str | None = None) -> str:
    """What a session's kind is called: ``plenary`` gives “plenary session”."""
    return _label(Session.Kind, code, language or active_language())


def event_kind_label(code: str, language: str | None = None) -> str:
    return _label(Event.Kind, code, language or active_language())


def role_label(code: str, language: str | None = None) -> str:
    """What a person does in a session: chair, moderator, speaker …"""
    return _label(Contribution.Role, code, language or active_language())


def party_label(code: str, language: str | None = None) -> str:
    """The part an organisation has in an event: host, co-host, partner, funder."""
    return _label(EventOrganisation.Role, code, language or active_language())


def interpretation_label(code: str, language: str | None = None) -> str:
    return _label(Session.Interpretation, code, language or active_language())


def line_label(code: int, language: str | None = None) -> str:
    """One of the four lines of work."""
    return _label(LineOfWork, code, language or active_language())


def field_label(code: str, language: str | None = None) -> str:
    """One of the four dialogue fields, empty for none."""
    return _label(DialogueField, code, language or active_language())


def change_label(code: str, language: str | None = None) -> str:
    """How a session differs from the release before: added, moved …"""
    return _label(ProgrammeChange.Kind, code, language or active_language())


@lru_cache(maxsize=512)
def _label(choices: type[Choices], code: str | int, language: str) -> str:
    """The label of a code; one that this version does not know is shown as it is."""
    with translation.override(language):
        return str(choices(code).label) if code in choices.values else str(code)


def language_name(tag: str, language: str | None = None) -> str:
    """The name of a language: ``de`` gives “German” or “Almanca”; an unknown tag stays a tag."""
    return _language_name(tag, language or active_language())


@lru_cache(maxsize=256)
def _language_name(tag: str, language: str) -> str:
    with translation.override(language):
        # Django has no name for these, or none in (good) Turkish.
        ours = {"ku": _("Kurdish"), "nl": _("Dutch"), "no": _("Norwegian"), "zh": _("Chinese")}
        ours["und"] = _("another language")  # a file that says none (BCP 47)
        if tag in ours:
            return ours[tag]
        try:
            return str(translation.get_language_info(tag.lower())["name_translated"])
        except KeyError:
            return tag


def language_names(tags: tuple[str, ...], language: str | None = None) -> str:
    """Names of several languages in one line."""
    return ", ".join(language_name(tag, language or active_language()) for tag in tags)


def zone_label(zone: str, instant: dt.datetime | None = None, language: str | None = None) -> str:
    """A zone in words with its offset at that instant: “Türkiye time (GMT+3)”."""
    moment = (instant or dt.datetime.now(dt.UTC)).astimezone(ZoneInfo(zone))
    with translation.override(language or active_language()):
        return f"{_zone_name(zone, bool(moment.dst()))} ({offset_words(moment)})"


def zone_label_on(zone: str, day: dt.date | None, language: str | None = None) -> str:
    """A zone in words as its clocks go on a day, at noon; without a day as they go now."""
    noon = dt.datetime.combine(day, dt.time(12), ZoneInfo(zone)) if day else None
    return zone_label(zone, noon, language)


def _zone_name(zone: str, summer: bool) -> str:
    if zone == "Europe/Istanbul":
        return _("Türkiye time")
    common = _TIME_OF_CITY.get(zone)
    if common == "central":
        return _("Central European Summer Time") if summer else _("Central European Time")
    if common == "eastern":
        return _("Eastern European Summer Time") if summer else _("Eastern European Time")
    if zone in {"UTC", "Etc/UTC"}:
        return _("Coordinated Universal Time")
    return _("%(city)s time") % {"city": zone.rsplit("/", 1)[-1].replace("_", " ")}


def offset_words(moment: dt.datetime) -> str:
    """The offset of a moment in its zone: ``GMT+3``, ``GMT+5:30``, ``GMT``."""
    minutes = round((moment.utcoffset() or dt.timedelta()).total_seconds() / 60)
    if not minutes:
        return "GMT"
    hours, rest = divmod(abs(minutes), 60)
    return f"GMT{'+' if minutes > 0 else MINUS}{hours}" + (f":{rest:02d}" if rest else "")


def date_words(date: dt.date, language: str | None = None, *, weekday: bool = True) -> str:
    """A date in words: “10 Haziran 2027 Perşembe”, “Thursday 10 June 2027”."""
    language = language or active_language()
    formats = {"tr": "j F Y l", "en": "l j F Y"} if weekday else {"tr": "j F Y", "en": "j F Y"}
    with translation.override(language):
        return date_format(date, formats[language])


def day_words(date: dt.date, language: str | None = None) -> str:
    """A date without its year, for tabs: “10 Haziran Perşembe”, “Thursday 10 June”."""
    language = language or active_language()
    with translation.override(language):
        return date_format(date, {"tr": "j F l", "en": "l j F"}[language])


def weekday_words(date: dt.date, language: str | None = None) -> str:
    """“Perşembe”, “Thursday”."""
    with translation.override(language or active_language()):
        return date_format(date, "l")


def short_day_words(date: dt.date, language: str | None = None) -> str:
    """Day and month for a narrow tab: “10 Haz”, “10 Jun”."""
    with translation.override(language or active_language()):
        return date_format(date, "j M")


def month_words(date: dt.date, language: str | None = None) -> str:
    """A month: “Haziran 2027”, “June 2027”."""
    with translation.override(language or active_language()):
        return date_format(date, "F Y")


def dates_words(starts_on: dt.date | None, ends_on: dt.date | None, language: str | None = None) -> str:
    """First and last day as people write them: “10–12 June 2027”, “30 June – 2 July 2027”; one day with its weekday."""
    language = language or active_language()
    first, last = starts_on or ends_on, ends_on or starts_on
    if first is None or last is None:
        return ""
    if first == last:
        return date_words(first, language)
    with translation.override(language):
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.day}–{date_format(last, 'j F Y')}"
        start = date_format(first, "j F" if first.year == last.year else "j F Y")
        return f"{start} – {date_format(last, 'j F Y')}"


def times_words(start: dt.time | None, end: dt.time | None) -> str:
    """A stretch of the clock: “09:30–10:45”, “09:30” without an end, empty without a start."""
    if start is None:
        return ""
    return f"{start:%H:%M}–{end:%H:%M}" if end else f"{start:%H:%M}"


def moment_words(moment: dt.datetime, zone: str, language: str | None = None) -> str:
    """An instant on the wall of a zone: “10 June 2027, 09:30”."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{date_words(local.date(), language, weekday=False)}, {local:%H:%M}"


def deadline_words(moment: dt.datetime, zone: str, language: str | None = None) -> str:
    """Until when, for people who may read it in another zone: “10 June 2027, 09:30 (GMT+3)”."""
    return f"{moment_words(moment, zone, language)} ({offset_words(moment.astimezone(ZoneInfo(zone)))})"


def sentence(text: str, language: str | None = None) -> str:
    """The text with a capital first letter by the rule of its language: “İl”, “Event”."""
    return upper(text[:1], language or active_language()) + text[1:]


def list_words(items: list[str], language: str | None = None) -> str:
    """Several things in a sentence: “Turkish, English and German”."""
    if len(items) < 2:
        return "".join(items)
    with translation.override(language or active_language()):
        last = pgettext("between the last two of a list", "and")
        return f"{', '.join(items[:-1])} {last} {items[-1]}"
