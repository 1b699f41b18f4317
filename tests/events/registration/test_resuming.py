"""An event that is called off and takes place after all: the line moves on, and who has to hear of it hears of it."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from events import jobs
from events.models import Event, Job, Message, Registration, RegistrationSettings, Session
from events.registration import Filled, accept_offer, add_registration, amend, cancel, expire_due, verify, waitlist
from events.registration.groups.deciding import accept_group, resend_group, verify_group, waitlist_group
from events.registration.groups.members import add_member
from events.registration.groups.registering import Member, add_group
from events.registration.several import resend
from events.registration.substituting import substitute
from events.registration.telling import promise_telling
from events.release import cancel_event, reinstate_event, release_programme, withdraw_event
from tests.events.registration.applying import applicant, apply, counted, states, taking
from tests.events.registration.gathering import coming, gathering
from tests.events.registration.grouped import apply_group, confirmed_group, filled_group, taking_groups
from tests.factories import UserFactory, VenueFactory

pytestmark = pytest.mark.django_db(transaction=True)


def tell() -> None:
    """What the clock does, twice."""
    for _each in range(2):
        promise_telling()
        for job in Job.objects.filter(kind="tell_registered", finished_at=None).order_by("pk"):
            jobs.run_job(job.pk)


def letters(email: str) -> list[str]:
    rows = Message.objects.filter(to_address=email).order_by("pk")
    return [row.letter.removeprefix("registration_") for row in rows]


def sequences(row: Registration) -> list[str]:
    rows = Message.objects.filter(to_address=row.email).exclude(calendar="").order_by("pk")
    return [
        " ".join(line for line in _first(each.calendar).splitlines() if line.startswith(("METHOD", "SEQUENCE")))
        for each in rows
    ]


def _first(calendar: str) -> str:
    """The event's own entry; those of sessions follow."""
    return calendar.partition("END:VCALENDAR")[0]


@pytest.mark.parametrize("off", [cancel_event, withdraw_event])
def test_seats_that_became_free_meanwhile_are_offered(off: Callable[..., object]) -> None:
    event = taking(capacity=1)
    ali = verify(registration=apply(event, "Ali"))
    apply(event, "Bora")
    off(event=event)
    cancel(registration=ali)
    assert (states(event)["Bora"], counted(event)) == ("waitlisted", (0, 0))
    reinstate_event(event=event)
    assert (states(event)["Bora"], counted(event)) == ("offered", (1, 1))


def test_so_they_are_when_it_is_moved_to_a_day_to_come() -> None:
    event = taking(capacity=1)
    ali = verify(registration=apply(event, "Ali"))
    apply(event, "Bora")
    yesterday = timezone.localdate() - dt.timedelta(days=2)
    Event.objects.filter(pk=event.pk).update(starts_on=yesterday, ends_on=yesterday)
    Session.objects.filter(event=event).update(day=yesterday)
    release_programme(event=event)
    cancel(registration=ali)
    assert states(event)["Bora"] == "waitlisted"
    later = timezone.localdate() + dt.timedelta(days=30)
    Event.objects.filter(pk=event.pk).update(starts_on=later, ends_on=later)
    Session.objects.filter(event=event).update(day=later)
    release_programme(event=event)
    assert states(event)["Bora"] == "offered"


def test_who_was_confirmed_and_waits_by_now_hears_it_too() -> None:
    event = gathering()
    RegistrationSettings.objects.filter(event=event).update(groups=True)
    ali, group = coming(event, "Ali"), confirmed_group(event, "Ilgaz", 2)
    waitlist(registration=ali)
    waitlist_group(group=group)
    cancel_event(event=event)
    tell()
    assert letters(ali.email) == ["unverified", "confirmed", "waitlisted", "offered", "called_off_waiting"]
    assert letters(group.email)[-2:] == ["group_waitlisted", "group_called_off_waiting"]


def test_it_is_told_as_often_as_it_is_called_off_and_the_calendar_follows() -> None:
    event = gathering()
    RegistrationSettings.objects.filter(event=event).update(capacity=1)
    ali, bora = coming(event, "Ali"), apply(event, "Bora")
    with time_machine.travel(timezone.now()) as clock:
        for act in [cancel_event, reinstate_event] * 2:
            act(event=event)
            clock.shift(dt.timedelta(minutes=11))
            tell()
    assert letters(bora.email) == ["waitlisted", "called_off_waiting", "called_off_waiting"]
    assert letters(ali.email) == ["unverified", "confirmed", *["called_off", "changed"] * 2]
    assert sequences(ali) == [
        "METHOD:REQUEST SEQUENCE:0",
        "METHOD:CANCEL SEQUENCE:1",
        "METHOD:REQUEST SEQUENCE:2",
        "METHOD:CANCEL SEQUENCE:3",
        "METHOD:REQUEST SEQUENCE:4",
    ]
    cancel(registration=ali)
    bora = accept_offer(registration=bora)
    assert sequences(bora) == ["METHOD:REQUEST SEQUENCE:0"]


def test_an_address_that_is_entered_later_gets_the_letter_and_what_follows() -> None:
    event, officer = gathering(), UserFactory(admin=True)
    row = add_registration(event=event, applicant=applicant("Ali", email=""), filled=Filled(), by=officer)
    row = amend(registration=row, applicant=applicant("Ali"), answers={}, by=officer)
    amend(registration=row, applicant=applicant("Ali", phone="1"), answers={}, by=officer)
    assert (letters(row.email), sequences(row)) == (["confirmed"], ["METHOD:REQUEST SEQUENCE:0"])
    cancel_event(event=event)
    tell()
    assert letters(row.email) == ["confirmed", "called_off"]


def test_who_never_had_an_entry_hears_once_that_it_is_off() -> None:
    event = gathering()
    row = coming(event, "Ali")
    Registration.objects.filter(pk=row.pk).update(invited_as="")
    cancel_event(event=event)
    tell()
    withdraw_event(event=event)
    tell()
    assert letters(row.email) == ["unverified", "confirmed", "called_off"]
    assert sequences(row) == ["METHOD:REQUEST SEQUENCE:0"]


def test_nobody_is_added_to_an_event_that_is_off() -> None:
    event, officer = gathering(), UserFactory(admin=True)
    ali = coming(event, "Ali")
    cancel_event(event=event)
    with pytest.raises(ValidationError, match="does not take place"):
        add_registration(event=event, applicant=applicant("Bora"), filled=Filled(), by=officer)
    with pytest.raises(ValidationError, match="does not take place"):
        substitute(registration=ali, applicant=applicant("Cem"), by=officer)
    assert states(event) == {"Ali": "confirmed"}


def test_nobody_is_entered_with_a_group_into_what_does_not_take_place() -> None:
    event, officer = taking_groups(), UserFactory(is_superuser=True)
    group = confirmed_group(event, "Ilgaz", 1)
    cancel_event(event=event)
    for enter in (
        lambda: add_member(group=group, member=Member(applicant("Ece")), by=officer),
        lambda: add_group(event=event, filled=filled_group("Gediz", 1), by=officer),
    ):
        with pytest.raises(ValidationError, match="does not take place"):
            enter()
    assert states(event) == {"Ilgaz 1": "confirmed"}


def test_what_is_sent_again_does_not_promise_a_seat_at_what_is_off() -> None:
    event, officer = taking_groups(capacity=2), UserFactory(is_superuser=True)
    group = confirmed_group(event, "Ilgaz", 1)
    seated, waits = (verify(registration=apply(event, name)) for name in ("Ali", "Bora"))
    cancel_event(event=event)
    tell()
    Message.objects.update(state="sent")
    before = Message.objects.latest("pk").pk
    amend(registration=seated, applicant=applicant("Ali", email="ali@new.example"), answers={}, by=officer)
    resend(registration=seated, by=officer)
    resend(registration=waits, by=officer)
    resend_group(group=group, by=officer)
    again = Message.objects.filter(pk__gt=before).order_by("pk")
    assert [(each.letter.removeprefix("registration_"), each.to_address, each.calendar) for each in again] == [
        ("called_off", "ali@new.example", ""),
        ("called_off", "ali@new.example", ""),
        ("called_off_waiting", "bora@sample.example", ""),
        ("group_called_off", "contact@ilgaz.example", ""),
    ]


def move(event: Event) -> None:
    """To another place; who is registered hears of it once that has settled."""
    Event.objects.filter(pk=event.pk).update(venue=VenueFactory(name_tr="Başka", name_en="Elsewhere"))
    event.refresh_from_db()
    release_programme(event=event)


def settled() -> None:
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=11)):
        tell()


def test_what_is_sent_again_brings_the_entry_back_into_the_calendar() -> None:
    event = taking()
    ali = verify(registration=apply(event, "Ali"))
    cancel_event(event=event)
    tell()
    reinstate_event(event=event)
    for _twice in range(2):
        resend(registration=ali, by=UserFactory(is_superuser=True))
    settled()
    again = ["changed", "confirmed", "confirmed"]
    assert letters(ali.email) == ["unverified", "confirmed", "called_off", *again, "agenda"]
    assert sequences(ali)[:-1] == [  # the last letter has the entries of sessions, which take place again
        "METHOD:REQUEST SEQUENCE:0",
        "METHOD:CANCEL SEQUENCE:1",
        *["METHOD:REQUEST SEQUENCE:2"] * 3,
    ]


def test_news_that_has_not_settled_is_told_before_what_is_sent_again() -> None:
    event, officer = taking(), UserFactory(is_superuser=True)
    ali, bora = (verify(registration=apply(event, name)) for name in ("Ali", "Bora"))
    Message.objects.update(state="sent")
    move(event)
    resend(registration=ali, by=officer)
    bora = amend(registration=bora, applicant=applicant("Bora", email="bora@new.example"), answers={}, by=officer)
    settled()
    assert letters(ali.email) == ["unverified", "confirmed", "changed", "confirmed"]
    assert sequences(ali) == ["METHOD:REQUEST SEQUENCE:0", *["METHOD:REQUEST SEQUENCE:1"] * 2]
    assert letters(bora.email) == ["changed", "confirmed"]
    assert sequences(bora) == ["METHOD:REQUEST SEQUENCE:1"] * 2


def test_another_hour_is_another_entry_also_where_it_is_sent_again() -> None:
    event = taking()
    ali = verify(registration=apply(event, "Ali"))
    Session.objects.filter(event=event).update(start=dt.time(7), end=dt.time(8))
    release_programme(event=event)
    resend(registration=ali, by=UserFactory(is_superuser=True))
    settled()
    assert letters(ali.email) == ["unverified", "confirmed", "confirmed", "agenda"]
    assert sequences(ali)[:2] == ["METHOD:REQUEST SEQUENCE:0", "METHOD:REQUEST SEQUENCE:1"]


def test_so_it_is_with_the_contact_of_members_without_an_address() -> None:
    event, officer = taking_groups(), UserFactory(is_superuser=True)
    group = confirmed_group(event, "Ilgaz", 1)
    add_member(group=group, member=Member(applicant("Ece", email="")), by=officer)
    before = len(letters(group.email))
    move(event)
    resend_group(group=group, by=officer)
    settled()
    assert letters(group.email)[before:] == ["group_changed", "group_confirmed"]


def test_nobody_s_time_runs_out_while_it_is_off_and_afterwards_it_begins_anew() -> None:
    event = taking(capacity=3)
    ali, late = verify(registration=apply(event, "Ali")), apply(event, "Late")
    verify(registration=apply(event, "Cem"))
    bora = apply(event, "Bora")
    cancel(registration=ali)
    cancel_event(event=event)
    tell()
    with time_machine.travel(timezone.now() + dt.timedelta(days=3)) as clock:
        assert expire_due() == 0
        reinstate_event(event=event)
        bora.refresh_from_db()
        late.refresh_from_db()
        now = timezone.now()
        assert [
            (row.state, row.held_until and row.held_until >= now + dt.timedelta(hours=23)) for row in (bora, late)
        ] == [
            ("offered", True),
            ("unverified", True),
        ]
        assert (letters(bora.email), letters(late.email)) == (
            ["waitlisted", "offered", "called_off_waiting", "offered"],
            ["unverified"],
        )
        clock.shift(dt.timedelta(hours=20))
        release_programme(event=event)
        assert (accept_offer(registration=bora).state, verify(registration=late).state) == ("confirmed", "confirmed")


def test_another_release_gives_no_more_time() -> None:
    event = taking()
    row = apply(event, "Ali")
    move(event)
    again = Registration.objects.get(pk=row.pk)
    assert again.held_until == row.held_until


def test_so_it_is_with_groups() -> None:
    event = taking_groups(capacity=4)
    ali = verify(registration=apply(event, "Ali"))
    late, waits = apply_group(event, "Foça", 2), apply_group(event, "Ilgaz", 2)
    cancel(registration=ali)
    assert waits.members.filter(state="offered").count() == 2
    cancel_event(event=event)
    tell()
    with time_machine.travel(timezone.now() + dt.timedelta(days=3)):
        assert expire_due() == 0
        reinstate_event(event=event)
        tell()
        assert letters(waits.email) == [
            "group_waitlisted",
            "group_offered",
            "group_called_off_waiting",
            "group_offered",
        ]
        assert (accept_group(group=waits).state, verify_group(group=late).state) == ("confirmed", "confirmed")
    assert counted(event) == (4, 4)


def test_an_address_that_nobody_confirmed_is_not_kept_for_it_for_ever() -> None:
    event = taking(capacity=2)
    ali, row = verify(registration=apply(event, "Ali")), apply(event, "Late")
    bora = apply(event, "Bora")
    cancel(registration=ali)
    cancel_event(event=event)
    with time_machine.travel(timezone.now() + dt.timedelta(days=9)):
        assert expire_due() == 1
        assert states(event) == {"Ali": "cancelled", "Late": "expired", "Bora": "offered"}
    assert (letters(row.email), letters(bora.email)) == (["unverified"], ["waitlisted", "offered"])


def test_once_its_days_are_over_it_runs_out_and_nobody_is_written_to() -> None:
    event = taking(capacity=1)
    ali, bora = verify(registration=apply(event, "Ali")), apply(event, "Bora")
    cancel(registration=ali)
    cancel_event(event=event)
    with time_machine.travel(dt.datetime(2029, 1, 1, tzinfo=dt.UTC)):
        assert expire_due() == 1
    assert (states(event)["Bora"], letters(bora.email)) == ("expired", ["waitlisted", "offered"])
