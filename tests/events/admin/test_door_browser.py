"""The door in a browser on a phone: by code, by name, by camera, without connection, at two doors at once."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
import segno
from django.conf import settings
from django.contrib.auth.models import Group
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from events.models import CheckIn, CheckInMark, Event, Registration, RegistrationSettings, Session
from events.registration import verify
from tests.accessible import axe, tab_through, too_wide, unfold
from tests.browser import PATIENCE, new_page, settle
from tests.events.admin.conftest import Open
from tests.events.registration.applying import apply, taking, today
from tests.factories import SessionFactory, UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SENT = "!Object.keys(localStorage).some(key => key.includes(':mark:'))"
NAMES = ("Ilgın Öztürk", "İsmail Şahin-Yıldırım", "Łukasz Wójcik", "Bora Taş")


@pytest.fixture
def event() -> Event:
    found = today(taking(capacity=6))
    for number, name in enumerate(NAMES):
        verify(registration=apply(found, name, email=f"kisi{number}@sample.example", organisation="Şişli Belediyesi"))
    apply(found, "Derya Bekleyen", email="derya@sample.example")
    return found


@pytest.fixture
def door(open_page: Open, event: Event) -> Any:
    def enter(**named: Any) -> Page:
        user = UserFactory()
        user.groups.add(Group.objects.get(name="Check-in"))
        page = open_page(user, **{"width": 390, **named})
        page.goto(f"/admin/events/{event.pk}/door/")
        settle(page)
        return page

    return enter


def listed(page: Page) -> None:
    """Wait until the list of the day is on the device."""
    expect(page.get_by_text(re.compile("people on this device|Bu aygıtta 5"))).to_be_visible()


def until(page: Page, holds: str) -> None:
    """Wait for a condition in the page, in one question: the policy lets Playwright ask no other way."""
    look = f"async left => (await ({holds})) ? done(true) : left ? setTimeout(look, 50, left - 1) : failed(new Error('not yet'))"
    page.evaluate(f"new Promise((done, failed) => {{ const look = {look}; look({PATIENCE // 50}); }})")


def find(page: Page, text: str) -> None:
    page.get_by_role("searchbox").fill(text)


def press_in(page: Page, name: str) -> None:
    page.get_by_role("button", name=f"In: {name}").click()
    expect(page.get_by_role("button", name=f"Take back: {name}")).to_be_visible()


def code(name: str) -> str:
    found: str = Registration.objects.get(name=name).code
    return found


def present() -> list[str]:
    rows = CheckIn.objects.present().order_by("registration__sort_key")
    return list(rows.values_list("registration__name", flat=True))


@pytest.mark.parametrize(("locale", "word"), [("en-GB", "In"), ("tr-TR", "Geldi")])
def test_by_code_and_by_name_in_any_spelling(locale: str, word: str, door: Any) -> None:
    page = door(locale=locale)
    listed(page)
    assert (axe(page), too_wide(page)) == ([], False)
    for typed, name in (
        (code("Bora Taş").upper(), "Bora Taş"),
        ("ilgin", "Ilgın Öztürk"),
        ("LUKASZ woj", "Łukasz Wójcik"),
    ):
        find(page, typed)
        expect(page.locator(".door-card")).to_have_count(1)
        page.get_by_role("button", name=f"{word}: {name}").click()
        expect(page.locator(".door-card.is-present")).to_contain_text(name)
    find(page, "derya")
    expect(page.locator(".door-card.is-out")).to_have_count(1)
    find(page, "")
    expect(page.locator(".door-card.is-present")).to_have_count(3)
    page.reload()
    listed(page)
    unfold(page)
    assert (axe(page), too_wide(page), tab_through(page)) == ([], False, [])
    page.locator(".door-card.is-present").first.get_by_role("button").click()
    expect(page.locator(".door-card.is-present")).to_have_count(2)
    until(page, SENT)
    assert (len(present()), CheckInMark.objects.count()) == (2, 4)


def test_a_door_that_is_not_open_yet_opens_by_itself(door: Any, event: Event) -> None:
    later = event.starts_on + dt.timedelta(days=3)
    Event.objects.filter(pk=event.pk).update(ends_on=later)
    session = SessionFactory(event=event, day=later, confirmed=True)
    page = door()
    listed(page)
    page.get_by_label("Check in to").select_option(session.key)
    find(page, "bora")
    expect(page.get_by_text("Nobody can be marked before.")).to_be_visible()
    expect(page.locator(".door-card")).to_have_text(re.compile("Bora Taş"))
    assert page.get_by_role("button", name="In: Bora Taş").count() == 0
    assert page.get_by_role("link", name="Came without a registration").count() == 0
    assert (axe(page), too_wide(page)) == ([], False)
    Session.objects.filter(pk=session.pk).update(day=event.starts_on, start=None, end=None)
    page.evaluate("dispatchEvent(new Event('focus'))")
    press_in(page, "Bora Taş")
    until(page, SENT)
    assert CheckIn.objects.get().place == session.key


def test_two_marked_without_connection_arrive_once_after_a_reload_too(door: Any) -> None:
    page = door()
    listed(page)
    until(page, "navigator.serviceWorker.controller !== null")
    until(
        page,
        "caches.open('door').then(kept => kept.keys()).then(keys => keys.some(each => each.url.endsWith('/door/')) && keys.length > 8)",
    )
    page.context.set_offline(True)
    find(page, "ismail")
    press_in(page, "İsmail Şahin-Yıldırım")
    expect(page.get_by_text("1 waiting to be sent")).to_be_visible()
    assert present() == []  # asked before the reload: a page that loads may get through before the line is cut for it
    page.reload()
    settle(page)
    expect(page.get_by_text("1 waiting to be sent")).to_be_visible()
    find(page, "bora")
    press_in(page, "Bora Taş")
    expect(page.get_by_text("2 waiting to be sent")).to_be_visible()
    expect(page.locator("[data-part=present]")).to_have_text("2")
    page.context.set_offline(False)
    expect(page.get_by_text("waiting to be sent")).to_have_count(0)
    assert (present(), CheckInMark.objects.count()) == (["Bora Taş", "İsmail Şahin-Yıldırım"], 2)


NEWCOMERS = "!Object.keys(localStorage).some(key => key.includes(':new:'))"


def write_down(page: Page, name: str, email: str = "") -> None:
    page.get_by_role("link", name="Came without a registration").click()
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("E-mail").fill(email)
    page.get_by_role("button", name="Enter and let in").click()


def test_newcomers_wait_for_the_connection_and_who_is_refused_stays(door: Any, event: Event) -> None:
    page = door()
    listed(page)
    page.get_by_role("link", name="Came without a registration").click()
    page.get_by_role("button", name="Enter and let in").click()
    expect(page.get_by_text("Write the name.")).to_be_visible()
    assert (axe(page), too_wide(page)) == ([], False)
    page.get_by_role("button", name="Back to the door").click()
    page.context.set_offline(True)
    write_down(page, "Ece Yeni")
    write_down(page, "Bora Yine", "kisi3@sample.example")
    expect(page.get_by_text("Only then is it known whether a seat is free.")).to_have_count(1)
    expect(page.get_by_text("no seat was left.")).to_have_count(1)  # five of six are taken
    expect(page.get_by_text("2 waiting to be sent")).to_be_visible()
    page.reload()
    settle(page)
    expect(page.locator(".door-newcomers .is-waiting")).to_have_count(2)
    assert (axe(page), too_wide(page)) == ([], False)
    page.get_by_role("link", name="Finish at this door").click()
    expect(page.get_by_text("2 not sent yet.")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text("Not entered: Somebody with this address is registered already.")).to_be_visible()
    expect(page.locator(".door-newcomers .is-waiting")).to_have_count(0)
    assert (axe(page), too_wide(page), present()) == ([], False, ["Ece Yeni"])
    RegistrationSettings.objects.filter(event=event).update(capacity=8)
    page.get_by_role("button", name="Correct or send again: Bora Yine").click()
    assert page.get_by_label("Name", exact=True).input_value() == "Bora Yine"
    page.get_by_label("E-mail").fill("")
    page.get_by_role("button", name="Enter and let in").click()
    until(page, NEWCOMERS)
    assert present() == ["Bora Yine", "Ece Yeni"]
    Registration.objects.filter(event=event, name="Bora Taş").update(state="cancelled", seat=False)
    page.reload()
    listed(page)
    find(page, "bora tas")
    page.get_by_role("button", name="Enter as a newcomer … Bora Taş").click()
    assert page.locator("#door-new-organisation").input_value() == "Şişli Belediyesi"


def test_a_newcomer_who_is_refused_is_taken_off_only_on_purpose(door: Any, event: Event) -> None:
    RegistrationSettings.objects.filter(event=event).update(capacity=5)  # all taken
    page = door()
    listed(page)
    write_down(page, "Ece Yeni")
    expect(page.get_by_text("Not entered: No seat is left")).to_be_visible()
    page.get_by_role("link", name="Finish at this door").click()
    expect(page.get_by_text("First see to those who were refused.")).to_be_visible()
    page.get_by_role("link", name="Came without a registration").click()
    expect(page.get_by_text("no seat was left: whoever decides")).to_be_visible()
    page.get_by_role("button", name="Back to the door").click()
    page.get_by_text("Remove …").click()
    page.get_by_role("button", name="Yes, remove Ece Yeni").click()
    expect(page.locator(".door-newcomers .door-card")).to_have_count(0)
    assert (Registration.objects.filter(name="Ece Yeni").count(), page.evaluate(NEWCOMERS)) == (0, True)


def test_two_doors_agree(door: Any) -> None:
    one, other = door(), door()
    listed(one), listed(other)
    one.get_by_label("What this door is called").fill("North")
    one.get_by_label("What this door is called").blur()
    find(one, "bora")
    press_in(one, "Bora Taş")
    other.evaluate("dispatchEvent(new Event('focus'))")
    find(other, "bora")
    expect(other.locator(".door-card.is-present")).to_contain_text("North")
    other.get_by_role("button", name="Take back: Bora Taş").click()
    until(other, SENT)
    one.evaluate("dispatchEvent(new Event('focus'))")
    expect(one.get_by_role("button", name="In: Bora Taş")).to_be_visible()
    assert (present(), [mark.state for mark in CheckInMark.objects.order_by("pk")]) == ([], ["present", "undone"])


def test_what_is_kept_on_the_device_goes(door: Any, event: Event) -> None:
    page = door()
    listed(page)
    kept = "Object.keys(localStorage).filter(key => key.startsWith('door:')).sort()"
    assert len(page.evaluate(kept)) == 2
    page.get_by_role("link", name="Finish at this door").click()
    page.wait_for_url("**/admin/doors/")
    assert page.evaluate(kept) == []
    page.goto(f"/admin/events/{event.pk}/door/")
    listed(page)
    page.context.clear_cookies()
    page.goto("/admin/login/")
    assert page.evaluate(kept) == []


def test_a_newcomer_without_script(door: Any) -> None:
    page = door(script=False)
    page.get_by_role("link", name="Came without a registration").click()
    page.get_by_label("Name").fill("Ece Yeni")
    page.get_by_role("button", name="Enter and let in").click()
    expect(page.get_by_text("Ece Yeni is in.")).to_be_visible()
    find(page, "ilgin")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("button", name="In: Ilgın Öztürk").click()
    expect(page.get_by_text("In since")).to_be_visible()
    assert present() == ["Ece Yeni", "Ilgın Öztürk"]


def test_without_a_camera_one_types(door: Any) -> None:
    page = door()
    listed(page)
    page.get_by_role("button", name="Scan code").click()
    expect(page.get_by_text("The camera cannot be used")).to_be_visible()
    assert page.locator("video").is_hidden()


def moving_picture(text: str, path: Path) -> None:
    """What a camera would see: a code, as frames of plain brightness (YUV4MPEG2)."""
    rows = [
        bytes(0 if dark else 255 for dark in row) for row in segno.make(text, error="m", micro=False).matrix_iter(8, 8)
    ]
    wide = high = len(rows)  # even, as the format wants it
    luma = b"".join(rows)
    frame = b"FRAME\n" + luma + b"\x80" * (wide * high // 2)
    path.write_bytes(f"YUV4MPEG2 W{wide} H{high} F10:1 Ip A1:1 C420jpeg\n".encode() + frame * 10)


def test_the_camera_reads_a_badge(browser: Browser, event: Event, live_server: Any, tmp_path: Path) -> None:
    """A browser whose camera films the code of Bora's badge, large enough to be read and asked for by nobody else."""
    film = tmp_path / "badge.y4m"
    moving_picture(code("Bora Taş").upper(), film)
    flags = [
        "--no-sandbox",
        "--disable-gpu",
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    ]
    chromium = browser.browser_type.launch(executable_path="/usr/bin/chromium", args=flags)
    page = new_page(chromium, viewport={"width": 390, "height": 844}, locale="en-GB", base_url=str(live_server.url))
    client = Client()
    user = UserFactory()
    user.groups.add(Group.objects.get(name="Check-in"))
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": str(live_server.url)}])
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"/admin/events/{event.pk}/door/")
    listed(page)
    page.get_by_role("button", name="Scan code").click()
    press_in(page, "Bora Taş")
    until(page, SENT)
    strangers = [url for url in asked if not url.startswith((str(live_server.url), "blob:", "data:"))]
    chromium.close()
    assert (present(), strangers) == (["Bora Taş"], [])
