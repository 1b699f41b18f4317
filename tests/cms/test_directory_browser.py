"""Lists, practices and the contact form in a real browser: on a telephone, in the dark, without script, by keyboard."""

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from cms.models import (
    ContactField,
    ContactMessage,
    ContactPage,
    OrganisationIndexPage,
    PeopleIndexPage,
    PracticeIndexPage,
    PracticePage,
    ShownPerson,
    Theme,
)
from tests.browser import browser, new_page, open_at
from tests.cms.pages import published
from tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    PartnershipFactory,
    PersonFactory,
    PopulationFactory,
    PositionFactory,
)

__all__ = ["browser"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}
FIELDS = [
    ("Adınız", "singleline"),
    ("E-posta", "email"),
    ("Nasıl?", "radio"),
    ("Konu", "dropdown"),
    ("Mesaj", "multiline"),
]
TEXTS = {"problem": "<p>Sorun</p>", "action": "<p>Yapılan</p><ul><li>Bir</li></ul>", "result": "<p>Sonuç</p>"}


@pytest.fixture
def site(live_server: Any) -> str:
    """One of each page with something on it."""
    for number in range(16):
        house = MembershipFactory(organisation__name_tr=f"{'AÇŞ'[number % 3]}lan {number} Belediyesi").organisation
        PopulationFactory(organisation=house)
        person = PositionFactory(person=PersonFactory(biography_tr="Anlatı"), organisation=house).person
        ShownPerson.objects.create(person=person, ground="office", biography_shown=not number)
    abroad = OrganisationFactory(country="DE", native_name="Stadt Lindenau", website="https://lindenau.example/")
    PartnershipFactory(parties=[house, abroad])
    published(OrganisationIndexPage(title="Üyeler", slug="uyeler", shown="partners"))
    published(PeopleIndexPage(title="Kişiler", slug="kisiler"))
    _practices([house, abroad, house])
    contact = ContactPage(
        title="İletişim",
        slug="iletisim",
        recipients="a@sample.example",
        notice="<p>Aydınlatma</p>",
        consent="<p>Bülten</p>",
    )
    for order, (label, kind) in enumerate(FIELDS):
        contact.form_fields.add(
            ContactField(label=label, field_type=kind, choices="Bir\nİki", help_text="Yardım", sort_order=order)
        )
    published(contact)
    return str(live_server.url)


def _practices(houses: list[Any]) -> None:
    index = published(PracticeIndexPage(title="Uygulamalar", slug="uygulamalar"))
    theme = Theme.objects.create(name_tr="İklim", name_en="Climate")
    for number, house in enumerate(houses):
        page = PracticePage(
            title=f"Uygulama {number}", year=2025, organisation=house, theme=theme, cost=1000, reached=30,
            contact="Birim", contact_email="birim@sample.example", **TEXTS,
        )  # fmt: skip
        published(page, index)


def _send_nothing(page: Page, site: str) -> None:
    """The form with all that can be wrong with it."""
    open_at(page, f"{site}/tr/iletisim/")
    page.get_by_role("button", name="Gönder").click()
    expect(page.get_by_role("alert")).to_be_visible()


def test_a_message_is_sent_without_script_after_its_errors_were_read(browser: Browser, site: str) -> None:
    page = new_page(browser, java_script_enabled=False, viewport=PHONE)
    page.goto(f"{site}/tr/iletisim/")
    page.get_by_label("Mesaj").fill("Merhaba")
    page.get_by_label("E-posta").fill("ayse@localhost")
    page.get_by_role("button", name="Gönder").click()
    summary = page.get_by_role("alert")
    expect(summary.get_by_role("link")).to_have_text(["Adınız", "E-posta", "Nasıl?", "Konu"])
    expect(page.get_by_label("Mesaj")).to_have_value("Merhaba")
    summary.get_by_role("link", name="E-posta").click()
    expect(page).to_have_url(re.compile("#id_e_posta$"))
    page.get_by_label("E-posta").fill("ayse@sample.example")
    page.get_by_label("Adınız").fill("Ayşe Örnek")
    page.get_by_label("İki").check()
    page.get_by_label("Konu").select_option("Bir")
    # Nobody fills a form in within a second: what does is thrown away.
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=1)):
        page.get_by_role("button", name="Gönder").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Mesajınız gönderildi")
    assert ContactMessage.objects.get().form_data == {
        "adiniz": "Ayşe Örnek",
        "e_posta": "ayse@sample.example",
        "nasil": "İki",
        "konu": "Bir",
        "mesaj": "Merhaba",
    }
    page.context.close()


def test_the_keyboard_gets_to_what_is_wrong_and_from_there_to_the_field(browser: Browser, site: str) -> None:
    page = new_page(browser)
    _send_nothing(page, site)
    expect(page.locator(".form-summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#id_adiniz")).to_be_focused()
    assert page.locator(".trap input").evaluate("element => element.tabIndex") == -1
    page.context.close()


def test_what_is_pressed_on_a_touch_screen_is_large_enough(browser: Browser, site: str) -> None:
    page = new_page(browser, viewport=PHONE, has_touch=True, is_mobile=True)
    small = []
    for path, what in (
        ("/tr/iletisim/", ".form input:not([type=hidden], .trap input, [type=radio], [type=checkbox])"),
        ("/tr/iletisim/", ".form select, .form textarea, .form button, .form label:has(input)"),
        ("/tr/uyeler/", ".letters a"),
        ("/tr/uygulamalar/", ".choices label, .choices button"),
    ):
        open_at(page, site + path)
        boxes = page.locator(what).evaluate_all(
            "all => all.map(each => [each.outerHTML, each.getBoundingClientRect().height])"
        )
        assert boxes
        small += [html for html, height in boxes if height < 44]
    assert small == []
    page.context.close()


def test_two_practices_are_ticked_and_seen_below_one_another_on_a_phone(browser: Browser, site: str) -> None:
    page = new_page(browser, java_script_enabled=False, viewport=PHONE)
    page.goto(f"{site}/tr/uygulamalar/")
    for name in ("Uygulama 0", "Uygulama 2"):
        page.get_by_label(f"Karşılaştır: {name}").check()
    page.get_by_role("button", name="Yan yana karşılaştır").click()
    expect(page.get_by_role("rowheader", name="Sorun")).to_be_visible()
    cells = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Sorun")).get_by_role("cell")
    first, second = (cells.nth(number).bounding_box() for number in range(2))
    assert first
    assert second
    assert (first["x"], first["y"] + first["height"] <= second["y"]) == (second["x"], True)
    expect(cells).to_have_text([re.compile(r"^\s*Uygulama\s+0\b"), re.compile(r"^\s*Uygulama\s+2\b")])
    page.get_by_role("link", name="Başkalarını seç").click()
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(2)
    page.context.close()
