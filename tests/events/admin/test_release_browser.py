"""Releasing in a real browser: one session held back; axe has nothing to say, in both languages."""

import datetime as dt
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from events.addresses import programme_path
from events.conflicts import accept_warning, find_conflicts
from events.models import Event, PlannedRelease, Session
from events.release import release_programme, schedule_release
from tests.browser import open_at
from tests.events.admin.conftest import Open
from tests.factories import ContributionFactory, EventFactory, PersonFactory, RoomFactory, SessionFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def event(live_server: Any) -> Event:
    """A released forum, of which nearly everything changed since: moved, retitled, new, cancelled, clashing."""
    made: Event = EventFactory(with_sessions=4, slug="iklim-forumu")
    person = PersonFactory(name="Ayşe Örnek", email="ayse@sample.example")
    ContributionFactory(session=made.sessions.order_by("start")[0], person=person)
    release_programme(event=made)
    moved, retitled, cancelled, _kept = made.sessions.order_by("start")
    room, rows = RoomFactory(name_tr="Salon İğde", name_en="Oleaster Room"), Session.objects
    rows.filter(pk=moved.pk).update(start=dt.time(15), end=dt.time(16), room=room)
    rows.filter(pk=retitled.pk).update(title_tr="Kent ve iklim", title_en="Cities and climate")
    rows.filter(pk=cancelled.pk).update(status="cancelled")
    start = dt.time(15, 30)
    SessionFactory(event=made, confirmed=True, room=room, start=start, end=start, title_en="", title_tr="Yeni oturum")
    return made


def test_release_with_one_held_back(event: Event, page: Page) -> None:
    """The ticked session keeps its old hours for the public; the others are there as they are now."""
    moved, retitled = event.sessions.get(start=dt.time(15)), event.sessions.get(title_en="Cities and climate")
    open_at(page, reverse("event_admin:release", args=[event.pk]))
    expect(page.locator("#changes + h3")).to_have_text("Cancelled (1)")
    change = page.locator(".event-change", has_text="Salon İğde / Oleaster Room").filter(has=page.locator("del"))
    expect(change.locator("del").first).to_have_text("Thursday 10 June 2027, 09:00–10:00")
    change.get_by_role("checkbox").check()
    page.get_by_label("Note in English").fill("One title changed.")
    page.get_by_role("button", name="Make release 2 public").click()
    expect(page.locator(".messages")).to_contain_text("Release 2 is public.")
    open_at(page, programme_path("iklim-forumu", "en"))
    expect(page.locator(f"#s-{moved.key}")).to_contain_text("09:00")
    expect(page.locator(f"#s-{retitled.key}")).to_contain_text("Cities and climate")
    open_at(page, reverse("event_admin:release", args=[event.pk]))
    expect(page.locator(".event-change")).to_have_count(1)
    expect(page.locator(".event-change")).to_contain_text("15:00–16:00")


def test_enter_in_a_field_releases_nothing(event: Event, page: Page) -> None:
    """Whoever types a time for later and presses Enter has not said now; only the buttons act."""
    open_at(page, reverse("event_admin:release", args=[event.pk]))
    page.get_by_label("Note in English").press("Enter")
    page.get_by_text("Release at a time…").click()
    page.get_by_label("Day").fill((timezone.localdate() + dt.timedelta(days=3)).isoformat())
    page.get_by_label("Time").fill("10:00")
    page.get_by_label("Time").press("Enter")
    page.get_by_role("button", name="Plan the release").click()
    expect(page.locator(".messages")).to_contain_text("Planned for")
    assert (event.releases.count(), PlannedRelease.objects.count()) == (1, 1)


@pytest.mark.parametrize("locale", ["en-GB", "tr-TR"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_has_nothing_to_say(event: Event, officer: Any, open_page: Open, locale: str, width: int) -> None:
    """All of it opened; nothing scrolls sideways, and nobody else is asked."""
    for conflict in find_conflicts(event)[:1]:
        seen = {"rule": conflict.code, "keys": conflict.keys, "fingerprint": conflict.fingerprint}
        accept_warning(event=event, by=officer, note="Bir salon, iki köşe.", **seen)
    page = open_page(locale=locale, width=width)
    said: list[str] = []
    page.on("console", lambda message: message.type == "error" and said.append(message.text))
    schedule_release(event=event, by=officer, at=timezone.now() + dt.timedelta(days=1))
    moved = event.sessions.get(title_en="Cities and climate").key
    for name, *number in [("release",), ("released", 1), ("released", 2), ("compare",), ("restore", 1, moved)]:
        if number == [1]:
            release_programme(event=event, held=[event.sessions.order_by("start")[0].key])
        path = reverse(f"event_admin:{name}", args=[event.pk, *number])
        open_at(page, path)
        page.evaluate("document.querySelectorAll('.event-page details').forEach((each) => (each.open = true))")
        said += [f"{path}: {each['id']}" for each in Axe().run(page).response["violations"]]
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1"):
            said.append(f"{path}: sideways")
    assert said == []
