"""When reminders leave before an event, and thanks after it."""

import datetime as dt
from zoneinfo import ZoneInfo

from events.models import Event, LetterTiming, PublicEvent

#: What is offered where nothing was set: a week and two hours before, a day after.
USUAL = {
    LetterTiming.Letter.REMINDER: (7, LetterTiming.Unit.DAYS),
    LetterTiming.Letter.LAST_REMINDER: (2, LetterTiming.Unit.HOURS),
    LetterTiming.Letter.THANKS: (1, LetterTiming.Unit.DAYS),
}
TIMED = frozenset(str(each) for each in LetterTiming.Letter)
#: When a day begins and ends that has no times.
_MORNING, _EVENING = dt.time(9), dt.time(18)


def timing_of(event: Event, letter: str) -> LetterTiming:
    """The row of this letter, or one that is not saved yet, with the usual time and switched off."""
    row = LetterTiming.objects.filter(event=event, letter=letter).first()
    if row is None:
        amount, unit = USUAL[LetterTiming.Letter(letter)]
        row = LetterTiming(event=event, letter=letter, amount=amount, unit=unit)
    return row


def copy_timings(*, source: Event, event: Event) -> None:
    """Give an event the times of another's letters; what it has already stays."""
    has = set(event.letter_timings.values_list("letter", flat=True))
    for row in source.letter_timings.exclude(letter__in=has):
        row.pk, row.event, row.version = None, event, 1
        row.save()


def start_of(public: PublicEvent) -> dt.datetime | None:
    """When the event begins; nine o'clock of its first day where nothing says the time."""
    return public.starts_at or _on_the_wall(public.starts_on, _MORNING, public.time_zone)


def end_of(public: PublicEvent) -> dt.datetime | None:
    """When it ends; six in the evening of its last day where nothing says the time."""
    return public.ends_at or _on_the_wall(public.ends_on or public.starts_on, _EVENING, public.time_zone)


def due_at(timing: LetterTiming, public: PublicEvent) -> dt.datetime | None:
    """When the letter leaves; None for an event without a day."""
    after = timing.letter == LetterTiming.Letter.THANKS
    moment = end_of(public) if after else start_of(public)
    if moment is None:
        return None
    sign = 1 if after else -1
    if timing.unit == LetterTiming.Unit.HOURS:
        return moment + sign * dt.timedelta(hours=timing.amount)
    local = moment.astimezone(ZoneInfo(public.time_zone))
    return _on_the_wall(local.date() + sign * dt.timedelta(days=timing.amount), local.time(), public.time_zone)


def _on_the_wall(day: dt.date | None, time: dt.time, zone: str) -> dt.datetime | None:
    return None if day is None else dt.datetime.combine(day, time, ZoneInfo(zone))
