"""After the time for changes a change is asked for: an officer accepts it as a whole, or says why not."""

import datetime as dt
import json
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from events.models import (
    Answer,
    ChangeRequest,
    Event,
    Message,
    Question,
    Registration,
    RegistrationSettings,
    RequestedAnswer,
    Session,
    WordingSeen,
)
from events.registration import amend, cancel, give_consent, withdraw_consent
from events.registration.answering import read_answers
from events.registration.keeping import delete_overdue, erase_registration
from events.registration.own_data import all_about
from events.registration.requesting import accept_change, refuse_change, request_change, take_back
from events.registration.sealed import rotate
from events.registration.setting_up import choose_places
from events.release import release_programme
from tests.events.registration.applying import applicant
from tests.events.registration.browsing import enter
from tests.events.registration.gathering import coming, gathering, places, session
from tests.factories import QuestionFactory, SessionPlacesFactory, UserFactory, WordingFactory

pytestmark = pytest.mark.django_db
ALI = "ali@sample.example"


@pytest.fixture
def event() -> Event:
    """Somewhere to go whose time for changes is over; it asks for a passport."""
    found = gathering()
    QuestionFactory(event=found, label_en="Passport", label_tr="Pasaport", sensitive=True)
    QuestionFactory(event=found, label_en="Arrival", label_tr="Varış", visible_to="officers")
    return found


def over(event: Event) -> None:
    RegistrationSettings.objects.filter(event=event).update(changes_until=timezone.now() - dt.timedelta(minutes=1))


def question(label: str) -> Question:
    return Question.objects.get(label_en=label)


def ask(row: Registration, *titles: str, passport: str = "", name: str = "Ali") -> ChangeRequest | None:
    return request_change(
        registration=row,
        applicant=applicant(name),
        answers={question("Passport"): passport or None, question("Arrival"): None},
        sessions=[places(each) for each in titles],
    )


def told(row: ChangeRequest | None) -> tuple[Any, ...]:
    assert row is not None
    return (row.details, row.sessions, {each.question.label_en: each.value for each in row.answers.all()})


def test_until_then_people_change_by_themselves_and_ask_afterwards(event: Event) -> None:
    row = coming(event)
    with pytest.raises(ValidationError, match="can no longer be changed"):
        ask(row, "Water")
    amend(registration=row, applicant=applicant("Ali"), answers={}, sessions=[places("Energy")])
    over(event)
    with pytest.raises(ValidationError, match="time for changes is over"):
        amend(registration=row, applicant=applicant("Ali"), answers={}, sessions=[])
    asked = ask(row, "Water", passport="U 1", name="Ali Yeni")
    assert told(asked) == (
        {"name": ["Ali", "Ali Yeni"]},
        {"was": [places("Energy").pk], "wanted": [places("Water").pk]},
        {"Passport": [None, "U 1"]},
    )
    row.refresh_from_db()
    assert (row.name, read_answers(row), row.chosen_sessions.get().places) == ("Ali", {}, places("Energy"))
    assert "U 1" not in RequestedAnswer.objects.get().sealed
    with time_machine.travel(dt.datetime(2027, 6, 10, 12, tzinfo=dt.UTC)), pytest.raises(ValidationError):
        ask(row)


def test_asking_anew_writes_over_and_asking_for_nothing_takes_back(event: Event) -> None:
    row = coming(event)
    over(event)
    first = ask(row, passport="U 1")
    assert told(ask(row, "Water")) == ({}, {"was": [], "wanted": [places("Water").pk]}, {})
    assert ask(row) is None
    assert [each.state for each in ChangeRequest.objects.all()] == ["taken_back"]
    assert first is not None
    assert take_back(registration=row) is False


def test_an_officer_accepts_all_of_it_and_the_person_hears_of_it(event: Event) -> None:
    row = coming(event, "Ali", "Energy")
    over(event)
    asked = ask(row, "Water", passport="U 1", name="Ali Yeni")
    assert asked is not None
    Message.objects.all().delete()
    officer = UserFactory(officer=True)
    accept_change(request=asked, by=officer)
    accept_change(request=asked, by=officer)
    row.refresh_from_db()
    assert (row.name, read_answers(row), [each.places for each in row.chosen_sessions.all()]) == (
        "Ali Yeni",
        {question("Passport").key: "U 1"},
        [places("Water")],
    )
    asked.refresh_from_db()
    assert (asked.state, asked.decided_by, places("Water").taken, places("Energy").taken) == ("accepted", officer, 1, 0)
    assert list(Message.objects.values_list("letter", flat=True)) == ["registration_change_accepted"]
    acts = ModelLogEntry.objects.for_instance(row).order_by("pk").values_list("action", flat=True)
    assert [each.rsplit(".", 1)[-1] for each in acts][-3:] == ["request_change", "amend", "accept_change"]


def test_nothing_is_done_where_a_session_has_no_seat_left(event: Event) -> None:
    coming(event, "Bora", "Water")
    row = coming(event, "Ali", "Energy")
    over(event)
    asked = ask(row, "Water", name="Ali Yeni")
    assert asked is not None
    with pytest.raises(ValidationError, match="All seats are taken in “Water"):
        accept_change(request=asked, by=UserFactory(officer=True))
    row.refresh_from_db()
    asked.refresh_from_db()
    assert (row.name, asked.state, places("Energy").taken) == ("Ali", "open", 1)


def test_nothing_is_done_where_a_session_is_offered_no_longer(event: Event) -> None:
    ali, bora = coming(event, "Ali"), coming(event, "Bora")
    over(event)
    officer, both = UserFactory(is_superuser=True), {places(each).session_id: 1 for each in ("Water", "Energy")}
    asked = [ask(ali, "Water", name="Ali Yeni"), ask(bora, "Energy", name="Bora")]
    Session.objects.filter(title_en="Energy").update(status="cancelled")
    release_programme(event=event)
    choose_places(event=event, wanted={key: seats for key, seats in both.items() if key != places("Water").session_id})
    for found, title in zip(asked, ("Water", "Energy"), strict=True):
        assert found is not None
        with pytest.raises(ValidationError, match=f"“{title}” cannot be chosen any more"):
            accept_change(request=found, by=officer)
        found.refresh_from_db()
        assert found.state == "open"
    ali.refresh_from_db()
    assert ali.name == "Ali"
    assert all_about(ali)["requests_for_changes"][0]["sessions"] == {"was": [], "wanted": []}


def test_also_where_nobody_knows_any_more_what_it_was_called(event: Event) -> None:
    row = coming(event)
    over(event)
    asked = ask(row, "Water")
    assert asked is not None
    places("Water").delete()
    with pytest.raises(ValidationError, match="A session that was asked for cannot be chosen"):
        accept_change(request=asked, by=UserFactory(officer=True))


def test_nothing_is_done_where_two_sessions_are_at_the_same_time_by_now(event: Event) -> None:
    SessionPlacesFactory(session=session(event, "Forest", 10), capacity=1)
    release_programme(event=event)
    ali = coming(event, "Ali", "Forest")
    over(event)
    asked, officer = ask(ali, "Water"), UserFactory(officer=True)
    assert asked is not None
    both = [places("Forest"), places("Energy")]
    amend(registration=ali, applicant=applicant("Ali"), answers={}, sessions=both, by=officer)
    with pytest.raises(ValidationError, match="are at the same time by now"):
        accept_change(request=asked, by=officer)
    amend(registration=ali, applicant=applicant("Ali"), answers={}, sessions=[places("Forest")], by=officer)
    accept_change(request=asked, by=officer)
    assert list(ali.chosen_sessions.values_list("places__session__title_en", "seat")) == [("Water", True)]


def test_what_overlapped_before_it_was_asked_does_not_stand_in_the_way(event: Event) -> None:
    SessionPlacesFactory(session=session(event, "Forest", 10), capacity=1)
    SessionPlacesFactory(session=session(event, "Sea", 12), capacity=1)
    release_programme(event=event)
    ali = coming(event, "Ali", "Forest", "Sea")
    Session.objects.filter(title_en="Sea").update(start=dt.time(10), end=dt.time(11))
    release_programme(event=event)
    over(event)
    asked = ask(ali, "Forest", "Sea", "Water")
    assert asked is not None
    accept_change(request=asked, by=UserFactory(officer=True))
    assert ali.chosen_sessions.filter(seat=True).count() == 3


def test_what_an_officer_changed_meanwhile_stays_where_nothing_was_asked_of_it(event: Event) -> None:
    row = coming(event)
    over(event)
    asked = ask(row, name="Ali Yeni")
    assert asked is not None
    officer = UserFactory(officer=True)
    amend(
        registration=row,
        applicant=applicant("Ali", role="Mayor"),
        answers={question("Arrival"): "Monday"},
        sessions=[places("Energy")],
        by=officer,
    )
    accept_change(request=asked, by=officer)
    row.refresh_from_db()
    assert (row.name, row.role, list(read_answers(row).values()), row.chosen_sessions.count()) == (
        "Ali Yeni",
        "Mayor",
        ["Monday"],
        1,
    )


def test_refusing_needs_a_reason_that_the_person_reads(event: Event) -> None:
    row = coming(event)
    over(event)
    asked = ask(row, "Water")
    assert asked is not None
    with pytest.raises(ValidationError, match="the person reads it"):
        refuse_change(request=asked, reason=" ", by=UserFactory(officer=True))
    refuse_change(request=asked, reason="The room is too small.", by=UserFactory(officer=True))
    message = Message.objects.get(letter="registration_change_refused")
    assert "The room is too small." in message.body_text
    assert not row.chosen_sessions.exists()
    for decide in (accept_change, refuse_change):
        with pytest.raises(PermissionDenied):
            decide(request=asked, by=UserFactory(reader=True), **({"reason": "x"} if decide is refuse_change else {}))


def test_who_cancels_asks_no_longer(event: Event) -> None:
    row = coming(event)
    over(event)
    ask(row, "Water")
    cancel(registration=row)
    assert ChangeRequest.objects.get().state == "lapsed"
    assert accept_change(request=ChangeRequest.objects.get()).state == "lapsed"


def test_what_was_asked_goes_with_consent_with_its_days_and_with_the_person(event: Event) -> None:
    photo = WordingFactory(event=event)
    Question.objects.filter(label_en="Passport").update(consent=photo, legal_basis="consent")
    row = coming(event)
    over(event)
    with pytest.raises(ValidationError, match="only with your consent"):
        ask(row, passport="U 1")
    seen = give_consent(registration=row, wording=photo)
    ask(row, passport="U 1")
    withdraw_consent(registration=row, seen=seen.pk)
    assert (
        RequestedAnswer.objects.count(),
        WordingSeen.objects.filter(withdrawn_at=None, agreed_at__isnull=False).count(),
    ) == (0, 0)
    give_consent(registration=row, wording=photo)
    ask(row, passport="U 2")
    assert rotate().current == 1
    about = all_about(Registration.objects.select_related("event__public").get())
    assert about["requests_for_changes"][0]["answers"] == [{"question": "Passport", "was": None, "wanted": "U 2"}]
    with time_machine.travel(dt.datetime(2027, 7, 20, tzinfo=dt.UTC)):
        delete_overdue()
    assert (RequestedAnswer.objects.count(), ChangeRequest.objects.count()) == (0, 1)
    erase_registration(registration=row)
    assert ChangeRequest.objects.count() == 0


def test_the_person_asks_sees_it_open_and_takes_it_back(event: Event, client: Client) -> None:
    coming(event, "Ali", "Energy")
    over(event)
    page = enter(client, ALI)
    html = client.get(page).content.decode()
    assert "Ask for a change" in html
    client_path = change_path(html)
    assert "is a request" in client.get(client_path).content.decode()
    passport = question("Passport").key
    sent = {"name": "Ali Yeni", f"q-{passport}": "U 1", "sessions": [str(places("Water").pk)]}
    html = client.post(client_path, sent, follow=True).content.decode()
    assert [word in html for word in ("You asked for a change", "Ali Yeni", "U 1", "Water", "before: Ali")] == [
        True
    ] * 5
    again = client.get(client_path).content.decode()
    assert ('value="Ali Yeni"' in again, 'value="U 1"' in again) == (True, True)
    html = client.post(page, {"act": "take_back"}, follow=True).content.decode()
    assert ("You ask for no change any more" in html, "You asked for a change" in html) == (True, False)
    data = json.loads(client.get(f"{page}data.json").content)
    assert data["requests_for_changes"][0]["state"] == "taken_back"
    assert not Answer.objects.exists()


def change_path(html: str) -> str:
    return html.split(">Ask for a change<")[0].rsplit('href="', 1)[1].split('"')[0]


def test_details_are_told_at_once_and_changed_by_asking(event: Event, client: Client) -> None:
    hotel = QuestionFactory(event=event, stage="details", label_en="Hotel", label_tr="Otel")
    coming(event)
    over(event)
    page = enter(client, ALI)
    path = f"{page}details/"
    assert "is a request" not in client.get(path).content.decode()
    client.post(path, {f"q-{hotel.key}": "Lime Tree"})
    assert read_answers(Registration.objects.get()) == {hotel.key: "Lime Tree"}
    assert "is a request" in client.get(path).content.decode()
    html = client.post(path, {f"q-{hotel.key}": "Elm Tree"}, follow=True).content.decode()
    assert ("You asked for a change" in html, "before: Lime Tree" in html) == (True, True)
    assert read_answers(Registration.objects.get()) == {hotel.key: "Lime Tree"}
    assert ChangeRequest.objects.get().details == {}
