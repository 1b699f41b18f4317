"""Conditions on numbers, days and files as the page's script follows them: the same as the server (test_conditions.py)."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from events.models import Event, Registration
from events.registration.answering import read_answers
from tests.browser import new_page
from tests.events.registration.applying import taking
from tests.events.registration.browsing import path_of
from tests.events.registration.files import picture
from tests.events.registration.test_registering_browser import WORDS, send
from tests.factories import QuestionFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def event() -> Event:
    """A hotel for those who stay long and come early, a bus for either of them, and a caption for a photograph."""
    found = taking()
    nights = QuestionFactory(event=found, kind="number", label_en="Nights")
    arrival = QuestionFactory(event=found, kind="date", label_en="Arrival")
    photo = QuestionFactory(event=found, kind="file", label_en="Photograph")
    tests = [
        {"question": nights.key, "is": "more", "value": "2"},
        {"question": arrival.key, "is": "less", "value": "2027-06-10"},
    ]
    QuestionFactory(event=found, label_en="Hotel", condition={"match": "all", "tests": tests})
    QuestionFactory(event=found, label_en="Early bus", condition={"match": "any", "tests": tests})
    answered = {"tests": [{"question": photo.key, "is": "answered"}]}
    QuestionFactory(event=found, label_en="Caption", required=True, condition=answered)
    return found


def stands(page: Page, *, hotel: bool, bus: bool, caption: bool) -> None:
    """Which of the questions that depend on others are seen."""
    for name, visible in (("Hotel", hotel), ("Early bus", bus), ("Caption", caption)):
        expect(page.get_by_label(name, exact=False)).to_be_visible(visible=visible)


def test_questions_come_and_go_with_numbers_days_and_files(
    event: Event, browser: Browser, live_server: Any, tmp_path: Path
) -> None:
    page = new_page(browser, base_url=live_server.url)
    page.goto(path_of(event))
    stands(page, hotel=False, bus=False, caption=False)
    page.get_by_label("Nights").fill("10")
    stands(page, hotel=False, bus=True, caption=False)
    page.get_by_label("Arrival").fill("2027-06-09")
    stands(page, hotel=True, bus=True, caption=False)
    page.get_by_label("Nights").fill("1,5")
    stands(page, hotel=False, bus=True, caption=False)
    page.get_by_label("Arrival").fill("2027-06-10")
    stands(page, hotel=False, bus=False, caption=False)
    page.get_by_label("Nights").fill("2,5")
    page.get_by_label("Arrival").fill("2027-06-01")
    page.get_by_label("Hotel", exact=False).fill("Ihlamur")
    (tmp_path / "photo.jpg").write_bytes(picture())
    page.get_by_label("Photograph").first.set_input_files(tmp_path / "photo.jpg")
    stands(page, hotel=True, bus=True, caption=True)
    page.get_by_label("Name", exact=True).fill("Ayşe Örnek")
    page.get_by_label("E-mail").fill("ayse@sample.example")
    page.get_by_role("button", name="Register", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Caption")
    stands(page, hotel=True, bus=True, caption=True)  # the file is kept, and so it is answered
    page.get_by_label("Caption", exact=False).fill("In Işıklar")
    send(page, WORDS["en"])
    page.context.close()
    answers = read_answers(Registration.objects.get())
    told = {each.label_en: answers.get(each.key) for each in event.questions.exclude(kind="file")}
    assert told == {
        "Nights": "2.5",
        "Arrival": "2027-06-01",
        "Hotel": "Ihlamur",
        "Early bus": None,
        "Caption": "In Işıklar",
    }
