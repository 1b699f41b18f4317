"""A page's life in two languages, by hand in a browser: written, previewed, published, translated, changed, made true again."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from wagtail.models import Page as TreePage

from cms.models import StandardPage
from tests.browser import PATIENCE, new_page, open_at
from tests.cms.pages import home, published, translated
from tests.factories import UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TITLE, LEAD = "Kentler arası çağrı", "Bütün üyeler başvurabilir."
ENGLISH = {
    TITLE: "Call between cities",
    LEAD: "All members may apply.",
    "Ne isteniyor?": "What is asked for?",
    "Bir mektup yeter.": "A letter is enough.",
}
NEW_LEAD, NEW_LEAD_ENGLISH = "Üyeler ve ortaklar başvurabilir.", "Members and partners may apply."
#: What stands on the buttons that are pressed here, in the language of whoever presses them.
SAYS = {
    "en": {
        "title": "Title",
        "lead": "Lead",
        "heading": "Heading",
        "text": "Text",
        "more": "More actions",
        "publish": "Publish",
        "submit": "Submit",
        "english": "English",
        "translate": "Translate",
        "save": "Save",
        "preview": "Preview",
        "publish_english": "Publish in English",
        "panel": "Pages: the other language",
        "missing": "no English page",
        "left": "4 of 4 texts to translate",
        "stale": "1 of 4 texts to translate",
        "warning": "The other language: no English page.",
        "unseen": "All texts are translated. The public does not see them yet.",
        "ask": "Ask for approval",
        "with": "This translation is with those who approve it.",
        "review": "Awaiting your review",
        "actions": "Actions",
        "approve": "Approve",
        "checks": ["Incorrect heading hierarchy", "No English page", "There is no lead"],
    },
    "tr": {
        "title": "Başlık",
        "lead": "Spot",
        "heading": "Başlık",
        "text": "Metin",
        "more": "Daha fazla işlem",
        "publish": "Yayımla",
        "translate": "Çevir",
        "save": "Kaydet",
        "preview": "Önizleme",
        "panel": "Sayfalar: öteki dil",
        "unseen": "Bütün metinler çevrildi. Ziyaretçiler bunları henüz görmüyor.",
        "ask": "Onaya gönder",
        "with": "Bu çeviri, onaylayacak kişilerde.",
        "review": "İncelemenizi bekliyor",
        "actions": "İşlemler",
        "approve": "Onayla",
        "checks": ["Spot yok", "Yanlış başlık hiyerarşisi", "İngilizce sayfa yok"],
    },
}


@pytest.fixture(autouse=True)
def _drafts_are_saved_by_hand(settings: Any) -> None:
    """A draft that saves itself while the page is being published is a race that depends on the machine."""
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0


class Desk:
    """Somebody at the admin, in a browser of their own."""

    def __init__(self, browser: Browser, url: str, language: str, **who: bool) -> None:
        self.url, self.says = url, SAYS[language]
        locale = {"en": "en-GB", "tr": "tr-TR"}[language]
        self.page = new_page(browser, locale=locale, viewport={"width": 1280, "height": 900})
        user = UserFactory(**who)
        self.open("/admin/login/?next=/admin/")
        self.page.locator("#id_username").fill(user.username)
        self.page.locator("#id_password").fill("gizli-kelime")
        self.page.locator("form button[type=submit]").click()
        expect(self.page).to_have_url(f"{url}/admin/")

    def open(self, path: str) -> None:
        open_at(self.page, self.url + path)

    def press(self, name: str, within: Locator | None = None) -> None:
        (within or self.page).get_by_role("button", name=self.says[name], exact=True).first.click()

    def add_block(self, name: str) -> None:
        """One more at the end of the page's content."""
        self.page.locator(".c-sf-add-button").last.click()
        self.page.get_by_role("option", name=self.says[name], exact=True).click()

    def write_turkish(self, lead: str = LEAD) -> None:
        """A title, a lead, a heading and a paragraph."""
        self.open(f"/admin/pages/add/cms/standardpage/{home().pk}/")
        self.page.locator("#id_title").fill(TITLE)
        self.page.locator("#id_search_description").fill(lead)
        self.add_block("heading")
        self.page.locator("[name='body-0-value-text']").fill("Ne isteniyor?")
        self.add_block("text")
        paragraph = self.page.locator("[data-contentpath] .public-DraftEditor-content").first
        paragraph.click()
        self.page.keyboard.type("Bir mektup yeter.")
        # The editor hands over what was typed a moment later.
        expect(self.page.locator("[name='body-1-value']")).to_have_value(re.compile("Bir mektup yeter"))

    def seen_in_preview(self) -> Locator:
        """The panel beside the editor."""
        self.page.locator("[data-side-panel-toggle=preview]").click()
        return self.page.frame_locator("#w-preview-iframe").locator("main")

    def publish(self) -> None:
        self.press("more", self.page.locator(".footer"))
        self.press("publish", self.page.locator(".footer"))
        expect(self.page).to_have_url(f"{self.url}/admin/pages/{home().pk}/")

    def translate(self, source: str, english: str) -> None:
        """One text, side by side; it is left only when the server has it."""
        left = self.page.locator(".js-translation-editor li.incomplete").filter(has_text=source)
        self.press("translate", left)
        left.locator("textarea, [contenteditable=true]").first.fill(english)
        self.press("save", left)
        expect(left).to_have_count(0)

    def lagging(self) -> list[str]:
        """What the first page says of pages and their other language."""
        self.open("/admin/")
        rows = self.page.locator("section").filter(has=self.page.get_by_role("heading", name=self.says["panel"]))
        return [" ".join(row.split()) for row in rows.locator("li").all_inner_texts()]


def told(page: Page) -> Locator:
    """What the admin says above everything else."""
    return page.locator(".messages")


def public(desk: Desk, path: str) -> Locator:
    """What a visitor reads there, who is not logged in."""
    page = new_page(desk.page.context.browser or pytest.fail("no browser"))
    open_at(page, desk.url + path)
    return page.locator("main")


def test_a_page_in_both_languages_from_its_first_draft_to_a_later_change(browser: Browser, live_server: Any) -> None:
    """A moderator, who publishes; the stale mark shows at the change and goes with the new translation."""
    desk = Desk(browser, live_server.url, "en", moderator=True)
    page, says = desk.page, desk.says
    desk.write_turkish()
    expect(desk.seen_in_preview()).to_contain_text("Bir mektup yeter.", timeout=PATIENCE)
    desk.publish()
    expect(told(page)).to_contain_text(says["warning"])
    turkish = TreePage.objects.get(slug="kentler-arasi-cagri")
    assert desk.lagging() == [f"{TITLE} {says['missing']}"]

    page.get_by_role("link", name=TITLE, exact=True).first.click()
    page.get_by_label(says["english"]).check()
    page.locator("form input[type=submit]").click()
    expect(told(page)).to_contain_text(says["left"])
    for source, english in ENGLISH.items():
        desk.translate(source, english)
    with page.expect_popup() as opened:
        page.locator(".footer").get_by_role("link", name=says["preview"], exact=True).click()
    expect(opened.value.locator("main")).to_contain_text("A letter is enough.")
    opened.value.close()
    desk.press("publish_english", page.locator(".footer"))
    expect(told(page)).to_contain_text("Published")
    assert desk.lagging() == []
    expect(public(desk, "/en/call-between-cities/")).to_contain_text("All members may apply.")

    desk.open(f"/admin/pages/{turkish.pk}/edit/")
    page.locator("#id_search_description").fill(NEW_LEAD)
    desk.publish()
    assert desk.lagging() == [f"{TITLE} {says['stale']}"]
    page.get_by_role("link", name=TITLE, exact=True).first.click()
    expect(told(page)).to_contain_text(says["stale"])
    expect(page.locator(".js-translation-editor li.incomplete")).to_have_count(1)
    expect(public(desk, "/en/call-between-cities/")).to_contain_text("All members may apply.")
    desk.translate(NEW_LEAD, NEW_LEAD_ENGLISH)
    desk.press("publish_english", page.locator(".footer"))
    expect(told(page)).to_contain_text("Published")
    assert desk.lagging() == []
    expect(public(desk, "/en/call-between-cities/")).to_contain_text(NEW_LEAD_ENGLISH)
    page.context.close()


@pytest.mark.parametrize("language", ["en", "tr"])
def test_the_editor_is_told_what_a_page_lacks(browser: Browser, live_server: Any, language: str) -> None:
    """In the language of whoever writes, beside the page and before anybody else sees it."""

    def heading(level: str) -> dict[str, Any]:
        return {"type": "heading", "value": {"text": "Ne isteniyor?", "level": level}}

    turkish = published(StandardPage(title=TITLE, slug="cagri", body=json.dumps([heading("h3")])))
    desk = Desk(browser, live_server.url, language, editor=True)
    desk.open(f"/admin/pages/{turkish.pk}/edit/")
    desk.page.locator("[data-side-panel-toggle=checks]").click()
    names = desk.page.locator("[data-checks-panel] [data-content-checker-name]")
    expect(names).to_have_count(3)
    assert sorted(names.all_inner_texts()) == desk.says["checks"]

    turkish.search_description, turkish.body = LEAD, json.dumps([heading("h2"), heading("h3")])
    turkish.save_revision().publish()
    translated(turkish, ENGLISH)
    desk.open(f"/admin/pages/{turkish.pk}/edit/")
    expect(desk.page.frame_locator("#w-preview-iframe").locator("main h3")).to_have_count(1)
    expect(names).to_have_count(0)
    desk.page.context.close()


def test_an_editor_translates_and_a_moderator_approves(browser: Browser, live_server: Any) -> None:
    """In Turkish: the way out for whoever may not publish, and where it arrives."""
    turkish = published(StandardPage(title=TITLE, slug="cagri", search_description=LEAD))
    english = translated(turkish, {TITLE: ENGLISH[TITLE]}, publish=False)
    desk = Desk(browser, live_server.url, "tr", editor=True)
    desk.open(f"/admin/pages/{english.pk}/edit/")
    # Neither a button that would end the translation nor one that would make it a copy stands where publishing would.
    expect(desk.page.locator(".footer").get_by_role("link", name=desk.says["preview"], exact=True)).to_be_visible()
    assert [each.is_visible() for each in desk.page.locator(".footer button").all()] == [False, False]
    # The one word that the editor's own script has in English.
    expect(desk.page.locator(".footer .w-dropdown__toggle .w-sr-only")).to_have_text(desk.says["more"])
    desk.translate(LEAD, ENGLISH[LEAD])
    desk.open(f"/admin/pages/{english.pk}/edit/")
    expect(told(desk.page)).to_contain_text(desk.says["unseen"])
    told(desk.page).get_by_role("link", name=desk.says["ask"]).click()
    desk.press("ask")
    expect(told(desk.page)).to_contain_text(desk.says["with"])
    desk.page.context.close()

    desk = Desk(browser, live_server.url, "tr", moderator=True)
    panel = desk.page.locator("section").filter(has=desk.page.get_by_role("heading", name=desk.says["review"]))
    expect(panel).to_contain_text(ENGLISH[TITLE])
    desk.press("actions", panel)
    desk.press("approve", panel)
    expect(panel).to_have_count(0)
    expect(public(desk, "/en/call-between-cities/")).to_contain_text(ENGLISH[LEAD])
    desk.page.context.close()
