"""Who in the directory a registered person is: an officer says so, and then history and erasing follow the person."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events import permissions
from events.models import Person, Position, Registration
from events.turkish import fold

from .deciding import held_row
from .states import note

_MOST = 10


@dataclass(frozen=True)
class Likeness:
    """Somebody in the directory who may be meant, and why."""

    person: Person
    why: str | Promise
    weight: int


def alike(registration: Registration) -> list[Likeness]:
    """Who may be meant, the likeliest first: the same address, the same name however it is spelled, part of it."""
    words = fold(registration.name).split()
    named = Q(search_text=" ".join(words)) if words else Q(pk=None)
    if len(words) > 1:
        named |= Q(search_text__contains=words[0]) & Q(search_text__contains=words[-1])
    if registration.email:
        named |= Q(email__iexact=registration.email)
    rows = (
        Person.objects.kept()
        .filter(named)
        .exclude(pk=registration.person_id or 0)
        .prefetch_related("positions__organisation")
    )
    found = [_likeness(registration, person, words) for person in rows.order_by("sort_key", "pk")[:50]]
    return sorted(found, key=lambda each: -each.weight)[:_MOST]


def _likeness(registration: Registration, person: Person, words: list[str]) -> Likeness:
    here = any(
        row.organisation_id == registration.organisation_id for row in person.positions.all() if row.organisation_id
    )
    if registration.email and person.email.lower() == registration.email.lower():
        return Likeness(person, gettext_lazy("the same address"), 8 + here)
    if person.search_text.split() == words:
        why = gettext_lazy("the same name and organisation") if here else gettext_lazy("the same name")
        return Likeness(person, why, 4 + here)
    return Likeness(person, gettext_lazy("a similar name"), 1 + here)


def link_person(*, registration: Registration, person: Person, by: Any = None) -> Registration:
    """Tie a registration to somebody in the directory; one that was erased is nobody any more."""
    permissions.require(permissions.may_link_people(by))
    with transaction.atomic():
        row = _open_row(registration)
        person = Person.objects.select_for_update().get(pk=person.pk)
        if person.erased_at:
            raise ValidationError(_("This person was erased."))
        return _tied(row, person, "link", by)


def unlink_person(*, registration: Registration, by: Any = None) -> Registration:
    """Take the tie away; what the registration says stays."""
    permissions.require(permissions.may_link_people(by))
    with transaction.atomic():
        row = _open_row(registration)
        return _tied(row, None, "unlink", by) if row.person_id else row


def add_person_of(*, registration: Registration, by: Any = None) -> Registration:
    """Bring who registered into the directory, with the position at the organisation that is there, and tie both."""
    permissions.require(permissions.may_link_people(by) and permissions.may_add_people(by))
    with transaction.atomic():
        row = _open_row(registration)
        if row.person_id:
            return row
        person = Person(name=row.name, email=row.email, phone=row.phone, language=row.language)
        person.family_name = row.name.split()[-1] if " " in row.name else ""
        person.full_clean()
        person.save()
        if row.organisation_id:
            title = {f"title_{row.language}": row.role}
            Position.objects.create(person=person, organisation_id=row.organisation_id, **title)
        return _tied(row, person, "link", by)


def _open_row(registration: Registration) -> Registration:
    row: Registration = held_row(registration)[1]
    if row.erased_at:
        raise ValidationError(_("This registration was erased."))
    return row


def _tied(row: Registration, person: Person | None, act: str, by: Any) -> Registration:
    row.person = person
    row.version += 1
    row.save(update_fields=["person", "version"])
    note(row, act, by=by)
    return row
