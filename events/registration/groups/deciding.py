"""What moves a group on: its contact, an officer, the clock. Each verb may be pressed twice, and moves all or nobody."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events import permissions
from events.models import RegistrationGroup, RegistrationSettings
from events.models.registration.registrations import State
from events.registration.deciding import lapse_group, offer_group_seats, pass_on
from events.registration.line import Party, admitted, has_room, party_of_group
from events.registration.places import hold, refuse_called_off
from events.registration.states import note

from . import letters
from .states import note_passed, put_group, remember_keeping


def held_group(group: RegistrationGroup) -> tuple[RegistrationSettings, RegistrationGroup]:
    """The event's row, held, and the group as it is by now."""
    settings = hold(group.event_id)
    fresh = RegistrationGroup.objects.get(pk=group.pk)
    fresh.event = settings.event
    return settings, fresh


def verify_group(*, group: RegistrationGroup) -> RegistrationGroup:
    """Confirm the contact's address: the held seats are the group's, or an officer looks at the request."""
    with transaction.atomic():
        settings, row = held_group(group)
        if row.state != State.UNVERIFIED:
            return _noted_verified(row)
        refuse_called_off(settings)
        if row.held_until and row.held_until <= timezone.now():
            lapse_group(settings, row)
            pass_on(settings)
            return row
        row.verified_at = timezone.now()
        put_group(settings, row, _after_verifying(settings, row), act="verify")
        remember_keeping(settings)
        return row


def _after_verifying(settings: RegistrationSettings, row: RegistrationGroup) -> State:
    members = row.active_members
    if not members.exists() or members.filter(seat=True).exists():
        return State.CONFIRMED
    if settings.approval:
        return State.REQUESTED
    # Approval was switched off meanwhile, and with it the promise to look: a turn as of whoever registers now.
    turn = admitted(settings, party_of_group(row))
    if turn:
        note_passed(turn)
    return State.CONFIRMED if turn else State.WAITLISTED


def _noted_verified(row: RegistrationGroup) -> RegistrationGroup:
    if row.is_active and row.verified_at is None:
        row.verified_at = timezone.now()
        row.save(update_fields=["verified_at"])
        note(row, "verify")
    return row


def accept_group(*, group: RegistrationGroup) -> RegistrationGroup:
    """Take the offered seats for all, while they are held; taking them confirms the contact's address too."""
    with transaction.atomic():
        settings, row = held_group(group)
        if row.state != State.OFFERED:
            return row
        refuse_called_off(settings)
        if row.held_until and row.held_until <= timezone.now():
            lapse_group(settings, row)
            pass_on(settings)
            return row
        row.verified_at = row.verified_at or timezone.now()
        put_group(settings, row, State.CONFIRMED, act="accept")
        return row


def approve_group(*, group: RegistrationGroup, by: Any = None) -> RegistrationGroup:
    """Give every member a seat; refused where there is not room for all."""
    permissions.require(permissions.may_manage_registrations(by))
    with transaction.atomic():
        settings, row = held_group(group)
        if row.state == State.CONFIRMED:
            return row
        _refuse_ended(row)
        refuse_called_off(settings)
        party = party_of_group(row)
        seated = row.active_members.filter(seat=True).exists()
        if not seated and not has_room(settings, party):
            raise _no_room(settings, party)
        row.verified_at = row.verified_at or timezone.now()
        put_group(settings, row, State.CONFIRMED, act="approve", by=by)
        return row


def offer_group(*, group: RegistrationGroup, by: Any = None) -> RegistrationGroup:
    """Offer seats to all members of a group that waits, whatever its place in line."""
    permissions.require(permissions.may_manage_registrations(by))
    with transaction.atomic():
        settings, row = held_group(group)
        if row.state == State.OFFERED:
            return row
        if row.state not in (State.WAITLISTED, State.REQUESTED):
            raise ValidationError(_("Seats are offered to those who wait."))
        refuse_called_off(settings)
        party = party_of_group(row)
        if not has_room(settings, party):
            raise _no_room(settings, party)
        offer_group_seats(settings, row, by=by)
        return row


def waitlist_group(*, group: RegistrationGroup, by: Any = None) -> RegistrationGroup:
    """Put a whole group at the end of the waiting list; seats that it held pass on to others."""
    permissions.require(permissions.may_manage_registrations(by))
    with transaction.atomic():
        settings, row = held_group(group)
        if row.state == State.WAITLISTED:
            return row
        _refuse_ended(row)
        if not row.active_members.exists():
            raise ValidationError(_("This group has no members."))
        put_group(settings, row, State.WAITLISTED, act="waitlist", by=by)
        pass_on(settings, leaving_out=party_of_group(row))
        return row


def decline_group(*, group: RegistrationGroup, reason: str = "", by: Any = None) -> RegistrationGroup:
    """Refuse a group with all its members; contact and members who were told before read the reason."""
    permissions.require(permissions.may_manage_registrations(by))
    return _end(group, State.DECLINED, act="decline", reason=reason, by=by)


def cancel_group(*, group: RegistrationGroup, reason: str = "", by: Any = None) -> RegistrationGroup:
    """Give up the whole group, leave the waiting list, or refuse offered seats. ``by`` None is the contact."""
    if by is not None:
        permissions.require(permissions.may_manage_registrations(by))
    return _end(group, State.CANCELLED, act="cancel", reason=reason, by=by)


def resend_group(*, group: RegistrationGroup, by: Any = None) -> None:
    """Tell the contact once more where the group stands."""
    permissions.require(permissions.may_manage_registrations(by))
    with transaction.atomic():
        settings, row = held_group(group)
        letters.tell_state(settings, row, forced=True)
        note(row, "resend", by=by)


#: What an officer does to a whole group, by the same names as to one registration (``several.ACTS``).
GROUP_ACTS: dict[str, Callable[..., Any]] = {
    "approve": approve_group,
    "decline": decline_group,
    "waitlist": waitlist_group,
    "offer": offer_group,
    "cancel": cancel_group,
    "resend": resend_group,
}


def _end(group: RegistrationGroup, state: State, *, act: str, reason: str, by: Any) -> RegistrationGroup:
    with transaction.atomic():
        settings, row = held_group(group)
        if not row.is_active:
            return row
        put_group(settings, row, state, act=act, reason=reason, by=by)
        pass_on(settings)
        return row


def _refuse_ended(row: RegistrationGroup) -> None:
    if not row.is_active:
        raise ValidationError(_("This group has ended. Its contact has to register it again."))


def _no_room(settings: RegistrationSettings, party: Party) -> ValidationError:
    return ValidationError(
        _("The group needs %(size)d seats, and it takes all or none: %(free)d are free, or its quota is used up.")
        % {"size": party.size, "free": settings.free or 0}
    )
