"""Building a programme by hand: moving, adding, shifting, copying, and taking it back."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import translation
from wagtail.models import ModelLogEntry

from events.building import (
    ChangedSinceError,
    StaleDayError,
    StaleSessionError,
    clock_at,
    copy_day,
    create_session,
    minutes_of,
    move_session,
    redo_act,
    shift_day,
    undo_act,
)
from events.models import Contribution, Event, ProgrammeAct, Session
from tests.factories import (
    DAY,
    ContributionFactory,
    EventFactory,
    PartyFactory,
    RoomFactory,
    SessionFactory,
    TrackFactory,
    UserFactory,
    VenueFactory,
)

pytestmark = pytest.mark.django_db
NEXT = DAY + dt.timedelta(days=1)


@pytest.fixture
def ayse() -> Any:
    """Ayşe runs programmes."""
    return UserFactory(officer=True, username="ayse")


@pytest.fixture
def bora() -> Any:
    """Bora is an officer too, and works on the same event."""
    return UserFactory(officer=True, username="bora")


def where(session: Session) -> tuple[Any, ...]:
    """Where a session stands now, with its version."""
    row = Session.objects.get(pk=session.pk)
    return row.day, told(row.start), told(row.end), row.start_day, row.end_day, row.room_id, row.version


def told(time: dt.time | None) -> str:
    return f"{time:%H:%M}" if time else ""


def move(session: Session, by: Any, *, start: str = "11:00", end: str = "12:00", **kwargs: Any) -> Session:
    """Move a session as the officer saw it, an hour from eleven unless told otherwise."""
    seen = {"version": Session.objects.get(pk=session.pk).version, "day": DAY, "room": session.room}
    times = {"start": dt.time.fromisoformat(start), "end": dt.time.fromisoformat(end)}
    return move_session(session=session, by=by, **{**seen, **times, **kwargs})


@pytest.mark.parametrize(
    ("minutes", "clock", "stated"),
    [
        (9 * 60, "09:00", None),
        (4 * 60, "04:00", None),
        (24 * 60 + 30, "00:30", None),
        (28 * 60 - 5, "03:55", None),
        (28 * 60, "04:00", NEXT),
        (33 * 60, "09:00", NEXT),
        (3 * 60, "03:00", DAY),
        (-60, "23:00", DAY - dt.timedelta(days=1)),
    ],
)
def test_minutes_and_clock_are_one_thing(minutes: int, clock: str, stated: dt.date | None) -> None:
    """A date is stated only where the clock would tell another one."""
    assert clock_at(DAY, minutes) == (dt.time.fromisoformat(clock), stated)
    assert minutes_of(DAY, dt.time.fromisoformat(clock), stated) == minutes


def test_a_session_moves_in_day_time_and_room(ayse: Any) -> None:
    """The version moves on, a venue it names follows the room, and the history tells it."""
    room = RoomFactory()
    session = SessionFactory(venue=VenueFactory())
    move(session, ayse, day=NEXT, room=room)
    assert where(session) == (NEXT, "11:00", "12:00", None, None, room.pk, 2)
    assert Session.objects.get(pk=session.pk).venue == room.venue
    assert [(entry.action, entry.user) for entry in ModelLogEntry.objects.all()] == [("events.move", ayse)]


def test_what_stays_where_it_was_is_not_touched(ayse: Any) -> None:
    """No new version, nothing to undo, nothing in the history."""
    session = SessionFactory()
    move(session, ayse, start="09:00", end="10:00")
    assert (where(session)[-1], ProgrammeAct.objects.count(), ModelLogEntry.objects.count()) == (1, 0, 0)


def test_a_stale_version_moves_nothing(ayse: Any, bora: Any) -> None:
    """Bora was first: Ayşe is told how the row stands."""
    session = SessionFactory()
    move(session, bora)
    with pytest.raises(StaleSessionError) as refused:
        move(session, ayse, version=1, start="14:00", end="15:00")
    assert (told(refused.value.stored.start), refused.value.stored.version) == ("11:00", 2)
    assert where(session)[1:3] == ("11:00", "12:00")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"start": "12:00", "end": "11:00"}, "end"),
        ({"day": dt.date(9999, 12, 31)}, "day"),
        ({"end_day": dt.date(1000, 1, 1)}, "end_day"),
    ],
)
def test_times_that_cannot_be_are_refused(wrong: dict[str, Any], field: str, ayse: Any) -> None:
    """Told beside the field; nothing is saved."""
    session = SessionFactory()
    with pytest.raises(ValidationError) as refused:
        move(session, ayse, **wrong)
    assert (list(refused.value.error_dict), where(session)[-1]) == ([field], 1)


def test_parties_belong_to_the_event(ayse: Any) -> None:
    """A party's own sessions change hands; another event's party is refused."""
    session = SessionFactory()
    political, technical = PartyFactory.create_batch(2, event=session.event)
    session.parties.set([political])
    move(session, ayse, start="09:00", end="10:00", parties=[technical])
    assert (list(session.parties.all()), where(session)[-1]) == ([technical], 2)
    with pytest.raises(ValidationError):
        move(session, ayse, parties=[PartyFactory()])
    assert list(session.parties.all()) == [technical]


def test_each_act_asks_for_its_right() -> None:
    """A reader builds nothing."""
    reader, session = UserFactory(reader=True), SessionFactory()
    event = session.event
    acts = [
        lambda: move(session, reader),
        lambda: create_session(event=event, by=reader, day=DAY, title_tr="Açılış"),
        lambda: shift_day(event=event, by=reader, day=DAY, since=dt.time(8), minutes=5, seen={session.pk: 1}),
        lambda: copy_day(event=event, by=reader, day=DAY, to=NEXT),
        lambda: undo_act(event=event, by=reader),
        lambda: redo_act(event=event, by=reader),
    ]
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()
    assert (where(session)[-1], Session.objects.count()) == (1, 1)


def test_a_session_is_added_where_it_was_pressed(ayse: Any) -> None:
    """A draft at the end of the list, its translation noted."""
    event, room = EventFactory(with_sessions=1), RoomFactory()
    track, party = TrackFactory(event=event), PartyFactory(event=event)
    made = create_session(
        event=event,
        by=ayse,
        day=DAY,
        start=dt.time(11),
        end=dt.time(12),
        room=room,
        track=track,
        parties=[party],
        title_tr="  Kapanış ",
        title_en="Closing",
    )
    assert where(made) == (DAY, "11:00", "12:00", None, None, room.pk, 1)
    assert (made.title_tr, made.status, made.kind, made.position, made.track) == ("Kapanış", "draft", "talk", 1, track)
    assert (list(made.parties.all()), made.stale_texts()) == ([party], [])


@pytest.mark.parametrize(
    "wrong", [{"title_tr": " "}, {"title_tr": "x" * 301}, {"kind": "circus"}, {"start": dt.time(10), "end": dt.time(9)}]
)
def test_a_session_without_what_it_needs_is_refused(wrong: dict[str, Any], ayse: Any) -> None:
    """Told beside a field; nothing is saved."""
    event = EventFactory()
    with pytest.raises(ValidationError) as refused:
        create_session(event=event, by=ayse, **{"day": DAY, "title_tr": "Açılış", **wrong})
    assert (len(refused.value.error_dict), Session.objects.count(), ProgrammeAct.objects.count()) == (1, 0, 0)


def test_the_rest_of_a_day_shifts(ayse: Any) -> None:
    """From eleven on, a quarter of an hour; what began before, is cancelled or has no time stays."""
    event = EventFactory(with_sessions=4)
    cancelled = SessionFactory(event=event, cancelled=True, start=dt.time(11), end=dt.time(12))
    untimed = SessionFactory(event=event, untimed=True)
    late = SessionFactory(event=event, start=dt.time(23, 30), end=None)
    seen = dict(event.sessions.values_list("pk", "version"))
    assert shift_day(event=event, by=ayse, day=DAY, since=dt.time(11), minutes=45, seen=seen) == 3
    found = [(told(each.start), told(each.end), each.version) for each in event.sessions.in_order()]
    assert found == [
        ("00:15", "", 2),
        ("09:00", "10:00", 1),
        ("10:00", "11:00", 1),
        ("11:00", "12:00", 1),
        ("11:45", "12:45", 2),
        ("12:45", "13:45", 2),
        ("", "", 1),
    ]
    assert [where(each)[-1] for each in (cancelled, untimed, late)] == [1, 1, 2]


def test_a_day_that_changed_or_would_overflow_is_not_shifted(ayse: Any, bora: Any) -> None:
    """All or nothing: a version that moved on, an unseen session, a start on another day, nothing that late."""
    event = EventFactory(with_sessions=2)
    first, second = event.sessions.in_order()
    seen = {first.pk: 1, second.pk: 1}
    shift = {"event": event, "by": ayse, "day": DAY, "since": dt.time(8)}
    with pytest.raises(StaleDayError):
        shift_day(**shift, minutes=15, seen={first.pk: 1})
    with pytest.raises(ValidationError) as far:
        shift_day(**shift, minutes=-6 * 60, seen=seen)
    with pytest.raises(ValidationError):
        shift_day(**{**shift, "since": dt.time(20)}, minutes=15, seen=seen)
    move(first, bora)
    with pytest.raises(StaleDayError):
        shift_day(**shift, minutes=15, seen=seen)
    assert list(far.value.error_dict) == ["minutes"]
    assert (where(first)[-1], where(second)[-1]) == (2, 1)


def test_a_day_is_copied_with_its_people(ayse: Any) -> None:
    """Drafts with keys and calendar identities of their own; what is cancelled is left."""
    event = EventFactory(ends_on=NEXT)
    source = SessionFactory(event=event, confirmed=True, ref="A1", room=RoomFactory(), end_day=DAY)
    ContributionFactory(session=source, role="chair")
    source.parties.set([PartyFactory(event=event)])
    SessionFactory(event=event, cancelled=True)
    assert copy_day(event=event, by=ayse, day=DAY, to=NEXT) == 1
    made = event.sessions.get(day=NEXT)
    assert where(made) == (NEXT, "09:00", "10:00", None, NEXT, source.room_id, 1)
    assert (made.status, made.ref, made.title_tr) == ("draft", "", source.title_tr)
    assert (made.key == source.key, made.uid == source.uid) == (False, False)
    assert list(made.parties.all()) == list(source.parties.all())
    assert list(made.contributions.values_list("person", "role")) == list(
        source.contributions.values_list("person", "role")
    )
    copy_day(event=event, by=ayse, day=NEXT, to=NEXT + dt.timedelta(days=1), people=False)
    assert Contribution.objects.count() == 2


def test_a_day_is_not_copied_onto_itself_and_not_empty(ayse: Any) -> None:
    """Each told beside its field."""
    event = EventFactory(with_sessions=1)
    for day, to, field in ((DAY, DAY, "to"), (NEXT, DAY, "day")):
        with pytest.raises(ValidationError) as refused:
            copy_day(event=event, by=ayse, day=day, to=to)
        assert list(refused.value.error_dict) == [field]


def test_moves_are_undone_and_redone_one_after_the_other(ayse: Any) -> None:
    """Back through all of them and forth again; a new act ends what could be redone."""
    session = SessionFactory()
    event = session.event
    room = RoomFactory()
    move(session, ayse, start="11:00", end="12:00")
    move(session, ayse, start="13:00", end="14:00", room=room)
    with translation.override("en"):
        assert str(undo_act(event=event, by=ayse)) == f"Move “{session.title_en}”"
    assert where(session) == (DAY, "11:00", "12:00", None, None, None, 4)
    undo_act(event=event, by=ayse)
    assert where(session)[1:3] == ("09:00", "10:00")
    redo_act(event=event, by=ayse)
    assert where(session)[1:3] == ("11:00", "12:00")
    redo_act(event=event, by=ayse)
    assert where(session) == (DAY, "13:00", "14:00", None, None, room.pk, 7)
    undo_act(event=event, by=ayse)
    undo_act(event=event, by=ayse)
    assert where(session)[1:3] == ("09:00", "10:00")
    move(session, ayse, start="16:00", end="17:00")
    with pytest.raises(ValidationError):
        redo_act(event=event, by=ayse)
    assert where(session)[1:3] == ("16:00", "17:00")


def test_nobody_undoes_over_what_somebody_changed(ayse: Any, bora: Any) -> None:
    """Bora moved it since: Ayşe's act is refused and forgotten, and the one before it can be undone."""
    event = EventFactory(with_sessions=2)
    first, second = event.sessions.in_order()
    move(second, ayse, start="15:00", end="16:00")
    move(first, ayse)
    move(first, bora, start="14:00", end="15:00")
    with pytest.raises(ChangedSinceError):
        undo_act(event=event, by=ayse)
    assert (where(first)[1:3], where(second)[1:3]) == (("14:00", "15:00"), ("15:00", "16:00"))
    undo_act(event=event, by=ayse)
    assert where(second)[1:3] == ("10:00", "11:00")
    undo_act(event=event, by=bora)
    assert where(first)[1:3] == ("11:00", "12:00")


def test_a_room_that_was_deleted_is_no_place_to_go_back_to(ayse: Any) -> None:
    """Refused in a sentence, never an error of the database."""
    session = SessionFactory(room=RoomFactory())
    move(session, ayse, room=None)
    RoomFactory._meta.model.objects.all().delete()
    with pytest.raises(ChangedSinceError):
        undo_act(event=session.event, by=ayse)
    assert where(session)[-2:] == (None, 2)


def test_an_added_session_goes_and_comes_back_the_same(ayse: Any) -> None:
    """With its key and calendar identity; a move made on it can be redone after that too."""
    event = EventFactory()
    party = PartyFactory(event=event)
    made = create_session(
        event=event, by=ayse, day=DAY, start=dt.time(9), end=dt.time(10), title_tr="Açılış", parties=[party]
    )
    move(made, ayse)
    undo_act(event=event, by=ayse)
    undo_act(event=event, by=ayse)
    assert event.sessions.count() == 0
    redo_act(event=event, by=ayse)
    again = event.sessions.get()
    assert (again.key, again.uid, again.title_tr, told(again.start)) == (made.key, made.uid, "Açılış", "09:00")
    assert list(again.parties.all()) == [party]
    redo_act(event=event, by=ayse)
    assert where(again)[1:3] == ("11:00", "12:00")
    move(again, UserFactory(officer=True), start="12:00", end="13:00")
    for _again in range(2):
        with pytest.raises(ValidationError):
            undo_act(event=event, by=ayse)
    assert event.sessions.count() == 1


def test_a_shift_and_a_copy_are_undone_whole(ayse: Any) -> None:
    """Every session of the act, and people of copies come back from their sources."""
    event = EventFactory(with_sessions=3)
    for session in event.sessions.all():
        ContributionFactory(session=session)
    seen = dict(event.sessions.values_list("pk", "version"))
    shift_day(event=event, by=ayse, day=DAY, since=dt.time(10), minutes=30, seen=seen)
    copy_day(event=event, by=ayse, day=DAY, to=NEXT)
    undo_act(event=event, by=ayse)
    undo_act(event=event, by=ayse)
    assert clocks(event) == ["09:00", "10:00", "11:00"]
    redo_act(event=event, by=ayse)
    redo_act(event=event, by=ayse)
    assert clocks(event) == ["09:00", "10:30", "11:30", "09:00", "10:30", "11:30"]
    assert Contribution.objects.filter(session__day=NEXT).count() == 3


def clocks(event: Event) -> list[str]:
    return [told(session.start) for session in event.sessions.in_order()]


def test_only_so_many_acts_are_kept(ayse: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest are forgotten; the system's own acts are never kept."""
    monkeypatch.setattr("events.building.acts.KEPT", 2)
    session = SessionFactory()
    for hour in (11, 12, 13):
        move(session, ayse, start=f"{hour}:00", end=f"{hour + 1}:00")
    move(session, None, start="20:00", end="21:00")
    assert ProgrammeAct.objects.count() == 2
