"""Conditions on numbers, days and files as the page's script follows them: the same as the server (test_conditions.py)."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from events.models import Registration
from events.registration.answering import read_answers
from tests.browser import new_page
from tests.events.registration.applying import taking
from tests.events.registration.browsing import path_of
from tests.events.registration.files import picture
from tests.events.registration.test_registering_browser import WORDS, send
from tests.factories import QuestionFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_questions_come_and_go_with_numbers_days_and_files(browser: Browser, live_server: Any, tmp_path: Path) -> None:
    event = taking()
    nights = QuestionFactory(event=event, kind="number", label_en="Nights")
    arrival = QuestionFactory(event=event, kind="date", label_en="Arrival")
    photo = QuestionFactory(event=event, kind="file", label_en="Photograph")
    tests = [
        {"question": nights.key, "is": "more", "value": "2"},
        {"question": arrival.key, "is": "less", "value": "2027-06-10"},
    ]
    hotel = QuestionFactory(event=event, label_en="Hotel", condition={"match": "all", "tests": tests})
    QuestionFactory(event=event, label_en="Early bus", condition={"match": "any", "tests": tests})
    caption = QuestionFactory(
        event=event, label_en="Caption", required=True, condition={"tests": [{"question": photo.key, "is": "answered"}]}
    )
    page = new_page(browser, base_url=live_server.url)
    page.goto(path_of(event))
    shown = {name: page.get_by_label(name, exact=False) for name in ("Hotel", "Early bus", "Caption")}

    def stands(hotel: bool, bus: bool, caption: bool) -> None:
        for name, visible in (("Hotel", hotel), ("Early bus", bus), ("Caption", caption)):
            expect(shown[name]).to_be_visible(visible=visible)

    stands(False, False, False)
    page.get_by_label("Nights").fill("10")
    stands(False, True, False)
    page.get_by_label("Arrival").fill("2027-06-09")
    stands(True, True, False)
    page.get_by_label("Nights").fill("1,5")
    stands(False, True, False)
    page.get_by_label("Arrival").fill("2027-06-10")
    stands(False, False, False)
    page.get_by_label("Nights").fill("2,5")
    page.get_by_label("Arrival").fill("2027-06-01")
    shown["Hotel"].fill("Ihlamur")
    (tmp_path / "photo.jpg").write_bytes(picture())
    page.get_by_label("Photograph").first.set_input_files(tmp_path / "photo.jpg")
    stands(True, True, True)
    page.get_by_label("Name", exact=True).fill("Ayşe Örnek")
    page.get_by_label("E-mail").fill("ayse@sample.example")
    page.get_by_role("button", name="Register", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Caption")
    stands(True, True, True)  # the file is kept, and so it is answered
    shown["Caption"].fill("In Işıklar")
    send(page, WORDS["en"])
    page.context.close()
    answers = read_answers(Registration.objects.get())
    assert {each.key: answers[each.key] for each in (nights, arrival, hotel, caption)} == {
        nights.key: "2.5",
        arrival.key: "2027-06-01",
        hotel.key: "Ihlamur",
        caption.key: "In Işıklar",
    }
