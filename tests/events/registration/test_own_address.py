"""People give another address by themselves: nothing changes before a letter to it is answered, and nobody learns who reads it."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from events import addresses, mail
from events.models import Event, Message, Registration
from events.registration import cancel, verify
from events.registration.keeping import delete_overdue, erase_registration
from events.registration.letters import send_link
from events.registration.own_address import ask_new_address, confirm_new_address
from events.release import cancel_event
from tests.events.haystack import tables_holding
from tests.events.registration.applying import apply, taking
from tests.events.registration.browsing import enter, key_sent, new_address_key, path_of
from tests.events.registration.test_letters import send
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
OLD, NEW = "ali@sample.example", "ali.yeni@sample.example"
WAITS = "The new address waits for you to confirm it."


@pytest.fixture
def row() -> Registration:
    return verify(registration=apply(taking(), "Ali"))


@pytest.fixture
def page(row: Registration, client: Client) -> str:
    return enter(client, OLD)


def give(client: Client, page: str, address: str, path: str = "address/") -> Any:
    return client.post(f"{page}{path}", {"email": address}, follow=True)


def letters_to(address: str) -> list[str]:
    rows = Message.objects.filter(to_address__iexact=address).order_by("pk")
    return [each.letter.removeprefix("registration_") for each in rows]


def new_key(address: str = NEW) -> str:
    """The address with the key in the last letter to a new address."""
    message = Message.objects.filter(to_address=address, letter="registration_new_address").latest("pk")
    return mail._fill_links(message, "{{link:address}}").removeprefix("http://testserver")


def confirming(key: str, language: str = "en") -> tuple[Client, str]:
    """Whoever reads the new address, before the button."""
    reader = Client(headers={"accept-language": language})
    answer = reader.get(key)
    assert (answer.status_code, answer["Cache-Control"]) == (302, "private, no-store")
    return reader, answer["Location"]


def history(row: Registration) -> list[tuple[str, Any]]:
    entries = ModelLogEntry.objects.for_instance(row).order_by("pk")
    return [(entry.action.removeprefix("events.registration."), entry.data) for entry in entries]


def test_the_address_changes_when_its_reader_presses_the_button_and_not_before(
    row: Registration, page: str, client: Client
) -> None:
    html = give(client, page, NEW).content.decode()
    assert (WAITS in html, f"Open the letter to {NEW}" in html.replace("\n", " ")) == (True, True)
    former = key_sent(OLD)
    send()
    reader, path = confirming(new_key())
    for method in (reader.get, reader.head):
        method(path), method(new_key())
    row.refresh_from_db()
    assert (row.email, row.person_key, row.new_email, letters_to(NEW)) == (OLD, OLD, NEW, ["new_address"])
    html = reader.get(path).content.decode()
    assert (NEW in html, "Yes, this is my address" in html, OLD in html, "Ali" in html) == (True, True, False, False)
    answer = reader.post(path, follow=True)
    assert "Your address is changed." in answer.content.decode()
    assert answer.redirect_chain[-1][0].startswith(path_of(row.event))
    row.refresh_from_db()
    assert (row.email, row.person_key, row.new_email, row.new_email_until) == (NEW, NEW, "", None)
    assert (letters_to(OLD)[-1], letters_to(NEW)) == ("address_changed", ["new_address", "confirmed"])
    assert [client.get(each).status_code for each in (page, former)] == [404, 404]
    assert history(row)[-2:] == [("ask_address", {}), ("move_address", {"changed": ["email"]})]


def test_letters_say_what_they_are_and_only_the_new_address_gets_a_link(row: Registration) -> None:
    ask_new_address(registration=row, email=NEW)
    send()
    asked = Message.objects.get(letter="registration_new_address")
    assert asked.subject == f"Please confirm your new address: {row.event.public.title}"
    assert (
        "Confirm this address:\n{{link:address}}\n\nWith this link you confirm the address, and nothing else."
        in asked.body_text
    )
    assert (asked.calendar, asked.qr, row.code.upper() in asked.body_text) == ("", "", False)
    confirm_new_address(registration=row)
    told = Message.objects.get(letter="registration_address_changed")
    assert (told.to_address, told.calendar, "link:" in told.body_text + told.body_html) == (OLD, "", False)
    assert "answer this letter at once" in told.body_text
    assert addresses.event_url(row.event.slug, "en") in told.body_text
    assert [(str(each["To"]), "METHOD:REQUEST" in each.as_string()) for each in send()] == [
        (f"Ali <{NEW}>", True),
        (f"Ali <{OLD}>", False),
    ]


def test_pressed_twice_it_does_nothing_twice(row: Registration) -> None:
    ask_new_address(registration=row, email=NEW)
    send()
    reader, path = confirming(new_key())
    reader.post(path)
    answer = reader.post(path)
    assert (answer.status_code, "There is nothing to confirm any more" in answer.content.decode()) == (200, True)
    assert confirm_new_address(registration=row) is False
    assert letters_to(NEW) == ["new_address", "confirmed"]


def test_a_stranger_s_address_gets_the_same_answer_and_its_reader_the_link_to_what_there_is(
    row: Registration, page: str, client: Client
) -> None:
    apply(row.event, "Bora")
    told = []
    for address in ("bora@sample.example", NEW):
        answer = give(client, page, address)
        html = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
        held = client.get(f"{page}data.json").json()
        for link in held["links"]:
            del link["created_at"]
        letters = [each["subject"] for each in held["letters"]]
        told.append((answer.redirect_chain, html.replace(address, "it"), letters, held["links"]))
        client.post(page, {"act": "keep_address"}, follow=True)
    assert told[0] == told[1]
    assert (letters_to("bora@sample.example"), letters_to(NEW)) == (["unverified", "link"], ["new_address"])


def test_who_registers_with_it_meanwhile_keeps_it(row: Registration) -> None:
    ask_new_address(registration=row, email=NEW)
    reader, path = confirming(new_key())
    apply(row.event, "Bora", email=NEW)
    answer = reader.post(path)
    assert answer.status_code == 422
    assert "Somebody with this address is registered already." in answer.content.decode()
    row.refresh_from_db()
    assert row.email == OLD


def test_no_mailbox_is_filled_and_the_answer_does_not_tell(row: Registration, page: str, client: Client) -> None:
    others = [verify(registration=apply(row.event, name)) for name in ("Bora", "Cem", "Ece")]
    for other in others:
        ask_new_address(registration=other, email="Kurban@sample.example")
    html = give(client, page, "kurban@sample.example").content.decode()
    assert (WAITS in html, letters_to("kurban@sample.example")) == (True, ["new_address"] * 3)
    for number in (1, 2):
        give(client, page, f"n{number}@sample.example")
    answer = give(client, page, "n3@sample.example")
    assert (answer.status_code, "You gave several addresses within an hour" in answer.content.decode()) == (422, True)
    assert letters_to("n3@sample.example") == []
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        ask_new_address(registration=row, email="n3@sample.example")
    assert letters_to("n3@sample.example") == ["new_address"]


def test_letters_that_ask_to_confirm_it_count_for_whoever_registers_with_it(row: Registration) -> None:
    others = [verify(registration=apply(row.event, name)) for name in ("Bora", "Cem")]
    for other in (row, *others):
        ask_new_address(registration=other, email=NEW)
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        apply(row.event, "Dila", email=NEW.upper())
    waits = Message.objects.get(letter="registration_unverified", to_address__iexact=NEW)
    assert waits.due_at > now + timedelta(minutes=59)
    assert send_link(row.event.registration_settings, Registration.objects.get(name="Dila")) is False
    assert send_link(row.event.registration_settings, row) is True


def test_only_the_last_address_that_was_given_can_be_confirmed(row: Registration, page: str, client: Client) -> None:
    give(client, page, "typo@sample.example")
    reader, path = confirming(new_key("typo@sample.example"))
    give(client, page, NEW)
    assert reader.get(path).status_code == 404
    assert reader.post(path).status_code == 404
    sent = {str(each["To"]) for each in send()}
    assert f"Ali <{NEW}>" in sent
    assert "Ali <typo@sample.example>" not in sent
    assert Message.objects.get(to_address="typo@sample.example").state == "withheld"
    html = client.post(page, {"act": "keep_address"}, follow=True).content.decode()
    assert ("Your address stays as it is." in html, NEW in html) == (True, False)
    reader, path = confirming(new_address_key(row))
    assert "There is nothing to confirm any more" in reader.post(path).content.decode()
    row.refresh_from_db()
    assert (row.email, row.new_email) == (OLD, "")
    assert [act for act, _data in history(row)][-3:] == ["ask_address", "ask_address", "keep_address"]


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("", "This field is required."),
        ("x", "example"),
        ("ALI@sample.example", "This is the address that you have already."),
    ],
)
def test_what_is_no_new_address_is_said_beside_the_field(page: str, client: Client, address: str, told: str) -> None:
    answer = give(client, page, address)
    assert (answer.status_code, told in answer.content.decode()) == (422, True)
    assert Registration.objects.get().new_email == ""


def test_in_time_or_not_at_all(row: Registration) -> None:
    ask_new_address(registration=row, email=NEW)
    send()
    key = new_key()
    with time_machine.travel(timezone.now() + timedelta(hours=24, minutes=1)):
        assert Client().get(key).status_code == 404
        assert confirm_new_address(registration=row) is False
        delete_overdue()
    row.refresh_from_db()
    assert (row.email, row.new_email, row.new_email_until) == (OLD, "", None)
    assert tables_holding([NEW, "ali.yeni"]) == set()


def test_erasing_leaves_no_trace_of_an_address_that_waits_or_was_given_before(row: Registration) -> None:
    for address in ("ali.typo@sample.example", NEW):
        ask_new_address(registration=row, email=address)
    send()
    erase_registration(registration=row)
    assert tables_holding(["ali.typo", "ali.yeni"]) == set()


def test_erasing_leaves_no_trace_of_the_former_address(row: Registration) -> None:
    ask_new_address(registration=row, email=NEW)
    confirm_new_address(registration=row)
    send()
    erase_registration(registration=row)
    assert tables_holding([OLD, NEW]) == set()


def test_the_former_address_hears_it_though_the_address_changes_again_before_the_letter_left(row: Registration) -> None:
    last = "ali.son@sample.example"
    for address in (NEW, last):
        ask_new_address(registration=row, email=address)
        confirm_new_address(registration=row)
    send()
    told = Message.objects.filter(letter="registration_address_changed", state="sent").order_by("pk")
    assert [each.to_address for each in told] == [OLD, NEW]
    row.refresh_from_db()
    assert row.email == last


def test_an_officer_s_correction_ends_what_waits(row: Registration, client: Client) -> None:
    ask_new_address(registration=row, email=NEW)
    client.force_login(UserFactory(admin=True))
    row.refresh_from_db()
    typed = {"name": "Ali", "email": "ali.o@sample.example", "language": "en", "version": str(row.version)}
    client.post(f"/admin/events/{row.event_id}/registrations/{row.pk}/edit/", typed)
    row.refresh_from_db()
    assert (row.email, row.new_email, confirm_new_address(registration=row)) == ("ali.o@sample.example", "", False)


def gone(row: Registration) -> None:
    cancel(registration=row)


def off(row: Registration) -> None:
    cancel_event(event=Event.objects.get(pk=row.event_id))


@pytest.mark.parametrize("end", [gone, off])
def test_where_there_is_nothing_to_come_to_no_address_is_asked(
    row: Registration, page: str, client: Client, end: Any
) -> None:
    assert f"{page}address/" in client.get(page).content.decode()
    ask_new_address(registration=row, email=NEW)
    end(row)
    html = client.get(page).content.decode()
    assert ("address/" in html, NEW in html) == (False, False)
    assert give(client, page, NEW).redirect_chain == [(page, 302)]
    for verb in (lambda: ask_new_address(registration=row, email=NEW), lambda: confirm_new_address(registration=row)):
        with pytest.raises(ValidationError, match="can no longer be changed here"):
            verb()


def test_who_has_not_proved_the_first_address_gives_no_other() -> None:
    row = apply(taking(), "Ali")
    with pytest.raises(ValidationError, match="can no longer be changed here"):
        ask_new_address(registration=row, email=NEW)


def test_all_of_it_in_turkish_and_what_is_held_tells_it(client: Client) -> None:
    row = verify(registration=apply(taking(), "Ali", language="tr"))
    page = enter(Client(headers={"accept-language": "tr"}), OLD)
    client.get(key_sent(OLD), headers={"accept-language": "tr"})
    give(client, page, NEW, "adres/")
    data = client.get(f"{page}data.json").json()["person"]
    row.refresh_from_db()
    assert row.new_email_until is not None
    assert (data["email"], data["new_email"]) == (OLD, NEW)
    assert data["new_email_until"] == row.new_email_until.isoformat()
    reader, path = confirming(new_key(), "tr")
    assert path.startswith(f"/tr/etkinlikler/{row.event.slug}/kayit/adres/")
    reader.post(path)
    row.refresh_from_db()
    assert row.email == NEW


def test_a_wrong_key_opens_nothing(row: Registration, page: str, client: Client) -> None:
    ask_new_address(registration=row, email=NEW)
    own = key_sent(OLD).rstrip("/").rpartition("/")[2]
    for key in (own, f"{'a' * 10}-{'a' * 26}"):
        assert client.get(addresses.open_new_address_path(row.event.slug, "en", key)).status_code == 404
    handle = row.links.get(purpose="registration").handle
    assert client.post(addresses.new_address_path(row.event.slug, "en", handle)).status_code == 404
