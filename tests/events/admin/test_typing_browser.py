"""Forty sessions typed from a paper by keyboard alone: how many keys it takes, and that all of them stand as on it."""

import datetime as dt
import time
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Page, Route, expect

from cms.demo import read_sample
from cms.demo.sample import Data
from events.labels import kind_label, role_label
from events.models import Event, Session
from tests.events.admin.conftest import Open
from tests.events.admin.desk_page import block, desk, heard
from tests.factories import ContributionFactory, EventFactory, PersonFactory, RoomFactory, SessionFactory, VenueFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
#: The order in which Tab leads from field to field.
FIELDS = ("start", "end", "kind", "title_tr", "title_en", "people", "room", "day")
AT_MOST = 12


@dataclass(frozen=True)
class Line:
    """One session as it stands on the paper."""

    day: str
    start: str
    end: str
    kind: str
    title_tr: str
    title_en: str
    people: list[tuple[str, str]]
    room: str

    @property
    def named(self) -> str:
        """``Oturum başkanı: Ayşe Örnek; İpek Deneme, Søren Eksempel``: people by role, speakers without a word."""
        groups: dict[str, list[str]] = {}
        for name, role in self.people:
            groups.setdefault(role, []).append(name)
        told = {role: "" if role == "speaker" else f"{role_label(role, 'tr')}: " for role in groups}
        return "; ".join(told[role] + ", ".join(names) for role, names in groups.items())


def read_paper() -> list[Line]:
    """The conference of the sample, session by session."""
    sample = read_sample()
    told = next(each for each in sample["events"] if each["id"] == "CONF-2027")
    rooms = {room["id"]: room["name"]["tr"] for room in house(sample)["rooms"]}
    names = {person["id"]: f"{person['given']} {person['family']}" for person in sample["people"]}
    return [
        Line(
            day=each["day"],
            start=each["start"],
            end=each["end"],
            kind=each["kind"],
            title_tr=each["title"]["tr"],
            title_en=each["title"]["en"],
            people=[(names[person], role) for role, people in each["people"].items() for person in people],
            room=rooms.get(each.get("room") or "", ""),
        )
        for each in told["sessions"]
    ]


def house(sample: Data) -> Data:
    found: Data = next(each for each in sample["venues"] if each["id"] == "V-CON")
    return found


@dataclass
class Hands:
    """Types on a page and counts every key that is no character of the paper's text."""

    page: Page
    extra: int = 0
    at: str = "start"
    shown: dict[str, str] = field(default_factory=dict)
    clock: float = field(default_factory=time.time)

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.extra += 1

    def go(self, name: str) -> None:
        for _step in range(FIELDS.index(name) - FIELDS.index(self.at)):
            self.press("Tab")
        self.at = name

    def write(self, name: str, text: str) -> None:
        """Go to a field and type what the paper says; nothing where that stands there already."""
        if text != self.shown.get(name, ""):
            self.go(name)
            self.page.keyboard.type(text)

    def choose(self, name: str, label: str) -> int:
        """Go to a list of choices and type as many letters as tell this one from the others; gives how many."""
        if label == self.shown.get(name, ""):
            return 0
        self.go(name)
        options = self.page.locator(f"[data-form=new] [name={name}] option").all_inner_texts()
        length = next(n for n in range(1, 99) if sum(option.strip().startswith(label[:n]) for option in options) == 1)
        keyboard = self.page.context.new_cdp_session(self.page)
        self.clock += 10
        for at, letter in enumerate(label[:length]):
            # Each a key of its own, also where an English board has none; a browser takes what lies a second apart
            # for a new word.
            pressed = {"key": letter, "text": letter, "timestamp": self.clock + at / 100}
            keyboard.send("Input.dispatchKeyEvent", {"type": "keyDown", **pressed})
            keyboard.send("Input.dispatchKeyEvent", {"type": "keyUp", "key": letter})
        chosen = self.page.locator(f"[data-form=new] [name={name}]").evaluate("e => e.selectedOptions[0].text")
        assert chosen.split(" · ")[0] == label
        return length

    def type_line(self, line: Line) -> int:
        """One session and on to the next; gives the keys beyond the paper's text."""
        self.extra, self.at = 0, "start"
        self.write("start", line.start.replace(":", ""))
        self.write("end", line.end.replace(":", "."))
        # The word for the kind may not stand on a paper: its letters count.
        self.extra += self.choose("kind", kind_label(line.kind, "tr"))
        self.write("title_tr", line.title_tr)
        self.write("title_en", line.title_en)
        self.write("people", line.named)
        self.choose("room", line.room or "---------")
        if line.day != self.shown["day"]:
            self.go("day")
            self.press("ArrowDown")
        self.press("Enter")
        self.shown |= {"start": line.end.replace(":", ""), "end": "", "room": line.room or "---------", "day": line.day}
        return self.extra


def test_forty_sessions_by_keyboard_alone(live_server: Any, open_page: Open) -> None:
    """At most twelve keys beyond the text for any of them; in the database they stand as on the paper."""
    paper, venue = read_paper(), VenueFactory(name_tr="Çınaraltı Kongre Merkezi")
    for at, room in enumerate(house(read_sample())["rooms"]):
        RoomFactory(venue=venue, position=at, name_tr=room["name"]["tr"], name_en=room["name"]["en"])
    first, last = (dt.date.fromisoformat(line.day) for line in (paper[0], paper[-1]))
    event = EventFactory(venue=venue, starts_on=first, ends_on=last)
    page = open_page(locale="tr-TR")
    page.goto(reverse("event_admin:programme", args=[event.pk]))
    page.keyboard.press("Alt+n")
    expect(page.locator("[data-form=new] [name=start]")).to_be_focused()
    hands = Hands(page, shown={"day": paper[0].day, "kind": kind_label("talk", "tr"), "room": "---------"})
    keys = [hands.type_line(line) for line in paper]
    heard(page, f"“{paper[-1].title_tr}”: 11 Haziran Cuma, {paper[-1].start}–{paper[-1].end}.")
    assert (len(keys), max(keys) <= AT_MOST) == (40, True), keys
    assert [stands(session) for session in event.sessions.order_by("position")] == paper
    expect(page.locator("[data-part=failed]")).to_be_hidden()


def stands(session: Session) -> Line:
    """A session of the database as a line of the paper."""
    with translation.override("tr"):
        room = str(session.room or "")
    rows = session.contributions.select_related("person")
    start, end = (f"{clock:%H:%M}" for clock in (session.start or dt.time(), session.end or dt.time()))
    people = [(row.person.name, row.role) for row in rows]
    day, titles = session.day.isoformat(), (session.title_tr, session.title_en)
    return Line(day, start, end, session.kind, *titles, people, room)


@pytest.fixture
def event(live_server: Any) -> Event:
    """An opening, and two people of one name in the directory."""
    made: Event = EventFactory()
    SessionFactory(event=made, title_en="Opening")
    PersonFactory.create_batch(2, name="Ayşe Örnek")
    return made


def test_what_is_refused_comes_back_and_loses_nothing(event: Event, page: Page) -> None:
    """At once where nothing was typed since; below the form, with a way back, where the next one has begun."""
    desk(page, event)
    block(page, "Opening").focus()
    page.keyboard.press("n")
    form = page.locator("[data-form=new]")
    start, title, people = (form.locator(f"[name={name}]") for name in ("start", "title_en", "people"))
    expect(start).to_be_focused()
    expect(start).to_have_value("10:00")
    title.fill("Panel")
    people.fill("Chair: Ayşe Örnek; Can Misal (Mayor, Sample City)")
    people.press("Enter")
    expect(form.locator("[data-error=people]")).to_contain_text("Several people are called “Ayşe Örnek”.")
    expect(people).to_have_value("Chair: Ayşe Örnek; Can Misal (Mayor, Sample City)")
    expect(title).to_have_value("Panel")
    held: list[Route] = []
    page.route("**/programme/new/**", lambda route: route.continue_() if held else held.append(route))
    people.fill("Can Misal")
    people.press("Enter")
    page.keyboard.type("12.15")
    held[0].abort()
    failed = page.locator("[data-part=failed] li")
    expect(failed).to_contain_text("10:00 Panel")
    expect(start).to_have_value("12.15")
    # Not even with the page: the browser asks first.
    with page.expect_event("dialog") as asked:
        page.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.dismiss()
    failed.get_by_role("button", name="Correct it").click()
    expect(title).to_have_value("Panel")
    title.press("Enter")
    heard(page, "“Panel”: Thursday 10 June, 10:00–11:00.")
    made = event.sessions.get(title_en="Panel")
    assert [(row.person.name, row.role) for row in made.contributions.all()] == [("Can Misal", "speaker")]


def test_people_of_one_line_are_found_or_made(event: Event, page: Page) -> None:
    """Offered while they are typed; of several of one name the one that is chosen."""
    known = PersonFactory(name="Işık Kurgu")
    ContributionFactory(person=known)
    desk(page, event)
    page.get_by_role("link", name="New", exact=True).click()
    form = page.locator("[data-form=new]")
    form.locator("[name=title_tr]").fill("Panel")
    people = form.locator("[name=people]")
    people.press_sequentially("Moderatör: isik")
    expect(page.locator(".desk-offered [role=option]")).to_have_text("Işık Kurgu")
    people.press("ArrowDown")
    people.press("Enter")
    expect(people).to_have_value("Moderatör: Işık Kurgu")
    people.press_sequentially("; Bora Taslak, Can Misal")
    people.press("Enter")
    heard(page, "“Panel”: Thursday 10 June, 10:00–11:00.")
    rows = event.sessions.get(title_tr="Panel").contributions.all()
    assert [(row.person.name, row.role) for row in rows] == [
        ("Işık Kurgu", "moderator"),
        ("Bora Taslak", "speaker"),
        ("Can Misal", "speaker"),
    ]
