"""Sessions that leave the public and come back, sessions held back, and people who were erased."""

import datetime as dt
from typing import Any

import pytest

from events.models import Event, Person, ProgrammeRelease, ReleasedPerson, Session
from events.programme import Entry, open_changes, open_programme
from events.release import compare_programme, release_programme
from tests.factories import DAY, ContributionFactory, EventFactory, PersonFactory, RoomFactory, SessionFactory
from tests.releases import Clock, changes, first_session, public, released, restricted, stamp

pytestmark = pytest.mark.django_db


def _show_to(session: Session, audience: str) -> None:
    Session.objects.filter(pk=session.pk).update(audience=audience)


def _told(raw: dict[str, Any]) -> tuple[Any, ...]:
    return raw["status"], raw["sequence"], raw["modified"], raw.get("withdrawn", False)


def _entry(release: ProgrammeRelease, key: str) -> Entry:
    return next(entry for entry in open_programme(release).entries if entry.key == key)


def test_leaving_the_public_cancels_for_the_public_and_coming_back_restores(forum: Event, clock: Clock) -> None:
    released(forum, clock)
    session = first_session(forum)
    _show_to(session, "participants")
    second = released(forum, clock)
    assert changes(second) == [(session.key, "edited")]
    assert _told(public(second)[session.key]) == ("cancelled", 1, stamp(1), True)
    assert _told(restricted(second)[session.key]) == ("confirmed", 1, stamp(1), False)
    programme = open_programme(second)
    assert session.key not in {entry.key for entry in programme.entries}
    assert session.key in {entry.key for entry in programme.all_entries if entry.withdrawn and entry.cancelled}
    _show_to(session, "public")
    third = released(forum, clock)
    assert _told(public(third)[session.key]) == ("confirmed", 2, stamp(2), False)
    assert session.key not in restricted(third)


def test_a_tombstone_stays_while_the_session_is_not_public(forum: Event, clock: Clock) -> None:
    released(forum, clock)
    session = first_session(forum)
    _show_to(session, "staff")
    tombstone = public(released(forum, clock))[session.key]
    Session.objects.filter(pk=session.pk).update(start=dt.time(8, 30))
    third = released(forum, clock)
    assert public(third)[session.key] == tombstone
    assert _told(restricted(third)[session.key]) == ("confirmed", 2, stamp(2), False)
    assert release_programme(event=forum) is None
    _show_to(session, "participants")
    fourth = released(forum, clock)
    assert (public(fourth)[session.key], restricted(fourth)[session.key]["sequence"]) == (tombstone, 2)
    Session.objects.filter(pk=session.pk).delete()
    fifth = released(forum, clock)
    assert public(fifth)[session.key] == tombstone
    assert _told(restricted(fifth)[session.key]) == ("cancelled", 3, stamp(4), False)


def test_a_session_that_becomes_public_is_told_to_those_who_follow(forum: Event, clock: Clock) -> None:
    session = forum.sessions.get(audience="participants")
    released(forum, clock)
    _show_to(session, "public")
    second = released(forum, clock)
    assert (_told(public(second)[session.key]), restricted(second)) == (("confirmed", 1, stamp(1), False), {})
    delta = open_changes(second)
    assert delta is not None
    assert [entry.key for entry in delta.entries] == [session.key]


def test_restricted_sessions_are_in_no_public_document(forum: Event, clock: Clock) -> None:
    session = forum.sessions.get(audience="participants")
    session.room = RoomFactory(name_tr="Gizli Oda")
    session.save()
    ContributionFactory(session=session, person=PersonFactory(name="Gizli Konuk"))
    release = released(forum, clock)
    document = str(release.open_public())
    assert session.key not in document
    assert "Gizli Oda" not in document
    shown = open_programme(release, restricted=True)
    assert [entry.key for entry in shown.entries].index(session.key) == 3
    assert "Gizli Konuk" in {each.person.name for entry in shown.entries for each in entry.people}


def test_a_session_held_back_keeps_its_last_released_state(forum: Event, clock: Clock) -> None:
    before = public(released(forum, clock))
    session, other = forum.sessions.order_by("pk")[:2]
    forum.sessions.filter(pk__in=[session.pk, other.pk]).update(start=dt.time(8, 15))
    second = released(forum, clock, held=[session.key])
    assert public(second)[session.key] == before[session.key]
    assert changes(second) == [(other.key, "moved")]
    third = released(forum, clock)
    assert changes(third) == [(session.key, "moved")]
    assert _told(public(third)[session.key]) == ("confirmed", 1, stamp(2), False)


def test_a_held_session_keeps_the_words_for_its_room_and_its_people(forum: Event, clock: Clock) -> None:
    released(forum, clock)
    session, _second, third_session = forum.sessions.order_by("pk")[:3]
    room, person = session.room, session.contributions.get().person
    assert room
    assert room == third_session.room
    room.name_tr = "Salon Şimşir"
    room.save()
    Person.objects.filter(pk=person.pk).update(name="Çağrı Taslak-Örnek")
    session.contributions.update(shown_tr="Eski Başkan")
    second = released(forum, clock, held=[session.key])
    held, fresh = _entry(second, session.key), _entry(second, third_session.key)
    assert held.room
    assert fresh.room
    assert (held.room.name["tr"], fresh.room.name["tr"]) == ("Salon Ihlamur", "Salon Şimşir")
    assert [(each.person.name, each.shown["tr"]) for each in held.people] == [
        ("Çağrı Taslak 0", "Belediye Başkanı, Çınarlı Belediyesi")
    ]
    assert (held.sequence, held.modified.hour, fresh.modified.hour) == (0, 9, 10)
    assert release_programme(event=forum, held=[session.key]) is None
    third = released(forum, clock)
    assert changes(third) == [(session.key, "people")]
    entry = _entry(third, session.key)
    assert entry.room
    assert (entry.room.name["tr"], entry.sequence, entry.modified.hour) == ("Salon Şimşir", 0, 11)


def test_holding_a_new_one_a_deleted_one_and_a_withdrawn_one(forum: Event, clock: Clock) -> None:
    before = public(released(forum, clock))
    gone, hidden, moved = forum.sessions.filter(audience="public").exclude(status="draft").order_by("pk")
    new = SessionFactory(event=forum, confirmed=True, start=dt.time(17))
    gone_key = gone.key
    gone.delete()
    _show_to(hidden, "participants")
    Session.objects.filter(pk=moved.pk).update(start=dt.time(8))
    comparison = compare_programme(forum, held=[gone_key, hidden.key, new.key, moved.key])
    assert (comparison.unchanged, comparison.changes) == (True, [])
    second = released(forum, clock, held=[gone_key, hidden.key, new.key])
    assert changes(second) == [(moved.key, "moved")]
    assert public(second) == {**before, moved.key: public(second)[moved.key]}
    assert sorted(changes(released(forum, clock))) == sorted(
        [(gone_key, "cancelled"), (hidden.key, "edited"), (new.key, "added")]
    )


def test_holding_back_a_return_to_the_public_keeps_the_tombstone(forum: Event, clock: Clock) -> None:
    session, other = forum.sessions.order_by("pk")[:2]
    released(forum, clock)
    _show_to(session, "participants")
    tombstone = public(released(forum, clock))[session.key]
    _show_to(session, "public")
    Session.objects.filter(pk=other.pk).update(title_tr="Başka")
    third = released(forum, clock, held=[session.key])
    assert public(third)[session.key] == tombstone
    assert restricted(third)[session.key]["status"] == "confirmed"


def _erase(person: Person) -> None:
    """What erasing leaves of a person, in the directory and in history."""
    Person.objects.filter(pk=person.pk).update(name="", sort_key="", erased_at=dt.datetime(2027, 5, 4, tzinfo=dt.UTC))
    ReleasedPerson.objects.filter(person=person).update(name="", sort_key="", positions=[], erased=True)


def test_an_erased_person_is_in_no_release_old_or_new(forum: Event, clock: Clock) -> None:
    first = released(forum, clock)
    session = first_session(forum)
    person = session.contributions.get().person
    _erase(person)
    session.contributions.all().delete()
    second = released(forum, clock)
    assert changes(second) == [(session.key, "people")]
    for release in (first, second):
        assert person.key not in {each.person.key for entry in open_programme(release).entries for each in entry.people}
        assert "Çağrı Taslak 0" not in set(release.people.values_list("name", flat=True))


def test_an_erased_person_is_not_carried_by_a_held_session(forum: Event, clock: Clock) -> None:
    released(forum, clock)
    session, other = forum.sessions.order_by("pk")[:2]
    person = session.contributions.get().person
    _erase(person)
    session.delete()
    Session.objects.filter(pk=other.pk).update(title_tr="Başka")
    second = released(forum, clock)
    assert _entry(second, session.key).people == ()
    row = second.people.get(key=person.key)
    assert (row.name, row.positions, row.erased) == ("", [], True)


def test_days_of_the_event_are_those_of_public_sessions(db: None) -> None:
    """Staff set up the day before and participants leave the day after: where nobody gave days, neither is told."""
    event = EventFactory(starts_on=None, ends_on=None)
    for days, audience in ((-1, "staff"), (0, "public"), (1, "participants")):
        SessionFactory(event=event, confirmed=True, audience=audience, day=DAY + dt.timedelta(days=days))
    release = release_programme(event=event)
    assert release
    facts = open_programme(release).event
    assert (facts.starts_on, facts.ends_on) == (DAY, DAY)
    assert (event.public.starts_on, event.public.ends_on) == (DAY, DAY)
