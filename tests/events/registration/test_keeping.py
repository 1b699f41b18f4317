"""Erasing reaches registrations, answers, consents and letters; what has had its days goes by itself."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from events.erasure import erase_person
from events.models import Answer, Link, Message, Person, Registration, WordingSeen
from events.registration import Filled, cancel, verify
from events.registration.keeping import delete_overdue, erase_registration
from events.release import cancel_event
from events.turkish import fold, sort_key
from tests.events.haystack import files_holding, tables_holding
from tests.events.registration.applying import apply, counted, states, taking
from tests.factories import PersonFactory, QuestionFactory, WordingFactory, released

NAME, EMAIL, PASSPORT = "Zümrüt Kanaryakuşu", "zumrut.kanaryakusu@sample.example", "U 12345678"
ROLE, OFFICE = "Kanarya Yuvası Sorumlusu", "Kanaryakent Belediyesi"
WORDS = [NAME, EMAIL, PASSPORT, ROLE, OFFICE, fold(NAME), sort_key(NAME), "kanaryakusu", "fasting"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def registered(settings: Any, tmp_path: Path) -> Registration:
    """Zümrüt, with everything that a registration can hold; letters sent and waiting."""
    settings.MEDIA_ROOT, settings.ERASURE_LEDGER = str(tmp_path / "media"), str(tmp_path / "ledger")
    event = taking(capacity=1)
    passport = QuestionFactory(event=event, sensitive=True, days_kept=3)
    diet = QuestionFactory(event=event, days_kept=30)
    photo = WordingFactory(event=event)
    filled = Filled(answers={passport: PASSPORT, diet: "fasting"}, shown=[photo], agreed={photo.key})
    row = verify(
        registration=apply(event, NAME, email=EMAIL, organisation=OFFICE, role=ROLE, phone="+90 77", filled=filled)
    )
    Message.objects.filter(letter="registration_unverified").update(state="sent", finished_at=timezone.now())
    return row


def test_a_person_who_is_erased_leaves_no_trace_in_registrations(registered: Registration) -> None:
    person: Person = PersonFactory(name=NAME, email=EMAIL)
    apply(registered.event, "Bora")
    assert tables_holding(WORDS) >= {
        "events_registration.name",
        "events_registration.person_key",
        "events_registration.search_text",
        "events_registration.sort_key",
        "events_registration.organisation_name",
        "events_answer.plain",
        "events_message.body_text",
        "events_message.calendar",
    }
    erase_person(person=person)
    assert (tables_holding(WORDS), files_holding(WORDS)) == (set(), set())
    row = Registration.objects.get(pk=registered.pk)
    assert (row.state, row.name, row.erased_at is not None) == ("cancelled", "", True)
    assert (Answer.objects.count(), WordingSeen.objects.count()) == (0, 0)
    assert states(registered.event)["Bora"] == "offered"


def test_somebody_who_asks_for_it_is_erased_without_a_person_in_the_directory(registered: Registration) -> None:
    erase_registration(registration=registered)
    erase_registration(registration=registered)
    assert tables_holding(WORDS) == set()
    assert (counted(registered.event), Link.objects.count()) == ((0, 0), 0)


def test_answers_go_by_their_own_days_and_the_registration_by_the_event_s(registered: Registration) -> None:
    event = registered.event
    with time_machine.travel(datetime(2027, 6, 13, 12, tzinfo=UTC)) as clock:
        assert delete_overdue() == {}
        clock.shift(timedelta(days=1))
        assert delete_overdue() == {event.pk: {"answers": 1, "registrations": 0}}
        assert [answer.value for answer in Answer.objects.all()] == ["fasting"]
        clock.shift(timedelta(days=200))
        assert delete_overdue() == {event.pk: {"answers": 1, "registrations": 1}}
        assert delete_overdue() == {}
    assert tables_holding(WORDS) == set()
    assert Registration.objects.get().erased_at is not None


def test_what_was_told_to_an_event_that_is_off_and_never_had_a_day_goes_too() -> None:
    event = taking(event=released(with_sessions=0, starts_on=None, ends_on=None))
    diet = QuestionFactory(event=event, days_kept=3)
    verify(registration=apply(event, NAME, email=EMAIL, filled=Filled(answers={diet: "fasting"})))
    far = datetime(2030, 6, 13, 12, tzinfo=UTC)
    with time_machine.travel(far):
        assert delete_overdue() == {}
        cancel_event(event=event)
    with time_machine.travel(far + timedelta(days=3)) as clock:
        assert delete_overdue() == {}
        clock.shift(timedelta(days=1))
        assert delete_overdue() == {event.pk: {"answers": 1, "registrations": 0}}
        clock.shift(timedelta(days=200))
        assert delete_overdue() == {event.pk: {"answers": 0, "registrations": 1}}
    assert tables_holding([NAME, EMAIL, "fasting"]) == set()


def test_an_address_that_somebody_else_typed_is_gone_after_a_week() -> None:
    event = taking()
    row = apply(event, NAME, email=EMAIL)
    kept = verify(registration=apply(event, "Ali"))
    cancel(registration=kept)
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False) as clock:
        assert verify(registration=row).state == "expired"
        clock.shift(timedelta(days=7))
        delete_overdue()
        assert Registration.objects.count() == 2
        clock.shift(timedelta(seconds=1))
        delete_overdue()
    assert list(Registration.objects.all()) == [kept]
    assert tables_holding([NAME, EMAIL]) == set()
