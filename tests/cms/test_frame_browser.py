"""Header, menu, search and footer in a real browser: by keyboard, without script, on paper.

What axe says of them is asked of every type of page (test_accessibility_browser.py)."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from wagtail.models import Site

from cms.models import SectionIndexPage, SiteLink, SiteNotice, SiteSettings, StandardPage
from events.release import release_programme
from tests.browser import new_page, open_at
from tests.cms.pages import home, published
from tests.factories import EventFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 860}
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


def opened(browser: Browser, url: str, **named: Any) -> Page:
    page = new_page(browser, **{"viewport": DESKTOP, **named})
    open_at(page, url) if named.get("java_script_enabled", True) else page.goto(url)
    return page


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent.trim() || document.activeElement.name"))


def test_on_a_phone_the_menu_opens_and_closes_without_script(browser: Browser, site: str) -> None:
    page = opened(browser, site + "/tr/etkinlikler/", viewport=PHONE, has_touch=True, java_script_enabled=False)
    entry = page.get_by_role("navigation", name="Site").get_by_role("link", name="İletişim")
    expect(entry).to_be_hidden()
    page.get_by_role("button", name="Menü").click()
    expect(entry).to_be_visible()
    page.get_by_role("button", name="Kapat").click()
    expect(entry).to_be_hidden()
    page.get_by_role("button", name="Menü").click()
    page.get_by_role("searchbox").fill("forum")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Forum", exact=True).click()
    expect(page).to_have_url(f"{site}/tr/etkinlikler/forum/")
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
    expect(page.locator("#menu")).to_be_hidden()
    assert focused(page) == "Menü"
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
    expect(page.locator(".results a")).to_have_text(["Uluslararasılaştırma"])
    page.get_by_role("link", name="English", exact=True).click()
    expect(page).to_have_url(f"{site}/en/search/?q=uluslar")
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
