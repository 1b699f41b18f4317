"""What counts as a change, and what a change does to a calendar entry and to those beside it."""

import datetime as dt
from collections.abc import Callable

import pytest

from events.models import Contribution, Event, Person, Session
from events.programme import open_changes, open_programme
from events.release import release_programme
from tests.factories import (
    ContributionFactory,
    OrganisationFactory,
    PartyFactory,
    PersonFactory,
    RoomFactory,
    SessionFactory,
    TrackFactory,
    VenueFactory,
)
from tests.releases import Clock, changes, first_session, public, released, restricted, stamp

pytestmark = pytest.mark.django_db
TIME = dt.time.fromisoformat


def _move(session: Session) -> None:
    session.start = TIME("08:30")


def _give_end(session: Session) -> None:
    session.end = TIME("09:45")


def _untime(session: Session) -> None:
    session.start = None


def _next_day(session: Session) -> None:
    session.day += dt.timedelta(days=1)


def _other_zone(session: Session) -> None:
    session.start_zone = "Europe/Berlin"


def _other_end_zone(session: Session) -> None:
    session.end_zone = "Europe/Berlin"


def _other_room(session: Session) -> None:
    session.room = RoomFactory()


def _no_room_but_a_venue(session: Session) -> None:
    session.room, session.venue = None, VenueFactory()


def _retitle(session: Session) -> None:
    session.title_en = "Opening addresses"


def _translate(session: Session) -> None:
    session.title_other, session.other_language = "Eröffnung", "de"


def _add_person(session: Session) -> None:
    ContributionFactory(session=session, person=PersonFactory(name="Ilgın Varsayım"))


def _rename_person(session: Session) -> None:
    person = session.contributions.get().person
    person.name = "Çağrı Taslak-Örnek"
    person.save()


def _other_role(session: Session) -> None:
    session.contributions.update(role=Contribution.Role.CHAIR)


def _other_position(session: Session) -> None:
    session.contributions.update(shown_en="Former Mayor")


def _rewrite(session: Session) -> None:
    session.abstract_tr = "Kısa özet"


def _other_kind(session: Session) -> None:
    session.kind = Session.Kind.PANEL


def _track(session: Session) -> None:
    session.track = TrackFactory(event=session.event)


def _organisation(session: Session) -> None:
    session.organisation = OrganisationFactory()


def _party(session: Session) -> None:
    session.parties.add(PartyFactory(event=session.event))


def _languages(session: Session) -> None:
    session.languages = ["tr", "de"]


def _interpretation(session: Session) -> None:
    session.interpretation = Session.Interpretation.SIMULTANEOUS


def _capacity(session: Session) -> None:
    session.capacity = 30


def _cancel(session: Session) -> None:
    session.status = Session.Status.CANCELLED


def _move_and_retitle(session: Session) -> None:
    _move(session)
    _retitle(session)
    _capacity(session)


@pytest.mark.parametrize(
    ("change", "kinds", "step"),
    [
        (_move, ["moved"], 1),
        (_give_end, ["moved"], 1),
        (_untime, ["moved"], 1),
        (_next_day, ["moved"], 1),
        (_other_zone, ["moved"], 1),
        (_other_end_zone, ["moved"], 1),
        (_other_room, ["moved"], 1),
        (_no_room_but_a_venue, ["moved"], 1),
        (_retitle, ["retitled"], 0),
        (_translate, ["retitled"], 0),
        (_add_person, ["people"], 0),
        (_rename_person, ["people"], 0),
        (_other_role, ["people"], 0),
        (_other_position, ["people"], 0),
        (_rewrite, ["edited"], 0),
        (_other_kind, ["edited"], 0),
        (_track, ["edited"], 0),
        (_organisation, ["edited"], 0),
        (_party, ["edited"], 0),
        (_languages, ["edited"], 0),
        (_interpretation, ["edited"], 0),
        (_capacity, ["edited"], 0),
        (_cancel, ["cancelled"], 1),
        (_move_and_retitle, ["moved", "retitled", "edited"], 1),
    ],
)
def test_one_change_touches_one_entry(
    forum: Event, clock: Clock, change: Callable[[Session], None], kinds: list[str], step: int
) -> None:
    first = released(forum, clock)
    session = first_session(forum)
    change(session)
    session.save()
    second = released(forum, clock)
    assert changes(second) == [(session.key, kind) for kind in kinds]
    before, after = public(first), public(second)
    raw = after.pop(session.key)
    assert (raw["uid"], raw["sequence"], raw["modified"]) == (str(session.uid), step, stamp(1))
    assert raw["change"]["kinds"] == kinds
    assert after == {key: each for key, each in before.items() if key != session.key}
    assert restricted(second) == restricted(first)
    delta = open_changes(second)
    assert delta is not None
    assert [entry.key for entry in delta.all_entries] == [session.key]


def test_a_change_is_marked_in_one_release_only(forum: Event, clock: Clock) -> None:
    released(forum, clock)
    session, other = forum.sessions.order_by("pk")[:2]
    _move(session)
    session.save()
    released(forum, clock)
    _retitle(other)
    other.save()
    third = released(forum, clock)
    raws = public(third)
    assert (raws[session.key]["sequence"], raws[session.key]["modified"], raws[session.key]["change"]) == (
        1,
        stamp(1),
        None,
    )
    delta = open_changes(third)
    assert delta is not None
    assert {entry.key for entry in delta.all_entries} == {session.key, other.key}


def test_what_was_is_told_with_its_own_words(forum: Event, clock: Clock) -> None:
    released(forum, clock)
    session = first_session(forum)
    person, room = session.contributions.get().person, session.room
    assert room
    session.contributions.all().delete()
    ContributionFactory(session=session, person=PersonFactory(name="Ülkü Numune"))
    _other_room(session)
    session.save()
    Person.objects.filter(pk=person.pk).update(name="Bambaşka Biri")
    room.name_tr = "Salon Şimşir"
    room.save()
    second = released(forum, clock)
    programme = open_programme(second)
    entry = next(entry for entry in programme.entries if entry.key == session.key)
    assert entry.change
    was = entry.change["before"]
    assert programme.rooms[was["room"]].name["tr"] == "Salon Ihlamur"
    assert [programme.people[key].name for key, _role, _index in was["people"]] == ["Çağrı Taslak 0"]
    assert [contributor.person.name for contributor in entry.people] == ["Ülkü Numune"]
    rows = {change.kind: (change.before, change.after) for change in second.changes.all()}
    assert rows["moved"][0] == was
    assert rows["moved"][1]["room"] == f"r{session.room_id}"


def test_a_cancelled_session_stays_and_can_come_back(forum: Event, clock: Clock) -> None:
    released(forum, clock)
    session = first_session(forum)
    session.status = Session.Status.CANCELLED
    session.save()
    cancelled = public(released(forum, clock))[session.key]
    assert (cancelled["status"], cancelled["sequence"], cancelled["change"]["before"]) == (
        "cancelled",
        1,
        {"status": "confirmed"},
    )
    session.status = Session.Status.CONFIRMED
    session.save()
    third = released(forum, clock)
    assert changes(third) == [(session.key, "restored")]
    assert (public(third)[session.key]["status"], public(third)[session.key]["sequence"]) == ("confirmed", 2)


def _delete(session: Session) -> None:
    session.delete()


def _draft_again(session: Session) -> None:
    Session.objects.filter(pk=session.pk).update(status=Session.Status.DRAFT)


@pytest.mark.parametrize("leave", [_delete, _draft_again])
def test_a_session_that_leaves_the_programme_stays_as_cancelled(
    forum: Event, clock: Clock, leave: Callable[[Session], None]
) -> None:
    first = released(forum, clock)
    session = first_session(forum)
    key, room = session.key, session.room
    leave(session)
    second = released(forum, clock)
    assert changes(second) == [(key, "cancelled")]
    was, raw = public(first)[key], public(second)[key]
    mark = {"kinds": ["cancelled"], "before": {"status": "confirmed"}}
    assert raw == {**was, "status": "cancelled", "sequence": 1, "modified": stamp(1), "change": mark}
    entry = next(entry for entry in open_programme(second).entries if entry.key == key)
    assert entry.room
    assert room
    assert (entry.room.name["tr"], [each.person.name for each in entry.people]) == (room.name_tr, ["Çağrı Taslak 0"])
    assert release_programme(event=forum) is None
    SessionFactory(event=forum, confirmed=True, start=dt.time(16))
    assert public(released(forum, clock))[key] == {**raw, "change": None}


def test_a_draft_that_was_cancelled_by_leaving_is_restored(forum: Event, clock: Clock) -> None:
    released(forum, clock)
    session = first_session(forum)
    _draft_again(session)
    released(forum, clock)
    Session.objects.filter(pk=session.pk).update(status=Session.Status.CONFIRMED)
    third = released(forum, clock)
    assert (changes(third), public(third)[session.key]["sequence"]) == ([(session.key, "restored")], 2)


def test_an_added_session_begins_at_zero(forum: Event, clock: Clock) -> None:
    released(forum, clock)
    session = SessionFactory(event=forum, confirmed=True, start=dt.time(16))
    second = released(forum, clock)
    raw = public(second)[session.key]
    assert changes(second) == [(session.key, "added")]
    assert (raw["sequence"], raw["modified"], raw["change"]) == (0, stamp(1), {"kinds": ["added"], "before": {}})


def test_another_zone_of_the_event_moves_everything(forum: Event, clock: Clock) -> None:
    released(forum, clock)
    Event.objects.filter(pk=forum.pk).update(time_zone="Europe/Berlin")
    second = released(forum, clock)
    raws = {**public(second), **restricted(second)}
    assert {raw["sequence"] for raw in raws.values()} == {1}
    assert sorted(changes(second)) == sorted((key, "moved") for key in raws)


def _renamed_room(event: Event) -> None:
    room = first_session(event).room
    assert room
    room.name_tr = "Salon Şimşir"
    room.save()


def _renamed_venue(event: Event) -> None:
    room = first_session(event).room
    assert room
    room.venue.name_en = "Plane Tree Congress Centre"
    room.venue.save()


@pytest.mark.parametrize("rename", [_renamed_room, _renamed_venue])
def test_a_renamed_place_moves_only_last_modified(forum: Event, clock: Clock, rename: Callable[[Event], None]) -> None:
    first = released(forum, clock)
    rename(forum)
    second = released(forum, clock)
    room = first_session(forum).room_id
    expected = {
        key: {**raw, "modified": stamp(1) if raw["room"] == f"r{room}" else stamp(0)}
        for key, raw in public(first).items()
    }
    assert (public(second), changes(second)) == (expected, [])
    assert open_changes(second) is None


def test_a_biography_makes_a_release_without_a_change(forum: Event, clock: Clock) -> None:
    first = released(forum, clock)
    person = first_session(forum).contributions.get().person
    person.biography_tr = "Şehir plancısı."
    person.save()
    second = released(forum, clock)
    assert (changes(second), public(second)) == ([], public(first))
    assert open_programme(second).people[person.key].biography == {"tr": "Şehir plancısı."}
    assert open_programme(first).people[person.key].biography == {}


def test_a_family_name_sorts_somebody_elsewhere_without_a_change(forum: Event, clock: Clock) -> None:
    """The index on paper and the filter of the page are sorted by it."""
    first = released(forum, clock)
    person = first_session(forum).contributions.get().person
    person.family_name = "Taslak"
    person.save()
    second = released(forum, clock)
    assert (changes(second), public(second)) == ([], public(first))
    assert open_programme(second).people[person.key].sort_key == person.sort_key
