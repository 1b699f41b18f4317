"""The door over HTTP: its page without script, what its script asks, and who may."""

import datetime as dt
import json
import time
import uuid
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from events.models import CheckIn, CheckInMark, Event, Registration, SessionPlaces
from events.registration import add_registration, cancel, check_in, verify
from events.registration.registering import Filled
from tests.events.admin.conftest import Enter
from tests.events.registration.applying import applicant, apply, states, taking
from tests.factories import SessionFactory, UserFactory, released

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day() -> Any:
    """It is ten o'clock on the day of the event, and the clock runs."""
    with time_machine.travel(dt.datetime(2027, 6, 10, 7, 0, tzinfo=dt.UTC)):
        yield


@pytest.fixture
def doorkeeper() -> Any:
    """Gül works at the door and may do nothing else."""
    user = UserFactory(username="gul")
    user.groups.add(Group.objects.get(name="Check-in"))
    return user


@pytest.fixture
def registrar() -> Any:
    user = UserFactory(username="figen")
    user.groups.add(Group.objects.get(name="Registration officers"))
    return user


@pytest.fixture
def at_door(doorkeeper: Any, enter: Enter) -> Client:
    return enter(doorkeeper)


def url(event: Event, rest: str = "") -> str:
    return f"/admin/events/{event.pk}/door/{rest}"


def day(event: Event) -> str:
    event.refresh_from_db()
    assert event.starts_on
    return event.starts_on.isoformat()


def text(answer: Any) -> str:
    html: str = answer.content.decode()
    return html


def mark(row: Registration | str, state: str = "present", **named: Any) -> dict[str, Any]:
    code = row if isinstance(row, str) else row.code
    return {"code": code, "state": state, "at": now(), "key": str(uuid.uuid4()), **named}


def now() -> int:
    return int(time.time() * 1000)


def send(client: Client, event: Event, *marks: Any, **named: Any) -> Any:
    sent = {"place": named.get("place") or day(event), "now": now(), "device": "Kapı", "marks": marks, **named}
    return client.post(url(event, "marks/"), json.dumps(sent), content_type="application/json")


def test_without_script_one_is_found_by_any_spelling_marked_and_taken_back(at_door: Client) -> None:
    event = taking()
    row = verify(registration=apply(event, "Ilgın Öztürk", organisation="Şişli"))
    verify(registration=apply(event, "Bora"))
    page = url(event)
    for query in ("ILGIN", "ilgin ozturk", "sisli", row.code, row.code.upper()):
        html = text(at_door.get(page, {"q": query}))
        assert ("Ilgın Öztürk" in html, "<b>Bora</b>" in html) == (True, False)
    press = {"place": day(event), "code": row.code, "q": "ilgin"}
    html = text(at_door.post(page, {**press, "state": "present"}, follow=True))
    assert ('door-state">In since' in html, '<b data-part="present">1</b>' in html) == (True, True)
    html = text(at_door.post(page, {**press, "state": "undone"}, follow=True))
    assert ('door-state">In since' in html, '<b data-part="present">0</b>' in html) == (False, True)
    assert [each.state for each in CheckInMark.objects.order_by("pk")] == ["present", "undone"]
    assert "Nobody is found" in text(at_door.get(page, {"q": "nobody"}))
    assert "Ilgın" not in text(at_door.get(page))


def test_a_button_that_is_not_there_does_no_harm(at_door: Client) -> None:
    event = taking()
    row = apply(event, "Ali")
    for posted in (
        {},
        {"code": row.code, "state": "present", "place": "1999-01-01"},
        {"code": row.code, "state": "present", "place": day(event)},
        {"code": row.code, "state": "replaced", "place": day(event)},
        {"code": "x", "state": "present", "place": "\u0001"},
    ):
        assert at_door.post(url(event), posted, follow=True).status_code == 200
    assert not CheckIn.objects.exists()
    assert at_door.get(url(event), {"place": "nowhere"}).status_code == 302


def test_before_it_opens_the_door_says_when_and_marks_nobody(at_door: Client) -> None:
    event = taking()
    row = verify(registration=apply(event, "Ali"))
    page, said = url(event), "The door opens on 9 June 2027, 18:00. Nobody can be marked before."
    with time_machine.travel(dt.datetime(2027, 5, 1, 9, tzinfo=dt.UTC)):
        html = text(at_door.get(page, {"q": "ali"}))
        assert (said in html, 'value="present"' in html, "<b>Ali</b>" in html) == (True, False, True)
        walk_in = text(at_door.get(url(event, "walk-in/"), {"place": day(event)}))
        assert (said in walk_in, 'name="name"' in walk_in) == (True, False)
        press = {"place": day(event), "code": row.code, "state": "present"}
        # As it stands, for the script, and as the answer.
        assert text(at_door.post(page, press, follow=True)).count(said) == 3
        typed = {"name": "Bora", "organisation": "", "role": "", "email": "", "language": "tr"}
        answer = at_door.post(f"{url(event, 'walk-in/')}?place={day(event)}", typed)
        assert (answer.status_code, said in text(answer), states(event)) == (422, True, {"Ali": "confirmed"})
        told = at_door.get(url(event, "list/"), {"place": day(event)}).json()
        opens = int(dt.datetime(2027, 6, 9, 15, tzinfo=dt.UTC).timestamp() * 1000)
        assert told["opens"] == [opens, said]
        # A device whose queue was filled too early is told by the server, whatever its own clock says.
        early = send(at_door, event, mark(row, at=now() + 90 * 86_400_000), now=now()).json()["marks"]
        assert [each["refused"] for each in early] == [said]
    assert not CheckInMark.objects.exists()
    assert at_door.get(url(event, "list/"), {"place": day(event)}).json()["opens"] == [0, ""]


def test_the_list_of_the_day_holds_names_and_nothing_else(at_door: Client) -> None:
    event = taking()
    row = verify(registration=apply(event, "Işıl Çağ", organisation="Ilgın", phone="+90 212 000 00 00"))
    answer = at_door.get(url(event, "list/"), {"place": day(event)})
    told = answer.json()
    assert told["people"] == [[row.code, "Işıl Çağ", "Ilgın", "confirmed", "isil cag ilgin"]]
    assert (told["here"], told["chosen"], told["seats"]) == ({}, None, [1, None])
    assert "no-store" in answer["Cache-Control"]
    assert "camera=(self)" in answer["Permissions-Policy"]
    assert ("sample.example" in text(answer), "212 000" in text(answer)) == (False, False)
    send(at_door, event, mark(row))
    other = at_door.get(url(event, "list/"), {"place": day(event), "since": told["now"]}).json()
    assert (list(other["here"]), other["here"][row.code][0]) == ([row.code], "present")
    for query in ({}, {"place": "2027-99-99"}, {"place": "nowhere"}, {"place": SessionFactory().key}):
        assert at_door.get(url(event, "list/"), query).status_code == 404


def test_a_session_that_was_chosen_says_by_whom(at_door: Client) -> None:
    event = taking()
    session = event.sessions.get()
    places = SessionPlaces.objects.create(session=session, capacity=2)
    chosen = add_registration(event=event, applicant=applicant("Ali"), filled=Filled(sessions=[places]))
    add_registration(event=event, applicant=applicant("Bora"), filled=Filled())
    assert at_door.get(url(event, "list/"), {"place": session.key}).json()["chosen"] == [chosen.code]
    html = text(at_door.get(url(event), {"place": session.key}))
    full = "All 2 places of this session are taken."
    assert ('<b data-part="expected">1</b>' in html, f'"most": {{"{session.key}": 2}}' in html) == (True, True)
    assert full not in html
    for row in Registration.objects.filter(event=event):  # who has not chosen it comes too
        check_in(registration=row, place=session.key)
    assert full in text(at_door.get(url(event), {"place": session.key}))


def test_marks_are_sent_twice_late_and_by_a_clock_that_is_wrong(at_door: Client) -> None:
    event = taking()
    row = verify(registration=apply(event, "Ali"))
    hour = 3600 * 1000
    first = mark(row, at=now() - 9 * hour, key=str(uuid.uuid4()))
    for _time in (1, 2):
        answer = send(at_door, event, first, now=now() - 8 * hour).json()
        assert [each["here"][0] for each in answer["marks"]] == ["present"]
    told = CheckIn.objects.get()
    assert (CheckInMark.objects.count(), told.device) == (1, "Kapı")
    # The clock of the door is eight hours behind: the mark is one hour old.
    assert abs(told.at.timestamp() - (time.time() - 3600)) < 60
    answer = send(at_door, event, mark("nobody"), mark(row, "undone")).json()
    assert [("refused" in each, "here" in each) for each in answer["marks"]] == [(True, False), (False, True)]


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "[]",
        "{}",
        '{"place": 1, "now": 1}',
        '{"place": "x", "now": true, "marks": []}',
        '{"place": "x", "now": 1e300, "marks": []}',
        '{"place": "x", "now": 1, "marks": [1]}',
        '{"place": "x", "now": 1, "marks": [{"code": "a", "state": "replaced", "at": 1, "key": "b"}]}',
        '{"place": "x", "now": 1, "marks": [{"code": "a", "state": "present", "at": 1, "key": "no"}]}',
        json.dumps({"place": "x", "now": 1, "marks": [{}] * 201}),
    ],
)
def test_what_no_door_sends_is_refused(sent: str, at_door: Client) -> None:
    event = taking()
    answer = at_door.post(url(event, "marks/"), sent, content_type="application/json")
    assert (answer.status_code, CheckInMark.objects.count()) == (400, 0)


def test_walk_ins(at_door: Client, registrar: Any, enter: Enter) -> None:
    event = taking(capacity=1)
    page = f"{url(event, 'walk-in/')}?place={day(event)}"
    assert "make one more seat" not in text(at_door.get(page))
    answer = at_door.post(page, {"name": "", "email": "no", "organisation": "Ilgın", "language": "en"})
    assert (answer.status_code, 'value="Ilgın"' in text(answer)) == (422, True)
    typed = {"name": "Ali Örnek", "organisation": "Ilgın", "role": "", "email": "", "language": "tr"}
    assert "Ali Örnek is in." in text(at_door.post(page, typed, follow=True))
    answer = at_door.post(page, {**typed, "name": "Bora", "beyond": "on"})
    assert (answer.status_code, "No seat is left" in text(answer)) == (422, True)
    enter(registrar).post(page, {**typed, "name": "Bora", "beyond": "on"})
    assert states(event) == {"Ali Örnek": "confirmed", "Bora": "confirmed"}
    ali = Registration.objects.get(name="Ali Örnek")
    instead = f"{page}&instead={ali.code}"
    assert "Send for them" in text(at_door.get(instead))
    assert "The seat of Ali Örnek passes" in text(enter(registrar).get(instead))
    assert "Write the address" in text(enter(registrar).post(instead, {**typed, "name": "Cem"}))
    enter(registrar).post(instead, {**typed, "name": "Cem", "email": "cem@sample.example"})
    assert states(event) == {"Ali Örnek": "cancelled", "Bora": "confirmed", "Cem": "confirmed"}
    assert 'value="Ali Örnek"' in text(at_door.get(f"{page}&code={ali.code}"))
    assert at_door.get(url(event, "walk-in/"), {"place": "nowhere"}).status_code == 404
    assert at_door.get(f"/admin/events/{released().pk}/door/walk-in/").status_code == 404


def write_down(client: Client, event: Event, name: str, once: str = "a" * 32, **named: Any) -> Any:
    """Send somebody as the script does."""
    typed = {"name": name, "organisation": "", "role": "", "email": "", "language": "tr", **named.pop("typed", {})}
    sent = {"typed": typed, "once": once, "place": day(event), "at": now(), "now": now(), "device": "Kapı", **named}
    return client.post(url(event, "newcomer/"), json.dumps(sent), content_type="application/json")


def test_who_was_written_down_without_a_connection_is_entered_once(at_door: Client) -> None:
    event, hour = taking(capacity=2), 3600 * 1000
    for _time in (1, 2):  # an hour ago, by a clock that is two hours behind
        answer = write_down(at_door, event, "Ece Yeni", at=now() - 3 * hour, now=now() - 2 * hour)
        row = Registration.objects.get()
        told = {"refused": "", "gone": False, "person": [row.code, "Ece Yeni", "", "confirmed", "ece yeni"]}
        assert answer.json() == told
    here = CheckIn.objects.get()
    assert (here.state, here.device, abs(here.at.timestamp() - (time.time() - 3600)) < 60) == ("present", "Kapı", True)
    assert CheckInMark.objects.count() == 1


def test_what_refuses_a_newcomer_is_told_and_nothing_is_half_done(
    at_door: Client, registrar: Any, enter: Enter
) -> None:
    event = taking(capacity=1)
    session = SessionFactory(event=event, confirmed=True)
    write_down(at_door, event, "Ali", typed={"email": "ali@sample.example"})
    full = "No seat is left, or the organisation has its full quota."
    for told, refused in (
        ({"typed": {"email": "ali@sample.example"}}, "Somebody with this address is registered already."),
        ({}, full),
        ({"typed": {"beyond": "on"}}, full),  # who works at the door has no such choice
        ({"typed": {"name": ""}}, "Name: This field is required."),
        (
            {"typed": {"email": "x", "language": "de"}},
            "E-mail: Write one e-mail address, such as ayse.ornek@belediye.example. Letters in: Select a valid choice. de is not one of the available choices.",
        ),
    ):
        answer = write_down(at_door, event, "Bora", once="b" * 32, **told).json()
        assert answer == {"refused": refused, "gone": False, "person": None}
    early = write_down(at_door, taking(), "Cem", once="c" * 32, at=now() - 5 * 86_400_000).json()["refused"]
    assert early == "The door opens on 9 June 2027, 18:00. Nobody can be marked before."
    place = session.key
    session.delete()
    answer = write_down(at_door, event, "Bora", once="b" * 32, place=place).json()
    assert (answer["gone"], "this place no more" in answer["refused"]) == (True, True)
    assert states(event) == {"Ali": "confirmed"}
    answer = write_down(enter(registrar), event, "Bora", once="b" * 32, typed={"beyond": "on"}).json()
    assert (answer["refused"], states(event)) == ("", {"Ali": "confirmed", "Bora": "confirmed"})


@pytest.mark.parametrize(
    "wrong",
    [
        {"once": "x"},
        {"at": True},
        {"now": "x"},
        {"typed": {"name": "\ud800"}},
        {"typed": 1},
        {"place": "\ud800"},
        {"place": "\0"},
    ],
)
def test_what_no_door_writes_down_is_refused(wrong: dict[str, Any], at_door: Client) -> None:
    event = taking()
    sent = {"typed": {"name": "Ali"}, "once": "a" * 32, "place": day(event), "at": now(), "now": now(), **wrong}
    answer = at_door.post(url(event, "newcomer/"), json.dumps(sent), content_type="application/json")
    assert (answer.status_code, Registration.objects.count()) == (400, 0)
    other = released()
    assert "takes no registrations" in write_down(at_door, other, "Ali").json()["refused"]


@pytest.mark.parametrize("part", ["marks/", "newcomer/"])
def test_what_is_nested_beyond_reading_is_refused(part: str, at_door: Client) -> None:
    answer = at_door.post(url(taking(), part), "[" * 100_000, content_type="application/json")
    assert answer.status_code == 400


def test_a_door_may_call_itself_anything(at_door: Client) -> None:
    event = taking()
    for number, device in enumerate(("\ud800 A", "\0 B", 7)):
        answer = write_down(at_door, event, f"Ali {number}", once=f"{number}" * 32, device=device)
        assert (answer.status_code, answer.json()["refused"]) == (200, "")
        assert send(at_door, event, mark("x"), device=device).status_code == 200
    assert list(CheckInMark.objects.order_by("pk").values_list("device", flat=True)) == ["A", "B", ""]


def test_the_number_of_a_form_of_another_event_enters_nobody(at_door: Client) -> None:
    event, other = taking(), taking()
    write_down(at_door, event, "Ali")
    answer = write_down(at_door, other, "Ali")
    assert (answer.status_code, "another event" in answer.json()["refused"]) == (200, True)
    page = f"{url(other, 'walk-in/')}?place={day(other)}"
    typed = {"name": "Ali", "organisation": "", "role": "", "email": "", "language": "tr", "once": "a" * 32}
    answer = at_door.post(page, typed)
    assert (answer.status_code, "another event" in text(answer)) == (422, True)
    assert (states(event), states(other)) == ({"Ali": "confirmed"}, {})


def test_the_address_of_who_cancelled_is_for_those_who_may_see_addresses(
    at_door: Client, registrar: Any, enter: Enter
) -> None:
    event = taking()
    row = verify(registration=apply(event, "Ali", email="ali@sample.example"))
    cancel(registration=row)
    page = f"{url(event, 'walk-in/')}?place={day(event)}&code={row.code}"
    seen = [text(client.get(page)) for client in (at_door, enter(registrar))]
    assert [('value="Ali"' in html, "ali@sample.example" in html) for html in seen] == [(True, False), (True, True)]


def test_whoever_waits_is_let_in_by_whoever_decides(at_door: Client, registrar: Any, enter: Enter) -> None:
    event = taking(capacity=1)
    verify(registration=apply(event, "Ali"))
    waiting = apply(event, "Bora")
    page = f"{url(event, 'walk-in/')}?place={day(event)}&code={waiting.code}"
    assert "Send for them" in text(at_door.get(page))
    assert "Send for them" in text(at_door.post(page, {"beyond": "on"}))
    client = enter(registrar)
    assert "No seat is left" in text(client.post(page, {}))
    assert "Bora is in." in text(client.post(page, {"beyond": "on"}, follow=True))
    assert CheckIn.objects.get().registration == waiting


def test_only_who_checks_in(enter: Enter, editor: Any, reader: Any, officer: Any, doorkeeper: Any) -> None:
    event = taking()
    verify(registration=apply(event, "Ali"))
    for user in (None, editor, reader):
        client = enter(user)
        for rest in ("", "list/", "worker.js", "walk-in/"):
            answer = client.get(url(event, rest), {"place": day(event), "q": "Ali"})
            assert (answer.status_code, b"Ali" in answer.content) == (302, False)
        assert client.get("/admin/doors/").status_code == 302
        assert send(client, event, mark("x")).status_code in (302, 403)
    for user in (officer, doorkeeper):
        assert "Ali" in text(enter(user).get(url(event), {"q": "Ali"}))
    client = enter(doorkeeper)
    for path in (f"/admin/events/{event.pk}/", f"/admin/events/{event.pk}/registrations/", "/admin/events/"):
        assert client.get(path).status_code == 302
    home = text(client.get("/admin/"))
    assert ("/admin/doors/" in home, "/admin/doors/" in text(enter(reader).get("/admin/"))) == (True, False)


def test_doors_of_events_that_are_to_come_or_just_over(at_door: Client) -> None:
    near, over, past = taking(), taking(), taking()
    for event, days in ((near, 3), (over, -3), (past, -60)):
        starts = timezone.localdate() + dt.timedelta(days=days)
        Event.objects.filter(pk=event.pk).update(starts_on=starts, ends_on=starts)
    html = text(at_door.get("/admin/doors/"))
    assert (html.index(url(near)) < html.index(url(over)), url(past) in html) == (True, False)


def test_a_mark_for_who_cancelled_a_moment_ago_is_kept(at_door: Client) -> None:
    event = taking()
    row = verify(registration=apply(event, "Ali"))
    pressed = mark(row, at=now() - 2000)
    cancel(registration=row)
    answer = send(at_door, event, pressed).json()
    assert answer["marks"][0]["here"][0] == "present"
    assert "has no seat" in send(at_door, event, mark(row)).json()["marks"][0]["refused"]


#: The counts of a place: registrations, with their check-ins as a condition, which the statement names first.
