"""From one state to another: columns that belong together, the history, the letter and the news, in one place."""

import datetime as dt
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from events.models import (
    ChangeRequest,
    Event,
    ProgrammeRelease,
    Registration,
    RegistrationGroup,
    RegistrationSettings,
    SessionPlaces,
)
from events.models.registration.registrations import ACTIVE, HELD, State
from events.signals import registration_changed

from . import details, letters
from .places import pass_sessions_on, save_counts, seat

#: How long a seat waits for the address to be confirmed.
HOLD = dt.timedelta(hours=24)
_SEATED = (State.CONFIRMED, State.OFFERED)


def put(
    settings: RegistrationSettings,
    registration: Registration,
    state: State,
    *,
    act: str,
    seated: bool | None = None,
    held_until: dt.datetime | None = None,
    reason: str = "",
    by: Any = None,
    tell: bool = True,
    freed: list[SessionPlaces] | None = None,
) -> None:
    """Bring a registration into a state, with all that goes with it. The event's row must be held.

    ``seated`` is asked only for an unverified one; every other state has a seat or has not. ``act`` is the last part
    of the history's action, ``by`` None for the person and for the clock. ``tell`` writes the letter. Seats in sessions
    pass on at once; where others leave too, they are gathered in ``freed``, and the caller passes them on after the last.
    """
    before = registration.state if registration.pk else ""
    left = seat(settings, registration, held=(state in _SEATED) if seated is None else seated)
    registration.waiting_number = None
    if state == State.WAITLISTED:
        settings.last_waiting += 1
        registration.waiting_number = settings.last_waiting
    registration.held_until = held_until if state in HELD else None
    registration.ended_at = None if state in ACTIVE else timezone.now()
    registration.reason = reason
    registration.state = state
    registration.details_due = registration.details_due and state == State.CONFIRMED
    if state == State.CONFIRMED and before != state:
        registration.told_release = known_release(settings.event)
    registration.version += 1 if registration.pk else 0
    registration.save()
    save_counts(settings)
    if state not in ACTIVE:
        lapse_requests(registration)
    note(registration, act, by=by, data={"from": before, "to": str(state)})
    if tell:
        _tell_state(settings, registration)
    if freed is None:
        letters.tell_session_seats(settings, pass_sessions_on(settings, left))
    else:
        freed += left
    tell_change(registration)


def _tell_state(settings: RegistrationSettings, registration: Registration) -> None:
    if registration.state == State.CONFIRMED:
        details.tell_confirmed(settings, registration)
    else:
        letters.tell_state(settings, registration)


def lapse_requests(registration: Registration) -> None:
    """Nobody decides any more on what was asked for a registration that has ended."""
    ChangeRequest.objects.filter(registration=registration, state=ChangeRequest.State.OPEN).update(
        state=ChangeRequest.State.LAPSED, decided_at=registration.ended_at
    )


def known_release(event: Event) -> int | None:
    """The number of the release that counts at this moment; None before the first."""
    rows = ProgrammeRelease.objects.filter(current_of__event=event)
    return rows.values_list("number", flat=True).first()


def note(
    registration: Registration | RegistrationGroup, act: str, *, by: Any = None, data: dict[str, Any] | None = None
) -> None:
    """Write into the history what happened; it names nobody but who did it."""
    log(
        instance=registration,
        action=f"events.registration.{act}",
        user=by,
        title=registration.code,
        data=data or {},
    )


def tell_change(registration: Registration) -> None:
    """Say on commit that a registration is another than before."""
    send = partial(registration_changed.send, sender=Registration, registration=registration)
    transaction.on_commit(send, robust=True)
