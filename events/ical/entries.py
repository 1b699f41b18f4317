"""Calendar entries: one VEVENT per timed session, and one per event in the calendar of all events."""

import datetime as dt
from urllib.parse import quote
from zoneinfo import ZoneInfo

import icalendar
from django.utils.translation import gettext as _

from events import addresses, labels
from events.bilingual import Text, pick, texts
from events.models import PublicEvent, Session
from events.programme import Entry, EventShown, place_text
from events.turkish import upper
from events.zones import rule_of

from .lines import lines_of, one_line, plain, written

#: How long a cancelled entry stays after its last released start.
CANCELLED_STAYS = dt.timedelta(days=30)
ROLE_ADDRESS = "@+=&'!$*/"


def session_entry(entry: Entry, event: EventShown, language: str) -> bytes:
    """The VEVENT of a timed session in the active language, which is ``language``.

    It never says what changed since the last release: it must stay the same, byte for byte, until the session
    itself changes.
    """
    cancelled = entry.cancelled or entry.withdrawn
    address = addresses.programme_url(event.slug, language, entry.key)
    vevent = begun(entry.uid, entry.sequence, entry.modified)
    add_hours(vevent, entry.starts_at, entry.ends_at, entry.start_zone, entry.end_zone)
    title = one_line(pick(entry.title, language)) or labels.kind_label(entry.kind, language)
    add_summary(vevent, title, cancelled)
    vevent.add("description", "\n\n".join([*_told(entry, language), address]))
    add_place(vevent, entry, language)
    vevent.add("url", address)
    add_state(vevent, cancelled, free=entry.kind == Session.Kind.FREE)
    track = pick(entry.track.name, language) if entry.track else ""
    vevent.add("categories", [one_line(each) for each in (labels.kind_label(entry.kind, language), track) if each])
    _add_organiser(vevent, event, language)
    return written([*lines_of(vevent)[:-1], *_position(entry), "END:VEVENT"])


def event_entry(event: PublicEvent, language: str) -> bytes:
    """The VEVENT of a whole event in the active language, which is ``language``; hours where it has one day, else days."""
    cancelled = event.status != PublicEvent.Status.PUBLIC
    address = addresses.event_url(event.slug, language)
    title, summary, place = (pick(texts(event, name), language) for name in ("title", "summary", "place"))
    vevent = begun(str(event.uid), event.sequence, event.modified_at)
    one_day = event.starts_at is not None and (event.ends_on or event.starts_on) == event.starts_on
    if one_day:
        add_hours(vevent, event.starts_at, event.ends_at, event.time_zone, event.time_zone)
    else:
        add_days(vevent, event.starts_on, event.ends_on)
    add_summary(vevent, one_line(title) or event.slug, cancelled)
    told = [plain(summary).strip(), _untranslated((title, summary), language), address]
    vevent.add("description", "\n\n".join(part for part in told if part))
    if place:
        vevent.add("location", one_line(place))
    vevent.add("url", address)
    add_state(vevent, cancelled, free=not one_day)
    vevent.add(
        "categories", [labels.event_kind_label(event.kind, language), labels.line_label(event.line_of_work, language)]
    )
    return written(lines_of(vevent))


def stays_until(entry: Entry) -> dt.datetime | None:
    """When a cancelled entry leaves the calendar; None for one that stays."""
    if entry.starts_at and (entry.cancelled or entry.withdrawn):
        return entry.starts_at + CANCELLED_STAYS
    return None


def begun(uid: str, sequence: int, modified: dt.datetime) -> icalendar.Event:
    """UID first: mending finds an entry by it. DTSTAMP is the last change, never now (RFC 5545 3.8.7.2)."""
    vevent = icalendar.Event()
    vevent.add("uid", uid)
    vevent.add("dtstamp", modified)
    vevent.add("last-modified", modified)
    vevent.add("sequence", sequence)
    return vevent


def _wall(moment: dt.datetime, zone: str) -> dt.datetime:
    """The time on the wall of its place where calendars get it right from there, else UTC."""
    rule = rule_of(zone)
    return moment.astimezone(ZoneInfo(zone) if rule and rule.tells(moment) else dt.UTC)


def add_hours(
    vevent: icalendar.Event, start: dt.datetime | None, end: dt.datetime | None, start_zone: str, end_zone: str
) -> None:
    """Start and end, each on the wall of its place; without an end DTSTART alone."""
    if start:
        vevent.add("dtstart", _wall(start, start_zone))
        if end and end > start:
            vevent.add("dtend", _wall(end, end_zone))


def add_days(vevent: icalendar.Event, first: dt.date | None, last: dt.date | None) -> None:
    """Whole days; DTEND is the day after the last (RFC 5545 3.6.1)."""
    if first:
        vevent.add("dtstart", first)
        vevent.add("dtend", max(first, last or first) + dt.timedelta(days=1))


def add_summary(vevent: icalendar.Event, title: str, cancelled: bool) -> None:
    vevent.add("summary", _("CANCELLED: %(title)s") % {"title": title} if cancelled else title)


def add_state(vevent: icalendar.Event, cancelled: bool, *, free: bool) -> None:
    vevent.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    vevent.add("transp", "TRANSPARENT" if cancelled or free else "OPAQUE")


def add_place(vevent: icalendar.Event, entry: Entry, language: str) -> None:
    place = str(place_text(entry, language))
    city = pick(entry.venue.city, language) if entry.venue else ""
    text = ", ".join(part for part in (place, city) if part)
    if text:
        vevent.add("location", one_line(text))


def _position(entry: Entry) -> list[str]:
    """GEO with decimal points, never as 1e-05."""
    venue = entry.venue
    if venue is None or venue.latitude is None or venue.longitude is None:
        return []
    return [f"GEO:{venue.latitude:.6f};{venue.longitude:.6f}"]


def _add_organiser(vevent: icalendar.Event, event: EventShown, language: str) -> None:
    """The event's role address. METHOD:PUBLISH demands it of every entry (RFC 5546 3.2.1)."""
    if event.contact_email:
        hosts = [pick(each["name"], language) for each in event.organisations if each["role"] == "host"]
        organiser = icalendar.vCalAddress("mailto:" + quote(event.contact_email, safe=ROLE_ADDRESS))
        organiser.params["CN"] = one_line((hosts or [pick(event.title, language)])[0]).replace('"', "'")
        vevent.add("organizer", organiser)


def _told(entry: Entry, language: str) -> list[str]:
    """The paragraphs of the description: abstract, people, facts, and what is not translated."""
    title, abstract = pick(entry.title, language), pick(entry.abstract, language)
    parts = [
        plain(abstract).strip(),
        "\n".join(_people(entry, language)),
        "\n".join(_facts(entry, language)),
        _untranslated((title, abstract), language),
    ]
    return [part for part in parts if part]


def _people(entry: Entry, language: str) -> list[str]:
    found = []
    for each in entry.people:
        shown = pick(each.shown, language)
        name = f"{each.person.name} – {shown}" if shown else each.person.name
        found.append(one_line(f"{_capital(labels.role_label(each.role, language), language)}: {name}"))
    return found


def _facts(entry: Entry, language: str) -> list[str]:
    host = pick(entry.organisation["name"], language) if entry.organisation else ""
    interpreted = entry.interpretation not in ("", Session.Interpretation.NONE)
    facts = [
        (_("Host"), host),
        (_("For"), ", ".join(pick(party, language) for party in entry.parties)),
        (_("Languages"), labels.language_names(entry.languages, language)),
        (_("Interpretation"), labels.interpretation_label(entry.interpretation, language) if interpreted else ""),
    ]
    return [one_line(f"{name}: {value}") for name, value in facts if value]


def _untranslated(shown: tuple[Text, ...], language: str) -> str:
    """Say plainly that a text is in another language than the calendar."""
    tags = dict.fromkeys(text.language for text in shown if text and text.language != language)
    if not tags:
        return ""
    return _("Not translated; the text is in: %(languages)s.") % {
        "languages": labels.language_names(tuple(tags), language)
    }


def _capital(text: str, language: str) -> str:
    return upper(text[:1], language) + text[1:]
