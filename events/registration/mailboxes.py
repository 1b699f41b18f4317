"""Who stands behind an address. An office's mailbox is several people's: what is done to one of them leaves the others alone."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from events.models import Person, Registration, RegistrationGroup
from events.turkish import fold

Held = Person | Registration | RegistrationGroup


@dataclass(frozen=True)
class Behind:
    """A row that has the address, by the code that names it, and whose it is."""

    row: Held

    @property
    def code(self) -> str:
        return self.row.key if isinstance(self.row, Person) else self.row.code

    @property
    def where(self) -> str:
        return "" if isinstance(self.row, Person) else str(self.row.event)

    def __str__(self) -> str:
        return " · ".join(part for part in (self.code, self.row.name, self.where) if part)


def is_name(one: str, other: str) -> bool:
    """Whether both are one person's name, however it is spelled."""
    return fold(one).split() == fold(other).split()


def is_called(row: Held, name: str) -> bool:
    """Whether the row is of somebody of this name."""
    return is_name(row.name, name)


def behind(address: str) -> list[Behind]:
    """Everybody in the directory with an address, and all that was registered with it."""
    if not address:
        return []
    people = Person.objects.kept().filter(email__iexact=address).order_by("pk")
    rows = Registration.objects.kept().filter(email__iexact=address).select_related("event__public")
    groups = RegistrationGroup.objects.kept().filter(email__iexact=address).select_related("event__public")
    found: list[Held] = [*people, *rows.order_by("event_id", "pk"), *groups.order_by("event_id", "pk")]
    return [Behind(row) for row in found]


def several(found: Iterable[Behind]) -> bool:
    """Whether more than one person stands there."""
    return len({" ".join(fold(each.row.name).split()) for each in found}) > 1


def registrations_of(person: Person, email: str, name: str) -> list[Registration]:
    """What a person took part in, or wished to: tied to the entry, or made with its address under its name."""
    own = Q(person=person)
    if email:
        own |= Q(person=None, email__iexact=email)
    rows = Registration.objects.kept().filter(own).select_related("event__public").order_by("-registered_at", "-pk")
    return [row for row in rows if row.person_id or is_called(row, name)]


def groups_of(email: str, name: str) -> list[RegistrationGroup]:
    """Groups that were registered with an address by somebody of that name."""
    if not email:
        return []
    rows = RegistrationGroup.objects.kept().filter(email__iexact=email).select_related("event__public")
    return [row for row in rows.order_by("-registered_at", "-pk") if is_called(row, name)]


def others_behind(person: Person) -> list[Behind]:
    """What has the person's address and another name, and is tied to nobody: an officer says whose it is."""
    return [
        each
        for each in behind(person.email)
        if not isinstance(each.row, Person)
        and not is_called(each.row, person.name)
        and not (isinstance(each.row, Registration) and each.row.person_id)
    ]
