"""What a programme's texts lack before it is released: a language, or a translation that follows its source."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from events import labels
from events.bilingual import BilingualModel, bilingual_names
from events.models import Event, Room, Session, Track, Venue

from .wording import verbose_name


@dataclass(frozen=True)
class Lacking:
    """One row of which a text is missing or stale: what it is, the texts in words, where to mend it."""

    title: str
    language: str
    texts: list[str]
    url: str


@dataclass(frozen=True)
class Texts:
    """Rows with a text in one language only, and rows whose English no longer follows the Turkish."""

    missing: list[Lacking]
    stale: list[Lacking]


def lacking_texts(event: Event) -> Texts:
    """All that the next release would show in one language only, or in a translation of an older text."""
    missing: list[Lacking] = []
    stale: list[Lacking] = []
    for row, url in _rows(event):
        lacks = [_in_words(type(row), name, language) for name, language in row.missing_texts()]
        old = [_in_words(type(row), name, "") for name in row.stale_texts()]
        for found, texts in ((missing, lacks), (stale, old)):
            if texts:
                found.append(Lacking(str(row), _language_of(row), texts, url))
    return Texts(missing, stale)


def _rows(event: Event) -> Iterator[tuple[BilingualModel, str]]:
    yield event, reverse("admin_event:edit", args=[event.pk])
    columns = (*_columns(Session), "event_id", "key", "other_language")
    sessions = event.sessions.releasable().in_order().only(*columns)
    yield from _linked(sessions, "admin_session:edit")
    yield from ((track, reverse("admin_event:edit", args=[event.pk])) for track in Track.objects.filter(event=event))
    rooms = Room.objects.filter(sessions__event=event).distinct()
    yield from ((room, reverse("admin_venue:edit", args=[room.venue_id])) for room in rooms)
    venues = Venue.objects.filter(
        Q(pk=event.venue_id) | Q(sessions__event=event) | Q(rooms__sessions__event=event)
    ).distinct()
    yield from _linked(venues, "admin_venue:edit")


def _linked(rows: Iterable[BilingualModel], name: str) -> Iterator[tuple[BilingualModel, str]]:
    return ((row, reverse(name, args=[row.pk])) for row in rows)


def _columns(model: type[BilingualModel]) -> list[str]:
    names = {field.name for field in model._meta.concrete_fields}
    texts = (f"{name}_{language}" for name in bilingual_names(model) for language in ("tr", "en", "other"))
    return ["translated_from", *(name for name in texts if name in names)]


def _in_words(model: type[BilingualModel], name: str, language: str) -> str:
    """“abstract: English”, or the text alone."""
    text = verbose_name(model, f"{name}_tr").rsplit(" (", 1)[0]
    return (
        _("%(text)s: %(language)s") % {"text": text, "language": labels.language_name(language)} if language else text
    )


def _language_of(row: Any) -> str:
    title = getattr(row, "title", None) or getattr(row, "name", None)
    return getattr(title, "language", "")
