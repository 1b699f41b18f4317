"""The calendar of an event over its releases: mended it is what it would be when rendered anew."""

import datetime as dt
import gzip
from itertools import pairwise

import pytest
import time_machine

from events.documents.handler import render_job
from events.erasure import erase_person
from events.ical import making
from events.ical.calendars import entries_of
from events.ical.feeds import find_feed, render_feeds
from events.ical.making import KIND, feed_of
from events.models import Event, Job, Person, ProgrammeRelease, Rendering, Session
from events.release import cancel_event, reinstate_event, release_programme, withdraw_event
from tests.factories import ContributionFactory, EventFactory, PersonFactory, RoomFactory, SessionFactory
from tests.releases import Clock, first_session, released

pytestmark = pytest.mark.django_db


def test_moving_one_session_changes_its_entry_alone(forum: Event, clock: Clock) -> None:
    before = entries(released(forum, clock))
    session = first_session(forum)
    session.start = dt.time(8, 15)
    session.save()
    after = entries(released(forum, clock))
    moved = str(session.uid)
    assert {uid for uid in before | after if before.get(uid) != after.get(uid)} == {moved}
    assert lines(after[moved])[:5] == [
        f"UID:{moved}",
        "DTSTAMP:20270503T100000Z",
        "LAST-MODIFIED:20270503T100000Z",
        "SEQUENCE:1",
        "DTSTART;TZID=Europe/Istanbul:20270610T081500",
    ]


def test_a_new_title_moves_last_modified_only(forum: Event, clock: Clock) -> None:
    before = entries(released(forum, clock))
    session = first_session(forum)
    session.title_tr = "Yeni başlık"
    session.save()
    after = entries(released(forum, clock))
    uid = str(session.uid)
    changed = set(lines(after[uid])) - set(lines(before[uid]))
    assert changed == {"DTSTAMP:20270503T100000Z", "LAST-MODIFIED:20270503T100000Z", "SUMMARY:Yeni başlık"}
    assert after | {uid: b""} == before | {uid: b""}


def test_a_cancelled_session_stays_as_such(forum: Event, clock: Clock) -> None:
    released(forum, clock)
    session = first_session(forum)
    session.status = Session.Status.CANCELLED
    session.save()
    told = lines(entries(released(forum, clock), "en")[str(session.uid)])
    assert ("SEQUENCE:1" in told, "STATUS:CANCELLED" in told) == (True, True)
    assert f"SUMMARY:CANCELLED: {session.title_en}" in told


def test_a_deleted_session_stays_cancelled_until_thirty_days_after_its_start(forum: Event, clock: Clock) -> None:
    released(forum, clock)
    session = first_session(forum)
    uid, starts_at = str(session.uid), session.starts_at
    assert starts_at is not None
    session.delete()
    release = released(forum, clock)
    assert uid in entries(release)
    assert feed_of(release, "tr").valid_until == starts_at + dt.timedelta(days=30)
    with time_machine.travel(starts_at + dt.timedelta(days=30, seconds=-1), tick=False):
        assert uid in entries(release)
    with time_machine.travel(starts_at + dt.timedelta(days=30), tick=False):
        assert find_feed(forum.slug, "tr") is None
        assert uid not in entries(release)
        assert find_feed(forum.slug, "tr") is not None


def test_a_session_that_leaves_the_public_is_cancelled_and_comes_back(forum: Event, clock: Clock) -> None:
    released(forum, clock)
    session = first_session(forum)
    states = []
    for audience in (Session.Audience.STAFF, Session.Audience.PUBLIC):
        session.audience = audience
        session.save()
        told = lines(entries(released(forum, clock))[str(session.uid)])
        states.append([line for line in told if line.startswith(("SEQUENCE", "STATUS"))])
    assert states == [["SEQUENCE:1", "STATUS:CANCELLED"], ["SEQUENCE:2", "STATUS:CONFIRMED"]]


@pytest.mark.parametrize("end", [cancel_event, withdraw_event])
def test_a_cancelled_or_withdrawn_event_cancels_each_entry(forum: Event, clock: Clock, end: object) -> None:
    before = entries(released(forum, clock))
    release = end(event=forum)  # type: ignore[operator]
    cancelled = entries(release)
    assert set(cancelled) == set(before)
    assert all("STATUS:CANCELLED" in lines(entry) for entry in cancelled.values())
    clock.an_hour_later()
    again = reinstate_event(event=forum)
    assert again is not None
    assert all("STATUS:CONFIRMED" in lines(entry) for entry in entries(again).values())


def test_mended_and_rendered_anew_are_the_same_bytes(forum: Event, clock: Clock) -> None:
    released(forum, clock)
    render_feeds(forum.public.release)
    for step in (move, retitle, name_somebody, add, cancel, hide, untime, delete, move_to_brussels, rename_the_event):
        step(forum)
        release = released(forum, clock)
        for language in ("tr", "en"):
            mended = bytes(feed_of(release, language).body)
            Rendering.objects.all().delete()
            assert (step.__name__, bytes(feed_of(release, language).body)) == (step.__name__, mended)


@pytest.mark.parametrize("state", ["held back", "deleted"])
def test_somebody_renamed_is_so_in_a_session_that_stays_as_it_was(state: str, forum: Event, clock: Clock) -> None:
    """A release has one name for a person: the entry that keeps everything else says when it changed."""
    session, other = forum.sessions.order_by("pk")[:2]
    speaker = session.contributions.get().person
    ContributionFactory(session=other, person=speaker)
    held, uid = ([session.key] if state == "held back" else []), str(session.uid)
    release = released(forum, clock)
    if state == "deleted":
        session.delete()
        release = released(forum, clock)
    before = lines(entries(release)[uid])
    Person.objects.filter(pk=speaker.pk).update(name="Çağrı Deneme")
    release = released(forum, clock, held=held)
    mended = bytes(feed_of(release, "tr").body)
    after = lines(entries_of(mended)[uid])
    assert {line.partition(":")[0] for line in {*before} ^ {*after}} == {"DESCRIPTION", "DTSTAMP", "LAST-MODIFIED"}
    Rendering.objects.all().delete()
    assert bytes(feed_of(release, "tr").body) == mended


def test_several_releases_that_nobody_asked_for_are_mended_in_one(forum: Event, clock: Clock) -> None:
    feed_of(released(forum, clock), "tr")
    for step in (move, add, cancel):
        step(forum)
        release = released(forum, clock)
    mended = bytes(feed_of(release, "tr").body)
    Rendering.objects.all().delete()
    assert bytes(feed_of(release, "tr").body) == mended


def test_of_all_releases_only_the_newest_calendar_is_kept(forum: Event, clock: Clock) -> None:
    for step in (move, retitle, rename_the_event):
        release = released(forum, clock)
        render_feeds(release)
        step(forum)
    assert list(Rendering.objects.filter(kind=KIND).values_list("release", "language").order_by("language")) == [
        (release.pk, "en"),
        (release.pk, "tr"),
    ]


def test_the_job_of_a_release_makes_its_calendars_ready(forum: Event, clock: Clock) -> None:
    release = released(forum, clock)
    render_job(Job.objects.filter(kind="render_programme", payload__language="tr").latest("pk"))
    made = Rendering.objects.filter(release=release, kind=KIND).order_by("language")
    assert [(each.language, gzip.decompress(bytes(each.gzip or b"")) == bytes(each.body)) for each in made] == [
        ("en", True),
        ("tr", True),
    ]


def test_a_release_that_another_followed_is_not_rendered(forum: Event, clock: Clock) -> None:
    first = released(forum, clock)
    move(forum)
    released(forum, clock)
    render_feeds(first)
    assert not Rendering.objects.exists()


def test_another_version_of_the_renderer_renders_all_anew_and_moves_nothing(forum: Event, clock: Clock) -> None:
    release = released(forum, clock)
    before = entries(release)
    Rendering.objects.update(renderer="0", body=b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
    assert find_feed(forum.slug, "tr") is None
    assert entries(release) == before


def test_a_person_who_was_erased_is_named_no_more(forum: Event, clock: Clock) -> None:
    release = released(forum, clock)
    before = entries(release)
    person = Person.objects.get(name="Çağrı Taslak 0")
    erase_person(person=person)
    assert not Rendering.objects.filter(kind=KIND).exists()
    after = entries(release)
    told = str(first_session(forum).uid)
    assert {uid for uid in before if before[uid] != after[uid]} == {told}
    assert ("Taslak" in "".join(lines(before[told])), "Taslak" in "".join(lines(after[told]))) == (True, False)


def test_an_erasure_while_a_calendar_is_rendered_is_seen(
    forum: Event, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = released(forum, clock)
    person = Person.objects.get(name="Çağrı Taslak 0")
    assemble = making.assembled

    def erase_meanwhile(*args: object) -> bytes:
        if not Person.objects.get(pk=person.pk).erased_at:
            erase_person(person=person)
        return assemble(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(making, "assembled", erase_meanwhile)
    assert "Taslak 0" not in "".join("".join(lines(entry)) for entry in entries(release).values())


def test_no_two_calendars_of_an_address_share_a_second(forum: Event, clock: Clock) -> None:
    made = [made_at(release_programme(event=forum))]
    for step in (move, rename_the_event, retitle):
        step(forum)
        made.append(made_at(release_programme(event=forum)))
    assert [later - earlier for earlier, later in pairwise(made)] == [dt.timedelta(seconds=1)] * 3


def test_an_event_without_sessions_has_a_calendar_with_its_zone(clock: Clock) -> None:
    event = EventFactory(time_zone="Europe/Brussels")
    body = bytes(feed_of(released(event, clock), "tr").body).decode()
    assert (body.count("BEGIN:VEVENT"), body.count("TZID:Europe/Brussels")) == (0, 1)


def entries(release: ProgrammeRelease | None, language: str = "tr") -> dict[str, bytes]:
    """The entries of a release's calendar by UID."""
    assert release is not None
    return entries_of(bytes(feed_of(release, language).body))


def lines(entry: bytes) -> list[str]:
    return entry.decode().replace("\r\n ", "").split("\r\n")


def made_at(release: ProgrammeRelease | None) -> dt.datetime:
    assert release is not None
    return feed_of(release, "tr").created_at


def move(event: Event) -> None:
    _change(event, start=dt.time(8, event.releases.count()))


def retitle(event: Event) -> None:
    _change(event, title_en="Another title")


def cancel(event: Event) -> None:
    _change(event, status=Session.Status.CANCELLED)


def hide(event: Event) -> None:
    _change(event, audience=Session.Audience.STAFF)


def untime(event: Event) -> None:
    session = event.sessions.filter(audience="public", status="confirmed").order_by("-pk")[0]
    Session.objects.filter(pk=session.pk).update(start=None, end=None)


def delete(event: Event) -> None:
    event.sessions.filter(audience="public", status="confirmed").order_by("pk")[0].delete()


def add(event: Event) -> None:
    SessionFactory(event=event, confirmed=True, start=dt.time(15), end=dt.time(16), room=RoomFactory())


def move_to_brussels(event: Event) -> None:
    _change(event, end=dt.time(23), end_zone="Europe/Brussels", status=Session.Status.CONFIRMED)


def rename_the_event(event: Event) -> None:
    Event.objects.filter(pk=event.pk).update(title_tr="Bambaşka bir forum", contact_email="forum@sample.example")


def name_somebody(event: Event) -> None:
    first_session(event).contributions.create(person=PersonFactory(name="Deniz Deneme"), shown_tr="Uzman")


def _change(event: Event, **values: object) -> None:
    Session.objects.filter(pk=first_session(event).pk).update(**values)
