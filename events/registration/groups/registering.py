"""A group comes in: all of its members in one transaction, with seats for all or in line as a whole."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events import permissions
from events.models import Event, Question, Registration, RegistrationGroup, RegistrationSettings, SessionPlaces, Wording
from events.models.base import new_key
from events.models.registration.registrations import State
from events.registration import details
from events.registration.answering import write_answers
from events.registration.keys import find_organisation, person_key
from events.registration.line import admitted, has_room, party_of_group
from events.registration.opening import Opening, is_ready, opening_of
from events.registration.places import choose_sessions, hold, refuse_called_off
from events.registration.registering import Applicant, FormUsedError, NotTakenError
from events.registration.states import HOLD, put
from events.registration.wordings import version_of

from . import letters
from .answering import write_group_answers
from .states import note_passed, remember_keeping, set_state


@dataclass(frozen=True)
class Member:
    """One member as the contact entered it; ``row`` is where, on the page (``typed``) or in a sheet."""

    person: Applicant
    answers: Mapping[Question, Any] = field(default_factory=dict)
    sessions: Sequence[SessionPlaces] = ()
    row: int = 0
    typed: bool = False


@dataclass(frozen=True)
class GroupFilled:
    """Who registers whom, and what the form had said. The contact's organisation is everybody's."""

    contact: Applicant
    members: Sequence[Member]
    answers: Mapping[Question, Any] = field(default_factory=dict)
    notice: Wording | None = None
    shown_at: dt.datetime | None = None


@dataclass(frozen=True)
class GroupRegistered:
    """What became of it. ``new`` is never told to whoever sent the form."""

    group: RegistrationGroup
    new: bool


def register_group(*, event: Event, filled: GroupFilled, once: str, invited: bool = False) -> GroupRegistered:
    """Register a group: seats for all of its members from now on, else places in line for all.

    Seats are held for 24 hours, until the contact's address is confirmed. The same form (``once``) sent twice, or the
    same contact for the second time, is the same group. Who is registered already is left out without a word to
    whoever sent the form; the group's own page, behind the link in the letter, names them.
    """
    with transaction.atomic():
        settings = hold(event.pk)
        key = person_key(filled.contact.email)
        known = _known(settings, key, once)
        if known is None:
            return GroupRegistered(_come_in(settings, filled, once=once, invited=invited), new=True)
        known.event = settings.event
        if known.once == once:
            if known.person_key != key or not known.is_active:
                raise FormUsedError
            return GroupRegistered(known, new=False)
        refused = _refused(settings, filled, once=once, invited=invited)
        letters.send_link(settings, known)
    if refused:
        raise refused
    return GroupRegistered(known, new=False)


def _come_in(
    settings: RegistrationSettings, filled: GroupFilled, *, once: str, invited: bool, trial: bool = False
) -> RegistrationGroup:
    _refuse_unopened(settings, invited=invited)
    _refuse_size(settings, filled)
    group = _new_group(settings, filled, once=once)
    if trial:
        group.person_key = f"~{new_key()}"
    return _admitted(settings, group, _apart(settings, group, filled.members), filled)


def _refused(
    settings: RegistrationSettings, filled: GroupFilled, *, once: str, invited: bool
) -> ValidationError | None:
    """What a contact would be told who has no group yet: tried, and taken back with its letters.

    Else a refusal, or a quick answer, would say who has one.
    """
    try:
        with transaction.atomic():
            _come_in(settings, filled, once=once, invited=invited, trial=True)
            transaction.set_rollback(True)
    except ValidationError as refused:
        return refused
    return None


def add_group(*, event: Event, filled: GroupFilled, once: str = "", by: Any = None) -> RegistrationGroup:
    """Enter a group by hand: confirmed at once if there is room for all, else in line as a whole. Times do not bind.

    The same form (``once``) sent twice is one group; raises :class:`FormUsedError` where it names others by now.
    """
    permissions.require(permissions.may_manage_registrations(by))
    with transaction.atomic():
        settings = hold(event.pk)
        if known := _entered(settings, filled, once):
            return known
        refuse_called_off(settings)
        if filled.contact.email and _known(settings, person_key(filled.contact.email), ""):
            raise ValidationError({"email": _("This contact has a group for the event already.")})
        group = _new_group(settings, filled, once=once or None)
        group.source, group.verified_at = RegistrationGroup.Source.OFFICER, timezone.now()
        members = _apart(settings, group, filled.members)
        if not members:
            raise ValidationError(_("All of them are registered already."))
        party = party_of_group(group, len(members))
        state = State.CONFIRMED if has_room(settings, party) else State.WAITLISTED
        _enter(settings, group, members, filled, state, act="add", by=by)
        return group


def _entered(settings: RegistrationSettings, filled: GroupFilled, once: str) -> RegistrationGroup | None:
    """The group that was entered by this very form."""
    rows = RegistrationGroup.objects.filter(event=settings.event_id, once=once)
    known = rows.first() if once else None
    if known is None:
        return None
    contact = filled.contact
    named = {each.person.name for each in filled.members}
    same = (known.name, known.email, known.organisation_name) == (contact.name, contact.email, contact.organisation)
    came = {*known.members.values_list("name", flat=True), *(each["name"] for each in known.left_out)}
    if not (known.is_active and same and named == came):
        words = _("This form was saved before, for “%(name)s”. Save once more to add another group.")
        raise FormUsedError(words % {"name": known})
    return known


def registered_already(settings: RegistrationSettings, members: Sequence[Member]) -> list[Member]:
    """Those whose address is registered for the event."""
    keys = {person_key(each.person.email): each for each in members if each.person.email}
    rows = Registration.objects.filter(event=settings.event_id, person_key__in=keys).active()
    return [keys[key] for key in rows.values_list("person_key", flat=True)]


def new_member(settings: RegistrationSettings, group: RegistrationGroup, member: Member) -> Registration:
    """A row for a member, not saved yet; organisation and language are the group's."""
    person = member.person
    row = Registration(
        event=settings.event,
        group=group,
        person_key=person_key(person.email),
        name=person.name,
        email=person.email,
        phone=person.phone,
        organisation=group.organisation,
        organisation_name=group.organisation_name,
        role=person.role,
        language=group.language,
        source=Registration.Source.GROUP,
    )
    row.derive()
    return row


def _known(settings: RegistrationSettings, key: str, once: str) -> RegistrationGroup | None:
    rows = RegistrationGroup.objects.filter(event=settings.event_id)
    by_form = rows.filter(once=once).first() if once else None
    return by_form or rows.active().filter(person_key=key).first()


def _refuse_unopened(settings: RegistrationSettings, *, invited: bool) -> None:
    opening = opening_of(settings, ready=is_ready(settings.event), invited=invited)
    if not opening.takes:
        raise NotTakenError(opening)
    if not settings.groups:
        raise ValidationError(_("This event takes no groups. Everybody registers alone."))


def _refuse_size(settings: RegistrationSettings, filled: GroupFilled) -> None:
    """What can never be, or cannot be now without a waiting list. Counted as typed, so that it tells nothing of others."""
    size = len(filled.members)
    if not size:
        raise ValidationError(_("Enter the members of the group."))
    if size > settings.largest_group:
        raise ValidationError(
            _("A group has %(most)d people at most; you entered %(size)d.")
            % {"most": settings.largest_group, "size": size}
        )
    most = min((each for each in (settings.capacity, settings.quota) if each is not None), default=size)
    if size > most:
        raise ValidationError(
            _("For one organisation there are %(most)d seats at most; you entered %(size)d people.")
            % {"most": most, "size": size}
        )
    waits = settings.waiting_list or settings.approval
    if not waits and settings.free is not None and size > settings.free:
        raise ValidationError(
            _("A group comes in whole, and only %(free)d seats are left; you entered %(size)d people.")
            % {"free": settings.free, "size": size}
        )


def _new_group(settings: RegistrationSettings, filled: GroupFilled, *, once: str | None) -> RegistrationGroup:
    contact = filled.contact
    group = RegistrationGroup(
        event=settings.event,
        person_key=person_key(contact.email),
        name=contact.name,
        email=contact.email,
        phone=contact.phone,
        organisation=find_organisation(contact.organisation),
        organisation_name=contact.organisation,
        language=contact.language,
        once=once,
    )
    group.derive()
    return group


def _apart(settings: RegistrationSettings, group: RegistrationGroup, members: Sequence[Member]) -> list[Member]:
    """Those who come in; who is registered already is noted on the group."""
    known = registered_already(settings, members)
    group.left_out = [{"row": each.row, "name": each.person.name, "typed": each.typed} for each in known]
    return [each for each in members if each not in known]


def _admitted(
    settings: RegistrationSettings, group: RegistrationGroup, members: list[Member], filled: GroupFilled
) -> RegistrationGroup:
    """Where a group goes that comes by itself: seats, the line, or, where an officer decides, neither yet."""
    turn = None if settings.approval else admitted(settings, party_of_group(group, len(members)))
    if turn:
        note_passed(turn)
    unverified = bool(turn) or settings.approval or not members
    if not unverified and not settings.waiting_list:
        raise NotTakenError(Opening.FULL)
    state = State.UNVERIFIED if unverified else State.WAITLISTED
    _enter(settings, group, members, filled, state, act="register", seated=bool(turn))
    remember_keeping(settings)
    return group


def _enter(
    settings: RegistrationSettings,
    group: RegistrationGroup,
    members: list[Member],
    filled: GroupFilled,
    state: State,
    *,
    act: str,
    seated: bool | None = None,
    by: Any = None,
) -> None:
    """Write group, members and answers; then the contact is told, and each member who is seated for good."""
    until = timezone.now() + HOLD if state == State.UNVERIFIED else None
    if filled.notice:
        group.notice = version_of(filled.notice, group.language)
        group.notice_shown_at = filled.shown_at or group.registered_at
    group.held_until, group.state = until, state
    group.save()
    write_group_answers(group, filled.answers)
    for member in members:
        row = new_member(settings, group, member)
        seats = seated if state == State.UNVERIFIED else None
        put(settings, row, state, act=act, held_until=until, by=by, seated=seats, tell=state != State.CONFIRMED)
        write_answers(row, member.answers)
        choose_sessions(row, member.sessions)
        if state == State.CONFIRMED:  # by now it is known what is asked after what was answered
            details.tell_confirmed(settings, row)
        else:
            details.refresh(row)
    set_state(settings, group, state, act=act, held_until=until, by=by, new=True)
