"""Let in at the door: somebody who never registered, or whose registration gives no seat yet."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from events import permissions
from events.models import Event, Registration, RegistrationSettings
from events.models.registration.check_ins import Attendance
from events.models.registration.registrations import State

from .attending import Mark, check_in, write_marks
from .deciding import held_row
from .groups.states import end_if_empty
from .places import hold, is_free, refuse_called_off, repeat_seats
from .registering import Applicant, newcomer
from .states import put
from .substituting import substitute


class FullError(ValidationError):
    """No seat is left. Whoever may decide so can let somebody in nevertheless (``beyond``)."""

    def __init__(self) -> None:
        super().__init__(_("No seat is left, or the organisation has its full quota."), code="full")


def add_walk_in(
    *,
    event: Event,
    applicant: Applicant,
    place: str,
    beyond: bool = False,
    instead_of: str = "",
    once: str = "",
    device: str = "",
    at: dt.datetime | None = None,
    by: Any = None,
) -> Registration:
    """Register somebody who stands at the door, confirmed and checked in at once. No letter is sent but the usual one.

    ``at`` is when they came, where a door without a connection tells it later.

    Raises :class:`FullError` where no seat is left; ``beyond`` makes one more seat, which only those who decide on
    registrations may. ``instead_of`` is the code of somebody whose seat passes to this person: their decision too.
    The same form (``once``) sent twice is one person.
    """
    permissions.require(permissions.may_check_in(by))
    with transaction.atomic():
        settings = hold(event.pk)
        known = Registration.objects.filter(once=once).first() if once else None
        if known and known.event_id != event.pk:
            raise ValidationError(_("This form was sent before, for another event. Load the page anew."))
        if known:
            return known
        refuse_called_off(settings)
        if instead_of:
            mark = Mark(instead_of.lower(), Attendance.REPLACED, timezone.now(), device=device)
            row = _replace(settings, mark, applicant, place, once, by)
        else:
            row = newcomer(settings, applicant, once=once or None)
            _find_seat(settings, row, beyond, by)
            put(settings, row, State.CONFIRMED, act="walk_in", by=by)
        check_in(registration=row, place=place, device=device, at=at, by=by)
        return row


def admit(
    *, registration: Registration, place: str, beyond: bool = False, device: str = "", by: Any = None
) -> Registration:
    """Give whoever stands at the door the seat that was held or is free, and check in.

    A seat that is held already (an offered one, or an address not yet confirmed) is given by whoever works at the
    door. Against the waiting list, or where an officer decides, only by those who may decide.
    """
    permissions.require(permissions.may_check_in(by))
    with transaction.atomic():
        settings, row = held_row(registration)
        if row.state != State.CONFIRMED:
            _confirm(settings, row, beyond, by)
        check_in(registration=row, place=place, device=device, by=by)
        return row


def _confirm(settings: RegistrationSettings, row: Registration, beyond: bool, by: Any) -> None:
    if not row.is_active:
        raise ValidationError(_("This registration has ended. Enter the person as somebody who came without one."))
    if row.group_id:
        raise ValidationError(_("%(name)s belongs to a group, which is decided on whole.") % {"name": row.name})
    if not row.seat:
        permissions.require(permissions.may_let_in_beyond(by))
        _find_seat(settings, row, beyond, by)
    refuse_called_off(settings)
    group, row.group = row.group, None  # whoever is let in alone does not wait for the others any more
    row.verified_at = row.verified_at or timezone.now()
    put(settings, row, State.CONFIRMED, act="admit", by=by)
    if group:
        group.event = settings.event
        end_if_empty(settings, group, by=by)


def _find_seat(settings: RegistrationSettings, row: Registration, beyond: bool, by: Any) -> None:
    """See that there is a seat; one more than planned where somebody who may says so. The history tells it."""
    if is_free(settings, row):
        return
    if not beyond:
        raise FullError
    permissions.require(permissions.may_let_in_beyond(by))
    if settings.capacity is not None and settings.taken >= settings.capacity:
        settings.capacity = settings.taken + 1
        settings.version += 1
        settings.save(update_fields=["capacity", "version"])
        repeat_seats(settings)
        log(
            instance=settings.event,
            action="events.registration.raise_seats",
            user=by,
            data={"seats": settings.capacity},
        )


def _replace(settings: RegistrationSettings, mark: Mark, applicant: Applicant, place: str, once: str, by: Any) -> Any:
    """The seat of somebody passes to whoever came instead, by the rules of substitutes; the door remembers it."""
    permissions.require(permissions.may_let_in_beyond(by))
    rows = Registration.objects.kept().filter(event=settings.event_id, code=mark.code)
    before = rows.filter(state=State.CONFIRMED).first()
    if before is None:
        raise ValidationError(_("Nobody with this code has a seat here."))
    (written,) = write_marks(event=settings.event_id, place=place, marks=[mark], by=by)
    if written.refused:
        raise ValidationError(written.refused)
    return substitute(registration=before, applicant=applicant, once=once or None, by=by)
