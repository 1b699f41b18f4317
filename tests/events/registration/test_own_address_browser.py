"""A delegate on a phone gives another address and confirms it, in either language, with and without script."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from events import mail
from events.models import Message, Registration
from events.registration import verify
from events.registration.letters import path_of as key_path
from tests.browser import new_page, open_at
from tests.events.registration.applying import apply, taking
from tests.events.registration.test_registering_browser import PHONE, well_made

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OLD, NEW = "ali@sample.example", "ali.yeni@sample.example"
WORDS = {
    "en": {
        "change": "Change my e-mail address",
        "field": "New e-mail address",
        "write": "Write to this address",
        "wrong": "This is the address that you have already.",
        "waits": "Confirm your new address",
        "yes": "Yes, this is my address",
        "done": "Your address is changed.",
    },
    "tr": {
        "change": "E-posta adresimi değiştir",
        "field": "Yeni e-posta adresi",
        "write": "Bu adrese yaz",
        "wrong": "Kayıtlı adresiniz zaten bu.",
        "waits": "Yeni adresinizi doğrulayın",
        "yes": "Evet, bu benim adresim",
        "done": "Adresiniz değişti.",
    },
}


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
@pytest.mark.parametrize("language", ["tr", "en"])
def test_from_the_own_page_to_the_new_letter(
    browser: Browser, live_server: Any, settings: Any, language: str, script: bool
) -> None:
    settings.BASE_URL = live_server.url
    row = verify(registration=apply(taking(), "Ali", language=language))
    words = WORDS[language]
    page = new_page(browser, viewport=PHONE, java_script_enabled=script, is_mobile=True)

    def look(page: Page) -> None:
        if script:
            well_made(page)

    open_at(page, live_server.url + key_path(row, language))
    look(page)
    page.get_by_role("link", name=words["change"]).click()
    for address in (OLD, NEW):
        page.get_by_label(words["field"]).fill(address)
        look(page)
        page.get_by_role("button", name=words["write"]).click()
        if address == OLD:
            expect(page.get_by_text(words["wrong"]).first).to_be_visible()
    expect(page.get_by_role("heading", name=words["waits"])).to_be_visible()
    look(page)
    letter = Message.objects.get(letter="registration_new_address")
    other = new_page(browser, viewport=PHONE, java_script_enabled=script, is_mobile=True)
    open_at(other, mail._fill_links(letter, "{{link:address}}"))
    look(other)
    assert Registration.objects.get().email == OLD
    other.get_by_role("button", name=words["yes"]).click()
    expect(other.get_by_text(words["done"])).to_be_visible()
    expect(other.get_by_role("definition").filter(has_text=NEW)).to_be_visible()
    look(other)
    for each in (page, other):
        each.context.close()
    assert Registration.objects.get().email == NEW
