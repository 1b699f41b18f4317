"""Who else was at work on an event just now, from Wagtail's log."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone
from wagtail.models import ModelLogEntry

from events.models import Contribution, Event, Person, Room, Session, Venue

#: So long after a change by somebody else the release page still names it.
RECENT = dt.timedelta(minutes=10)


@dataclass(frozen=True)
class RecentChange:
    """Something that somebody else just did."""

    who: str
    what: str
    on: str
    at: dt.datetime


def recent_changes(event: Event, user: Any) -> list[RecentChange]:
    """Changes by others in the last ten minutes to what the next release would show, newest first."""
    entries = (
        ModelLogEntry.objects.filter(_concerning(event), timestamp__gte=timezone.now() - RECENT)
        .exclude(user=user.pk)
        .select_related("user")
        .order_by("-timestamp", "-pk")[:20]
    )
    return [
        RecentChange(who=entry.user_display_name, what=str(entry.message), on=entry.label, at=entry.timestamp)
        for entry in entries
    ]


def _concerning(event: Event) -> Q:
    sessions = Session.objects.filter(event=event)
    concerned: list[tuple[type, Any]] = [
        (Event, [event.pk]),
        (Session, sessions.values_list("pk", flat=True)),
        (Person, Contribution.objects.filter(session__event=event).values_list("person_id", flat=True)),
        (Room, sessions.exclude(room=None).values_list("room_id", flat=True)),
        (Venue, [each for each in (event.venue_id, *sessions.values_list("room__venue_id", flat=True)) if each]),
    ]
    types = ContentType.objects.get_for_models(*(model for model, _ids in concerned))
    found = Q()
    for model, ids in concerned:
        found |= Q(content_type=types[model], object_id__in=[str(pk) for pk in ids])
    return found
