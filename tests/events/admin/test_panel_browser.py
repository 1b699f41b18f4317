"""The session beside the grid in a real browser: saved when a field is left, by two hands, undone, heard and seen."""

import datetime as dt
import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db.models import F
from django.urls import reverse
from playwright.sync_api import Locator, Page, Route, expect

from events.models import Event, Person, Presence, Room, Session
from tests.events.admin.conftest import Open
from tests.events.admin.desk_page import block, desk, heard
from tests.factories import (
    ContributionFactory,
    EventFactory,
    OrganisationFactory,
    PersonFactory,
    PositionFactory,
    RoomFactory,
    SessionFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def event(live_server: Any) -> Event:
    """An opening in Linden and a panel in Oak at ten."""
    linden = RoomFactory(name_tr="Ihlamur", name_en="Linden", position=1)
    oak = RoomFactory(name_tr="Meşe", name_en="Oak", position=2, venue=linden.venue)
    made: Event = EventFactory(venue=linden.venue, title_en="Climate Forum")
    opening = SessionFactory(event=made, confirmed=True, room=linden, title_tr="Açılış", title_en="Opening")
    ContributionFactory(session=opening, person=PersonFactory(name="Ayşe Örnek"))
    ten, eleven = dt.time(10), dt.time(11)
    SessionFactory(event=made, confirmed=True, room=oak, title_tr="Panel", title_en="Panel", start=ten, end=eleven)
    return made


@pytest.fixture
def opening(event: Event) -> Session:
    return event.sessions.get(title_en="Opening")


def editor(page: Page, title: str = "Opening") -> Locator:
    """Choose a session by keyboard, and wait until its form is there with focus in it."""
    block(page, title).focus()
    page.keyboard.press("e")
    form = page.locator("[data-editor]")
    expect(form.locator("[name=title_tr]")).to_be_focused()
    return form


def saved(form: Locator) -> None:
    expect(form.locator("[data-part=saved]")).to_contain_text("Saved at")


def people(session: Session) -> list[tuple[str, str]]:
    rows = session.contributions.select_related("person").order_by("position")
    return [(row.person.name, row.role) for row in rows]


def test_saved_on_leaving_a_field_and_by_keyboard(event: Event, opening: Session, page: Page) -> None:
    """Seen in the panel and on the block, spoken, one version further each time, and taken back by undo."""
    form = editor(desk(page, event))
    page.keyboard.press("Tab")
    page.keyboard.press("Control+a")
    page.keyboard.type("Grand opening")
    expect(form.locator("[data-part=saved]")).to_have_text("Not saved yet")
    page.keyboard.press("Tab")
    heard(page, "Saved: “Grand opening” (Title (English)).")
    saved(form)
    expect(block(page, "Grand opening")).to_be_visible()
    form.get_by_label("Notes for the host").fill("Çiçek")
    page.keyboard.press("Control+Enter")
    heard(page, "Saved: “Grand opening” (Notes for the host).")
    form.get_by_label("Status").select_option(label="draft")
    heard(page, "Saved: “Grand opening” (Status).")
    opening.refresh_from_db()
    assert (opening.title_en, opening.host_notes, opening.status, opening.version) == (
        "Grand opening",
        "Çiçek",
        "draft",
        4,
    )
    for label, before in (("Status", "confirmed"), ("Notes for the host", ""), ("Title (English)", "Opening")):
        page.get_by_role("button", name="Undo: Change “Grand opening”").click()
        heard(page, "Undone: Change “Grand opening”.")
        expect(form.get_by_label(label)).to_have_value(before)
    opening.refresh_from_db()
    assert (opening.title_en, opening.host_notes, opening.status) == ("Opening", "", "confirmed")


def test_start_and_end_are_typed_one_after_the_other(event: Event, opening: Session, page: Page) -> None:
    """Nothing is refused in between; what cannot be is told beside its field, kept, and saved once it can be."""
    form = editor(desk(page, event))
    start, end = form.get_by_label("Start"), form.get_by_label("End")
    start.fill("1400")
    start.press("Tab")
    end.fill("15.30")
    end.press("Tab")
    heard(page, "Saved: “Opening” (Start, End).")
    expect(start).to_have_value("14:00")
    expect(block(page, "Opening")).to_contain_text("14:00–15:30")
    end.fill("13:00")
    end.press("Tab")
    expect(form.locator("[data-error=end]")).to_have_text("The end is before the start. Check both times.")
    expect(form.locator("[data-part=saved]")).to_have_text("Not saved: correct what is marked.")
    expect(end).to_have_attribute("aria-invalid", "true")
    block(page, "Panel").click()
    expect(page.get_by_role("heading", name="Panel")).to_be_visible()
    expect(form.locator("[name=title_en]")).to_have_value("Panel")
    block(page, "Opening").click()
    expect(end).to_have_value("13:00")
    end.fill("16:00")
    end.press("Enter")
    heard(page, "Saved: “Opening” (End).")
    opening.refresh_from_db()
    assert (opening.start, opening.end) == (dt.time(14), dt.time(16))


def test_people_by_typing(event: Event, opening: Session, page: Page) -> None:
    """Somebody known is offered, somebody new is made in place; order and roles change, somebody goes."""
    house = OrganisationFactory(name_tr="Çınarlı Belediyesi", name_en="Çınarlı Municipality")
    PositionFactory(person=PersonFactory(name="Işık Taslak"), organisation=house)
    form = editor(desk(page, event))
    form.get_by_label("Add somebody").press_sequentially("isik")
    expect(page.locator(".desk-offered [role=option]")).to_have_text("Işık Taslak Mayor, Çınarlı Municipality")
    heard(page, "1 person is offered.")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    heard(page, "Saved: “Opening” (People).")
    expect(form.get_by_label("Add somebody")).to_be_focused()
    page.keyboard.type("Can Hayalî")
    heard(page, "Nobody in the directory has this name.")
    form.get_by_text("Somebody new").click()
    form.get_by_label("Position (Turkish)").fill("Müdür")
    form.get_by_label("Organisation").fill("Çınarlı Belediyesi")
    form.get_by_role("button", name="Add", exact=True).click()
    expect(form.get_by_label("Role of Can Hayalî")).to_be_visible()
    assert people(opening) == [("Ayşe Örnek", "speaker"), ("Işık Taslak", "speaker"), ("Can Hayalî", "speaker")]
    assert Person.objects.get(name="Can Hayalî").positions.get().organisation == house
    form.get_by_label("Role of Işık Taslak").select_option("moderator")
    saved(form)
    form.get_by_role("button", name="Işık Taslak one place up").click()
    expect(form.get_by_role("button", name="Işık Taslak one place up")).to_be_focused()
    form.get_by_role("button", name="Remove Ayşe Örnek").click()
    expect(form.get_by_label("Role of Ayşe Örnek")).to_have_count(0)
    saved(form)
    assert people(opening) == [("Işık Taslak", "moderator"), ("Can Hayalî", "speaker")]
    expect(block(page, "Opening")).to_contain_text("Işık Taslak, Can Hayalî")


def test_two_browsers_on_one_session(event: Event, opening: Session, open_page: Open, second_officer: Any) -> None:
    """Bora saves first. Ayşe's save keeps all she typed, shows both versions, and stores what she chooses."""
    ayse, bora = desk(open_page(), event), desk(open_page(second_officer), event)
    mine, theirs = editor(ayse), editor(bora)
    theirs.locator("[name=title_tr]").fill("Büyük açılış")
    theirs.locator("[name=capacity]").fill("80")
    theirs.locator("[name=capacity]").press("Control+Enter")
    saved(theirs)
    mine.locator("[name=title_tr]").fill("Açılış töreni")
    mine.locator("[name=title_tr]").press("Control+Enter")
    choices = mine.locator(".desk-choices")
    expect(choices.locator("fieldset")).to_have_count(2)
    shown = [" ".join(text.split()) for text in choices.locator("fieldset").all_inner_texts()]
    assert shown == [
        "Title (Turkish) Saved by somebody else Büyük açılış Typed by you, not saved Açılış töreni",
        "Capacity Saved by somebody else 80 Typed by you, not saved –",
    ]
    heard(
        ayse,
        "Somebody else saved this session in the meantime, so nothing was saved. Choose for each field which version "
        "is to stand.",
    )
    expect(mine.locator("[name=title_tr]")).to_have_value("Açılış töreni")
    mine.locator("[name=host_notes]").fill("Çiçek")
    mine.locator("[name=host_notes]").press("Tab")
    choices.locator("[name=keep-title_tr][value=theirs]").check()
    choices.get_by_role("button", name="Save as chosen").click()
    heard(ayse, "Saved: “Opening” (Notes for the host).")
    expect(mine.locator("[name=title_tr]")).to_have_value("Büyük açılış")
    expect(mine.locator("[name=capacity]")).to_have_value("80")
    opening.refresh_from_db()
    assert (opening.title_tr, opening.capacity, opening.host_notes, opening.version) == ("Büyük açılış", 80, "Çiçek", 4)
    bora.evaluate("dispatchEvent(new Event('focus'))")
    expect(theirs.locator("[name=host_notes]")).to_have_value("Çiçek")


def test_a_clash_appears_and_goes_as_the_room_is_changed(event: Event, opening: Session, page: Page) -> None:
    """Beside the grid, on both blocks and in the bar."""
    form = editor(desk(page, event))
    form.get_by_label("Start").fill("10:30")
    form.get_by_label("End").fill("11:30")
    form.get_by_label("Room", exact=True).select_option(str(Room.objects.get(name_en="Oak").pk))
    expect(page.locator("[data-act=warnings]")).to_have_text("1 warning")
    expect(page.locator("[data-part=details] .event-conflicts")).to_contain_text("Oak holds two sessions at once")
    expect(page.locator(".desk-mark.is-high")).to_have_count(2)
    form.get_by_label("Start").fill("11:00")
    form.get_by_label("Start").press("Control+Enter")
    expect(page.locator("[data-act=warnings]")).to_have_text("Nothing clashes.")
    expect(page.locator(".desk-mark")).to_have_count(0)


def test_without_an_answer_what_was_typed_stays(event: Event, opening: Session, page: Page) -> None:
    """Said in the panel, kept while one looks elsewhere, and saved once the line is there again."""
    form = editor(desk(page, event))
    page.context.set_offline(True)
    form.locator("[name=title_en]").fill("Welcome")
    form.locator("[name=title_en]").press("Tab")
    expect(form.locator("[data-part=saved]")).to_contain_text("The server did not answer")
    block(page, "Panel").click()
    expect(page.locator("[data-part=editor]")).to_have_text(
        "The server did not answer, so nothing was saved. Check the connection and do it again."
    )
    page.context.set_offline(False)
    block(page, "Opening").click()
    expect(form.locator("[name=title_en]")).to_have_value("Welcome")
    form.locator("[name=title_en]").press("Control+Enter")
    heard(page, "Saved: “Welcome” (Title (English)).")
    opening.refresh_from_db()
    assert opening.title_en == "Welcome"


@pytest.mark.parametrize("locale", ["tr-TR", "en-GB"])
def test_axe_has_nothing_to_say(locale: str, event: Event, opening: Session, open_page: Open) -> None:
    """Of the form in the panel, with an error, with both versions and with names offered; of its own page."""
    page, said = open_page(locale=locale), []
    page.on("console", lambda message: message.type == "error" and said.append(message.text))

    def look(where: str) -> None:
        said.extend(
            f"{where}: {each['id']} {[node['html'] for node in each['nodes']]}"
            for each in Axe().run(page).response["violations"]
        )

    desk(page, event)
    form = editor(page, "Açılış" if locale == "tr-TR" else "Opening")
    look("panel")
    for summary in form.locator("summary").all():
        summary.click()
    look("open")
    form.locator("[name$=-name][role=combobox]").press_sequentially("ayse")
    expect(page.locator(".desk-offered [role=option]")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    look("offered")
    page.keyboard.press("Escape")
    form.locator("[name=end]").fill("08:00")
    form.locator("[name=end]").press("Control+Enter")
    expect(form.locator("[data-error=end]")).to_be_visible()
    look("error")
    form.locator("[name=end]").fill("10:15")
    Session.objects.update(version=7, title_tr="Büyük açılış")
    said = [each for each in said if "422" not in each]
    form.locator("[name=end]").press("Control+Enter")
    expect(form.locator(".desk-choices")).to_be_visible()
    look("choices")
    page.goto(reverse("event_admin:session", args=[event.pk, opening.pk]))
    look("page")
    assert [each for each in said if "409" not in each] == []


def test_without_script_it_is_a_page(event: Event, opening: Session, open_page: Open) -> None:
    """Reached from the table, saved by its button, with somebody new and an error beside its field."""
    page = open_page(script=False)
    page.goto(reverse("event_admin:programme", args=[event.pk]))
    page.get_by_role("link", name="Opening", exact=True).click()
    page.get_by_label("End").fill("08:00")
    page.get_by_label("Add somebody").fill("Can Hayalî")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("[data-error=end]")).to_have_text("The end is before the start. Check both times.")
    page.get_by_label("End").fill("12:00")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".desk-table")).to_contain_text("09:00–12:00")
    assert people(opening) == [("Ayşe Örnek", "speaker"), ("Can Hayalî", "speaker")]


def test_who_else_is_here(event: Event, opening: Session, open_page: Open, second_officer: Any) -> None:
    """In the bar with the session that is open, in the panel where it is the same one; gone a minute later."""
    ayse, bora = desk(open_page(), event), desk(open_page(second_officer), event)
    expect(ayse.locator("[data-part=here]")).to_have_text("Nobody else is here.")
    editor(bora)
    ayse.evaluate("dispatchEvent(new Event('focus'))")
    expect(ayse.locator("[data-part=here]")).to_have_text("Also here: Bora Taslak at “Opening”")
    expect(ayse.locator("[data-part=came]")).to_have_text("Bora Taslak is at work in this programme too.")
    editor(ayse)
    expect(ayse.locator("[data-part=with]")).to_have_text("Bora Taslak has this session open too.")
    bora.goto(reverse("event_admin:home", args=[event.pk]))
    Presence.objects.update(seen_at=F("seen_at") - dt.timedelta(seconds=60))
    ayse.evaluate("dispatchEvent(new Event('focus'))")
    expect(ayse.locator("[data-part=here]")).to_have_text("Nobody else is here.")
    expect(ayse.locator("[data-part=with]")).to_be_hidden()


def test_a_missing_and_a_stale_text_are_seen(event: Event, opening: Session, page: Page) -> None:
    """On the block in letters and in words, and at the field itself; both go as the text is written."""
    form = editor(desk(page, event))
    badge = block(page, "Opening").locator(".desk-text")
    expect(badge).to_have_count(0)
    form.get_by_label("Abstract (Turkish)").fill("Bir")
    form.get_by_label("Abstract (Turkish)").press("Control+Enter")
    expect(badge).to_have_text("ENEnglish text missing")
    expect(form.locator("[data-mark=abstract_en]")).to_have_text("missing")
    form.get_by_label("Abstract (English)").fill("One")
    form.get_by_label("Abstract (English)").press("Control+Enter")
    expect(badge).to_have_count(0)
    expect(form.locator("[data-mark=abstract_en]")).to_be_hidden()
    form.get_by_label("Title (Turkish)").fill("Büyük açılış")
    form.get_by_label("Title (Turkish)").press("Enter")
    expect(badge).to_have_text("ENEnglish text stale")
    expect(form.locator("[data-mark=title_en]")).to_have_text("stale")


def test_what_is_typed_while_a_save_is_on_its_way_is_saved_too(event: Event, opening: Session, page: Page) -> None:
    """A title is on its way to a slow server; notes are typed meanwhile, and another session is chosen."""
    form = editor(desk(page, event))
    slow: list[Route] = []
    saving = re.compile(r"/programme/session/\d+/\?since")
    page.route(saving, lambda route: slow.append(route) if not slow else route.continue_())
    page.keyboard.press("Control+a")
    page.keyboard.type("Büyük açılış")
    with page.expect_request(saving):
        page.keyboard.press("Tab")
    form.get_by_label("Notes for the host").fill("Çiçek")
    block(page, "Panel").click()
    expect(page.locator("[data-editor] [name=title_en]")).to_have_value("Panel")
    [held] = slow
    held.continue_()
    heard(page, "Saved: “Opening” (Notes for the host).")
    opening.refresh_from_db()
    assert (opening.title_tr, opening.host_notes) == ("Büyük açılış", "Çiçek")
