"""The desk is nobody's alone: two officers at one session, what others did meanwhile, and a line that breaks."""

import datetime as dt
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from events.models import Event, Session
from tests.events.admin.conftest import Open
from tests.events.admin.desk_page import block, by_keyboard, desk, drag, forum, heard, point, stands
from tests.factories import DAY, SessionFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def event(live_server: Any) -> Event:
    return forum()


@pytest.fixture
def opening(event: Event) -> Session:
    return event.sessions.get(title_en="Opening")


def test_two_officers_at_one_session(event: Event, opening: Session, open_page: Open, second_officer: Any) -> None:
    """Bora moves first; Ayşe's drag saves nothing, shows both versions, and is repeated only if she wants it."""
    ayse, bora = desk(open_page(), event), desk(open_page(second_officer), event)
    drag(bora, block(bora, "Opening"), lambda: point(bora, "Oak", "12:00", grab=10))
    heard(bora, "“Opening”: Thursday 10 June, 12:00–13:00, Oak.")
    drag(ayse, block(ayse, "Opening"), lambda: point(ayse, "Linden", "13:00", grab=10))
    refused = ayse.locator("[data-part=refused]")
    expect(refused.get_by_role("row")).to_have_text(
        ["FieldSaved by somebody elseWanted by you, not saved", "Start12:0013:00", "End13:0014:00", "RoomOakLinden"]
    )
    expect(block(ayse, "Opening")).to_contain_text("12:00–13:00")
    assert stands(opening) == (DAY, "12:00", "13:00", "Oak")
    refused.get_by_role("button", name="Move it all the same").click()
    heard(ayse, "“Opening”: Thursday 10 June, 13:00–14:00, Linden.")
    assert stands(opening) == (DAY, "13:00", "14:00", "Linden")


def test_what_others_do_is_seen_when_one_comes_back(
    event: Event, opening: Session, open_page: Open, second_officer: Any
) -> None:
    """A session moved, one added, one deleted: the desk shows and says it; what is gone cannot be moved."""
    ayse, bora = desk(open_page(), event), desk(open_page(second_officer), event)
    drag(bora, block(bora, "Opening"), lambda: point(bora, "Oak", "12:00", grab=10))
    heard(bora, "“Opening”: Thursday 10 June, 12:00–13:00, Oak.")
    SessionFactory(event=event, title_en="Closing", start=dt.time(13), end=dt.time(14))
    ayse.evaluate("dispatchEvent(new Event('focus'))")
    heard(ayse, "Somebody else changed the programme: it is shown as it stands now.")
    expect(block(ayse, "Opening")).to_contain_text("12:00–13:00")
    expect(block(ayse, "Closing")).to_be_visible()

    def gone_on_the_way() -> tuple[float, float]:
        ayse.mouse.move(*point(ayse, "Linden", "11:00", grab=10))  # lifted: the desk asks for nothing meanwhile
        event.sessions.filter(title_en="Panel").delete()
        return point(ayse, "Linden", "10:30", grab=10)

    drag(ayse, block(ayse, "Panel"), gone_on_the_way)
    heard(ayse, "This session is not there any more: somebody deleted it.")
    expect(block(ayse, "Panel")).to_have_count(0)


def test_without_an_answer_nothing_is_lost(event: Event, opening: Session, page: Page) -> None:
    """The block goes back, the reason stands beside it, and the same move works once the line is there again."""
    desk(page, event)
    page.context.set_offline(True)
    drag(page, block(page, "Opening"), lambda: point(page, "Oak", "12:00", grab=10))
    expect(page.get_by_role("alert")).to_contain_text("The server did not answer, so nothing was saved.")
    expect(block(page, "Opening")).to_contain_text("09:00–10:00")
    page.context.set_offline(False)
    by_keyboard(page)
    heard(page, "“Opening”: Thursday 10 June, 11:35–12:35, Oak.")
    assert stands(opening) == (DAY, "11:35", "12:35", "Oak")
