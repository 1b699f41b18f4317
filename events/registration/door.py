"""What the door reads: where one can be checked in, who is expected there, who is in."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from events import labels
from events.models import CheckIn, ChosenSession, Event, Registration, RegistrationSettings, Session
from events.models.registration.registrations import RegistrationQuerySet, State
from events.turkish import fold

from .door_hours import opens_at

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
#: Of a longer event only the first days have a door.
MOST_DAYS = 60
MOST_EVENTS = 40
#: What one goes to alone is not checked.
_UNCHECKED = (Session.Kind.BREAK, Session.Kind.FREE, Session.Kind.REGISTRATION)
#: What says when a session begins, and who chose it.
_WITH_SESSION = ("places", "room__venue", "venue")
#: Rows that changed in these seconds before the door last asked are told again: a transaction may have been open.
_OVERLAP = dt.timedelta(seconds=10)


@dataclass(frozen=True)
class Place:
    """The event as a whole on a day, or one session; ``chosen`` where people chose it when they registered.

    ``most`` is how many such a session takes.
    """

    key: str
    words: str
    day: dt.date
    opens: dt.datetime
    session: int | None = None
    chosen: bool = False
    most: int | None = None


def places_of(event: Event) -> list[Place]:
    """Every day of an event, each followed by its sessions."""
    rows = Session.objects.filter(event=event, status=Session.Status.CONFIRMED).exclude(kind__in=_UNCHECKED)
    sessions = list(rows.exclude(audience=Session.Audience.STAFF).in_order().select_related(*_WITH_SESSION))
    for each in sessions:
        each.event = event
    found = []
    for day in _day_places(event, {each.day for each in sessions}):
        found += [day, *(_place(each) for each in sessions if each.day == day.day)]
    return found


def one_place(event: int, key: str) -> tuple[Event, Place] | None:
    """An event and one place of it by its key, with one query; None where there is none."""
    if _DAY.match(key):
        found = Event.objects.filter(pk=event).select_related("registration_settings").first()
        place = next((each for each in _day_places(found, set()) if each.key == key), None) if found else None
        return (found, place) if found and place else None
    row = (
        Session.objects.filter(event=event, key=key)
        .select_related("event__registration_settings", *_WITH_SESSION)
        .first()
    )
    return (row.event, _place(row)) if row else None


def place_of(places: list[Place], key: str, event: Event) -> Place | None:
    """The place of that key; for none the event itself today, else on its first day to come, else on its last."""
    by_key = {each.key: each for each in places}
    if key:
        return by_key.get(key)
    today = today_at(event)
    days = [each for each in places if each.session is None]
    return next((each for each in days if each.day >= today), days[-1] if days else None)


def people_of(event: Event, since: dt.datetime | None = None) -> RegistrationQuerySet:
    """Everybody whom a door may meet, or those who changed since; erased ones only then, so that doors forget them."""
    rows = Registration.objects.filter(event=event).order_by("sort_key", "pk")
    return rows.filter(updated_at__gte=since - _OVERLAP) if since else rows.kept()


def check_ins_at(event: Event, place: Place, since: dt.datetime | None = None) -> QuerySet[CheckIn]:
    """What is known of a place, or what changed since."""
    rows = CheckIn.objects.filter(place=place.key, registration__event=event).select_related("registration")
    return rows.filter(changed_at__gte=since - _OVERLAP) if since else rows


def chosen_at(place: Place) -> list[str]:
    """The codes of those who have a seat in a session that was to be chosen."""
    rows = ChosenSession.objects.filter(places__session=place.session, seat=True)
    return list(rows.values_list("registration__code", flat=True))


def found_at(event: Event, place: Place, query: str, most: int) -> list[Registration]:
    """Those whom a name, organisation or code finds, with state and moment of the check-in at this place."""
    rows: QuerySet[Registration] = people_of(event)
    for word in fold(query).split():
        rows = rows.filter(search_text__contains=word)
    here = FilteredRelation("check_ins", condition=Q(check_ins__place=place.key))
    return list(rows.annotate(here=here, here_state=F("here__state"), here_at=F("here__at"))[:most])


def counts_at(event: Event, place: Place) -> dict[str, int]:
    """How many are expected at a place, and how many are there."""
    expected = Q(state=State.CONFIRMED)
    if place.chosen:
        seats = ChosenSession.objects.filter(registration=OuterRef("pk"), places__session=place.session, seat=True)
        expected &= Q(Exists(seats))
    there = Exists(CheckIn.objects.present().filter(registration=OuterRef("pk"), place=place.key))
    counted: dict[str, int] = Registration.objects.filter(event=event).aggregate(
        expected=Count("pk", filter=expected), present=Count("pk", filter=Q(there))
    )
    return counted


def door_row(row: Registration) -> list[Any]:
    """What a door keeps of somebody, and nothing more: code, name, organisation, state, and how search compares."""
    if row.erased_at:
        return [row.code]
    return [row.code, row.name, row.organisation_name, row.state, fold(f"{row.name} {row.organisation_name}")]


def seats_of(event: Event) -> list[int | None] | None:
    """How many seats are taken and how many there are (None: any number); None where nobody registers."""
    settings: RegistrationSettings | None = getattr(event, "registration_settings", None)
    return [settings.taken, settings.capacity] if settings else None


def near_events() -> list[Event]:
    """Events that take registrations, the nearest first: those on or to come, then those of the last two weeks."""
    today = timezone.localdate()
    then = today - dt.timedelta(days=14)
    rows = Event.objects.filter(registration_settings__isnull=False)
    rows = rows.filter(Q(ends_on__gte=then) | Q(ends_on=None, starts_on__gte=then))
    found = list(rows.order_by("starts_on", "pk")[:MOST_EVENTS])
    over = [each for each in found if (each.ends_on or each.starts_on or today) < today]
    return [*(each for each in found if each not in over), *reversed(over)]


def _place(session: Session) -> Place:
    clock = labels.times_words(session.start, session.end)
    words = " ".join(filter(None, (clock, str(session.title) or labels.kind_label(session.kind))))
    opens = opens_at(session.day, session.event.time_zone, session.starts_at)
    places = getattr(session, "places", None)
    most = places.capacity if places else None
    return Place(session.key, words, session.day, opens, session.pk, places is not None, most)


def _day_places(event: Event, others: set[dt.date]) -> list[Place]:
    """The event as a whole on each of its days; on those of its sessions, or today, where it has none itself."""
    first, last = event.starts_on, event.ends_on or event.starts_on
    if first and last:
        days = [first + dt.timedelta(days=each) for each in range(min((last - first).days, MOST_DAYS) + 1)]
    else:
        days = sorted(others) or [today_at(event)]
    words = _("The event: %(day)s")
    return [
        Place(day.isoformat(), words % {"day": labels.day_words(day)}, day, opens_at(day, event.time_zone))
        for day in days
    ]


def today_at(event: Event) -> dt.date:
    """The day that it is where the event is."""
    return timezone.now().astimezone(ZoneInfo(event.time_zone)).date()
