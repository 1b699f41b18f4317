"""What is asked once somebody is confirmed: one letter, a form of its own, and officers see what is missing."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from events.models import Event, Message, Question, Registration
from events.registration import (
    Filled,
    add_registration,
    amend,
    approve,
    ask_details,
    cancel,
    tell_details,
    verify,
    waitlist,
)
from events.registration.answering import questions_of, read_answers
from events.registration.conditions import reduced
from events.registration.details import missing
from events.registration.groups.correcting import correct_member
from events.registration.groups.members import add_member
from events.registration.groups.registering import Member, add_group
from events.registration.ready_made import add_ready_made
from events.registration.setting_up import delete_question
from events.registration.several import resend
from tests.events.registration.applying import applicant, apply, taking
from tests.events.registration.browsing import enter, fill_in, path_of
from tests.events.registration.grouped import confirmed_group, filled_group, taking_groups
from tests.factories import QuestionFactory, UserFactory, WordingFactory

pytestmark = pytest.mark.django_db
AYSE = "ayse@sample.example"


def asking(event: Event, **named: Any) -> Question:
    question: Question = QuestionFactory(event=event, stage="details", **named)
    return question


def letters(row: Registration) -> list[str]:
    return list(Message.objects.filter(person_key=row.person_key).order_by("pk").values_list("letter", flat=True))


def due(*rows: Registration) -> list[bool]:
    return [Registration.objects.get(pk=row.pk).details_due for row in rows]


def test_confirmation_asks_once_and_only_where_something_is_asked() -> None:
    event, other = taking(), taking()
    asking(event, label_en="Day of arrival")
    row, elsewhere = (verify(registration=apply(each, name)) for each, name in ((event, "Ali"), (other, "Bora")))
    assert letters(row) == letters(elsewhere) == ["registration_unverified", "registration_confirmed"]
    assert due(row, elsewhere) == [True, False]
    asks, asks_not = (
        Message.objects.get(person_key=each.person_key, letter="registration_confirmed") for each in (row, elsewhere)
    )
    for body, button in ((asks.body_text, "Complete your details:"), (asks.body_html, ">Complete your details<")):
        assert ("Your seat is confirmed." in body, "we need some more details" in body, button in body) == (True,) * 3
    assert ("details" in asks_not.body_text, "{{link:registration}}" in asks.body_text) == (False, True)
    assert ("METHOD:REQUEST" in asks.calendar, asks.qr) == (True, row.code.upper())
    resend(registration=row)
    assert "we need some more details" in Message.objects.latest("pk").body_text
    verify(registration=row)
    waitlist(registration=row)
    assert due(row) == [False]
    approve(registration=row)
    assert (due(row), letters(row).count("registration_details")) == ([True], 0)
    assert "we need some more details" in Message.objects.latest("pk").body_text
    cancel(registration=row)
    assert due(row) == [False]


def test_the_second_form_asks_what_the_first_led_to(client: Client) -> None:
    event = taking()
    flies = QuestionFactory(event=event, kind="yes_no", label_en="Do you fly?")
    flight = asking(
        event,
        label_en="Flight",
        required=True,
        condition={"match": "all", "tests": [{"question": flies.key, "is": "equals", "value": True}]},
    )
    train = asking(
        event,
        label_en="Train",
        condition={"match": "all", "tests": [{"question": flies.key, "is": "equals", "value": False}]},
    )
    hotel = asking(event, label_en="Hotel")
    assert "Flight" not in client.get(path_of(event)).content.decode()
    fill_in(client, event, **{f"q-{flies.key}": "yes"})
    page = enter(client, AYSE)
    assert client.get(f"{page}details/")["Location"] == page
    client.post(page, {"act": "verify"})
    html = client.get(page).content.decode()
    assert "Still missing: “Flight” and “Hotel”." in html
    form = client.get(f"{page}details/").content.decode()
    assert [word in form for word in ("Flight", "Train", "Hotel", "Only if")] == [True, False, True, False]
    answer = client.post(f"{page}details/", {f"q-{hotel.key}": "Ihlamur", f"q-{train.key}": "x"})
    assert (answer.status_code, 'value="Ihlamur"' in answer.content.decode()) == (422, True)
    answer = client.post(f"{page}details/", {f"q-{flight.key}": "KP 12"}, follow=True)
    html = answer.content.decode()
    assert [word in html for word in ("Your details are saved", "KP 12", "Still missing", "Change my details")] == [
        True,
        True,
        False,
        True,
    ]
    row = Registration.objects.get()
    assert (read_answers(row), row.details_due, row.details_at is not None) == (
        {flies.key: True, flight.key: "KP 12"},
        False,
        True,
    )
    client.post(f"{page}change/", {"name": "Ayşe Örnek", f"q-{flies.key}": "no"})
    assert read_answers(row) == {flies.key: False}


def test_a_detail_that_needs_consent_is_refused_without_it(client: Client) -> None:
    event = taking()
    consent = WordingFactory(event=event, title_en="Health")
    health = asking(event, label_en="Illness", sensitive=True, legal_basis="consent", consent=consent)
    fill_in(client, event)
    page = enter(client, AYSE)
    client.post(page, {"act": "verify"})
    answer = client.post(f"{page}details/", {f"q-{health.key}": "asthma"})
    assert (answer.status_code, "Tick that consent" in answer.content.decode()) == (422, True)
    assert client.post(f"{page}details/", {f"q-{health.key}": "asthma", f"c-{consent.key}": "on"}).status_code == 302
    assert read_answers(Registration.objects.get()) == {health.key: "asthma"}


def test_details_are_told_by_who_is_confirmed_alone() -> None:
    event = taking()
    question = asking(event)
    row = apply(event, "Ali")
    with pytest.raises(ValidationError, match="once the seat is confirmed"):
        tell_details(registration=row, answers={question: "x"})
    with pytest.raises(ValidationError, match="No details are missing"):
        ask_details(registration=row)
    assert read_answers(row) == {}


def test_who_is_entered_by_hand_is_asked_by_what_was_entered() -> None:
    event = taking()
    stays = QuestionFactory(event=event, kind="yes_no")
    asking(event, condition={"tests": [{"question": stays.key, "is": "equals", "value": True}]})
    rows = [
        add_registration(event=event, applicant=applicant(name), filled=Filled(answers={stays: answer}))
        for name, answer in (("Ali", True), ("Bora", False))
    ]
    told = [Message.objects.get(person_key=row.person_key) for row in rows]
    assert [(each.letter, "we need some more details" in each.body_text) for each in told] == [
        ("registration_confirmed", True),
        ("registration_confirmed", False),
    ]
    assert due(*rows) == [True, False]


def test_questions_that_come_and_go_are_counted() -> None:
    event = taking()
    row = verify(registration=apply(event, "Ali"))
    rows = add_ready_made(event=event, name="arrival")
    assert (due(row), [str(each) for each in missing(row)]) == ([True], ["Day of arrival"])
    delete_question(question=rows[0])
    assert due(row) == [False]
    made = [each.stage for name in ("arrival", "departure", "visa") for each in add_ready_made(event=event, name=name)]
    assert made == ["details"] * 6


@pytest.mark.parametrize(
    ("match", "said", "left"),
    [
        ("all", {"a": "x"}, [{"question": "b", "is": "answered"}]),
        ("all", {}, None),
        ("any", {"a": "x"}, []),
        ("any", {}, [{"question": "b", "is": "answered"}]),
    ],
)
def test_what_was_said_elsewhere_is_taken_out_of_a_condition(match: str, said: dict[str, Any], left: Any) -> None:
    tests = [{"question": "a", "is": "equals", "value": "x"}, {"question": "b", "is": "answered"}]
    found = reduced({"match": match, "tests": tests}, said, ["b"])
    assert (None if found is None else found.get("tests", [])) == left


def test_the_first_form_asks_no_details() -> None:
    event = taking()
    first, second = QuestionFactory(event=event), asking(event)
    assert (questions_of(event.pk), questions_of(event.pk, stage="details")) == ([first], [second])


def test_members_who_come_into_a_seated_group_are_asked_for_what_their_answers_led_to() -> None:
    event = taking_groups()
    flies = QuestionFactory(event=event, kind="yes_no")
    test = {"question": flies.key, "is": "equals", "value": True}
    asking(event, required=True, condition={"match": "all", "tests": [test]})
    group = confirmed_group(event, "Ilgaz", 1)
    ece = Member(applicant("Ece"), {flies: True})
    add_member(group=group, member=ece)
    other = applicant("Filiz", email="filiz@other.example")
    add_group(event=event, filled=filled_group("Gediz", 0, members=[Member(other, {flies: True})]))
    rows = list(Registration.objects.filter(name__in=["Ece", "Filiz"]).order_by("name"))
    assert due(*rows) == [True, True]
    for row in rows:
        (letter,) = Message.objects.filter(person_key=row.person_key)
        assert "we need some more details" in letter.body_text
        assert row.details_asked_at is not None


def test_a_corrected_address_is_asked_for_the_details_too() -> None:
    event = taking_groups()
    asking(event)
    member = confirmed_group(event, "Ilgaz", 1).members.get()
    row = verify(registration=apply(event, "Ali"))
    Message.objects.update(state="sent")
    correct_member(group=member.group, member=member, applicant=applicant("Ece", email="ece@new.example"), answers={})
    officer = UserFactory(is_superuser=True)
    amend(registration=row, applicant=applicant("Ali", email="ali@new.example"), answers={}, by=officer)
    for address in ("ece@new.example", "ali@new.example"):
        letter = Message.objects.filter(to_address=address, state="queued").get()
        assert "we need some more details" in letter.body_text
