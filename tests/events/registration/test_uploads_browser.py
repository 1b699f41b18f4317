"""A delegate on a phone sends a file and, once confirmed, the details; in either language, with and without script."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from events.models import Event, Registration
from events.registration.answering import read_answers
from events.registration.letters import path_of as key_path
from tests.browser import new_page
from tests.events.registration.applying import taking
from tests.events.registration.browsing import path_of
from tests.events.registration.files import paper, picture
from tests.events.registration.test_registering_browser import PHONE, WORDS, send, well_made
from tests.factories import QuestionFactory, WordingFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MORE = {
    "en": {
        "scan": "Passport scan",
        "no_file": "This is no PDF, JPEG or PNG",
        "kept": "Kept: Pasaport taraması.pdf (PDF, 0.1 MB)",
        "diet": "Allergies",
        "agree": "I agree to this.",
        "consent": "only with your consent",
        "still": "Still missing: “Do you fly?”, “Flight” and “Photograph”.",
        "complete": "Complete my details",
        "flies": "Yes",
        "flight": "Flight",
        "photo": "Photograph",
        "save": "Save my details",
        "saved": "Your details are saved",
    },
    "tr": {
        "scan": "Pasaport taraması",
        "no_file": "PDF, JPEG ya da PNG değil",
        "kept": "Dosyanız duruyor: Pasaport taraması.pdf (PDF, 0,1 MB)",
        "diet": "Alerjiler",
        "agree": "Kabul ediyorum.",
        "consent": "rızanızla saklanır",
        "still": "Eksik olanlar: “Uçakla mı geliyorsunuz?”, “Uçuş” ve “Fotoğraf”.",
        "complete": "Bilgilerimi tamamla",
        "flies": "Evet",
        "flight": "Uçuş",
        "photo": "Fotoğraf",
        "save": "Ayrıntıları kaydet",
        "saved": "Bilgileriniz kaydedildi",
    },
}


@pytest.fixture
def event() -> Event:
    """Asks for a passport and, with consent, for allergies; later for the flight and a photograph."""
    found = taking(capacity=3)
    consent = WordingFactory(event=found, title_tr="Beslenme", title_en="Diet")
    QuestionFactory(
        event=found,
        kind="file",
        required=True,
        sensitive=True,
        label_tr="Pasaport taraması",
        label_en="Passport scan",
    )
    facts = {"sensitive": True, "legal_basis": "consent", "consent": consent}
    QuestionFactory(event=found, label_tr="Alerjiler", label_en="Allergies", **facts)
    flies = QuestionFactory(
        event=found, stage="details", kind="yes_no", label_tr="Uçakla mı geliyorsunuz?", label_en="Do you fly?"
    )
    condition = {"match": "all", "tests": [{"question": flies.key, "is": "differs", "value": False}]}
    QuestionFactory(
        event=found, stage="details", required=True, label_tr="Uçuş", label_en="Flight", condition=condition
    )
    QuestionFactory(event=found, stage="details", kind="file", label_tr="Fotoğraf", label_en="Photograph")
    return found


@dataclass
class Delegate:
    """Somebody with a phone; what is seen on the way is looked at where scripts run, for axe is one."""

    page: Page
    language: str
    looks: bool
    folder: Path

    @property
    def words(self) -> dict[str, str]:
        return WORDS[self.language] | MORE[self.language]

    def look(self) -> None:
        if self.looks:
            well_made(self.page)

    def choose(self, word: str, name: str, data: bytes) -> None:
        """A file, from the phone."""
        path = self.folder / name
        path.write_bytes(data)
        self.page.get_by_label(self.words[word]).set_input_files(path)

    def registers(self, path: str) -> None:
        """With something that is no paper at first: what was typed stays, and what was sent is kept."""
        page, words = self.page, self.words
        page.goto(path)
        page.get_by_label(words["name"], exact=True).fill("Ayşegül Örnek")
        page.get_by_label(words["email"]).fill("aysegul@sample.example")
        page.get_by_label(words["diet"]).fill("fındık")
        self.choose("scan", "virus.pdf", b"MZ no paper at all")
        press = page.get_by_role("button", name=words["register"], exact=True)
        press.click()
        alert = page.get_by_role("alert")
        expect(alert).to_contain_text(words["no_file"])
        expect(alert).to_contain_text(words["consent"])
        expect(page.get_by_label(words["diet"])).to_have_value("fındık")
        self.choose("scan", "Pasaport taraması.pdf", paper())
        press.click()
        expect(page.get_by_text(words["kept"])).to_be_visible()
        self.look()
        page.get_by_label(words["agree"]).first.check()
        send(page, words)

    def confirms(self, path: str) -> None:
        """And is told what is still missing."""
        self.page.goto(path)
        self.page.get_by_role("button", name=self.words["confirm"]).click()
        expect(self.page.get_by_text(self.words["still"])).to_be_visible()
        self.look()

    def completes(self) -> None:
        """The details, with the flight forgotten at first."""
        page, words = self.page, self.words
        page.get_by_role("link", name=words["complete"]).click()
        page.get_by_label(words["flies"], exact=True).check()
        self.choose("photo", "foto.jpg", picture())
        page.get_by_role("button", name=words["save"]).click()
        expect(page.get_by_role("alert")).to_contain_text(words["flight"])
        self.look()
        page.get_by_label(words["flight"], exact=True).fill("KP 12")
        page.get_by_role("button", name=words["save"]).click()
        expect(page.get_by_text(words["saved"])).to_be_visible()
        self.look()


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("language", ["tr", "en"])
def test_a_file_then_the_details(
    language: str, script: bool, event: Event, browser: Browser, live_server: Any, tmp_path: Path
) -> None:
    page = new_page(browser, viewport=PHONE, base_url=live_server.url, java_script_enabled=script, is_mobile=True)
    delegate = Delegate(page, language, looks=script, folder=tmp_path)
    delegate.registers(path_of(event, language))
    row = Registration.objects.select_related("event__public").get()
    delegate.confirms(key_path(row, language))
    delegate.completes()
    with page.expect_download() as download:
        page.get_by_role("link", name="foto.jpg").click()
    assert Path(download.value.path()).read_bytes()[:3] == b"\xff\xd8\xff"
    page.context.close()
    row.refresh_from_db()
    files = {value["name"]: value["kind"] for value in read_answers(row).values() if isinstance(value, dict)}
    assert (files, row.details_due) == ({"Pasaport taraması.pdf": "pdf", "foto.jpg": "jpeg"}, False)
