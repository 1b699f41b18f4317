"""The members, and how many people they stand for: counted for a day, never written down."""

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms import figures, places
from events import labels
from events.bilingual import active_language
from events.models import Organisation
from events.models.directory import Represented
from events.turkish import by_alphabet

from . import groups, samples
from .events import SampledBlock

SHOWN = [("map", _("A map, and the list below it")), ("list", _("The list"))]


class MembersBlock(SampledBlock):
    title = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)
    show = blocks.ChoiceBlock(
        label=_("Show"),
        choices=SHOWN,
        default="map",
        search_index=False,
        help_text=_("The map shows those whose place is in the directory; without any there is only the list."),
    )
    on = blocks.DateBlock(
        label=_("As of"), required=False, help_text=_("Empty: today, every day anew. With a date: as it was then.")
    )

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        day = value["on"] or timezone.localdate()
        members = samples.members() if context.get("sample") else _members(day)
        return context | {
            "rows": [_row(member) for member in members],
            "drawing": places.draw(members) if value["show"] == "map" else None,
            **figures_context(counted_up(members), day),
        }

    class Meta:
        label = _("Members")
        icon = "globe"
        group = groups.PEOPLE
        template = "cms/blocks/members.html"
        description = _("Who is a member and how many people that stands for, from the directory.")
        preview_value = {"title": _("Members"), "show": "map", "on": None}


def _members(day: dt.date) -> list[Organisation]:
    """Members on that day with their inhabitants, by the reader's alphabet whatever the database thinks of it."""
    members, language = Organisation.objects.members(day).counted(day.year).order_by(), active_language()
    return sorted(members, key=lambda member: (by_alphabet(str(member.name), language), member.pk))


def counted_up(members: list[Organisation]) -> Represented:
    counts = [getattr(member, "inhabitants", None) for member in members]
    towns = [member.kind == Organisation.Kind.MUNICIPALITY for member in members]
    return Represented(
        members=len(members),
        inhabitants=sum(count or 0 for count in counts),
        unknown=sum(town and count is None for town, count in zip(towns, counts, strict=True)),
    )


def _row(member: Organisation) -> dict[str, Any]:
    count = getattr(member, "inhabitants", None)
    return {"member": member, "people": figures.exactly(count) if count else ""}


def figures_context(represented: Represented, day: dt.date) -> dict[str, Any]:
    """The figures of a day as they are told: exactly, in words, and of when they are."""
    return {
        "represented": represented,
        "members": figures.exactly(represented.members),
        "people": figures.people_words(represented.inhabitants),
        "people_exactly": figures.exactly(represented.inhabitants),
        "day": labels.date_words(day, weekday=False),
        "year": day.year,
    }
