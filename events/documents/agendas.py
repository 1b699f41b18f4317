"""One person's programme on paper: no cover, no index, the days one below the other, set at once and kept by nobody."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from events import labels
from events.bilingual import pick
from events.documents import paper, words
from events.documents.booklet import Booklet
from events.documents.process import Order, set_in_child
from events.programme import Programme

#: Whoever asks waits for it; longer than this no page of a browser should.
WALL_SECONDS = 45


def set_agenda(programme: Programme, language: str, name: str, *, address: str) -> bytes:
    """The PDF of a programme that is narrowed to one person's sessions; ``address`` is what its code leads to.

    Raises :class:`events.documents.process.SettingFailedError`.
    """
    booklet = Booklet(programme, language, address=address)
    return set_in_child(order_of(booklet, language, name), wall_seconds=WALL_SECONDS)


def order_of(booklet: Booklet, language: str, name: str) -> Order:
    """Everything that is needed to set an agenda."""
    folder = settings.BASE_DIR / "templates" / "documents"
    event = booklet.event
    title, heading = pick(event.title, language) or event.slug, words.heading("agenda", language)
    context: dict[str, Any] = {
        "booklet": booklet,
        "language": language,
        "title": f"{heading}: {title}",
        "heading": heading,
        "event_title": title,
        "name": name,
        "created": booklet.programme.released_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "dates": labels.dates_words(event.starts_on, event.ends_on, language) if event.starts_on else "",
        "places": paper.places(booklet),
        "imprint": paper.release_words(booklet, language),
        "online": words.heading("online", language),
        "code": words.heading("code", language),
        "cancelled": words.heading("event_cancelled", language) if event.cancelled else "",
        "short_address": booklet.address.split("://", 1)[-1],
    }
    html = render_to_string("documents/agenda.html", context)
    texts = {each: (folder / each).read_text() for each in ("programme.css", "agenda.css")}
    head, foot = paper.quoted(title), paper.quoted(f"{name} · {context['imprint']}")
    texts["pages.css"] = f"@page {{ @top-left {{ content: {head} }} @bottom-left {{ content: {foot} }} }}"
    texts["qr.svg"] = paper.code(booklet.address)
    return Order(html=paper.without_breaks(html), texts=texts, files=paper.fonts())
