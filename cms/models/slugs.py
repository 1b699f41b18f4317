"""The address of a translation: of its own title, and the same for good once the public knows it."""

import re

from wagtail.coreutils import find_available_slug
from wagtail.models import Page
from wagtail_localize.models import Translation

from events import turkish


def own_slug(page: Page) -> str:
    """The slug a page should have: what somebody gave it, or for a translation that only inherited, its title's.

    wagtail-localize copies the source's slug with every update of a translation that it keeps up. Such a page that
    the public has seen keeps the slug it had; one that nobody has seen yet gets a readable one as soon as its title
    is translated.
    """
    source = _source(page)
    if source is None or not _inherited(page.slug, source.slug) or not _is_kept_up(page):
        return str(page.slug)
    stored = type(page)._base_manager.filter(pk=page.pk).values_list("slug", "first_published_at").first()
    if stored and (stored[1] or not _inherited(stored[0], source.slug)):
        return str(stored[0])
    wanted = turkish.slug(page.title)
    if not wanted or page.title == source.title:
        return str(page.slug)
    return str(find_available_slug(page.get_parent(), wanted, ignore_page_id=page.pk))


def _source(page: Page) -> Page | None:
    """The page this one was translated from: the oldest of its family, if that is another one."""
    if page.pk is None or page.depth is None or page.depth < 3:
        return None
    oldest = (
        Page.objects.filter(translation_key=page.translation_key).order_by("pk").only("pk", "slug", "title").first()
    )
    return None if oldest is None or oldest.pk == page.pk else oldest


def _is_kept_up(page: Page) -> bool:
    """Whether wagtail-localize writes the page from its source; else its slug is what an editor typed."""
    return Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=page.locale_id, enabled=True
    ).exists()


def _inherited(slug: str, source: str) -> bool:
    """Whether it is the source's own, or that with the number Wagtail adds where it is taken."""
    return re.fullmatch(re.escape(source) + r"(-\d+)?", slug) is not None
