"""Letters name the sessions that somebody chose: which are theirs, which they wait for, in text and in HTML."""

import datetime as dt
import re
from dataclasses import replace

import pytest
from django.test import Client
from django.utils.html import strip_tags

from events.models import Event, LetterWords, Message, Registration, RegistrationSettings, Session
from events.models.registration.registrations import State
from events.registration import Filled, add_registration, approve, verify
from events.registration.groups.deciding import verify_group
from events.registration.groups.registering import register_group
from events.registration.letters import resend, tell_timed
from events.registration.requesting import accept_change, request_change
from events.release import release_programme
from tests.events.registration.applying import applicant, apply
from tests.events.registration.gathering import coming, gathering, places, session
from tests.events.registration.grouped import filled_group
from tests.factories import RoomFactory, SessionPlacesFactory, UserFactory

pytestmark = pytest.mark.django_db
WATER = "Thursday 10 June, 14:00–15:00: Water"
ENERGY = "Thursday 10 June, 14:00–15:00: Energy"
FOREST = "Thursday 10 June, 10:00–11:00: Forest"
WAITS = "all seats taken: you wait for one"
LATER = "You wished for these. Their seats are held once you have a seat at the event."
THEN = "As soon as one is free for you, it is yours, and we write to you."


@pytest.fixture
def event() -> Event:
    found = gathering()
    SessionPlacesFactory(session=session(found, "Forest", 10), capacity=3)
    release_programme(event=found)
    return found


def set_up(event: Event, **named: object) -> None:
    RegistrationSettings.objects.filter(event=event).update(**named)


def told(letter: str, to: str = "ali@sample.example") -> list[str]:
    """What the last letter of this kind says under its heading of sessions; the same in text and HTML."""
    message = Message.objects.filter(letter=f"registration_{letter}", to_address=to).latest("pk")
    return said_in(message, "Your sessions")


def said_in(message: Message, heading: str) -> list[str]:
    text = re.search(rf"\n{heading}:\n((?:- .+\n)+)\n(?:({LATER}|{THEN})\n)?", message.body_text)
    html = re.search(
        rf">{heading}:</p>\s*<ul[^>]*>(.+?)</ul>\s*(?:<p[^>]*>\s*({LATER}|{THEN})\s*</p>)?",
        message.body_html,
        re.DOTALL,
    )
    assert text
    assert html, message.body_html
    items = [" ".join(strip_tags(each).split()) for each in html[1].split("</li>")]
    in_text = [line.removeprefix("- ") for line in text[1].splitlines()]
    assert ([each for each in items if each], html[2]) == (in_text, text[2])
    return [*in_text, *([text[2]] if text[2] else [])]


def test_who_is_confirmed_reads_which_are_held_and_which_are_waited_for(event: Event) -> None:
    coming(event, "Bora", "Water")
    coming(event, "Ali", "Water", "Forest")
    assert told("confirmed", "bora@sample.example") == [WATER]
    assert told("confirmed") == [FOREST, f"{WATER} ({WAITS})", THEN]


def test_who_chose_nothing_reads_nothing_of_it(event: Event) -> None:
    coming(event, "Ali")
    message = Message.objects.get(letter="registration_confirmed")
    assert "Your sessions" not in message.body_text + message.body_html


def test_who_has_no_seat_reads_what_was_wished_for(event: Event) -> None:
    set_up(event, capacity=1)
    coming(event, "Bora")
    row = apply(event, "Ali", filled=Filled(sessions=[places("Forest"), places("Water")]))
    assert row.state == State.WAITLISTED
    assert told("waitlisted") == [FOREST, WATER, LATER]
    set_up(event, approval=True)
    verify(registration=apply(event, "Can", filled=Filled(sessions=[places("Water")])))
    assert told("requested", "can@sample.example") == [WATER, LATER]


def test_who_is_entered_by_an_officer_reads_it_too(event: Event) -> None:
    set_up(event, capacity=1)
    boss = UserFactory(admin=True)
    for name, letter in (("Bora", "confirmed"), ("Ali", "waitlisted")):
        filled = Filled(sessions=[places("Water")])
        add_registration(event=event, applicant=applicant(name), filled=filled, by=boss)
        said = told(letter, f"{name.lower()}@sample.example")
        assert said == {"confirmed": [WATER], "waitlisted": [WATER, LATER]}[letter]


def test_who_is_approved_reads_it_and_once_more_when_it_is_sent_again(event: Event) -> None:
    set_up(event, approval=True)
    row = verify(registration=apply(event, "Ali", filled=Filled(sessions=[places("Water")])))
    approve(registration=row, by=UserFactory(admin=True))
    assert told("confirmed") == [WATER]
    Session.objects.filter(event=event, title_en="Water").update(start=dt.time(15), end=dt.time(16))
    release_programme(event=event)
    row = Registration.objects.select_related("event__public__release").get(pk=row.pk)
    resend(row.event.registration_settings, row)
    assert told("confirmed") == ["Thursday 10 June, 15:00–16:00: Water"]


def test_members_of_a_group_and_a_language_of_their_own(event: Event) -> None:
    set_up(event, groups=True)
    filled = filled_group("Ilgaz", 1)
    member = replace(filled.members[0], sessions=[places("Forest")])
    filled = replace(filled, members=[member], contact=replace(filled.contact, language="tr"))
    verify_group(group=register_group(event=event, filled=filled, once="o" * 20).group)
    message = Message.objects.get(letter="registration_confirmed")
    assert said_in(message, "Oturumlarınız") == ["10 Haziran Perşembe, 10:00–11:00: Forest"]


def test_a_change_that_was_accepted_is_told_with_what_there_is_now(event: Event) -> None:
    row = coming(event, "Ali", "Water")
    set_up(event, changes_until=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    asked = request_change(registration=row, answers={}, sessions=[places("Forest")])
    assert asked
    accept_change(request=asked, by=UserFactory(admin=True))
    assert told("change_accepted") == [FOREST]


def test_place_and_another_zone_stand_with_the_session_and_what_is_off_does_not(event: Event) -> None:
    room = RoomFactory(name_tr="Salon", name_en="Hall", venue__name_tr="Ev", venue__name_en="House")
    Session.objects.filter(event=event, title_en="Forest").update(room=room, start_zone="Europe/Brussels")
    Session.objects.filter(event=event, title_en="Water").update(status="cancelled")
    Session.objects.filter(event=event, title_en="Energy").update(start=None, end=None)
    release_programme(event=event)
    coming(event, "Ali", "Water", "Energy", "Forest")
    assert told("confirmed") == [
        "Thursday 10 June, 10:00–11:00 (GMT+2): Forest, Hall, House",
        "Thursday 10 June, Time to be announced: Energy",
    ]


def test_reminders_say_it_and_thanks_do_not(event: Event) -> None:
    row = coming(event, "Ali", "Water")
    for letter in ("reminder", "last_reminder", "thanks"):
        tell_timed(row.event.registration_settings, row, letter, useless_at=None)
    assert (told("reminder"), told("last_reminder")) == ([WATER], [WATER])
    assert "Water" not in Message.objects.get(letter="registration_thanks").body_text


def test_own_words_of_an_event_leave_the_sessions_in_the_letter(event: Event) -> None:
    LetterWords.objects.create(event=event, letter="confirmed", subject_en="Own", text_en="Own text", text_tr="Kendi")
    coming(event, "Ali", "Water")
    assert told("confirmed") == [WATER]


def test_a_preview_shows_them_as_if(event: Event, client: Client) -> None:
    set_up(event, capacity=1)
    coming(event, "Bora", "Water")
    apply(event, "Ali", filled=Filled(sessions=[places("Water"), places("Forest")]))
    client.force_login(UserFactory(admin=True))
    path = f"/admin/events/{event.pk}/registration/letters/"
    typed = {"version": "1", "act": "preview", "subject_en": "S", "text_en": "T", "subject_tr": "S", "text_tr": "T"}
    as_if = {"confirmed": ("Ali", WAITS, LATER), "waitlisted": ("Bora", LATER, WAITS)}
    for letter, (who, is_there, is_not) in as_if.items():
        html = client.post(f"{path}{letter}/", {**typed, "who": who}).content.decode()
        assert (is_there in html, is_not in html) == (True, False), letter
