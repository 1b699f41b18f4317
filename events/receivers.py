"""What this package does itself when one of its signals is sent."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.dispatch import receiver

from events.models import Person, ProgrammeRelease
from events.signals import address_refused, person_erased, programme_released


@receiver(programme_released)
def forget_released_feeds(release: ProgrammeRelease, **kwargs: Any) -> None:
    """Redis must not go on naming the calendar of the release before."""
    if settings.REDIS_URL:
        _forget([release.event_id])


@receiver(person_erased)
def forget_erased_feeds(person: Person, **kwargs: Any) -> None:
    """Nor one that names somebody who is no longer to be named; this process drops its copies too."""
    events = set(ProgrammeRelease.objects.filter(people__key=person.key).values_list("event", flat=True))
    transaction.on_commit(lambda: _forget(events))


@receiver(person_erased)
def erase_registrations(person: Person, email: str = "", name: str = "", **kwargs: Any) -> None:
    """What the person registered for, answers and letters with it."""
    from events.registration import keeping  # noqa: PLC0415 - slow import

    keeping.erase_registrations_of(person=person, email=email, name=name)


@receiver(programme_released)
def tell_registered(release: ProgrammeRelease, **kwargs: Any) -> None:
    """Whoever is confirmed hears of it once it has settled, where it concerns them; a line that stood still moves on."""
    from events.registration import resuming, telling  # noqa: PLC0415 - slow import

    resuming.resume(event=release.event_id)
    telling.promise(release.event_id)


@receiver(address_refused)
def mark_address(address: str, reason: str, **kwargs: Any) -> None:
    """Officers see at whose registration mail comes back."""
    from events.registration import refusals  # noqa: PLC0415 - slow import

    refusals.mark_refused(address=address, reason=reason)


def _forget(events: Iterable[int]) -> None:
    from events import ical  # noqa: PLC0415 - slow import

    ical.forget_feeds(events)
