"""What those who are registered hear when the event becomes another: one letter each, after the changes have settled.

Several releases that follow one another closely are one piece of news. A process may end anywhere: which release a
person knows is written in the same transaction as the letter, so that nobody hears twice, and the sweep finds who
was not told.
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import F, Min, Q
from django.utils import timezone

from events.jobs import promise_job
from events.models import Job, ProgrammeRelease, PublicEvent, Registration, RegistrationGroup
from events.models.registration.registrations import State

from . import letters
from .changes import News
from .deciding import held_row
from .groups.deciding import held_group
from .groups.letters import tell_called_off, tell_event_changed
from .places import takes_place

KIND = "tell_registered"
#: So long after the last release people are told of it, if no other follows meanwhile.
SETTLING = dt.timedelta(minutes=10)
#: But of the first that they do not know not later than this.
LONGEST = dt.timedelta(hours=1)
#: They have nothing in their calendars, but hope for a seat.
_HOPING = (State.REQUESTED, State.WAITLISTED, State.OFFERED)


def promise(event: int) -> Job | None:
    """Tell, once it has settled, whoever does not know the event's newest release; None where everybody does."""
    if not any(rows.exists() for rows in (_unaware(event), *_hoping(event))):
        return None
    return promise_job(KIND, due_at=settles_at(event), event=event)


def settles_at(event: int) -> dt.datetime:
    """When what was released counts as news: at once where the event is off."""
    public = PublicEvent.objects.filter(event=event).first()
    if public is None or public.status != PublicEvent.Status.PUBLIC:
        return timezone.now()
    known = _unaware(event).aggregate(known=Min("told_release"))["known"] or 0
    moments = list(
        ProgrammeRelease.objects.filter(event=event, number__gt=known)
        .order_by("number")
        .values_list("released_at", flat=True)
    )
    return min(moments[-1] + SETTLING, moments[0] + LONGEST) if moments else timezone.now()


def tell_job(job: Job) -> dict[str, Any]:
    """Tell everybody of one event of what changed for them; twice tells nobody twice.

    Where another release came meanwhile, it leaves the telling to the job that was promised with that one.
    """
    event = job.payload["event"]
    public = PublicEvent.objects.select_related("release").filter(event=event).first()
    if public is None or settles_at(event) > timezone.now():
        return {"told": 0}
    news, told_to = News(public.release), 0
    for pk in list(_unaware(event).order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            settings, row = held_row(Registration(pk=pk, event_id=event))
            if row.state != State.CONFIRMED or row.told_release == news.release.number:
                continue
            changes = news.of(row) if takes_place(settings) else []
            Registration.objects.filter(pk=row.pk).update(told_release=news.release.number)
            told_to += letters.tell_news(settings, row, changes)
    return {"told": told_to + _tell_contacts(event) + _tell_hoping(event)}


def _tell_contacts(event: int) -> int:
    """The contacts of groups hear for members without an address; gives how many."""
    told_to = 0
    groups = RegistrationGroup.objects.filter(event=event, state=State.CONFIRMED).exclude(told_as="")
    for group in list(groups.order_by("pk")):
        with transaction.atomic():
            settings, row = held_group(group)
            if row.state == State.CONFIRMED:
                told_to += tell_event_changed(settings, row)
    return told_to


def _tell_hoping(event: int) -> int:
    """Who waits for a seat hears that the event is off, alone or for a group; gives how many."""
    told_to, (people, groups) = 0, _hoping(event)
    for registration in list(people.order_by("pk")):
        with transaction.atomic():
            settings, row = held_row(registration)
            if row.state in _HOPING:
                told_to += letters.tell_called_off(settings, row)
    for group in list(groups.order_by("pk")):
        with transaction.atomic():
            settings, held = held_group(group)
            if held.state in _HOPING:
                told_to += tell_called_off(settings, held)
    return told_to


def promise_telling() -> None:
    """Find what a release announced and nobody promised, because the process ended at that moment."""
    rows = (_unaware(), *_hoping())
    for event in sorted({event for each in rows for event in each.order_by().values_list("event", flat=True)}):
        if not Job.objects.filter(kind=KIND, finished_at=None, payload__event=event).exists():
            promise(event)


def _unaware(event: int | None = None) -> Any:
    """Confirmed people who know no release, or another than the newest."""
    rows = Registration.objects.filter(state=State.CONFIRMED, erased_at=None)
    rows = rows.filter(event=event) if event else rows
    return rows.filter(Q(told_release=None) | ~Q(told_release=F("event__public__release__number")))


def _hoping(event: int | None = None) -> tuple[Any, Any]:
    """People and groups who wait for a seat at an event that is off by now, and were not told."""
    off = ~Q(event__public__status=PublicEvent.Status.PUBLIC) & Q(event__public__isnull=False, erased_at=None)
    off &= Q(state__in=_HOPING) & (Q(event=event) if event else Q())
    people = Registration.objects.filter(off, group=None).exclude(invited_as=letters.CALLED_OFF)
    return people, RegistrationGroup.objects.filter(off).exclude(told_as=letters.CALLED_OFF)
