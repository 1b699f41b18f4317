"""B takes A's place: the seat stays where it is, and nothing that A said or agreed to passes on."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events import permissions
from events.models import ChosenSession, Registration, RegistrationSettings, SeatedSession
from events.models.registration.registrations import State

from . import details, letters
from .deciding import held_row
from .groups import letters as group_letters
from .keys import person_key
from .opening import is_to_come
from .places import refuse_called_off, save_counts
from .registering import Applicant
from .states import known_release, lapse_requests, note, tell_change


def substitute(
    *, registration: Registration, applicant: Applicant, once: str | None = None, by: Any = None
) -> Registration:
    """Let somebody else take a seated person's place; gives the new registration.

    A's answers, consents, link and calendar entry stay with A, whose registration is cancelled as replaced; sessions
    that A had seats in go with the place. ``by`` None is the group's contact or A; then settings and deadline bind.
    ``once`` is the number of the form, by which a caller finds the new registration when it is sent again.
    """
    if by is not None:
        permissions.require(permissions.may_manage_registrations(by))
    with transaction.atomic():
        settings, leaving = held_row(registration)
        if by is None and not may_substitute(settings, leaving):
            raise ValidationError(_("A substitute cannot be named any more, or not here. Write to us."))
        if leaving.state != State.CONFIRMED:
            raise ValidationError(_("A substitute is named for somebody who has a seat."))
        refuse_called_off(settings)
        _refuse_known(leaving, applicant)
        if by is None:
            letters.refuse_crowded(applicant.email)
        coming = _coming(leaving, applicant, once)
        _leave(leaving, by=by)
        _take_over(settings, leaving, coming, by=by)
        return coming


def may_substitute(settings: RegistrationSettings | None, registration: Registration) -> bool:
    """Whether the contact of a group, or a person who comes alone, may name somebody else at this moment."""
    if settings is None or registration.state != State.CONFIRMED or not is_to_come(settings):
        return False
    if settings.substitutes_until and timezone.now() >= settings.substitutes_until:
        return False
    if registration.group_id:
        return settings.substitutes != RegistrationSettings.Substitutes.NOBODY
    return settings.substitutes == RegistrationSettings.Substitutes.EVERYBODY


def _refuse_known(leaving: Registration, applicant: Applicant) -> None:
    known = Registration.objects.filter(event=leaving.event_id, person_key=person_key(applicant.email)).active()
    if applicant.email and known.exists():
        raise ValidationError({"email": _("Somebody with this address is registered already.")})
    if not applicant.email and not leaving.group_id:
        raise ValidationError({"email": _("Write the address of your substitute.")})


def _coming(leaving: Registration, applicant: Applicant, once: str | None) -> Registration:
    """A new registration for the same organisation, with a link, a calendar entry and a code of its own."""
    return Registration(
        event=leaving.event,
        group=leaving.group,
        person_key=person_key(applicant.email),
        name=applicant.name,
        email=applicant.email,
        phone=applicant.phone,
        organisation=leaving.organisation,
        organisation_name=leaving.organisation_name,
        role=applicant.role,
        language=applicant.language,
        source=Registration.Source.SUBSTITUTE,
        once=once,
    )


def _leave(leaving: Registration, *, by: Any) -> None:
    """The seat is not counted down: it is taken over in the same breath."""
    leaving.details_due = False
    leaving.seat, leaving.state, leaving.ended_at = False, State.CANCELLED, timezone.now()
    leaving.version += 1
    leaving.save()
    lapse_requests(leaving)


def _take_over(settings: RegistrationSettings, leaving: Registration, coming: Registration, *, by: Any) -> None:
    coming.seat, coming.state, coming.told_release = True, State.CONFIRMED, known_release(settings.event)
    coming.save()
    _hand_sessions_over(leaving, coming)
    leaving.replaced_by = coming
    leaving.save(update_fields=["replaced_by"])
    save_counts(settings)
    note(
        leaving,
        "name_substitute",
        by=by,
        data={"by": coming.code, "from": str(State.CONFIRMED), "to": str(State.CANCELLED)},
    )
    note(coming, "substitute", by=by, data={"for": leaving.code, "from": "", "to": str(State.CONFIRMED)})
    for row in (leaving, coming):
        row.event = settings.event
        if row is coming:
            details.tell_confirmed(settings, row)
        else:
            letters.tell_state(settings, row)
        tell_change(row)
    if coming.group:
        coming.group.event = settings.event
        note(coming.group, "name_substitute", by=by, data={"for": leaving.code, "by": coming.code})
        if not coming.email:
            group_letters.tell_member_added(settings, coming.group)


def _hand_sessions_over(leaving: Registration, coming: Registration) -> None:
    """Seats in sessions change hands without becoming free, so that nobody who wished for one slips in between."""
    rows = list(ChosenSession.objects.filter(registration=leaving).select_related("places__session"))
    ChosenSession.objects.filter(registration=leaving).update(registration=coming)
    now = timezone.now()
    keys = [row.places.session.key for row in rows if row.seat]
    SeatedSession.objects.filter(registration=leaving, key__in=keys).update(left_at=now)
    SeatedSession.objects.bulk_create(
        SeatedSession(registration=coming, key=key, since=now, release=coming.told_release) for key in keys
    )
