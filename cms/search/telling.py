"""What was found in words: one line of the list each, for the few that a page shows."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.addresses import page_path
from events import addresses, labels
from events.bilingual import Text, pick
from events.models import DialogueProgramme, ProgrammeRelease, PublicEvent
from events.turkish import fold

from .finding import Found
from .marking import excerpt, marked


@dataclass(frozen=True)
class Result:
    """One line: where it is, what it is called, what and when it is, and where the words stand."""

    path: str
    title: SafeString
    language: str
    kind: str
    date: str
    excerpt: SafeString
    cancelled: bool = False


def told(found: list[Found], words: list[str], language: str) -> list[Result]:
    """The lines in the order given. Costs a query for each kind of row and of page among them, however many."""
    tellers = {"page": _pages, "event": _events, "programme": _programmes}
    lines: dict[tuple[str, int], Result] = {}
    for kind, tell in tellers.items():
        pks = [each.pk for each in found if each.kind == kind]
        if pks:
            lines |= {(kind, pk): line for pk, line in tell(pks, words, language)}
    # One that was taken off between the two questions is left out.
    return [lines[each.kind, each.pk] for each in found if (each.kind, each.pk) in lines]


def _pages(pks: list[int], words: list[str], language: str) -> Iterator[tuple[int, Result]]:
    for page in Page.objects.filter(pk__in=pks).specific():
        told_texts = [text for text in getattr(page, "search_texts", list)() if text and text != page.title]
        dated: dt.date | None = getattr(page, "published_on", None)
        yield (
            page.pk,
            Result(
                path=page_path(page),
                title=marked(page.title, words),
                language=language,
                kind=labels.sentence(str(page.specific_class._meta.verbose_name), language),
                date=labels.date_words(dated, language, weekday=False) if dated else "",
                excerpt=excerpt(told_texts, words),
            ),
        )


def _events(pks: list[int], words: list[str], language: str) -> Iterator[tuple[int, Result]]:
    events = list(PublicEvent.objects.filter(pk__in=pks).defer("search_tr", "search_en"))
    sessions = _session_titles([each for each in events if not _has(_texts(each), words)], language)
    for event in events:
        told_sessions = sessions.get(event.pk, {})
        texts = [*_texts(event), *(_("Programme: %(title)s") % {"title": title} for title in told_sessions.values())]
        yield (
            event.pk,
            Result(
                path=_path(event, told_sessions, words, language),
                title=marked(event.title, words),
                language=event.title.language,
                kind=labels.sentence(labels.event_kind_label(event.kind, language), language),
                date=labels.dates_words(event.starts_on, event.ends_on, language),
                excerpt=excerpt(texts[1:], words),
                cancelled=event.status == PublicEvent.Status.CANCELLED,
            ),
        )


def _texts(event: PublicEvent) -> list[Text]:
    return [event.title, event.summary, event.place]


def _path(event: PublicEvent, sessions: dict[str, str], words: list[str], language: str) -> str:
    """The event's page; its programme, at the first session with any of the words, where they stand there alone."""
    key = next((key for key, title in sessions.items() if _has([title], words)), "")
    if not key:
        return addresses.event_path(event.slug, language)
    return f"{addresses.programme_path(event.slug, language)}#s-{key}"


def _session_titles(events: list[PublicEvent], language: str) -> dict[int, dict[str, str]]:
    """Of events where the words stand in the programme alone, by the session's key: those of the page shown, in one query."""
    if not events:
        return {}
    releases = ProgrammeRelease.objects.only("public_document").in_bulk([each.release_id for each in events])
    return {
        each.pk: {
            raw["key"]: pick(raw["title"], language)
            for raw in releases[each.release_id].open_public()["sessions"]
            if not raw.get("withdrawn")
        }
        for each in events
        if each.release_id in releases
    }


def _programmes(pks: list[int], words: list[str], language: str) -> Iterator[tuple[int, Result]]:
    for row in DialogueProgramme.objects.filter(pk__in=pks):
        yield (
            row.pk,
            Result(
                path=addresses.dialogue_programme_path(row.slug, language),
                title=marked(row.title, words),
                language=row.title.language,
                kind=_("Dialogue programme"),
                date="",
                excerpt=excerpt([row.objectives], words),
            ),
        )


def _has(texts: Iterable[str], words: list[str]) -> bool:
    """Whether any of the texts has any of the words."""
    return any(word in fold(text) for text in texts for word in words)
