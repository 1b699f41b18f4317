"""A delegate on a phone, in either language, with and without script: registers, confirms, changes, cancels."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from events.models import Event, Registration, RegistrationSettings
from events.registration.answering import read_answers
from events.registration.letters import path_of as key_path
from tests.accessible import axe, unfold
from tests.browser import new_page, open_at, settle
from tests.events.registration.applying import apply
from tests.events.registration.browsing import path_of
from tests.events.registration.gathering import gathering
from tests.factories import QuestionFactory, WordingFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}
WORDS = {
    "en": {
        "name": "Name",
        "email": "E-mail",
        "register": "Register",
        "visa": "Yes",
        "passport": "Passport number",
        "once_more": "faster than people write",
        "sent": "Check your e-mail",
        "confirm": "Confirm my registration",
        "in": "You are registered",
        "change": "Change",
        "save": "Save changes",
        "leave": "Cancel my registration",
        "yes": "Yes, cancel it",
        "gone": "Your registration is cancelled",
        "agenda": "My programme",
        "own": "Your registration",
        "address": "New address for this calendar",
        "renew": "Make a new address",
        "renewed": "Your calendar has a new address",
        "ask": "Ask for a change",
        "send": "Ask for this change",
        "asked": "You asked for a change",
        "back": "Take the request back",
        "erase": "Erase my data",
        "keep": "No, keep it",
    },
    "tr": {
        "name": "Ad ve soyad",
        "email": "E-posta",
        "register": "Kaydol",
        "visa": "Evet",
        "passport": "Pasaport numarası",
        "once_more": "hızlı",
        "sent": "E-postanıza bakın",
        "confirm": "Kaydımı doğrula",
        "in": "Kaydınız kesinleşti",
        "change": "Değiştir",
        "save": "Değişiklikleri kaydet",
        "leave": "Kaydımı iptal et",
        "yes": "Evet, iptal et",
        "gone": "Kaydınız iptal edildi",
        "agenda": "Programım",
        "own": "Kaydınız",
        "address": "Bu takvime yeni adres",
        "renew": "Yeni adres al",
        "renewed": "Takviminizin yeni bir adresi var",
        "ask": "Değişiklik iste",
        "send": "Bu değişikliği iste",
        "asked": "Değişiklik istediniz",
        "back": "İsteği geri al",
        "erase": "Bilgilerimi sil",
        "keep": "Hayır, kalsın",
    },
}


@pytest.fixture
def event() -> Event:
    """Two workshops to choose from; asks for a visa and, after a yes, for a passport; and for consent to photographs."""
    found = gathering()
    visa = QuestionFactory(
        event=found, kind="yes_no", required=True, label_tr="Vize gerekli mi?", label_en="Need a visa?"
    )
    QuestionFactory(
        event=found,
        required=True,
        sensitive=True,
        label_tr="Pasaport numarası",
        label_en="Passport number",
        condition={"match": "all", "tests": [{"question": visa.key, "is": "equals", "value": True}]},
    )
    WordingFactory(event=found)
    return found


def well_made(page: Page) -> None:
    """Nothing for axe to say, and nothing wider than the screen."""
    settle(page)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def send(page: Page, words: dict[str, str]) -> None:
    """Press the button; where a machine was too fast for a person, once more."""
    press = page.get_by_role("button", name=words["register"], exact=True)
    press.click()
    heading = page.get_by_role("heading", name=words["sent"])
    expect(heading.or_(page.get_by_text(words["once_more"]))).to_be_visible()
    while not heading.is_visible():
        press.click()
        settle(page)


@dataclass
class Delegate:
    """Somebody with a phone; what is seen on the way is looked at where scripts run, for axe is one."""

    page: Page
    words: dict[str, str]
    looks: bool

    def look(self) -> None:
        if self.looks:
            well_made(self.page)

    def press(self, word: str) -> None:
        self.page.get_by_role("button", name=self.words[word], exact=True).click()

    def follow(self, word: str) -> None:
        self.page.get_by_role("link", name=self.words[word], exact=True).first.click()

    def reads(self, word: str) -> None:
        expect(self.page.get_by_role("heading", name=self.words[word])).to_be_visible()

    def called(self, name: str) -> None:
        self.page.get_by_label(self.words["name"], exact=True).fill(name)

    def registers(self, path: str) -> None:
        """With a passport forgotten at first: what was typed stays."""
        page, words = self.page, self.words
        page.goto(path)
        self.look()
        if self.looks:
            expect(page.get_by_label(words["passport"])).to_be_hidden()
        self.called("Ayşegül Çıplak-Ğ")
        page.get_by_label(words["email"]).fill("aysegul@sample.example")
        page.get_by_label(words["visa"], exact=True).check()
        page.get_by_label("Water").check()
        expect(page.get_by_label(words["passport"])).to_be_visible()
        self.press("register")
        expect(page.get_by_role("alert")).to_contain_text(words["passport"])
        expect(page.get_by_label(words["name"], exact=True)).to_have_value("Ayşegül Çıplak-Ğ")
        self.look()
        page.get_by_label(words["passport"]).fill("U 123")
        send(page, words)
        self.look()

    def confirms(self, path: str) -> None:
        """By the link in the letter, which leads on to an address without the key."""
        self.page.goto(path)
        assert "/k/" not in self.page.url
        self.press("confirm")
        self.reads("in")
        if self.looks:
            unfold(self.page)
            well_made(self.page)
            self.page.reload()

    def reads_the_agenda(self) -> None:
        """What is for all and what was chosen, and a new address for the calendar."""
        self.follow("agenda")
        titles = self.page.locator("article h3")
        expect(titles).to_have_text(["Plenary", "Water", "Dinner"])
        self.look()
        address = self.page.locator("#calendar-address").input_value()
        self.page.get_by_text(self.words["address"]).click()
        self.press("renew")
        expect(self.page.get_by_text(self.words["renewed"])).to_be_visible()
        assert self.page.locator("#calendar-address").input_value() != address
        self.follow("own")

    def changes(self) -> None:
        """The name and the workshop, at once."""
        self.follow("change")
        self.called("Ayşegül Yeni")
        self.page.get_by_label("Water").uncheck()
        self.page.get_by_label("Energy").check()
        self.press("save")
        expect(self.page.get_by_text("Ayşegül Yeni")).to_be_visible()

    def asks_and_thinks_better_of_it(self) -> None:
        """After the time for changes."""
        self.follow("ask")
        self.look()
        self.called("Ayşegül Başka")
        self.press("send")
        self.reads("asked")
        self.look()
        self.press("back")
        expect(self.page.get_by_text("Ayşegül Başka")).to_have_count(0)

    def leaves(self) -> None:
        """Asked whether all is to be erased: no; but the seat is given up."""
        self.press("erase")
        self.look()
        self.follow("keep")
        self.page.get_by_text(self.words["leave"]).click()
        self.press("yes")
        self.reads("gone")
        self.look()


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("language", ["tr", "en"])
def test_from_the_first_field_to_the_last_button(
    language: str, script: bool, event: Event, browser: Browser, live_server: Any
) -> None:
    page = new_page(browser, viewport=PHONE, base_url=live_server.url, java_script_enabled=script, is_mobile=True)
    delegate = Delegate(page, WORDS[language], looks=script)
    delegate.registers(path_of(event, language))
    row = Registration.objects.select_related("event__public").get()
    delegate.confirms(key_path(row, language))
    delegate.reads_the_agenda()
    delegate.changes()
    RegistrationSettings.objects.update(changes_until=timezone.now() - dt.timedelta(minutes=1))
    page.reload()
    delegate.asks_and_thinks_better_of_it()
    delegate.leaves()
    page.context.close()
    row.refresh_from_db()
    told = (row.name, row.state, sorted(map(str, read_answers(row).values())))
    assert told == ("Ayşegül Yeni", "cancelled", ["True", "U 123"])
    assert [each.places.session.title_en for each in row.chosen_sessions.all()] == ["Energy"]


def test_whatever_opens_the_link_by_itself_presses_nothing(event: Event, browser: Browser, live_server: Any) -> None:
    """A program that reads letters may run scripts and load everything."""
    row = apply(event, "Ali")
    page = new_page(browser, base_url=live_server.url)
    open_at(page, live_server.url + key_path(Registration.objects.select_related("event__public").get(), "en"))
    page.wait_for_load_state("networkidle")
    page.context.close()
    row.refresh_from_db()
    assert (row.state, row.verified_at) == ("unverified", None)
