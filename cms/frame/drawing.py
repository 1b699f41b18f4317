"""Draw the frame from the settings and the page tree: a handful of queries, however many pages there are."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from cms.addresses import page_path
from events import addresses
from events.bilingual import LANGUAGES, Text, pick, texts

from .parts import Contact, Frame, Frames, Link, Notice, Picture

if TYPE_CHECKING:
    from cms.models.site import SiteSettings

#: Twice as many pixels as are shown, for fine screens.
LOGO = "max-640x112"
SHARED = "fill-1200x630|format-jpeg"
_HOME_DEPTH = 2
_STEP = 4  # characters of a tree path for each level


def draw_frames(settings: "SiteSettings") -> Frames:
    """The frame in both languages; ``settings`` may be unsaved, as in a preview."""
    pages = MenuPages(settings)
    pictures = {
        "logo": _picture(settings.logo, LOGO, halved=True),
        "sharing_picture": _picture(settings.sharing_picture, SHARED),
    }
    return Frames(*(_frame(settings, pages, language, pictures) for language in LANGUAGES))


def _frame(settings: "SiteSettings", pages: "MenuPages", language: str, pictures: dict[str, Picture | None]) -> Frame:
    with translation.override(language):
        name = settings.name or Text(settings.site.site_name or "Köprü")
        return Frame(
            language=language,
            name=name,
            short_name=settings.short_name or name,
            tagline=settings.tagline,
            menu=(*pages.menu(language), *_links(pages, language, "main")),
            more=_links(pages, language, "footer"),
            legal=tuple(pages.legal(language)),
            social=tuple(settings.social_addresses()),
            contact=Contact(settings.address, settings.email, settings.phone, settings.security_email),
            notices=tuple(_notices(pages, language)),
            **pictures,
        )


class MenuPages:
    """The pages to which a frame leads: those shown in menus, and those that the settings name."""

    def __init__(self, settings: "SiteSettings") -> None:
        self.settings = settings
        self.links: list[Any] = list(settings.links.all())
        self.notices: list[Any] = list(settings.notices.all())
        site = Site.objects.select_related("root_page").get(pk=settings.site_id)
        homes = Page.objects.filter(translation_key=site.root_page.translation_key).live()
        self.homes = {page.locale.language_code: page.path for page in homes.select_related("locale")}
        self.keys = dict(Page.objects.filter(pk__in=self._named()).values_list("pk", "translation_key"))
        shown = Q(show_in_menus=True, depth__gt=_HOME_DEPTH, depth__lte=_HOME_DEPTH + 2)
        found = Page.objects.filter(shown | Q(translation_key__in=self.keys.values()))
        self.found = list(found.live().public().select_related("locale").order_by("path"))

    def _named(self) -> set[int]:
        settings = self.settings
        named = [getattr(settings, f"{name}_id") for name in settings.LEGAL]
        named += [each.page_id for each in (*self.links, *self.notices)]
        return {pk for pk in named if pk}

    def menu(self, language: str) -> Iterator[Link]:
        """Events first, because they are what people come for; then the pages in the order of the tree."""
        yield Link(Text(_("Events"), language), addresses.event_list_path(language))
        home = self.homes.get(language)
        for page in self._below(home, _HOME_DEPTH + 1) if home else ():
            below = [_link(each) for each in self._below(page.path, page.depth + 1)]
            yield _link(page, tuple(below))

    def _below(self, path: str, depth: int) -> list[Any]:
        return [
            page for page in self.found if page.show_in_menus and page.depth == depth and page.path.startswith(path)
        ]

    def legal(self, language: str) -> Iterator[Link]:
        for name in self.settings.LEGAL:
            link = self.link_to(getattr(self.settings, f"{name}_id"), language)
            if link:
                yield link

    def link_to(self, pk: int | None, language: str, title: Text | None = None) -> Link | None:
        """To a page in this language if the public can read it there, else in the other; None if in neither."""
        key = self.keys.get(pk) if pk else None
        editions = {page.locale.language_code: page for page in self.found if page.translation_key == key}
        page = editions.get(language) or next(iter(editions.values()), None)
        if key is None or page is None:
            return None
        return Link(title or _link(page).title, page_path(page))


def _link(page: Any, children: tuple[Link, ...] = ()) -> Link:
    return Link(Text(page.title, page.locale.language_code), page_path(page), children)


def _links(pages: MenuPages, language: str, place: str) -> tuple[Link, ...]:
    """What editors added to a menu by hand; what leads nowhere any more is left out."""
    found = []
    for each in pages.links:
        if each.place == place:
            title = pick(texts(each, "title"), language)
            address = pick(texts(each, "address"), language)
            found.append(
                pages.link_to(each.page_id, language, title or None) or (Link(title, address) if address else None)
            )
    return tuple(link for link in found if link)


def _notices(pages: MenuPages, language: str) -> Iterator[Notice]:
    for each in pages.notices:
        text = pick(texts(each, "text"), language)
        link = pages.link_to(each.page_id, language)
        yield Notice(text, each.urgent, link, each.starts_at, each.ends_at)


def _picture(image: Any, spec: str, *, halved: bool = False) -> Picture | None:
    """A rendition; a picture whose file is gone is none."""
    if image is None:
        return None
    try:
        made = image.get_rendition(spec)
    except OSError:
        return None
    parts: Iterable[int] = (made.width, made.height)
    width, height = (max(1, round(each / 2)) if halved else each for each in parts)
    return Picture(made.url, width, height)
