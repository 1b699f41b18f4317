"""The contact corrects a member: what it entered, and nothing that the member said."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from events.models import Message, Question, Registration, RegistrationGroup, RegistrationSettings
from events.registration.answering import read_answers, write_answers
from events.registration.details import DETAILS
from events.registration.refusals import mark_refused
from tests.events.registration.applying import apply
from tests.events.registration.browsing import enter
from tests.events.registration.group_browsing import enter_group
from tests.events.registration.grouped import apply_group, confirmed_group, taking_groups
from tests.factories import QuestionFactory, SessionPlacesFactory

pytestmark = pytest.mark.django_db
CONTACT = "contact@ilgaz.example"


def first_of(group: RegistrationGroup) -> Registration:
    member = group.members.order_by("pk").first()
    assert member is not None
    return member


def typed(member: Registration, **named: Any) -> dict[str, Any]:
    """What the form sends where nothing else was typed."""
    person = {name: getattr(member, name) for name in ("name", "role", "email", "phone")}
    return {**person, "version": str(Registration.objects.get(pk=member.pk).version), **named}


def letters(address: str) -> list[str]:
    return list(Message.objects.filter(to_address=address).order_by("pk").values_list("letter", flat=True))


def acts(row: Registration | RegistrationGroup) -> list[str]:
    entries = ModelLogEntry.objects.for_instance(row).order_by("pk")
    return [entry.action.removeprefix("events.registration.") for entry in entries]


def test_a_name_is_corrected_and_the_history_says_by_whom(client: Client) -> None:
    event = taking_groups()
    room = QuestionFactory(event=event, label_en="Room")
    places = SessionPlacesFactory(session=event.sessions.get(), capacity=1)
    group = confirmed_group(event, "Ilgaz", 2)
    member, page = first_of(group), enter_group(client, CONTACT)
    before = Message.objects.count()
    path = f"{page}{member.code}/change/"
    assert path in client.get(page).content.decode()
    assert 'value="Ilgaz 1"' in client.get(path).content.decode()
    sent = typed(member, name="Ilgaz Bir", role="Expert", sessions=[str(places.pk)], **{f"q-{room.key}": "Single"})
    html = client.post(path, sent, follow=True).content.decode()
    assert "Ilgaz Bir: your changes are saved." in html
    row = Registration.objects.get(pk=member.pk)
    places.refresh_from_db()
    assert (row.name, row.role, row.email, row.organisation_name) == ("Ilgaz Bir", "Expert", member.email, "Ilgaz")
    assert (read_answers(row), places.taken, Message.objects.count()) == ({room.key: "Single"}, 1, before)
    entry = ModelLogEntry.objects.for_instance(row).order_by("-pk")[0]
    assert (entry.message, entry.data["changed"]) == (
        "Details or answers of a member changed by the group’s contact",
        sorted(["name", "role", "sessions", room.key]),
    )
    assert acts(group)[-1] == "correct_member"


def test_another_address_gets_the_letter_and_the_link_and_the_old_link_ends(client: Client) -> None:
    group = confirmed_group(taking_groups(), "Ilgaz", 2)
    member, page, stranger = first_of(group), enter_group(client, CONTACT), Client()
    own = enter(stranger, member.email)
    mark_refused(address=member.email, reason="no such user")
    client.post(f"{page}{member.code}/change/", typed(member, email="ada@ilgaz.example"))
    row = Registration.objects.get(pk=member.pk)
    assert (row.email, row.address_refused_at, row.state) == ("ada@ilgaz.example", None, "confirmed")
    assert (stranger.get(own).status_code, Client().get(enter(Client(), row.email)).status_code) == (404, 404)
    letter = Message.objects.filter(to_address=row.email, state="queued").get()
    assert (letter.letter, f"UID:{row.uid}" in letter.calendar.replace("\r\n ", "")) == ("registration_confirmed", True)
    assert "mailto:ada@ilgaz.example" in letter.calendar.replace("\r\n ", "")


def test_an_address_given_later_or_taken_away(client: Client) -> None:
    group = confirmed_group(taking_groups(), "Ilgaz", 1)
    member, page = first_of(group), enter_group(client, CONTACT)
    path = f"{page}{member.code}/change/"
    client.post(path, typed(member, email=""))
    told = Message.objects.get(letter="registration_group_members")
    assert (Registration.objects.get().email, member.code.upper() in told.body_text) == ("", True)
    client.post(path, typed(member, email="m1@ilgaz.example"))
    assert Registration.objects.get().email == "m1@ilgaz.example"
    assert letters("m1@ilgaz.example")[-1] == "registration_confirmed"


def test_before_the_contact_confirmed_no_member_hears_of_a_correction(client: Client) -> None:
    group = apply_group(taking_groups(), "Ilgaz", 1)
    member, page = first_of(group), enter_group(client, CONTACT)
    client.post(f"{page}{member.code}/change/", typed(member, email="ada@ilgaz.example"))
    assert (Registration.objects.get().email, letters("ada@ilgaz.example")) == ("ada@ilgaz.example", [])


def test_what_the_member_said_is_neither_shown_nor_changed_and_keeps_the_address(client: Client) -> None:
    event = taking_groups()
    abroad = QuestionFactory(event=event, kind=Question.Kind.YES_NO, label_en="From abroad", key="abroad")
    meal = QuestionFactory(event=event, label_en="Meal")
    test = {"tests": [{"question": "abroad", "is": "equals", "value": True}]}
    passport = QuestionFactory(event=event, sensitive=True, label_en="Passport", condition=test)
    group = confirmed_group(event, "Ilgaz", 2)
    member, page = first_of(group), enter_group(client, CONTACT)
    write_answers(member, {abroad: True, passport: "U 123", meal: "Fish"})
    path = f"{page}{member.code}/change/"
    html = client.get(path).content.decode()
    shown = [each in html for each in ("U 123", "Passport", "From abroad", 'name="email"', "Fish", "stays: the member")]
    assert shown == [False, False, False, False, True, True]
    sent = typed(member, name="Ada", email="own@thief.example")
    client.post(path, {**sent, "q-abroad": "no", f"q-{passport.key}": "X", f"q-{meal.key}": "Soup"})
    row = Registration.objects.get(pk=member.pk)
    assert (row.name, row.email) == ("Ada", member.email)
    assert read_answers(row) == {"abroad": True, passport.key: "U 123", meal.key: "Soup"}


@pytest.mark.parametrize("said", ["details", "consent"])
def test_other_signs_that_the_member_reads_that_address(said: str, client: Client) -> None:
    event = taking_groups()
    group = confirmed_group(event, "Ilgaz", 1)
    member, page = first_of(group), enter_group(client, CONTACT)
    if said == "details":
        write_answers(member, {QuestionFactory(event=event, stage=DETAILS): "By train"})
    else:
        Registration.objects.update(details_at=timezone.now())
    client.post(f"{page}{member.code}/change/", typed(member, email="own@thief.example"))
    assert Registration.objects.get().email == member.email


def test_what_is_wrong_is_said_beside_the_field_and_kept(client: Client) -> None:
    event = taking_groups()
    apply(event, "Ali")
    group = confirmed_group(event, "Ilgaz", 2)
    member, page = first_of(group), enter_group(client, CONTACT)
    path = f"{page}{member.code}/change/"
    for named, words in (
        ({"name": ""}, "This field is required"),
        ({"email": "x"}, "value=&quot;x&quot;"),
        ({"email": "ali@sample.example"}, "registered already"),
        ({"email": "m2@ilgaz.example"}, "registered already"),
    ):
        answer = client.post(path, typed(member, role="Expert", **named))
        html = answer.content.decode()
        assert (answer.status_code, 'value="Expert"' in html) == (422, True)
        assert words in html or 'value="x"' in html
    assert first_of(group).role == ""


def test_what_the_member_changed_meanwhile_is_not_overwritten_unseen(client: Client) -> None:
    group = confirmed_group(taking_groups(), "Ilgaz", 1)
    member, page = first_of(group), enter_group(client, CONTACT)
    sent = typed(member, name="Ilgaz Bir")
    own = Client()
    own.post(f"{enter(own, member.email)}change/", {"name": "Ilgaz 1", "role": "Mayor"})
    answer = client.post(f"{page}{member.code}/change/", sent)
    html = answer.content.decode()
    assert (answer.status_code, "It says by now: “Mayor”" in html, 'value="Ilgaz Bir"' in html) == (422, True, True)
    row = Registration.objects.get()
    assert (row.name, row.role, f'name="version" value="{row.version}"' in html) == ("Ilgaz 1", "Mayor", True)


def test_after_the_time_for_changes_it_says_what_to_do_instead(client: Client) -> None:
    group = confirmed_group(taking_groups(), "Ilgaz", 1)
    member, page = first_of(group), enter_group(client, CONTACT)
    sent = typed(member, name="Ada")
    RegistrationSettings.objects.update(changes_until=timezone.now() - timedelta(hours=1))
    html = client.get(page).content.decode()
    assert ("change/" in html, "ask for a change by their own link" in html) == (False, True)
    answer = client.post(f"{page}{member.code}/change/", sent, follow=True).content.decode()
    assert ("The time for changes is over" in answer, Registration.objects.get().name) == (True, "Ilgaz 1")


def test_nobody_else_corrects_anybody(client: Client) -> None:
    event = taking_groups()
    group, other = confirmed_group(event, "Ilgaz", 1), confirmed_group(event, "Gölyaka", 1)
    page = enter_group(client, CONTACT)
    theirs = first_of(other)
    for reader, code in ((client, theirs.code), (Client(), first_of(group).code), (client, "nobody")):
        path = f"{page}{code}/change/"
        assert (reader.get(path).status_code, reader.post(path, typed(theirs, name="X")).status_code) == (404, 404)
    assert first_of(other).name == theirs.name
