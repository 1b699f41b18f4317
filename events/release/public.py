"""The one row per event that lists, filters, search and ``events.ics`` read; rewritten by each release."""

import datetime as dt
from typing import Any

from django.utils import timezone

from events.bilingual import LANGUAGES, pick
from events.models import Event, FormerSlug, ProgrammeRelease, PublicEvent, Session
from events.programme import Document
from events.turkish import fold

#: What a calendar has to be told anew: SEQUENCE grows with it.
TIMED = ("starts_on", "ends_on", "starts_at", "ends_at", "time_zone", "status", "place_tr", "place_en")
#: What no calendar shows: sessions change it, and the event's own entry stays as it is.
UNSEEN = ("release", "search_tr", "search_en")


def rewrite_public_event(event: Event, release: ProgrammeRelease) -> PublicEvent:
    """Write the event's public row from its newest release, and keep a former address leading here."""
    document = release.open_public()
    row = PublicEvent.objects.filter(event=event).first()
    values = _values(event, release, document)
    organisations = {each["id"] for each in document["event"]["organisations"]}
    if row is None:
        row = PublicEvent(event=event, code=event.code, uid=event.uid, modified_at=release.released_at)
    else:
        _note_changes(row, values, organisations)
        _keep_former_slug(event, row.slug, values["slug"])
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    row.organisations.set(organisations)
    return row


def _note_changes(row: PublicEvent, values: dict[str, Any], organisations: set[int]) -> None:
    """Move SEQUENCE and LAST-MODIFIED of the event's own calendar entry where what it tells changes."""
    was = {name: getattr(row, name) for name in values}
    unseen = {*UNSEEN} if _has_hours(was) or _has_hours(values) else {*UNSEEN, "starts_at", "ends_at"}
    changed = {name for name, value in values.items() if was[name] != value} - unseen
    row.sequence += not changed.isdisjoint(TIMED)
    if changed or organisations != set(row.organisations.values_list("pk", flat=True)):
        row.modified_at = timezone.now().replace(microsecond=0)


def _has_hours(values: dict[str, Any]) -> bool:
    """Whether the event's own entry tells hours: one of several days tells its days alone."""
    return values["starts_at"] is not None and values["ends_on"] in (None, values["starts_on"])


def _keep_former_slug(event: Event, old: str, new: str) -> None:
    FormerSlug.objects.filter(event=event, slug=new).delete()
    if old != new:
        FormerSlug.objects.get_or_create(slug=old, defaults={"event": event})


def _values(event: Event, release: ProgrammeRelease, document: Document) -> dict[str, Any]:
    facts = document["event"]
    timed = [raw for raw in document["sessions"] if raw["starts_at"] and not raw.get("withdrawn")]
    # What is called off neither opens nor closes an event, unless all of it is.
    timed = [raw for raw in timed if raw["status"] != Session.Status.CANCELLED] or timed
    ends = [raw["ends_at"] or raw["starts_at"] for raw in timed]
    return {
        "release": release,
        "slug": facts["slug"],
        "status": _status(event),
        "kind": facts["kind"],
        "line_of_work": facts["line_of_work"],
        "field": facts["field"],
        "dialogue_programme": event.dialogue_programme,
        **{f"{name}_{lang}": facts[name].get(lang, "") for name in ("title", "summary") for lang in LANGUAGES},
        **{f"place_{lang}": _place(document, lang) for lang in LANGUAGES},
        "starts_on": _date(facts["starts_on"]),
        "ends_on": _date(facts["ends_on"]),
        "starts_at": _instant(min((raw["starts_at"] for raw in timed), default=None)),
        "ends_at": _instant(max(ends, default=None)),
        "time_zone": facts["time_zone"],
        **{f"search_{lang}": _search(document, lang) for lang in LANGUAGES},
    }


def _status(event: Event) -> str:
    if event.withdrawn_at:
        return PublicEvent.Status.WITHDRAWN.value
    return PublicEvent.Status.CANCELLED.value if event.cancelled_at else PublicEvent.Status.PUBLIC.value


def _place(document: Document, language: str) -> str:
    venue = document["venues"].get(document["event"]["venue"] or "")
    if not venue:
        return ""
    return ", ".join(part for part in (pick(venue["name"], language), pick(venue["city"], language)) if part)


def _search(document: Document, language: str) -> str:
    """Folded text of event, place, organisations and session titles. No people: erasure need not reach here."""
    facts = document["event"]
    found = [facts["title"], facts["summary"], *(each["name"] for each in facts["organisations"])]
    found += [raw["title"] for raw in document["sessions"] if not raw.get("withdrawn")]
    words = [pick(text, language) for text in found] + [_place(document, language)]
    return fold(" ".join(words))


def _date(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None


def _instant(value: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(value) if value else None
