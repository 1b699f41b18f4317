"""What moves a registration on: the person, an officer, the clock. Each verb may be pressed twice."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from events import permissions
from events.models import Registration, RegistrationGroup, RegistrationSettings
from events.models.registration.registrations import HELD, State

from .groups.states import end_if_empty, note_passed, put_group, remember_keeping
from .line import LAST_HOURS, Party, Turn, admitted, next_turn, party_of
from .places import hold, is_free, may_resume, public_event, refuse_called_off, takes_place
from .states import note, put

#: So long an address that nobody confirmed is kept beyond its time where the event is off.
_UNCONFIRMED_WHILE_OFF = dt.timedelta(days=7)
_ENDED = (State.EXPIRED, State.DECLINED, State.CANCELLED)


def held_row(registration: Registration) -> tuple[RegistrationSettings, Registration]:
    """The event's row, held, and the registration as it is by now."""
    settings = hold(registration.event_id)
    fresh = Registration.objects.get(pk=registration.pk)
    fresh.event = settings.event
    return settings, fresh


def verify(*, registration: Registration) -> Registration:
    """Confirm the address: from then on the seat is the person's, or an officer looks at the request."""
    with transaction.atomic():
        settings, row = held_row(registration)
        if row.state != State.UNVERIFIED or row.group_id:  # for a group its contact confirms
            return _noted_verified(row)
        refuse_called_off(settings)
        if row.held_until and row.held_until <= timezone.now():
            _lapse(settings, row)
            pass_on(settings)
            return row
        row.verified_at = timezone.now()
        if row.seat:
            put(settings, row, State.CONFIRMED, act="verify")
        elif settings.approval:
            put(settings, row, State.REQUESTED, act="verify")
        else:  # approval was switched off meanwhile, and with it the promise to look
            _take_turn(settings, row)
        return row


def _take_turn(settings: RegistrationSettings, row: Registration) -> None:
    """As whoever registers now: a seat where it is nobody else's, else a place in line."""
    turn = admitted(settings, party_of(row))
    if turn:
        note_passed(turn)
    put(settings, row, State.CONFIRMED if turn else State.WAITLISTED, act="verify")
    remember_keeping(settings)


def _noted_verified(row: Registration) -> Registration:
    if row.is_active and row.verified_at is None:
        row.verified_at = timezone.now()
        row.save(update_fields=["verified_at"])
        note(row, "verify")
    return row


def approve(*, registration: Registration, by: Any = None) -> Registration:
    """Give the seat that was asked for; refused where none is left, so that the officer decides what then."""
    permissions.require(permissions.may_manage_registrations(by))
    with transaction.atomic():
        settings, row = held_row(registration)
        if row.state == State.CONFIRMED:
            return row
        if row.state in _ENDED:
            raise ValidationError(_("This registration has ended. The person has to register again."))
        _refuse_member(row)
        refuse_called_off(settings)
        if not row.seat and not is_free(settings, row):
            raise ValidationError(
                _("No seat is left, or the organisation has its full quota. Raise the number or use the waiting list.")
            )
        row.verified_at = row.verified_at or timezone.now()
        put(settings, row, State.CONFIRMED, act="approve", by=by)
        return row


def decline(*, registration: Registration, reason: str = "", by: Any = None) -> Registration:
    """Refuse a registration; the person reads the reason, and a seat that it held passes on."""
    permissions.require(permissions.may_manage_registrations(by))
    return _end(registration, State.DECLINED, act="decline", reason=reason, by=by)


def cancel(*, registration: Registration, reason: str = "", by: Any = None) -> Registration:
    """Give up a registration, leave the waiting list, or refuse an offered seat. ``by`` None is the person."""
    if by is not None:
        permissions.require(permissions.may_manage_registrations(by))
    return _end(registration, State.CANCELLED, act="cancel", reason=reason, by=by)


def _end(registration: Registration, state: State, *, act: str, reason: str, by: Any) -> Registration:
    with transaction.atomic():
        settings, row = held_row(registration)
        if row.state in _ENDED:
            return row
        put(settings, row, state, act=act, reason=reason, by=by)
        leave_group(settings, row, by=by)
        pass_on(settings)
        return row


def leave_group(settings: RegistrationSettings, row: Registration, *, by: Any = None) -> None:
    """What a member's end means for the group; one that waits is smaller by then, and may have room."""
    if row.group_id:
        group = RegistrationGroup.objects.get(pk=row.group_id)
        group.event = settings.event
        end_if_empty(settings, group, by=by)


def _refuse_member(row: Registration) -> None:
    """A group sits, waits and is offered seats as a whole."""
    if row.group_id:
        raise ValidationError(
            _(
                "This person belongs to the group “%(group)s”, which gets its seats whole or not at all. On the group’s page "
                "you approve or decline all of it, or decline one member and approve the rest."
            )
            % {"group": row.group}
        )


def waitlist(*, registration: Registration, by: Any = None) -> Registration:
    """Put at the end of the waiting list; a seat that it held passes on to somebody else."""
    permissions.require(permissions.may_manage_registrations(by))
    with transaction.atomic():
        settings, row = held_row(registration)
        if row.state == State.WAITLISTED:
            return row
        if row.state in _ENDED:
            raise ValidationError(_("This registration has ended. The person has to register again."))
        _refuse_member(row)
        sat = row.seat
        put(settings, row, State.WAITLISTED, act="waitlist", by=by)
        if sat:
            pass_on(settings, leaving_out=party_of(row))
        return row


def offer(*, registration: Registration, by: Any = None) -> Registration:
    """Offer a free seat to somebody who waits, whatever the place in line; the history says who decided it."""
    permissions.require(permissions.may_manage_registrations(by))
    with transaction.atomic():
        settings, row = held_row(registration)
        if row.state == State.OFFERED:
            return row
        if row.state not in (State.WAITLISTED, State.REQUESTED):
            raise ValidationError(_("Seats are offered to those who wait."))
        _refuse_member(row)
        refuse_called_off(settings)
        if not is_free(settings, row):
            raise ValidationError(_("No seat is left, or the organisation has its full quota."))
        offer_seat(settings, row, by=by)
        return row


def accept_offer(*, registration: Registration) -> Registration:
    """Take the offered seat while it is held; taking it confirms the address too."""
    with transaction.atomic():
        settings, row = held_row(registration)
        if row.state != State.OFFERED or row.group_id:  # for a group its contact accepts
            return row
        refuse_called_off(settings)
        if row.held_until and row.held_until <= timezone.now():
            _lapse(settings, row)
            pass_on(settings)
            return row
        row.verified_at = row.verified_at or timezone.now()
        put(settings, row, State.CONFIRMED, act="accept")
        return row


def pass_on(settings: RegistrationSettings, *, leaving_out: Party | None = None) -> int:
    """Offer every free seat to whoever is next, alone or as a group; gives how many. The event's row must be held."""
    offered = 0
    if not takes_place(settings):
        return offered
    while turn := next_turn(settings, leaving_out=leaving_out):
        _offer_turn(settings, turn)
        offered += turn.party.size
    remember_keeping(settings)
    return offered


def _offer_turn(settings: RegistrationSettings, turn: Turn) -> None:
    note_passed(turn)
    if turn.party.group:
        turn.party.group.event = settings.event
        offer_group_seats(settings, turn.party.group)
    else:
        row = Registration.objects.get(pk=turn.party.registration or 0)
        row.event = settings.event
        offer_seat(settings, row)


def expire_due() -> int:
    """What the clock does: let lapse what nobody confirmed or took in time, and pass the seats on."""
    now, lapsed = timezone.now(), 0
    for event in _due_events(now):
        with transaction.atomic():
            settings = hold(event)
            people, groups = _overdue(settings, now)
            for row in list(people.order_by("held_until", "pk")):
                row.event = settings.event
                _lapse(settings, row)
                lapsed += 1
            for group in list(groups.order_by("held_until", "pk")):
                group.event = settings.event
                lapsed += lapse_group(settings, group)
            pass_on(settings)
    return lapsed


def _overdue(settings: RegistrationSettings, now: dt.datetime) -> tuple[Any, Any]:
    """People who came alone, and groups, whose time is over.

    While an event is off nobody can confirm or take a seat, and it may take place after all: nobody's time runs out
    then. But an address that nobody confirmed is not kept until then for ever.
    """
    moment: dt.datetime = now
    states: tuple[State, ...] = HELD
    if may_resume(settings):
        moment, states = now - _UNCONFIRMED_WHILE_OFF, (State.UNVERIFIED,)
    these = {"event": settings.event_id, "state__in": states}
    people = Registration.objects.overdue(moment).filter(**these, group=None)
    return people, RegistrationGroup.objects.overdue(moment).filter(**these)


def _due_events(now: dt.datetime) -> list[int]:
    """Events where somebody's time is over, or where seats were kept for a group and need not be any more."""
    found = set(Registration.objects.overdue(now).values_list("event", flat=True))
    found |= set(RegistrationGroup.objects.overdue(now).values_list("event", flat=True))
    soon = Q(event__public__starts_at__lte=now + LAST_HOURS) | Q(
        event__public__starts_at=None, event__public__starts_on__lte=timezone.localdate(now) + LAST_HOURS
    )
    kept = RegistrationSettings.objects.filter(soon, keeps_seats=True)
    return sorted(found | set(kept.values_list("event", flat=True)))


def lapse_group(settings: RegistrationSettings, group: RegistrationGroup) -> int:
    """Let a whole group lapse; gives how many members. As with one person, an unconfirmed address hears no more."""
    members = group.active_members.count()
    tell = group.state == State.OFFERED and takes_place(settings)
    put_group(settings, group, State.EXPIRED, act="expire", tell=tell)
    return members


def offer_group_seats(settings: RegistrationSettings, group: RegistrationGroup, by: Any = None) -> None:
    """Hold seats for all members until the contact takes them for all."""
    put_group(settings, group, State.OFFERED, act="offer", held_until=_until(settings), by=by)


def _lapse(settings: RegistrationSettings, row: Registration) -> None:
    # Nobody who mistyped an address, or whose address somebody else typed, is written to once more; nor is anybody
    # told of a seat that passed on where there is nothing to come to.
    tell = row.state == State.OFFERED and takes_place(settings)
    put(settings, row, State.EXPIRED, act="expire", tell=tell)


def offer_seat(settings: RegistrationSettings, row: Registration, by: Any = None) -> None:
    """Hold a seat for one person until it is taken."""
    put(settings, row, State.OFFERED, act="offer", held_until=_until(settings), by=by)


def _until(settings: RegistrationSettings) -> dt.datetime:
    """How long an offered seat is held: its hours, but not beyond the event's beginning."""
    until = timezone.now() + dt.timedelta(hours=settings.offer_hours)
    public = public_event(settings.event)
    if public and public.starts_at:
        until = min(until, max(public.starts_at, timezone.now() + dt.timedelta(hours=1)))
    return until
