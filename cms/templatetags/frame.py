"""What base.html asks: the frame that counts, which of its links lead here, where search and the other language are."""

from dataclasses import dataclass
from typing import Any

from django import template

from cms.addresses import MANIFESTS, SEARCHES, home_path
from cms.frame import Frame, Link, frame_in
from events.bilingual import LANGUAGES, active_language
from events.views.heads import Head, Shared

register = template.Library()


@dataclass(frozen=True)
class Entry:
    """A link of a menu; ``current`` is what ``aria-current`` says of it: page, true (something below it) or nothing."""

    link: Link
    current: str


@register.simple_tag(takes_context=True)
def site_frame(context: dict[str, Any]) -> Frame:
    """The frame in the language of this page; a preview brings its own."""
    return context.get("frame") or frame_in(active_language())


@register.simple_tag(takes_context=True)
def menu(context: dict[str, Any]) -> list[Entry]:
    """The main menu, with what leads to this page marked."""
    head: Head | None = context.get("head") or None
    here = head.path if head else ""
    return [Entry(link, _current(link.path, here)) for link in context["frame"].menu]


def _current(path: str, here: str) -> str:
    if path == here:
        return "page"
    return "true" if path != "/" and here.startswith(path) else ""


@register.simple_tag(takes_context=True)
def other_path(context: dict[str, Any]) -> str:
    """The same thing in the other language; where a page does not say where that is, its home page."""
    head: Head | None = context.get("head") or None
    path = head.other_path if head else context.get("other_path") or home_path(_other())
    query = context.get("other_query")
    return f"{path}?{query}" if query else path


@register.simple_tag
def search_path() -> str:
    return SEARCHES[active_language()]


@register.simple_tag
def manifest_path() -> str:
    return MANIFESTS[active_language()]


@register.simple_tag(takes_context=True)
def shared_picture(context: dict[str, Any]) -> Shared | None:
    """The page's own picture for networks, else the site's."""
    head: Head = context["head"]
    common = context["frame"].sharing_picture
    return head.picture or (Shared(common.path, common.width, common.height) if common else None)


def _other() -> str:
    return next(language for language in LANGUAGES if language != active_language())
