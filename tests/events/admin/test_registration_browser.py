"""Registrations in a real browser: menus by keyboard, without a script and on a phone; axe finds nothing."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import Page, expect

from events.models import Event
from events.registration import verify
from tests.accessible import axe, too_wide
from tests.browser import open_at
from tests.events.admin.conftest import Open
from tests.events.registration.applying import apply, taking
from tests.factories import UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def event(live_server: Any) -> Event:
    """Two people wait for an approval."""
    made = taking(approval=True)
    for name in ("Ali Örnek", "Işıl Çağlar"):
        verify(registration=apply(made, name))
    return made


@pytest.fixture
def registrar() -> Any:
    """Figen, who runs registrations."""
    user = UserFactory(username="figen")
    user.groups.add(Group.objects.get(name="Registration officers"))
    return user


def listed(page: Page, event: Event) -> None:
    open_at(page, f"/admin/events/{event.pk}/registrations/")


def test_a_menu_opens_and_leads_on_by_keyboard_alone(event: Event, registrar: Any, open_page: Open) -> None:
    page = open_page(registrar)
    listed(page, event)
    form, letters = page.locator(".reg-menus details").nth(1), page.locator(".reg-menus details").nth(2)
    form.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(form.get_by_role("link", name="Settings")).to_be_visible()
    assert axe(page) == []
    page.keyboard.press("Escape")
    expect(form.get_by_role("link", name="Settings")).to_be_hidden()
    expect(form.locator("summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(letters.get_by_role("link", name="Outbox")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/outbox/")
    expect(page.locator(".reg-menus .is-here summary")).to_have_text("Letters")


def test_on_a_phone_without_a_script_one_menu_is_open_at_a_time(event: Event, registrar: Any, open_page: Open) -> None:
    page = open_page(registrar, width=390, script=False)
    page.goto(f"/admin/events/{event.pk}/registrations/")
    menus = page.locator(".reg-menus details")
    menus.nth(0).locator("summary").click()
    expect(menus.nth(0).get_by_role("link", name="Groups")).to_be_visible()
    menus.nth(1).locator("summary").click()
    expect(menus.nth(0).get_by_role("link", name="Groups")).to_be_hidden()
    menus.nth(1).get_by_role("link", name="Questions").click()
    page.wait_for_url("**/registration/questions/")


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("locale", ["tr-TR", "en-GB"])
def test_axe_finds_nothing(event: Event, registrar: Any, open_page: Open, locale: str, width: int) -> None:
    page = open_page(registrar, locale=locale, width=width)
    one = event.registrations.first()
    assert one is not None
    found = []
    for rest in ("registrations/", f"registrations/{one.pk}/", "registration/"):
        open_at(page, f"/admin/events/{event.pk}/{rest}")
        found.append((rest, axe(page), too_wide(page)))
    assert found == [(rest, [], False) for rest, _axe, _wide in found]
