"""A group on a phone, in either language, with and without script: typed and from a list, and its contact's page."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from events.models import Event, Registration, RegistrationGroup
from events.registration.groups.letters import path_of as key_path
from tests.accessible import unfold
from tests.browser import new_page, settle
from tests.events.registration.group_browsing import group_path
from tests.events.registration.grouped import taking_groups
from tests.events.registration.test_registering_browser import PHONE, well_made
from tests.factories import QuestionFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LIST = "Ad soyad;E-posta;Çocuk koltuğu\r\n{name};{email};evet\r\nBora Örnek;;hayır\r\n"
WORDS = {
    "en": {
        "name": "Your name",
        "email": "Your e-mail",
        "organisation": "Organisation",
        "member": "Member 3",
        "more": "Add another member",
        "out": "Take member 3 out",
        "of_member": "Name",
        "yes": "Yes",
        "register": "Register the group",
        "wrong": "Member 2, Child seat",
        "check": "Check the list",
        "row": "Check what stands behind the @",
        "register_2": "Register 2 people",
        "once_more": "faster than people write",
        "sent": "Check your e-mail",
        "confirm": "Confirm the group",
        "in": "Your group is registered",
        "replace": "Replace or cancel",
        "substitute": "Name the substitute",
        "replaced": "takes the place of",
    },
    "tr": {
        "name": "Adınız",
        "email": "E-postanız",
        "organisation": "Kurum",
        "member": "3. kişi",
        "more": "Bir kişi daha ekle",
        "out": "3. kişiyi çıkar",
        "of_member": "Ad ve soyad",
        "yes": "Evet",
        "register": "Grubu kaydet",
        "wrong": "2. kişi, Çocuk koltuğu",
        "check": "Listeyi denetle",
        "row": "@",
        "register_2": "2 kişiyi kaydet",
        "once_more": "hızlı",
        "sent": "E-postanıza bakın",
        "confirm": "Grubu doğrula",
        "in": "Grubunuz kayıtlı",
        "replace": "Başkasını bildir ya da iptal et",
        "substitute": "Yerine geçecek kişiyi bildir",
        "replaced": "yerine",
    },
}


@pytest.fixture
def event() -> Event:
    """Asks of each member for a child seat."""
    found = taking_groups(capacity=5)
    QuestionFactory(event=found, kind="yes_no", required=True, label_tr="Çocuk koltuğu", label_en="Child seat")
    return found


def begin(page: Page, words: dict[str, str], path: str) -> None:
    page.goto(path)
    page.get_by_label(words["name"], exact=True).fill("Zerrin Örnek")
    page.get_by_label(words["email"], exact=True).fill("zerrin@isiklar.example")
    page.get_by_label(words["organisation"], exact=True).fill("Işıklar Belediyesi")


def send(page: Page, words: dict[str, str], button: str) -> None:
    """Press the button; where a machine was too fast for a person, once more."""
    press = page.get_by_role("button", name=words[button], exact=True)
    press.click()
    heading = page.get_by_role("heading", name=words["sent"])
    expect(heading.or_(page.get_by_text(words["once_more"]))).to_be_visible()
    while not heading.is_visible():
        press.click()
        settle(page)


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("language", ["tr", "en"])
def test_typed_on_a_phone_and_then_somebody_else_comes(
    language: str, script: bool, event: Event, browser: Browser, live_server: Any
) -> None:
    words = WORDS[language]
    page = new_page(browser, viewport=PHONE, base_url=live_server.url, java_script_enabled=script, is_mobile=True)
    begin(page, words, group_path(event, language))
    if script:
        well_made(page)
    first, second = (page.locator(f"#member-{number}") for number in (1, 2))
    first.get_by_label(words["of_member"], exact=True).fill("Ayşegül Çıplak-Ğ")
    first.get_by_label(words["yes"], exact=True).check()
    second.get_by_label(words["of_member"], exact=True).fill("Bora Örnek")
    page.get_by_role("button", name=words["more"]).click()
    expect(page.get_by_text(words["member"], exact=True)).to_be_visible()
    expect(first.get_by_label(words["of_member"], exact=True)).to_have_value("Ayşegül Çıplak-Ğ")
    page.get_by_role("button", name=words["out"]).click()
    page.get_by_role("button", name=words["register"], exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text(words["wrong"])
    if script:
        well_made(page)
    second.get_by_label(words["yes"], exact=True).check()
    send(page, words, "register")
    group = RegistrationGroup.objects.select_related("event__public").get()
    page.goto(key_path(group, language))
    assert "/k/" not in page.url
    page.get_by_role("button", name=words["confirm"]).click()
    expect(page.get_by_role("heading", name=words["in"])).to_be_visible()
    if script:
        unfold(page)
        well_made(page)
    page.get_by_role("link", name=words["replace"]).first.click()
    if script:
        well_made(page)
    page.get_by_label(words["of_member"], exact=True).fill("Cem Yeni")
    page.get_by_role("button", name=words["substitute"]).click()
    expect(page.get_by_role("status")).to_contain_text(words["replaced"])
    page.context.close()
    rows = Registration.objects.filter(group=group).order_by("pk").values_list("name", "state")
    assert list(rows) == [
        ("Ayşegül Çıplak-Ğ", "cancelled"),
        ("Bora Örnek", "confirmed"),
        ("Cem Yeni", "confirmed"),
    ]


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("language", ["tr", "en"])
def test_a_list_is_tried_corrected_and_registered(
    language: str, script: bool, event: Event, browser: Browser, live_server: Any
) -> None:
    words = WORDS[language]
    page = new_page(browser, viewport=PHONE, base_url=live_server.url, java_script_enabled=script, is_mobile=True)
    begin(page, words, group_path(event, language))
    for email, wrong in (("isil@isiklar", True), ("isil@isiklar.example", False)):
        data = LIST.format(name="Işıl Çağlar", email=email).encode("cp1254")
        page.locator("#id_sheet").set_input_files({"name": "liste.csv", "mimeType": "text/csv", "buffer": data})
        page.get_by_role("button", name=words["check"]).click()
        told = page.locator(".people .error")
        expect(told).to_have_count(1 if wrong else 0)
        if wrong:
            expect(told).to_contain_text(words["row"])
            box = told.bounding_box()
            assert (box or {"width": 0})["width"] > 250  # else a sentence stands one word a line
        if script:
            well_made(page)
    send(page, words, "register_2")
    page.context.close()
    rows = Registration.objects.order_by("pk").values_list("name", "email", "state")
    assert list(rows) == [("Işıl Çağlar", "isil@isiklar.example", "unverified"), ("Bora Örnek", "", "unverified")]
