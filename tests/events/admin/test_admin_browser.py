"""Our admin screens in a real browser: lists and choosers work with a mouse, and axe has nothing to say."""

from datetime import date, time
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, expect

from events.models import Contribution, Event
from events.release import release_programme
from tests.browser import open_at, settle
from tests.factories import ContributionFactory, EventFactory, PersonFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def event(live_server: Any) -> Event:
    """A released forum with two sessions."""
    made: Event = EventFactory(with_sessions=2)
    ContributionFactory(session=made.sessions.order_by("start")[0], person=PersonFactory(name="Ayşe Örnek"))
    release_programme(event=made)
    return made


def test_a_speaker_is_added_and_released(event: Event, page: Page) -> None:
    """Chosen by a search without Turkish letters, shown on the release page, public with one press."""
    ilgin = PersonFactory(name="Ilgın Varsayım")
    session = event.sessions.order_by("start")[1]
    open_at(page, reverse("admin_session:edit", args=[session.pk]))
    page.get_by_role("tab", name="People").click()
    page.get_by_role("button", name="Add person").click()
    page.get_by_role("button", name="Choose a person").click()
    modal = page.locator(".modal-body")
    expect(modal.get_by_role("link", name="Ayşe Örnek")).to_be_visible()
    page.get_by_label("Search", exact=True).last.fill("ilgin")
    # Only now is the list the answer to the search, and not about to be replaced under the pointer.
    expect(modal.get_by_role("link", name="Ayşe Örnek")).to_have_count(0)
    modal.get_by_role("link", name="Ilgın Varsayım").click()
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(f"**/admin/events/{event.pk}/*")
    assert [row.person for row in Contribution.objects.filter(session=session)] == [ilgin]
    page.get_by_role("link", name="Release", exact=True).click()
    expect(page.locator(".event-change")).to_contain_text("Ilgın Varsayım (speaker)")
    page.get_by_role("button", name="Make release 2 public").click()
    expect(page.locator(".messages")).to_contain_text("Release 2 is public.")
    assert event.releases.count() == 2


def test_a_date_and_a_time_stay_as_they_were_typed(event: Event, page: Page) -> None:
    """The calendar under the field never puts today in the place of what it cannot read; nonsense is refused."""
    session = event.sessions.order_by("start")[1]
    open_at(page, reverse("admin_session:edit", args=[session.pk]))
    for name, typed in (("day", "31.02.2027"), ("start", "9.30"), ("end", "half past ten")):
        page.locator(f"[name={name}]").fill("")
        page.locator(f"[name={name}]").type(typed)
        page.keyboard.press("Tab")
        expect(page.locator(f"[name={name}]")).to_have_value(typed)
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".error-message")).to_have_count(2)
    settle(page)
    page.locator("[name=day]").fill("10.06.2027")
    page.locator("[name=end]").fill("10.15")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(f"**/admin/events/{event.pk}/*")
    session.refresh_from_db()
    assert (session.day, session.start, session.end) == (date(2027, 6, 10), time(9, 30), time(10, 15))


@pytest.mark.parametrize("viewport", [{"width": 1280, "height": 900}, {"width": 390, "height": 844}])
def test_axe_has_nothing_to_say(event: Event, page: Page, viewport: Any) -> None:
    """Our own screens, on a desk and on a phone; nothing scrolls sideways, nobody else is asked."""
    said: list[str] = []
    page.on("console", lambda message: message.type == "error" and said.append(message.text))
    page.set_viewport_size(viewport)
    names = ("home", "release", "import", "cancel")
    for path in (*(reverse(f"event_admin:{name}", args=[event.pk]) for name in names), "/admin/", "/admin/events/"):
        open_at(page, path)
        said += [f"{path}: {each['id']}" for each in Axe().run(page).response["violations"]]
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1"):
            said.append(f"{path}: sideways")
    assert said == []
