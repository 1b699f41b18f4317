"""Somebody joins a group that has its seats; who leaves one is cancelled as everybody else is."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from events import permissions
from events.models import Registration, RegistrationGroup, RegistrationSettings
from events.models.registration.registrations import State
from events.registration import details
from events.registration.answering import write_answers
from events.registration.letters import refuse_crowded
from events.registration.line import Party, admitted, has_room, party_of_group
from events.registration.opening import is_ready, opening_of
from events.registration.places import choose_sessions, refuse_called_off
from events.registration.registering import FormUsedError, NotTakenError
from events.registration.states import note, put

from . import letters
from .deciding import held_group
from .registering import Member, new_member, registered_already
from .states import note_passed, remember_keeping


def add_member(*, group: RegistrationGroup, member: Member, once: str = "", by: Any = None) -> Registration:
    """Add one person to a confirmed group, with a seat at once; refused where none is free. ``by`` None: the contact.

    A group in line does not grow there: everybody behind it would wait longer for that. The same form (``once``) sent
    twice is one member; raises :class:`FormUsedError` where somebody else stands in it by now.
    """
    if by is not None:
        permissions.require(permissions.may_manage_registrations(by))
    with transaction.atomic():
        settings, row = held_group(group)
        if known := _known(row, member, once):
            return known
        if row.state != State.CONFIRMED:
            raise ValidationError(_("Members are added once the group has its seats."))
        refuse_called_off(settings)
        if registered_already(settings, [member]):
            raise ValidationError({"email": _("Somebody with this address is registered already.")})
        newcomer = party_of_group(row, 1)
        if by is None:
            refuse_crowded(member.person.email)
            _take_turn(settings, row, newcomer)
        elif not has_room(settings, newcomer):
            raise ValidationError(_no_seat())
        added = new_member(settings, row, member)
        added.once = once or None
        put(settings, added, State.CONFIRMED, act="add_member", by=by, tell=False)
        write_answers(added, member.answers)
        choose_sessions(added, member.sessions)
        details.tell_confirmed(settings, added)  # by now it is known what is asked after what was answered
        remember_keeping(settings)
        note(row, "add_member", by=by, data={"code": added.code})
        letters.tell_member_added(settings, row)
        return added


def _known(row: RegistrationGroup, member: Member, once: str) -> Registration | None:
    """Who was added by this very form."""
    known: Registration | None = row.members.filter(once=once).first() if once else None
    if known and not (known.is_active and (known.name, known.email) == (member.person.name, member.person.email)):
        words = _("This form was saved before, for “%(name)s”. Save once more to add this person too.")
        raise FormUsedError(words % {"name": known})
    return known


def why_nobody(settings: RegistrationSettings | None, group: RegistrationGroup, *, ready: bool) -> str:
    """Why the contact can add nobody at this moment, whoever waits for a seat; empty where somebody can be added.

    Who is in the group stays, and can be replaced and corrected, also once the event takes no groups any more.
    """
    if settings is None or not settings.groups:
        return _(
            "This event takes no groups any more, so nobody can be added to one. Whoever wants to come registers alone."
        )
    if settings.approval:
        return _("An officer decides on each registration here. Write to us to add somebody.")
    opening = opening_of(settings, ready=ready, invited=True)
    if not opening.takes:
        return NotTakenError(opening).messages[0]
    if group.active_members.count() >= settings.largest_group:
        return _("A group has %(most)d people at most.") % {"most": settings.largest_group}
    return ""


def _take_turn(settings: RegistrationSettings, row: RegistrationGroup, newcomer: Party) -> None:
    """Whether the contact may add one now, and it is nobody else's turn."""
    if words := why_nobody(settings, row, ready=is_ready(settings.event)):
        raise ValidationError(words)
    turn = admitted(settings, newcomer)
    if turn is None:
        raise ValidationError(_no_seat())
    note_passed(turn)


def _no_seat() -> str:
    return _("No seat is free for another member, or your organisation has its full quota.")
