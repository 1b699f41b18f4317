"""The page of a group's contact: what is held, who comes, and somebody else in somebody's place."""

import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry

from events import addresses
from events.models import ChosenSession, Event, Message, Registration, RegistrationGroup, RegistrationSettings
from events.periodic import run_due_jobs
from events.registration import Applicant, Filled, cancel, verify
from events.registration.answering import read_answers, write_answers
from events.registration.groups.deciding import cancel_group
from events.registration.substituting import substitute
from tests.events.registration.applying import apply, counted, states, taking
from tests.events.registration.browsing import enter, path_of
from tests.events.registration.group_browsing import enter_group, group_key_sent, group_path
from tests.events.registration.grouped import apply_group, confirmed_group, standing, taking_groups
from tests.factories import QuestionFactory, SessionPlacesFactory, UserFactory, WordingFactory

pytestmark = pytest.mark.django_db
CONTACT = "contact@ilgaz.example"


def press(client: Client, page: str, act: str) -> str:
    return client.post(page, {"act": act}, follow=True).content.decode()


def test_looking_changes_nothing_and_the_button_confirms(client: Client) -> None:
    event = taking_groups()
    group = apply_group(event, "Ilgaz", 2)
    page = enter_group(client, CONTACT)
    for method in (client.get, client.head):
        method(page)
        method(group_key_sent(CONTACT))
    assert standing(group)[0] == "unverified"
    assert "Your group is registered" in press(client, page, "verify")
    assert "Your group is registered" in press(client, page, "verify")
    assert standing(group) == ("confirmed", ["confirmed"] * 2)


def test_only_the_browser_that_the_key_let_in_sees_it(client: Client) -> None:
    event = taking_groups()
    group, _other = confirmed_group(event, "Ilgaz", 2), confirmed_group(event, "Gölyaka", 2)
    page, stranger, neighbour = enter_group(client, CONTACT), Client(), Client()
    enter_group(neighbour, "contact@glyaka.example")
    member = group.members.first()
    for reader in (stranger, neighbour):
        for path in (page, f"{page}data.json", f"{page}members.xlsx", f"{page}add/", f"{page}{member.code}/"):
            assert (reader.get(path).status_code, reader.post(page, {"act": "cancel"}).status_code) == (404, 404)
    assert client.get(f"{page}{_other.members.first().code}/").status_code == 404
    assert stranger.get(f"{group_path(event)}k/{'a' * 10}-{'a' * 26}/").status_code == 404
    assert standing(group)[0] == "confirmed"


def test_all_that_is_held_is_read_and_taken_along_but_not_what_only_members_were_asked(client: Client) -> None:
    event = taking_groups()
    diet = QuestionFactory(event=event, sensitive=True, label_en="Diet")
    room = QuestionFactory(event=event, label_en="Room")
    group = confirmed_group(event, "Ilgaz", 2)
    member = group.members.first()
    write_answers(member, {diet: "vegan", room: "Single"})
    page = enter_group(client, CONTACT)
    html = client.get(page).content.decode()
    assert [each in html for each in ("Ilgaz Contact", CONTACT, "Ilgaz 1", "m2@ilgaz.example")] == [True] * 4
    data = json.loads(client.get(f"{page}data.json").content)
    assert (data["contact"]["name"], [each["name"] for each in data["members"]]) == (
        "Ilgaz Contact",
        ["Ilgaz 1", "Ilgaz 2"],
    )
    assert data["members"][0]["answers"] == [{"question": "Room", "answer": "Single"}]
    made = load_workbook(io.BytesIO(client.get(f"{page}members.xlsx").content))
    rows = [[cell.value for cell in row] for row in made.worksheets[0].iter_rows(min_row=2)]
    assert (rows[0][-1], rows[1][0], rows[1][-1]) == ("Room", "Ilgaz 1", "Single")
    assert "vegan" not in f"{data} {rows}"


def test_who_was_registered_already_is_named_only_here(client: Client) -> None:
    event = taking_groups()
    apply(event, "Ali", email="m2@ilgaz.example")
    apply_group(event, "Ilgaz", 3)
    assert (
        "registered already. Your page names them"
        in Message.objects.get(letter="registration_group_unverified").body_text
    )
    html = client.get(enter_group(client, CONTACT)).content.decode()
    assert ("Registered already" in html, "Row 2:" in html) == (True, True)


def test_members_are_added_and_cancelled(client: Client) -> None:
    event = taking_groups(capacity=3)
    group = confirmed_group(event, "Ilgaz", 2)
    page = enter_group(client, CONTACT)
    answer = client.post(f"{page}add/", {"name": "", "email": "x"})
    assert (answer.status_code, "This field is required" in answer.content.decode()) == (422, True)
    answer = client.post(f"{page}add/", {"name": "Ada", "email": "m1@ilgaz.example"})
    assert "registered already" in answer.content.decode()
    html = client.post(f"{page}add/", {"name": "Ada Örnek"}, follow=True).content.decode()
    assert "Ada Örnek is in your group" in html
    ada = group.members.get(name="Ada Örnek")
    assert ada.code.upper() in html
    assert "No seat is free" in client.post(f"{page}add/", {"name": "Bora"}).content.decode()
    assert (
        "Ada Örnek is cancelled" in client.post(f"{page}{ada.code}/", {"act": "cancel"}, follow=True).content.decode()
    )
    assert (standing(group)[1], counted(event)) == (["confirmed", "confirmed", "cancelled"], (2, 2))
    assert client.get(f"{page}{ada.code}/")["Location"] == page
    press(client, page, "cancel")
    assert (standing(group)[0], counted(event)) == ("cancelled", (0, 0))


def test_offered_seats_are_taken_for_all(client: Client) -> None:
    event = taking_groups(capacity=2)
    first = confirmed_group(event, "Gölyaka", 2)
    group = apply_group(event, "Ilgaz", 2)
    page = enter_group(client, CONTACT)
    assert "How the line moves" in client.get(page).content.decode()
    cancel_group(group=first)
    assert "2 seats are free for your group" in client.get(page).content.decode()
    press(client, page, "accept")
    assert standing(group) == ("confirmed", ["confirmed"] * 2)


def test_b_takes_a_s_place_and_nothing_of_a_passes_on(client: Client) -> None:
    event = taking_groups(capacity=2)
    diet = QuestionFactory(event=event, sensitive=True, label_en="Diet")
    photo = WordingFactory(event=event)
    places = SessionPlacesFactory(session=event.sessions.get(), capacity=1)
    group = confirmed_group(event, "Ilgaz", 2)
    a = group.members.first()
    write_answers(a, {diet: "vegan"})
    ChosenSession.objects.create(registration=a, places=places, seat=True)
    type(places).objects.update(taken=1)
    apply(event, "Waiting", filled=Filled(sessions=[places], shown=[photo]))
    page, own_a = enter_group(client, CONTACT), Client()
    a_page = enter(own_a, a.email)
    answer = client.post(
        f"{page}{a.code}/", {"act": "substitute", "name": "Berk Yeni", "email": "berk@ilgaz.example"}, follow=True
    )
    assert "Berk Yeni takes the place of Ilgaz 1" in answer.content.decode()
    b = Registration.objects.get(name="Berk Yeni")
    a.refresh_from_db()
    assert (a.state, a.replaced_by, b.state, b.group, counted(event)) == ("cancelled", b, "confirmed", group, (2, 2))
    assert (read_answers(b), b.wordings_seen.count(), b.uid == a.uid, b.code == a.code) == ({}, 0, False, False)
    places.refresh_from_db()
    assert (places.taken, list(ChosenSession.objects.filter(seat=True).values_list("registration", flat=True))) == (
        1,
        [b.pk],
    )
    assert states(event)["Waiting"] == "waitlisted"
    to_a, to_b = Message.objects.order_by("pk").filter(to_address__in=[a.email, b.email]).order_by("-pk")[:2][::-1]
    assert (to_a.letter, "METHOD:CANCEL" in to_a.calendar, "Berk" in to_a.body_text) == (
        "registration_replaced",
        True,
        False,
    )
    assert (to_b.letter, "METHOD:REQUEST" in to_b.calendar, str(b.uid) in to_b.calendar) == (
        "registration_confirmed",
        True,
        True,
    )
    assert "cancelled" in own_a.get(a_page).content.decode()
    entries = ModelLogEntry.objects.for_instance(a).order_by("-pk")
    assert (entries[0].action, entries[0].data["by"]) == ("events.registration.name_substitute", b.code)


def test_a_member_s_own_page_says_who_registered_and_shows_the_notice(client: Client) -> None:
    event = taking_groups()
    confirmed_group(event, "Ilgaz", 2)
    page = enter(client, "m1@ilgaz.example")
    html = client.get(page).content.decode()
    assert [each in html for each in ("Ilgaz Contact registered you", "How we use your data")] == [True] * 2
    form = client.get(f"{page}change/").content.decode()
    assert ('name="organisation"' in form, 'name="name"' in form) == (False, True)
    client.post(f"{page}change/", {"name": "Ilgaz Bir", "organisation": "Other"})
    row = Registration.objects.get(email="m1@ilgaz.example")
    assert (row.name, row.organisation_name) == ("Ilgaz Bir", "Ilgaz")


@pytest.mark.parametrize(
    ("named", "allowed"),
    [
        ({}, True),
        ({"substitutes": "nobody"}, False),
        ({"substitutes_until": timezone.now() - timedelta(hours=1)}, False),
    ],
)
def test_settings_and_deadline_bind_the_contact_and_not_the_officer(named: dict[str, Any], allowed: bool) -> None:
    event = taking_groups(**named)
    group = confirmed_group(event, "Ilgaz", 2)
    who = Applicant(name="Berk", email="berk@ilgaz.example", language="en")
    if allowed:
        substitute(registration=group.members.first(), applicant=who)
    else:
        with pytest.raises(ValidationError, match="cannot be named any more"):
            substitute(registration=group.members.first(), applicant=who)
        substitute(registration=group.members.first(), applicant=who, by=UserFactory(officer=True))
    assert Registration.objects.filter(name="Berk", state="confirmed").count() == 1


def test_a_single_person_names_a_substitute_where_that_is_allowed(client: Client) -> None:
    event: Event = taking()
    row = verify(registration=apply(event, "Ali"))
    page = enter(client, row.email)
    path = f"{page}substitute/"
    assert ("substitute/" in client.get(page).content.decode(), client.get(path).status_code) == (False, 302)
    RegistrationSettings.objects.update(substitutes="everybody")
    assert path in client.get(page).content.decode()
    answer = client.post(path, {"name": "Berk", "email": ""})
    assert (answer.status_code, "This field is required" in answer.content.decode()) == (422, True)
    other = apply(event, "Cem")
    assert "registered already" in client.post(path, {"name": "Cem", "email": other.email}).content.decode()
    html = client.post(path, {"name": "Berk", "email": "berk@sample.example"}, follow=True).content.decode()
    assert "Your registration is cancelled" in html
    assert (states(event), counted(event)) == (
        {"Ali": "cancelled", "Cem": "unverified", "Berk": "confirmed"},
        (2, 2),
    )
    cancel(registration=other)
    with pytest.raises(ValidationError, match="somebody who has a seat"):
        substitute(
            registration=other, applicant=Applicant(name="X", email="x@sample.example"), by=UserFactory(admin=True)
        )


def test_a_lost_link_is_sent_to_the_contact_too(client: Client) -> None:
    event = taking_groups()
    confirmed_group(event, "Ilgaz", 2)
    path = f"{path_of(event)}link/"
    answers: list[Any] = [client.post(path, {"email": email}) for email in (CONTACT.upper(), "nobody@sample.example")]
    assert {(each.status_code, each["Location"]) for each in answers} == {(302, f"{path}?sent")}
    run_due_jobs()
    assert Message.objects.filter(letter="registration_group_link", to_address=CONTACT).count() == 1


def test_erasing_the_contact_ends_the_page_and_leaves_the_members(client: Client) -> None:
    event = taking_groups()
    group = confirmed_group(event, "Ilgaz", 2)
    page, key = enter_group(client, CONTACT), group_key_sent(CONTACT)
    assert "is erased" in press(client, page, "erase")
    assert (client.get(page).status_code, client.get(key).status_code) == (404, 404)
    assert (RegistrationGroup.objects.get().name, standing(group)[1]) == ("", ["confirmed"] * 2)


@pytest.mark.parametrize("act", ["", "nothing", "drop:1", "accept", "x" * 3000])
def test_a_button_that_is_not_there_does_no_harm(act: str, client: Client) -> None:
    event = taking_groups()
    group = apply_group(event, "Ilgaz", 1)
    assert client.post(enter_group(client, CONTACT), {"act": act}).status_code == 302
    assert standing(group)[0] == "unverified"


def test_the_pages_speak_both_languages_and_are_in_no_search_engine(client: Client) -> None:
    event = taking_groups()
    group = confirmed_group(event, "Ilgaz", 1)
    page = enter_group(client, CONTACT)
    other = page.replace("/en/events/", "/tr/etkinlikler/").replace("/register/group/", "/kayit/grup/")
    assert f'href="{other}"' in client.get(page).content.decode()
    code = group.members.get().code
    for path in (page, other, f"{page}add/", f"{other}ekle/", f"{page}{code}/", f"{other}{code}/"):
        answer = client.get(path)
        assert (answer.status_code, answer["X-Robots-Tag"]) == (200, "noindex, nofollow, noarchive")


def test_when_the_event_is_over_there_is_nothing_to_press(client: Client) -> None:
    event = taking_groups()
    confirmed_group(event, "Ilgaz", 2)
    page = enter_group(client, CONTACT)
    past = timezone.localdate() - timedelta(days=2)
    type(event.public).objects.filter(event=event).update(starts_on=past, ends_on=past)
    html = client.get(page).content.decode()
    said = [each in html for each in ("The event is over", "Cancel the whole group", "Replace or cancel", "Correct")]
    assert said == [True, False, False, False]


def test_all_that_is_held_is_read_in_words_also_of_who_was_left_out(client: Client) -> None:
    event = taking_groups()
    apply(event, "Ali", email="m2@ilgaz.example")
    confirmed_group(event, "Ilgaz", 2)
    handle = enter_group(client, CONTACT).strip("/").rsplit("/", 1)[-1]
    held = client.get(addresses.group_held_path(event.slug, "en", handle))
    html = held.content.decode()
    assert (held.status_code, "Registered already, so left out" in html, "Ilgaz 2" in html) == (200, True, True)
