"""Which letters are about whom, and how somebody's name goes out of those to others."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.html import escape

from events import mail
from events.models import Message, Registration, RegistrationGroup
from events.striking import GONE, names, struck

from .groups.letters import message_key
from .mailboxes import is_called, is_name


def letters_of(row: Registration) -> QuerySet[Message]:
    """Its own, and not those of other registrations of the event that the same mailbox has."""
    letters = Message.objects.filter(
        event=row.event_id,
        person_key=row.person_key,
        letter__startswith="registration_",
        created_at__gte=row.registered_at,
    )
    others = list(Registration.objects.filter(event=row.event_id, person_key=row.person_key).exclude(pk=row.pk))
    if not others:
        return letters
    written = letters.values_list("pk", "to_name", "created_at")
    return letters.filter(pk__in=[pk for pk, name, at in written if _whose([row, *others], name, at) is row])


def _whose(rows: Iterable[Registration], name: str, at: dt.datetime) -> Registration:
    """Whom the letter names; of several, and where it names none, the last to register who had not ended by then.

    An address may move onto that of a later registration, so when they registered does not tell by itself.
    """
    then = [row for row in rows if row.registered_at <= at]
    named = [row for row in then if is_called(row, name)] or then
    return max(named, key=lambda row: (row.ended_at is None or row.ended_at >= at, row.registered_at, row.pk))


def letters_to_contact(group: RegistrationGroup) -> QuerySet[Message]:
    """Where the group stands, and what members without an address should hear."""
    return Message.objects.filter(event=group.event_id, person_key=message_key(group))


def letters_to_members(group: RegistrationGroup) -> QuerySet[Message]:
    """They name the contact who registered them."""
    return Message.objects.filter(event=group.event_id, person_key__in=group.members.values("person_key"))


def rename(row: Registration, name: str) -> None:
    """Before a person gets another name: whoever erases the person later does not know the one of before any more.

    Where another member has it too, it is that one's from now on.
    """
    letters_of(row).update(to_name=name)
    if row.group and not row.group.members.exclude(pk=row.pk).filter(name=row.name).exists():
        _rename(letters_to_contact(row.group), row.name, name)
    _rename(_tests(row.event_id), row.name, name)
    if not is_name(row.name, name):
        forget_left_out(row.name, event=row.event_id)


def rename_contact(group: RegistrationGroup, name: str) -> None:
    """Before the contact of a group gets another name, or is somebody else; see :func:`rename`."""
    _rename(letters_to_members(group), group.name, name)
    _rename(_tests(group.event_id), group.name, name)
    waiting = letters_to_contact(group).exclude(state=Message.State.SENT)
    strike(waiting, group.name, instead=name)
    waiting.update(to_name=name)


def _rename(letters: QuerySet[Message], before: str, name: str) -> None:
    """What was sent never said the new name."""
    strike(letters.filter(state=Message.State.SENT), before)
    strike(letters.exclude(state=Message.State.SENT), before, instead=name)


def forget_left_out(name: str, *, event: int | None = None) -> None:
    """Take a name out of what contacts are told of those who were registered already; of all events without one."""
    groups = RegistrationGroup.objects.exclude(left_out=[])
    for group in groups.filter(event=event) if event else groups:
        kept = [each for each in group.left_out if not is_name(each["name"], name)]
        if kept != group.left_out:
            RegistrationGroup.objects.filter(pk=group.pk).update(left_out=kept)


def strike(letters: QuerySet[Message], name: str, *, instead: str = GONE) -> None:
    """Take a name out of letters to others, and leave longer words alone that it is a part of."""
    if not name:
        return
    for letter in letters.filter(_holding(name)):
        told = {part: struck(getattr(letter, part), was, now) for part, was, now in _forms(name, instead)}
        Message.objects.filter(pk=letter.pk).update(**told)


def empty_tests(event: int, name: str) -> None:
    """Officers had letters to this person sent to themselves to look at them."""
    if name:
        naming = [letter.pk for letter in _tests(event).filter(_holding(name)) if _names(letter, name)]
        empty(_tests(event).filter(pk__in=naming))


def empty(letters: QuerySet[Message]) -> None:
    """What waits is not sent; what was sent loses its content."""
    letters.exclude(state=Message.State.SENT).delete()
    blank: dict[str, Any] = dict.fromkeys(("subject", "body_text", "body_html", "calendar", "qr", "error"), "")
    letters.update(**blank, person_key="", to_name="", to_address="")


def _tests(event: int) -> QuerySet[Message]:
    return Message.objects.filter(event=event, letter="registration_test")


def _forms(name: str, instead: str = GONE) -> list[tuple[str, str, str]]:
    """A name, and what stands in its place, as the parts of a letter spell it."""
    was, now = mail.literal(name), mail.literal(instead)
    return [("subject", name, instead), ("body_text", was, now), ("body_html", escape(was), escape(now))]


def _holding(name: str) -> Q:
    found = Q()
    for part, was, _now in _forms(name):
        found |= Q(**{f"{part}__contains": was})
    return found


def _names(letter: Message, name: str) -> bool:
    return any(names(getattr(letter, part), was) for part, was, _now in _forms(name))
