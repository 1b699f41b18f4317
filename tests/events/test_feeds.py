"""Calendars over HTTP: what programs that ask every few minutes are told."""

import datetime as dt
import gzip
from email.utils import format_datetime

import pytest
import time_machine
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from events import ical
from events.erasure import erase_person
from events.models import Event, FormerSlug, Person, Rendering
from events.release import cancel_event, release_programme, withdraw_event
from tests.calendars import with_icalendar
from tests.factories import (
    DialogueProgrammeFactory,
    EventFactory,
    EventOrganisationFactory,
    OrganisationFactory,
    SessionFactory,
)
from tests.releases import FIRST, Clock, first_session, released

pytestmark = pytest.mark.django_db
ANY_FEED = pytest.mark.parametrize("path", ["/calendars/tr/forum.ics", "/calendars/en/events.ics"])


@pytest.fixture
def feed(forum: Event, clock: Clock) -> Event:
    """The forum, released; what another test's forum was is forgotten."""
    ical.forget_feeds([])
    forum.slug = "forum"
    forum.save()
    released(forum, clock)
    return forum


@ANY_FEED
def test_a_calendar_is_given_whole_and_named(client: Client, feed: Event, path: str) -> None:
    answer = client.get(path, headers={"accept": "text/html", "cookie": "session=x"})
    names = ("Content-Type", "Content-Disposition", "Cache-Control", "Vary", "Content-Language")
    assert (answer.status_code, len(answer.cookies), [answer.headers.get(name) for name in names]) == (
        200,
        0,
        [
            "text/calendar; charset=utf-8",
            f'inline; filename="{path.rpartition("/")[2]}"',
            "public, max-age=900",
            "Accept-Encoding",
            path.split("/")[2],
        ],
    )
    assert answer.content.count(b"BEGIN:VEVENT") == (3 if "forum" in path else 1)
    assert answer.headers["Content-Length"] == str(len(answer.content))


@ANY_FEED
@pytest.mark.parametrize(
    "known",
    ["{tag}", "W/{tag}", '"other", {tag}', '"other",W/{tag} , "third"', "*"],
    ids=["exact", "weak", "listed", "listed weakly", "any"],
)
def test_who_has_it_is_told_so(client: Client, feed: Event, path: str, known: str) -> None:
    whole = client.get(path)
    answer = client.get(path, headers={"if-none-match": known.format(tag=whole.headers["ETag"])})
    assert (answer.status_code, answer.content, "Content-Type" in answer.headers) == (304, b"", False)
    assert "Content-Length" not in answer.headers
    for name in ("ETag", "Last-Modified", "Cache-Control", "Vary"):
        assert answer.headers[name] == whole.headers[name]


@ANY_FEED
def test_a_strange_tag_goes_before_any_date(client: Client, feed: Event, path: str) -> None:
    whole = client.get(path)
    modified = whole.headers["Last-Modified"]
    asked = [
        {"if-none-match": '"other"', "if-modified-since": modified},
        {"if-none-match": "garbage", "if-modified-since": modified},
        {"if-none-match": whole.headers["ETag"], "if-modified-since": _http(FIRST - dt.timedelta(days=900))},
        {"if-modified-since": modified},
        {"if-modified-since": _http(FIRST - dt.timedelta(days=1))},
        {"if-modified-since": "garbage"},
    ]
    assert [client.get(path, headers=headers).status_code for headers in asked] == [200, 200, 304, 304, 200, 200]


@ANY_FEED
def test_head_is_get_without_the_body(client: Client, feed: Event, path: str) -> None:
    get, head = client.get(path), client.head(path)
    assert (head.status_code, head.content, dict(head.headers)) == (200, b"", dict(get.headers))


@ANY_FEED
def test_compressed_for_those_who_ask(client: Client, feed: Event, path: str) -> None:
    plain = client.get(path)
    packed = client.get(path, headers={"accept-encoding": "br, gzip;q=0.8"})
    refused = client.get(path, headers={"accept-encoding": "gzip;q=0, identity"})
    assert (packed.headers["Content-Encoding"], gzip.decompress(packed.content)) == ("gzip", plain.content)
    assert packed.headers["ETag"] == plain.headers["ETag"].removesuffix('"') + '-gzip"'
    assert (refused.content, "Content-Encoding" in refused.headers) == (plain.content, False)
    again = client.get(path, headers={"accept-encoding": "gzip", "if-none-match": packed.headers["ETag"]})
    assert (again.status_code, again.headers["ETag"]) == (304, packed.headers["ETag"])


@ANY_FEED
def test_calendars_are_only_read(feed: Event, path: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    answers = [getattr(strict, method)(path) for method in ("post", "put", "patch", "delete")]
    assert [(answer.status_code, answer.headers["Allow"]) for answer in answers] == [(405, "GET, HEAD")] * 4


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/calendars/tr/unknown.ics", 404),
        ("/calendars/de/forum.ics", 404),
        ("/calendars/tr/Forum.ics", 404),
        (f"/calendars/tr/{'9' * 5000}.ics", 404),
        ("/calendars/tr/for%00um.ics", 400),
        ("/calendars/tr/%ff%fe.ics", 400),
        ("/calendars/tr/events.ics?kind=party", 404),
        ("/calendars/tr/events.ics?line=9", 404),
        ("/calendars/tr/events.ics?line=1e0", 404),
        ("/calendars/tr/events.ics?organisation=abc", 404),
        ("/calendars/tr/events.ics?organisation=%D9%A1", 404),
        (f"/calendars/tr/events.ics?organisation={'9' * 5000}", 404),
        (f"/calendars/tr/events.ics?organisation={'9' * 18}", 404),
        ("/calendars/tr/events.ics?programme=unknown", 404),
        ("/calendars/tr/events.ics?programme=%00", 400),
        ("/calendars/tr/events.ics?programme=%ff", 400),
        ("/calendars/tr/events.ics?kind=&line=&organisation=&programme=&utm_source=mail", 200),
    ],
)
def test_addresses_that_are_none(client: Client, feed: Event, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def test_an_event_never_released_has_no_calendar(client: Client) -> None:
    EventFactory(slug="later", with_sessions=1)
    assert client.get("/calendars/tr/later.ics").status_code == 404


def test_a_former_address_keeps_answering(client: Client, feed: Event, clock: Clock) -> None:
    feed.slug = "iklim-forumu"
    feed.save()
    released(feed, clock)
    assert FormerSlug.objects.get().slug == "forum"
    bodies = [client.get(f"/calendars/tr/{slug}.ics").content for slug in ("forum", "iklim-forumu")]
    assert bodies[0] == bodies[1]
    assert b"/tr/etkinlikler/iklim-forumu/program/#s-" in bodies[0].replace(b"\r\n ", b"")


def test_a_withdrawn_event_keeps_its_entries_as_cancelled(client: Client, feed: Event, clock: Clock) -> None:
    before = with_icalendar(client.get("/calendars/en/forum.ics").content)
    withdraw_event(event=feed)
    after = with_icalendar(client.get("/calendars/en/forum.ics").content)
    assert [(entry.uid, entry.status, entry.sequence) for entry in after] == [
        (entry.uid, "CANCELLED", entry.sequence + 1) for entry in before
    ]
    listed = client.get("/calendars/en/events.ics").content.decode().split("\r\n")
    assert {f"UID:{feed.uid}", "STATUS:CANCELLED", "SEQUENCE:1"} - set(listed) == set()


@pytest.mark.parametrize("sessions", [1, 3])
def test_asked_again_it_costs_one_query(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, settings: Settings, sessions: int
) -> None:
    settings.REDIS_URL = ""
    event = EventFactory(slug="forum", with_sessions=sessions)
    release_programme(event=event)
    for path in ("/calendars/tr/forum.ics", "/calendars/tr/events.ics"):
        tag = client.get(path).headers["ETag"]
        with django_assert_num_queries(1):
            assert client.get(path, headers={"if-none-match": tag}).status_code == 304


@pytest.mark.parametrize("sessions", [1, 3])
def test_a_first_calendar_costs_the_same_whatever_its_length(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, settings: Settings, sessions: int
) -> None:
    settings.REDIS_URL = ""
    event = EventFactory(slug="forum", with_sessions=sessions)
    release_programme(event=event)
    with django_assert_num_queries(FIRST_QUERIES):
        client.get("/calendars/tr/forum.ics")
    for _each in range(sessions - 1):
        release_programme(event=EventFactory(with_sessions=1))
    cache.clear()
    with django_assert_num_queries(2):
        client.get("/calendars/tr/events.ics")


#: Look for it, find the event, its people, its last calendar; lock the people; store it in two savepoints.
FIRST_QUERIES = 13


@pytest.mark.redis
@pytest.mark.django_db(transaction=True)
def test_with_redis_it_costs_no_query_and_a_release_is_heard_of_at_once(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, feed: Event
) -> None:
    path = "/calendars/tr/forum.ics"
    tag = client.get(path).headers["ETag"]
    with django_assert_num_queries(0):
        assert client.get(path, headers={"if-none-match": tag}).status_code == 304
    _move_first(feed)
    release_programme(event=feed)
    assert client.get(path, headers={"if-none-match": tag}).status_code == 200


@pytest.mark.redis
@pytest.mark.django_db(transaction=True)
def test_with_redis_an_erased_speaker_is_forgotten_at_once(client: Client, feed: Event) -> None:
    assert b"Taslak 0" in client.get("/calendars/tr/forum.ics").content.replace(b"\r\n ", b"")
    erase_person(person=Person.objects.get(name="Çağrı Taslak 0"))
    assert b"Taslak 0" not in client.get("/calendars/tr/forum.ics").content.replace(b"\r\n ", b"")


@pytest.mark.redis
@pytest.mark.django_db(transaction=True)
def test_with_redis_a_calendar_dropped_behind_its_back_is_made_again(client: Client, feed: Event) -> None:
    path = "/calendars/tr/forum.ics"
    body = client.get(path).content
    Rendering.objects.all().delete()
    ical.forget_feeds([])
    assert client.get(path).content == body


def test_a_release_changes_tag_and_date(client: Client, feed: Event, clock: Clock) -> None:
    before = client.get("/calendars/tr/forum.ics")
    _move_first(feed)
    released(feed, clock)
    after = client.get("/calendars/tr/forum.ics", headers={"if-none-match": before.headers["ETag"]})
    assert after.status_code == 200
    later = client.get("/calendars/tr/forum.ics", headers={"if-modified-since": before.headers["Last-Modified"]})
    assert later.status_code == 200


def test_a_release_without_changes_leaves_every_byte_alone(client: Client, feed: Event) -> None:
    before = [client.get(path) for path in ("/calendars/tr/forum.ics", "/calendars/tr/events.ics")]
    assert release_programme(event=feed) is None
    after = [client.get(path) for path in ("/calendars/tr/forum.ics", "/calendars/tr/events.ics")]
    assert [_told(answer) for answer in after] == [_told(answer) for answer in before]


def test_all_events_by_what_they_are(client: Client, clock: Clock) -> None:
    programme, host = DialogueProgrammeFactory(slug="kentler"), OrganisationFactory()
    talks = EventFactory(slug="talks", kind="conference", line_of_work=2, dialogue_programme=programme)
    visit = EventFactory(slug="visit", kind="study_visit", line_of_work=4)
    EventOrganisationFactory(event=visit, organisation=host)
    for event in (talks, visit):
        released(event, clock)
    queries = {
        "": {"talks", "visit"},
        "kind=conference": {"talks"},
        "line=4": {"visit"},
        "programme=kentler": {"talks"},
        f"organisation={host.pk}": {"visit"},
        f"organisation={host.pk}&kind=conference": set(),
    }
    named = {str(event.uid): event.slug for event in (talks, visit)}
    found = {query: {named[uid] for uid in _uids(client.get(f"/calendars/en/events.ics?{query}"))} for query in queries}
    assert found == queries


def test_an_event_of_one_day_has_hours_and_a_longer_one_days(client: Client, clock: Clock) -> None:
    day = EventFactory(slug="day")
    SessionFactory(event=day, confirmed=True, start=dt.time(9), end=dt.time(10))
    SessionFactory(event=day, confirmed=True, start=dt.time(16), end=dt.time(17))
    SessionFactory(event=day, cancelled=True, start=dt.time(7), end=dt.time(8))
    days = EventFactory(slug="days", ends_on=dt.date(2027, 6, 12))
    for event in (day, days):
        released(event, clock)
    body = client.get("/calendars/en/events.ics").content.decode()
    found = {line for line in body.split("\r\n") if line.startswith(("DTSTART", "DTEND", "TRANSP"))}
    assert found - {"DTSTART:20160907T000000"} == {
        "DTSTART;TZID=Europe/Istanbul:20270610T090000",
        "DTEND;TZID=Europe/Istanbul:20270610T170000",
        "TRANSP:OPAQUE",
        "DTSTART;VALUE=DATE:20270610",
        "DTEND;VALUE=DATE:20270613",
        "TRANSP:TRANSPARENT",
    }


def test_events_leave_after_twelve_months_and_cancelled_ones_after_thirty_days(client: Client, clock: Clock) -> None:
    held, cancelled = EventFactory(slug="held", with_sessions=1), EventFactory(slug="cancelled", with_sessions=1)
    for event in (held, cancelled):
        released(event, clock)
    cancel_event(event=cancelled)
    named = {str(event.uid): event.slug for event in (held, cancelled)}
    days = [dt.date(2027, 7, 9), dt.date(2027, 7, 10), dt.date(2028, 6, 10), dt.date(2028, 6, 11)]
    found, tags = [], []
    for day in days:
        with time_machine.travel(dt.datetime.combine(day, dt.time(9), dt.UTC), tick=False):
            answer = client.get("/calendars/en/events.ics")
        found.append({named[uid] for uid in _uids(answer)})
        tags.append(answer.headers["ETag"])
    assert found == [{"held", "cancelled"}, {"held"}, {"held"}, set()]
    assert len(set(tags)) == 3


def test_an_erased_speaker_is_in_no_calendar(client: Client, feed: Event) -> None:
    assert b"Taslak 0" in client.get("/calendars/tr/forum.ics").content.replace(b"\r\n ", b"")
    erase_person(person=Person.objects.get(name="Çağrı Taslak 0"))
    for language in ("tr", "en"):
        body = client.get(f"/calendars/{language}/forum.ics").content.replace(b"\r\n ", b"")
        assert (b"Taslak 0" in body, b"Taslak 1" in body) == (False, True)


def _move_first(event: Event) -> None:
    session = first_session(event)
    session.start = dt.time(8, 15)
    session.save()


def _uids(answer: HttpResponse) -> set[str]:
    return {line.removeprefix("UID:") for line in answer.content.decode().split("\r\n") if line.startswith("UID:")}


def _told(answer: HttpResponse) -> tuple[bytes, str, str]:
    return answer.content, answer.headers["ETag"], answer.headers["Last-Modified"]


def _http(moment: dt.datetime) -> str:
    return format_datetime(moment.astimezone(dt.UTC), usegmt=True)
