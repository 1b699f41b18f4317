"""One act on one registration or on many: each in a transaction of its own, so that one refusal stops no other."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events import permissions
from events.models import Event, Registration, RegistrationGroup

from . import letters
from .deciding import approve, cancel, decline, held_row, offer, waitlist
from .detailing import ask_details
from .fitting import WHOLE
from .groups.deciding import GROUP_ACTS, held_group
from .groups.letters import tell_members_left
from .states import note


@dataclass(frozen=True)
class Act:
    """What an officer can do: its label, and whether the person reads a reason."""

    label: str | Promise
    do: Callable[..., Any]
    takes_reason: bool = False


@dataclass
class Done:
    """What came of it: how many, who stood there already, and who was refused why."""

    count: int = 0
    unchanged: list[Registration] = field(default_factory=list)
    refused: list[tuple[Registration | RegistrationGroup, str]] = field(default_factory=list)


def resend(*, registration: Registration, by: Any = None) -> None:
    """Send the letter about where it stands once more, with the calendar entry as it is."""
    permissions.require(permissions.may_manage_registrations(by))
    with transaction.atomic():
        settings, row = held_row(registration)
        if not row.email:
            raise ValidationError(_("There is no address to write to."))
        if row.group_id and row.state != Registration.State.CONFIRMED:
            raise ValidationError(_("Where a group stands is told to its contact: open the group."))
        letters.resend(settings, row)
        note(row, "resend", by=by)


ACTS = {
    "approve": Act(_("Approve"), approve),
    "decline": Act(_("Decline"), decline, takes_reason=True),
    "waitlist": Act(_("Move to the waiting list"), waitlist),
    "offer": Act(_("Offer a seat"), offer),
    "cancel": Act(_("Cancel registration"), cancel, takes_reason=True),
    "ask_details": Act(_("Ask for missing details"), ask_details),
    "resend": Act(_("Send the last letter again"), resend),
}

#: Whoever ticks all members of a group means the group.
_OF_GROUP = (*WHOLE, "decline", "cancel")


def do_to_several(*, act: str, event: Event, keys: Iterable[int], reason: str = "", by: Any) -> Done:
    """Do one act to each of these registrations of an event, in the order in which they came."""
    permissions.require(permissions.may_manage_registrations(by))
    done, told = Done(), ACTS[act]
    rows = list(Registration.objects.kept().filter(event=event, pk__in=keys).order_by("registered_at", "pk"))
    whole = _whole_groups(rows) if act in _OF_GROUP else {}
    for group in whole.values():
        _do_to_group(act, group, reason, by, done)
    apart: dict[int | None, list[Registration]] = {}
    for row in rows:
        if row.group_id not in whole:
            apart.setdefault(row.group_id, []).append(row)
    for row in apart.pop(None, []):
        _do_to_one(told, row, reason, by, done)
    for members in apart.values():
        _do_to_members(told, members, reason, by, done)
    return done


def _do_to_one(told: Act, row: Registration, reason: str, by: Any, done: Done) -> None:
    try:
        after = told.do(registration=row, by=by, **({"reason": reason} if told.takes_reason else {}))
    except ValidationError as error:
        done.refused.append((row, " ".join(error.messages)))
    else:
        _count(done, row, after, [row])


def _do_to_members(told: Act, members: list[Registration], reason: str, by: Any, done: Done) -> None:
    """Some of a group; whom this takes out of it stands in one letter to the contact, promised with it."""
    with transaction.atomic():
        for row in members:
            _do_to_one(told, row, reason, by, done)
        if told.takes_reason and members[0].group:
            settings, group = held_group(members[0].group)
            taken_out = {each.pk for each in members if each.is_active}
            left = [each for each in group.members.order_by("pk") if each.pk in taken_out and not each.is_active]
            tell_members_left(settings, group, left)


def _count(done: Done, before: Any, after: Any, rows: list[Registration]) -> None:
    """A verb that finds everything done already gives the row as it was."""
    if after is not None and after.version == before.version:
        done.unchanged += rows
    else:
        done.count += len(rows)


def _whole_groups(rows: list[Registration]) -> dict[int, RegistrationGroup]:
    """The groups of which every active member is among these."""
    ticked = {row.pk for row in rows}
    groups = RegistrationGroup.objects.in_bulk({row.group_id for row in rows if row.group_id})
    return {
        pk: group
        for pk, group in groups.items()
        if set(group.active_members.values_list("pk", flat=True)) <= ticked and group.is_active
    }


def _do_to_group(act: str, group: RegistrationGroup, reason: str, by: Any, done: Done) -> None:
    members = list(group.active_members)
    try:
        after = GROUP_ACTS[act](group=group, by=by, **({"reason": reason} if ACTS[act].takes_reason else {}))
    except ValidationError as error:
        done.refused.append((group, " ".join(error.messages)))
    else:
        _count(done, group, after, members)
