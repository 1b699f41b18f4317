"""What is told of a practice, row by row: the same on its own page and beside others."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.rich_text import expand_db_html

from cms.models.practices import PracticePage
from events.countries import country_name
from events.labels import line_label, sentence
from events.templatetags.words import quietly


@dataclass(frozen=True)
class Row:
    """One row of the comparison: its heading, and what each practice says to it."""

    heading: str
    cells: list[tuple[PracticePage, str]]
    long: bool = False


def facts(practice: PracticePage) -> list[tuple[str, str]]:
    """The short rows that say something of one practice."""
    return [(heading, text) for heading, tell in _short() if (text := tell(practice))]


def rows(practices: list[PracticePage]) -> Iterator[Row]:
    """All rows that say something of at least one of the practices."""
    long = [(_("The problem"), "problem"), (_("What was done"), "action"), (_("What came of it"), "result")]
    for heading, tell in _short()[:6]:
        yield from _row(heading, tell, practices)
    for heading, name in long:
        yield from _row(heading, partial(_rich, name), practices, long=True)
    for heading, tell in _short()[6:]:
        yield from _row(heading, tell, practices)


def _row(
    heading: str, tell: Callable[[Any], str], practices: list[PracticePage], *, long: bool = False
) -> Iterator[Row]:
    cells = [(practice, tell(practice)) for practice in practices]
    if any(text for _practice, text in cells):
        yield Row(heading, cells, long)


def _short() -> list[tuple[str, Callable[[Any], str]]]:
    return [
        (_("Municipality"), lambda each: quietly(each.organisation.name)),
        (_("Country"), lambda each: country_name(each.organisation.country)),
        (_("Inhabitants"), lambda each: _grouped(getattr(each, "inhabitants", None))),
        (_("Year"), lambda each: str(each.year)),
        (_("Theme"), lambda each: quietly(each.theme.name)),
        (_("Line of work"), lambda each: sentence(line_label(each.line_of_work))),
        (_("Cost"), lambda each: _money(each.cost, each.currency)),
        (_("Inhabitants reached"), lambda each: _grouped(each.reached)),
        (_("Cost for each inhabitant reached"), lambda each: _money(each.cost_each, each.currency)),
        (_("Contact"), _contact),
    ]


def _rich(name: str, practice: PracticePage) -> str:
    return SafeString(expand_db_html(getattr(practice, name)))


def _grouped(number: Any) -> str:
    return number_format(number, force_grouping=True) if number is not None else ""


def _money(amount: Any, currency: str) -> str:
    """“1.250.000 EUR”: whole units from a thousand on, cents below."""
    if amount is None:
        return ""
    whole = amount >= 1000 or amount == amount.to_integral_value()
    return f"{number_format(amount, decimal_pos=0 if whole else 2, force_grouping=True)}\u00a0{currency}"


def _contact(practice: PracticePage) -> str:
    email = practice.contact_email
    parts = [
        format_html("{}", practice.contact),
        format_html('<a href="mailto:{}">{}</a>', email, email) if email else "",
        format_html('<a href="tel:{}">{}</a>', practice.contact_phone.replace(" ", ""), practice.contact_phone)
        if practice.contact_phone
        else "",
    ]
    return SafeString("<br>".join(part for part in parts if part))
