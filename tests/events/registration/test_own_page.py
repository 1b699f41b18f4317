"""A registered person's page: opened by the key, shows all that is held, acts by buttons alone."""

import json
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from events import addresses
from events.models import Message, PublicEvent, Registration, RegistrationSettings, WordingSeen
from events.periodic import run_due_jobs
from events.registration import cancel, verify
from events.registration.answering import read_answers
from tests.events.registration.applying import apply, states, taking
from tests.events.registration.browsing import enter, fill_in, key_sent, path_of
from tests.factories import QuestionFactory, WordingFactory

pytestmark = pytest.mark.django_db
AYSE = "ayse@sample.example"


def press(client: Client, page: str, act: str) -> str:
    """Press a button; gives the page that follows."""
    return client.post(page, {"act": act}, follow=True).content.decode()


def test_looking_changes_nothing_and_the_button_confirms(client: Client) -> None:
    event = taking()
    fill_in(client, event)
    page = enter(client, AYSE)
    for method in (client.get, client.head):
        method(page)
        method(key_sent(AYSE))
    assert states(event) == {"Ayşe Örnek": "unverified"}
    assert "You are registered" in press(client, page, "verify")
    assert states(event) == {"Ayşe Örnek": "confirmed"}
    assert "You are registered" in press(client, page, "verify")
    assert Message.objects.filter(letter="registration_confirmed").count() == 1


def test_an_event_is_over_by_the_day_where_it_is(client: Client) -> None:
    event = taking()
    day = event.public.starts_on
    PublicEvent.objects.filter(event=event).update(time_zone="America/Los_Angeles", ends_on=day, starts_at=None)
    evening = datetime(day.year, day.month, day.day, 19, tzinfo=ZoneInfo("America/Los_Angeles"))
    with time_machine.travel(evening, tick=False):
        fill_in(client, event)
        page = enter(client, AYSE)
        assert "The event is over" not in client.get(page).content.decode()
    with time_machine.travel(evening + timedelta(hours=6), tick=False):
        assert "The event is over" in client.get(page).content.decode()


def test_only_the_browser_that_the_key_let_in_sees_it(client: Client) -> None:
    event = taking()
    fill_in(client, event)
    page = enter(client, AYSE)
    stranger, other = Client(), Client()
    apply(event, "Bora")
    enter(other, "bora@sample.example")
    for reader in (stranger, other):
        for path in (page, f"{page}change/", f"{page}data.json"):
            assert (reader.get(path).status_code, reader.post(page, {"act": "cancel"}).status_code) == (404, 404)
    assert stranger.get(f"{path_of(event)}k/{'a' * 10}-{'a' * 26}/").status_code == 404
    assert states(event)["Ayşe Örnek"] == "unverified"


def test_a_link_that_opens_nothing_leads_to_where_it_is_sent_again(client: Client) -> None:
    event = taking()
    for language in ("tr", "en"):
        lost = addresses.lost_link_path(event.public.slug, language)
        for path in (f"k/{'a' * 10}-{'a' * 26}/", f"{'a' * 10}/"):
            answer = client.get(f"{path_of(event, language)}{path}")
            assert (answer.status_code, f'href="{lost}"' in answer.content.decode()) == (404, True)
    nowhere = client.get(f"/tr/etkinlikler/yok/kayit/k/{'a' * 10}-{'a' * 26}/")
    assert (nowhere.status_code, "baglanti/" in nowhere.content.decode()) == (404, False)


def test_all_that_is_held_can_be_read_changed_and_taken_along(client: Client) -> None:
    event = taking()
    passport = QuestionFactory(event=event, label_en="Passport number", sensitive=True)
    fill_in(client, event, **{f"q-{passport.key}": "U 123", "organisation": "Işıklar"})
    page = enter(client, AYSE)
    html = client.get(page).content.decode()
    assert [word in html for word in ("Ayşe Örnek", AYSE, "Işıklar", "Passport number", "U 123")] == [True] * 5
    form = client.get(f"{page}change/").content.decode()
    assert ('value="U 123"' in form, 'name="email"' in form) == (True, False)
    client.post(f"{page}change/", {"name": "Ayşe Yeni-Örnek", "organisation": "", f"q-{passport.key}": "U 999"})
    row = Registration.objects.get()
    assert (row.name, row.organisation_name, row.email, read_answers(row)) == (
        "Ayşe Yeni-Örnek",
        "",
        AYSE,
        {passport.key: "U 999"},
    )
    assert client.post(f"{page}change/", {"name": ""}).status_code == 422
    answer = client.get(f"{page}data.json")
    data = json.loads(answer.content)
    assert (data["person"]["name"], data["answers"][0]["answer"], data["registration"]["state"]) == (
        "Ayşe Yeni-Örnek",
        "U 999",
        "unverified",
    )
    assert "attachment" in answer["Content-Disposition"]


def test_a_consent_is_taken_back_and_given_again_and_what_was_stays_written_down(client: Client) -> None:
    event = taking()
    photo = WordingFactory(event=event)
    fill_in(client, event, **{f"c-{photo.key}": "on"})
    page = enter(client, AYSE)
    seen = WordingSeen.objects.get(version__wording=photo)
    assert "Your consent is taken back" in press(client, page, f"withdraw:{seen.pk}")
    assert "Not given" in client.get(page).content.decode()
    press(client, page, f"agree:{photo.key}")
    rows = WordingSeen.objects.filter(version__wording=photo).order_by("pk")
    assert [row.stands for row in rows] == [False, True]


def test_an_offer_is_taken_by_its_button_and_refused_by_another(client: Client) -> None:
    event = taking(capacity=1)
    first = verify(registration=apply(event, "Ali"))
    fill_in(client, event)
    apply(event, "Bora")
    cancel(registration=first)
    page = enter(client, AYSE)
    assert "A seat is free for you" in client.get(page).content.decode()
    assert "You are registered" in press(client, page, "accept")
    assert "Your registration is cancelled" in press(client, page, "cancel")
    assert states(event) == {"Ali": "cancelled", "Ayşe Örnek": "cancelled", "Bora": "offered"}


def test_too_late_is_said(client: Client) -> None:
    event = taking()
    fill_in(client, event)
    page = enter(client, AYSE)
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        html = press(client, page, "verify")
    assert "The time was over" in html
    assert states(event) == {"Ayşe Örnek": "expired"}


def test_erasing_ends_the_link(client: Client) -> None:
    event = taking()
    fill_in(client, event)
    page, key = enter(client, AYSE), key_sent(AYSE)
    assert "is erased" in press(client, page, "erase:yes")
    assert (client.get(page).status_code, client.get(key).status_code) == (404, 404)
    assert (Registration.objects.get().name, Message.objects.exclude(body_text="").count()) == ("", 0)


@pytest.mark.parametrize(
    "act", ["", "nothing", "withdraw:", "withdraw:x", f"withdraw:{'9' * 40}", "agree:zzz", "verify:1"]
)
def test_a_button_that_is_not_there_does_no_harm(act: str, client: Client) -> None:
    event = taking(approval=True)
    fill_in(client, event)
    page = enter(client, AYSE)
    assert client.post(page, {"act": act}).status_code == 302


def test_a_lost_link_is_sent_to_who_is_registered_and_strangers_learn_nothing(client: Client) -> None:
    event = taking()
    row = apply(event, email=AYSE)
    path = f"{path_of(event)}link/"
    answers: list[Any] = [
        client.post(path, {"email": email}) for email in ("AYSE@sample.example", "nobody@sample.example")
    ]
    assert {(each.status_code, each["Location"]) for each in answers} == {(302, f"{path}?sent")}
    run_due_jobs()
    assert list(Message.objects.filter(letter="registration_link").values_list("to_address", flat=True)) == [AYSE]
    assert "If somebody is registered" in client.get(f"{path}?sent").content.decode()
    assert client.post(path, {"email": "no"}).status_code == 422
    assert enter(client, AYSE).endswith(f"/{row.links.get().handle}/")


def test_the_page_speaks_both_languages_and_knows_the_other(client: Client) -> None:
    event = taking()
    fill_in(client, event)
    page = enter(client, AYSE)
    other = page.replace("/en/events/", "/tr/etkinlikler/").replace("/register/", "/kayit/")
    assert client.get(other).status_code == 200
    assert f'href="{other}"' in client.get(page).content.decode()
    old = client.get(f"{other}change/")
    assert (old.status_code, old["Location"]) == (301, f"{other}degistir/")
    assert client.post(f"{other}change/", {"name": "B"}).status_code == 308
    assert client.get(f"{other}degistir/").status_code == 200
    for path in (page, f"{page}change/"):
        assert client.get(path)["X-Robots-Tag"] == "noindex, nofollow, noarchive"


@pytest.mark.parametrize(
    ("chosen", "letters", "words"), [("", "en", "İngilizce"), ("en", "en", "İngilizce"), ("tr", "tr", "Türkçe")]
)
def test_reading_the_other_language_changes_no_letters_unless_that_is_chosen(
    client: Client, chosen: str, letters: str, words: str
) -> None:
    """Ayşe registered in English and opens the form to change in Turkish; it asks in which language we write."""
    event = taking()
    row = apply(event, email=AYSE)
    handle = enter(client, AYSE).rstrip("/").rpartition("/")[2]
    path = addresses.change_registration_path(event.slug, "tr", handle)
    html = client.get(path).content.decode()
    assert ("Size yazdığımız dil" in html, '<option value="en" selected>English</option>' in html) == (True, True)
    typed = {"name": "Ayşe Örnek", "role": "Uzman", **({"language": chosen} if chosen else {})}
    assert client.post(path, typed).status_code == 302
    row.refresh_from_db()
    assert (row.role, row.language) == ("Uzman", letters)
    own = client.get(addresses.own_registration_path(event.slug, "tr", handle)).content.decode()
    assert f"<dd>{words}</dd>" in own


def test_a_request_for_a_change_asks_for_no_other_language_by_itself(client: Client) -> None:
    event = taking()
    row = verify(registration=apply(event, email=AYSE))
    RegistrationSettings.objects.update(changes_until=timezone.now() - timedelta(hours=1))
    handle = enter(client, AYSE).rstrip("/").rpartition("/")[2]
    path = addresses.change_registration_path(event.slug, "tr", handle)
    assert client.post(path, {"name": "Ayşe Örnek", "role": "Uzman", "language": "en"}).status_code == 302
    assert row.change_requests.get().details == {"role": ["", "Uzman"]}
