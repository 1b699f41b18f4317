"""What waits for whoever runs registrations, event by event, in a fixed number of questions to the database."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, F, Q
from django.utils import timezone

from events.models import ChangeRequest, Event, Message, Registration, RegistrationGroup, RegistrationSettings
from events.models.registration.registrations import ACTIVE, State

#: So early it is said that registration opens or closes, and so long after its end an event's letters still matter.
SOON, AFTERWARDS = dt.timedelta(days=7), dt.timedelta(days=30)


@dataclass
class Awaiting:
    """One event: how many of each kind wait, by a name of that kind, and when its registration opens or closes."""

    event: Event
    counts: dict[str, int] = field(default_factory=dict)
    opens_at: dt.datetime | None = None
    closes_at: dt.datetime | None = None

    def __bool__(self) -> bool:
        return bool(self.counts or self.opens_at or self.closes_at)


def awaiting() -> list[Awaiting]:
    """The events where something waits, the next first."""
    last = timezone.localdate() - AFTERWARDS
    rows = RegistrationSettings.objects.filter(
        Q(event__ends_on__gte=last) | Q(event__ends_on=None), event__withdrawn_at=None
    )
    order = F("event__starts_on").asc(nulls_last=True)
    found = {row.event_id: _begun(row) for row in rows.select_related("event").order_by(order, "event")}
    for kind, counted in _counted(list(found)).items():
        for event, count in counted:
            if count:
                found[event].counts[kind] = count
    return [each for each in found.values() if each]


def _begun(row: RegistrationSettings) -> Awaiting:
    now = timezone.now()
    opens, closes = row.opens_at, row.closes_at
    return Awaiting(
        row.event,
        opens_at=opens if opens and now < opens <= now + SOON else None,
        closes_at=closes if closes and now < closes <= now + SOON else None,
    )


def _counted(events: list[int]) -> dict[str, Iterable[tuple[int, int]]]:
    """How many of each kind, in the order in which they are told, by event."""
    requested = Q(state=State.REQUESTED)
    kept = Registration.objects.kept().filter(event__in=events).order_by()
    people = list(
        kept.values_list("event").annotate(
            requested=Count("pk", filter=requested & Q(group=None)),
            refused=Count("address_refused_at", filter=Q(state__in=ACTIVE)),
        )
    )
    groups = list(
        RegistrationGroup.objects.kept()
        .filter(event__in=events)
        .order_by()
        .values_list("event")
        .annotate(
            requested=Count("pk", filter=requested), refused=Count("address_refused_at", filter=Q(state__in=ACTIVE))
        )
    )
    changes = ChangeRequest.objects.filter(registration__event__in=events, state=ChangeRequest.State.OPEN)
    letters = Message.objects.filter(event__in=events, state=Message.State.FAILED)
    return {
        "requested": [(event, requested) for event, requested, _refused in people],
        "groups": [(event, requested) for event, requested, _refused in groups],
        "changes": changes.order_by().values_list("registration__event").annotate(count=Count("pk")),
        "letters": letters.order_by().values_list("event").annotate(count=Count("pk")),
        "refused": [(event, refused) for event, _requested, refused in people],
        "contacts": [(event, refused) for event, _requested, refused in groups],
    }
