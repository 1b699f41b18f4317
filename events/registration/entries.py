"""The sessions that letters put into a person's calendar: changed, and struck out once they are not the person's any more."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.utils import timezone

from events import ical
from events.models import PublicEvent, Registration, Session
from events.programme import Entry

from .agenda import Seats, attends
from .changes import Change, entries_of


def session_entries(
    public: PublicEvent, registration: Registration, changes: Sequence[Change], *, gone: bool
) -> list[str]:
    """The calendar objects that go with a letter, one for each session; remembers what the calendar holds by then.

    ``gone``: the person does not come, so that all are struck out that earlier letters brought.
    """
    held = list(registration.sent_sessions)
    objects = [ical.session_update(each.before, each.now, public, registration) for each in changes]
    for each, told in zip(changes, objects, strict=True):
        held = [key for key in held if key != each.now.key]
        if told and not each.now.cancelled and each.now.timed:
            held.append(each.now.key)
    for entry in _left(public, registration, held, gone=gone) if held else ():
        held.remove(entry.key)
        off = replace(entry, status=Session.Status.CANCELLED, modified=timezone.now())
        objects.append(ical.session_update(entry, off, public, registration))
    if held != registration.sent_sessions:
        registration.sent_sessions = held
        Registration.objects.filter(pk=registration.pk).update(sent_sessions=held)
    return objects


def _left(public: PublicEvent, registration: Registration, held: list[str], *, gone: bool) -> Iterator[Entry]:
    """Sessions that stand in the calendar by our letters, and are not this person's any more."""
    seats = Seats(registration)
    entries = entries_of(public.release)
    for key in list(held):
        if key in entries and (gone or not attends(entries[key], seats)):
            yield entries[key]
