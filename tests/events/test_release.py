"""The pivot: what a release freezes, what counts as a change, and what a change does to a calendar entry."""

import datetime as dt
import uuid
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from events.models import Event, Job, Person, ProgrammeRelease
from events.programme import open_programme
from events.release import ComparisonOutdatedError, compare_programme, preview_programme, release_programme
from tests.factories import (
    ContributionFactory,
    EventFactory,
    PartyFactory,
    RoomFactory,
    SessionFactory,
    TrackFactory,
    VenueFactory,
)
from tests.releases import Clock, changes, first_session, public, released, restricted, stamp

pytestmark = pytest.mark.django_db


def test_the_first_release_is_number_one_and_changes_nothing(forum: Event, clock: Clock) -> None:
    release = released(forum, clock, note_tr="Yayımlandı", note_en="Published")
    assert (release.number, release.note_tr, release.note_en) == (1, "Yayımlandı", "Published")
    assert (len(public(release)), len(restricted(release)), changes(release)) == (3, 1, [])
    raws = [*public(release).values(), *restricted(release).values()]
    assert [(raw["sequence"], raw["modified"], raw["change"]) for raw in raws] == [(0, stamp(0), None)] * 4
    assert release.public_delta is None


def test_the_first_release_may_have_no_sessions(clock: Clock) -> None:
    event = EventFactory()
    assert public(released(event, clock)) == {}
    assert event.public.status == "public"
    assert release_programme(event=event) is None


def test_without_changes_there_is_no_release(forum: Event, clock: Clock) -> None:
    released(forum, clock)
    before = (ProgrammeRelease.objects.count(), Job.objects.count(), forum.public.modified_at)
    Event.objects.get(pk=forum.pk).save()
    for session in forum.sessions.all():
        session.save()
    SessionFactory(event=forum, start=dt.time(15))
    assert release_programme(event=forum) is None
    forum.public.refresh_from_db()
    assert (ProgrammeRelease.objects.count(), Job.objects.count(), forum.public.modified_at) == before


def test_a_release_promises_its_papers(forum: Event, clock: Clock) -> None:
    release = released(forum, clock)
    jobs = Job.objects.values_list("kind", "payload")
    assert list(jobs.order_by("pk")) == [
        ("render_programme", {"release": release.pk, "language": language}) for language in ("tr", "en", "tr-en")
    ]


def test_facts_of_the_event_are_compared(forum: Event, clock: Clock) -> None:
    released(forum, clock)
    Event.objects.filter(pk=forum.pk).update(summary_tr="Yeni özet", ends_on=dt.date(2027, 6, 12))
    comparison = compare_programme(Event.objects.get(pk=forum.pk))
    assert (comparison.event_before, comparison.event_after) == (
        {"summary": {}, "ends_on": "2027-06-11"},
        {"summary": {"tr": "Yeni özet"}, "ends_on": "2027-06-12"},
    )
    assert (comparison.unchanged, comparison.changes, comparison.number) == (False, [], 2)


def test_comparing_writes_nothing(forum: Event, clock: Clock) -> None:
    released(forum, clock)
    session = first_session(forum)
    session.start = dt.time(8, 30)
    session.save()
    comparison = compare_programme(forum)
    [change] = comparison.changes
    told = (change.key, change.audience, change.kinds, change.before["start"], change.after["start"], change.title)
    assert told == (
        session.key,
        "public",
        ["moved"],
        "09:00",
        "08:30",
        {"tr": session.title_tr, "en": session.title_en},
    )
    assert ProgrammeRelease.objects.count() == 1


def test_rows_that_changed_since_the_comparison_bring_a_new_one(forum: Event, clock: Clock) -> None:
    released(forum, clock)
    session = first_session(forum)
    session.start = dt.time(8, 30)
    session.save()
    shown = compare_programme(forum)
    session.title_en = "Opening addresses"
    session.save()
    with pytest.raises(ComparisonOutdatedError) as outdated:
        release_programme(event=forum, fingerprint=shown.fingerprint)
    [change] = outdated.value.comparison.changes
    assert change.kinds == ["moved", "retitled"]
    assert ProgrammeRelease.objects.count() == 1
    release = release_programme(event=forum, fingerprint=outdated.value.comparison.fingerprint)
    assert release
    assert release.number == 2


@pytest.mark.parametrize("what", ["person", "room", "track", "draft"])
def test_the_fingerprint_knows_what_is_shown_and_nothing_else(forum: Event, what: str) -> None:
    session = first_session(forum)
    session.track = TrackFactory(event=forum)
    session.save()
    before = compare_programme(forum).fingerprint
    assert compare_programme(forum).fingerprint == before
    room, person = session.room, session.contributions.get().person
    assert room
    if what == "person":
        Person.objects.filter(pk=person.pk).update(name="Başka Biri")
    elif what == "room":
        room.name_en = "Boxwood Room"
        room.save()
    elif what == "track":
        session.track.name_en = "Climate"
        session.track.save()
    else:
        forum.sessions.filter(status="draft").update(title_tr="Henüz taslak")
    assert (compare_programme(forum).fingerprint == before) is (what == "draft")


def test_a_preview_reads_as_the_release_will(forum: Event, clock: Clock) -> None:
    preview = preview_programme(forum, restricted=True)
    release = released(forum, clock)
    programme = open_programme(release, restricted=True)
    assert (preview.number, preview.entries, preview.event) == (1, programme.entries, programme.event)
    assert [person.name for person in preview.people.values()] == [person.name for person in programme.people.values()]
    assert len(preview_programme(forum).entries) == 3


def _story(event: Event, clock: Clock, number: int) -> dict[str, Any]:
    session = first_session(event)
    session.start = dt.time(8, number % 60)
    session.save()
    release = released(event, clock)
    return {"bytes": len(release.public_document), "people": release.people.count(), "changes": len(changes(release))}


def test_the_hundredth_release_costs_what_the_second_did(
    forum: Event, clock: Clock, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    released(forum, clock)
    stories = [_story(forum, clock, number) for number in range(1, 99)]
    session = first_session(forum)
    session.start = dt.time(8, 30)
    session.save()
    with django_assert_num_queries(29):
        hundredth = release_programme(event=forum)
    assert hundredth
    assert hundredth.number == 100
    assert {story["people"] for story in stories} == {3}
    assert {story["changes"] for story in stories} == {1}
    assert max(story["bytes"] for story in stories) - min(story["bytes"] for story in stories) < 50


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_a_release_do_not_grow(
    number: int, clock: Clock, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    event = EventFactory()
    for at in range(number):
        session = SessionFactory(event=event, confirmed=True, room=RoomFactory(), track=TrackFactory(event=event))
        session.parties.add(PartyFactory(event=event))
        ContributionFactory(session=session)
        SessionFactory(event=event, confirmed=True, venue=VenueFactory(), start=dt.time(10 + at))
    released(event, clock)
    event.sessions.update(start=dt.time(8))
    with django_assert_num_queries(28):
        assert release_programme(event=event)


def test_keys_and_uids_are_random_and_kept(forum: Event, clock: Clock) -> None:
    release = released(forum, clock)
    uids = {raw["uid"] for raw in public(release).values()}
    assert uids == {str(uid) for uid in forum.sessions.filter(key__in=public(release)).values_list("uid", flat=True)}
    assert {uuid.UUID(uid).version for uid in uids} == {4}
