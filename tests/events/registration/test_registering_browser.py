"""A delegate on a phone, in either language, with and without script: registers, confirms, changes, cancels."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from events.models import Event, Registration
from events.registration.answering import read_answers
from events.registration.letters import path_of as key_path
from tests.accessible import axe, unfold
from tests.browser import new_page, open_at, settle
from tests.events.registration.applying import apply, taking
from tests.events.registration.browsing import path_of
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
        "sent": "Look into your mail",
        "confirm": "Confirm my registration",
        "in": "You are registered",
        "change": "Change",
        "save": "Save changes",
        "leave": "Cancel my registration",
        "yes": "Yes, cancel it",
        "gone": "Your registration is cancelled",
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
    },
}


@pytest.fixture
def event() -> Event:
    """Asks for a visa and, after a yes, for a passport; and for consent to photographs."""
    found = taking(capacity=3)
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


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("language", ["tr", "en"])
def test_from_the_first_field_to_the_last_button(
    language: str, script: bool, event: Event, browser: Browser, live_server: Any
) -> None:
    words = WORDS[language]
    page = new_page(browser, viewport=PHONE, base_url=live_server.url, java_script_enabled=script, is_mobile=True)
    page.goto(path_of(event, language))
    if script:
        well_made(page)
        expect(page.get_by_label(words["passport"])).to_be_hidden()
    page.get_by_label(words["name"], exact=True).fill("Ayşegül Çıplak-Ğ")
    page.get_by_label(words["email"]).fill("aysegul@sample.example")
    page.get_by_label(words["visa"], exact=True).check()
    expect(page.get_by_label(words["passport"])).to_be_visible()
    page.get_by_role("button", name=words["register"], exact=True).click()
    wrong = page.get_by_role("alert")
    expect(wrong).to_contain_text(words["passport"])
    expect(page.get_by_label(words["name"], exact=True)).to_have_value("Ayşegül Çıplak-Ğ")
    if script:
        well_made(page)
    page.get_by_label(words["passport"]).fill("U 123")
    send(page, words)
    if script:
        well_made(page)
    row = Registration.objects.select_related("event__public").get()
    page.goto(key_path(row, language))
    assert "/k/" not in page.url
    page.get_by_role("button", name=words["confirm"]).click()
    expect(page.get_by_role("heading", name=words["in"])).to_be_visible()
    if script:
        unfold(page)
        well_made(page)
        page.reload()
    page.get_by_role("link", name=words["change"], exact=True).click()
    page.get_by_label(words["name"], exact=True).fill("Ayşegül Yeni")
    page.get_by_role("button", name=words["save"]).click()
    expect(page.get_by_text("Ayşegül Yeni")).to_be_visible()
    page.get_by_text(words["leave"]).click()
    page.get_by_role("button", name=words["yes"]).click()
    expect(page.get_by_role("heading", name=words["gone"])).to_be_visible()
    page.context.close()
    row.refresh_from_db()
    assert (row.name, row.state, sorted(map(str, read_answers(row).values()))) == (
        "Ayşegül Yeni",
        "cancelled",
        ["True", "U 123"],
    )


def test_whatever_opens_the_link_by_itself_presses_nothing(event: Event, browser: Browser, live_server: Any) -> None:
    """A program that reads letters may run scripts and load everything."""
    row = apply(event, "Ali")
    page = new_page(browser, base_url=live_server.url)
    open_at(page, live_server.url + key_path(Registration.objects.select_related("event__public").get(), "en"))
    page.wait_for_load_state("networkidle")
    page.context.close()
    row.refresh_from_db()
    assert (row.state, row.verified_at) == ("unverified", None)
