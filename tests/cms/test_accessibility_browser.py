"""Every type of public page, in both languages, for everybody: by axe, by keyboard, on a phone, in the dark, without script."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from cms.models import PracticePage
from events import addresses
from events.models import Event
from events.registration import Applicant, Filled, register, verify
from events.registration.letters import path_of
from events.sharing import share_key
from tests.accessible import COLOURS, axe, tab_through, too_wide, unfold
from tests.browser import new_page, open_at
from tests.cms import marked_site
from tests.cms.factories import makes_pictures
from tests.factories import ProgrammeShareFactory, QuestionFactory, RegistrationSettingsFactory, WordingFactory
from tests.marks import row
from tests.served import Stage

pytestmark = [pytest.mark.browser, makes_pictures]
LANGUAGES = ("tr", "en")
SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 860}}
#: One address for each type of page and state of it, by language.
PATHS = {
    "home": "/tr/|/en/",
    "section": "/tr/section/|/en/section/",
    "standard, all blocks": "/tr/section/about/|/en/section/about/",
    "news": "/tr/news/|/en/news/",
    "one piece of news": "/tr/news/news-3/|/en/news/news-3/",
    "organisations": "/tr/section/members/|/en/section/members/",
    "organisations, refused filters": "/tr/section/members/?on=x&kind=x|/en/section/members/?on=x&kind=x",
    "people": "/tr/section/people/|/en/section/people/",
    "nobody": "/tr/section/people/?q=yok|/en/section/people/?q=none",
    "practices": "/tr/practices/|/en/practices/",
    "practice": "/tr/practices/practice-1/|/en/practices/practice-1/",
    "contact": "/tr/contact/|/en/contact/",
    "thanks": "/tr/contact/?sent|/en/contact/?sent",
    "search": "/tr/ara/|/en/search/",
    "search, found": "/tr/ara/?q=uluslar|/en/search/?q=uluslar",
    "search, nothing": "/tr/ara/?q=yok|/en/search/?q=none",
    "events": "/tr/etkinlikler/|/en/events/",
    "past events": "/tr/etkinlikler/?when=past|/en/events/?when=past",
    "event": "/tr/etkinlikler/kentler-diyalogu-2027/|/en/events/kentler-diyalogu-2027/",
    "cancelled event": "/tr/etkinlikler/cancelled/|/en/events/cancelled/",
    "programme": "/tr/etkinlikler/kentler-diyalogu-2027/program/|/en/events/kentler-diyalogu-2027/programme/",
    "no programme yet": "/tr/etkinlikler/open/program/|/en/events/open/programme/",
    "dialogue programme": "/tr/programlar/birlikte-yasanan-kentler-2027/|/en/programmes/birlikte-yasanan-kentler-2027/",
    "document under way": "/documents/tr/webinar/programme.pdf|/documents/en/webinar/programme.pdf",
    "registration": "/tr/etkinlikler/open/kayit/|/en/events/open/register/",
    "registered": "/tr/etkinlikler/open/kayit/?sent|/en/events/open/register/?sent",
    "lost link": f"{addresses.lost_link_path('open', 'tr')}|{addresses.lost_link_path('open', 'en')}",
    "log in": "/tr/_util/login/|/en/_util/login/",
    "taken back": "/tr/etkinlikler/withdrawn/|/en/events/withdrawn/",
    "not found": "/tr/hic/|/en/nothing/",
}


@dataclass
class Site:
    """The marked site, served."""

    base: str = ""
    compared: dict[str, str] = field(default_factory=dict)
    #: Pages behind a key, by their addresses with it.
    keyed: dict[str, dict[str, str]] = field(default_factory=dict)

    def load(self) -> None:
        marked_site.build()
        self._register()
        for language in LANGUAGES:
            pages = PracticePage.objects.filter(locale__language_code=language)
            ticks = "&".join(f"compare={each.translation_key.hex}" for each in pages)
            self.compared[language] = f"/{language}/practices/?{ticks}"

    def _register(self) -> None:
        """Somebody is confirmed at an event that asks questions; a host sees its working programme."""
        event = Event.objects.get(slug="open")
        RegistrationSettingsFactory(event=event, capacity=2)
        photo = WordingFactory(event=event, title_tr="Fotoğraf", title_en="Photographs")
        for kind in ("text", "long_text", "yes_no", "date", "number", "country"):
            QuestionFactory(
                event=event, kind=kind, label_tr=f"Soru {kind}", label_en=f"Question {kind}", help_tr="Yardım"
            )
        applicant = Applicant("Ayşe Örnek", "ayse@sample.example", organisation="Işıklar Belediyesi")
        filled = Filled(shown=[photo], agreed={photo.key})
        registration = register(event=event, applicant=applicant, filled=filled, once="bir").registration
        verify(registration=registration)
        registration.refresh_from_db()
        share = ProgrammeShareFactory(event=event)
        for language in LANGUAGES:
            own = path_of(registration, language)
            self.keyed[language] = {"own registration": own, "draft": addresses.draft_path(share_key(share), language)}

        new = {**PATHS, **{kind: path for each in self.keyed.values() for kind, path in each.items()}}
        for kind in ("registration", "registered", "lost link", "own registration", "draft"):
            for path in new[kind].split("|"):
                assert Client().get(path, follow=True).status_code == 200, path

    def paths(self, language: str) -> dict[str, str]:
        which, ticked = LANGUAGES.index(language), self.compared[language]
        found = {kind: paths.split("|")[which] for kind, paths in PATHS.items()}
        found |= self.keyed[language]
        return found | {"practices, one ticked": ticked.partition("&")[0], "side by side": ticked}


@pytest.fixture(scope="module")
def site(stage: Stage) -> Iterator[Site]:
    found = Site()
    with stage.serve(found.load) as found.base:
        yield found


def judged(page: Page) -> list[object]:
    """What axe finds by day and by night, and whether the page is wider than the screen."""
    unfold(page)
    page.emulate_media(color_scheme="light")
    found: list[object] = [*axe(page), *(["wide"] if too_wide(page) else [])]
    page.emulate_media(color_scheme="dark")
    found += [("dark", *each) for each in axe(page, COLOURS)]
    return found


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_by_day_or_night(browser: Browser, site: Site, language: str, size: str) -> None:
    page = new_page(browser, viewport=SIZES[size], has_touch=size == "phone")
    found = {}
    for kind, path in site.paths(language).items():
        open_at(page, site.base + path)
        if wrong := judged(page):
            found[kind] = wrong
    open_at(page, f"{site.base}/{language}/contact/")
    page.locator(".form button[type=submit]").click()
    expect(page.get_by_role("alert")).to_be_visible()
    if size == "phone":
        page.locator(".menu-opens").click()
    assert (found, judged(page)) == ({}, [])
    page.context.close()


@pytest.mark.parametrize("size", SIZES)
def test_the_tab_key_reaches_everything_in_order_and_leaves_again(browser: Browser, site: Site, size: str) -> None:
    page = new_page(browser, viewport=SIZES[size])
    found = {}
    for kind, path in site.paths("tr").items():
        if kind in {"log in", "practices, one ticked"}:
            continue  # the browser begins in the first field, or at what it says went wrong
        open_at(page, site.base + path)
        first = page.locator("a, button, input").first.get_attribute("class")
        if wrong := [*tab_through(page), *([] if first == "skip" else [first])]:
            found[kind] = wrong
    assert found == {}
    page.context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_says_the_same_without_script(browser: Browser, site: Site, language: str) -> None:
    """Scripts only add: the reader's own time elsewhere, the line of the day, a button that copies."""
    with_script = new_page(browser, timezone_id="Europe/Istanbul")
    without = new_page(browser, java_script_enabled=False)
    found = {}
    for kind, path in site.paths(language).items():
        open_at(with_script, site.base + path)
        without.goto(site.base + path)
        said = [" ".join((page.locator("body").text_content() or "").split()) for page in (with_script, without)]
        if said[0] != said[1]:
            found[kind] = said
    assert found == {}
    for page in (with_script, without):
        page.context.close()


def test_menu_search_and_filters_work_on_a_phone_without_script(browser: Browser, site: Site) -> None:
    page = new_page(browser, viewport=SIZES["phone"], java_script_enabled=False)
    page.goto(site.base + "/tr/")
    menu = page.get_by_role("navigation", name="Site")
    expect(menu).to_be_hidden()
    page.get_by_role("button", name="Menü").click()
    expect(menu).to_be_visible()
    page.get_by_role("button", name="Kapat").click()
    expect(menu).to_be_hidden()
    page.get_by_role("button", name="Menü").click()
    page.locator("#menu").get_by_label("Sayfalarda ve etkinliklerde ara").fill("WEBINAR")
    page.locator("#menu").get_by_role("button", name="Ara").click()
    expect(page.locator(".results a")).to_have_text([row(f"{marked_site.LONG} title webinar")])
    page.get_by_role("link", name="English", exact=True).click()
    expect(page).to_have_url(f"{site.base}/en/search/?q=WEBINAR")
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("navigation", name="Site").get_by_role("link", name="Events").click()
    page.get_by_text("Search and filter").click()
    page.get_by_label("Kind", exact=True).select_option(label="Webinar")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".event-rows h3")).to_have_count(1)
    page.context.close()
