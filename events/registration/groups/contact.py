"""The contact of a group as an officer corrects it: who that is, and where letters go."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from events import permissions
from events.links import renew_link
from events.models import Message, RegistrationGroup
from events.registration.keys import person_key
from events.registration.refusals import clear_refused
from events.registration.registering import Applicant
from events.registration.states import note
from events.registration.striking import empty, letters_to_contact, rename_contact

from .deciding import held_group

_KEPT = ("name", "email", "phone", "language")


def amend_contact(*, group: RegistrationGroup, contact: Applicant, by: Any = None) -> RegistrationGroup:
    """Change name, address, telephone and language of the letters; organisation and members stay.

    Letters that have not left go to the new address, and the link that the old one got opens nothing any more. What
    was sent to the old one goes: nothing would lead to it any more when whoever reads that address is erased.
    """
    permissions.require(permissions.may_manage_registrations(by))
    with transaction.atomic():
        _settings, row = held_group(group)
        if not row.is_active:
            raise ValidationError(_("This group has ended. Its contact has to register it again."))
        changed = [name for name in _KEPT if getattr(row, name) != getattr(contact, name)]
        if "email" in changed:
            _move(row, contact.email)
        if "name" in changed:
            rename_contact(row, contact.name)
        for name in changed:
            setattr(row, name, getattr(contact, name))
        if changed:
            row.version += 1
            row.save()
            note(row, "amend", by=by, data={"changed": sorted(changed)})
        return row


def _move(row: RegistrationGroup, email: str) -> None:
    clear_refused(row)
    key = person_key(email)
    if key == row.person_key:
        return  # the same mailbox in other letters
    others = RegistrationGroup.objects.filter(event=row.event_id, person_key=key).active()
    if email and others.exclude(pk=row.pk).exists():
        raise ValidationError({"email": _("This contact has a group for the event already.")})
    row.person_key = key
    letters = letters_to_contact(row)
    if email:
        letters.exclude(state=Message.State.SENT).update(to_address=email)
    empty(letters.filter(state=Message.State.SENT) if email else letters)
    for link in row.links.filter(revoked_at=None):
        renew_link(link=link, expires_at=link.expires_at)
