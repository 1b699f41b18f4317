"""The head of a page: its address here and that of its translation, if the public can see that."""

from wagtail.models import Page

from events import addresses
from events.views.heads import Head


def page_path(page: Page) -> str:
    """The path of a page on this site, in its own language."""
    parts = page.get_url_parts()
    return parts[2] if parts else "/"


def page_head(page: Page) -> Head:
    """Title, description, canonical address and true translations; without one the switch leads to the nearest."""
    language = page.locale.language_code
    alternates = {language: addresses.absolute(page_path(page))}
    for other in page.get_translations().live().public().select_related("locale"):
        alternates[other.locale.language_code] = addresses.absolute(page_path(other))
    return Head(
        title=page.seo_title or page.title,
        language=language,
        alternates=alternates,
        elsewhere=_nearest(page),
        description=page.search_description,
    )


def _nearest(page: Page) -> str:
    """The closest page above that the public can read in the other language."""
    for above in page.get_ancestors(inclusive=True).filter(depth__gt=1).order_by("-depth"):
        other = above.get_translations().live().public().first()
        if other is not None:
            return page_path(other)
    return "/"
