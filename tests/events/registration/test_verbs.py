"""From state to state: seats are counted, the line is kept, letters and history say what happened."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.models import ModelLogEntry

from events.models import ChosenSession, Message, Registration, RegistrationSettings
from events.registration import (
    NotTakenError,
    Opening,
    accept_offer,
    add_registration,
    approve,
    cancel,
    decline,
    expire_due,
    offer,
    register,
    save_settings,
    verify,
    waitlist,
)
from events.registration.registering import Filled
from events.release import cancel_event
from events.signals import registration_changed
from tests.events.registration.applying import applicant, apply, counted, line, new_once, states, taking
from tests.factories import (
    EventFactory,
    OrganisationFactory,
    RegistrationSettingsFactory,
    SessionPlacesFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 5, 1, 9, 0, tzinfo=UTC)


def letters(email: str = "") -> list[str]:
    rows = Message.objects.filter(letter__startswith="registration_").order_by("pk")
    return [row.letter.removeprefix("registration_") for row in (rows.filter(to_address=email) if email else rows)]


def test_a_seat_is_held_from_the_first_post_and_confirmed_by_the_address() -> None:
    with time_machine.travel(NOON, tick=False):
        event = taking(capacity=2)
        row = apply(event)
        assert (row.state, row.seat, row.held_until, counted(event)) == (
            "unverified",
            True,
            NOON + timedelta(hours=24),
            (1, 1),
        )
        row = verify(registration=row)
        assert (row.state, row.seat, row.held_until, row.verified_at) == ("confirmed", True, None, NOON)
        assert verify(registration=row).version == row.version
    assert letters() == ["unverified", "confirmed"]


def test_who_comes_when_all_seats_are_taken_waits_in_order() -> None:
    event = taking(capacity=1)
    for name in ("Ali", "Bora", "Cem"):
        apply(event, name)
    assert states(event) == {"Ali": "unverified", "Bora": "waitlisted", "Cem": "waitlisted"}
    assert (line(event), counted(event)) == (["Bora", "Cem"], (1, 1))
    assert list(Registration.objects.waiting().values_list("waiting_number", flat=True)) == [1, 2]
    assert "number 2 on the waiting list" in Message.objects.get(to_address="cem@sample.example").body_text


def test_a_seat_that_becomes_free_is_offered_to_the_next_and_passes_on_when_nobody_takes_it() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        event = taking(capacity=1, offer_hours=10)
        first = verify(registration=apply(event, "Ali"))
        apply(event, "Bora")
        apply(event, "Cem")
        cancel(registration=first)
        assert states(event) == {"Ali": "cancelled", "Bora": "offered", "Cem": "waitlisted"}
        assert counted(event) == (1, 1)
        clock.shift(timedelta(hours=10))
        assert expire_due() == 1
        assert states(event) == {"Ali": "cancelled", "Bora": "expired", "Cem": "offered"}
        row = accept_offer(registration=Registration.objects.get(name="Cem"))
        assert (row.state, row.verified_at, counted(event)) == ("confirmed", NOON + timedelta(hours=10), (1, 1))
        assert expire_due() == 0
    assert letters("bora@sample.example") == ["waitlisted", "offered", "expired"]


def test_an_address_that_is_never_confirmed_loses_the_seat_without_another_letter() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        event = taking(capacity=1)
        row = apply(event, "Ali")
        apply(event, "Bora")
        clock.shift(timedelta(hours=24))
        assert verify(registration=row).state == "expired"
        assert states(event) == {"Ali": "expired", "Bora": "offered"}
    assert letters("ali@sample.example") == ["unverified"]


def test_too_late_for_an_offer_is_told_and_passes_the_seat_on() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        event = taking(capacity=1, offer_hours=1)
        first = apply(event, "Ali")
        row = apply(event, "Bora")
        apply(event, "Cem")
        cancel(registration=first)
        clock.shift(timedelta(hours=1))
        assert accept_offer(registration=row).state == "expired"
        assert states(event)["Cem"] == "offered"


def test_where_an_officer_approves_only_approval_takes_a_seat() -> None:
    event, officer = taking(capacity=1, approval=True), UserFactory(officer=True)
    rows = [verify(registration=apply(event, name)) for name in ("Ali", "Bora", "Cem")]
    assert (set(states(event).values()), counted(event)) == ({"requested"}, (0, 0))
    approve(registration=rows[0], by=officer)
    with pytest.raises(ValidationError, match="No seat is left"):
        approve(registration=rows[1], by=officer)
    waitlist(registration=rows[1], by=officer)
    row = decline(registration=rows[2], reason="One person from each office", by=officer)
    assert (states(event), counted(event)) == (
        {"Ali": "confirmed", "Bora": "waitlisted", "Cem": "declined"},
        (1, 1),
    )
    assert (row.reason, row.ended_at is not None) == ("One person from each office", True)
    assert "One person from each office" in Message.objects.get(letter="registration_declined").body_text


def test_the_same_form_twice_is_one_row_and_one_letter() -> None:
    event = taking()
    first = register(event=event, applicant=applicant(), filled=Filled(), once="once")
    again = register(event=event, applicant=applicant(), filled=Filled(), once="once")
    assert (first.registration, first.new, again.registration, again.new) == (
        again.registration,
        True,
        first.registration,
        False,
    )
    assert letters() == ["unverified"]


def test_the_same_person_twice_is_one_row_and_gets_the_link() -> None:
    event = taking()
    first = apply(event, "Ali")
    again = register(
        event=event, applicant=applicant("Ali Can", email="ALI@Sample.example"), filled=Filled(), once=new_once("2")
    )
    assert (again.registration, again.new) == (first, False)
    assert letters() == ["unverified", "link"]


def test_nobody_gets_more_than_three_such_letters_an_hour() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        event = taking()
        for number in range(6):
            register(event=event, applicant=applicant("Ali"), filled=Filled(), once=f"{number}")
        assert letters() == ["unverified", "link", "link"]
        other = taking()
        apply(other, "Ali")
        last = Message.objects.order_by("pk").last()
        assert last is not None
        assert (last.letter, last.due_at) == ("registration_unverified", NOON + timedelta(hours=1))
        clock.shift(timedelta(hours=1, seconds=1))
        register(event=event, applicant=applicant("Ali"), filled=Filled(), once="late")
        assert letters() == ["unverified", "link", "link", "unverified", "link"]


def test_who_ended_may_register_anew_and_whoever_is_in_may_not_be_doubled() -> None:
    event = taking()
    cancel(registration=apply(event, "Ali"))
    again = register(event=event, applicant=applicant("Ali"), filled=Filled(), once="anew")
    assert (again.new, [row.state for row in Registration.objects.order_by("pk")]) == (
        True,
        ["cancelled", "unverified"],
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.filter(state="cancelled").update(state="requested", ended_at=None)


def test_a_quota_holds_back_one_organisation_and_not_the_others() -> None:
    OrganisationFactory(name_tr="Işıklar Belediyesi", name_en="Işıklar Municipality")
    event = taking(capacity=3, quota=1)
    apply(event, "Ali", organisation="IŞIKLAR BELEDİYESİ")
    apply(event, "Bora", organisation="Isiklar Municipality")
    apply(event, "Cem", organisation="Başka Belediye")
    apply(event, "Derya", organisation="Başka  belediye")
    apply(event, "Ece")
    assert states(event) == {
        "Ali": "unverified",
        "Bora": "waitlisted",
        "Cem": "unverified",
        "Derya": "waitlisted",
        "Ece": "unverified",
    }
    cancel(registration=Registration.objects.get(name="Cem"))
    assert (states(event)["Bora"], states(event)["Derya"], counted(event)) == ("waitlisted", "offered", (3, 3))


def test_more_seats_are_offered_at_once_and_fewer_than_are_held_are_refused() -> None:
    event, admin = taking(capacity=1), UserFactory(admin=True)
    for name in ("Ali", "Bora", "Cem"):
        apply(event, name)
    settings = RegistrationSettings.objects.get(event=event)
    settings.capacity = 2
    save_settings(settings=settings, by=admin)
    assert (states(event)["Bora"], states(event)["Cem"], counted(event)) == ("offered", "waitlisted", (2, 2))
    settings.capacity = 1
    with pytest.raises(ValidationError, match="2 people hold a seat"):
        save_settings(settings=settings, by=admin)
    with pytest.raises(IntegrityError), transaction.atomic():
        RegistrationSettings.objects.update(capacity=1)


def test_an_officer_offers_out_of_turn_and_a_refused_offer_goes_to_the_line() -> None:
    event, officer = taking(capacity=1, approval=True), UserFactory(officer=True)
    rows = {name: verify(registration=apply(event, name)) for name in ("Ali", "Bora")}
    for row in rows.values():
        waitlist(registration=row, by=officer)
    with pytest.raises(PermissionDenied):
        offer(registration=rows["Bora"], by=UserFactory(editor=True))
    row = offer(registration=rows["Bora"], by=officer)
    assert (row.state, line(event)) == ("offered", ["Ali"])
    with pytest.raises(ValidationError, match="No seat is left"):
        offer(registration=rows["Ali"], by=officer)
    cancel(registration=row)
    assert states(event) == {"Ali": "offered", "Bora": "cancelled"}


def test_moved_to_the_end_of_the_line_the_seat_goes_to_somebody_else() -> None:
    event, officer = taking(capacity=1), UserFactory(officer=True)
    first = verify(registration=apply(event, "Ali"))
    apply(event, "Bora")
    waitlist(registration=first, by=officer)
    assert (states(event), line(event), counted(event)) == (
        {"Ali": "waitlisted", "Bora": "offered"},
        ["Ali"],
        (1, 1),
    )


@pytest.mark.parametrize(
    ("named", "opening"),
    [
        ({"opens_at": NOON + timedelta(days=1)}, Opening.NOT_YET),
        ({"closes_at": NOON}, Opening.CLOSED),
        ({"capacity": 0, "waiting_list": False}, Opening.FULL),
        ({"ready": False}, Opening.NONE),
    ],
)
def test_when_nothing_is_taken(named: dict[str, Any], opening: Opening) -> None:
    with time_machine.travel(NOON, tick=False):
        event = taking(**named)
        with pytest.raises(NotTakenError) as refused:
            apply(event)
    assert (refused.value.opening, Registration.objects.count(), Message.objects.count()) == (opening, 0, 0)


def test_an_event_that_is_called_off_or_over_takes_nobody() -> None:
    event = taking()
    with time_machine.travel(datetime(2027, 6, 11, 9, tzinfo=UTC)), pytest.raises(NotTakenError):
        apply(event)
    cancel_event(event=event)
    with pytest.raises(NotTakenError):
        apply(event)
    with pytest.raises(NotTakenError):
        apply(RegistrationSettingsFactory(event=EventFactory()).event)


def test_by_hand_time_does_not_bind_and_the_seat_is_confirmed_at_once() -> None:
    event, officer = taking(capacity=1, closes_at=NOON - timedelta(days=400)), UserFactory(officer=True)
    first = add_registration(event=event, applicant=applicant("Ali", email=""), filled=Filled(), by=officer)
    second = add_registration(event=event, applicant=applicant("Bora"), filled=Filled(), by=officer)
    assert (first.state, first.source, second.state) == ("confirmed", "officer", "waitlisted")
    assert letters() == ["waitlisted"]
    with pytest.raises(ValidationError, match="registered already"):
        add_registration(event=event, applicant=applicant("Bora Bey", email="bora@sample.example"), filled=Filled())


def test_history_says_what_happened_and_names_nobody() -> None:
    event, officer = taking(approval=True), UserFactory(officer=True)
    row = verify(registration=apply(event, "Zümrüt Kanaryakuşu"))
    approve(registration=row, by=officer)
    entries = ModelLogEntry.objects.for_instance(row).order_by("pk")
    assert [(entry.action, entry.label, entry.user, entry.data) for entry in entries] == [
        ("events.registration.register", row.code, None, {"from": "", "to": "unverified"}),
        ("events.registration.verify", row.code, None, {"from": "unverified", "to": "requested"}),
        ("events.registration.approve", row.code, officer, {"from": "requested", "to": "confirmed"}),
    ]


def test_the_news_goes_up_once_it_is_true(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> None:
    heard: list[str] = []

    def listen(registration: Registration, **kwargs: Any) -> None:
        heard.append(registration.state)

    registration_changed.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            row = apply(taking())
            assert heard == []
        with django_capture_on_commit_callbacks(execute=True):
            verify(registration=row)
    finally:
        registration_changed.disconnect(listen)
    assert heard == ["unverified", "confirmed"]


def test_a_seat_in_a_session_goes_to_the_first_who_wished_for_it() -> None:
    event = taking(capacity=3)
    places = SessionPlacesFactory(session=event.sessions.get(), capacity=1)
    rows = [apply(event, name, filled=Filled(sessions=[places])) for name in ("Ali", "Bora", "Cem", "Derya")]
    held = ChosenSession.objects.filter(seat=True).values_list("registration__name", flat=True)
    assert (list(held.all()), states(event)["Derya"]) == (["Ali"], "waitlisted")
    cancel(registration=rows[0])
    places.refresh_from_db()
    assert (list(held.all()), places.taken, states(event)["Derya"]) == (["Bora"], 1, "offered")
    cancel(registration=rows[1])
    cancel(registration=rows[2])
    assert list(held.all()) == ["Derya"]
