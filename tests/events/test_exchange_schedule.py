"""What conference apps get: the released public programme in frab's two forms."""

import datetime as dt
import json
import re
import uuid
from typing import Any
from xml.etree import ElementTree as Tree

import pytest
from django.test import Client

from events.exchange.apply import import_file, import_programme
from events.exchange.child import read
from events.models import Contribution, Event, Session
from events.release import release_programme, withdraw_event
from tests.events.exchange_files import sample
from tests.factories import (
    ContributionFactory,
    EventFactory,
    PersonFactory,
    RoomFactory,
    SessionFactory,
    TrackFactory,
    VenueFactory,
)

pytestmark = pytest.mark.django_db

DURATION = re.compile(r"[0-9]+:[0-9]{2}")
ACRONYM = re.compile(r"[a-z0-9_-][a-z0-9_]{3,}")
SLUG = re.compile(r"[a-z0-9_-]+[a-z0-9]")


@pytest.fixture
def event() -> Event:
    """A forum with one session of each sort that matters here."""
    event = EventFactory(slug="iklim-forumu", title_tr="İklim Forumu", title_en="Climate Forum", venue=VenueFactory())
    room = RoomFactory(venue=event.venue, name_tr="Salon Iğdır", name_en="Iğdır Room", capacity=120)
    opening = SessionFactory(
        event=event, confirmed=True, kind="plenary", room=room, title_tr="Açılış", title_en="Opening & <welcome>",
        abstract_en="In English.", track=TrackFactory(event=event, name_tr="İklim", name_en="Climate"),
    )  # fmt: skip
    for role, name in (("moderator", "Jale Misal"), ("speaker", "Ayşe Örnek"), ("interpreter", "Ülkü Taslak")):
        ContributionFactory(session=opening, role=role, person__name=name, person__biography_tr="Özgeçmiş.")
    night = {"start": dt.time(0, 30), "end": None, "room": None, "venue": event.venue}
    SessionFactory(event=event, confirmed=True, title_tr="Gece yürüyüşü", title_en="", **night)
    for trait in ("cancelled", "restricted"):
        SessionFactory(event=event, **{"confirmed": trait == "restricted", trait: True})
    SessionFactory(event=event, confirmed=True, untimed=True)
    SessionFactory(event=event)
    release_programme(event=event)
    return event


def get(client: Client, event: Event, form: str, query: str = "", **headers: str) -> Any:
    return client.get(f"/exchange/{event.slug}/schedule.{form}{query}", headers=headers)


def conference(client: Client, event: Event, language: str = "en") -> dict[str, Any]:
    found: dict[str, Any] = get(client, event, "json", f"?language={language}").json()["schedule"]["conference"]
    return found


def talks(conference: dict[str, Any]) -> list[dict[str, Any]]:
    return [talk for day in conference["days"] for room in day["rooms"].values() for talk in room]


def test_json_tells_the_timed_public_sessions_in_the_language_asked_for(client: Client, event: Event) -> None:
    whole = conference(client, event)
    assert {name: whole[name] for name in ("acronym", "title", "start", "end", "daysCount", "time_zone_name")} == {
        "acronym": "iklim_forumu",
        "title": "Climate Forum",
        "start": "2027-06-10",
        "end": "2027-06-10",
        "daysCount": 1,
        "time_zone_name": "Europe/Istanbul",
    }
    (day,) = whole["days"]
    assert (day["index"], day["date"]) == (1, "2027-06-10")
    assert (day["day_start"], day["day_end"]) == ("2027-06-10T04:00:00+03:00", "2027-06-11T03:59:00+03:00")
    assert [[talk["title"] for talk in room] for room in day["rooms"].values()] == [
        ["Opening & <welcome>"],
        ["Gece yürüyüşü"],
    ]
    assert list(day["rooms"]) == ["Iğdır Room", str(event.venue.name_en)]
    opening, night = talks(whole)
    session = Session.objects.get(title_tr="Açılış")
    assert {name: opening[name] for name in opening if name not in ("id", "persons", "slug")} == {
        "guid": str(session.uid), "code": session.key.upper(), "logo": None, "date": "2027-06-10T09:00:00+03:00",
        "start": "09:00", "end": "2027-06-10T10:00:00+03:00", "duration": "01:00", "room": "Iğdır Room",
        "url": f"http://testserver/en/events/iklim-forumu/programme/#s-{session.key}", "title": "Opening & <welcome>",
        "subtitle": "", "track": "Climate", "type": "plenary session", "language": "en", "abstract": "In English.",
        "description": "", "recording_license": "", "do_not_record": False, "links": [], "attachments": [],
    }  # fmt: skip
    assert (night["start"], night["date"], night["duration"], night["end"], night["language"]) == (
        "00:30",
        "2027-06-11T00:30:00+03:00",
        "00:00",
        None,
        "tr",
    )


def test_in_the_hour_that_clocks_skip_nothing_lasts_less_than_nothing(client: Client) -> None:
    """Half past two does not exist on that night in Brussels: it is half past three, after the end."""
    event: Event = EventFactory(time_zone="Europe/Brussels", starts_on=None, ends_on=None)
    SessionFactory(event=event, confirmed=True, day=dt.date(2027, 3, 27), start=dt.time(2, 30), end=dt.time(3, 15))
    release_programme(event=event)
    (talk,) = talks(conference(client, event))
    assert (talk["date"], talk["duration"]) == ("2027-03-28T03:30:00+02:00", "00:00")


def test_people_on_stage_are_named_with_lasting_marks(client: Client, event: Event) -> None:
    opening, _night = talks(conference(client, event, "tr"))
    assert [(person["name"], person["biography"]) for person in opening["persons"]] == [
        ("Jale Misal", "Özgeçmiş."),
        ("Ayşe Örnek", "Özgeçmiş."),
    ]
    release_programme(event=event)
    Session.objects.filter(title_tr="Açılış").update(title_tr="Büyük açılış")
    release_programme(event=event)
    again, _night = talks(conference(client, event, "tr"))
    assert again["title"] == "Büyük açılış"
    for name in ("guid", "id", "code", "persons"):
        assert again[name] == opening[name]


def check_talk(talk: dict[str, Any]) -> None:
    """What readers of the format rely on."""
    assert type(talk["id"]) is int
    assert 1 <= talk["id"] <= 2**31
    assert str(uuid.UUID(talk["guid"])) == talk["guid"]
    assert DURATION.fullmatch(talk["duration"])
    assert SLUG.fullmatch(talk["slug"])
    assert dt.datetime.fromisoformat(talk["date"]).strftime("%H:%M") == talk["start"]
    assert dt.datetime.fromisoformat(talk["date"]).utcoffset() is not None
    for person in talk["persons"]:
        assert type(person["id"]) is int
        assert str(uuid.UUID(person["guid"])) == person["guid"]
        assert person["public_name"] == person["name"]


@pytest.mark.parametrize("name", ["forum.xlsx", "pretalx-export.json"])
def test_a_whole_programme_has_the_form_that_readers_rely_on(client: Client, name: str) -> None:
    event = EventFactory(slug="abc", venue=None)
    import_file(event=event, data=sample(name))
    release_programme(event=event)
    whole = conference(client, event)
    assert ACRONYM.fullmatch(whole["acronym"])
    found = talks(whole)
    for talk in found:
        check_talk(talk)
    for mark in ("id", "guid", "slug", "code"):
        assert len({talk[mark] for talk in found}) == len(found)
    people = {(person["id"], person["guid"], person["code"]) for talk in found for person in talk["persons"]}
    assert (
        len(people)
        == len({each for each, _guid, _code in people})
        == {"forum.xlsx": 60, "pretalx-export.json": 68}[name]
    )
    assert {talk["room"] for talk in found if talk["room"]} == {room["name"] for room in whole["rooms"]}


def test_xml_says_what_json_says(client: Client, event: Event) -> None:
    whole = conference(client, event)
    root = Tree.fromstring(get(client, event, "xml", "?language=en").content)  # noqa: S314 - our own bytes
    assert (root.tag, root.findtext("version")) == ("schedule", "1")
    for name in ("acronym", "title", "start", "end", "time_zone_name", "timeslot_duration"):
        assert root.findtext(f"conference/{name}") == whole[name]
    assert root.findtext("conference/days") == "1"
    events = root.findall("day/room/event")
    for element, talk in zip(events, talks(whole), strict=True):
        assert (element.get("guid"), element.get("id")) == (talk["guid"], str(talk["id"]))
        for name in ("room", "title", "type", "date", "start", "duration", "slug", "language", "url"):
            assert element.findtext(name) == talk[name]
        told = [(person.text, person.get("id")) for person in element.findall("persons/person")]
        assert told == [(person["name"], str(person["id"])) for person in talk["persons"]]


@pytest.mark.parametrize("form", ["xml", "json"])
def test_our_own_reader_reads_it_back_and_changes_nothing(client: Client, event: Event, form: str) -> None:
    for language in ("tr", "en"):
        reading = read(get(client, event, form, f"?language={language}").content)
        report = import_programme(event=event, reading=reading)
        assert (report.created, report.changes, report.unchanged, report.refused) == (0, [], 2, [])
    assert Contribution.objects.count() == 3
    other = EventFactory(venue=event.venue)
    report = import_programme(event=other, reading=read(get(client, event, form).content))
    assert (report.created, report.reported) == (2, [])
    assert list(other.sessions.order_by("title_tr").values_list("title_tr", "kind", "start", "end")) == [
        ("Açılış", "plenary", dt.time(9), dt.time(10)),
        ("Gece yürüyüşü", "talk", dt.time(0, 30), None),
    ]


@pytest.mark.parametrize("form", ["xml", "json"])
def test_who_has_it_is_told_so(client: Client, event: Event, form: str) -> None:
    first = get(client, event, form)
    assert first.headers["Content-Type"] == f"application/{form}; charset=utf-8"
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    again = get(client, event, form, **{"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    head = client.head(f"/exchange/{event.slug}/schedule.{form}")
    assert (head.status_code, head.content, head.headers["ETag"]) == (200, b"", first.headers["ETag"])
    assert get(client, event, form, "?language=en").headers["ETag"] != first.headers["ETag"]
    packed = get(client, event, form, **{"accept-encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["ETag"] != first.headers["ETag"]
    languages = {query: get(client, event, form, query, **{"accept-language": "en"}) for query in ("", "?language=en")}
    assert {query: answer.headers["Content-Language"] for query, answer in languages.items()} == {
        "": "tr",
        "?language=en": "en",
    }
    Session.objects.filter(title_tr="Açılış").update(title_tr="Büyük açılış")
    release_programme(event=event)
    assert get(client, event, form, **{"if-none-match": first.headers["ETag"]}).status_code == 200


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/exchange/iklim-forumu/schedule.json?language=de", 400),
        ("/exchange/iklim-forumu/schedule.json?language=", 400),
        ("/exchange/iklim-forumu/schedule.json?language=%00", 400),
        ("/exchange/yok/schedule.json", 404),
        ("/exchange/%00/schedule.json", 400),
        (f"/exchange/{'9' * 5000}/schedule.xml", 404),
        ("/exchange/%ff/schedule.xml", 400),
        ("/exchange/iklim-forumu/schedule.ics", 404),
    ],
)
def test_an_address_that_cannot_be_is_refused(client: Client, event: Event, address: str, status: int) -> None:
    client.raise_request_exception = False
    assert client.get(address).status_code == status


def test_nothing_answers_before_the_first_release_and_gone_means_gone(client: Client, event: Event) -> None:
    assert client.get(f"/exchange/{EventFactory(with_sessions=1).slug}/schedule.json").status_code == 404
    assert client.post("/exchange/iklim-forumu/schedule.json").status_code == 405
    withdraw_event(event=event)
    for form in ("xml", "json"):
        assert get(client, event, form).status_code == 410


def test_an_old_address_answers_like_the_new_one(client: Client, event: Event) -> None:
    Event.objects.filter(pk=event.pk).update(slug="iklim-zirvesi")
    release_programme(event=event)
    old, new = (client.get(f"/exchange/{slug}/schedule.json") for slug in ("iklim-forumu", "iklim-zirvesi"))
    assert (old.status_code, old.content) == (200, new.content)
    assert json.loads(new.content)["schedule"]["conference"]["acronym"] == "iklim_zirvesi"


@pytest.mark.parametrize("number", [1, 3])
def test_a_kept_rendering_costs_two_questions(client: Client, django_assert_num_queries: Any, number: int) -> None:
    event = EventFactory(with_sessions=number)
    for session in event.sessions.all():
        ContributionFactory(session=session, person=PersonFactory())
    release_programme(event=event)
    get(client, event, "json")
    with django_assert_num_queries(2):
        get(client, event, "json")
