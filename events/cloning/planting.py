"""From a blueprint to rows: a new event with identities of its own, its sessions as drafts."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from events.models import (
    Contribution,
    DialogueProgramme,
    Event,
    EventOrganisation,
    FormerSlug,
    Organisation,
    Party,
    Person,
    Room,
    Session,
    Track,
    Venue,
)
from events.turkish import slug

from .blueprint import PLAIN, Blueprint, Row, placed


def free_slug(title: str, starts_on: dt.date | None) -> str:
    """An address made of a title that no event has or had: with the year where it is taken, else with a number."""
    base = slug(title)[:70].strip("-") or "etkinlik"
    year = f"{base}-{starts_on.year}" if starts_on and str(starts_on.year) not in base else base
    for candidate in (base, year, *(f"{year}-{number}" for number in range(2, 100))):
        if not _is_taken(candidate):
            return candidate
    return ""


def _is_taken(candidate: str) -> bool:
    event = Event(slug=candidate)
    if Event.objects.filter(slug=candidate).exists() or FormerSlug.objects.filter(slug=candidate).exists():
        return True
    try:
        event.clean_fields(exclude={field.name for field in Event._meta.concrete_fields} - {"slug"})
    except ValidationError:
        return True
    return False


def plant(blueprint: Blueprint, *, named: Mapping[str, str], starts_on: dt.date) -> Event:
    """Make the event with all that belongs to it, in the caller's transaction. ``named`` has slug and titles."""
    try:
        event = _event(blueprint, named, starts_on)
        tracks = _owned(Track, event, blueprint.tracks)
        parties = _owned(Party, event, blueprint.parties)
        _organisations(blueprint, event)
        _Sessions(event, blueprint.sessions, starts_on, tracks, parties).make()
    except OverflowError:
        raise ValidationError({"starts_on": _("Check the year.")}) from None
    return event


def _event(blueprint: Blueprint, named: Mapping[str, str], starts_on: dt.date) -> Event:
    facts = dict(blueprint.facts)
    facts["dialogue_programme_id"] = _still(DialogueProgramme, facts.get("dialogue_programme_id"))
    texts = {**blueprint.texts, "translated_from": dict(blueprint.texts.get("translated_from", {}))}
    event = Event(**facts, **texts, **named, venue_id=_still(Venue, blueprint.venue))
    event.starts_on = starts_on
    event.ends_on = starts_on + dt.timedelta(days=blueprint.days - 1) if blueprint.days else None
    if not (event.title_tr or event.title_en):
        raise ValidationError({"title_tr": _("Give the title in at least one language.")})
    event.full_clean(exclude=["venue", "dialogue_programme"])
    _note_title(event)
    try:
        with transaction.atomic():
            event.save()
    except IntegrityError:
        raise ValidationError({"slug": _("Another event has this address. Choose another one.")}) from None
    return event


def _note_title(event: Event) -> None:
    """The title is new; what other texts were translated from stays known."""
    kept = dict(event.translated_from)
    event.note_translations()
    event.translated_from |= kept


def _owned(model: type[Any], event: Event, rows: Collection[Row]) -> list[Any]:
    return [model._default_manager.create(event=event, **row) for row in rows]


def _organisations(blueprint: Blueprint, event: Event) -> None:
    known = _known(Organisation, {row["organisation"] for row in blueprint.organisations})
    EventOrganisation.objects.bulk_create(
        EventOrganisation(event=event, organisation_id=row["organisation"], role=row["role"], position=row["position"])
        for row in blueprint.organisations
        if row["organisation"] in known
    )


class _Sessions:
    """The sessions of a blueprint as drafts, with whatever of what they name is still there."""

    def __init__(
        self, event: Event, rows: list[Row], first: dt.date, tracks: list[Track], parties: list[Party]
    ) -> None:
        self.event, self.rows, self.first, self.tracks, self.parties = event, rows, first, tracks, parties

    def make(self) -> None:
        known = {
            name: _known(model, {row.get(name) for row in self.rows})
            for name, model in (("room", Room), ("venue", Venue), ("organisation", Organisation))
        }
        made = [self._session(row, known) for row in self.rows]
        Session.objects.bulk_create(made)
        self._parties(made)
        self._people(made)

    def _session(self, row: Row, known: dict[str, set[int]]) -> Session:
        session = Session(
            event=self.event, **placed(row, self.first), **{name: row[name] for name in PLAIN if name in row}
        )
        for name, rows in known.items():
            setattr(session, f"{name}_id", row.get(name) if row.get(name) in rows else None)
        if row.get("track") is not None:
            session.track = self.tracks[row["track"]]
        session.host_notes = row.get("host_notes", "")
        session.clean()
        return session

    def _parties(self, made: list[Session]) -> None:
        through = Session.parties.through
        through._default_manager.bulk_create(
            through(session_id=session.pk, party_id=self.parties[place].pk)
            for session, row in zip(made, self.rows, strict=True)
            for place in row.get("parties", ())
        )

    def _people(self, made: list[Session]) -> None:
        wanted = {each["person"] for row in self.rows for each in row.get("people", ())}
        known = set(Person.objects.filter(pk__in=wanted, erased_at=None).values_list("pk", flat=True))
        Contribution.objects.bulk_create(
            Contribution(session=session, person_id=each["person"], **{k: v for k, v in each.items() if k != "person"})
            for session, row in zip(made, self.rows, strict=True)
            for each in row.get("people", ())
            if each["person"] in known
        )


def _known(model: type[models.Model], keys: set[int | None]) -> set[int]:
    """Those that are still there: a template may be older than a room."""
    wanted = {key for key in keys if key is not None}
    return set(model._default_manager.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()


def _still(model: type[models.Model], key: int | None) -> int | None:
    """The key where its row is still there."""
    return next(iter(_known(model, {key})), None)
