"""An event takes place after all, or later than it did: whoever waits stands in line for it again."""

from typing import Any

from django.db import transaction
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from events.models import ProgrammeRelease, Registration, RegistrationGroup, RegistrationSettings, SessionPlaces
from events.models.registration.registrations import HELD, State

from .deciding import offer_group_seats, offer_seat, pass_on
from .letters import CALLED_OFF, STRUCK_OUT, tell_session_seats
from .places import hold, pass_sessions_on, takes_place
from .states import HOLD


def resume(*, event: int) -> int:
    """After a release: seats that became free meanwhile are offered; gives how many.

    Whoever was told that the event is off would have to hear it once more. Whoever had time to confirm an address or
    to take a seat has that time anew.
    """
    waiting = Registration.objects.filter(event=event, state=State.WAITLISTED)
    people = Registration.objects.filter(event=event, invited_as=CALLED_OFF)
    groups = RegistrationGroup.objects.filter(event=event, told_as=CALLED_OFF)
    held = [rows.filter(event=event, state__in=HELD) for rows in (Registration.objects, RegistrationGroup.objects)]
    if not any(rows.exists() for rows in (waiting, people, groups, *held, _free_sessions(event))):
        return 0
    with transaction.atomic():
        settings = hold(event)
        if not takes_place(settings):
            return 0
        people.update(invited_as=Case(When(sequence=0, then=Value("")), default=Value(STRUCK_OUT)))
        groups.update(told_as="")
        if _was_off(event):
            _give_time_anew(settings)
        tell_session_seats(settings, pass_sessions_on(settings, _free_sessions(event)))
        return pass_on(settings)


def _free_sessions(event: int) -> Any:
    """Sessions that have a free seat, and that somebody wishes for who is seated at the event."""
    free = Q(capacity=None) | Q(taken__lt=F("capacity"))
    wished = Q(chosen__seat=False, chosen__registration__seat=True)
    return SessionPlaces.objects.filter(free, wished, session__event=event).distinct()


def _was_off(event: int) -> bool:
    """Whether the release before the newest one said that the event does not take place."""
    before = ProgrammeRelease.objects.filter(event=event).order_by("-number")[1:2]
    return any(each.open_public()["event"]["status"] == "cancelled" for each in before)


def _give_time_anew(settings: RegistrationSettings) -> None:
    """While the event was off nobody could confirm or take a seat; who is offered one hears until when by now."""
    event, until = settings.event_id, timezone.now() + HOLD
    for rows in (Registration.objects, RegistrationGroup.objects):
        rows.filter(event=event, state=State.UNVERIFIED).update(held_until=until)
    for row in list(Registration.objects.filter(event=event, state=State.OFFERED, group=None).order_by("pk")):
        row.event = settings.event
        offer_seat(settings, row)
    for group in list(RegistrationGroup.objects.filter(event=event, state=State.OFFERED).order_by("pk")):
        group.event = settings.event
        offer_group_seats(settings, group)
