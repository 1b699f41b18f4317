"""Groups, as tests need them."""

from typing import Any

from events.models import Event, Registration, RegistrationGroup
from events.registration import Applicant
from events.registration.groups.deciding import verify_group
from events.registration.groups.registering import GroupFilled, Member, register_group
from tests.events.registration.applying import new_once, taking


def taking_groups(**named: Any) -> Event:
    """A public event that takes registrations, also of groups."""
    return taking(groups=True, **named)


def filled_group(name: str, size: int, *, organisation: str = "", **named: Any) -> GroupFilled:
    """So many people of an office of that name, each with an address; the contact is not among them."""
    plain = "".join(char for char in name.lower() if char.isascii() and char.isalnum())
    contact = Applicant(
        name=f"{name} Contact", email=f"contact@{plain}.example", organisation=organisation or name, language="en"
    )
    members = [
        Member(Applicant(name=f"{name} {number}", email=f"m{number}@{plain}.example", language="en"), row=number)
        for number in range(1, size + 1)
    ]
    return GroupFilled(**{"contact": contact, "members": members, **named})


def apply_group(event: Event, name: str, size: int, **named: Any) -> RegistrationGroup:
    """Register a group by a form of its own."""
    filled = filled_group(name, size, **named)
    return register_group(event=event, filled=filled, once=new_once(f"{event.pk} {name}")).group


def confirmed_group(event: Event, name: str, size: int, **named: Any) -> RegistrationGroup:
    """A group whose contact confirmed the address."""
    return verify_group(group=apply_group(event, name, size, **named))


def standing(group: RegistrationGroup) -> tuple[str, list[str]]:
    """The state of a group as it is by now, and those of its members."""
    group.refresh_from_db()
    members = Registration.objects.filter(group=group).order_by("pk")
    return group.state, list(members.values_list("state", flat=True))
