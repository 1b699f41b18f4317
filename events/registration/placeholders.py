"""What may stand in braces in a letter's own words, under a name in the language of the letter.

The ready-made words carry ``%(event)s`` and the like; officers see ``{event}`` in English and ``{etkinlik}`` in
Turkish. Both languages' names are understood in both. What is put in is literal: it is looked through no second time.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.bilingual import LANGUAGES
from events.turkish import fold

_IN_BRACES = re.compile(r"\{([^{}]*)\}")
_READY_MADE = re.compile(r"%\(([a-z_]+)\)s")


@dataclass(frozen=True)
class Placeholder:
    """One thing that a letter can say: its names, and what it means."""

    tr: str
    en: str
    meaning: str | Promise

    def name(self, language: str) -> str:
        return self.tr if language == "tr" else self.en


#: By the name that the ready-made words use. The first ones stand in every letter, the rest where theirs have them.
PLACEHOLDERS = {
    "name": Placeholder("ad", "name", gettext_lazy("the person's name")),
    "organisation": Placeholder("kurum", "organisation", gettext_lazy("the person's organisation")),
    "event": Placeholder("etkinlik", "event", gettext_lazy("the event's title")),
    "date": Placeholder("tarih", "date", gettext_lazy("day, time and time zone of the event")),
    "venue": Placeholder("yer", "place", gettext_lazy("where the event is")),
    "state": Placeholder("durum", "state", gettext_lazy("how the registration stands")),
    "code": Placeholder("kod", "code", gettext_lazy("the code for the entrance")),
    "until": Placeholder("son_tarih", "until", gettext_lazy("until when the seat is held")),
    "place": Placeholder("sıra", "number", gettext_lazy("the place in line")),
    "contact": Placeholder("sorumlu", "contact", gettext_lazy("who registered the group")),
    "count": Placeholder("sayı", "count", gettext_lazy("how many people the group has")),
}
ALWAYS = ("name", "organisation", "event", "date", "venue", "state", "code")
#: What a letter cannot say that goes to an address which may be a stranger's.
OWN = ("organisation", "state", "code")


def in_braces(ready_made: str, language: str) -> str:
    """Ready-made words as an officer edits them: ``%(until)s`` becomes ``{until}`` or ``{son_tarih}``."""
    plain = _READY_MADE.sub(lambda found: "{" + name_of(found[1], language) + "}", ready_made)
    return plain.replace("%%", "%")


def name_of(key: str, language: str) -> str:
    """What stands in braces for a key; a letter of its own kind may have keys that are not in the list."""
    known = PLACEHOLDERS.get(key)
    return known.name(language) if known else key


def keys_in(*ready_made: str) -> set[str]:
    """What these ready-made words can say beside what every letter can."""
    return {key for words in ready_made for key in _READY_MADE.findall(words)}


def check(text: str, allowed: set[str], language: str) -> None:
    """Refuse, in words, a placeholder that this letter has not, and a brace that has no other."""
    names = _names(allowed)
    unknown = [found for found in _IN_BRACES.findall(text) if fold(found.strip()) not in names]
    if unknown:
        known = ", ".join("{" + name_of(key, language) + "}" for key in _in_order(allowed))
        raise ValidationError(
            _("This letter has no {%(unknown)s}. It can say: %(known)s") % {"unknown": unknown[0], "known": known}
        )
    if re.search(r"[{}]", _IN_BRACES.sub("", text)):
        raise ValidationError(
            _("A brace is missing: a placeholder stands between { and }, as in {%(example)s}.")
            % {"example": name_of("event", language)}
        )


def refuse_outside_letters(text: str) -> None:
    """Refuse, in words, what a letter would fill in: on a page it would stand as it was typed."""
    names = _names(set(PLACEHOLDERS))
    found = [each.strip() for each in _IN_BRACES.findall(text) if fold(each.strip()) in names]
    if found:
        raise ValidationError(
            _(
                "“{%(name)s}” would stand there as typed: placeholders work in letters only. Take it out, or write "
                "what it means."
            )
            % {"name": found[0]}
        )


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with every placeholder in its place, in one pass, so that a value is never read as one."""
    names = _names(values)

    def value(found: re.Match[str]) -> str:
        key = names.get(fold(found[1].strip()))
        return found[0] if key is None else str(values[key])

    return _IN_BRACES.sub(value, text)


def explained(allowed: set[str], language: str) -> list[tuple[str, str]]:
    """The list beside the field: each placeholder as it is typed, and what it means."""
    return [
        ("{" + name_of(key, language) + "}", str(PLACEHOLDERS[key].meaning) if key in PLACEHOLDERS else "")
        for key in _in_order(allowed)
    ]


def _names(keys: Mapping[str, str] | set[str]) -> dict[str, str]:
    return {fold(name_of(key, language)): key for key in keys for language in LANGUAGES}


def _in_order(keys: set[str]) -> list[str]:
    return [key for key in PLACEHOLDERS if key in keys] + sorted(keys - set(PLACEHOLDERS))
