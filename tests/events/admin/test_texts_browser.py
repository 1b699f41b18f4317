"""The translation table in a real browser: by keyboard alone, beside another officer, without script, for everybody."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from events.models import Event, Session
from tests.accessible import axe, too_wide
from tests.browser import open_at, settle
from tests.cms.translating.test_machine import Service, service
from tests.events.admin.conftest import Open
from tests.factories import EventFactory, SessionFactory

__all__ = ["service"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def event(live_server: Any) -> Event:
    """Three sessions: one lacks its English title, one its English abstract, one is stale."""
    made: Event = EventFactory(title_tr="Forum", title_en="Forum")
    SessionFactory(event=made, title_tr="Açılış", title_en="")
    SessionFactory(event=made, title_tr="Panel", title_en="Panel", abstract_tr="Uzun bir metin", abstract_en="")
    stale = SessionFactory(event=made, title_tr="Kapanış töreni", title_en="Closing")
    stale.translated_from = {"title": "of another text"}
    stale.save()
    return made


def table(page: Page, event: Event, query: str = "") -> Page:
    open_at(page, reverse("event_admin:texts", args=[event.pk]) + query)
    return page


def field(page: Page, label: str) -> Locator:
    return page.get_by_label(label, exact=True)


def english(event: Event) -> list[tuple[str, str]]:
    return list(event.sessions.order_by("pk").values_list("title_en", "abstract_en"))


def heard(page: Page, text: str) -> None:
    expect(page.locator("[data-texts-target=live]")).to_have_text(text)


def test_all_that_is_open_is_done_by_keyboard(event: Event, page: Page) -> None:
    table(page, event)
    first = field(page, "Açılış: Title, English")
    first.focus()
    page.keyboard.type("Opening")
    page.keyboard.press("Control+Enter")
    expect(field(page, "Panel: Abstract, English")).to_be_focused()
    page.keyboard.type("A long text")
    page.keyboard.press("Control+Enter")
    expect(field(page, "Closing: Title, English")).to_be_focused()
    heard(page, "Saved. 1 text is left to do.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    heard(page, "Saved. Nothing is missing or stale any more.")
    assert english(event) == [("Opening", ""), ("Panel", "A long text"), ("Closing", "")]
    assert [each.stale_texts() for each in event.sessions.all()] == [[], [], []]
    expect(page.locator("[data-count=open]")).to_have_text("0")


def test_escape_brings_back_what_was_there(event: Event, page: Page) -> None:
    table(page, event, "?show=all")
    title = field(page, "Panel: Title, English")
    title.fill("Something else")
    title.press("Escape")
    expect(title).to_have_value("Panel")
    title.press("Tab")
    settle(page)
    assert english(event)[1][0] == "Panel"


def test_two_officers_lose_nothing(event: Event, page: Page, open_page: Open) -> None:
    other = open_page()
    for each in (page, other):
        table(each, event)
    theirs, mine = field(other, "Açılış: Title, English"), field(page, "Açılış: Title, English")
    theirs.fill("Theirs")
    theirs.press("Control+Enter")
    heard(other, "Saved. 2 texts are left to do.")
    mine.fill("Mine")
    mine.press("Control+Enter")
    told = page.locator("td", has=mine)
    expect(told.locator("blockquote")).to_have_text("Theirs")
    expect(mine).to_have_value("Mine")
    assert axe(page) == []
    mine.press("Control+Enter")
    settle(page)
    assert english(event)[0][0] == "Theirs"
    told.get_by_role("button", name="Save mine over it").click()
    heard(page, "Saved. 2 texts are left to do.")
    assert english(event)[0][0] == "Mine"


def test_a_suggestion_is_corrected_before_it_counts(event: Event, page: Page, service: type[Service]) -> None:
    table(page, event)
    told = page.locator("td", has=field(page, "Açılış: Title, English"))
    told.get_by_role("button", name="Ask LibreTranslate").click()
    expect(told.locator("blockquote")).to_have_text("AÇILIŞ")
    assert (axe(page), english(event)[0][0]) == ([], "")
    told.get_by_role("button", name="Correct it").click()
    field(page, "Açılış: Title, English").fill("Opening")
    page.keyboard.press("Control+Enter")
    expect(told.locator("blockquote")).to_have_count(0)
    assert english(event)[0][0] == "Opening"


def test_a_server_that_is_away_takes_no_text_along(event: Event, page: Page) -> None:
    table(page, event)
    page.route("**/texts/save/**", lambda route: route.abort())
    title = field(page, "Açılış: Title, English")
    title.fill("Opening")
    title.press("Control+Enter")
    expect(page.locator(".texts-error")).to_contain_text("Not saved: the server did not answer.")
    page.unroute("**/texts/save/**")
    title.press("Control+Enter")
    heard(page, "Saved. 2 texts are left to do.")
    assert english(event)[0][0] == "Opening"


def test_the_key_goes_on_to_the_next_page(live_server: Any, page: Page) -> None:
    event = EventFactory(title_tr="Forum", title_en="Forum")
    Session.objects.bulk_create([Session(event=event, day=event.starts_on, title_tr=f"Oturum {n}") for n in range(41)])
    table(page, event)
    last = page.locator("textarea[lang=en]").last
    for box in page.locator("textarea[lang=en]").all()[:-1]:
        box.evaluate("each => { each.closest('td').dataset.state = 'done'; }")
    last.fill("Session")
    with page.expect_navigation():
        last.press("Control+Enter")
    settle(page)
    expect(page.locator("textarea[lang=en]").first).to_be_focused()
    assert event.sessions.filter(title_en="Session").count() == 1


def test_the_same_without_script(event: Event, open_page: Open) -> None:
    page = open_page(script=False)
    page.goto(reverse("event_admin:texts", args=[event.pk]))
    page.get_by_label("Açılış: Title, English", exact=True).fill("Opening")
    page.get_by_role("button", name="Save this page").click()
    expect(page.get_by_text("1 text was saved.")).to_be_visible()
    page.get_by_role("button", name="Still right").click()
    expect(page.get_by_text("1 text was saved.")).to_be_visible()
    assert english(event)[0][0] == "Opening"
    assert event.sessions.last().stale_texts() == []


@pytest.mark.parametrize("locale", ["tr-TR", "en-GB"])
@pytest.mark.parametrize("width", [390, 1280])
def test_everybody_can_use_it(event: Event, open_page: Open, locale: str, width: int) -> None:
    page = open_page(locale=locale, width=width)
    for query in ("", "?show=all", "?show=suggested"):
        table(page, event, query)
        assert (axe(page), too_wide(page)) == ([], False)
