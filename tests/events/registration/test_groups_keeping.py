"""Erasing and the end of its days reach groups too: the contact, what was said, and names in letters."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from events.erasure import erase_person
from events.models import GroupAnswer, Message, Person, Registration, RegistrationGroup
from events.registration import Applicant, expire_due
from events.registration.groups.deciding import verify_group
from events.registration.groups.letters import tell_event_changed
from events.registration.groups.registering import Member
from events.registration.keeping import delete_overdue, erase_group_contact, erase_registration
from events.registration.own_data import all_about_person
from events.registration.telling import promise
from events.release import release_programme
from events.turkish import fold
from tests.events.haystack import tables_holding
from tests.events.registration.applying import apply
from tests.events.registration.grouped import apply_group, standing, taking_groups
from tests.factories import PersonFactory, QuestionFactory

NAME, EMAIL = "Zümrüt Kanaryakuşu", "zumrut.kanaryakusu@sample.example"
WORDS = [NAME, EMAIL, fold(NAME), "kanaryakusu"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _elsewhere(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT, settings.ERASURE_LEDGER = str(tmp_path / "media"), str(tmp_path / "ledger")


def group_of(contact: str = NAME, email: str = EMAIL, **named: Any) -> RegistrationGroup:
    event = taking_groups()
    plate = QuestionFactory(event=event, scope="group", days_kept=5)
    who = Applicant(name=contact, email=email, phone="+90 77", organisation="Ilgaz", language="en")
    return verify_group(group=apply_group(event, "Ilgaz", 2, contact=who, answers={plate: "34 ABC"}, **named))


def test_a_contact_who_is_erased_leaves_no_trace_and_the_members_stay() -> None:
    group = group_of()
    person: Person = PersonFactory(name=NAME, email=EMAIL)
    assert [each["contact"]["name"] for each in all_about_person(person)["groups"]] == [NAME]
    assert tables_holding(WORDS) >= {
        "events_registrationgroup.name",
        "events_registrationgroup.person_key",
        "events_registrationgroup.search_text",
        "events_message.body_text",
    }
    erase_person(person=person)
    assert tables_holding(WORDS) == set()
    assert standing(group) == ("confirmed", ["confirmed"] * 2)


def test_a_member_who_is_erased_goes_from_the_letters_to_the_contact_too() -> None:
    group = group_of(contact="Ali", email="ali@sample.example", members=[Member(Applicant(name=NAME))])
    assert "events_message.body_text" in tables_holding(WORDS)
    erase_registration(registration=group.members.get())
    assert tables_holding(WORDS) == set()


def test_who_was_left_out_is_forgotten_with_the_registration() -> None:
    event = taking_groups()
    person: Person = PersonFactory(name=NAME, email=EMAIL)
    apply(event, NAME, email=EMAIL)
    apply_group(event, "Ilgaz", 0, members=[Member(Applicant(name=NAME, email=EMAIL))])
    erase_person(person=person)
    assert tables_holding(WORDS) == set()


def test_what_was_said_of_a_group_goes_by_its_days_and_the_contact_by_the_event_s() -> None:
    group = group_of()
    with time_machine.travel(datetime(2027, 6, 15, 12, tzinfo=UTC)) as clock:
        assert delete_overdue() == {}
        clock.shift(timedelta(days=1))
        assert delete_overdue()[group.event_id]["answers"] == 1
        assert (GroupAnswer.objects.count(), RegistrationGroup.objects.get().name) == (0, NAME)
        clock.shift(timedelta(days=200))
        delete_overdue()
    assert tables_holding(WORDS) == set()
    group.refresh_from_db()
    assert (group.erased_at is not None, group.organisation_name, group.state) == (True, "", "confirmed")


def test_an_unconfirmed_group_is_gone_after_a_week_with_all_whom_it_named() -> None:
    event = taking_groups()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        apply_group(event, "Ilgaz", 2, members=[Member(Applicant(name=NAME, email=EMAIL))])
        clock.shift(timedelta(hours=24))
        expire_due()
        clock.shift(timedelta(days=7, seconds=1))
        delete_overdue()
    assert (RegistrationGroup.objects.count(), Registration.objects.count(), tables_holding(WORDS)) == (0, 0, set())


def test_erasing_twice_and_telling_an_erased_contact_does_no_harm() -> None:
    group = group_of()
    erase_group_contact(group=group)
    erase_group_contact(group=group)
    group.refresh_from_db()
    before = Message.objects.count()
    group.event.sessions.update(day=datetime(2027, 6, 11, tzinfo=UTC).date())
    release_programme(event=group.event)
    promise(group.event_id)
    settings = group.event.registration_settings
    settings.event.refresh_from_db()
    tell_event_changed(settings, group)
    assert Message.objects.filter(letter="registration_group_changed").count() == 0
    assert Message.objects.count() >= before
