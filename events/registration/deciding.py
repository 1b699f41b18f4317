"""What moves a registration on: the person, an officer, the clock. Each verb may be pressed twice."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events import permissions
from events.models import Registration, RegistrationSettings
from events.models.registration.registrations import State

from .places import first_in_line, hold, is_free, public_event, takes_place
from .states import note, put

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
        if row.state != State.UNVERIFIED:
            return _noted_verified(row)
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
            put(settings, row, State.CONFIRMED if is_free(settings, row) else State.WAITLISTED, act="verify")
        return row


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
        sat = row.seat
        put(settings, row, state, act=act, reason=reason, by=by)
        if sat:
            pass_on(settings)
        return row


def waitlist(*, registration: Registration, by: Any = None) -> Registration:
    """Put at the end of the waiting list; a seat that it held passes on to somebody else."""
    permissions.require(permissions.may_manage_registrations(by))
    with transaction.atomic():
        settings, row = held_row(registration)
        if row.state == State.WAITLISTED:
            return row
        if row.state in _ENDED:
            raise ValidationError(_("This registration has ended. The person has to register again."))
        sat = row.seat
        put(settings, row, State.WAITLISTED, act="waitlist", by=by)
        if sat:
            pass_on(settings, leaving_out=row.pk)
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
        if not is_free(settings, row):
            raise ValidationError(_("No seat is left, or the organisation has its full quota."))
        _offer(settings, row, by=by)
        return row


def accept_offer(*, registration: Registration) -> Registration:
    """Take the offered seat while it is held; taking it confirms the address too."""
    with transaction.atomic():
        settings, row = held_row(registration)
        if row.state != State.OFFERED:
            return row
        if row.held_until and row.held_until <= timezone.now():
            _lapse(settings, row)
            pass_on(settings)
            return row
        row.verified_at = row.verified_at or timezone.now()
        put(settings, row, State.CONFIRMED, act="accept")
        return row


def pass_on(settings: RegistrationSettings, *, leaving_out: int | None = None) -> int:
    """Offer every free seat to whoever is next; gives how many. The event's row must be held."""
    offered = 0
    if not takes_place(settings):
        return offered
    while settings.free is None or settings.free > 0:
        following = first_in_line(settings, leaving_out=leaving_out)
        if following is None:
            break
        following.event = settings.event
        _offer(settings, following)
        offered += 1
    return offered


def expire_due() -> int:
    """What the clock does: let lapse what nobody confirmed or took in time, and pass the seats on."""
    now, lapsed = timezone.now(), 0
    for event in Registration.objects.overdue(now).order_by("event").values_list("event", flat=True).distinct():
        with transaction.atomic():
            settings = hold(event)
            for row in list(Registration.objects.overdue(now).filter(event=event).order_by("held_until", "pk")):
                row.event = settings.event
                _lapse(settings, row)
                lapsed += 1
            pass_on(settings)
    return lapsed


def _lapse(settings: RegistrationSettings, row: Registration) -> None:
    # Nobody who mistyped an address, or whose address somebody else typed, is written to once more.
    put(settings, row, State.EXPIRED, act="expire", tell=row.state == State.OFFERED)


def _offer(settings: RegistrationSettings, row: Registration, by: Any = None) -> None:
    until = timezone.now() + dt.timedelta(hours=settings.offer_hours)
    public = public_event(settings.event)
    if public and public.starts_at:
        until = min(until, max(public.starts_at, timezone.now() + dt.timedelta(hours=1)))
    put(settings, row, State.OFFERED, act="offer", held_until=until, by=by)
