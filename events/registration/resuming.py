"""An event takes place after all, or later than it did: whoever waits stands in line for it again."""

from django.db import transaction
from django.db.models import Case, Value, When

from events.models import Registration, RegistrationGroup
from events.models.registration.registrations import State

from .deciding import pass_on
from .letters import CALLED_OFF, STRUCK_OUT
from .places import hold, takes_place


def resume(*, event: int) -> int:
    """After a release: seats that became free meanwhile are offered; gives how many.

    Whoever was told that the event is off would have to hear it once more.
    """
    waiting = Registration.objects.filter(event=event, state=State.WAITLISTED)
    people = Registration.objects.filter(event=event, invited_as=CALLED_OFF)
    groups = RegistrationGroup.objects.filter(event=event, told_as=CALLED_OFF)
    if not any(rows.exists() for rows in (waiting, people, groups)):
        return 0
    with transaction.atomic():
        settings = hold(event)
        if not takes_place(settings):
            return 0
        people.update(invited_as=Case(When(sequence=0, then=Value("")), default=Value(STRUCK_OUT)))
        groups.update(told_as="")
        return pass_on(settings)
