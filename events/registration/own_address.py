"""People give another e-mail address by themselves: a letter to it proves that it is theirs, and then all letters go there.

Whoever gives an address learns nothing of it. One that is registered for the event already has the link to that
registration instead, as somebody who registers twice; one that had its letters for this hour has none.
"""

import copy
import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from events import addresses, mail
from events.links import issue_link, key_of, renew_link
from events.models import Link, Message, Registration, RegistrationSettings
from events.models.registration.registrations import ACTIVE, State

from . import letters
from .amending import amend_row
from .deciding import held_row
from .keys import person_key, spelled
from .opening import settings_of
from .places import public_event, takes_place
from .registering import Applicant
from .states import note
from .striking import empty, letters_of

#: So long a new address can be confirmed.
VALID = dt.timedelta(hours=24)
#: So often in an hour one person may give one, whosever it is.
MOST_AN_HOUR = 3
_HOUR, _TWICE = dt.timedelta(hours=1), dt.timedelta(minutes=1)


def may_move(settings: RegistrationSettings | None, registration: Registration) -> bool:
    """Whether the person may give another address: who has proved the first one, while there is something to come to.

    Nobody plans by it, so the time for changes does not bind.
    """
    stands = registration.is_active and registration.state != State.UNVERIFIED and bool(registration.email)
    return stands and settings is not None and takes_place(settings)


def waits(registration: Registration) -> bool:
    """Whether a new address waits to be confirmed."""
    until = registration.new_email_until
    return bool(registration.new_email) and until is not None and until > timezone.now()


def ask_new_address(*, registration: Registration, email: str) -> Registration:
    """Keep the address that the person gave, and write to it; the present one stays until the new one is confirmed.

    What was given before counts no more. The answer is the same whoever reads the address.
    """
    with transaction.atomic():
        settings, row = held_row(registration)
        _refuse(settings, row)
        if person_key(email) == row.person_key:
            raise ValidationError({"email": _("This is the address that you have already.")})
        if _just_asked(row, email):
            return row
        if _asked_often(row):
            raise ValidationError({"email": _("You gave several addresses within an hour. Try again later.")})
        if person_key(email) != person_key(row.new_email):
            _end_link(row)
        row.new_email, row.new_email_until = spelled(email), timezone.now() + VALID
        row.save(update_fields=["new_email", "new_email_until"])
        _link(row)  # also where no letter has it: the page of what is held lists links
        note(row, "ask_address")
        _tell_new(settings, row)
        return row


def keep_address(*, registration: Registration) -> bool:
    """The address stays as it is; False where no other one waits."""
    with transaction.atomic():
        _settings, row = held_row(registration)
        if not row.new_email:
            return False
        _end_link(row)
        row.new_email, row.new_email_until = "", None
        row.save(update_fields=["new_email", "new_email_until"])
        note(row, "keep_address")
        return True


def confirm_new_address(*, registration: Registration) -> bool:
    """Make the new address the person's: letters and the link go there, and the former one is told that it is former.

    False where none waits any more. Refused where somebody registered with it meanwhile: whoever presses the button
    reads that address.
    """
    with transaction.atomic():
        settings, row = held_row(registration)
        if not waits(row):
            return False
        _refuse(settings, row)
        before, wanted, refused = row.email, row.new_email, row.address_refused_at is not None
        unsent = letters_of(row).filter(letter=letters.PROVING, state=Message.State.QUEUED)
        unsent.update(state=Message.State.WITHHELD, error=mail.NOT_NEEDED, finished_at=timezone.now())
        row.verified_at = row.verified_at or timezone.now()
        amend_row(settings, row, _moved(row, wanted), {}, None, {}, with_address=True, act="move_address")
        withheld = mail.ADDRESS if refused else ""
        _write(settings, row, "address_changed", to=before, withheld=withheld)
        return True


def link_of(message: Message) -> str:
    """The address behind ``{{link:address}}`` at the moment of sending."""
    rows = Registration.objects.filter(event=message.event, person_key=message.person_key, state__in=ACTIVE)
    row = rows.select_related("event__public").first() if message.person_key else None
    if row is None or not waits(row) or person_key(message.to_address) != person_key(row.new_email):
        raise mail.LetterNotNeededError(mail.NOT_NEEDED)
    if not may_move(settings_of(row.event), row):
        raise mail.LetterNotNeededError(mail.NOT_NEEDED)
    path = addresses.open_new_address_path(row.event.public.slug, message.language, key_of(_link(row)))
    return addresses.absolute(path)


def forget_new_addresses() -> None:
    """Addresses that nobody confirmed in time may be a stranger's: neither rows nor letters keep them."""
    now = timezone.now()
    lapsed = Registration.objects.filter(new_email_until__lte=now)
    lapsed.update(new_email="", new_email_until=None)
    empty(Message.objects.filter(letter=letters.PROVING, created_at__lte=now - VALID).exclude(to_address=""))


def forget_new_address(email: str) -> None:
    """Somebody's address goes where others gave it as theirs too; they have to give it anew."""
    if email:
        Registration.objects.filter(new_email__iexact=spelled(email)).update(new_email="", new_email_until=None)
        empty(Message.objects.filter(letters.proving(email)))


def _refuse(settings: RegistrationSettings, row: Registration) -> None:
    if not may_move(settings, row):
        raise ValidationError(_("The address of this registration can no longer be changed here. Write to us."))


def _just_asked(row: Registration, email: str) -> bool:
    """The same form once more: a button that was pressed twice writes one letter."""
    until = row.new_email_until
    return until is not None and until > timezone.now() + VALID - _TWICE and row.new_email == spelled(email)


def _asked_often(row: Registration) -> bool:
    """Counted in the history, which is the same whether a letter was written or not."""
    entries = ModelLogEntry.objects.for_instance(row).filter(action="events.registration.ask_address")
    return entries.filter(timestamp__gt=timezone.now() - _HOUR).count() >= MOST_AN_HOUR


def _link(row: Registration) -> Link:
    return issue_link(target=row, purpose=letters.NEW_ADDRESS, expires_at=row.new_email_until)


def _end_link(row: Registration) -> None:
    """Whoever reads the address that was given before confirms no other one."""
    for link in row.links.filter(purpose=letters.NEW_ADDRESS):
        renew_link(link=link, expires_at=link.expires_at)


def _tell_new(settings: RegistrationSettings, row: Registration) -> None:
    others = Registration.objects.filter(event=row.event_id, person_key=person_key(row.new_email)).active()
    known = others.exclude(pk=row.pk).first()
    if known:
        known.event = settings.event
        letters.send_link(settings, known)
    elif not letters.is_crowded(row.new_email):
        _write(settings, row, "new_address", to=row.new_email)


def _write(settings: RegistrationSettings, row: Registration, letter: str, *, to: str, withheld: str = "") -> None:
    """A letter to an address that is not the registration's: it holds no link to it, and no calendar entry."""
    public = public_event(settings.event)
    if public is None or not to:
        return
    person = copy.copy(row)
    person.held_until = row.new_email_until
    with translation.override(row.language):
        context = letters.context_of(settings, public, person, letter) | {"link": "{{link:address}}"}
    mail.promise_message(
        f"registration_{letter}",
        template="registration",
        language=row.language,
        to_address=to,
        to_name=row.name,
        event=settings.event,
        person_key=row.person_key,
        context=context,
        withheld=withheld,
    )


def _moved(row: Registration, email: str) -> Applicant:
    """The person as the row says, with another address."""
    held: dict[str, Any] = {"phone": row.phone, "organisation": row.organisation_name, "role": row.role}
    return Applicant(name=row.name, email=email, language=row.language, **held)
