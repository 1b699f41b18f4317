"""Whose letters are whose where an address moved, and names of before: what is erased later would not find them."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from events import jobs
from events.links import open_link
from events.models import Event, Job, LetterTiming, Message, PublicEvent, Registration, RegistrationGroup
from events.registration import Applicant, amend, cancel, verify
from events.registration.groups.contact import amend_contact
from events.registration.groups.correcting import correct_member
from events.registration.groups.registering import Member
from events.registration.keeping import erase_behind, erase_group_contact, erase_registration
from events.registration.letters import link_of
from events.registration.lost import send_lost_link
from events.registration.mailboxes import behind
from events.registration.own_data import all_about
from events.registration.several import resend
from events.registration.striking import letters_of, strike
from events.registration.timed import promise_timed_letters
from tests.events.haystack import tables_holding
from tests.events.registration.applying import applicant, apply, taking
from tests.events.registration.grouped import apply_group, confirmed_group, taking_groups
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
TYPO, RIGHT = "typo@sample.example", "right@sample.example"


@pytest.fixture(autouse=True)
def _elsewhere(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT, settings.ERASURE_LEDGER = str(tmp_path / "media"), str(tmp_path / "ledger")


@pytest.fixture
def officer() -> Any:
    return UserFactory(admin=True)


def sent() -> None:
    Message.objects.filter(state="queued").update(state="sent", finished_at=timezone.now())


def twice(event: Event, name: str = "Ali Can") -> tuple[Registration, Registration]:
    """Ali with a typo in the address, and once more under another name: that one is cancelled."""
    first = verify(registration=apply(event, "Ali", email=TYPO))
    again = verify(registration=apply(event, name, email=RIGHT))
    cancel(registration=again)
    return first, again


def moved(event: Event, officer: Any, *, name: str = "Ali") -> tuple[Registration, Registration]:
    """The first got the address of the second, which has ended; everything was sent, before and after."""
    first, again = twice(event)
    sent()
    first = amend(registration=first, applicant=applicant(name, email=RIGHT), answers={}, by=officer)
    sent()
    resend(registration=first, by=officer)
    sent()
    return first, again


def opened(letter: Message) -> Any:
    """Whom the link of a letter leads to."""
    link = open_link(link_of(letter).rstrip("/").rpartition("/")[2], "registration")
    assert link is not None
    return link.target


def texts() -> str:
    rows = Message.objects.values_list("subject", "body_text", "body_html", "to_name", "to_address")
    return "\n".join(part for row in rows for part in row)


def test_links_open_what_stands_and_not_what_ended_later(officer: Any) -> None:
    event = taking()
    first, again = moved(event, officer)
    assert (first.pk < again.pk, first.state, first.email) == (True, "confirmed", RIGHT)
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        send_lost_link(event=event.pk, email=RIGHT)
        jobs.run_job(Job.objects.get(kind="lost_link").pk)
    letter = Message.objects.get(letter="registration_link", to_address=RIGHT)
    assert (letter.to_name, opened(letter)) == ("Ali", first)
    cancel(registration=first)
    assert opened(letter) == again  # of what ended, the last


def test_who_is_told_an_address_that_somebody_else_had_gets_a_letter_there(officer: Any) -> None:
    first, _again = twice(taking())
    Message.objects.filter(to_address=TYPO).update(state="sent", finished_at=timezone.now())
    assert Message.objects.filter(to_address=RIGHT, state="queued").exists()
    amend(registration=first, applicant=applicant("Ali", email=RIGHT), answers={}, by=officer)
    letter = Message.objects.get(to_address=RIGHT, to_name="Ali")
    assert (letter.letter, opened(letter)) == ("registration_confirmed", first)


def test_the_reminder_reaches_who_is_confirmed(officer: Any) -> None:
    event = taking()
    first, _again = moved(event, officer)
    LetterTiming.objects.create(event=event, letter="reminder", switched_on=True, amount=7, unit="days")
    with time_machine.travel(PublicEvent.objects.get(event=event).starts_at - timedelta(days=6)):  # type: ignore[operator]
        promise_timed_letters()
        jobs.run_job(Job.objects.get(kind="timed_letters", finished_at=None).pk)
        assert opened(Message.objects.get(letter="registration_reminder")) == first


def test_a_member_s_address_moves_onto_that_of_somebody_who_ended() -> None:
    event = taking_groups()
    with time_machine.travel(timezone.now() - timedelta(hours=2)):
        group = confirmed_group(event, "Izmir", 2)
        cancel(registration=verify(registration=apply(event, "Somebody", email=RIGHT)))
    member = group.members.order_by("pk")[0]
    member = correct_member(
        group=group, member=member, applicant=Applicant(name=member.name, email=RIGHT, language="en"), answers={}
    )
    assert opened(Message.objects.get(to_address=RIGHT, to_name=member.name, state="queued")) == member
    erase_registration(registration=member)
    assert ("Izmir 1" in texts(), Message.objects.filter(to_name="Somebody").exists()) == (False, True)


@pytest.mark.parametrize("name", ["Ali", "Ali Yeni"])
def test_erasing_after_an_address_moved_takes_the_own_letters_and_leaves_the_other_s(officer: Any, name: str) -> None:
    event = taking()
    first, again = moved(event, officer, name=name)
    others = list(Message.objects.filter(to_name="Ali Can").order_by("pk").values_list("letter", "body_text"))
    assert [letter for letter, _text in others] == [
        "registration_unverified",
        "registration_confirmed",
        "registration_cancelled",
    ]
    erase_registration(registration=first, by=officer)
    kept = Message.objects.exclude(to_name="").order_by("pk").values_list("letter", "body_text")
    assert (list(kept), first.code.upper() in texts(), TYPO in texts()) == (others, False, False)
    erase_registration(registration=again, by=officer)
    assert ("Ali" in texts(), RIGHT in texts()) == (False, False)


def test_erasing_what_ended_keeps_the_letters_of_what_stands(officer: Any) -> None:
    event = taking()
    first, again = moved(event, officer)
    own = set(letters_of(first).values_list("pk", flat=True))
    resend(registration=first, by=officer)
    erase_registration(registration=again, by=officer)
    first.refresh_from_db()
    assert "Ali Can" not in texts()
    waiting = letters_of(first).filter(state="queued")
    assert (set(letters_of(first).filter(state="sent").values_list("pk", flat=True)), waiting.count()) == (own, 1)


def test_of_one_name_and_mailbox_what_stands_keeps_what_waits(officer: Any) -> None:
    first, again = twice(taking(), "ALİ")
    sent()
    amend(registration=first, applicant=applicant("Ali", email=RIGHT), answers={}, by=officer)
    erase_registration(registration=again, by=officer)
    assert Message.objects.filter(state="queued", letter="registration_confirmed", to_name="Ali").count() == 1
    first.refresh_from_db()
    erase_registration(registration=first, by=officer)
    assert (set(Message.objects.values_list("to_name", "to_address")), "Ali" in texts()) == ({("", "")}, False)


def test_an_address_that_moves_on_takes_only_the_own_letters_along(officer: Any) -> None:
    first, again = moved(taking(), officer)
    before = set(letters_of(again).values_list("pk", flat=True))
    first.refresh_from_db()
    amend(registration=first, applicant=applicant("Ali", email="third@sample.example"), answers={}, by=officer)
    assert (set(letters_of(again).values_list("pk", flat=True)), len(before)) == (before, 3)


def kanarya(event: Event) -> tuple[RegistrationGroup, Registration]:
    """A group with a member who has no address and whose name will be corrected."""
    members = [Member(Applicant(name="Kanarya Eski", language="en")), Member(Applicant(name="Su", language="en"))]
    group = confirmed_group(event, "Izmir", 0, members=members)
    return group, group.members.get(name="Kanarya Eski")


def test_a_member_s_former_name_goes_from_what_the_contact_was_told(officer: Any) -> None:
    _group, row = kanarya(taking_groups())
    sent()
    new = Applicant(name="Kanarya Yeni", organisation=row.organisation_name, language="en")
    row = amend(registration=row, applicant=new, answers={}, by=officer)
    told = Message.objects.get(letter="registration_group_confirmed")
    assert f"…: {row.code.upper()}" in told.body_text
    assert ("Kanarya" in texts(), "Su: " in told.body_text, "Su: " in told.body_html) == (False, True, True)
    erase_registration(registration=row, by=officer)
    assert tables_holding(["Kanarya"]) == set()


def test_what_the_contact_is_still_to_be_told_says_the_new_name() -> None:
    group, row = kanarya(taking_groups())
    correct_member(group=group, member=row, applicant=Applicant(name="Kanarya <Y>", language="en"), answers={})
    told = Message.objects.get(letter="registration_group_confirmed", state="queued")
    assert f"Kanarya <Y>: {row.code.upper()}" in told.body_text
    assert f"Kanarya &lt;Y&gt;: {row.code.upper()}" in told.body_html
    row.refresh_from_db()
    erase_registration(registration=row)
    assert tables_holding(["Kanarya"]) == set()


def test_a_name_that_two_members_have_stays_the_other_s() -> None:
    people = [Member(Applicant(name="Su", language="en")), Member(Applicant(name="Su", language="en"))]
    group = confirmed_group(taking_groups(), "Izmir", 0, members=people)
    one, other = group.members.order_by("pk")
    correct_member(group=group, member=one, applicant=Applicant(name="Suna", language="en"), answers={})
    told = Message.objects.get(letter="registration_group_confirmed").body_text
    assert (f"Su: {other.code.upper()}" in told, "Suna" in told) == (True, False)
    erase_registration(registration=other)
    told = Message.objects.get(letter="registration_group_confirmed").body_text
    assert (f"…: {one.code.upper()}" in told, "Su" in told) == (True, False)


def test_who_was_left_out_is_forgotten_however_the_sheet_spells_it(officer: Any) -> None:
    event = taking_groups()
    row = verify(registration=apply(event, "Kanarya Örnek", email="k@izmir.example"))
    known = [Member(Applicant(name="KANARYA  ÖRNEK", email="k@izmir.example", language="en"))]
    group = apply_group(event, "Izmir", 0, members=known)
    assert [each["name"] for each in group.left_out] == ["KANARYA  ÖRNEK"]
    erase_registration(registration=row, by=officer)
    group.refresh_from_db()
    assert group.left_out == []


def test_who_was_left_out_is_forgotten_when_the_name_is_corrected(officer: Any) -> None:
    event = taking_groups()
    row = verify(registration=apply(event, "Kanarya Eski", email="k@izmir.example"))
    group = apply_group(
        event, "Izmir", 0, members=[Member(Applicant(name="Kanarya Eski", email="k@izmir.example", language="en"))]
    )
    row = amend(registration=row, applicant=applicant("Kanarya Yeni", email="k@izmir.example"), answers={}, by=officer)
    erase_registration(registration=row, by=officer)
    group.refresh_from_db()
    assert (group.left_out, tables_holding(["Kanarya"])) == ([], set())


def test_a_contact_s_former_name_goes_from_what_members_were_told(officer: Any) -> None:
    group = confirmed_group(taking_groups(), "Izmir", 2)
    one, other = Message.objects.filter(letter="registration_confirmed").order_by("pk")
    Message.objects.filter(pk=one.pk).update(state="sent", finished_at=timezone.now())
    contact = Applicant(name="New One", email="contact@izmir.example", language="en")
    group = amend_contact(group=group, contact=contact, by=officer)
    one.refresh_from_db()
    other.refresh_from_db()
    assert ("Izmir Contact" in one.body_text + one.body_html, "…" in one.body_text) == (False, True)
    assert ("New One" in one.body_text, "New One" in other.body_text, "New One" in other.body_html) == (
        False,
        True,
        True,
    )
    erase_group_contact(group=group)
    assert tables_holding(["Izmir Contact", "New One", "contact@izmir.example"]) == set()


def test_of_a_contact_who_was_replaced_nothing_stays(officer: Any) -> None:
    group = confirmed_group(taking_groups(), "Izmir", 2)
    Message.objects.filter(letter="registration_group_unverified").update(state="sent", finished_at=timezone.now())
    contact = Applicant(name="New One", email="new@izmir.example", language="en")
    amend_contact(group=group, contact=contact, by=officer)
    assert erase_behind(behind("contact@izmir.example"), by=officer) == 0
    assert tables_holding(["Izmir Contact", "contact@izmir.example"]) == set()
    (letter,) = Message.objects.filter(to_address="new@izmir.example")
    assert (letter.letter, letter.state, letter.to_name) == ("registration_group_confirmed", "queued", "New One")
    assert "Dear New One," in letter.body_text


def test_of_a_contact_who_is_left_without_an_address_nothing_is_sent(officer: Any) -> None:
    group = confirmed_group(taking_groups(), "Izmir", 2)
    Message.objects.filter(letter="registration_group_unverified").update(state="sent", finished_at=timezone.now())
    amend_contact(group=group, contact=Applicant(name="Izmir Contact", language="en"), by=officer)
    assert not Message.objects.filter(to_address="contact@izmir.example").exists()


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("Su", "Su: 1\nSuna: 2\nAysu, (Su) Su’nun “Su”. İSu Suğ", "…: 1\nSuna: 2\nAysu, (…) …’nun “…”. İSu Suğ"),
        ("Işık Ö.", "Işık Ö.: 1, Işık Öz, kIşık Ö.", "…: 1, Işık Öz, kIşık Ö."),
        ("link", "link {{link:registration}}", "… {{link:registration}}"),
        ("a{{b", "a{{braces}}b {{link:registration}}", "… {{link:registration}}"),
    ],
)
def test_a_name_is_struck_where_it_stands_as_a_word(name: str, before: str, after: str) -> None:
    Message.objects.create(letter="registration_x", body_text=before, body_html=before, subject=f"{name} wrote")
    strike(Message.objects.all(), name)
    letter = Message.objects.get()
    assert (letter.body_text, letter.body_html, letter.subject) == (after, after, "… wrote")


def test_a_test_letter_is_emptied_where_it_names_somebody_and_not_where_a_word_begins_so() -> None:
    event = taking()
    row = verify(registration=apply(event, "Su"))
    for name in ("Su", "Suna"):
        Message.objects.create(
            event=event, letter="registration_test", state="sent", body_text=f"Dear {name},", message_id=name
        )
    erase_registration(registration=row)
    tests = Message.objects.filter(letter="registration_test").order_by("pk")
    assert list(tests.values_list("body_text", flat=True)) == ["", "Dear Suna,"]


def test_each_of_one_mailbox_is_handed_their_own_letters_and_the_outbox_leads_to_who_stands(
    officer: Any, client: Client
) -> None:
    event = taking()
    first, again = moved(event, officer)
    held = [{each["subject"] for each in all_about(row)["letters"]} for row in (first, again)]
    titled = {row.pk: set(letters_of(row).values_list("subject", flat=True)) for row in (first, again)}
    assert held == [titled[first.pk], titled[again.pk]]
    assert [any("cancelled" in subject for subject in each) for each in held] == [False, True]
    client.force_login(officer)
    html = client.get(f"/admin/events/{event.pk}/outbox/?q=right").content.decode()
    links = {int(pk) for pk in re.findall(r"/registrations/(\d+)/", html)}
    assert links == {first.pk}
