"""The shared working programme in a real browser: in by the link, a comment by keyboard, the officer's answer."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, expect

from events.addresses import draft_path
from events.models import HostComment
from events.sharing import share_key
from tests.accessible import COLOURS, axe, tab_through, too_wide, unfold
from tests.browser import new_page, open_at, settle
from tests.events.admin.conftest import Open, open_page
from tests.factories import ProgrammeShareFactory, SessionFactory, TrackFactory

__all__ = ["open_page"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def share(live_server: Any) -> Any:
    made = ProgrammeShareFactory(event__title_tr="Çalışma ziyareti", event__title_en="Study visit")
    track = TrackFactory(event=made.event)
    SessionFactory(event=made.event, confirmed=True, title_tr="Açılış", title_en="Opening", track=track)
    SessionFactory(event=made.event, title_tr="Düşünce", title_en="A thought", abstract_tr="Uzun", abstract_en="Long")
    return made


def test_in_by_the_link_and_a_comment_sent(share: Any, browser: Browser, live_server: Any) -> None:
    page = new_page(browser, base_url=str(live_server.url), locale="en-GB")
    said: list[str] = []
    page.on("console", lambda each: said.append(each.text) if each.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    open_at(page, draft_path(share_key(share), "en"))
    assert page.url == str(live_server.url) + draft_path(share.link.handle, "en")
    page.get_by_role("link", name="Comment: A thought").press("Enter")
    settle(page)
    expect(page.get_by_label("About")).to_have_value(share.event.sessions.get(title_en="A thought").key)
    page.get_by_role("button", name="Send").press("Enter")
    settle(page)
    expect(page.get_by_role("alert")).to_be_visible()
    assert axe(page) == []
    page.get_by_label("Your name").fill("Anna")
    page.get_by_label("Your comment").fill("The hall is closed.")
    page.get_by_role("button", name="Send").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Thank you.")
    assert axe(page) == []
    assert HostComment.objects.get().text == "The hall is closed."
    page.get_by_role("link", name="Türkçe").click()
    expect(page.get_by_text("Yayımlanmamış çalışma taslağı.")).to_be_visible()
    assert [each for each in said if "422" not in each] == []
    page.context.close()


@pytest.mark.parametrize("language", ["tr", "en"])
@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_everybody_can_read_it(
    share: Any, browser: Browser, live_server: Any, language: str, width: int, scheme: str
) -> None:
    size = {"width": width, "height": 900}
    page = new_page(browser, base_url=str(live_server.url), viewport=size, color_scheme=scheme)
    open_at(page, draft_path(share_key(share), language))
    unfold(page)
    assert (axe(page), too_wide(page)) == ([], False)
    assert tab_through(page) == []
    open_at(page, draft_path("no-such", language))
    assert (axe(page), axe(page, COLOURS), too_wide(page)) == ([], [], False)
    page.context.close()


@pytest.mark.parametrize(("locale", "width"), [("tr-TR", 390), ("en-GB", 1280)])
def test_officers_can_use_theirs(share: Any, open_page: Open, locale: str, width: int) -> None:
    HostComment.objects.create(share=share, name="Anna", text="The hall is closed.")
    page = open_page(locale=locale, width=width)
    event = share.event.pk
    for name, args in (("share", [event]), ("revoke_share", [event, share.pk]), ("home", [event])):
        open_at(page, reverse(f"event_admin:{name}", args=args))
        assert (name, axe(page), too_wide(page)) == (name, [], False)
