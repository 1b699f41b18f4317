"""One act on one registration or on many: each in a transaction of its own, so that one refusal stops no other."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events import permissions
from events.models import Event, Registration

from . import letters
from .deciding import approve, cancel, decline, held_row, offer, waitlist
from .detailing import ask_details
from .states import note


@dataclass(frozen=True)
class Act:
    """What an officer can do: its label, and whether the person reads a reason."""

    label: str | Promise
    do: Callable[..., Any]
    takes_reason: bool = False


@dataclass
class Done:
    """What came of it: how many, and who was refused why."""

    count: int = 0
    refused: list[tuple[Registration, str]] = field(default_factory=list)


def resend(*, registration: Registration, by: Any = None) -> None:
    """Send the letter about where it stands once more, with the same calendar entry."""
    permissions.require(permissions.may_manage_registrations(by))
    with transaction.atomic():
        settings, row = held_row(registration)
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


def do_to_several(*, act: str, event: Event, keys: Iterable[int], reason: str = "", by: Any) -> Done:
    """Do one act to each of these registrations of an event, in the order in which they came."""
    permissions.require(permissions.may_manage_registrations(by))
    done, told = Done(), ACTS[act]
    rows = Registration.objects.kept().filter(event=event, pk__in=keys).order_by("registered_at", "pk")
    for row in rows:
        try:
            told.do(registration=row, by=by, **({"reason": reason} if told.takes_reason else {}))
            done.count += 1
        except ValidationError as error:
            done.refused.append((row, " ".join(error.messages)))
    return done
