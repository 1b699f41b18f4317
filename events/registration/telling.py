"""What those who are registered hear when the event itself becomes another: one letter each, with their calendar entry."""

from typing import Any

from django.db import transaction

from events.jobs import promise_job
from events.models import Event, Job, Registration
from events.models.registration.registrations import State

from . import letters
from .deciding import held_row


def tell_job(job: Job) -> dict[str, Any]:
    """Tell everybody of one event whose calendar says something else than the last release; twice tells nobody twice."""
    told = 0
    for registration in _invited(job.payload["event"]):
        with transaction.atomic():
            settings, row = held_row(registration)
            if row.state == State.CONFIRMED:
                told += letters.tell_event_changed(settings, row)
    return {"told": told}


def promise_telling() -> None:
    """Find what a release announced and nobody promised, because the process ended at that moment."""
    said: dict[int, set[str]] = {}
    for event, entry in Registration.objects.exclude(invited_as="").values_list("event", "invited_as").distinct():
        said.setdefault(event, set()).add(entry)
    for row in Event.objects.filter(pk__in=said).select_related("public"):
        waits = Job.objects.filter(kind="tell_registered", finished_at=None, payload__event=row.pk).exists()
        if letters.is_outdated(row.public, said[row.pk]) and not waits:
            promise_job("tell_registered", event=row.pk)


def _invited(event: int) -> list[Registration]:
    rows = Registration.objects.filter(event=event, state=State.CONFIRMED).exclude(invited_as="")
    return list(rows.order_by("pk"))
