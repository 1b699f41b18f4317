"""Header, menu, search, footer and errors in a real browser: by keyboard, without script, on paper, for axe."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from wagtail.models import Site

from cms.models import SectionIndexPage, SiteLink, SiteNotice, SiteSettings, StandardPage
from events.release import release_programme
from tests.browser import new_page, open_at
from tests.cms.pages import home, published
from tests.factories import EventFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 860}
PAGES = ["/tr/", "/en/search/?q=forum", "/tr/ara/?q=a", "/tr/bolum-0/uluslararasilastirma/", "/en/nothing/"]
TITLES = ["Birliğimiz", "Kurumsallaştırılamayanlar", "İyi uygulamalar", "Yayınlar ve kaynaklar", "İletişim"]


@pytest.fixture
def site(live_server: Any) -> str:
    """An association with long words in its menu, a notice, links elsewhere, legal pages; and a forum."""
    release_programme(event=EventFactory(slug="forum", title_tr="Forum", title_en="Forum", with_sessions=1))
    for number, title in enumerate(TITLES):
        section = published(SectionIndexPage(title=title, slug=f"bolum-{number}", show_in_menus=True))
        published(SectionIndexPage(title=title, slug=f"part-{number}", show_in_menus=True), home("en"))
        if number == 0:
            deep = StandardPage(title="Uluslararasılaştırma", slug="uluslararasilastirma", show_in_menus=True)
            published(deep, section)
    row = SiteSettings.for_site(Site.objects.get())
    row.name_tr, row.name_en = "Işıklar Belediyeler Birliği", "Işıklar Union of Municipalities"
    row.short_name_tr, row.email, row.phone = "Işıklar Birliği", "bilgi@sample.example", "+90 212 000 00 00"
    row.linkedin = "https://linkedin.example/isiklar"
    row.privacy = published(StandardPage(title="Gizlilik", slug="gizlilik"))
    row.links = [SiteLink(place="footer", title_tr="Basın odası", address_tr="/tr/basin/")]
    row.notices = [SiteNotice(text_tr="Bakım var", text_en="Closed for an hour", urgent=True)]
    row.save()
    return str(live_server.url)


def opened(browser: Browser, url: str, said: list[str] | None = None, **named: Any) -> Page:
    """A page; ``said`` collects console errors and requests to others."""
    page = new_page(browser, **{"viewport": DESKTOP, **named})
    if said is not None:
        page.on("console", lambda message: message.type == "error" and said.append(message.text))
        page.on("request", lambda request: request.url.startswith(url[:16]) or said.append(request.url))
    open_at(page, url) if named.get("java_script_enabled", True) else page.goto(url)
    return page


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent.trim() || document.activeElement.name"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_every_page_fits_keeps_the_policy_and_leaves_axe_nothing_to_say(
    browser: Browser, site: str, viewport: dict[str, int], scheme: str
) -> None:
    found: dict[str, Any] = {}
    for path in PAGES:
        said: list[str] = []
        page = opened(browser, site + path, said, viewport=viewport, color_scheme=scheme, has_touch=viewport is PHONE)
        if viewport is PHONE:
            page.locator(".menu-opens").click()
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")
        axe = [(each["id"], each["nodes"][0]["html"]) for each in Axe().run(page).response["violations"]]
        said = [each for each in said if "404 (Not Found)" not in each]
        if said or wide or axe:
            found[path] = (said, wide, axe)
        page.context.close()
    assert found == {}


def test_on_a_phone_the_menu_opens_and_closes_without_script(browser: Browser, site: str) -> None:
    page = opened(browser, site + "/tr/etkinlikler/", viewport=PHONE, has_touch=True, java_script_enabled=False)
    entry = page.get_by_role("navigation", name="Site").get_by_role("link", name="İletişim")
    assert entry.is_visible() is False
    page.get_by_role("button", name="Menü").click()
    assert entry.is_visible() is True
    page.get_by_role("button", name="Kapat").click()
    assert entry.is_visible() is False
    page.get_by_role("button", name="Menü").click()
    page.get_by_role("searchbox").fill("forum")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Forum", exact=True).click()
    assert page.url == f"{site}/tr/etkinlikler/forum/"
    page.context.close()


def test_on_a_phone_the_keyboard_opens_the_menu_walks_it_and_comes_back(browser: Browser, site: str) -> None:
    page = opened(browser, site + "/tr/etkinlikler/", viewport=PHONE)
    reached = []
    for _each in range(4):
        page.keyboard.press("Tab")
        reached.append(focused(page))
    assert reached == ["İçeriğe geç", "Işıklar Birliği", "English", "Menü"]
    page.keyboard.press("Enter")
    walked = []
    for _each in range(4):
        page.keyboard.press("Tab")
        walked.append(focused(page))
    assert walked == ["Kapat", "q", "Ara", "Etkinlikler"]
    page.keyboard.press("Escape")
    assert (focused(page), page.locator("#menu").is_visible()) == ("Menü", False)
    page.context.close()


def test_on_a_wide_screen_menu_and_search_stand_there(browser: Browser, site: str) -> None:
    page = opened(browser, site + "/tr/bolum-0/uluslararasilastirma/")
    nav = page.get_by_role("navigation", name="Site")
    assert nav.get_by_role("link").all_inner_texts() == ["Etkinlikler", *TITLES]
    assert nav.locator("[aria-current]").all_inner_texts() == ["Birliğimiz"]
    assert page.locator(".menu-opens").is_visible() is False
    way = page.get_by_role("navigation", name="Buradasınız").get_by_role("link")
    assert way.all_inner_texts() == ["Ana sayfa", "Birliğimiz"]
    page.get_by_role("searchbox").fill("uluslar")
    page.get_by_role("button", name="Ara").click()
    assert page.locator(".results a").all_inner_texts() == ["Uluslararasılaştırma"]
    page.get_by_role("link", name="English", exact=True).click()
    assert page.url == f"{site}/en/search/?q=uluslar"
    page.context.close()


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_whatever_can_be_pressed_is_large_enough(browser: Browser, site: str, viewport: dict[str, int]) -> None:
    """24 pixels each way (WCAG 2.2, 2.5.8); links within a sentence may be smaller."""
    page = opened(browser, site + "/tr/etkinlikler/forum/", viewport=viewport)
    if viewport is PHONE:
        page.locator(".menu-opens").click()
    small = page.evaluate(
        """() => [...document.querySelectorAll(".top a, .top button, .top input, .way a, .foot a")]
          .filter(each => each.checkVisibility())
          .map(each => [each.textContent.trim(), each.getBoundingClientRect()])
          .filter(([, box]) => box.height < 24 || box.width < 8)
          .map(([text]) => text)"""
    )
    assert small == []
    page.context.close()


def test_on_paper_there_is_the_name_and_no_menu(browser: Browser, site: str) -> None:
    page = opened(browser, site + "/tr/etkinlikler/forum/")
    page.emulate_media(media="print")
    shown = {
        name: page.locator(name).first.is_visible() for name in (".brand", ".menu nav", ".tongues", ".way", ".foot")
    }
    assert shown == {".brand": True, ".menu nav": False, ".tongues": False, ".way": False, ".foot": False}
    page.context.close()
