"""Changing what somebody said when registering, and how the event takes registrations."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from events import ical, permissions
from events.links import renew_link
from events.models import Message, Question, Registration, RegistrationSettings, SessionPlaces, Wording

from . import details, letters
from .answering import write_answers
from .deciding import held_row, pass_on
from .keys import find_organisation, person_key
from .opening import takes_requests
from .places import choose_sessions, hold, pass_sessions_on, public_event, quota_reached, repeat_seats
from .refusals import clear_refused
from .registering import Applicant
from .sessions import with_unseen
from .states import note, tell_change
from .striking import letters_of, rename
from .wordings import set_consents

#: Letters to another address than the person's: the one until now, and one that is not proved yet.
ELSEWHERE = ("registration_address_changed", letters.PROVING)


class OutdatedError(ValidationError):
    """Somebody else changed the registration meanwhile; ``stored`` is what it says now."""

    def __init__(self, stored: Registration) -> None:
        super().__init__(
            _(
                "Somebody else saved this in the meantime, so nothing was saved. Below are both versions. "
                "Correct yours and save again to keep it."
            )
        )
        self.stored = stored


def amend(
    *,
    registration: Registration,
    applicant: Applicant,
    answers: Mapping[Question, Any],
    sessions: Iterable[SessionPlaces] | None = None,
    consents: Mapping[Wording, bool] | None = None,
    language: str = "",
    version: str | None = None,
    by: Any = None,
) -> Registration:
    """Change details, answers and sessions; the state stays. ``by`` None is the person, whose address then stays too.

    ``consents`` are those that the form asked, ticked or not; without one, the answers that need it go or are refused.
    ``language`` is that of the form on which they were read; without one, that of the person's letters.
    ``version`` is the one that the form was made of; where the row has another by now, nothing is saved.
    """
    if by is not None:
        permissions.require(permissions.may_manage_registrations(by))
    with transaction.atomic():
        settings, row = held_row(registration)
        if version is not None and version != str(row.version):
            raise OutdatedError(row)
        if by is None and takes_requests(settings):
            raise ValidationError(_("The time for changes is over. Open the page again: you can ask for this change."))
        amend_row(
            settings,
            row,
            applicant,
            answers,
            sessions,
            consents or {},
            language=language,
            by=by,
            with_address=by is not None,
        )
        return row


def amend_row(
    settings: RegistrationSettings,
    row: Registration,
    applicant: Applicant,
    answers: Mapping[Question, Any],
    sessions: Iterable[SessionPlaces] | None,
    consents: Mapping[Wording, bool],
    *,
    language: str = "",
    by: Any = None,
    with_address: bool = False,
    act: str = "amend",
) -> None:
    """Write a change into the rows, with history and news. The event's row must be held."""
    if not row.is_active:
        raise ValidationError(_("This registration has ended. The person has to register again."))
    address = row.email
    changed = _write_person(row, applicant, with_address=with_address)
    if "organisation_name" in changed and by is None:
        _refuse_quota(settings, row)
    changed += set_consents(row, consents, language=language)
    changed += write_answers(row, answers)
    if sessions is not None:
        wanted = with_unseen(row, public_event(settings.event), sessions)
        if {each.pk for each in wanted} != set(row.chosen_sessions.values_list("places", flat=True)):
            letters.tell_session_seats(settings, pass_sessions_on(settings, choose_sessions(row, wanted)))
            changed.append("sessions")
    if changed:
        row.version += 1
        row.save()
        details.refresh(row)
        note(row, act, by=by, data={"changed": sorted(changed)})
        tell_change(row)
    if "email" in changed and row.email and not _had_letters(row, address):
        letters.tell_new_address(settings, row)
    if "organisation_name" in changed:  # the one that was left, or this one, may have a seat by its quota now
        pass_on(settings)


def save_settings(*, settings: RegistrationSettings, by: Any = None) -> RegistrationSettings:
    """Save how an event takes registrations, as a form changed it; further seats are offered at once to who waits."""
    permissions.require(permissions.may_set_up_registration(by))
    with transaction.atomic():
        if settings.pk:
            held = hold(settings.event_id)
            settings.taken, settings.last_waiting, settings.keeps_seats = (
                held.taken,
                held.last_waiting,
                held.keeps_seats,
            )
            settings.clean()
        settings.save()
        repeat_seats(settings)
        if settings.pk:
            pass_on(hold(settings.event_id))
    return settings


def _write_person(row: Registration, applicant: Applicant, *, with_address: bool) -> list[str]:
    values = {
        "name": applicant.name,
        "phone": applicant.phone,
        "organisation_name": applicant.organisation,
        "role": applicant.role,
        "language": applicant.language,
    }
    if with_address and applicant.email != row.email:
        _refuse_taken(row, applicant.email)
        values["email"] = applicant.email
        _move_address(row, applicant)
        row.new_email, row.new_email_until = "", None
        clear_refused(row)
    if row.group_id and not with_address:
        del values["organisation_name"]  # it is the group's
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    if "name" in changed:
        rename(row, applicant.name)
    if "organisation_name" in changed:
        row.organisation = find_organisation(applicant.organisation)
    for name in changed:
        setattr(row, name, values[name])
    return changed


def _move_address(row: Registration, applicant: Applicant) -> None:
    """Letters that have not left go to the new address, and whoever reads the old one opens nothing any more."""
    email, key = applicant.email, person_key(applicant.email)
    if key == row.person_key:
        return  # the same mailbox in other letters
    own = letters_of(row)
    if email:
        waiting = own.exclude(state=Message.State.SENT).exclude(letter__in=ELSEWHERE)
        for letter in waiting.exclude(calendar=""):  # calendars take in no entry that invites another address
            letter.calendar = ical.invite(letter.calendar, email, applicant.name)
            letter.save(update_fields=["calendar"])
        waiting.update(to_address=email)
    own.update(person_key=key)
    row.person_key = key
    if row.email:
        for link in row.links.filter(revoked_at=None).exclude(purpose=letters.NEW_ADDRESS):
            renew_link(link=link, expires_at=link.expires_at)


def _had_letters(row: Registration, before: str) -> bool:
    """Whether the new address has, or will have, a letter with the link: the same mailbox, or letters that wait."""
    if before and person_key(before) == row.person_key:
        return True
    waiting = letters_of(row).filter(to_address=row.email, state=Message.State.QUEUED)
    return waiting.exclude(letter__in=ELSEWHERE).exists()


def _refuse_quota(settings: RegistrationSettings, row: Registration) -> None:
    """A seat moves to no organisation that has all of its own; an officer may say that somebody is of it."""
    row.derive()
    if row.seat and quota_reached(settings, row):
        raise ValidationError({"organisation": _("This organisation has all the seats that it may have. Write to us.")})


def _refuse_taken(row: Registration, email: str) -> None:
    others = Registration.objects.filter(event=row.event_id, person_key=person_key(email)).active()
    if email and others.exclude(pk=row.pk).exists():
        raise ValidationError({"email": _("Somebody with this address is registered already.")})
