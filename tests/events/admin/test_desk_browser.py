"""The desk in a real browser: by pointer, by keyboard and by form the same comes of it; clashes; undo."""

import datetime as dt
import time
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from events.models import Event, Room, Session
from tests.browser import PATIENCE
from tests.events.admin.conftest import Open
from tests.events.admin.desk_page import (
    NEXT,
    block,
    by_form,
    by_keyboard,
    by_pointer,
    desk,
    drag,
    forum,
    heard,
    point,
    stands,
)
from tests.factories import DAY, EventFactory, PartyFactory, RoomFactory, SessionFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def event(live_server: Any) -> Event:
    return forum()


@pytest.fixture
def opening(event: Event) -> Session:
    return event.sessions.get(title_en="Opening")


@pytest.mark.parametrize("way", [by_pointer, by_keyboard, by_form])
def test_one_move_three_ways(way: Callable[[Page], None], event: Event, opening: Session, page: Page) -> None:
    """The same place, the same sentence in the live region, one version further; and undo takes it back."""
    way(desk(page, event))
    heard(page, "“Opening”: Thursday 10 June, 11:35–12:35, Oak.")
    assert stands(opening) == (DAY, "11:35", "12:35", "Oak")
    assert Session.objects.get(pk=opening.pk).version == 2
    page.get_by_role("button", name="Undo: Move “Opening”").click()
    heard(page, "Undone: Move “Opening”.")
    assert stands(opening) == (DAY, "09:00", "10:00", "Linden")
    page.keyboard.press("Control+Shift+Z")
    heard(page, "Done again: Move “Opening”.")
    assert stands(opening) == (DAY, "11:35", "12:35", "Oak")


def test_what_a_screen_reader_is_told(event: Event, opening: Session, page: Page) -> None:
    """Lifted, moved, at the edge, left; then to another day, longer, and dropped; focus stays on the session."""
    desk(page, event)
    block(page, "Opening").focus()
    page.keyboard.press("Enter")
    heard(
        page,
        "“Opening” is lifted: Thursday 10 June, 09:00–10:00, Linden. Up and down move it by five minutes, left and "
        "right to the next column, Page Up and Page Down to another day, Shift with up and down changes its end, T puts "
        "it into the tray. Enter drops it, Escape leaves it where it was.",
    )
    page.keyboard.press("ArrowUp")
    heard(page, "Thursday 10 June, 08:55–09:55, Linden")
    page.keyboard.press("ArrowRight")
    heard(page, "Thursday 10 June, 08:55–09:55, Oak")
    page.keyboard.press("ArrowRight")
    heard(page, "Thursday 10 June, 08:55–09:55, No room")
    page.keyboard.press("ArrowRight")
    heard(page, "It goes no further that way.")
    page.keyboard.press("Escape")
    heard(page, "Left where it was: “Opening”, Thursday 10 June, 09:00–10:00, Linden.")
    expect(block(page, "Opening")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("PageDown")
    heard(page, "Friday 11 June, 09:00–10:00, Linden")
    page.keyboard.press("Shift+ArrowDown")
    heard(page, "Friday 11 June, 09:00–10:05, Linden")
    page.keyboard.press("Enter")
    heard(page, "“Opening”: Friday 11 June, 09:00–10:05, Linden.")
    expect(block(page, "Opening")).to_be_focused()
    assert stands(opening) == (NEXT, "09:00", "10:05", "Linden")
    page.keyboard.press("Enter")
    page.keyboard.press("t")
    heard(page, "Friday 11 June, without a time")
    page.keyboard.press("Enter")
    heard(page, "“Opening”: Friday 11 June, without a time, Linden.")
    assert stands(opening) == (NEXT, "", "", "Linden")


def test_a_screen_reader_is_told_in_turkish(event: Event, opening: Session, open_page: Open) -> None:
    page = desk(open_page(locale="tr-TR"), event)
    block(page, "Açılış").focus()
    page.keyboard.press("Enter")
    heard(
        page,
        "“Açılış” kaldırıldı: 10 Haziran Perşembe, 09:00–10:00, Ihlamur. Yukarı ve aşağı oklar beşer dakika, sağ ve sol "
        "oklar yandaki sütuna, Page Up ve Page Down başka güne taşır; Shift ile yukarı ve aşağı oklar bitişini "
        "değiştirir, T saatsizlerin arasına koyar. Enter bırakır, Escape yerinde bırakır.",
    )
    page.keyboard.press("ArrowRight")
    heard(page, "10 Haziran Perşembe, 09:00–10:00, Meşe")
    page.keyboard.press("ArrowRight")
    heard(page, "10 Haziran Perşembe, 09:00–10:00, Salonsuz")
    page.keyboard.press("ArrowRight")
    heard(page, "O yönde daha ileri gitmez.")
    page.keyboard.press("PageDown")
    heard(page, "11 Haziran Cuma, 09:00–10:00, Salonsuz")
    page.keyboard.press("Escape")
    heard(page, "Yerinde bırakıldı: “Açılış”, 10 Haziran Perşembe, 09:00–10:00, Ihlamur.")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    heard(page, "“Açılış”: 10 Haziran Perşembe, 09:00–10:00, Meşe.")
    assert stands(opening)[-1] == "Oak"


def test_a_clash_appears_and_goes(event: Event, opening: Session, page: Page) -> None:
    """On both blocks and in the list, with the reason and a way there; undone, it is gone."""
    desk(page, event)
    expect(page.locator("[data-act=warnings]")).to_have_text("Nothing clashes.")
    drag(page, block(page, "Opening"), lambda: point(page, "Oak", "10:30", grab=10))
    expect(page.locator("[data-act=warnings]")).to_have_text("1 warning")
    expect(page.locator(".desk-mark.is-high")).to_have_count(2)
    page.locator("[data-act=warnings]").click()
    item = page.locator("[data-part=list] li")
    expect(item).to_contain_text("Oak holds two sessions at once: “Panel” and “Opening”.")
    page.get_by_role("link", name="11 Jun").click()
    item.get_by_role("button", name="Show “Opening” in the grid").click()
    expect(block(page, "Opening")).to_be_focused()
    page.keyboard.press("Control+z")
    expect(page.locator("[data-act=warnings]")).to_have_text("Nothing clashes.")
    expect(page.locator(".desk-mark")).to_have_count(0)


def test_edges_tray_and_tabs_by_pointer(event: Event, opening: Session, page: Page) -> None:
    """An end is pulled, a time is given and taken away, and a tab opens under what is carried."""
    desk(page, event)
    box = block(page, "Opening").bounding_box()
    assert box
    drag(page, block(page, "Opening"), lambda: point(page, "Linden", "10:20"), grab=box["height"] - 3)
    heard(page, "“Opening”: Thursday 10 June, 09:00–10:20, Linden.")
    excursion = event.sessions.get(title_en="Excursion")
    # In one step: who lingers at the border scrolls the grid.
    drag(page, block(page, "Excursion"), lambda: point(page, "Linden", "12:30"), steps=1)
    heard(page, "“Excursion”: Thursday 10 June, 12:30–13:30, Linden.")
    assert stands(excursion) == (DAY, "12:30", "13:30", "Linden")
    drag(page, block(page, "Opening"), lambda: centre(page.locator(".desk-tray")))
    heard(page, "“Opening”: Thursday 10 June, without a time, Linden.")
    page.mouse.move(*centre(block(page, "Panel")))
    page.mouse.down()
    page.mouse.move(*centre(page.get_by_role("link", name="11 Jun")), steps=4)
    expect(page.get_by_role("link", name="11 Jun")).to_have_attribute("aria-current", "page")
    page.mouse.move(*point(page, "Oak", "12:00"), steps=4)
    page.mouse.up()
    expect(page.locator("[data-part=live]")).to_contain_text("“Panel”: Friday 11 June")
    assert stands(event.sessions.get(title_en="Panel"))[0] == NEXT


def centre(what: Locator) -> tuple[float, float]:
    box = what.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_parties_across(live_server: Any, page: Page) -> None:
    """A visit without rooms: one of two parties is changed, the other stays; in the first column it is for all."""
    event = EventFactory(kind="study_visit")
    political, technical, press = (
        PartyFactory(event=event, name_en=each) for each in ("Political", "Technical", "Press")
    )
    visit = SessionFactory(event=event, title_en="Harbour")
    visit.parties.set([political, technical])
    desk(page, event)
    expect(page.locator(".desk-canvas .desk-block")).to_have_count(2)
    page.locator(f'[data-column="{political.pk}"] .desk-block').focus()
    for key in ("Enter", "ArrowRight", "ArrowRight", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    heard(page, "“Harbour”: Thursday 10 June, 09:05–10:05.")
    assert set(visit.parties.all()) == {technical, press}
    page.locator(f'[data-column="{press.pk}"] .desk-block').focus()
    for key in ("Enter", "ArrowLeft", "ArrowLeft", "ArrowLeft", "Enter"):
        page.keyboard.press(key)
    expect(page.locator(".desk-canvas .desk-block")).to_have_count(1)
    assert list(visit.parties.all()) == []


def test_a_reader_looks_and_moves_nothing(event: Event, opening: Session, reader: Any, open_page: Open) -> None:
    """Days, details and warnings as for everybody; nothing can be lifted, and axe has nothing to say."""
    page = desk(open_page(reader), event)
    drag(page, block(page, "Opening"), lambda: point(page, "Oak", "12:00"))
    block(page, "Opening").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Opening")).to_be_visible()
    expect(page.get_by_role("link", name="All about it")).to_be_visible()
    expect(page.locator(".is-lifted, [data-form], [data-turn]")).to_have_count(0)
    assert Axe().run(page).response["violations"] == []
    assert stands(opening) == (DAY, "09:00", "10:00", "Linden")


def test_escape_gives_up_a_drag(event: Event, opening: Session, page: Page) -> None:
    """Nothing is asked of the server."""
    desk(page, event)
    page.mouse.move(*centre(block(page, "Opening")))
    page.mouse.down()
    page.mouse.move(*point(page, "Oak", "12:00"), steps=4)
    page.keyboard.press("Escape")
    page.mouse.up()
    heard(page, "Left where it was: “Opening”, Thursday 10 June, 09:00–10:00, Linden.")
    assert stands(opening) == (DAY, "09:00", "10:00", "Linden")


def test_new_sessions_one_after_the_other(event: Event, page: Page) -> None:
    """Pressed on a free place, typed, and the next follows right after it without a hand on the mouse."""
    desk(page, event)
    page.mouse.click(*point(page, "Oak", "13:05"))
    expect(page.get_by_label("Title (Turkish)")).to_be_focused()
    for title in ("Birinci", "İkinci"):
        page.keyboard.type(title)
        page.keyboard.press("Enter")
        expect(block(page, title)).to_be_visible()
        expect(page.get_by_label("Title (Turkish)")).to_have_value("")
    made = event.sessions.filter(title_tr__in=["Birinci", "İkinci"]).order_by("start")
    assert [stands(each) for each in made] == [(DAY, "13:00", "14:00", "Oak"), (DAY, "14:00", "15:00", "Oak")]
    page.keyboard.press("Enter")
    expect(page.locator("[data-form=new] [data-error=title_tr]")).to_have_text(
        "Give the title in at least one language."
    )
    assert made.count() == 2


def test_the_rest_of_a_day_is_shifted_and_a_day_copied(event: Event, opening: Session, page: Page) -> None:
    """From the panel; a copy shows on its day."""
    desk(page, event)
    page.get_by_role("link", name="Shift", exact=True).click()
    form = page.locator("[data-form=shift]")
    form.get_by_label("From").fill("10:00")
    form.get_by_role("button", name="Shift").click()
    heard(page, "1 session was shifted.")
    assert stands(event.sessions.get(title_en="Panel")) == (DAY, "10:15", "11:15", "Oak")
    page.get_by_role("link", name="Copy", exact=True).click()
    page.locator("[data-form=copy_day]").get_by_role("button", name="Copy").click()
    heard(page, "3 sessions were copied, as drafts.")
    page.get_by_role("link", name="11 Jun").click()
    expect(page.locator(".desk-canvas .desk-block")).to_have_count(2)


def test_filters_zoom_and_walking(event: Event, page: Page) -> None:
    """Others fade but keep their place; arrows go from block to block; the zoom is kept."""
    desk(page, event)
    page.get_by_label("Person").select_option(label="Ayşe Örnek")
    expect(page.locator(".desk-canvas .is-aside")).to_have_count(1)
    assert Axe().run(page).response["violations"] == []
    page.get_by_label("Person").select_option(label="All people")
    block(page, "Opening").focus()
    page.keyboard.press("ArrowRight")
    expect(block(page, "Panel")).to_be_focused()
    page.keyboard.press(" ")
    expect(page.get_by_role("heading", name="Panel")).to_be_visible()
    heard(page, "Panel. Thursday 10 June, 10:00–11:00, Oak")
    expect(page.get_by_role("link", name="Open its form")).to_be_visible()
    before = block(page, "Panel").bounding_box()
    page.get_by_role("button", name="Larger").click()
    page.reload()
    after = block(page, "Panel").bounding_box()
    assert before
    assert after
    assert after["height"] > before["height"]


def test_the_panel_covers_nothing_that_was_chosen_or_added(event: Event, page: Page) -> None:
    """A session in the last of seven rooms is scrolled into sight beside the panel; so is one added late in the evening."""
    for position in range(3, 8):
        RoomFactory(venue=event.venue, name_en=f"Room {position}", position=position)
    last = Room.objects.get(name_en="Room 7")
    SessionFactory(event=event, confirmed=True, room=last, title_tr="Son", title_en="Far", start=dt.time(21), end=None)
    page.set_viewport_size({"width": 1280, "height": 720})
    desk(page, event)
    block(page, "Far").evaluate("(each) => each.click()")
    expect(page.locator(".desk-editing > form")).to_be_visible()
    expect_within(page, "Far")
    page.keyboard.press("Alt+n")
    form = page.locator("[data-form=new]")
    form.locator("[name=start]").fill("22:00")
    form.locator("[name=end]").fill("23:00")
    form.locator("[name=title_en]").fill("Night walk")
    form.locator("[name=title_en]").press("Enter")
    expect(block(page, "Night walk")).to_be_visible()
    expect_within(page, "Night walk")


def expect_within(page: Page, title: str) -> None:
    """All of a block comes to be in that part of the grid which is seen; the grid is drawn anew after each act."""
    end = time.monotonic() + PATIENCE / 1000
    while not within(page, title):
        assert time.monotonic() < end
        page.wait_for_timeout(50)


def within(page: Page, title: str) -> bool:
    """Whether it is there now."""
    at, seen = (place.bounding_box() for place in (block(page, title), page.locator("[data-part=scroll]")))
    if not at or not seen:
        return False
    across = seen["x"] <= at["x"] and at["x"] + at["width"] <= seen["x"] + seen["width"]
    return across and seen["y"] <= at["y"] and at["y"] + at["height"] <= seen["y"] + seen["height"]


@pytest.mark.parametrize("locale", ["tr-TR", "en-GB"])
def test_axe_has_nothing_to_say(locale: str, event: Event, open_page: Open) -> None:
    """Of the grid, its panel with a clash and an error in it, the table and the form; in both languages."""
    page, said = open_page(locale=locale), []
    page.on("console", lambda message: message.type == "error" and said.append(message.text))

    def look(where: str) -> None:
        said.extend(f"{where}: {each['id']}" for each in Axe().run(page).response["violations"])

    Session.objects.update(start=dt.time(10), end=dt.time(11), room=Room.objects.first())
    desk(page, event)
    look("grid")
    page.locator(".desk-block").first.click()
    page.locator("[data-act=warnings]").click()
    look("panel")
    page.locator("[data-open=new]").click()
    look("new")
    for name in ("shift", "copy_day"):
        page.locator(f"[data-open={name}]").click()
        look(name)
    page.goto(reverse("event_admin:programme", args=[event.pk]) + "?view=table")
    look("table")
    page.goto(reverse("event_admin:move", args=[event.pk, Session.objects.first().pk]))
    look("move")
    assert said == []


def test_without_script_there_is_a_table_with_forms(event: Event, opening: Session, open_page: Open) -> None:
    """Moved by pages alone."""
    page = open_page(script=False)
    page.goto(reverse("event_admin:programme", args=[event.pk]))
    page.get_by_role("link", name="Move “Opening”…").click()
    page.get_by_label("Start").fill("11.35")
    page.get_by_label("End").fill("12.35")
    page.get_by_role("button", name="Move", exact=True).click()
    expect(page.locator(".desk-table")).to_contain_text("11:35–12:35")
    assert stands(opening) == (DAY, "11:35", "12:35", "Linden")


def test_a_clash_is_accepted_and_goes(event: Event, opening: Session, page: Page) -> None:
    """With a note it leaves the blocks and the count, stands apart with a name, and can be opened again."""
    opening.room = Room.objects.get(name_en="Oak")
    opening.start, opening.end = dt.time(10), dt.time(11)
    opening.save()
    desk(page, event)
    expect(page.locator(".desk-mark.is-high")).to_have_count(2)
    page.locator("[data-act=warnings]").click()
    page.locator("[data-part=list] summary").click()
    note = page.get_by_label("Why it may stay as it is")
    expect(note).to_be_focused()
    note.fill("The wall between them is closed.")
    page.keyboard.press("Enter")
    heard(page, "The warning is accepted. It is listed apart and counts no more.")
    expect(page.locator("[data-act=warnings]")).to_have_text("Nothing clashes.")
    expect(page.locator(".desk-mark")).to_have_count(0)
    accepted = page.locator("[data-part=accepted]")
    expect(accepted.locator("summary")).to_have_text("1 accepted warning")
    accepted.locator("summary").click()
    expect(accepted).to_contain_text("“The wall between them is closed.” – officer")
    assert Axe().run(page).response["violations"] == []
    accepted.get_by_role("button", name="Open again").click()
    expect(page.locator("[data-act=warnings]")).to_have_text("1 warning")
    expect(page.locator(".desk-mark.is-high")).to_have_count(2)
    expect(accepted).to_be_hidden()
