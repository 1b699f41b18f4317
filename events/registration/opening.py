"""Whether an event takes registrations at this moment, as pages say it and verbs obey it."""

from enum import StrEnum

from django.utils import timezone

from events.models import Event, RegistrationSettings, Wording

from .places import public_event, takes_place


class Opening(StrEnum):
    """What a newcomer meets."""

    NONE = "none"  # this event takes no registrations, or is not public
    NOT_YET = "not_yet"
    OPEN = "open"
    WAITING = "waiting"  # all seats taken; there is a waiting list
    FULL = "full"
    CLOSED = "closed"
    INVITED = "invited"  # only for those who have the invitation link

    @property
    def takes(self) -> bool:
        """Whether a form is shown at all."""
        return self in (Opening.OPEN, Opening.WAITING)


def opening_of(settings: RegistrationSettings | None, *, ready: bool = True, invited: bool = False) -> Opening:
    """What holds now. ``ready``: the event has the notice without which nothing may be asked.

    ``invited``: the reader came by the invitation link.
    """
    if settings is None or not ready:
        return Opening.NONE
    now = timezone.now()
    if not takes_place(settings):
        return Opening.CLOSED
    if settings.opens_at and now < settings.opens_at:
        return Opening.NOT_YET
    if settings.closes_at and now >= settings.closes_at:
        return Opening.CLOSED
    if settings.access == RegistrationSettings.Access.INVITATION and not invited:
        return Opening.INVITED
    if settings.approval or settings.free is None or (settings.free > 0 and not settings.keeps_seats):
        return Opening.OPEN
    return Opening.WAITING if settings.waiting_list else Opening.FULL


def takes_changes(settings: RegistrationSettings | None) -> bool:
    """Whether people may change what they said by themselves: until the time that the event says, or its beginning."""
    return settings is not None and not _changes_are_over(settings) and is_to_come(settings)


def takes_requests(settings: RegistrationSettings | None) -> bool:
    """Whether people may still ask for a change: after the time for changes, until the event begins."""
    return settings is not None and _changes_are_over(settings) and is_to_come(settings)


def _changes_are_over(settings: RegistrationSettings) -> bool:
    return settings.changes_until is not None and settings.changes_until <= timezone.now()


def is_to_come(settings: RegistrationSettings) -> bool:
    """Whether the event is public, takes place, and has not begun."""
    if not takes_place(settings):
        return False
    public = public_event(settings.event)
    return public is None or public.starts_at is None or public.starts_at > timezone.now()


def settings_of(event: Event | int) -> RegistrationSettings | None:
    """How the event takes registrations; None where it takes none."""
    pk = event if isinstance(event, int) else event.pk
    return RegistrationSettings.objects.select_related("event__public").filter(event=pk).first()


def is_ready(event: Event | int) -> bool:
    """Whether the event has its information notice: without it nothing may be asked (KVKK art. 10)."""
    pk = event if isinstance(event, int) else event.pk
    return Wording.objects.filter(event=pk, kind=Wording.Kind.NOTICE).exists()
