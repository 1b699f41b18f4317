"""Refusals: somebody else saved what an officer was looking at."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from events.models import Event, Session


class StaleSessionError(ValidationError):
    """The row is not at the version that was shown; ``stored`` is how it stands now."""

    def __init__(self, stored: Session, message: str = "") -> None:
        moved = _("Somebody else saved this in the meantime, so nothing was moved. Below are both versions.")
        super().__init__(message or moved)
        self.stored = stored


class StaleDayError(ValidationError):
    """Sessions of the day are not as they were shown."""

    def __init__(self) -> None:
        super().__init__(
            _("Somebody else changed this day in the meantime, so nothing was done. Look at it and do it again.")
        )


def lock_event(event: Event) -> Event:
    """The event, held until the transaction ends: acts on one programme follow one another, releases too."""
    return Event.objects.select_for_update(of=("self",)).select_related("venue").get(pk=event.pk)


def locked(rows: "QuerySet[Session]") -> "QuerySet[Session]":
    """Sessions held until the transaction ends, in the order in which a release takes them."""
    held = rows.select_for_update(of=("self",)).select_related("event", "room__venue", "venue")
    return held.order_by("pk")


def require_seen(sessions: list[Session], seen: Mapping[int, int]) -> None:
    """Refuse unless every session is at the version that was shown; ``seen`` has it by number."""
    if any(seen.get(session.pk) != session.version for session in sessions):
        raise StaleDayError
