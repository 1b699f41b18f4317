"""Which acts fit a registration as it stands: what is offered asks here, and what refuses is the verb itself."""

from collections.abc import Callable, Iterable

from events.models import Registration
from events.models.registration.registrations import ACTIVE, State

#: What a group does as a whole or not at all; whoever ticks all of its members means the group.
WHOLE = ("approve", "waitlist", "offer")


def _in_states(*states: State) -> Callable[[Registration], bool]:
    return lambda row: row.state in states


def _has_letter(row: Registration) -> bool:
    """Whether a letter about where it stands could go out; a member hears nothing before the group is confirmed."""
    reached = row.verified_at is not None or row.is_active
    return bool(row.email) and reached and (not row.group_id or row.state == State.CONFIRMED)


FITS: dict[str, Callable[[Registration], bool]] = {
    "approve": _in_states(State.UNVERIFIED, State.REQUESTED, State.WAITLISTED, State.OFFERED),
    "decline": _in_states(*ACTIVE),
    "waitlist": _in_states(State.UNVERIFIED, State.REQUESTED, State.CONFIRMED, State.OFFERED),
    "offer": _in_states(State.REQUESTED, State.WAITLISTED),
    "cancel": _in_states(*ACTIVE),
    "ask_details": lambda row: row.details_due,
    "resend": _has_letter,
}


def fitting(registration: Registration) -> list[str]:
    """The acts that fit this one registration, by itself."""
    if registration.erased_at:
        return []
    return [act for act, fits in FITS.items() if fits(registration) and not (registration.group_id and act in WHOLE)]


def fitting_some(registrations: Iterable[Registration]) -> list[str]:
    """The acts that fit at least one of these; a member stands for the group, which may be ticked whole."""
    rows = [row for row in registrations if not row.erased_at]
    return [act for act, fits in FITS.items() if any(fits(row) for row in rows)]
