"""The public pages in a real browser: strict policy kept, nothing for axe to say, the timetable where it belongs."""

import datetime as dt
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from events.models import Event, Session
from events.release import cancel_event, release_programme
from tests.browser import new_page, settle
from tests.factories import (
    ContributionFactory,
    DialogueProgrammeFactory,
    EventFactory,
    EventOrganisationFactory,
    PersonFactory,
    RoomFactory,
    SessionFactory,
    TrackFactory,
    VenueFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 860}
PROGRAMME = "/en/events/forum/programme/"
PAGES = [
    "/en/events/",
    "/tr/etkinlikler/?when=past",
    "/en/events/forum/",
    "/tr/etkinlikler/iptal/",
    "/en/programmes/kentler/",
    PROGRAMME,
    "/tr/etkinlikler/forum/program/",
    "/en/events/forum/programme/?room=nothing",
    "/en/events/iptal/programme/",
    "/en/nothing/",
]


@pytest.fixture
def site(live_server: Any) -> str:
    """A forum with a plenary, parallel sessions in two rooms and a break; and a cancelled event without sessions."""
    venue = VenueFactory(name_en="Congress Centre", step_free=True)
    series = DialogueProgrammeFactory(slug="kentler")
    event: Event = EventFactory(
        slug="forum",
        title_tr="Uluslararasılaştırma ve Kurumsallaştırma Forumu",
        title_en="Forum",
        venue=venue,
        dialogue_programme=series,
        participation_en="For members",
        languages=["tr", "en"],
    )
    EventOrganisationFactory(event=event)
    rooms = [RoomFactory(venue=venue, name_en=name) for name in ("Linden", "Oleaster")]
    track = TrackFactory(event=event)
    plan = [
        ("Plenary", 9, 10, Session.Kind.PLENARY, rooms[0]),
        ("Climate", 10, 12, Session.Kind.PARALLEL, rooms[0]),
        ("Housing", 10, 11, Session.Kind.PARALLEL, rooms[1]),
        ("Lunch", 12, 13, Session.Kind.MEAL, None),
    ]
    for position, (title, start, end, kind, room) in enumerate(plan):
        session = SessionFactory(
            event=event,
            confirmed=True,
            position=position,
            title_en=title,
            kind=kind,
            room=room,
            track=track if room else None,
            start=dt.time(start),
            end=dt.time(end),
            abstract_en="A text." if room else "",
        )
        ContributionFactory(session=session, person=PersonFactory(name=f"Ayşe {title}"))
    release_programme(event=event)
    off = EventFactory(slug="iptal", contact_email="forum@sample.example")
    release_programme(event=off)
    cancel_event(event=off)
    return str(live_server.url)


def opened(browser: Browser, url: str, said: list[str] | None = None, now: str = "", **named: Any) -> Page:
    """A page in a fresh browser; ``said`` collects console errors and requests to others."""
    page = new_page(browser, **{"viewport": DESKTOP, "timezone_id": "Europe/Istanbul", **named})
    if now:
        page.clock.set_fixed_time(now)
    if said is not None:
        page.on("console", lambda message: message.type == "error" and said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: request.url.startswith(url[:16]) or said.append(request.url))
    page.goto(url, wait_until="load")
    if named.get("java_script_enabled", True):
        settle(page)
    return page


def boxes(page: Page, *titles: str) -> list[dict[str, float]]:
    """Where sessions stand, and after them the line of the day if it is drawn: whole pixels, asked in one go."""
    found: list[dict[str, float]] = page.evaluate(
        """titles => {
          const cards = [...document.querySelectorAll(".session")];
          const named = title => cards.find(card => card.querySelector("h3").innerText.trim() === title);
          return [...titles.map(named), ...document.querySelectorAll(".now")].map(each => {
            const {x, y, width, height} = each.getBoundingClientRect();
            return Object.fromEntries(Object.entries({x, y, width, height}).map(([name, value]) => [name, Math.round(value)]));
          });
        }""",
        list(titles),
    )
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_every_page_keeps_the_policy_fits_and_leaves_axe_nothing_to_say(
    browser: Browser, site: str, viewport: dict[str, int], scheme: str
) -> None:
    found: dict[str, Any] = {}
    for path in PAGES:
        said: list[str] = []
        page = opened(browser, site + path, said, viewport=viewport, color_scheme=scheme, has_touch=viewport is PHONE)
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")
        axe = [(each["id"], each["nodes"][0]["html"]) for each in Axe().run(page).response["violations"]]
        said = [each for each in said if "404 (Not Found)" not in each]
        if said or wide or axe:
            found[path] = (said, wide, axe)
        page.context.close()
    assert found == {}


def test_on_a_wide_screen_rooms_are_columns_and_heights_follow_durations(browser: Browser, site: str) -> None:
    page = opened(browser, site + PROGRAMME)
    plenary, climate, housing, lunch = boxes(page, "Plenary", "Climate", "Housing", "Lunch")
    assert (climate["y"], climate["width"]) == (housing["y"], housing["width"])
    assert housing["x"] == climate["x"] + climate["width"] + 8
    assert climate["height"] >= housing["height"] + 70  # an hour more: 4.5 rem
    assert plenary["width"] == lunch["width"] == climate["width"] + 8 + housing["width"]
    assert plenary["y"] < climate["y"] < lunch["y"]
    assert page.locator(".rooms").inner_text().split() == ["Linden", "Oleaster"]
    page.context.close()


def test_what_the_head_of_a_column_says_is_said_to_screen_readers_too(browser: Browser, site: str) -> None:
    page = opened(browser, site + PROGRAMME)
    heard = page.locator(".session", has=page.get_by_role("heading", name="Housing", exact=True)).aria_snapshot()
    assert "paragraph: Oleaster" in heard
    page.context.close()


def test_on_a_phone_sessions_follow_one_another_with_their_room(browser: Browser, site: str) -> None:
    page = opened(browser, site + PROGRAMME, viewport=PHONE)
    found = boxes(page, "Plenary", "Climate", "Housing", "Lunch")
    assert {each["x"] for each in found} == {20}
    assert [each["y"] for each in found] == sorted(each["y"] for each in found)
    assert page.locator(".session .where").all_inner_texts() == ["Linden", "Linden", "Oleaster"]
    page.context.close()


def test_a_reader_elsewhere_sees_the_own_time_beside_it(browser: Browser, site: str) -> None:
    page = opened(browser, site + PROGRAMME, timezone_id="America/Los_Angeles")
    assert page.locator(".session .own").all_text_contents() == [
        "your time Wed 23:00",
        "your time 00:00",
        "your time 00:00",
        "your time 02:00",
    ]
    at_home = opened(browser, site + PROGRAMME)
    assert at_home.locator(".own").count() == 0
    for each in (page, at_home):
        each.context.close()


def test_on_the_day_a_line_says_where_it_has_got_to(browser: Browser, site: str) -> None:
    page = opened(browser, site + PROGRAMME, now="2027-06-10T07:30:00Z")
    housing, line = boxes(page, "Housing")
    assert page.locator(".now").inner_text() == "10:30"
    assert housing["y"] < line["y"] < housing["y"] + housing["height"]
    other_day = opened(browser, site + PROGRAMME, now="2027-06-11T07:30:00Z")
    assert other_day.locator(".now").count() == 0
    elsewhere = opened(browser, site + PROGRAMME, now="2027-06-10T07:30:00Z", timezone_id="Europe/Brussels")
    assert elsewhere.locator(".now").inner_text() == "10:30"
    for each in (page, other_day, elsewhere):
        each.context.close()


def test_a_link_to_a_session_opens_its_details_below_the_tabs(browser: Browser, site: str) -> None:
    key = Session.objects.get(title_en="Climate").key
    page = opened(browser, f"{site}{PROGRAMME}#s-{key}")
    details = page.locator(f"#s-{key} details")
    assert (details.get_attribute("open"), page.locator("details[open]").count()) == ("", 1)
    # Asked in one go: two questions may see two places of one scroll.
    page.wait_for_function("scrollY > 0")
    tabs_end, begins = page.evaluate(
        """key => [
          document.querySelector(".tabs").getBoundingClientRect().bottom,
          document.querySelector(`#s-${key}`).getBoundingClientRect().top,
        ]""",
        key,
    )
    assert begins >= tabs_end - 1
    page.context.close()


def test_filters_and_languages_work_without_script(browser: Browser, site: str) -> None:
    page = opened(browser, site + PROGRAMME, java_script_enabled=False)
    page.get_by_text("Filter", exact=True).click()
    page.get_by_label("Room").select_option(label="Oleaster")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".session h3")).to_have_text(["Housing"])
    page.get_by_role("link", name="Whole programme").click()
    expect(page.locator(".session")).to_have_count(4)
    page.get_by_role("link", name="Türkçe", exact=True).click()
    expect(page).to_have_url(f"{site}/tr/etkinlikler/forum/program/")
    page.context.close()


def test_the_keyboard_reaches_the_content_first(browser: Browser, site: str) -> None:
    page = opened(browser, site + "/en/events/forum/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to content")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.context.close()


def test_the_facts_are_above_the_fold_on_a_phone(browser: Browser, site: str) -> None:
    for path in ("/en/events/forum/", "/tr/etkinlikler/forum/"):
        page = opened(browser, site + path, viewport=PHONE)
        lowest = page.locator(".hero .facts dd, .hero .button").evaluate_all(
            "facts => Math.max(...facts.map(fact => fact.getBoundingClientRect().bottom))"
        )
        assert 0 < lowest <= PHONE["height"]
        page.context.close()
