"""The desk as tests use it: where things are, and the three ways to move a session."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from events.models import Event, Room, Session
from tests.factories import DAY, ContributionFactory, EventFactory, PersonFactory, RoomFactory, SessionFactory

NEXT = DAY + dt.timedelta(days=1)
#: The desk asks by itself every twenty seconds what others did: in a slow test it would be told before the test says so.
STILL = """
const every = window.setInterval;
window.setInterval = (act, wait, ...rest) => wait < 20_000 && every(act, wait, ...rest);
"""


def forum() -> Event:
    """Two days: an opening in Linden, a panel in Oak at ten, and something that has no time yet."""
    linden = RoomFactory(name_tr="Ihlamur", name_en="Linden", position=1)
    oak = RoomFactory(name_tr="Meşe", name_en="Oak", position=2, venue=linden.venue)
    made: Event = EventFactory(venue=linden.venue, ends_on=NEXT, title_en="Climate Forum")
    opening = SessionFactory(event=made, confirmed=True, room=linden, title_tr="Açılış", title_en="Opening")
    ContributionFactory(session=opening, person=PersonFactory(name="Ayşe Örnek"))
    ten, eleven = dt.time(10), dt.time(11)
    SessionFactory(event=made, confirmed=True, room=oak, title_tr="Panel", title_en="Panel", start=ten, end=eleven)
    SessionFactory(event=made, untimed=True, title_tr="Gezi", title_en="Excursion")
    return made


def desk(page: Page, event: Event, query: str = "") -> Page:
    """Open it; it asks what others did only when one comes back to it."""
    page.add_init_script(STILL)
    page.goto(reverse("event_admin:programme", args=[event.pk]) + query)
    expect(page.locator(".desk-block").first).to_be_visible()
    return page


def block(page: Page, title: str) -> Locator:
    return page.locator(".desk-block", has_text=title).first


def column(page: Page, name: str) -> Locator:
    key = "none" if name == "No room" else str(Room.objects.get(name_en=name).pk)
    return page.locator(f'[data-column="{key}"]')


def stands(session: Session) -> tuple[Any, ...]:
    """Where a session stands in the database."""
    row = Session.objects.select_related("room").get(pk=session.pk)
    clock = [f"{time:%H:%M}" if time else "" for time in (row.start, row.end)]
    return row.day, *clock, row.room.name_en if row.room else ""


def heard(page: Page, text: str) -> None:
    """What a screen reader was told last."""
    expect(page.locator("[data-part=live]")).to_have_text(text)


def drag(page: Page, what: Locator, to: Callable[[], tuple[float, float]], grab: float = 10, steps: int = 4) -> None:
    """Press near the top of a block, move to a point in steps, and let go."""
    what.hover(position={"x": 60, "y": grab})
    page.mouse.down()
    page.mouse.move(*to(), steps=steps)
    page.mouse.up()


def point(page: Page, name: str, clock: str, grab: float = 0) -> tuple[float, float]:
    """Where a time is in a column, at the zoom that the desk opens with."""
    box = column(page, name).bounding_box()
    first = page.locator(".desk-hours span").first.inner_text()
    assert box
    minutes = [int(each.split(":")[0]) * 60 + int(each.split(":")[1]) for each in (first, clock)]
    return box["x"] + box["width"] / 2, box["y"] + (minutes[1] - minutes[0]) * 1.8 + grab


def by_pointer(page: Page) -> None:
    drag(page, block(page, "Opening"), lambda: point(page, "Oak", "11:35", grab=10))


def by_keyboard(page: Page) -> None:
    block(page, "Opening").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    for _step in range(31):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")


def by_form(page: Page) -> None:
    block(page, "Opening").focus()
    page.keyboard.press("m")
    form = page.locator("[data-form=move]")
    form.get_by_label("Start").fill("1135")
    form.get_by_label("End").fill("12.35")
    form.get_by_label("Room").select_option(label=f"Oak · {Room.objects.first().venue}")
    form.get_by_role("button", name="Move").click()
