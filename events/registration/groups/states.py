"""A group from one state to another, with all of its members."""

import datetime as dt
from typing import Any

from django.utils import timezone

from events.models import RegistrationGroup, RegistrationSettings, SessionPlaces
from events.models.registration.registrations import ACTIVE, HELD, State
from events.registration.letters import tell_session_seats
from events.registration.line import Turn, keeps_seats
from events.registration.places import pass_sessions_on, save_counts
from events.registration.states import note, put

from . import letters


def put_group(
    settings: RegistrationSettings,
    group: RegistrationGroup,
    state: State,
    *,
    act: str,
    seated: bool | None = None,
    held_until: dt.datetime | None = None,
    reason: str = "",
    by: Any = None,
    tell: bool = True,
) -> None:
    """Bring a group and all its active members into a state. The event's row must be held; see ``states.put``.

    Seats in sessions pass on after the last: else a member would be given one and leave it with the next breath.
    """
    freed: list[SessionPlaces] = []
    for member in list(group.active_members):
        member.event = settings.event
        put(
            settings,
            member,
            state,
            act=act,
            seated=seated,
            held_until=held_until,
            reason=reason,
            by=by,
            tell=tell,
            freed=freed,
        )
    set_state(settings, group, state, act=act, held_until=held_until, reason=reason, by=by, tell=tell)
    tell_session_seats(settings, pass_sessions_on(settings, freed))


def set_state(
    settings: RegistrationSettings,
    group: RegistrationGroup,
    state: State,
    *,
    act: str,
    held_until: dt.datetime | None = None,
    reason: str = "",
    by: Any = None,
    tell: bool = True,
    new: bool = False,
) -> None:
    """The group's own row, its history and the letter to its contact; the members stand there already."""
    before = "" if new else group.state
    group.held_until = held_until if state in HELD else None
    group.ended_at = None if state in ACTIVE else timezone.now()
    group.passed = group.passed if state == State.WAITLISTED and before == State.WAITLISTED else 0
    group.reason = reason
    group.state = state
    group.version += 0 if new else 1
    group.save()
    note(group, act, by=by, data={"from": before, "to": str(state)})
    if tell:
        letters.tell_state(settings, group)


def note_passed(turn: Turn) -> None:
    """Count on each group that is passed how many seats went by, and write it into its history."""
    for party in turn.passes:
        if party.group is None:
            continue
        party.group.passed += turn.party.size
        party.group.save(update_fields=["passed"])
        data = {"seats": turn.party.size, "passed": party.group.passed, "members": party.size}
        note(party.group, "passed", data=data)


def remember_keeping(settings: RegistrationSettings) -> None:
    """Write down whether free seats are kept for a group, for pages that tell newcomers what they meet."""
    keeping = keeps_seats(settings)
    if settings.keeps_seats != keeping:
        settings.keeps_seats = keeping
        save_counts(settings)


def end_if_empty(settings: RegistrationSettings, group: RegistrationGroup, *, by: Any = None) -> None:
    """A group that waits or was only asked for ends with its last member; a seated one stays open for others."""
    if group.is_active and group.state != State.CONFIRMED and not group.active_members.exists():
        set_state(settings, group, State.CANCELLED, act="cancel", by=by)
