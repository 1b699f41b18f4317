"""Who does what in a session: what the file says for the roles it has, and how that differs."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db import models

from events.models import Contribution, Person, Session

from . import columns
from .rows import Contributor, Row

_ROLES = {columns.ROLE_OF.get(name, name): name for name in columns.PEOPLE}
#: Roles that forms without roles (frab) tell as one list.
_ON_STAGE = _ROLES.keys() - {"interpreter", "greeter"}
_SHOWN = {"tr": "shown_tr", "en": "shown_en"}


class Contributions:
    """Collects the differences of all sessions, then writes them in a few statements."""

    def __init__(self) -> None:
        self.created: list[Contribution] = []
        self.updated: list[tuple[Contribution, list[str]]] = []
        self.deleted: list[int] = []

    def compare(self, session: Session, row: Row, people: list[Person], old: list[Contribution]) -> dict[str, Any]:
        """Note what has to change in one session; give ``{column: (before, after)}`` for those that differ."""
        given = {role for role, name in _ROLES.items() if name in row.given}
        wanted = _wanted(row.people, people)
        if "people" in row.given:
            given, wanted = _ON_STAGE, _in_their_roles(wanted, old)
        changed: dict[str, Any] = {}
        for role in given:
            before = [each for each in old if each.role == role]
            after = [(person, named) for person, named in wanted if named.role == role]
            if not _same(before, after):
                told = [(named.name, *named.shown.values()) for _person, named in after]
                changed[_ROLES[role]] = ([(each.person.name, each.shown_tr, each.shown_en) for each in before], told)
        if changed:
            kept = [each for each in old if each.role not in given]
            self._rewrite(session, wanted, kept, [each for each in old if each.role in given])
        return changed

    def _rewrite(
        self,
        session: Session,
        wanted: list[tuple[Person, Contributor]],
        kept: list[Contribution],
        old: list[Contribution],
    ) -> None:
        """Rows are kept where person and role stay, so that what hangs on them stays too."""
        by_place = {(each.person_id, each.role): each for each in old}
        for position, (person, named) in enumerate(wanted):
            row = by_place.pop((person.pk, named.role), None) if person.pk else None
            before = copy.copy(row)
            row = row or Contribution(session=session, person=person, role=named.role)
            row.position = position
            for tag, text in named.shown.items():
                setattr(row, _SHOWN[tag], text)
            row.translated_from = dict(row.translated_from)
            row.note_translations(before)
            if before is None:
                self.created.append(row)
            else:
                self.updated.append((row, ["position", "shown_tr", "shown_en", "translated_from"]))
        self.deleted += [each.pk for each in by_place.values()]
        for position, each in enumerate(kept, start=len(wanted)):
            each.position = position
            self.updated.append((each, ["position"]))

    def write(self) -> None:
        """Write everything noted; people and sessions must have been saved by now."""
        for start in range(0, len(self.deleted), 500):
            Contribution.objects.filter(pk__in=self.deleted[start : start + 500]).delete()
        for row, fields in self.updated:
            row.save(update_fields=fields)
        for row in self.created:
            for name in ("session", "person"):
                _remember_key(row, name)
        Contribution.objects.bulk_create(self.created, batch_size=500)


def _remember_key(row: models.Model, name: str) -> None:
    """Take over the key that a related row got when it was saved after this one was made."""
    setattr(row, name, getattr(row, name))


def _wanted(named: Iterable[Contributor], people: Iterable[Person]) -> list[tuple[Person, Contributor]]:
    """The people with their roles, each once in a role."""
    seen: set[tuple[int, str]] = set()
    wanted = []
    for contributor, person in zip(named, people, strict=True):
        if (id(person), contributor.role) not in seen:
            seen.add((id(person), contributor.role))
            wanted.append((person, contributor))
    return wanted


def _in_their_roles(
    wanted: list[tuple[Person, Contributor]], old: list[Contribution]
) -> list[tuple[Person, Contributor]]:
    """Leave people in the roles they have: the file does not know roles. Newcomers are speakers."""
    known = {person.pk: named for person, named in wanted if person.pk}
    kept = [
        (each.person, replace(known[each.person_id], role=each.role))
        for each in old
        if each.person_id in known and each.role in _ON_STAGE
    ]
    staying = {person.pk for person, _named in kept}
    told = [person.pk for person, _named in wanted if person.pk in staying]
    kept.sort(key=lambda pair: told.index(pair[0].pk))
    return kept + [pair for pair in wanted if pair[0].pk not in staying]


def _same(before: list[Contribution], after: list[tuple[Person, Contributor]]) -> bool:
    """Whether the same people stand there in the same order, shown alike in the languages that the file has."""
    return len(before) == len(after) and all(
        old.person_id == person.pk and all(getattr(old, _SHOWN[tag]) == text for tag, text in named.shown.items())
        for old, (person, named) in zip(before, after, strict=True)
    )
