"""Reminders and thanks: at their time by the event's clocks, once a person, never too late."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from events import jobs, mail, periodic
from events.models import (
    CheckIn,
    Event,
    Job,
    LetterTiming,
    LetterWords,
    Message,
    Registration,
    RegistrationSettings,
    Session,
)
from events.registration import amend, cancel, timings, verify
from events.registration.refusals import mark_refused
from events.registration.timed import send_timed
from events.release import cancel_event, release_programme
from tests.events.registration.applying import applicant, apply, taking
from tests.factories import RegistrationSettingsFactory, UserFactory, released

pytestmark = pytest.mark.django_db(transaction=True)
#: The event begins at 09:00 in Istanbul on 10 June 2027, and ends at 10:00.
START = dt.datetime(2027, 6, 10, 6, tzinfo=dt.UTC)
WEEK, DAY, HOUR, MINUTE = dt.timedelta(days=7), dt.timedelta(days=1), dt.timedelta(hours=1), dt.timedelta(minutes=1)


@pytest.fixture
def clock() -> Iterator[Any]:
    """Thirty days before the event, when everybody registers."""
    with time_machine.travel(START - 30 * DAY, tick=False) as clock:
        yield clock


def on(event: Event, letter: str = "reminder", amount: int = 7, unit: str = "days") -> LetterTiming:
    row: LetterTiming = LetterTiming.objects.create(
        event=event, letter=letter, amount=amount, unit=unit, switched_on=True
    )
    return row


def come(event: Event, *names: str) -> list[Registration]:
    rows = [verify(registration=apply(event, name)) for name in names]
    Message.objects.all().delete()
    return rows


def tick() -> list[tuple[str, str]]:
    """What the clock does in a minute; which letters to whom were promised since the last."""
    before = set(Message.objects.values_list("pk", flat=True))
    periodic.send_timed_letters()
    periodic.send_timed_letters()
    for job in Job.objects.filter(kind="timed_letters", finished_at=None).order_by("pk"):
        jobs.run_job(job.pk)
        assert Job.objects.get(pk=job.pk).state == "done"
    rows = Message.objects.exclude(pk__in=before).order_by("pk")
    return [(row.letter.removeprefix("registration_"), row.to_name) for row in rows]


def test_a_reminder_leaves_a_week_before_once_a_person_also_to_who_comes_late(clock: Any) -> None:
    event = taking()
    on(event)
    ali, bora, _cem = come(event, "Ali", "Bora", "Cem")
    apply(event, "Deniz")  # has not confirmed the address
    Message.objects.all().delete()
    cancel(registration=bora)
    clock.move_to(START - WEEK - MINUTE)
    assert tick() == []
    clock.move_to(START - WEEK)
    assert tick() == [("reminder", "Ali"), ("reminder", "Cem")]
    clock.move_to(START - 3 * DAY)
    come(event, "Ece")
    assert (tick(), tick()) == ([("reminder", "Ece")], [])
    assert send_timed(timing=LetterTiming.objects.get(), registration=ali) is False


def test_days_are_days_of_the_calendar_where_clocks_change(clock: Any) -> None:
    """Berlin goes to winter time on 31 October 2027: a week before 09:00 is 09:00."""
    event = released(time_zone="Europe/Berlin", starts_on=dt.date(2027, 11, 2), ends_on=dt.date(2027, 11, 2))
    event.public.starts_at = dt.datetime(2027, 11, 2, 8, tzinfo=dt.UTC)
    due = timings.due_at(LetterTiming(letter="reminder", amount=7, unit="days"), event.public)
    hours = timings.due_at(LetterTiming(letter="reminder", amount=168, unit="hours"), event.public)
    assert (due, hours) == (
        dt.datetime(2027, 10, 26, 7, tzinfo=dt.UTC),
        dt.datetime(2027, 10, 26, 8, tzinfo=dt.UTC),
    )


def test_a_moved_event_moves_its_reminder_and_one_called_off_has_none(clock: Any) -> None:
    event, other = taking(), taking()
    for each, name in ((event, "Ali"), (other, "Bora")):
        on(each)
        come(each, name)
    Session.objects.filter(event=event).update(start=dt.time(15), end=dt.time(16))
    release_programme(event=event)
    cancel_event(event=other)
    clock.move_to(START - WEEK + HOUR)
    assert tick() == []
    clock.move_to(START - WEEK + 6 * HOUR)
    assert tick() == [("reminder", "Ali")]


def test_after_a_long_stop_it_is_made_up_for_but_never_after_the_start(clock: Any) -> None:
    event, late = taking(), taking()
    for each, name in ((event, "Ali"), (late, "Bora")):
        on(each)
        on(each, "last_reminder", 2, "hours")
        come(each, name)
    clock.move_to(START - HOUR)
    assert sorted(tick()) == [("last_reminder", "Ali"), ("last_reminder", "Bora")]
    come(late, "Cem")
    clock.move_to(START)
    assert tick() == []


def test_a_reminder_that_waited_for_the_mail_server_is_not_sent_when_it_has_begun(clock: Any) -> None:
    event = taking()
    on(event, "last_reminder", 2, "hours")
    ali, bora = come(event, "Ali", "Bora")
    clock.move_to(START - 2 * HOUR)
    tick()
    cancel(registration=bora)
    reminders = Message.objects.filter(letter="registration_last_reminder").order_by("pk")
    mail.send_message(reminders[1].pk)
    clock.move_to(START + MINUTE)
    mail.send_message(reminders[0].pk)
    assert [(row.to_name, row.state, row.error) for row in reminders] == [
        ("Ali", "withheld", "too_late"),
        ("Bora", "withheld", "not_needed"),
    ]
    assert ali.state == "confirmed"


def test_thanks_leave_after_the_end_and_not_weeks_later(clock: Any) -> None:
    event, forgotten = taking(), taking()
    come(event, "Ali")
    come(forgotten, "Bora")
    on(event, "thanks", 1, "days")
    LetterWords.objects.create(event=event, letter="thanks", subject_en="Thanks, {name}")
    end = START + HOUR
    clock.move_to(end + DAY - MINUTE)
    assert tick() == []
    clock.move_to(end + DAY)
    assert tick() == [("thanks", "Ali")]
    assert Message.objects.latest("pk").subject == "Thanks, Ali"
    on(forgotten, "thanks", 1, "days")
    clock.move_to(end + 9 * DAY)
    assert tick() == []


def test_thanks_are_for_those_who_came_where_somebody_looked(clock: Any) -> None:
    event = taking()
    on(event, "thanks", 1, "days")
    ali, bora, _cem = come(event, "Ali", "Bora", "Cem")
    for row, state in ((ali, "present"), (bora, "absent")):
        CheckIn.objects.create(registration=row, place="2027-06-10", day=START.date(), at=START, state=state)
    clock.move_to(START + HOUR + DAY)
    assert tick() == [("thanks", "Ali")]


def test_without_times_a_day_begins_at_nine_and_ends_at_six() -> None:
    settings: RegistrationSettings = RegistrationSettingsFactory()
    public = settings.event.public
    public.starts_at = public.ends_at = None
    public.starts_on, public.ends_on = dt.date(2027, 6, 10), dt.date(2027, 6, 11)
    assert (timings.start_of(public), timings.end_of(public)) == (START, dt.datetime(2027, 6, 11, 15, tzinfo=dt.UTC))
    public.starts_on = public.ends_on = None
    assert timings.due_at(LetterTiming(letter="thanks", amount=1, unit="days"), public) is None


def test_what_is_switched_off_is_not_sent(clock: Any) -> None:
    event = taking()
    on(event)
    come(event, "Ali")
    LetterTiming.objects.update(switched_on=False)
    clock.move_to(START - DAY)
    assert tick() == []


def test_a_reminder_that_was_withheld_goes_to_the_corrected_address(clock: Any) -> None:
    event = taking()
    ali, bora = come(event, "Ali", "Bora")
    on(event)
    mark_refused(address=ali.email, reason="550 no such user")
    clock.move_to(START - 6 * DAY)
    tick()
    withheld = Message.objects.get(to_address=ali.email)
    assert (withheld.letter, withheld.state) == ("registration_reminder", "withheld")
    for row in (ali, bora):
        new = applicant(row.name, email=f"{row.name.lower()}@right.example")
        amend(registration=row, applicant=new, answers={}, by=UserFactory(admin=True))
    assert tick() == [("reminder", "Ali")]
    assert (Message.objects.latest("pk").to_address, tick()) == ("ali@right.example", [])
