"""A crowd for few seats, over HTTP, against a served site: never one too many, nobody twice, no error."""

import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from events.models import Event, Message, Registration, RegistrationSettings
from events.models.base import new_key
from events.registration.letters import path_of as key_path
from events.registration.shown import Shown, shown_before
from events.views.registration.filling import LIMIT
from tests import smtp_sink
from tests.events.registration.applying import taking
from tests.events.registration.browsing import path_of, seal_in
from tests.events.registration.crowd import Browser, all_at_once, served
from tests.events.registration.crowd_workers import Workers, broker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.early]


def look_at_form(event: Event, port: int, people: int, network: str = "") -> list[Browser]:
    """So many people open the form and read it."""
    browsers = [Browser(port, network) for _each in range(people)]

    def look(browser: Browser) -> None:
        status, html, _location = browser.ask("GET", path_of(event))
        assert status == 200
        browser.fields["x-shown"] = seal_in(html)

    all_at_once(look, browsers)
    time.sleep(3)  # whoever is faster is asked to press once more: that is no part of this test
    return browsers


def send_forms(event: Event, browsers: list[Browser], name: str = "kisi") -> list[Any]:
    """They send it at the same moment, every tenth of them twice; gives the worst answer of each."""

    def send(number: int) -> tuple[int, str]:
        fields = {"name": f"Kişi {number}", "email": f"{name}{number}@sample.example"}
        times = 1 + (number % 10 == 0)
        answers = [browsers[number].ask("POST", path_of(event), fields) for _time in range(times)]
        return max((answer[0], answer[2]) for answer in answers)

    return all_at_once(send, list(range(len(browsers))))


def confirm(link: str, port: int) -> tuple[int, int]:
    """Follow the link of the letter and press its button."""
    browser = Browser(port)
    _status, _text, own = browser.ask("GET", link)
    shown = browser.ask("GET", own)[0]
    return shown, browser.ask("POST", own, {"act": "verify"})[0]


def check_seats(event: Event, people: int, seats: int) -> list[str]:
    """So many sit, all others stand in line from one on, each once and with one letter; gives the links of who sits."""
    rows = Registration.objects.filter(event=event)
    assert Counter(rows.values_list("state", "seat")) == {
        ("unverified", True): seats,
        ("waitlisted", False): people - seats,
    }
    numbers = list(rows.waiting().values_list("waiting_number", flat=True))
    assert numbers == list(range(1, people - seats + 1))
    assert rows.values("person_key").distinct().count() == people
    letters = Counter(Message.objects.filter(event=event).values_list("person_key", flat=True))
    assert (len(letters), set(letters.values())) == (people, {1})
    assert RegistrationSettings.objects.get().taken == seats
    return [key_path(row, "en") for row in rows.filter(seat=True).select_related("event__public")]


def check_confirmed(event: Event, people: int, seats: int) -> None:
    rows = Registration.objects.filter(event=event)
    assert Counter(rows.values_list("state", flat=True)) == {"confirmed": seats, "waitlisted": people - seats}
    assert RegistrationSettings.objects.get().taken == seats


def sent() -> int:
    return Message.objects.filter(state="sent").count()


def wait_until_sent(letters: int) -> None:
    end = time.monotonic() + 300
    while sent() < letters:
        assert time.monotonic() < end, f"{sent()} of {letters} letters were sent"
        time.sleep(0.05)


@pytest.mark.postgres
@pytest.mark.redis
def test_four_hundred_for_twenty_five_seats_while_workers_die_and_the_broker_is_away(tmp_path: Path) -> None:
    """Ten workers are killed and Redis is away for 20 seconds: nobody sees an error, and every letter arrives."""
    people, seats, kills = 400, 25, 10
    event = taking(capacity=seats)
    with (
        smtp_sink.serving() as sink,
        broker(tmp_path) as own,
        served(redis=own.url) as port,
    ):
        workers = Workers(smtp=sink.port, redis=own.url, done=sent)
        browsers = look_at_form(event, port, people)
        with workers.killed(kills):
            back = own.stop_for(20)
            answers = send_forms(event, browsers)
            back.join()
        assert Counter(answers) == {(302, f"{path_of(event)}?sent"): people}
        links = check_seats(event, people, seats)
        assert set(all_at_once(lambda link: confirm(link, port), links)) == {(200, 302)}
        with workers.at_work():
            wait_until_sent(people + seats)
    check_confirmed(event, people, seats)
    arrived = Counter(letter["Message-ID"] for letter in sink.letters)
    assert workers.kills == kills
    assert set(arrived) == set(Message.objects.filter(event=event).values_list("message_id", flat=True))
    assert sum(arrived.values()) - len(arrived) <= kills


def test_a_hundred_for_ten_seats() -> None:
    people, seats = 100, 10
    event = taking(capacity=seats)
    with served() as port:
        answers = send_forms(event, look_at_form(event, port, people))
        assert Counter(answers) == {(302, f"{path_of(event)}?sent"): people}
        links = check_seats(event, people, seats)
        assert set(all_at_once(lambda link: confirm(link, port), links)) == {(200, 302)}
    check_confirmed(event, people, seats)


@pytest.mark.postgres
def test_without_the_lock_too_many_sit_down() -> None:
    """The control run: were the lock not needed, the tests above would prove nothing."""
    event = taking(capacity=25)
    with served(unlocked=True) as port:
        send_forms(event, look_at_form(event, port, 100))
    assert Registration.objects.filter(event=event, seat=True).count() > 25


def forms_of(browser: Browser, forms: int) -> list[str]:
    """So many forms of an event, as a robot makes them of the one that it saw."""
    seen = shown_before(browser.fields["x-shown"])
    assert seen is not None
    return [Shown(seen.at, new_key() + new_key(), seen.texts).seal() for _each in range(forms)]


@pytest.mark.redis
def test_a_municipality_behind_one_address_gets_in_and_a_flood_does_not(tmp_path: Path) -> None:
    """Limits as in production, counted together by four processes: a council registers at once, a flood is stopped."""
    # At the turn of the hour the count begins anew, once.
    event, people, flood, refused = taking(), 100, 2 * LIMIT.most + 5, 5
    council, robot = "203.0.113.7", "203.0.113.99"
    taken = (302, f"{path_of(event)}?sent")
    with broker(tmp_path) as own, served(redis=own.url, limits=True) as port:
        assert Counter(send_forms(event, look_at_form(event, port, people, council))) == {taken: people}
        assert Registration.objects.filter(event=event).count() == people
        (browser,) = look_at_form(event, port, 1, robot)
        answers = Counter()
        for number, form in enumerate(forms_of(browser, flood)):
            fields = {"name": f"Yığın {number}", "email": f"yigin{number}@sample.example", "x-shown": form}
            status, _text, location = browser.ask("POST", path_of(event), fields)
            answers[status, location] += 1
            if answers[429, ""] == refused:
                break
        assert set(answers) == {taken, (429, "")}
        assert answers[429, ""] == refused
        # Who comes from elsewhere in the meantime is not held up.
        assert send_forms(event, look_at_form(event, port, 1, "198.51.100.4"), "baska") == [taken]
