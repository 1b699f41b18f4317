"""An event without dates and without a history: days are counted from its first one.

A blueprint is plain data, so that it can be kept as a template and read from a file. What it never has: codes, calendar
identities, versions, releases, acts, links and whatever else makes an event that one event.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from events.bilingual import bilingual_names
from events.building.clock import clock_at, minutes_of
from events.models import Contribution, Event, Session

Row = dict[str, Any]


class Part(models.TextChoices):
    """What of an event may come along."""

    TEXTS = "texts", _("summary, description and how to take part")
    SESSIONS = "sessions", _("sessions with their texts, as drafts")
    PEOPLE = "people", _("people in the sessions, and notes for the host")
    PLACES = "places", _("venue and rooms")
    TRACKS = "tracks", _("tracks and parties")
    ORGANISATIONS = "organisations", _("organisations and hosts")


#: Facts of an event that belong to its kind rather than to its date.
FACTS = (
    "kind",
    "line_of_work",
    "field",
    "dialogue_programme_id",
    "contact_email",
    "time_zone",
    "capacity",
    "languages",
)
#: Columns of a session that come along as they are.
PLAIN = (
    "ref",
    "position",
    "kind",
    "audience",
    "start_zone",
    "end_zone",
    "languages",
    "interpretation",
    "capacity",
    "title_tr",
    "title_en",
    "title_other",
    "abstract_tr",
    "abstract_en",
    "abstract_other",
    "other_language",
    "translated_from",
)
_TRACK = ("position", "letter", "name_tr", "name_en", "colour", "translated_from")
_PARTY = ("position", "name_tr", "name_en", "languages", "translated_from")
_SHOWN = ("role", "position", "shown_tr", "shown_en", "translated_from")


@dataclass
class Blueprint:
    """``days`` is how many the event lasts (0 where it says nothing); rows name each other by their place in a list."""

    facts: Row = field(default_factory=dict)
    texts: Row = field(default_factory=dict)
    days: int = 0
    venue: int | None = None
    tracks: list[Row] = field(default_factory=list)
    parties: list[Row] = field(default_factory=list)
    organisations: list[Row] = field(default_factory=list)
    sessions: list[Row] = field(default_factory=list)

    def plain(self) -> Row:
        """As a template keeps it."""
        return asdict(self)


def first_day(event: Event) -> dt.date | None:
    """The day from which an event's days are counted: its first, else that of its first session."""
    if event.starts_on or event.ends_on:
        return event.starts_on or event.ends_on
    return event.sessions.order_by("day").values_list("day", flat=True).first()


def read_blueprint(event: Event, parts: Collection[str]) -> Blueprint:
    """What of an event comes along, in a fixed number of queries. Cancelled sessions never do."""
    made = Blueprint(facts={name: getattr(event, name) for name in FACTS})
    if event.starts_on and event.ends_on:
        made.days = (event.ends_on - event.starts_on).days + 1
    if Part.TEXTS in parts:
        names = [name for name in bilingual_names(Event) if name != "title"]
        made.texts = {f"{name}_{each}": getattr(event, f"{name}_{each}") for name in names for each in ("tr", "en")}
        made.texts["translated_from"] = {
            name: event.translated_from[name] for name in names if name in event.translated_from
        }
    if Part.PLACES in parts:
        made.venue = event.venue_id
    if Part.ORGANISATIONS in parts:
        rows = event.event_organisations.all()
        made.organisations = [
            {"organisation": row.organisation_id, "role": row.role, "position": row.position} for row in rows
        ]
    _Sessions(event, parts, made).read()
    return made


class _Sessions:
    """Tracks, parties and sessions of an event, each told by its place in the blueprint."""

    def __init__(self, event: Event, parts: Collection[str], made: Blueprint) -> None:
        self.event, self.parts, self.made = event, parts, made
        self.first = first_day(event)
        self.tracks: dict[int | None, int] = {}
        self.parties: dict[int, int] = {}

    def read(self) -> None:
        if Part.TRACKS in self.parts:
            tracks, parties = list(self.event.tracks.all()), list(self.event.parties.all())
            self.tracks = {row.pk: place for place, row in enumerate(tracks)}
            self.parties = {row.pk: place for place, row in enumerate(parties)}
            self.made.tracks = [_columns(row, _TRACK) for row in tracks]
            self.made.parties = [_columns(row, _PARTY) for row in parties]
        if Part.SESSIONS in self.parts and self.first:
            rows = self.event.sessions.exclude(status=Session.Status.CANCELLED).prefetch_related("parties")
            named = self._people()
            self.made.sessions = [self._session(row, self.first, named.get(row.pk, [])) for row in rows.in_order()]

    def _people(self) -> dict[int, list[Row]]:
        found: dict[int, list[Row]] = {}
        if Part.PEOPLE in self.parts:
            rows = Contribution.objects.filter(session__event=self.event, person__erased_at=None)
            for row in rows.order_by("session", "position", "pk"):
                found.setdefault(row.session_id, []).append({"person": row.person_id, **_columns(row, _SHOWN)})
        return found

    def _session(self, row: Session, first: dt.date, people: list[Row]) -> Row:
        places = Part.PLACES in self.parts
        return {
            **_columns(row, PLAIN),
            "day": (row.day - first).days,
            "from": minutes_of(row.day, row.start, row.start_day) if row.start else None,
            "to": minutes_of(row.day, row.end, row.end_day) if row.end else None,
            "room": row.room_id if places else None,
            "venue": row.venue_id if places else None,
            "organisation": row.organisation_id if Part.ORGANISATIONS in self.parts else None,
            "track": self.tracks.get(row.track_id),
            "parties": [self.parties[each.pk] for each in row.parties.all() if each.pk in self.parties],
            # Notes may name people too, and so go with them.
            "host_notes": row.host_notes if Part.PEOPLE in self.parts else "",
            "people": people,
        }


def placed(row: Row, first: dt.date) -> Row:
    """Day and times of a session of a blueprint that begins on ``first``."""
    day = first + dt.timedelta(days=row["day"])
    found: Row = {"day": day, "start": None, "end": None, "start_day": None, "end_day": None}
    if row.get("from") is not None:
        found["start"], found["start_day"] = clock_at(day, row["from"])
    if row.get("to") is not None:
        found["end"], found["end_day"] = clock_at(day, row["to"])
    return found


def _columns(row: models.Model, names: Collection[str]) -> Row:
    return {name: getattr(row, name) for name in names}
