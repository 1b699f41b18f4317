"""One browser in one language, and the pictures that it takes: each is a function under its own name."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model
from django.urls import reverse
from PIL.Image import Image
from playwright.sync_api import Browser, Locator, Page, expect

from events.models import Event

from .site import Site

WIDTH, PATIENCE = 1280, 60_000
#: As wide as a phone; three of them stand beside each other in one picture.
PHONE = 390
#: A lower window would fold the menu of the admin in itself.
LOWEST = 800
LOCALES = {"en": "en-GB", "tr": "tr-TR"}
expect.set_options(timeout=PATIENCE)


@dataclass
class Camera:
    """One browser in one language; each picture has a page of its own, as whoever the handbook speaks to sees it."""

    site: Site
    browser: Browser
    language: str
    #: So much of the window is kept.
    height: int = 0
    opened: list[Page] = field(default_factory=list)

    def say(self, turkish: str, english: str) -> str:
        return turkish if self.language == "tr" else english

    def event(self, slug: str) -> Event:
        return Event.objects.get(slug=slug)

    def page(self, user: str = "deniz", *, height: int = 800, menu: bool = False, width: int = WIDTH) -> Page:
        """A page for somebody of the house; the menu of the admin is folded unless it is what the picture shows."""
        page = self.stranger(height, width)
        fold = {"name": "wagtail_sidebar_collapsed", "value": "0" if menu else "1", "url": self.site.url}
        page.context.add_cookies([self.site.session_of(get_user_model().objects.get(username=user)), fold])  # type: ignore[list-item]
        return page

    def stranger(self, height: int = 800, width: int = WIDTH) -> Page:
        """A page for somebody without account."""
        self.height = height
        context = self.browser.new_context(
            base_url=self.site.url,
            viewport={"width": width, "height": height if width == PHONE else max(height, LOWEST)},
            locale=LOCALES[self.language],
            timezone_id="Europe/Istanbul",
            color_scheme="light",
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        self.opened.append(page)
        return page

    def close(self) -> None:
        for page in self.opened:
            page.context.close()
        self.opened.clear()


#: A page, or what stands side by side in one picture.
Drawn = Page | list[Page | Image]
Draw = Callable[[Camera], Drawn]
PICTURES: dict[str, Draw] = {}


def picture(draw: Draw) -> Draw:
    """Take part under the function's own name."""
    PICTURES[draw.__name__.replace("_", "-")] = draw
    return draw


def to(page: Page, name: str, *args: Any, query: str = "") -> Page:
    page.goto(reverse(name, args=args) + query, wait_until="load")
    return page


def below(what: Locator, room: int) -> None:
    """Bring the page to where this begins, with so much of what stands above it."""
    what.evaluate(
        "(element, room) => { element.style.scrollMarginTop = `${room}px`; element.scrollIntoView({behavior: 'instant'}) }",
        room,
    )
