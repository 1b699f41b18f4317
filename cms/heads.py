"""The head of a page: its address here and that of its translation, if the public can see that."""

from typing import Any

from wagtail.models import Page

from cms.addresses import page_path
from cms.frame import frame_in, organisation_data
from events import addresses
from events.bilingual import Text
from events.views.heads import Crumb, Head, Shared

__all__ = ["page_head", "page_path"]

_HOME_DEPTH = 2
#: The size that messengers and networks show.
SHARED = "fill-1200x630|format-jpeg"


def page_head(page: Page) -> Head:
    """Title, description, canonical address and true translations; without one the switch leads to the nearest.

    A page may have a ``picture`` of its own, which is then shared with it; one with ``published_on`` is an article.
    """
    language = page.locale.language_code
    above = list(page.get_ancestors().filter(depth__gte=_HOME_DEPTH).order_by("-depth"))
    others = _others(page, above)
    alternates = {language: addresses.absolute(page_path(page))}
    if page.translation_key in others:
        alternates |= {other: addresses.absolute(path) for other, path in others[page.translation_key].items()}
    is_home = page.depth == _HOME_DEPTH
    return Head(
        title=page.seo_title or page.title,
        language=language,
        alternates=alternates,
        elsewhere=_nearest(above, others),
        description=page.search_description,
        trail=None if is_home else tuple(_crumbs(above, language)),
        data=organisation_data(frame_in(language)) if is_home else "",
        picture=_shared(getattr(page, "picture", None)),
        published_on=getattr(page, "published_on", None),
        changed_at=page.last_published_at,
    )


def _others(page: Page, above: list[Page]) -> dict[Any, dict[str, str]]:
    """Paths in the other language, by translation key: of the page and all above it, as far as all may read them."""
    keys = [page.translation_key, *(each.translation_key for each in above)]
    found = Page.objects.filter(translation_key__in=keys).exclude(locale_id=page.locale_id)
    paths: dict[Any, dict[str, str]] = {}
    for other in found.live().public().select_related("locale"):
        paths.setdefault(other.translation_key, {})[other.locale.language_code] = page_path(other)
    return paths


def _nearest(above: list[Page], others: dict[Any, dict[str, str]]) -> str:
    """The closest page above that the public can read in the other language."""
    for page in above:
        if page.translation_key in others:
            return next(iter(others[page.translation_key].values()))
    return "/"


def _crumbs(above: list[Page], language: str) -> list[Crumb]:
    """The way down from the home page, without it; what is not public is named by nobody."""
    return [
        Crumb(Text(page.title, language), page_path(page))
        for page in reversed(above)
        if page.depth > _HOME_DEPTH and page.live
    ]


def _shared(image: Any) -> Shared | None:
    if image is None:
        return None
    try:
        made = image.get_rendition(SHARED)
    except OSError:
        return None
    return Shared(made.url, made.width, made.height)
