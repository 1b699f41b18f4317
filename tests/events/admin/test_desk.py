"""The desk without script: what its page and its acts answer."""

import datetime as dt
import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.models import Event, Session
from tests.events.admin.conftest import Enter
from tests.factories import (
    DAY,
    ContributionFactory,
    EventFactory,
    PartyFactory,
    RoomFactory,
    SessionFactory,
    TrackFactory,
)

NEXT = DAY + dt.timedelta(days=1)
JSON = {"accept": "application/json"}


def at(name: str, row: Event | Session) -> str:
    """The address of an act of an event, or of a session's move."""
    args = [row.event_id, row.pk] if isinstance(row, Session) else [row.pk]
    return reverse(f"event_admin:{name}", args=args)


def placed(session: Session, **typed: Any) -> dict[str, Any]:
    """What the form of a move would post."""
    known = {"version": session.version, "day": session.day, "start": session.start, "end": session.end}
    return {**known, "room": session.room_id or "", **typed}


def test_the_desk_tells_a_programme_by_day_room_and_time(at_officer: Client) -> None:
    """As a table without script; the script is told the same."""
    event = EventFactory(ends_on=NEXT)
    linden, oak = RoomFactory(name_en="Linden", capacity=80), RoomFactory(name_en="Oak")
    opening = SessionFactory(event=event, room=linden, title_en="Opening", track=TrackFactory(event=event))
    SessionFactory(event=event, room=oak, title_en="Panel", start=dt.time(11), end=dt.time(12))
    SessionFactory(event=event, untimed=True, title_en="Later")
    ContributionFactory(session=opening)
    context = at_officer.get(at("programme", event)).context
    table = context["tables"][0]
    assert [column.name for column in table.columns] == ["Linden", "Oak", "No room"]
    assert [(row.clock, [[str(each) for each in cell] for cell in row.cells]) for row in table.rows] == [
        ("09:00", [["Opening"], [], []]),
        ("11:00", [[], ["Panel"], []]),
        ("", [[], [], ["Later"]]),
    ]
    assert [(each["title"], each["from"], each["to"]) for each in context["state"]["sessions"]] == [
        ("Opening", 540, 600),
        ("Panel", 660, 720),
        ("Later", None, None),
    ]
    assert [each["day"] for each in context["setup"]["days"]] == ["2027-06-10", "2027-06-11"]


def test_what_stands_across(at_officer: Client) -> None:
    """Rooms if it has any, else parties, else one column; each can be asked for."""
    event = EventFactory(with_sessions=1)

    def across(query: str = "") -> list[str]:
        working = at_officer.get(at("programme", event) + query).context["working"]
        return [column.name for column in working.columns]

    assert across() == ["Programme"]
    session = event.sessions.get()
    session.parties.set([PartyFactory(event=event, name_en="Technical"), PartyFactory(event=event, name_en="Press")])
    assert across() == ["All parties", "Technical", "Press"]
    Session.objects.update(room=RoomFactory(name_en="Linden"))
    assert across() == ["Linden", "No room"]
    assert across("?across=one") == ["Programme"]
    assert across("?across=nonsense") == ["Linden", "No room"]


def test_the_table_is_filtered_and_printed(at_officer: Client) -> None:
    """By track and by person; on one page for all days."""
    event = EventFactory(ends_on=NEXT, with_sessions=2)
    first, second = event.sessions.in_order()
    first.track = TrackFactory(event=event)
    first.save()
    person = ContributionFactory(session=second).person

    def shown(query: str) -> list[list[str]]:
        tables = at_officer.get(f"{at('programme', event)}?view=table&{query}").context["tables"]
        return [[str(each) for row in table.rows for cell in row.cells for each in cell] for table in tables]

    assert shown("") == [[str(first), str(second)], []]
    assert shown(f"track={first.track_id}") == [[str(first)], []]
    assert shown(f"person={person.pk}") == [[str(second)], []]
    assert shown("person=x&track=9") == [[], []]


@pytest.mark.parametrize("number", [1, 3, 500])
def test_queries_do_not_grow(number: int, at_officer: Client) -> None:
    """The same few for one session, three, and five hundred in ten rooms, where each clashes with another."""
    event, rooms = EventFactory(ends_on=NEXT), RoomFactory.create_batch(10)
    parties, track = PartyFactory.create_batch(2, event=event), TrackFactory(event=event)
    begins = [dt.datetime.combine(DAY, dt.time()) + dt.timedelta(minutes=50 * each) for each in range(25)]
    half_an_hour = dt.timedelta(minutes=30)
    rows = Session.objects.bulk_create(
        SessionFactory.build(
            event=event, room=rooms[at % 10], start=start.time(), end=(start + half_an_hour).time(), track=track
        )
        for at in range(number)
        for start in (begins[at // 10 % 25],)
    )
    session = rows[0]
    session.parties.set(parties)
    for each in rows[:40]:
        ContributionFactory(session=each)
    at_officer.get(at("programme", event))
    with CaptureQueriesContext(connection) as page:
        at_officer.get(at("programme", event))
    with CaptureQueriesContext(connection) as move:
        response = at_officer.post(at("move", session), placed(session, start="21:00", end="21:30"), headers=JSON)
    assert response.status_code == 200
    # The frame around the page asks what its menu needs.
    ours = [query for query in page.captured_queries if 'FROM "events_' in query["sql"]]
    assert (len(ours), len(move)) == (22, 34)


def test_a_move_costs_little_more_than_an_empty_request(at_officer: Client) -> None:
    """At most 200 ms more, of this process's own time, in a programme of 500 sessions in ten rooms."""
    event, rooms = EventFactory(ends_on=NEXT), RoomFactory.create_batch(10)
    rows = Session.objects.bulk_create(
        SessionFactory.build(event=event, room=rooms[at % 10], start=dt.time(at % 20), end=dt.time(at % 20, 30))
        for at in range(500)
    )
    Session.objects.update(updated_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    now = at_officer.get(at("state", event)).json()["now"]
    address = f"{at('move', rows[0])}?since={now.replace('+', '%2B')}"
    empty, moves = [], []
    for round_, start in enumerate(("20:00", "20:30", "21:00", "21:30", "22:00"), start=1):
        empty.append(_seconds(lambda: at_officer.get(reverse("wagtailadmin_sprite"))))
        typed = placed(rows[0], version=round_, start=start, end="22:30")
        moves.append(_seconds(lambda typed=typed: at_officer.post(address, typed, headers=JSON)))
    rows[0].refresh_from_db()
    assert (rows[0].version, min(moves) - min(empty) < 0.2) == (6, True), (empty, moves)


def _seconds(ask: Callable[[], Any]) -> float:
    began = time.process_time()
    ask()
    return time.process_time() - began


def test_a_move_by_form_leads_back_to_its_day(at_officer: Client) -> None:
    """Times as people type them; what was done is told."""
    session = SessionFactory(event__ends_on=NEXT)
    room = RoomFactory(name_en="Linden")
    typed = placed(session, day="11.06.2027", start="930", end="10.45", room=room.pk)
    response = at_officer.post(at("move", session), typed, follow=True)
    assert response.redirect_chain == [(at("programme", session.event) + "?day=2027-06-11", 302)]
    assert [str(each).strip() for each in response.context["messages"]] == [
        f"“{session.title_en}”: Friday 11 June, 09:30–10:45, Linden."
    ]
    session.refresh_from_db()
    assert (session.day, f"{session.start:%H:%M}", session.room) == (NEXT, "09:30", room)


def test_a_stale_move_shows_both_versions(at_officer: Client, second_officer: Any, enter: Enter) -> None:
    """409 with both, field by field; saved once more it is a decision."""
    session, room = SessionFactory(), RoomFactory(name_en="Linden")
    enter(second_officer).post(at("move", session), placed(session, start="11:00", end="12:00", room=room.pk))
    late = placed(session, start="14:00", end="15:00")
    response = at_officer.post(at("move", session), late)
    assert response.status_code == 409
    assert [(each.label, each.theirs, each.yours) for each in response.context["differences"]] == [
        ("Start", "11:00", "14:00"),
        ("End", "12:00", "15:00"),
        ("Room", "Linden", "–"),
    ]
    told = at_officer.post(at("move", session), late, headers=JSON)
    body = told.json()
    assert (told.status_code, body["stored"]["from"], body["stored"]["version"]) == (409, 660, 2)
    assert body["differences"][0] == ["Start", "11:00", "14:00"]
    again = {**late, "version": response.context["form"]["version"].value()}
    assert at_officer.post(at("move", session), again).status_code == 302
    session.refresh_from_db()
    assert (f"{session.start:%H:%M}", session.version) == ("14:00", 3)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"end": "08:00"}, "end"),
        ({"start": "half past"}, "start"),
        ({"day": "31.02.2027"}, "day"),
        ({"day": "9999-12-31"}, "day"),
        ({"room": "9" * 30}, "room"),
        ({"room": "x"}, "room"),
        ({"end_day": "0001-01-01"}, "end_day"),
    ],
)
def test_a_move_that_cannot_be_is_told_beside_its_field(typed: dict[str, Any], field: str, at_officer: Client) -> None:
    """For a script with 422, for a browser on the form with what was typed; nothing is saved."""
    session = SessionFactory()
    told = at_officer.post(at("move", session), placed(session, **typed), headers=JSON)
    assert (told.status_code, list(told.json()["fields"])) == (422, [field])
    response = at_officer.post(at("move", session), placed(session, **typed))
    assert (response.status_code, list(response.context["form"].errors)) == (200, [field])
    session.refresh_from_db()
    assert session.version == 1


def test_a_script_is_told_everything_that_changed(at_officer: Client, second_officer: Any, enter: Enter) -> None:
    """Also what others did since its last answer, the warnings as they are now, and what can be undone."""
    event = EventFactory(with_sessions=2)
    first, second = event.sessions.in_order()
    room = RoomFactory()
    Session.objects.update(room=room, updated_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    since = at_officer.get(at("programme", event)).context["state"]["now"].replace("+", "%2B")
    enter(second_officer).post(at("move", second), placed(second, start="09:30", room=room.pk))
    moved = at_officer.post(
        f"{at('move', first)}?since={since}", placed(first, end="09:45", room=room.pk), headers=JSON
    )
    body = moved.json()
    assert {each["id"]: (each["from"], each["to"]) for each in body["sessions"]} == {
        first.pk: (540, 585),
        second.pk: (570, 660),
    }
    assert body["ids"] == [first.pk, second.pk]
    warned = at_officer.get(at("state", event), {"warnings": ""}).json()["conflicts"]
    assert [(each["code"], each["sessions"]) for each in warned] == [("room_twice", [first.pk, second.pk])]
    assert (body["undo"], body["redo"]) == (f"Move “{first.title_en}”", None)
    assert body["said"] == f"“{first.title_en}”: Thursday 10 June, 09:00–09:45, {room.name_en}."
    undone = at_officer.post(at("undo", event), headers=JSON).json()
    assert (undone["undo"], undone["redo"]) == (None, f"Move “{first.title_en}”")
    assert at_officer.post(at("undo", event), headers=JSON).status_code == 409


def test_a_desk_left_open_asks_for_little(at_officer: Client) -> None:
    """Only what changed; a moment that is none gives everything."""
    event = EventFactory(with_sessions=2)
    Session.objects.update(updated_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    since = at_officer.get(at("programme", event)).context["state"]["now"]
    quiet = at_officer.get(at("state", event), {"since": since}).json()
    assert (quiet["sessions"], len(quiet["ids"]), "conflicts" in quiet) == ([], 2, False)
    for nonsense in ("", "x", "2027-13-45T00:00:00Z", "0001-01-01T00:00:00+00:00", "9" * 40):
        assert len(at_officer.get(at("state", event), {"since": nonsense}).json()["sessions"]) == 2


def test_a_session_in_two_zones_stands_by_the_clocks_on_the_wall(at_officer: Client) -> None:
    """A flight from Istanbul to Brussels: what the invitation says, and a move keeps its zones."""
    event = EventFactory()
    flight = SessionFactory(event=event, start=dt.time(9), end=dt.time(11, 30), end_zone="Europe/Brussels")
    told = at_officer.get(at("state", event)).json()["sessions"][0]
    assert (told["from"], told["to"]) == (540, 690)
    assert at_officer.post(at("move", flight), placed(flight, start="09:30", end="12:00")).status_code == 302
    flight.refresh_from_db()
    assert (f"{flight.end:%H:%M}", flight.end_zone) == ("12:00", "Europe/Brussels")


def test_a_new_session_a_shift_and_a_copy_by_form(at_officer: Client) -> None:
    """Each page shows its form and says what it did."""
    event = EventFactory(with_sessions=2, ends_on=NEXT)
    party, track = PartyFactory(event=event), TrackFactory(event=event)
    new = {"day": DAY, "start": "1100", "end": "12:00", "title_en": "Closing", "kind": "plenary", "status": "confirmed"}
    said = []
    for name, typed in (
        ("new", {**new, "track": track.pk, "parties": [party.pk]}),
        ("shift", {"day": DAY, "since": "11:00", "minutes": "15"}),
        ("copy_day", {"day": DAY, "to": NEXT, "people": "on"}),
        ("undo", {"day": DAY}),
        ("redo", {"day": DAY}),
        ("undo", {"day": DAY}),
    ):
        if name == "shift":
            form = at_officer.get(at(name, event)).context["form"]
            typed["seen"] = form["seen"].value()
        said += [str(each).strip() for each in at_officer.post(at(name, event), typed, follow=True).context["messages"]]
    assert said == [
        "“Closing”: Thursday 10 June, 11:00–12:00.",
        "1 session was shifted.",
        "3 sessions were copied, as drafts.",
        "Undone: Copy the day.",
        "Done again: Copy the day.",
        "Undone: Copy the day.",
    ]
    made = event.sessions.get(title_en="Closing")
    assert (f"{made.start:%H:%M}", made.kind, made.status, made.track) == ("11:15", "plenary", "confirmed", track)
    assert list(made.parties.all()) == [party]
    assert event.sessions.count() == 3


@pytest.mark.parametrize(
    ("name", "typed", "status", "field"),
    [
        ("new", {"day": DAY, "kind": "talk", "status": "draft"}, 422, "title_tr"),
        ("new", {"day": DAY, "kind": "talk", "status": "cancelled", "title_tr": "A"}, 422, "status"),
        ("shift", {"day": DAY, "since": "08:00", "minutes": "0", "seen": ""}, 422, "minutes"),
        ("shift", {"day": DAY, "since": "08:00", "minutes": "15", "seen": "[1]"}, 409, "__all__"),
        ("shift", {"day": DAY, "since": "08:00", "minutes": "15", "seen": "[" * 99999}, 409, "__all__"),
        ("shift", {"day": DAY, "since": "08:00", "minutes": "-600", "seen": "SEEN"}, 422, "minutes"),
        ("copy_day", {"day": DAY, "to": DAY}, 422, "to"),
        ("copy_day", {"day": NEXT, "to": DAY}, 422, "day"),
        ("copy_day", {"day": DAY, "to": "9999-12-31"}, 422, "to"),
    ],
)
def test_what_cannot_be_done_is_told(
    name: str, typed: dict[str, Any], status: int, field: str, at_officer: Client
) -> None:
    """To a script beside its field; nothing is saved."""
    event = EventFactory(with_sessions=1)
    if typed.get("seen") == "SEEN":
        typed = {**typed, "seen": json.dumps(dict(event.sessions.values_list("pk", "version")))}
    response = at_officer.post(at(name, event), typed, headers=JSON)
    assert (response.status_code, list(response.json()["fields"])) == (status, [field])
    assert (event.sessions.count(), event.sessions.get().version) == (1, 1)


def test_a_session_of_another_event_is_not_found(at_officer: Client) -> None:
    """An address names the event it belongs to."""
    session, other = SessionFactory(), EventFactory()
    path = reverse("event_admin:move", args=[other.pk, session.pk])
    assert (at_officer.get(path).status_code, at_officer.post(path).status_code) == (404, 404)


def test_a_reader_sees_the_desk_and_moves_nothing(reader: Any, enter: Enter) -> None:
    """The same programme, without a form or a button that does something."""
    session = SessionFactory()
    client = enter(reader)
    response = client.get(at("programme", session.event))
    assert (response.context["setup"]["mayEdit"], "openers" in response.context) == (False, False)
    assert b'method="post"' not in response.content.split(b'class="desk', 1)[1]
    for name, row in (("move", session), ("new", session.event), ("undo", session.event)):
        client.post(at(name, row), placed(session, start="11:00"))
    session.refresh_from_db()
    assert (session.version, Session.objects.count()) == (1, 1)
