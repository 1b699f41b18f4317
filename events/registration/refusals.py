"""Addresses that take no mail: marked where mail comes back, and written to no more but by an officer's act."""

from django.utils import timezone

from events import mail
from events.models import Message, Registration, RegistrationGroup, TimedLetter


def mark_refused(*, address: str, reason: str) -> int:
    """Mark every registration and every group's contact with this address, at whatever event; the first reason stays.

    Gives how many are new.
    """
    if not address:
        return 0
    told = {"address_refused_at": timezone.now(), "address_refused": reason[:300]}
    return sum(
        model.objects.kept().filter(email__iexact=address, address_refused_at=None).update(**told)
        for model in (Registration, RegistrationGroup)
    )


def clear_refused(row: Registration | RegistrationGroup) -> None:
    """A corrected address may be written to again; the caller saves the row.

    A reminder that was withheld from the old one was never had: the clock finds it due again, if it still is.
    """
    row.address_refused_at, row.address_refused = None, ""
    if isinstance(row, Registration):
        withheld = Message.objects.filter(
            event=row.event_id,
            person_key=row.person_key,
            created_at__gte=row.registered_at,
            state=Message.State.WITHHELD,
            error=mail.ADDRESS,
        )
        names = [each.removeprefix("registration_") for each in withheld.values_list("letter", flat=True)]
        TimedLetter.objects.filter(registration=row, letter__in=names).delete()
