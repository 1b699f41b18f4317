"""A crowd for few seats, over HTTP, against a served site: never one too many, nobody twice, no error."""

import time
from collections import Counter
from typing import Any

import pytest

from events.models import Event, Message, Registration, RegistrationSettings
from events.registration.letters import path_of as key_path
from tests.events.registration.applying import taking
from tests.events.registration.browsing import path_of, seal_in
from tests.events.registration.crowd import Browser, all_at_once, served

pytestmark = pytest.mark.django_db(transaction=True)


def come(event: Event, port: int, people: int) -> list[Any]:
    """So many people open the form, read it, and send it at the same moment, every tenth of them twice."""
    path = path_of(event)
    browsers = [Browser(port) for _each in range(people)]

    def look(browser: Browser) -> None:
        status, html, _location = browser.ask("GET", path)
        assert status == 200
        browser.fields["x-shown"] = seal_in(html)

    def send(number: int) -> tuple[int, str]:
        fields = {"name": f"Kişi {number}", "email": f"kisi{number}@sample.example"}
        answers = [browsers[number].ask("POST", path, fields) for _time in range(1 + (number % 10 == 0))]
        return max((answer[0], answer[2]) for answer in answers)

    all_at_once(look, browsers)
    time.sleep(3)  # whoever is faster is asked to press once more: that is no part of this test
    return all_at_once(send, list(range(people)))


def confirm(link: str, port: int) -> tuple[int, int]:
    """Follow the link of the letter and press its button."""
    browser = Browser(port)
    _status, _text, own = browser.ask("GET", link)
    shown = browser.ask("GET", own)[0]
    return shown, browser.ask("POST", own, {"act": "verify"})[0]


def check_crowd(people: int, seats: int) -> None:
    event = taking(capacity=seats)
    with served() as port:
        answers = come(event, port, people)
        assert Counter(answers) == {(302, f"{path_of(event)}?sent"): people}
        rows = Registration.objects.filter(event=event)
        assert Counter(rows.values_list("state", "seat")) == {
            ("unverified", True): seats,
            ("waitlisted", False): people - seats,
        }
        numbers = list(rows.waiting().values_list("waiting_number", flat=True))
        assert numbers == list(range(1, people - seats + 1))
        assert rows.values("person_key").distinct().count() == people
        assert Message.objects.filter(event=event).count() == people
        assert RegistrationSettings.objects.get().taken == seats
        links = [key_path(row, "en") for row in rows.filter(seat=True).select_related("event__public")]
        assert set(all_at_once(lambda link: confirm(link, port), links)) == {(200, 302)}
    assert Counter(rows.values_list("state", flat=True)) == {"confirmed": seats, "waitlisted": people - seats}
    assert RegistrationSettings.objects.get().taken == seats


@pytest.mark.postgres
def test_four_hundred_for_twenty_five_seats() -> None:
    check_crowd(400, 25)


def test_a_hundred_for_ten_seats() -> None:
    check_crowd(100, 10)


@pytest.mark.postgres
def test_without_the_lock_too_many_sit_down() -> None:
    """The control run: were the lock not needed, the tests above would prove nothing."""
    event = taking(capacity=25)
    with served(unlocked=True) as port:
        come(event, port, 200)
    assert Registration.objects.filter(event=event, seat=True).count() > 25
