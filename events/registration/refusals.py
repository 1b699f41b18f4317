"""Addresses that take no mail: marked where mail comes back, and written to no more but by an officer's act."""

from django.utils import timezone

from events.models import Registration


def mark_refused(*, address: str, reason: str) -> int:
    """Mark every registration with this address, at whatever event; the first reason stays. Gives how many are new."""
    if not address:
        return 0
    rows = Registration.objects.kept().filter(email__iexact=address, address_refused_at=None)
    return rows.update(address_refused_at=timezone.now(), address_refused=reason[:300])


def clear_refused(registration: Registration) -> None:
    """A corrected address may be written to again; the caller saves the row."""
    registration.address_refused_at, registration.address_refused = None, ""
