"""What may go wrong around another address: letters that wait, limits, strangers whose address was given, erasing."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events import mail
from events.erasure import erase_person
from events.models import Event, LetterWords, Message, Registration
from events.registration import cancel, verify
from events.registration.keeping import erase_registration
from events.registration.own_address import ask_new_address, confirm_new_address
from events.release import cancel_event
from tests.events.haystack import tables_holding
from tests.events.registration.applying import apply, taking
from tests.events.registration.browsing import enter
from tests.events.registration.test_letters import send
from tests.events.registration.test_own_address import NEW, OLD, confirming, letters_to, new_key
from tests.factories import PersonFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Registration:
    return verify(registration=apply(taking(), "Ali"))


def test_a_letter_that_nobody_got_is_shown_to_nobody_else(row: Registration, client: Client) -> None:
    typo = "ali.typo@sample.example"
    ask_new_address(registration=row, email=typo)
    Message.objects.filter(to_address=typo).update(state=Message.State.FAILED)
    ask_new_address(registration=row, email=NEW)
    confirm_new_address(registration=row)
    failed = Message.objects.get(letter="registration_new_address", state=Message.State.FAILED)
    held = client.get(f"{enter(client, NEW)}data.json").json()["letters"]
    asked = [each["to"] for each in held if each["subject"].startswith("Please confirm your new address")]
    assert (failed.to_address, asked) == (typo, [NEW])


def test_an_entry_that_waited_invites_the_new_address(row: Registration) -> None:
    waits = Message.objects.get(letter="registration_confirmed")
    ask_new_address(registration=row, email=NEW)
    confirm_new_address(registration=row)
    told = re.sub(r"\r\n ", "", "".join(str(each["To"]) + "".join(calendars(each)) for each in send()))
    assert (OLD in told.replace(f"Ali <{OLD}>", ""), f"mailto:{NEW}" in told) == (False, True)
    waits.refresh_from_db()
    assert waits.to_address == NEW


def calendars(letter: Any) -> list[str]:
    return [
        part.get_payload(decode=True).decode() for part in letter.walk() if part.get_content_type() == "text/calendar"
    ]


def test_back_at_the_former_address_it_gets_a_link_though_the_farewell_still_waits(row: Registration) -> None:
    send()
    ask_new_address(registration=row, email=NEW)
    confirm_new_address(registration=row)
    Message.objects.filter(to_address=NEW).update(state=Message.State.SENT)
    row.refresh_from_db()
    ask_new_address(registration=row, email=OLD)
    confirm_new_address(registration=row)
    assert letters_to(OLD)[-1] == "confirmed"


def test_the_letter_to_an_address_that_nobody_proved_tells_nothing_of_the_registration(row: Registration) -> None:
    Registration.objects.filter(pk=row.pk).update(reason="Delegates of Ankara first")
    ask_new_address(registration=row, email=NEW)
    confirm_new_address(registration=row)
    for letter in ("new_address", "address_changed"):
        message = Message.objects.get(letter=f"registration_{letter}")
        assert "Ankara" not in message.body_text + message.body_html, letter


def test_own_words_of_that_letter_cannot_say_the_code(row: Registration, client: Client) -> None:
    client.force_login(UserFactory(admin=True))
    path = f"/admin/events/{row.event_id}/registration/letters/new_address/"
    words = {"subject_en": "S", "subject_tr": "S", "text_tr": "T", "version": "1", "act": "save"}
    for name in ("code", "organisation", "state"):
        answer = client.post(path, {**words, "text_en": f"Dear {{{name}}}"})
        assert (answer.status_code, LetterWords.objects.exclude(text_en="").exists()) == (200, False), name
    client.post(path, {**words, "text_en": "{name} {event} {date} {place} {until}"})
    assert LetterWords.objects.get().text_en == "{name} {event} {date} {place} {until}"


def test_letters_that_waited_an_hour_count_when_they_leave(row: Registration) -> None:
    events = [taking() for _each in range(6)]
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        for number, event in enumerate(events):
            apply(event, f"Kurban {number}", email="kurban@sample.example")
    with time_machine.travel(now + timedelta(minutes=61), tick=False):
        ask_new_address(registration=row, email="kurban@sample.example")
    assert letters_to("kurban@sample.example") == ["unverified"] * 6


def test_erasing_somebody_takes_the_address_out_where_another_gave_it(row: Registration) -> None:
    bora = verify(registration=apply(row.event, "Bora"))
    ask_new_address(registration=row, email="Bora@sample.example")
    send()
    erase_registration(registration=bora)
    assert tables_holding(["bora@sample", "Bora@sample"]) == set()


def test_erasing_somebody_in_the_directory_takes_the_address_out_too(row: Registration) -> None:
    person = PersonFactory(name="Canan Kanarya", email="canan.kanarya@sample.example")
    ask_new_address(registration=row, email=person.email)
    erase_person(person=person, by=UserFactory(admin=True))
    assert tables_holding(["canan.kanarya"]) == set()


def test_a_known_address_costs_as_many_queries_as_another(row: Registration) -> None:
    verify(registration=apply(row.event, "Bora"))
    cem = verify(registration=apply(row.event, "Cem"))
    counts = []
    for each, email in ((row, NEW), (cem, "bora@sample.example")):
        with CaptureQueriesContext(connection) as asked:
            ask_new_address(registration=each, email=email)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_an_officer_s_correction_to_the_address_that_waits_writes_to_it_at_once(
    row: Registration, client: Client
) -> None:
    send()
    ask_new_address(registration=row, email=NEW)
    client.force_login(UserFactory(admin=True))
    row.refresh_from_db()
    typed = {"name": "Ali", "email": NEW, "language": "en", "version": str(row.version)}
    client.post(f"/admin/events/{row.event_id}/registrations/{row.pk}/edit/", typed)
    sent = [each["Subject"].split(":")[0] for each in send()]
    assert sent == ["You are registered"]


def test_who_presses_at_the_same_moment_is_not_asked_again(
    row: Registration, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask_new_address(registration=row, email=NEW)
    reader, path = confirming(new_key())

    def late(*, registration: Registration) -> bool:
        assert confirm_new_address(registration=registration)
        return confirm_new_address(registration=registration)

    monkeypatch.setattr("events.views.registration.new_address.confirm_new_address", late)
    html = reader.post(path).content.decode()
    assert ("There is nothing to confirm any more" in html, "Yes, this is my address" in html) == (True, False)


def test_one_mailbox_written_in_several_ways_gets_three_letters(row: Registration) -> None:
    """An international domain stands in capitals, in small letters and as the network knows it."""
    ways = ("kurban@şehir.example", "kurban@ŞEHIR.example", "Kurban@xn--ehir-45a.example", "kurban@Şehir.example")
    for number, email in enumerate(ways):
        other = verify(registration=apply(row.event, f"Other {number}"))
        ask_new_address(registration=other, email=email)
    assert Message.objects.filter(letter="registration_new_address").count() == 3


def test_letters_to_the_one_who_registered_count_however_the_address_is_written(row: Registration) -> None:
    for number in range(3):
        apply(taking(), f"Kurban {number}", email="kurban@şehir.example")
    ask_new_address(registration=row, email="kurban@ŞEHIR.example")
    assert not Message.objects.filter(letter="registration_new_address").exists()


def test_an_address_in_any_spelling_goes_where_somebody_is_erased(row: Registration) -> None:
    bora = verify(registration=apply(row.event, "Bora", email="bora@şehir.example"))
    ask_new_address(registration=row, email="bora@ŞEHIR.example")
    erase_registration(registration=bora)
    row.refresh_from_db()
    assert row.new_email == ""


def test_a_letter_that_waited_until_the_person_cancelled_is_no_failure(row: Registration) -> None:
    ask_new_address(registration=row, email=NEW)
    cancel(registration=row)
    assert NEW not in [each["To"] for each in send()]
    asked = Message.objects.get(letter="registration_new_address")
    assert (asked.state, asked.error) == (Message.State.WITHHELD, mail.NOT_NEEDED)


def test_once_the_event_is_off_no_button_is_shown_and_no_letter_asks(row: Registration) -> None:
    ask_new_address(registration=row, email=NEW)
    reader, path = confirming(new_key())
    cancel_event(event=Event.objects.get(pk=row.event_id))
    html = reader.get(path).content.decode()
    assert ("There is nothing to confirm any more" in html, "Yes, this is my address" in html) == (True, False)
    send()
    assert Message.objects.get(letter="registration_new_address").state == Message.State.WITHHELD


def test_a_button_that_is_pressed_twice_writes_one_letter_and_uses_one_try(row: Registration) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _press in range(5):
            ask_new_address(registration=row, email=NEW)
        assert len(letters_to(NEW)) == 1
        clock.shift(timedelta(minutes=2))
        ask_new_address(registration=row, email=NEW)
        assert len(letters_to(NEW)) == 2
