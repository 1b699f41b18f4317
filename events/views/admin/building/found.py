"""What the directory offers while a name is typed."""

import datetime as dt
from typing import Any

from django.db.models import Case, When
from django.utils import timezone

from events.bilingual import pick
from events.building import shown_of
from events.models import Person
from events.turkish import fold

#: So many are offered; whoever wants another types on.
MOST = 8
_LEAST = 2


def people_found(typed: str, day: dt.date | None) -> list[dict[str, Any]]:
    """People whose name has every word that was typed, with what they are on that day; names that begin so first."""
    words = fold(typed[:200]).split()
    if sum(map(len, words)) < _LEAST:
        return []
    rows = Person.objects.kept()
    for word in words:
        rows = rows.filter(search_text__contains=word)
    others = Case(When(search_text__startswith=words[0], then=0), default=1)
    found = rows.order_by(others, "sort_key", "pk").prefetch_related("positions__organisation")[:MOST]
    return [_told(person, day or timezone.localdate()) for person in found]


def _told(person: Person, day: dt.date) -> dict[str, Any]:
    held = [each for each in person.positions.all() if _is_held(each, day)]
    return {"id": person.pk, "name": person.name, "note": pick(shown_of(held[0])) if held else ""}


def _is_held(position: Any, day: dt.date) -> bool:
    return (position.starts_on is None or position.starts_on <= day) and (
        position.ends_on is None or position.ends_on >= day
    )
