"""The demo shows the sample: every figure the file gives, found again in rows and releases."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import Group
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings
from wagtail.models import Page

from cms.demo import Desk, load_sample, load_site, make_logins
from cms.demo.accounts import USERS
from cms.demo.history import states
from cms.demo.site import load_site_settings
from cms.models import SiteSettings, StandardPage
from events.models import (
    Contribution,
    Event,
    Message,
    Organisation,
    Person,
    Population,
    ProgrammeRelease,
    PublicEvent,
    Room,
    Session,
    Venue,
)
from events.programme import open_programme
from events.release import compare_programme
from tests.cms.pages import published
from tests.demo import Demo
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
EVENTS = ["CONF-2027", "SV-2027-09", "DV-2027-10"]


def test_every_page_is_the_associations(demo: Demo, client: Client) -> None:
    html = client.get("/en/events/").content.decode()
    told = ["<title>", "Sample Association of Municipalities", "mailto:bilgi@birlik.example", "tel:+900000000000"]
    assert [each for each in told if each not in html] == []


def _refs(event: Event) -> dict[str, str]:
    return {session.key: session.ref for session in event.sessions.all()}


def _counts(rows: Iterable[dict[str, Any]], *, tracks: bool) -> dict[str, Any]:
    rows = list(rows)
    counts: dict[str, Any] = {
        "total": len(rows),
        "by_kind": dict(Counter(row["kind"] for row in rows)),
        "by_status": {name: sum(row["status"] == name for row in rows) for name in ("draft", "confirmed", "cancelled")},
        "by_day": dict(Counter(row["day"] for row in rows)),
        "by_audience": {name: sum(row["audience"] == name for row in rows) for name in Session.Audience.values},
        "untimed": sum(row["start"] is None for row in rows),
    }
    if tracks:
        counts["by_track"] = dict(Counter(row["track"] for row in rows))
    return counts


def _working(event: Event) -> list[dict[str, Any]]:
    return [
        {
            "kind": session.kind,
            "status": session.status,
            "day": session.day.isoformat(),
            "audience": session.audience,
            "start": session.start,
            "track": session.track.letter if session.track else "none",
        }
        for session in event.sessions.select_related("track")
    ]


def _released(release: ProgrammeRelease) -> list[dict[str, Any]]:
    return [
        {
            "kind": entry.kind,
            "status": entry.status,
            "day": entry.day.isoformat(),
            "audience": entry.audience,
            "start": entry.start,
            "track": entry.track.letter if entry.track else "none",
        }
        for entry in open_programme(release, restricted=True).entries
    ]


@pytest.mark.parametrize("name", EVENTS)
def test_counts_of_working_released_and_standing_sessions(demo: Demo, name: str) -> None:
    event, expected = demo.events[name], demo.expected["counts"][name]
    released = _released(event.public.release)
    standing = [row for row in released if row["status"] != "cancelled"]
    tracks = "by_track" in expected["all"]
    assert {
        "all": _counts(_working(event), tracks=tracks),
        "released": _counts(released, tracks=tracks),
        "standing": _counts(standing, tracks=tracks),
    } == expected


def _told(release: ProgrammeRelease, date: str) -> dict[str, Any]:
    refs = _refs(release.event)
    entries = open_programme(release, restricted=True).entries
    return {
        "number": release.number,
        "date": date,
        "sessions": len(entries),
        "confirmed": sum(entry.status == "confirmed" for entry in entries),
        "cancelled": sum(entry.cancelled for entry in entries),
        "public": sum(entry.audience == "public" for entry in entries),
        "sequence": {refs[entry.key]: entry.sequence for entry in entries if entry.sequence},
    }


@pytest.mark.parametrize("name", EVENTS)
def test_each_release_is_as_the_sample_counts_it(demo: Demo, name: str) -> None:
    expected = demo.expected["releases"][name]
    releases = list(demo.events[name].releases.order_by("number"))
    assert [_told(release, each["date"]) for release, each in zip(releases, expected, strict=True)] == expected
    notes = [each["note"] for each in demo.told(name)["releases"]]
    assert [{"tr": release.note_tr, "en": release.note_en} for release in releases] == notes


@pytest.mark.parametrize("name", EVENTS)
def test_changes_of_the_latest_release(demo: Demo, name: str) -> None:
    event = demo.events[name]
    refs = _refs(event)
    found: dict[str, list[str]] = {}
    for change in event.public.release.changes.all():
        found.setdefault(change.kind, []).append(refs[change.session_key])
    assert found == {kind: ids for kind, ids in demo.expected["changes"][name].items() if ids}


@pytest.mark.parametrize("name", EVENTS)
def test_nothing_waits_for_release(demo: Demo, name: str) -> None:
    comparison = compare_programme(demo.events[name])
    assert (comparison.unchanged, comparison.changes) == (True, [])
    assert demo.expected["waiting_for_release"][name] == []


def _instants(starts_at: dt.datetime | None, ends_at: dt.datetime | None) -> tuple[str, str, int]:
    assert starts_at
    assert ends_at
    stamps = [moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%MZ") for moment in (starts_at, ends_at)]
    return stamps[0], stamps[1], (ends_at - starts_at) // dt.timedelta(minutes=1)


@pytest.mark.parametrize("name", ["SV-2027-09", "DV-2027-10"])
def test_every_timed_session_is_the_instant_the_sample_says(demo: Demo, name: str) -> None:
    event = demo.events[name]
    refs = _refs(event)
    expected = {
        ref: (times["start_utc"], times["end_utc"], times["minutes"])
        for ref, times in demo.expected["times"][name].items()
    }
    rows = event.sessions.select_related("event", "venue", "room__venue").exclude(start=None)
    assert {row.ref: _instants(row.starts_at, row.ends_at) for row in rows} == expected
    entries = open_programme(event.public.release, restricted=True).entries
    timed = [entry for entry in entries if entry.timed]
    assert {refs[entry.key]: _instants(entry.starts_at, entry.ends_at) for entry in timed} == expected


@pytest.mark.parametrize("name", ["SV-2027-09", "DV-2027-10"])
def test_wall_times_keep_their_own_zone(demo: Demo, name: str) -> None:
    event = demo.events[name]
    refs = _refs(event)
    shown = {
        refs[entry.key]: [
            moment.isoformat(timespec="minutes") for moment in (entry.local_start, entry.local_end) if moment
        ]
        for entry in open_programme(event.public.release, restricted=True).entries
        if entry.timed
    }
    assert shown == {ref: [times["start"], times["end"]] for ref, times in demo.expected["times"][name].items()}


def test_represented_population_of_each_year(demo: Demo) -> None:
    found = {}
    for year in demo.expected["represented_population"]:
        members = Organisation.objects.members(dt.date(year, 12, 31))
        latest = Population.objects.filter(organisation__in=members, year__lte=year).order_by("year")
        counts = dict(latest.values_list("organisation", "count"))
        found[year] = {"members": members.count(), "population": sum(counts.values())}
    assert found == demo.expected["represented_population"]


def test_lists_follow_the_turkish_alphabet(demo: Demo) -> None:
    alphabet = demo.expected["alphabet"]
    assert [each.name_tr for each in Organisation.objects.all()] == alphabet["organisation_names"]
    assert [person.ref for person in Person.objects.all()] == alphabet["people"]
    assert [person.family_name for person in Person.objects.all()] == alphabet["family_names"]
    members = {each["id"]: each["name"]["tr"] for each in demo.data["organisations"]}
    today = Organisation.objects.members(dt.date(2027, 6, 10))
    assert [each.name_tr for each in today] == [members[each] for each in alphabet["members"]]


def test_totals_founders_and_funding(demo: Demo) -> None:
    counted = {
        "organisations": Organisation.objects.count(),
        "members": Organisation.objects.members(dt.date(2027, 6, 10)).count(),
        "people": Person.objects.count(),
        "venues": Venue.objects.count(),
        "rooms": Room.objects.count(),
        "sessions": Session.objects.count(),
        "events": Event.objects.count(),
    }
    totals = demo.expected["totals"]
    assert counted == {name: totals[name] for name in counted}
    founders = Organisation.objects.filter(memberships__founding=True)
    assert {each.name_tr for each in founders} == {"Işıklar Büyükşehir Belediyesi", "Çınarlı Belediyesi"}
    programme = demo.events["CONF-2027"].dialogue_programme
    assert programme is not None
    assert sum(each.amount for each in programme.funding.all()) == demo.expected["funding"]["total"]
    assert {event.dialogue_programme for event in demo.events.values()} == {programme}


def test_people_are_shown_with_position_and_organisation(demo: Demo) -> None:
    entries = open_programme(demo.events["CONF-2027"].public.release).entries
    refs = _refs(demo.events["CONF-2027"])
    mayors = next(entry for entry in entries if refs[entry.key] == "S19")
    assert [(each.role, each.person.name, each.shown["tr"], each.shown["en"]) for each in mayors.people][:3] == [
        (
            "chair",
            "Ayşe Örnek",
            "Genel Sekreter, Örnek Belediyeler Birliği",
            "Secretary General, Sample Association of Municipalities",
        ),
        (
            "speaker",
            "İpek Deneme",
            "Belediye Başkanı, Işıklar Büyükşehir Belediyesi",
            "Mayor, Işıklar Metropolitan Municipality",
        ),
        ("speaker", "Çağrı Taslak", "Belediye Başkanı, Çınarlı Belediyesi", "Mayor, Çınarlı Municipality"),
    ]


def test_languages_and_interpretation(demo: Demo) -> None:
    by_ref = {session.ref: session for session in Session.objects.filter(ref__in=["S02", "T6", "D3"])}
    assert {ref: (row.languages, row.interpretation) for ref, row in by_ref.items()} == {
        "S02": (["tr", "en"], "simultaneous"),
        "T6": (["da"], "consecutive"),
        "D3": (["tr"], "simultaneous"),
    }
    languages = dict(Person.objects.filter(ref__in=["P07", "P12", "P18", "P25"]).values_list("ref", "language"))
    assert languages == {"P07": "tr", "P12": "en", "P18": "en", "P25": "tr"}


def test_addresses_read_well(demo: Demo) -> None:
    assert sorted(PublicEvent.objects.values_list("slug", "status")) == [
        ("kentler-diyalogu-2027", "public"),
        ("liman-ve-mahalle-yenileme-calisma-ziyareti", "public"),
        ("lindenau-am-see-heyetinin-cinarli-ziyareti", "public"),
    ]


def test_second_load_writes_nothing(demo: Demo, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        assert load_sample(demo.data) is False
    assert (Event.objects.count(), ProgrammeRelease.objects.count()) == (3, 5)
    assert Contribution.objects.count() == sum(
        len(persons)
        for event in demo.data["events"]
        for session in event["sessions"]
        for persons in session["people"].values()
    )


def test_states_undo_what_later_releases_changed(demo: Demo) -> None:
    first, last = ({each["id"]: each for each in state} for state in states(demo.told("CONF-2027")))
    assert last.keys() - first.keys() == {"S35"}
    assert (first["S23"]["start"], first["S23"]["end"], first["S23"]["room"]) == ("11:15", "12:00", "RB")
    assert (last["S23"]["start"], last["S23"]["end"], last["S23"]["room"]) == ("10:00", "10:45", "RA")
    assert first["S34"]["status"] == "confirmed"
    assert {name for name in first if first[name] != last[name]} == {"S19", "S23", "S32", "S34"}


def test_log_ins_open_and_keep_their_passwords(demo: Demo, tmp_path: Path, settings: Settings) -> None:
    settings.VAR_DIR = tmp_path
    logins = make_logins()
    names = ["admin", "officer", "registrar", "checkin", "reports", "moderator", "editor", "reader"]
    assert [login.name for login in logins] == names
    assert make_logins() == logins
    assert (tmp_path / "demo-logins.json").stat().st_mode & 0o777 == 0o600
    users = {login.name: authenticate(username=login.name, password=login.password) for login in logins}
    rights = (
        "events.release_event",
        "events.change_session",
        "events.view_event",
        "auth.change_user",
        "events.check_in_registration",
        "events.report_registration",
    )
    assert {name: [user.has_perm(each) for each in rights] for name, user in users.items() if user} == {
        "admin": [True, True, True, True, True, True],
        "officer": [True, True, True, False, True, True],
        "registrar": [False, False, True, False, True, True],
        "checkin": [False, False, False, False, True, False],
        "reports": [False, False, False, False, False, True],
        "moderator": [False, True, True, False, False, False],
        "editor": [False, True, True, False, False, False],
        "reader": [False, False, True, False, False, False],
    }


def test_every_role_has_a_log_in() -> None:
    groups = Group.objects.values_list("name", flat=True)
    assert sorted(filter(None, USERS.values())) == sorted(groups)


def desk() -> Desk:
    return Desk(writer=UserFactory(), publisher=UserFactory(is_superuser=True))


def test_a_site_that_somebody_began_is_left_alone(demo: Demo) -> None:
    page = published(StandardPage(title="Bizim sayfamız"))
    assert load_site(desk()) is False
    assert list(Page.objects.filter(depth__gt=2)) == [Page.objects.get(pk=page.pk)]


def test_a_name_that_somebody_gave_stays(demo: Demo) -> None:
    settings = SiteSettings.objects.get()
    settings.name_tr, settings.email = "Bizim Birlik", "biz@birlik.example"
    settings.save()
    assert load_site_settings().email == "biz@birlik.example"
    assert SiteSettings.objects.get().name_tr == "Bizim Birlik"


def test_where_a_row_of_the_sample_is_gone_there_is_no_site(demo: Demo) -> None:
    Event.objects.filter(slug="kentler-diyalogu-2027").update(slug="baska-bir-ad")
    assert load_site(desk()) is False
    assert not Page.objects.filter(depth__gt=2).exists()


def test_the_named_people_are_registered_for_the_conference(demo: Demo) -> None:
    event = Event.objects.get(slug="kentler-diyalogu-2027")
    told = Counter(each["status"] for each in demo.told("CONF-2027")["registrations"])
    assert Counter(event.registrations.filter(group=None).values_list("state", flat=True)) == told
    (group,) = event.registration_groups.all()
    assert (group.state, group.active_members.count()) == ("confirmed", 3)
    settings, seats = event.registration_settings, told["confirmed"] + 3
    assert (settings.taken, event.registrations.filter(seat=True).count()) == (seats, seats)
    assert Message.objects.filter(letter__startswith="registration_").count() == 0
