"""What the server refuses at a door stands as refused, with the reason and the way on, apart from what waits to be sent."""

import datetime as dt
import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from events.models import CheckInMark, Event, Registration, RegistrationSettings
from events.registration import cancel
from tests.accessible import axe, tab_through, too_wide, unfold
from tests.browser import settle
from tests.events.admin.test_door_browser import (
    NEWCOMERS,
    door,
    event,
    find,
    listed,
    present,
    press_in,
    until,
    write_down,
)

__all__ = ["door", "event"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REGISTERED = "Somebody with this address is registered already."
REFUSALS = "!Object.keys(localStorage).some(key => key.includes(':refused:'))"


def lines(page: Page, part: str) -> list[str]:
    """What stands in a part of the page, line by line."""
    told = page.locator(f"[data-part={part}]").inner_text()
    return [line.strip() for line in told.splitlines() if line.strip()]


def line_of(page: Page) -> str:
    return str(page.locator("[data-part=line]").inner_text()) if page.locator("[data-part=line]").is_visible() else ""


def test_a_newcomer_who_is_refused_stands_apart_from_those_who_wait(door: Any, event: Event) -> None:
    page = door()
    listed(page)
    write_down(page, "Bora Yine", "kisi3@sample.example")
    expect(page.get_by_text(f"Not entered: {REGISTERED}")).to_be_visible()
    expect(page.get_by_text("is kept on this device")).to_have_count(0)
    page.context.set_offline(True)
    write_down(page, "Ece Yeni")
    expect(page.get_by_text("Ece Yeni is kept on this device until it is sent.")).to_be_visible()
    assert lines(page, "refused") == [
        "Not accepted: please see to these",
        "Bora Yine",
        f"Not entered: {REGISTERED}",
        "Correct it and send it again, or remove it.",
        "Correct or send again",
        "Remove …",
    ]
    assert lines(page, "newcomers") == ["Ece Yeni", "Waits to be sent. Only then is it known whether a seat is free."]
    assert "1 waiting to be sent" in line_of(page)
    page.reload()
    settle(page)
    expect(page.locator("[data-part=refused] .door-card")).to_have_count(1)
    expect(page.locator("[data-part=newcomers] .door-card")).to_have_count(1)
    unfold(page)
    assert (axe(page), too_wide(page), tab_through(page)) == ([], False, [])
    page.get_by_role("button", name="Correct or send again: Bora Yine").click()
    expect(page.locator("[data-part=new-why]")).to_have_text(f"Not entered: {REGISTERED}")
    assert page.locator("[data-part=refused]").is_hidden()
    page.get_by_label("E-mail").fill("")
    page.get_by_role("button", name="Enter and let in").click()
    expect(page.locator("[data-part=newcomers] .door-card")).to_have_count(2)
    RegistrationSettings.objects.filter(event=event).update(capacity=8)
    page.context.set_offline(False)
    until(page, NEWCOMERS)
    expect(page.locator("[data-part=newcomers] .door-card")).to_have_count(0)
    assert (present(), page.locator("[data-part=refused]").is_hidden()) == (["Bora Yine", "Ece Yeni"], True)
    page.get_by_role("link", name="Came without a registration").click()
    assert page.locator("[data-part=new-why]").is_hidden()


def test_that_somebody_was_refused_is_said_when_it_happens(door: Any) -> None:
    page = door()
    listed(page)
    write_down(page, "Bora Yine", "kisi3@sample.example")
    expect(page.locator("[data-part=line]")).to_have_text("Bora Yine: refused. The reason stands below.")
    page.get_by_text("Remove …").click()
    page.get_by_role("button", name="Yes, remove Bora Yine").click()
    expect(page.locator("[data-part=refused]")).to_be_hidden()
    assert (page.locator("[data-part=line]").is_hidden(), page.evaluate(NEWCOMERS)) == (True, True)


#: Another window of this device wrote down somebody else meanwhile, who was refused as well.
AND_ANOTHER = """() => {
    const [key] = Object.keys(localStorage).filter((each) => each.includes(":new:"));
    const one = JSON.parse(localStorage.getItem(key));
    const other = { ...one, once: one.once + "0", at: one.at - 1, typed: { ...one.typed, name: "Cem Yine" } };
    localStorage.setItem(key + "0", JSON.stringify(other));
    dispatchEvent(new StorageEvent("storage"));
}"""


def test_who_is_refused_next_closes_nothing_and_takes_no_focus_nor_does_who_leaves(door: Any) -> None:
    page = door()
    listed(page)
    write_down(page, "Bora Yine", "kisi3@sample.example")
    expect(page.locator("[data-part=refused] .door-card")).to_have_count(1)
    page.get_by_text("Remove …").click()
    remove = page.get_by_role("button", name="Yes, remove Bora Yine")
    remove.focus()
    page.evaluate(AND_ANOTHER)
    expect(page.locator("[data-part=refused] .door-card b")).to_have_text(["Cem Yine", "Bora Yine"])
    expect(remove).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-part=refused] .door-card b")).to_have_text(["Cem Yine"])
    expect(page.get_by_role("button", name="Correct or send again: Cem Yine")).to_be_focused()
    page.get_by_text("Remove …").click()
    page.get_by_role("button", name="Yes, remove Cem Yine").press("Enter")
    expect(page.locator("[data-part=refused]")).to_be_hidden()
    expect(page.get_by_role("link", name="Came without a registration")).to_be_focused()


def test_another_window_that_sends_takes_back_that_somebody_is_kept_here(door: Any) -> None:
    page = door()
    listed(page)
    page.context.set_offline(True)
    write_down(page, "Ece Yeni")
    expect(page.get_by_text("Ece Yeni is kept on this device until it is sent.")).to_be_visible()
    other = page.context.new_page()
    page.context.set_offline(False)
    page.route("**/newcomer/", lambda route: route.abort())
    other.goto(page.url)
    listed(other)
    until(other, NEWCOMERS)
    expect(page.get_by_text("is kept on this device until")).to_have_count(0)
    assert present() == ["Ece Yeni"]


def test_a_press_that_is_refused_stays_until_somebody_has_seen_it(door: Any, event: Event) -> None:
    page = door()
    listed(page)
    page.context.set_offline(True)
    cancel(registration=Registration.objects.get(name="Bora Taş"))
    find(page, "bora")
    press_in(page, "Bora Taş")
    find(page, "ilgin")
    press_in(page, "Ilgın Öztürk")
    page.context.set_offline(False)
    expect(page.locator("[data-part=line]")).to_have_text("Bora Taş: refused. The reason stands below.")
    heading, name, why, *rest = lines(page, "refused")
    assert (heading, name) == ("Not accepted: please see to these", "Bora Taş")
    assert re.fullmatch(r"Present, pressed at \d\d:\d\d: not kept\. Bora Taş has no seat: cancelled\.", why)
    assert rest == ["Look the person up: the card says what can be done now.", "Look up", "Seen"]
    assert present() == ["Ilgın Öztürk"]
    page.get_by_role("link", name="Finish at this door").click()
    expect(page.get_by_text("First see to those who were refused.")).to_be_visible()
    page.reload()
    listed(page)
    unfold(page)
    assert (axe(page), too_wide(page), tab_through(page)) == ([], False, [])
    page.get_by_role("button", name="Look up: Bora Taş").click()
    expect(page.locator("[data-part=cards] .door-card.is-out")).to_have_text(re.compile("Bora Taş"))
    page.get_by_role("button", name="Seen: Bora Taş").click()
    expect(page.locator("[data-part=refused]")).to_be_hidden()
    assert (CheckInMark.objects.count(), page.evaluate(REFUSALS)) == (1, True)
    page.get_by_role("link", name="Finish at this door").click()
    page.wait_for_url("**/admin/doors/")


def test_a_refused_press_of_another_place_is_looked_up_there(door: Any, event: Event) -> None:
    later = event.starts_on + dt.timedelta(days=1)
    Event.objects.filter(pk=event.pk).update(ends_on=later)
    page = door()
    listed(page)
    page.context.set_offline(True)
    cancel(registration=Registration.objects.get(name="Bora Taş"))
    find(page, "bora")
    press_in(page, "Bora Taş")
    page.get_by_label("Check in to").select_option(later.isoformat())
    page.context.set_offline(False)
    expect(page.locator("[data-part=refused] .door-card")).to_contain_text("The event: ")
    page.get_by_role("button", name="Look up: Bora Taş").click()
    expect(page.get_by_label("Check in to")).to_have_value(event.starts_on.isoformat())
    assert "The event: " not in page.locator("[data-part=refused]").inner_text()


def test_a_name_that_is_not_found_stands_in_the_form_of_newcomers(door: Any) -> None:
    page = door()
    listed(page)
    name, way = page.get_by_label("Name", exact=True), page.get_by_role("link", name="Came without a registration")

    def carried(typed: str) -> str:
        find(page, typed)
        way.click()
        value = name.input_value()
        page.get_by_role("button", name="Back to the door").click()
        return str(value)

    assert [carried(typed) for typed in ("  Ece Yeni ", "bora", "", "k7q2xw9m")] == ["Ece Yeni", "", "", ""]
    find(page, "Ece Yeni")
    way.click()
    page.get_by_role("button", name="Enter and let in").click()
    expect(page.locator(".door-card.is-present")).to_contain_text("Ece Yeni")
    # The next one is not the last one.
    expect(page.get_by_role("searchbox")).to_have_value("")
    assert present() == ["Ece Yeni"]
