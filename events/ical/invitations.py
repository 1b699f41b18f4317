"""An invitation to one attendee by mail, its changes and its cancellation (iTIP, RFC 5546; iMIP, RFC 6047)."""

import re
from dataclasses import replace
from email.utils import parseaddr
from urllib.parse import quote

import icalendar
from django.conf import settings
from django.utils import timezone, translation

from events import addresses
from events.bilingual import pick, texts
from events.models import PublicEvent, Registration, Session
from events.programme import Entry
from events.zones import rule_of

from .agendas import agenda_entry
from .calendars import zone_component
from .entries import ROLE_ADDRESS, add_days, add_hours, add_summary, begun
from .lines import lines_of, one_line, plain, written

#: Where a long line goes on in the next one.
_FOLDS = re.compile("\r\n[ \t]")


def invitation(event: PublicEvent, registration: Registration, *, cancelled: bool = False) -> str:
    """The event as this person's calendar takes it in, changes it or strikes it out; empty where it has no date.

    The organiser is whoever the letter is from: mail programs refuse any other.
    """
    if event.starts_on is None:
        return ""
    with translation.override(registration.language):
        return _message(_entry(event, registration, cancelled), {event.time_zone}, registration, cancelled=cancelled)


def session_update(before: Entry, now: Entry, event: PublicEvent, registration: Registration) -> str:
    """One session as this person's calendar changes it, or strikes it out where it is off or has no time any more.

    UID and SEQUENCE are those of every calendar that tells of the session. One object for each session: a message
    is about one UID (RFC 5546 3.2.2). Empty where there never was a time.
    """
    cancelled = now.cancelled or not now.timed
    if cancelled:
        now = replace(before, sequence=now.sequence, modified=now.modified, status=Session.Status.CANCELLED)
    if not now.timed:
        return ""
    with translation.override(registration.language):
        vevent = agenda_entry(now, event.slug, registration.language)
        _add_people(vevent, registration)
        return _message(vevent, {now.start_zone, now.end_zone}, registration, cancelled=cancelled)


def invite(calendars: str, email: str, name: str) -> str:
    """The same entries for somebody with another address: a calendar takes in none that invites somebody else."""
    holder = icalendar.Event()
    holder.add("attendee", _attendee(email, name))
    invited = next(line for line in lines_of(holder) if line.startswith("ATTENDEE"))
    lines = filter(None, _FOLDS.sub("", calendars).split("\r\n"))
    return written(invited if line.startswith("ATTENDEE;") else line for line in lines).decode()


def _message(vevent: icalendar.Event, zones: set[str], registration: Registration, *, cancelled: bool) -> str:
    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//Koprue//Registration//{registration.language.upper()}")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "CANCEL" if cancelled else "REQUEST")
    for rule in filter(None, map(rule_of, sorted(zones))):
        calendar.add_component(zone_component(rule))
    calendar.add_component(vevent)
    return written(lines_of(calendar)).decode()


def _entry(event: PublicEvent, registration: Registration, cancelled: bool) -> icalendar.Event:
    language = registration.language
    title, summary, place = (pick(texts(event, name), language) for name in ("title", "summary", "place"))
    vevent = begun(str(registration.uid), registration.sequence, timezone.now())
    if event.starts_at and (event.ends_on or event.starts_on) == event.starts_on:
        add_hours(vevent, event.starts_at, event.ends_at, event.time_zone, event.time_zone)
    else:
        add_days(vevent, event.starts_on, event.ends_on)
    add_summary(vevent, one_line(title) or event.slug, cancelled)
    address = addresses.event_url(event.slug, language)
    vevent.add("description", "\n\n".join(part for part in (plain(summary).strip(), address) if part))
    if place:
        vevent.add("location", one_line(place))
    vevent.add("url", address)
    vevent.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    vevent.add("transp", "TRANSPARENT" if cancelled else "OPAQUE")
    _add_people(vevent, registration)
    return vevent


def _add_people(vevent: icalendar.Event, registration: Registration) -> None:
    """Who invites, the sender of the letter, and who is invited."""
    name, sender = parseaddr(settings.DEFAULT_FROM_EMAIL)
    vevent.add("organizer", _address(sender, name or settings.WAGTAIL_SITE_NAME))
    vevent.add("attendee", _attendee(registration.email, registration.name))


def _attendee(email: str, name: str) -> icalendar.vCalAddress:
    attendee = _address(email, name)
    attendee.params |= {"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT", "PARTSTAT": "ACCEPTED", "RSVP": "FALSE"}
    return attendee


def _address(email: str, name: str) -> icalendar.vCalAddress:
    address = icalendar.vCalAddress("mailto:" + quote(email, safe=ROLE_ADDRESS))
    address.params["CN"] = one_line(name).replace('"', "'")
    return address
