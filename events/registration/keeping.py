"""How long what people told is kept, and what is left of them when it goes (KVKK art. 7, GDPR arts. 5 and 17).

An erased registration keeps its state, its organisation in the directory and when it was: how many came, and from
where, stays known. Nothing in it says any more who it was.
"""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.log_actions import log

from events import ledger, permissions
from events.models import (
    Answer,
    Event,
    GroupAnswer,
    Person,
    PublicEvent,
    Registration,
    RegistrationGroup,
    RequestedAnswer,
    Upload,
)
from events.models.base import new_key
from events.models.registration.registrations import State

from .answering import delete_answers
from .deciding import held_row, leave_group, pass_on
from .mailboxes import Behind, groups_of, is_name, registrations_of
from .own_address import forget_new_address, forget_new_addresses
from .papers import forget_papers
from .places import hold
from .states import note, put
from .striking import empty, empty_tests, forget_left_out, letters_of, letters_to_contact, letters_to_members, strike
from .uploading import drop_own_drafts, drop_uploads

#: Who never confirmed the address may be somebody whom another person entered: gone after so long.
KEEP_UNCONFIRMED = dt.timedelta(days=7)
_BLANK = {
    "name": "",
    "email": "",
    "new_email": "",
    "new_email_until": None,
    "phone": "",
    "organisation_name": "",
    "role": "",
    "reason": "",
    "once": None,
    "address_refused": "",
    "address_refused_at": None,
}


def erase_registration(*, registration: Registration, by: Any = None) -> None:
    """Erase who it was: details, answers, consents, letters, links. An active one is cancelled, and its seat passes on.

    It stands in the ledger, by which a restored backup is cleaned again.
    """
    permissions.require(permissions.may_erase_registrations(by))
    with transaction.atomic():
        erased_at = _erased(registration, by=by)
        if erased_at:
            ledger.write_down(f"registration:{registration.code}", erased_at=erased_at, report={"registrations": 1})


def reapply_erasures(path: Path | None = None) -> int:
    """Erase again whose registrations a restored backup brought back; gives their number."""
    known, erased = ledger.known(path), 0
    for row in Registration.objects.kept().iterator():
        if known.intersection(ledger.hashes(f"registration:{row.code}")):
            erase_registration(registration=row)
            erased += 1
    for group in RegistrationGroup.objects.kept().iterator():
        if known.intersection(ledger.hashes(f"group:{group.code}")):
            erase_group_contact(group=group)
            erased += 1
    return erased


def erase_registrations_of(*, person: Person, email: str, name: str) -> None:
    """Erase all that a person who is erased from the directory registered for; not what others did from the same address."""
    # In the order in which events are held.
    for registration in sorted(registrations_of(person, email, name), key=lambda row: (row.event_id, row.pk)):
        erase_registration(registration=registration)
    for group in sorted(groups_of(email, name), key=lambda row: (row.event_id, row.pk)):
        erase_group_contact(group=group)
    forget_left_out(name)
    forget_new_address(email)


def erase_behind(found: Iterable[Behind], *, by: Any = None) -> int:
    """Erase registrations, and who the contacts of groups were, that an officer chose; gives how many."""
    permissions.require(permissions.may_erase_registrations(by))
    erased = 0
    with transaction.atomic():
        for each in found:
            if isinstance(each.row, Registration):
                erase_registration(registration=each.row, by=by)
            elif isinstance(each.row, RegistrationGroup):
                erase_group_contact(group=each.row)
            erased += not isinstance(each.row, Person)
    return erased


def erase_group_contact(*, group: RegistrationGroup, over: bool = False) -> None:
    """Erase who the contact of a group was; the members stay, for each of them decides alone.

    ``over``: the days of the event's registrations have passed, and what was said of the group goes too.
    """
    with transaction.atomic():
        hold(group.event_id)
        row = RegistrationGroup.objects.get(pk=group.pk)
        if row.erased_at:
            return
        _forget_contact_letters(row)
        forget_new_address(row.email)
        row.links.all().delete()
        row.name = row.email = row.phone = ""
        row.left_out, row.once = [], None
        row.address_refused_at, row.address_refused = None, ""
        if over:
            row.answers.all().delete()
            row.organisation_name = row.reason = ""
        row.person_key = f"~{new_key()}"
        row.erased_at = timezone.now()
        row.version += 1
        row.save()
        note(row, "erase")
        if not over:
            ledger.write_down(f"group:{row.code}", erased_at=row.erased_at, report={"groups": 1})


def delete_overdue() -> dict[int, dict[str, int]]:
    """Delete what was kept for its days; gives how much of which event, and writes that into the event's history.

    There the page of deletions reads it (``events/views/admin/registration/kept.py``).
    """
    today = timezone.localdate()
    report = _forget_unconfirmed()
    forget_new_addresses()
    over = Event.objects.filter(_over(today), registration_settings__isnull=False)
    for event in over.select_related("public__release"):
        done = _delete_of(event, (today - _last_day(event.public)).days)
        if any(done.values()):
            report.setdefault(event.pk, {}).update(done)
    for event in Event.objects.filter(pk__in=report).order_by("pk"):
        log(instance=event, action="events.registration.delete_overdue", data=report[event.pk])
    return report


def _forget_unconfirmed() -> dict[int, dict[str, int]]:
    """Addresses that nobody confirmed: they may be those of people who know nothing of it. How many, by event."""
    before = timezone.now() - KEEP_UNCONFIRMED
    lapsed: dict[str, Any] = {"state": State.EXPIRED, "verified_at": None, "erased_at": None, "ended_at__lt": before}
    report: dict[int, dict[str, int]] = {}
    for row in Registration.objects.filter(**lapsed).iterator():
        with transaction.atomic():
            _forget_letters(row)
            delete_answers(row.answers.all())
            row.delete()
        _count_unconfirmed(report, row.event_id)
    for group in RegistrationGroup.objects.filter(**lapsed).iterator():
        with transaction.atomic():
            _forget_contact_letters(group)
            group.delete()
        _count_unconfirmed(report, group.event_id)
    return report


def _count_unconfirmed(report: dict[int, dict[str, int]], event: int) -> None:
    counts = report.setdefault(event, {"unconfirmed": 0})
    counts["unconfirmed"] += 1


def _over(today: dt.date) -> Q:
    """Events whose last day is behind us, and those that are off and never had a day."""
    off = ~Q(public__status=PublicEvent.Status.PUBLIC) & Q(public__isnull=False, public__starts_on=None)
    return Q(public__ends_on__lt=today) | Q(public__ends_on=None, public__starts_on__lt=today) | off


def _last_day(public: PublicEvent) -> dt.date:
    """From when on the days are counted: without a day of its own, an event that is off ended when that was released."""
    return public.ends_on or public.starts_on or timezone.localdate(public.release.released_at)


def _delete_of(event: Event, days: int) -> dict[str, int]:
    """``days`` have passed since the last day of the event."""
    done = {"answers": 0, "registrations": 0}
    with transaction.atomic():
        answers = list(Answer.objects.filter(registration__event=event, question__days_kept__lt=days))
        delete_answers(answers)
        of_groups = GroupAnswer.objects.filter(group__event=event, question__days_kept__lt=days)
        RequestedAnswer.objects.filter(request__registration__event=event, question__days_kept__lt=days).delete()
        drop_uploads(Upload.objects.exclude(draft="").filter(question__event=event, question__days_kept__lt=days))
        done["answers"] = len(answers) + of_groups.delete()[0]
    if event.registration_settings.days_kept < days:
        for registration in event.registrations.filter(erased_at=None):
            # Not into the ledger: of a restored backup the clock deletes it again by itself.
            _erased(registration)
            done["registrations"] += 1
        for group in event.registration_groups.filter(erased_at=None):
            erase_group_contact(group=group, over=True)
    return done


def _erased(registration: Registration, *, by: Any = None) -> dt.datetime | None:
    """When it was erased; None where it was erased before."""
    with transaction.atomic():
        settings, row = held_row(registration)
        if row.erased_at:
            return None
        if row.is_active:
            put(settings, row, State.CANCELLED, act="cancel", tell=False, by=by)
            leave_group(settings, row)
        _erase(row, by)
        pass_on(settings)
        return row.erased_at


def _erase(row: Registration, by: Any) -> None:
    _forget_letters(row)
    forget_left_out(row.name)
    forget_new_address(row.email)
    delete_answers(row.answers.all())
    row.change_requests.all().delete()
    drop_own_drafts(row)
    row.wordings_seen.all().delete()
    row.links.all().delete()
    row.check_in_marks.all().delete()
    forget_papers(row.event_id)
    row.check_ins.update(by=None, device="")
    row.person = None
    for name, value in _BLANK.items():
        setattr(row, name, value)
    row.person_key = f"~{new_key()}"
    row.erased_at = timezone.now()
    row.version += 1
    row.save()
    note(row, "erase", by=by)


def _forget_letters(row: Registration) -> None:
    """Letters about it that wait are not sent; those that were sent lose their content."""
    empty(letters_of(row))
    empty_tests(row.event_id, row.name)
    if row.group and row.name:
        # The contact is told names and codes of those without an address.
        strike(letters_to_contact(row.group), row.name)
        left = [each for each in row.group.left_out if not is_name(each["name"], row.name)]
        RegistrationGroup.objects.filter(pk=row.group.pk).update(left_out=left)


def _forget_contact_letters(group: RegistrationGroup) -> None:
    """Those to the contact go; those to members name who registered them."""
    empty(letters_to_contact(group))
    empty_tests(group.event_id, group.name)
    strike(letters_to_members(group), group.name)
