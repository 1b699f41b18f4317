"""Reminders before an event and thanks after it: found by the clock, each once a person, never too late.

A timing is looked at anew at every tick, so a moved event moves its letters, and one that is called off has none.
Whoever is confirmed and has not had the letter yet gets it, however late the registration came or the clock was.
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from events.jobs import promise_job
from events.models import (
    CheckIn,
    Event,
    Job,
    LetterTiming,
    PublicEvent,
    Registration,
    RegistrationSettings,
    TimedLetter,
)
from events.models.registration.registrations import RegistrationQuerySet, State

from . import letters
from .deciding import held_row
from .places import public_event
from .timings import due_at, start_of

#: Thanks that nobody could send for so long are not sent any more.
LATEST_THANKS = dt.timedelta(days=7)
_Letter = LetterTiming.Letter


def promise_timed_letters() -> None:
    """Find the timed letters that are due and that somebody has not had; a job for each event and letter."""
    now = timezone.now()
    rows = LetterTiming.objects.filter(switched_on=True, event__public__status=PublicEvent.Status.PUBLIC)
    for timing in rows.select_related("event__public", "event__registration_settings"):
        if is_due(timing, now) and recipients(timing).exists() and not _waits(timing):
            promise_job("timed_letters", event=timing.event_id, timing=timing.pk)


def is_due(timing: LetterTiming, now: dt.datetime) -> bool:
    """Whether it is time, and not too late: no reminder once the event has begun, no thanks a week after their time."""
    public = public_event(timing.event)
    due = due_at(timing, public) if public else None
    if public is None or due is None or now < due or public.status != PublicEvent.Status.PUBLIC:
        return False
    if timing.letter == _Letter.THANKS:
        return now < due + LATEST_THANKS
    start = start_of(public)
    return start is not None and now < start


def recipients(timing: LetterTiming) -> RegistrationQuerySet:
    """Whoever the letter is for and has not had it."""
    rows = Registration.objects.kept().filter(event=timing.event_id, state=State.CONFIRMED).exclude(email="")
    if timing.letter == _Letter.THANKS:
        rows = present(rows, timing.event_id)
    had = TimedLetter.objects.filter(letter=timing.letter, registration__event=timing.event_id)
    return rows.exclude(pk__in=had.values("registration"))


def present(rows: RegistrationQuerySet, event: int) -> RegistrationQuerySet:
    """Of these, those who came; everybody where nobody took attendance."""
    marks = CheckIn.objects.filter(registration__event=event).standing()
    return rows.filter(pk__in=marks.present().values("registration")) if marks.exists() else rows


def send_job(job: Job) -> dict[str, Any]:
    """Promise one timed letter to everybody who has not had it; twice promises nobody two."""
    timing = LetterTiming.objects.select_related("event__public").filter(pk=job.payload["timing"]).first()
    sent = 0
    if timing is not None:
        for registration in recipients(timing).order_by("pk"):
            sent += send_timed(timing=timing, registration=registration)
    return {"told": sent}


def send_timed(*, timing: LetterTiming, registration: Registration) -> bool:
    """Promise the letter, and write down that this person had it; False where it is not to be sent any more."""
    with transaction.atomic():
        settings, row = held_row(registration)
        fresh = LetterTiming.objects.select_related("event__public").filter(pk=timing.pk, switched_on=True).first()
        if fresh is None or not is_due(fresh, timezone.now()) or not recipients(fresh).filter(pk=row.pk).exists():
            return False
        TimedLetter.objects.create(registration=row, letter=fresh.letter)
        if fresh.letter == _Letter.REMINDER and _later_one_is_due(row.event):
            return False
        return _write(settings, row, fresh)


def _write(settings: RegistrationSettings, row: Registration, timing: LetterTiming) -> bool:
    public = public_event(row.event)
    reminds = public is not None and timing.letter != _Letter.THANKS
    told = letters.tell_timed(
        settings, row, str(timing.letter), useless_at=start_of(public) if public and reminds else None
    )
    return told is not None


def _later_one_is_due(event: Event) -> bool:
    """Whether the last reminder leaves at this moment too: nobody gets two at once."""
    last = LetterTiming.objects.filter(event=event, letter=_Letter.LAST_REMINDER, switched_on=True).first()
    if last is None:
        return False
    last.event = event
    return is_due(last, timezone.now())


def _waits(timing: LetterTiming) -> bool:
    return Job.objects.filter(kind="timed_letters", finished_at=None, payload__timing=timing.pk).exists()
