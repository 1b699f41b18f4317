"""Editors' pages in a real browser: keys reach what scrolls, folds and jumps, and pictures come as small as can be."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from cms.models import NewsIndexPage, NewsPage, SectionIndexPage, StandardPage
from events.release import release_programme
from tests.browser import new_page, open_at
from tests.cms.factories import block, items, makes_pictures, picture
from tests.cms.pages import home, published
from tests.cms.test_blocks import SAID
from tests.factories import DialogueProgrammeFactory, EventFactory, MembershipFactory, OrganisationFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), makes_pictures]
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 860}
#: Wider than any phone: one word a cell.
WIDE = {
    "caption": "Yıllara göre",
    "columns": [{"type": "number", "heading": f"Belediye{year}"} for year in range(2019, 2027)],
    "rows": [{"values": ["1240000"] * 8}],
}


@pytest.fixture
def site(live_server: Any, settings: Any, tmp_path: Path) -> str:
    """Both languages with every page type, and one page of each on which every block stands."""
    settings.MEDIA_ROOT = str(tmp_path)
    programme = DialogueProgrammeFactory(slug="kentler")
    event = EventFactory(dialogue_programme=programme, title_tr="Uluslararasılaştırma Forumu")
    release_programme(event=event)
    for name, north, east in (("Çınarlı", 41.0, 29.1), ("Özbağ", 37.1, 37.4)):
        MembershipFactory(organisation=OrganisationFactory(name_tr=name, latitude=north, longitude=east))
    image = picture()
    for language in ("tr", "en"):
        _language(language, image.pk, event.pk, programme.pk)
    return str(live_server.url)


def _language(language: str, image: int, event: int, programme: int) -> None:
    section = published(SectionIndexPage(title="Kurumsal", slug="kurumsal", search_description="Kim"), home(language))
    shown = {"image": image, "alt_text": "Köprü", "decorative": False}
    upcoming = {"title": "", "count": 3, "kind": "", "line": "", "programme": None, "organisation": None}
    rows = [
        block("image", {"picture": shown, "caption": "Açılış"}),
        block("upcoming_events", upcoming),
        block("event", {"event": event}),
        block("dialogue_programme", {"programme": programme}),
        block("members", {"title": "Üyeler", "show": "map", "on": None}),
        block("table", {"table": WIDE, "heads_rows": True, "source": ""}),
    ]
    headings = [block("heading", {"text": f"Uluslararasılaştırma {n}", "level": "h2"}) for n in range(3)]
    said = [block(kind, value) for kind, (value, _parts) in SAID.items()]
    about = StandardPage(
        title="Hakkımızda", slug="hakkimizda", search_description="Kimiz", body=[*headings, *said, *rows]
    )
    published(about, section)
    published(StandardPage(title="Tüzük"), section)
    index = published(NewsIndexPage(title="Haberler", slug="haberler"), home(language))
    for slug in ("haber", "baska"):
        published(
            NewsPage(title="Haber", slug=slug, picture_id=image, picture_alt="Köprü", search_description="Kısa"), index
        )
    page = home(language)
    page.hero_title, page.hero_text = "Kentler arasında bir köprü", "Belediyeler birliği"
    page.sections = [
        block("upcoming_events", upcoming),
        block("lines", {"title": "Ne", "lines": items({"line": "1", "text": "Buluşuruz", "page": section.pk})}),
        block("figures", {"title": "Kimiz", "text": "Metin", "page": about.pk}),
        block("news", {"title": "", "count": 3}),
        block("call_to_action", SAID["call_to_action"][0]),
    ]
    page.save_revision().publish()


def test_keys_reach_everything_and_pictures_come_in_the_newest_format(browser: Browser, site: str) -> None:
    page = new_page(browser, viewport=DESKTOP)
    open_at(page, f"{site}/tr/kurumsal/hakkimizda/")
    page.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("details .prose")).to_be_visible()
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Bisiklet yolu"
    page.get_by_role("link", name="Uluslararasılaştırma 2").click()
    expect(page).to_have_url(re.compile("#uluslararasilastirma-2$"))
    page.set_viewport_size(PHONE)
    tables = page.locator(".table").evaluate_all("all => all.map(each => each.scrollWidth > each.clientWidth)")
    assert tables == [False, True]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    open_at(page, f"{site}/tr/haberler/haber/")
    picture = page.locator("figure.opening img")
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth > 0)")
    assert picture.evaluate("image => image.currentSrc").endswith(".avif")
    page.context.close()
