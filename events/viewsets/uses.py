"""Where a row is named by others, read from the foreign keys, and what forbids deleting it."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models.deletion import Collector, ProtectedError, RestrictedError

from events.models import (
    DialogueProgramme,
    Event,
    FormerSlug,
    Funding,
    Job,
    Membership,
    Organisation,
    Person,
    Population,
    ProgrammeRelease,
    PublicEvent,
    ReleasedPerson,
    Room,
    Session,
    Venue,
)

#: More than this many uses of one kind are not listed one by one.
MOST = 200
_BOOK_KEEPING = (FormerSlug, Job, PublicEvent, ReleasedPerson)
#: What goes with a row because it is edited with it; whatever else names the row keeps it from being deleted.
_OWNED: dict[type[models.Model], tuple[type[models.Model], ...]] = {
    Organisation: (Membership, Population),
    Venue: (Room,),
    DialogueProgramme: (Funding,),
}


@dataclass(frozen=True)
class Use:
    """A row that names the one asked about."""

    row: models.Model


def uses(row: models.Model) -> list[Use]:
    """Rows that name this one, kind by kind; at most ``MOST`` of each kind."""
    found: dict[tuple[str, Any], Use] = {}
    for relation in row._meta.related_objects:
        if relation.related_model in _BOOK_KEEPING or relation.related_model._meta.auto_created:
            continue
        named = relation.related_model._default_manager.filter(**{relation.field.name: row})
        for each in named[:MOST]:
            found.setdefault((each._meta.label, each.pk), Use(each))
    return list(found.values())


def protecting(row: models.Model) -> list[models.Model]:
    """Rows that forbid deleting this one: what was public stays, and what is named is not pulled away."""
    if isinstance(row, Event) and row.releases.exists():
        return list(ProgrammeRelease.objects.without_documents().filter(event=row)[:MOST])
    if isinstance(row, Person) and row.released.exists():
        released = ProgrammeRelease.objects.without_documents().filter(people__person=row)
        return list(released.select_related("event")[:MOST])
    if type(row) in _OWNED:
        return _naming(row)
    collector = Collector(using=row._state.db or "default", origin=row)
    try:
        collector.collect([row])
    except ProtectedError as error:
        return list(error.protected_objects)[:MOST]
    except RestrictedError as error:
        return list(error.restricted_objects)[:MOST]
    return []


def _naming(row: models.Model) -> list[models.Model]:
    """Rows that name this one and would lose it: positions of people, the place of a session, an event's host."""
    found = [use.row for use in uses(row) if not isinstance(use.row, _OWNED[type(row)])]
    if isinstance(row, Venue):
        found += Session.objects.filter(room__venue=row)[:MOST]
    return found[:MOST]
