"""A release that changes something on an agenda: one letter to each whom it concerns, once it has settled."""

import datetime as dt
from email.message import EmailMessage
from typing import Any

import icalendar
import pytest
import time_machine
from django.core import mail as outbox
from django.utils import timezone

from events import jobs, mail
from events.models import Event, Job, Message, Registration, RegistrationSettings, Session
from events.registration import cancel
from events.registration.keeping import erase_registration
from events.registration.telling import promise_telling
from events.release import cancel_event, release_programme
from tests.events.registration.applying import apply
from tests.events.registration.gathering import choose, coming, gathering
from tests.events.registration.grouped import confirmed_group

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def event() -> Event:
    return gathering()


def move(event: Event, title: str, hour: int) -> None:
    Session.objects.filter(event=event, title_en=title).update(start=dt.time(hour), end=dt.time(hour + 1))
    release_programme(event=event)


def call_off(event: Event, title: str) -> None:
    Session.objects.filter(event=event, title_en=title).update(status="cancelled")
    release_programme(event=event)


def letters(after: dt.timedelta = dt.timedelta(minutes=11)) -> dict[str, EmailMessage]:
    """What has been written to whom after so long, of what is on their agenda, as it went out."""
    Message.objects.filter(state="queued").update(state="sent", finished_at=timezone.now())
    outbox.outbox = []
    with time_machine.travel(timezone.now() + after):
        for job in Job.objects.filter(kind="tell_registered", finished_at=None).order_by("pk"):
            jobs.run_job(job.pk)
        for message in Message.objects.filter(state="queued").order_by("pk"):
            mail.send_message(message.pk)
    found = [each.message() for each in outbox.outbox]
    assert len({str(each["To"]) for each in found}) == len(found)
    return {str(each["To"]).partition(" <")[0]: each for each in found}


def text(letter: Any) -> str:
    (part,) = [each for each in letter.walk() if each.get_content_type() == "text/plain"]
    return str(part.get_payload(decode=True).decode())


def calendars(letter: Any) -> list[bytes]:
    return [each.get_payload(decode=True) for each in letter.walk() if each.get_content_type() == "text/calendar"]


def updates(letter: Any) -> dict[str, tuple[str, str, int]]:
    """Method, state and SEQUENCE of each session's entry that a letter brings, by its title; not of the event's own."""
    found = {}
    for part in (each for each in letter.walk() if each.get_content_type() == "text/calendar"):
        read = icalendar.Calendar.from_ical(part.get_payload(decode=True))
        (vevent,) = read.walk("VEVENT")
        assert part.get_param("method") == read["METHOD"]
        title = str(vevent["SUMMARY"]).removeprefix("CANCELLED: ").removeprefix("İPTAL: ")
        if not title.startswith("Climate Forum"):
            found[title] = (str(read["METHOD"]), str(vevent["STATUS"]), int(vevent["SEQUENCE"]))
    return found


def test_a_moved_session_mails_exactly_those_who_had_it_in_their_language(event: Event) -> None:
    coming(event, "Ali", "Water")
    other = coming(event, "Bora", "Energy")
    waiting = coming(event, "Cem", "Water")
    gone = coming(event, "Deniz")
    cancel(registration=gone)
    erased = coming(event, "Ece")
    erase_registration(registration=erased)
    apply(event, "Figen")
    coming(event, "Gül")
    move(event, "Water", 16)
    found = letters()
    assert list(found) == ["Ali"]
    assert "Water\n  Time: Thursday 10 June, 16:00–17:00 (before: Thursday 10 June, 14:00–15:00)" in text(found["Ali"])
    assert updates(found["Ali"]) == {"Water": ("REQUEST", "CONFIRMED", 1)}
    assert {row.told_release for row in (other, waiting)} == {2}
    assert set(Registration.objects.filter(state="confirmed").values_list("told_release", flat=True)) == {3}
    assert letters() == {}


def test_it_is_written_in_turkish_to_who_reads_turkish(event: Event) -> None:
    row = coming(event, "Ali", "Water")
    Registration.objects.filter(pk=row.pk).update(language="tr")
    move(event, "Water", 16)
    (letter,) = letters().values()
    assert "Saat: 10 Haziran Perşembe, 16:00–17:00 (önceki: 10 Haziran Perşembe, 14:00–15:00)" in text(letter)
    assert Message.objects.order_by("-pk")[0].subject.startswith("Programınızda değişiklik var: İklim Forumu")


def test_what_is_for_all_is_told_to_all_who_come(event: Event) -> None:
    coming(event, "Ali", "Water")
    coming(event, "Bora")
    apply(event, "Cem")
    call_off(event, "Dinner")
    found = letters()
    off = {"Dinner": ("CANCEL", "CANCELLED", 1)}
    assert {name: updates(letter) for name, letter in found.items()} == {"Ali": off, "Bora": off}
    assert "Dinner\n  Cancelled: Thursday 10 June, 19:00–20:00" in text(found["Bora"])


def test_several_releases_are_one_letter_with_the_sum(event: Event) -> None:
    coming(event, "Ali", "Water")
    start = timezone.now()
    for minutes, hour in ((0, 15), (6, 16), (12, 17)):
        with time_machine.travel(start + dt.timedelta(minutes=minutes)):
            move(event, "Water", hour)
            assert letters(dt.timedelta(minutes=1)) == {}
    call_off(event, "Dinner")
    with time_machine.travel(start + dt.timedelta(minutes=12)):
        (letter,) = letters().values()
    assert updates(letter) == {"Water": ("REQUEST", "CONFIRMED", 3), "Dinner": ("CANCEL", "CANCELLED", 1)}
    assert "(before: Thursday 10 June, 14:00–15:00)" in text(letter)
    assert (text(letter).count("before:"), len(calendars(letter))) == (1, 3)


def test_a_change_that_is_taken_back_is_told_to_nobody(event: Event) -> None:
    coming(event, "Ali", "Water")
    move(event, "Water", 16)
    move(event, "Water", 14)
    assert letters() == {}
    assert set(Registration.objects.values_list("told_release", flat=True)) == {4}


def test_who_releases_without_end_keeps_nobody_waiting_longer_than_an_hour(event: Event) -> None:
    coming(event, "Ali", "Water")
    start, told = timezone.now(), []
    for number in range(10):
        with time_machine.travel(start + dt.timedelta(minutes=8 * number)):
            told.append(len(letters(dt.timedelta(0))))
            move(event, "Water", 15 + number % 2)
    assert (sum(told), told.index(1)) == (1, 8)


@pytest.mark.parametrize("change", ["title_en", "abstract_en"])
def test_a_new_title_or_text_tells_nobody(change: str, event: Event) -> None:
    coming(event, "Ali", "Water")
    Session.objects.filter(event=event).update(**{change: "Another"})
    release_programme(event=event)
    assert letters() == {}


def test_who_chose_after_the_release_saw_it_already(event: Event) -> None:
    row = coming(event, "Ali")
    move(event, "Water", 16)
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=2)):
        choose(row, "Water")
    assert letters() == {}
    move(event, "Water", 17)
    (letter,) = letters().values()
    assert "(before: Thursday 10 June, 16:00–17:00)" in text(letter)


def test_who_left_it_before_it_settled_is_not_told(event: Event) -> None:
    row = coming(event, "Ali", "Water")
    move(event, "Water", 16)
    choose(row)
    assert letters() == {}


def test_the_event_and_its_sessions_are_one_letter(event: Event) -> None:
    coming(event, "Ali", "Water")
    Event.objects.filter(pk=event.pk).update(time_zone="Europe/Brussels")
    move(event, "Water", 16)
    (letter,) = letters().values()
    assert letter["Subject"].startswith("Changed: ")
    assert ("Plenary\n" in text(letter), "Water\n  Time" in text(letter), len(calendars(letter))) == (True, True, 4)


def test_a_job_that_runs_twice_or_is_lost_tells_once(event: Event) -> None:
    coming(event, "Ali", "Water")
    move(event, "Water", 16)
    Job.objects.all().delete()
    promise_telling()
    promise_telling()
    (job,) = Job.objects.all()
    assert list(letters()) == ["Ali"]
    Job.objects.filter(pk=job.pk).update(finished_at=None, state="queued")
    assert letters() == {}
    promise_telling()
    assert Job.objects.filter(finished_at=None).count() == 0


def test_a_session_that_became_one_for_staff_is_off_for_who_had_it(event: Event) -> None:
    coming(event, "Ali")
    Session.objects.filter(event=event, title_en="Dinner").update(audience="staff")
    release_programme(event=event)
    (letter,) = letters().values()
    assert updates(letter) == {"Dinner": ("CANCEL", "CANCELLED", 1)}


def test_an_event_that_is_called_off_is_one_letter_at_once(event: Event) -> None:
    coming(event, "Ali", "Water")
    cancel_event(event=event)
    (letter,) = letters(dt.timedelta(0)).values()
    assert letter["Subject"].startswith("Cancelled: ")
    assert len(calendars(letter)) == 1


def test_who_waits_hears_once_that_the_event_is_off(event: Event) -> None:
    """On the waiting list or waiting for approval, alone or as a group; not who ended, nor who never confirmed."""
    for name, state in (("Bora", "waitlisted"), ("Cem", "requested"), ("Deniz", "unverified")):
        waiting = coming(event, name)
        line = 1 if state == "waitlisted" else None
        held = timezone.now() + dt.timedelta(days=1) if state == "unverified" else None
        Registration.objects.filter(pk=waiting.pk).update(
            state=state, seat=False, waiting_number=line, held_until=held, invited_as="", told_release=None
        )
    RegistrationSettings.objects.filter(event=event).update(groups=True, approval=True)
    confirmed_group(event, "Ilgaz", 2)
    Message.objects.all().delete()
    cancel_event(event=event)
    found = letters(dt.timedelta(0))
    assert {name: ("no seat left" in text(each), len(calendars(each))) for name, each in found.items()} == {
        "Bora": (True, 0),
        "Cem": (True, 0),
        "Ilgaz Contact": (False, 0),
    }
    assert "Please tell your members" in text(found["Ilgaz Contact"])
    promise_telling()
    assert letters(dt.timedelta(0)) == {}


def test_a_session_without_a_time_any_more_is_struck_out(event: Event) -> None:
    coming(event, "Ali", "Water")
    Session.objects.filter(event=event, title_en="Water").update(start=None, end=None)
    release_programme(event=event)
    (letter,) = letters().values()
    assert "Time to be announced (before: Thursday 10 June, 14:00–15:00)" in text(letter)
    assert updates(letter) == {"Water": ("CANCEL", "CANCELLED", 1)}


def test_who_gets_a_seat_in_a_session_is_told(event: Event) -> None:
    first = coming(event, "Ali", "Water")
    coming(event, "Bora", "Water")
    Message.objects.all().delete()
    choose(first)
    (message,) = Message.objects.all()
    assert (message.to_name, message.letter) == ("Bora", "registration_session_seat")
    assert "Thursday 10 June, 14:00–15:00: Water" in message.body_text
    move(event, "Water", 16)
    assert list(letters()) == ["Bora"]


def test_what_letters_put_into_a_calendar_is_struck_out_when_the_person_does_not_come(event: Event) -> None:
    row = coming(event, "Ali", "Water")
    move(event, "Water", 16)
    letters()
    row.refresh_from_db()
    water = event.sessions.get(title_en="Water")
    assert row.sent_sessions == [water.key]
    cancel(registration=row)
    row.refresh_from_db()
    calendar = Message.objects.get(letter="registration_cancelled").calendar
    assert (calendar.count("METHOD:CANCEL"), f"UID:{water.uid}" in calendar, row.sent_sessions) == (2, True, [])


def test_a_session_that_was_left_is_struck_out_with_the_next_letter(event: Event) -> None:
    row = coming(event, "Ali", "Water")
    move(event, "Water", 16)
    letters()
    row.refresh_from_db()
    choose(row)
    call_off(event, "Dinner")
    (letter,) = letters().values()
    assert updates(letter) == {"Dinner": ("CANCEL", "CANCELLED", 1), "Water": ("CANCEL", "CANCELLED", 1)}
