"""Corners where two rules meet: quota and corrections, substitutes and requests, erasing and letters, kinds and seals."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from events import mail
from events.models import (
    Answer,
    ChangeRequest,
    Event,
    GroupAnswer,
    Message,
    PublicEvent,
    Question,
    Registration,
    RegistrationSettings,
    Upload,
)
from events.registration import (
    Filled,
    accept_offer,
    amend,
    attending,
    cancel,
    expire_due,
    register,
    verify,
    withdraw_consent,
)
from events.registration.detailing import tell_details
from events.registration.groups.deciding import verify_group
from events.registration.groups.members import add_member
from events.registration.groups.own_data import all_about_group
from events.registration.groups.registering import Member
from events.registration.keeping import delete_overdue, erase_group_contact, erase_registration
from events.registration.keys import person_key
from events.registration.letters import link_of
from events.registration.own_words import ready_made
from events.registration.requesting import request_change
from events.registration.setting_up import save_question
from events.registration.substituting import substitute
from events.registration.trying_out import send_test
from events.registration.uploading import keep_draft, own_draft
from events.release import cancel_event
from tests.events.registration.applying import applicant, apply, states, taking, today
from tests.events.registration.browsing import enter, fill_in
from tests.events.registration.files import picture
from tests.events.registration.group_browsing import members, send_group
from tests.events.registration.grouped import apply_group, confirmed_group, taking_groups
from tests.factories import QuestionFactory, UserFactory, WordingFactory

pytestmark = pytest.mark.django_db
MAY = dt.datetime(2027, 5, 1, 9, tzinfo=dt.UTC)


def officer() -> Any:
    return UserFactory(is_superuser=True, email="officer@sample.example")


def naming(word: str) -> list[str]:
    """Letters in which a word stands."""
    rows = Message.objects.order_by("pk")
    return [row.letter for row in rows if word in f"{row.subject} {row.body_text} {row.body_html} {row.calendar}"]


def test_nobody_gets_round_the_quota_by_changing_the_organisation() -> None:
    event = taking(quota=1)
    verify(registration=apply(event, "Ali", organisation="Ilgaz"))
    row = verify(registration=apply(event, "Veli", organisation="Gölköy"))
    with pytest.raises(ValidationError, match="all the seats that it may have"):
        amend(registration=row, applicant=applicant("Veli", organisation="ilgaz"), answers={})
    assert Registration.objects.filter(event=event, seat=True, organisation_key="ilgaz").count() == 1
    amend(registration=row, applicant=applicant("Veli", organisation="ilgaz"), answers={}, by=officer())
    assert Registration.objects.filter(event=event, seat=True, organisation_key="ilgaz").count() == 2


def test_a_seat_of_the_quota_that_somebody_leaves_is_offered() -> None:
    event = taking(quota=1)
    row = verify(registration=apply(event, "Ali", organisation="Ilgaz"))
    apply(event, "Veli", organisation="Ilgaz")
    assert states(event) == {"Ali": "confirmed", "Veli": "waitlisted"}
    amend(registration=row, applicant=applicant("Ali", organisation="Gölköy"), answers={})
    assert states(event) == {"Ali": "confirmed", "Veli": "offered"}


def test_what_somebody_asked_for_who_is_replaced_is_not_decided_any_more() -> None:
    event = taking(substitutes="everybody")
    row = verify(registration=apply(event, "Ali"))
    RegistrationSettings.objects.update(changes_until=timezone.now() - dt.timedelta(minutes=1))
    request_change(registration=row, applicant=applicant("Ali Yeni"), answers={})
    substitute(registration=row, applicant=applicant("Veli"))
    assert ChangeRequest.objects.get().state == "lapsed"


def test_letters_to_a_corrected_address_go_with_the_registration() -> None:
    row = verify(registration=apply(taking(), "Ali Kanarya"))
    Message.objects.update(state="sent")
    amend(registration=row, applicant=applicant("Ali Kanarya", email="a@other.example"), answers={}, by=officer())
    assert naming("Kanarya") == ["registration_unverified", "registration_confirmed", "registration_confirmed"]
    erase_registration(registration=row)
    assert naming("Kanarya") == []


def test_a_corrected_address_gets_what_waits_and_the_old_one_opens_nothing() -> None:
    row = verify(registration=apply(taking(), "Ali"))
    Message.objects.filter(letter="registration_unverified").update(state="sent")
    client = Client(headers={"accept-language": "en"})
    path = enter(client, "ali@sample.example")
    amend(registration=row, applicant=applicant("Ali", email="right@sample.example"), answers={}, by=officer())
    assert client.get(path).status_code == 404
    assert list(Message.objects.order_by("pk").values_list("letter", "to_address", "person_key")) == [
        ("registration_unverified", "ali@sample.example", "right@sample.example"),
        ("registration_confirmed", "right@sample.example", "right@sample.example"),
    ]
    old, new = Message.objects.order_by("pk")
    with pytest.raises(mail.LetterRefusedError, match="another address"):
        link_of(old)
    assert (
        Client(headers={"accept-language": "en"}).get(link_of(new).removeprefix("http://testserver")).status_code == 302
    )


def test_the_same_address_in_other_letters_keeps_its_link() -> None:
    row = verify(registration=apply(taking(), "Ali"))
    client = Client(headers={"accept-language": "en"})
    path = enter(client, "ali@sample.example")
    amend(registration=row, applicant=applicant("Ali", email="Ali@sample.example"), answers={}, by=officer())
    row.refresh_from_db()
    assert (row.email, client.get(path).status_code) == ("Ali@sample.example", 200)


def test_what_was_never_confirmed_is_forgotten_without_the_letters_of_who_came_back() -> None:
    with time_machine.travel(MAY, tick=False) as clock:
        event = taking()
        apply(event, "Ali")
        clock.shift(dt.timedelta(hours=25))
        expire_due()
        clock.shift(dt.timedelta(days=8))
        verify(
            registration=register(event=event, applicant=applicant("Ali"), filled=Filled(), once="again").registration
        )
        delete_overdue()
        assert states(event) == {"Ali": "confirmed"}
        rows = Message.objects.filter(to_address="ali@sample.example").order_by("pk")
        assert list(rows.values_list("letter", "state")) == [
            ("registration_unverified", "queued"),
            ("registration_confirmed", "queued"),
        ]


def test_letters_that_an_officer_tried_out_on_somebody_go_with_the_person() -> None:
    row = verify(registration=apply(taking(), "Ali Kanarya"))
    settings = RegistrationSettings.objects.select_related("event__public").get()
    row.event = settings.event
    words = ready_made("confirmed", "en")
    send_test(settings=settings, registration=row, letter="confirmed", words=words, by=officer())
    erase_registration(registration=row)
    assert naming("Kanarya") == []


def test_the_contact_of_a_group_is_erased_from_the_letters_to_its_members_too() -> None:
    group = confirmed_group(taking_groups(), "Ilgaz", 1)
    assert naming("Ilgaz Contact") == [
        "registration_group_unverified",
        "registration_confirmed",
        "registration_group_confirmed",
    ]
    erase_group_contact(group=group)
    assert naming("Ilgaz Contact") == []
    assert Message.objects.get(to_address="m1@ilgaz.example").state == "queued"


def test_the_contact_s_own_data_tells_nothing_that_only_the_member_was_asked() -> None:
    event = taking_groups()
    hotel = QuestionFactory(event=event, stage="details")
    tshirt = QuestionFactory(event=event, label_en="T-shirt")
    member = confirmed_group(event, "Ilgaz", 1).active_members.get()
    amend(registration=member, applicant=applicant("Ilgaz 1"), answers={tshirt: "M"})
    tell_details(registration=member, answers={hotel: "Kanarya Oteli"})
    (told,) = all_about_group(member.group)["members"]
    assert told["answers"] == [{"question": "T-shirt", "answer": "M"}]


def test_nobody_s_mailbox_is_filled_by_entering_and_cancelling_the_same_person() -> None:
    group = confirmed_group(taking_groups(substitutes="groups"), "Ilgaz", 1)
    member = Member(applicant("Kurban"))
    for _each in range(2):
        cancel(registration=add_member(group=group, member=member))
    with pytest.raises(ValidationError, match="several letters within an hour"):
        add_member(group=group, member=member)
    with pytest.raises(ValidationError, match="several letters within an hour"):
        substitute(registration=group.active_members.get(), applicant=applicant("Kurban"))
    assert Message.objects.filter(to_address="kurban@sample.example").count() == 4
    assert add_member(group=group, member=member, by=officer()).state == "confirmed"


def test_a_question_that_was_answered_keeps_its_kind() -> None:
    event = taking()
    question = QuestionFactory(event=event, kind="text")
    apply(event, "Ali", filled=Filled(answers={question: "abc"}))
    question.kind = "date"
    with pytest.raises(ValidationError, match="of the kind that it had"):
        save_question(question=question)
    Answer.objects.all().delete()
    save_question(question=question)
    assert Question.objects.get().kind == "date"


def test_answers_are_sealed_when_their_question_becomes_sensitive_and_stay_so() -> None:
    event = taking_groups()
    question = QuestionFactory(event=event)
    row = verify(registration=apply(event, "Ali", filled=Filled(answers={question: "abc"})))
    RegistrationSettings.objects.update(changes_until=timezone.now() - dt.timedelta(minutes=1))
    request_change(registration=row, answers={question: "def"})
    answer = GroupAnswer(group=apply_group(event, "Ilgaz", 1), question=question)
    answer.write("ghi", sensitive=False)
    answer.save()
    question.sensitive = True
    save_question(question=question)
    kept = [*question.answers.all(), *question.group_answers.all(), *question.requested_answers.all()]
    assert [(each.plain, bool(each.sealed), each.value) for each in kept] == [
        (None, True, "abc"),
        (None, True, "ghi"),
        (None, True, ["abc", "def"]),
    ]
    question.sensitive = False
    with pytest.raises(ValidationError, match="kept encrypted"):
        save_question(question=question)


@pytest.mark.parametrize("typed", ["nan", "sNaN", "-Infinity", "1e999999999"])
def test_words_that_python_takes_for_numbers_are_answers_as_others(typed: str) -> None:
    event = taking()
    first = QuestionFactory(event=event, position=1)
    for place, test in enumerate(("more", "equals"), 2):
        condition = {"match": "all", "tests": [{"question": first.key, "is": test, "value": "5"}]}
        QuestionFactory(event=event, position=place, condition=condition)
    assert fill_in(Client(), event, **{f"q-{first.key}": typed}).status_code == 302


def test_one_of_several_choices_can_be_ticked_for_a_member() -> None:
    event = taking_groups()
    options = [{"key": key, "tr": key, "en": key} for key in ("a", "b")]
    question = QuestionFactory(event=event, kind="choices", options=options)
    for number, ticked in enumerate((["a"], ["a", "b"])):
        row = {"name": "Ali", f"q-{question.key}": ticked}
        answer = send_group(Client(), event, email=f"c{number}@sample.example", **members(row))
        assert answer.status_code == 302
    assert [each.value for each in Answer.objects.order_by("pk")] == [["a"], ["a", "b"]]


def test_a_late_mark_counts_for_a_member_of_a_group_too() -> None:
    event = today(taking_groups())
    assert event.starts_on
    member = confirmed_group(event, "Ilgaz", 2).active_members[0]
    mark = attending.Mark(member.code, attending.Attendance.PRESENT, timezone.now())
    cancel(registration=member)
    (written,) = attending.write_marks(event=event, place=event.starts_on.isoformat(), marks=[mark])
    assert (written.refused, written.check_in and written.check_in.state) == ("", "present")


def asking_for_a_file() -> tuple[Registration, Question]:
    """Ali, who may only ask for changes by now, and asks to hand in a file that needs his consent."""
    event = taking()
    consent = WordingFactory(event=event)
    question = QuestionFactory(event=event, kind="file", legal_basis="consent", consent=consent, days_kept=10)
    row = verify(registration=apply(event, "Ali", filled=Filled(shown=[consent], agreed=[consent.key])))
    RegistrationSettings.objects.update(changes_until=timezone.now() - dt.timedelta(minutes=1))
    upload = keep_draft(question=question, draft=own_draft(row, "a" * 16), data=picture(), called="a.jpg")
    request_change(registration=row, answers={question: upload.value}, applicant=applicant("Ali Yeni"))
    assert Upload.objects.get().draft == own_draft(row, "request")
    return row, question


def test_a_file_that_is_asked_for_goes_with_the_consent_that_it_needs() -> None:
    row, _question = asking_for_a_file()
    withdraw_consent(registration=row, seen=row.wordings_seen.get().pk)
    assert (Upload.objects.count(), ChangeRequest.objects.get().state) == (0, "open")


def test_a_file_that_is_asked_for_goes_when_its_days_are_over() -> None:
    row, _question = asking_for_a_file()
    assert row.event.public.starts_on
    with time_machine.travel(row.event.public.starts_on + dt.timedelta(days=30), tick=False):
        delete_overdue()
    assert (Upload.objects.count(), ChangeRequest.objects.get().state) == (0, "open")


def test_a_consent_that_is_taken_back_with_a_request_stands_in_the_history() -> None:
    event = taking()
    consent = WordingFactory(event=event)
    row = verify(registration=apply(event, "Ali", filled=Filled(shown=[consent], agreed=[consent.key])))
    RegistrationSettings.objects.update(changes_until=timezone.now() - dt.timedelta(minutes=1))
    request_change(registration=row, answers={}, consents={consent: False})
    entry = ModelLogEntry.objects.for_instance(row).order_by("pk").last()
    assert entry
    assert (entry.action, entry.data) == ("events.registration.amend", {"changed": [consent.key]})


LABELS = ".".join(["ş"] * 90)


@pytest.mark.parametrize("domain", [".".join(["b" * 60] * 3), LABELS])
def test_an_address_may_be_as_long_as_the_network_allows(domain: str) -> None:
    address = f"{'a' * 60}@{domain}.example"
    assert fill_in(Client(), taking(), email=address).status_code == 302
    (row,) = Registration.objects.all()
    assert (row.email, len(row.person_key) <= 200, row.person_key) == (address, True, person_key(address.upper()))
    assert Message.objects.get().person_key == row.person_key


def test_letters_to_a_contact_count_for_the_same_address_of_one_person() -> None:
    with time_machine.travel(MAY, tick=False):
        for _each in range(3):
            apply_group(taking_groups(), "Ilgaz", 1)
        apply(taking(), "Contact", email="contact@ilgaz.example")
    rows = Message.objects.filter(to_address="contact@ilgaz.example").order_by("pk")
    assert [row.due_at - MAY for row in rows] == [*[dt.timedelta()] * 3, dt.timedelta(hours=1)]


def test_an_event_is_over_by_the_day_where_it_is() -> None:
    event = taking()
    assert event.public.starts_on
    PublicEvent.objects.filter(event=event).update(
        time_zone="America/Los_Angeles", ends_on=dt.date(2027, 6, 10), starts_on=dt.date(2027, 6, 10), starts_at=None
    )
    event = Event.objects.get(pk=event.pk)
    with time_machine.travel(dt.datetime(2027, 6, 11, 2, tzinfo=dt.UTC), tick=False):
        assert apply(event, "Ali").state == "unverified"
    with time_machine.travel(dt.datetime(2027, 6, 11, 8, tzinfo=dt.UTC), tick=False), pytest.raises(ValidationError):
        apply(event, "Veli")


def test_nobody_is_confirmed_for_an_event_that_was_called_off_meanwhile() -> None:
    event = taking_groups(capacity=3)
    ali = apply(event, "Ali")
    group = apply_group(event, "Ilgaz", 1)
    veli, full = apply(event, "Veli"), apply(event, "Can")
    assert full.state == "waitlisted"
    cancel(registration=veli)
    assert states(event)["Can"] == "offered"
    cancel_event(event=event)
    Message.objects.all().delete()
    for act in (
        lambda: verify(registration=ali),
        lambda: accept_offer(registration=full),
        lambda: verify_group(group=group),
    ):
        with pytest.raises(ValidationError, match="does not take place"):
            act()
    assert set(states(event).values()) == {"unverified", "offered", "cancelled"}
    assert not Message.objects.filter(letter__startswith="registration_").exists()
