"""The way in with a password: who guesses waits, nobody is shut out for good, and no address is flooded with letters."""

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.jobs import run_job
from events.models import Job
from tests.cms.second_factor import PASSWORD, log_in
from tests.factories import UserFactory
from tests.queries import asked

pytestmark = pytest.mark.django_db
FORGOTTEN = "/admin/password_reset/"
TOO_MANY = {"en": "Too many tries. Try again after", "tr": "Çok fazla deneme yapıldı."}


@pytest.fixture
def ceren() -> Any:
    """Ceren writes texts."""
    return UserFactory(editor=True, username="ceren", email="ceren@birlik.example")


GUESS = "tahmin"


def tried(client: Client, name: str, password: str = GUESS, path: str = "/admin/login/", **headers: str) -> Any:
    return client.post(path, {"username": name, "password": password}, **headers)


def said(answer: Any) -> tuple[int, bool]:
    """The status, and whether the page says that and when to try again."""
    html = answer.content.decode()
    found = any(words in html for words in TOO_MANY.values()) and bool(re.search(r"\d\d:\d\d:\d\d", html))
    return answer.status_code, found


@pytest.mark.parametrize("name", ["ceren", "nobody"])
@pytest.mark.parametrize(
    ("path", "language"), [("/admin/login/", "tr"), ("/tr/_util/login/", "tr"), ("/en/_util/login/", "en")]
)
def test_wrong_tries_wait_whether_there_is_such_an_account(ceren: Any, name: str, path: str, language: str) -> None:
    client = Client(headers={"accept-language": language})
    with time_machine.travel(dt.datetime(2027, 3, 1, 9, 0, tzinfo=dt.UTC), tick=False):
        assert [said(tried(client, name, path=path)) for _each in range(6)] == [(200, False)] * 6
        answer = tried(client, name, path=path)
    html = answer.content.decode()
    # The office's clock, three hours ahead.
    assert (answer.status_code, answer["Retry-After"], TOO_MANY[language] in html, "12:00:15" in html) == (
        429,
        "15",
        True,
        True,
    )
    assert (f'value="{name}"' in html, "tahmin" in html) == (True, False)


def test_what_is_refused_is_not_looked_at(ceren: Any) -> None:
    """Of a thousand tries within a minute a handful reach the password; the right one among the rest does not help."""
    client = Client()
    with time_machine.travel(timezone.now(), tick=False):
        found = [tried(client, "Ceren ").status_code for _each in range(7)]
        with CaptureQueriesContext(connection) as queries:
            refused = tried(client, "CEREN", PASSWORD)
    assert (found, said(refused)) == ([200] * 6 + [429], (429, True))
    assert [query["sql"] for query in queries if "auth_user" in query["sql"]] == []


def test_the_wait_grows_to_a_quarter_of_an_hour_and_ends(ceren: Any) -> None:
    client, waits = Client(), []
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _each in range(5):
            tried(client, "ceren")
        for _each in range(9):
            tried(client, "ceren")
            waits.append(int(tried(client, "ceren")["Retry-After"]))
            clock.shift(waits[-1])
        right = tried(client, "ceren", PASSWORD)
    assert waits == [15, 30, 60, 120, 240, 480, 900, 900, 900]
    assert (right.status_code, right["Location"]) == (302, "/admin/")


def test_a_right_password_forgets_the_wrong_ones(ceren: Any) -> None:
    for _each in range(3):
        client = Client()
        assert [tried(client, "ceren").status_code for _each in range(4)] == [200] * 4
        assert tried(client, "ceren", PASSWORD).status_code == 302


@pytest.mark.usefixtures("standing_clock")
def test_nobody_is_shut_out_of_a_device_that_is_known(ceren: Any) -> None:
    """Somebody else keeps guessing, from the same office; who logged in here before still gets in, and may guess no more."""
    known, _answer = log_in(ceren)
    assert (known.cookies["device"]["httponly"], known.cookies["device"]["samesite"]) == (True, "Lax")
    for _each in range(70):
        last = tried(Client(), "ceren")
    assert said(last) == (429, True)
    assert tried(known, "ceren", PASSWORD).status_code == 302
    assert [tried(known, "ceren").status_code for _each in range(7)] == [200] * 6 + [429]
    # It is known to that one account.
    UserFactory(editor=True, username="deniz")
    assert tried(known, "deniz", PASSWORD).status_code == 429


@pytest.mark.usefixtures("standing_clock")
def test_a_network_tries_so_many_names_and_no_more() -> None:
    UserFactory(editor=True, username="n61")
    found = [tried(Client(), f"n{number}").status_code for number in range(60)]
    assert found == [200] * 60
    assert said(tried(Client(), "n61", PASSWORD)) == (429, True)
    elsewhere = tried(Client(REMOTE_ADDR="203.0.113.9"), "n61", PASSWORD)
    assert elsewhere.status_code == 302


def test_without_limits_nobody_waits(ceren: Any, settings: Any) -> None:
    settings.RATE_LIMITS = False
    assert {tried(Client(), "ceren").status_code for _each in range(70)} == {200}


def _letters() -> list[Any]:
    for pk in Job.objects.filter(kind="forgotten_password", state=Job.State.QUEUED).values_list("pk", flat=True):
        run_job(pk)
    return list(mail.outbox)


@pytest.mark.parametrize(("language", "subject"), [("tr", "Parola sıfırlama"), ("en", "Password reset")])
def test_a_forgotten_password_is_made_anew_by_a_letter(ceren: Any, language: str, subject: str) -> None:
    client = Client(headers={"accept-language": language})
    assert client.post(FORGOTTEN, {"email": "ceren@birlik.example"})["Location"] == f"{FORGOTTEN}done/"
    assert mail.outbox == []
    [letter] = _letters()
    assert (letter.subject.lower(), letter.to, "ceren" in letter.body) == (
        subject.lower(),
        ["ceren@birlik.example"],
        True,
    )
    for _each in range(9):
        shut_out = tried(client, "ceren")
    assert shut_out.status_code == 429
    where = client.get(re.findall(r"http\S+(/admin/password_reset/confirm/\S+)", letter.body)[0])["Location"]
    typed = {"new_password1": "yeni-ve-uzun-bir-parola", "new_password2": "yeni-ve-uzun-bir-parola"}
    assert client.post(where, typed)["Location"] == f"{FORGOTTEN}complete/"
    assert tried(client, "ceren", "yeni-ve-uzun-bir-parola").status_code == 302


def test_asking_does_as_much_for_an_address_that_nobody_has(ceren: Any) -> None:
    known, queries = asked(lambda: Client().post(FORGOTTEN, {"email": "ceren@birlik.example"}))
    unknown, as_many = asked(lambda: Client().post(FORGOTTEN, {"email": "nobody@birlik.example"}))
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert (queries, as_many) == (2, 2)
    assert [job.payload for job in Job.objects.order_by("pk")] == [
        {"users": [ceren.pk], "language": "tr"},
        {"users": [], "language": "tr"},
    ]
    assert [letter.to for letter in _letters()] == [["ceren@birlik.example"]]


@pytest.mark.parametrize("address", ["ceren@birlik.example", "nobody@birlik.example"])
def test_three_letters_an_hour_go_to_one_address(ceren: Any, address: str) -> None:
    with time_machine.travel(timezone.now(), tick=False):
        found = [Client(REMOTE_ADDR=f"203.0.113.{n}").post(FORGOTTEN, {"email": address}).status_code for n in range(5)]
        late = Client(headers={"accept-language": "en"}).post(FORGOTTEN, {"email": address})
    assert found == [302, 302, 302, 429, 429]
    assert (said(late), address in late.content.decode()) == ((429, True), True)


def test_a_mail_server_that_refuses_leaves_no_address_with_the_job(ceren: Any, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    Client().post(FORGOTTEN, {"email": "ceren@birlik.example"})
    _letters()
    job = Job.objects.get()
    assert (job.state, job.error) == (
        "queued",
        "ConnectionError: The mail server did not take it: ConnectionRefusedError",
    )
