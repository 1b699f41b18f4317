"""Whom and what the next release reaches, in words: calendars, addresses, papers, people."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events import addresses, labels
from events.bilingual import pick
from events.models import Event
from events.release import Comparison, Recipient, calendar_entries, read_recipients

from .home import links

#: So many addresses go into one letter; mail programs cut longer links off.
AT_ONCE = 50


@dataclass(frozen=True)
class Person:
    """Somebody to be told, as the page lists them."""

    name: str
    email: str
    language: str
    sessions: str


def reach(event: Event, comparison: Comparison) -> dict[str, Any]:
    """What the panel “Who will be told” shows."""
    if comparison.unchanged and not comparison.first:
        return {"entries": [], "groups": [], "remade": []}
    slug: str = comparison.public["event"]["slug"]
    exchange = [("XML", addresses.schedule_path(slug, "xml")), ("JSON", addresses.schedule_path(slug, "json"))]
    return {
        "entries": _entries(comparison),
        "groups": [_group(each.label, each.people, each.unreachable) for each in read_recipients(event, comparison)],
        "remade": [*links(slug), (_("For conference apps"), exchange)],
    }


def _entries(comparison: Comparison) -> list[str]:
    found = calendar_entries(comparison)
    told = [
        (found.new, ngettext("%(number)s entry is new", "%(number)s entries are new", found.new)),
        (found.moved, ngettext("%(number)s entry moves", "%(number)s entries move", found.moved)),
        (
            found.cancelled,
            ngettext("%(number)s entry is cancelled", "%(number)s entries are cancelled", found.cancelled),
        ),
        (
            found.reworded,
            ngettext(
                "%(number)s entry reads otherwise, without an alert",
                "%(number)s entries read otherwise, without an alert",
                found.reworded,
            ),
        ),
    ]
    return [text % {"number": number} for number, text in told if number]


def _group(label: str, people: list[Recipient], unreachable: int) -> dict[str, Any]:
    listed = [
        Person(each.name, each.email, each.language, "; ".join(str(pick(title)) for title in each.titles))
        for each in sorted(people, key=lambda each: each.name)
    ]
    number = len(listed)
    return {
        "label": label,
        "number": ngettext("%(number)s person", "%(number)s people", number) % {"number": number},
        "people": listed,
        "letters": [
            (_write_to(language, part, of), f"mailto:?bcc={quote(','.join(part), safe='@,')}")
            for language, parts in _by_language(listed)
            for of in [len(parts)]
            for part in parts
        ],
        "unreachable": ngettext(
            "%(number)s more has no address here.", "%(number)s more have no address here.", unreachable
        )
        % {"number": unreachable}
        if unreachable
        else "",
    }


def _by_language(people: list[Person]) -> list[tuple[str, list[list[str]]]]:
    """Addresses by language, in letters of a length that mail programs open."""
    found = []
    for language in ("tr", "en"):
        known = [each.email for each in people if each.language == language]
        if known:
            found.append((language, [known[at : at + AT_ONCE] for at in range(0, len(known), AT_ONCE)]))
    return found


def _write_to(language: str, part: list[str], of: int) -> str:
    name = labels.language_name(language)
    if of == 1:
        return _("Write a letter in %(language)s") % {"language": name}
    return _("Write a letter in %(language)s (to %(number)s)") % {"language": name, "number": len(part)}
