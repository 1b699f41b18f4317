"""A copy of an event: the chosen parts on new dates, and nothing of what made the old one that one event."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.models import ModelLogEntry

from events.building import move_session
from events.cloning import Part, clone_event
from events.links import issue_link
from events.models import Event, Link, ProgrammeAct, PublicEvent, Session
from events.release import release_programme
from tests.factories import (
    DAY,
    ContributionFactory,
    DialogueProgrammeFactory,
    EventFactory,
    EventOrganisationFactory,
    FundingFactory,
    OrganisationFactory,
    PartyFactory,
    PersonFactory,
    RoomFactory,
    SessionFactory,
    TrackFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
NEXT = dt.date(2028, 5, 3)


@pytest.fixture
def officer() -> Any:
    return UserFactory(officer=True)


@pytest.fixture
def forum() -> Event:
    """Two released days with everything that an event can have."""
    room = RoomFactory(name_en="Linden")
    event: Event = EventFactory(
        slug="forum",
        title_en="Forum",
        summary_tr="Özet",
        summary_en="Summary",
        ends_on=DAY + dt.timedelta(days=1),
        venue=room.venue,
        dialogue_programme=DialogueProgrammeFactory(),
        capacity=120,
        languages=["tr", "en"],
        contact_email="forum@sample.example",
    )
    EventOrganisationFactory(event=event)
    track, party = TrackFactory(event=event), PartyFactory(event=event)
    opening = SessionFactory(
        event=event,
        confirmed=True,
        room=room,
        track=track,
        title_en="Opening",
        ref="A1",
        organisation=OrganisationFactory(),
        languages=["tr"],
        host_notes="Ask Ayşe",
    )
    opening.parties.add(party)
    ContributionFactory(session=opening, person=PersonFactory(name="Ayşe Örnek"))
    night = {"start": dt.time(23), "end": dt.time(1, 30), "end_day": DAY + dt.timedelta(days=2)}
    SessionFactory(event=event, confirmed=True, day=DAY + dt.timedelta(days=1), title_en="Party", **night)
    SessionFactory(event=event, cancelled=True, title_en="Cancelled")
    SessionFactory(event=event, untimed=True, title_en="Excursion")
    release_programme(event=event)
    return event


def told(event: Event) -> list[tuple[Any, ...]]:
    return [
        (str(row.title_en), row.day, row.start, row.end, row.start_day, row.end_day, row.status)
        for row in event.sessions.in_order()
    ]


def test_everything_comes_along_on_new_dates(forum: Event, officer: Any) -> None:
    made = clone_event(event=forum, by=officer, starts_on=NEXT, title_tr="Yeni Forum", title_en="New Forum")
    made = Event.objects.get(pk=made.pk)
    assert (made.slug, made.title_tr, made.title_en, made.starts_on, made.ends_on) == (
        "yeni-forum",
        "Yeni Forum",
        "New Forum",
        NEXT,
        dt.date(2028, 5, 4),
    )
    same = ["kind", "line_of_work", "field", "dialogue_programme", "contact_email", "time_zone", "venue", "capacity"]
    same += ["languages", "summary_tr", "summary_en"]
    assert [getattr(made, name) for name in same] == [getattr(forum, name) for name in same]
    second = dt.date(2028, 5, 4)
    assert told(made) == [
        ("Opening", NEXT, dt.time(9), dt.time(10), None, None, "draft"),
        ("Excursion", NEXT, None, None, None, None, "draft"),
        ("Party", second, dt.time(23), dt.time(1, 30), None, None, "draft"),
    ]
    opening = made.sessions.get(title_en="Opening")
    assert (opening.room.name_en, opening.ref, opening.languages) == ("Linden", "A1", ["tr"])
    assert opening.host_notes == "Ask Ayşe"
    assert (opening.track.event, opening.parties.get().event) == (made, made)
    assert opening.organisation == forum.sessions.get(title_en="Opening").organisation
    assert [(each.person.name, each.role) for each in opening.contributions.all()] == [("Ayşe Örnek", "speaker")]
    assert [(each.role, each.organisation) for each in made.event_organisations.all()] == [
        (each.role, each.organisation) for each in forum.event_organisations.all()
    ]


def test_a_night_that_ends_on_another_date_keeps_its_distance(forum: Event, officer: Any) -> None:
    Session.objects.filter(title_en="Party").update(end=dt.time(6), end_day=DAY + dt.timedelta(days=2))
    made = clone_event(event=forum, by=officer, starts_on=NEXT, title_tr="Yeni")
    party = made.sessions.get(title_en="Party")
    assert (party.day, party.end, party.end_day) == (dt.date(2028, 5, 4), dt.time(6), dt.date(2028, 5, 5))


def test_nothing_of_the_old_identity_comes_along(forum: Event, officer: Any) -> None:
    opening = forum.sessions.get(title_en="Opening")
    move_session(session=opening, by=officer, version=1, day=DAY, start=dt.time(8), end=None, room=None)
    issue_link(target=forum, purpose="draft")
    FundingFactory(dialogue_programme=None, event=forum)
    before = {each.pk: (each.key, each.uid, each.version) for each in forum.sessions.all()}
    made = clone_event(event=forum, by=officer, starts_on=NEXT, title_tr="Yeni")
    assert (made.code == forum.code, made.uid == forum.uid, made.version) == (False, False, 1)
    ours = {(each.key, each.uid) for each in made.sessions.all()}
    assert ours.isdisjoint((key, uid) for key, uid, _version in before.values())
    assert {each.version for each in made.sessions.all()} == {1}
    assert (made.releases.count(), PublicEvent.objects.count(), made.former_slugs.count()) == (0, 1, 0)
    assert (ProgrammeAct.objects.filter(event=made).count(), Link.objects.count(), made.funding.count()) == (0, 1, 0)
    entries = ModelLogEntry.objects.filter(object_id=str(made.pk))
    assert [(each.action, each.user, each.data["from"]) for each in entries] == [("events.clone", officer, forum.pk)]
    assert {each.pk: (each.key, each.uid, each.version) for each in forum.sessions.all()} == before


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([], (0, 0, 0, 0, None, "")),
        ([Part.SESSIONS], (3, 0, 0, 0, None, "")),
        ([Part.PEOPLE], (0, 0, 0, 0, None, "")),
        ([Part.SESSIONS, Part.PEOPLE], (3, 1, 0, 0, None, "")),
        ([Part.TRACKS, Part.ORGANISATIONS], (0, 0, 2, 1, None, "")),
        ([Part.PLACES, Part.TEXTS], (0, 0, 0, 0, "venue", "Summary")),
    ],
)
def test_only_what_was_chosen(parts: list[str], expected: tuple[Any, ...], forum: Event, officer: Any) -> None:
    made = clone_event(event=forum, by=officer, starts_on=NEXT, title_tr="Yeni", parts=parts)
    people = sum(each.contributions.count() for each in made.sessions.all())
    named = made.tracks.count() + made.parties.count()
    found = (made.sessions.count(), people, named, made.event_organisations.count())
    assert (*found, "venue" if made.venue else None, made.summary_en) == expected
    assert {(each.room, each.track, each.organisation) for each in made.sessions.all()} <= {(None, None, None)}


def test_a_copied_text_is_as_stale_as_it_was(forum: Event, officer: Any) -> None:
    Session.objects.filter(title_en="Opening").update(translated_from={"title": "of another text"})
    Event.objects.filter(pk=forum.pk).update(translated_from={"summary": "of another text"})
    made = clone_event(event=forum, by=officer, starts_on=NEXT, title_tr="Yeni", title_en="New")
    assert (made.stale_texts(), made.sessions.get(title_en="Opening").stale_texts()) == (["summary"], ["title"])


def test_an_event_without_dates_is_counted_from_its_first_session(officer: Any) -> None:
    event = EventFactory(starts_on=None, ends_on=None)
    SessionFactory(event=event, day=DAY)
    SessionFactory(event=event, day=DAY + dt.timedelta(days=3))
    made = clone_event(event=event, by=officer, starts_on=NEXT, title_tr="Yeni")
    assert [each.day for each in made.sessions.in_order()] == [NEXT, NEXT + dt.timedelta(days=3)]
    assert (made.starts_on, made.ends_on) == (NEXT, None)


def test_an_erased_person_does_not_come_along(forum: Event, officer: Any) -> None:
    person = forum.sessions.get(title_en="Opening").contributions.get().person
    type(person).objects.filter(pk=person.pk).update(erased_at=dt.datetime.now(dt.UTC))
    made = clone_event(event=forum, by=officer, starts_on=NEXT, title_tr="Yeni")
    assert made.sessions.get(title_en="Opening").contributions.count() == 0


@pytest.mark.parametrize(
    ("named", "field"),
    [
        ({"title_tr": "Yeni", "slug": "forum"}, "slug"),
        ({"title_tr": "Yeni", "slug": "my"}, "slug"),
        ({"title_tr": "Yeni", "slug": "Büyük Harf"}, "slug"),
        ({"slug": "yeni"}, "title_tr"),
        ({"title_tr": "x" * 201}, "title_tr"),
        ({"title_tr": "Yeni", "starts_on": dt.date(9999, 12, 31)}, "starts_on"),
        ({"title_tr": "Yeni", "starts_on": dt.date(1, 1, 1)}, "starts_on"),
    ],
)
def test_what_cannot_be_leaves_nothing_behind(named: dict[str, Any], field: str, forum: Event, officer: Any) -> None:
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        clone_event(event=forum, by=officer, **{"starts_on": NEXT, **named})
    assert list(refused.value.message_dict) == [field]
    assert Event.objects.count() == 1


def test_an_address_is_made_of_the_title_and_free(forum: Event, officer: Any) -> None:
    slugs = [
        clone_event(event=forum, by=officer, starts_on=NEXT, title_tr="Forum", parts=[]).slug for _each in range(3)
    ]
    assert slugs == ["forum-2028", "forum-2028-2", "forum-2028-3"]


def test_who_may_not_add_events_may_not_copy_one(forum: Event) -> None:
    with pytest.raises(PermissionDenied):
        clone_event(event=forum, by=UserFactory(reader=True), starts_on=NEXT, title_tr="Yeni")
    assert Event.objects.count() == 1


@pytest.mark.parametrize("sessions", [1, 3])
def test_as_many_questions_for_three_sessions_as_for_one(sessions: int, officer: Any) -> None:
    event = EventFactory()
    for number in range(sessions):
        ContributionFactory(session__event=event, session__room=RoomFactory(), session__start=dt.time(9 + number))
    permissions = officer.has_perm("events.add_event")
    with CaptureQueriesContext(connection) as queries:
        clone_event(event=event, by=officer, starts_on=NEXT, title_tr="Yeni")
    assert (len(queries), permissions) == (26, True)
