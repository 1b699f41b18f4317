"""Load the site into an empty tree, all of it or nothing."""

from django.db import transaction
from wagtail.models import Page

from cms.demo.sample import Data
from cms.models import HomePage
from events.bilingual import LANGUAGES

from .bulk import many_pages
from .edition import Edition, read
from .english import translate
from .frame import load_frame
from .pages import Desk, build, fill, place, publish, walk
from .rows import Rows, find_rows, load_people, load_pictures, load_places, load_themes

#: In the order of the menu; pages that stand in no menu last.
FILES = ["about", "work", "members", "practices", "news", "contact", "legal"]


def load_site(desk: Desk) -> bool:
    """Load the pages, the settings and the people shown; False, and nothing written, where it does not fit in.

    That is where somebody has begun a site, or has renamed or deleted what of the sample the pages speak of.
    """
    rows = find_rows() if _is_empty() else None
    if rows is None:
        return False
    with transaction.atomic():
        load_places(rows)
        load_people(rows)
        rows |= load_themes() | load_pictures(desk.writer)
        with many_pages():
            _load_pages(rows, desk)
        load_frame(rows)
    return True


def _is_empty() -> bool:
    """Whether the homes are as the first migration made them."""
    homes = HomePage.objects.all()
    begun = any(home.numchild or home.sections for home in homes)
    return len(homes) == len(LANGUAGES) and not begun


def _load_pages(rows: Rows, desk: Desk) -> None:
    turkish, english = Edition("tr", rows), Edition("en", rows)
    home: Data = read("home")
    rows["page", "home"] = HomePage.objects.get(locale__language_code="tr")
    told = [pair for name in FILES for pair in walk(read(name))]
    for each, parent in told:
        rows["page", each["key"]] = page = build(each, turkish)
        place(page, rows["page", parent], desk)
    for each in [home, *(each for each, _parent in told)]:
        _publish(each, turkish, english, desk)


def _publish(told: Data, turkish: Edition, english: Edition, desk: Desk) -> None:
    page = Page.objects.get(pk=turkish.rows["page", told["key"]].pk).specific
    fill(page, told, turkish)
    publish(page, desk)
    translate(page, told, english, desk)
    if "amended" in told:
        _amend(page, told, turkish, desk)


def _amend(page: Page, told: Data, turkish: Edition, desk: Desk) -> None:
    """A change of the Turkish page that its translation waits for, as it happens on any day."""
    fill(page, told["amended"] | {"key": told["key"]}, turkish)
    publish(page, desk)
