"""Letters: facts first, one button whose link is made when it is sent, a code, and an entry that follows the event."""

import datetime as dt
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Any

import icalendar
import pytest
import time_machine
from django.core import mail as outbox
from django.db import transaction
from django.utils import timezone

from events import jobs, mail
from events.links import open_link
from events.models import Job, Message, Registration, Session
from events.registration import accept_offer, cancel, verify, waitlist
from events.registration.telling import promise_telling
from events.release import cancel_event, release_programme
from tests.events.registration.applying import apply, taking

pytestmark = pytest.mark.django_db


def send() -> list[EmailMessage]:
    """Send what waits; gives it as it went out."""
    outbox.outbox = []
    for message in Message.objects.filter(state="queued").order_by("pk"):
        mail.send_message(message.pk)
    return [each.message() for each in outbox.outbox]


def parts(letter: Any) -> dict[str, Any]:
    return {part.get_content_type(): part for part in letter.walk() if not part.is_multipart()}


def entry(letter: Any) -> tuple[str, Any]:
    """The method and the entry of the calendar that a letter brings."""
    part = next(each for each in letter.walk() if each.get_content_type() == "text/calendar")
    calendar = icalendar.Calendar.from_ical(part.get_payload(decode=True))
    assert part.get_param("method") == calendar["METHOD"]
    return str(calendar["METHOD"]), calendar.walk("VEVENT")[0]


def test_the_first_letter_has_facts_and_a_link_that_only_it_holds() -> None:
    event = taking()
    row = apply(event, "Zümrüt Kanarya")
    (letter,) = send()
    text = parts(letter)["text/plain"].get_payload(decode=True).decode()
    assert text.splitlines()[1].startswith("When: Thursday 10 June 2027, 09:00, Türkiye time (GMT+3)")
    (address,) = [line for line in text.splitlines() if "/register/k/" in line]
    key = address.rstrip("/").rsplit("/", 1)[-1]
    link = open_link(key, "registration")
    assert link is not None
    assert link.target == row
    assert key not in Message.objects.get().body_text
    assert "text/calendar" not in parts(letter)


def test_a_confirmed_one_brings_the_entry_and_the_code() -> None:
    event = taking(thanks_en="The door opens at eight.")
    row = verify(registration=apply(event, "Zümrüt Kanarya"))
    letter = send()[-1]
    method, vevent = entry(letter)
    found = parts(letter)
    html = found["text/html"].get_payload(decode=True).decode()
    assert (method, vevent["UID"], vevent["SEQUENCE"], vevent["STATUS"]) == ("REQUEST", str(row.uid), 0, "CONFIRMED")
    assert vevent["DTSTART"].dt == dt.datetime(2027, 6, 10, 6, tzinfo=dt.UTC)
    assert (str(vevent["ATTENDEE"]), vevent["ATTENDEE"].params["CN"]) == (f"mailto:{row.email}", "Zümrüt Kanarya")
    assert str(vevent["ORGANIZER"]).removeprefix("mailto:") == parseaddr(letter["From"])[1]
    assert (found["image/png"]["Content-ID"], found["image/png"].get_payload(decode=True)[:4]) == ("<qr>", b"\x89PNG")
    assert ("cid:qr" in html, row.code.upper() in html, "The door opens at eight." in html) == (True, True, True)


def test_who_cancels_has_the_entry_struck_out_and_who_never_had_one_has_not() -> None:
    event = taking(capacity=1)
    first, second = verify(registration=apply(event, "Ali")), apply(event, "Bora")
    cancel(registration=second)
    cancel(registration=first)
    letters = {str(letter["To"]): letter for letter in send()}
    method, vevent = entry(letters["Ali <ali@sample.example>"])
    assert (method, vevent["UID"], vevent["SEQUENCE"], vevent["STATUS"]) == ("CANCEL", str(first.uid), 1, "CANCELLED")
    assert "text/calendar" not in parts(letters["Bora <bora@sample.example>"])


def test_back_from_the_waiting_list_it_is_the_same_entry_with_a_higher_sequence() -> None:
    event = taking(capacity=1)
    row = verify(registration=apply(event, "Ali"))
    other = apply(event, "Bora")
    waitlist(registration=row)
    cancel(registration=other)
    accept_offer(registration=row)
    told = [entry(letter) for letter in send() if "text/calendar" in parts(letter) and "Ali" in str(letter["To"])]
    assert [(method, vevent["SEQUENCE"]) for method, vevent in told] == [("REQUEST", 0), ("CANCEL", 1), ("REQUEST", 2)]
    assert {vevent["UID"] for _method, vevent in told} == {str(row.uid)}


@pytest.mark.django_db(transaction=True)
def test_a_moved_event_changes_the_entry_of_those_who_have_it_once() -> None:
    event = taking(capacity=1)
    row = verify(registration=apply(event, "Ali"))
    apply(event, "Bora")
    send()
    Session.objects.filter(event=event).update(title_en="Retitled")
    release_programme(event=event)
    Session.objects.filter(event=event).update(start=dt.time(11), end=dt.time(12))
    release_programme(event=event)
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=11)):
        for job in Job.objects.filter(kind="tell_registered").order_by("pk"):
            jobs.run_job(job.pk)
        (letter,) = send()
    method, vevent = entry(letter)
    assert (method, vevent["UID"], vevent["SEQUENCE"]) == ("REQUEST", str(row.uid), 1)
    assert vevent["DTSTART"].dt == dt.datetime(2027, 6, 10, 8, tzinfo=dt.UTC)
    assert [job.result for job in Job.objects.filter(kind="tell_registered").order_by("pk")] in (
        [{"told": 0}, {"told": 1}],
        [{"told": 1}, {"told": 0}],
    )


@pytest.mark.django_db(transaction=True)
def test_what_a_release_announced_and_nobody_promised_is_found_later() -> None:
    event = taking()
    verify(registration=apply(event, "Ali"))
    cancel_event(event=event)
    Job.objects.all().delete()
    promise_telling()
    promise_telling()
    (job,) = Job.objects.filter(kind="tell_registered")
    jobs.run_job(job.pk)
    method, vevent = entry(send()[-1])
    assert (method, vevent["STATUS"], vevent["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)
    promise_telling()
    assert Job.objects.filter(kind="tell_registered").count() == 1


def test_a_letter_about_a_registration_that_is_gone_is_never_sent() -> None:
    event = taking()
    row = apply(event)
    with transaction.atomic():
        Message.objects.update(person_key="somebody-else")
    assert send() == []
    assert Message.objects.get().state == "failed"
    assert Registration.objects.get() == row
