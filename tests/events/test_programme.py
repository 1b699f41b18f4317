"""The one reading: order, nights, zones, days, rooms and people of a released programme."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from events.models import Event, ReleasedPerson, Session
from events.models.programme import date_of, instant
from events.programme import Entry, open_changes, open_programme, people_of, place_text
from events.release import release_programme
from tests.factories import (
    ContributionFactory,
    DialogueProgrammeFactory,
    EventFactory,
    EventOrganisationFactory,
    PartyFactory,
    PersonFactory,
    RoomFactory,
    SessionFactory,
    TrackFactory,
    VenueFactory,
)

pytestmark = pytest.mark.django_db
TIME = dt.time.fromisoformat
DAY = dt.date(2027, 6, 10)


def _entries(event: Event, *, restricted: bool = False) -> tuple[Entry, ...]:
    release_programme(event=event)
    return open_programme(event.releases.latest("number"), restricted=restricted).entries


def _titles(event: Event, **named: bool) -> list[str]:
    return [entry.title["tr"] for entry in _entries(event, **named)]


def _session(event: Event, title: str, start: str | None, **values: object) -> Session:
    return SessionFactory(
        event=event, confirmed=True, title_tr=title, start=TIME(start) if start else None, end=None, **values
    )


def test_entries_follow_day_and_start() -> None:
    event = EventFactory(ends_on=DAY + dt.timedelta(days=1))
    _session(event, "ikinci gün", "08:00", day=DAY + dt.timedelta(days=1), position=0)
    _session(event, "öğle", "12:00", position=1)
    _session(event, "sabah", "09:00", position=2)
    _session(event, "gece yarısı", "00:30", position=3)
    assert _titles(event) == ["sabah", "öğle", "gece yarısı", "ikinci gün"]


def test_sessions_that_start_together_follow_the_list() -> None:
    event = EventFactory()
    for position, title in ((12, "üç"), (2, "bir"), (10, "iki")):
        _session(event, title, "09:00", position=position)
    assert _titles(event) == ["bir", "iki", "üç"]


def test_an_untimed_session_keeps_its_place_in_the_list() -> None:
    event = EventFactory()
    for position, (title, start) in enumerate(
        [("sergi", None), ("açılış", "09:00"), ("kahve", None), ("panel", "10:00"), ("serbest akşam", None)]
    ):
        _session(event, title, start, position=position)
    assert _titles(event) == ["sergi", "açılış", "kahve", "panel", "serbest akşam"]
    untimed = [entry for entry in _entries(event) if not entry.timed]
    assert [(entry.starts_at, entry.local_start, entry.ends_at) for entry in untimed] == [(None, None, None)] * 3


def test_an_untimed_day_keeps_the_order_of_the_list() -> None:
    event = EventFactory()
    for position, title in ((2, "iki"), (1, "bir"), (3, "üç")):
        _session(event, title, None, position=position)
    assert _titles(event) == ["bir", "iki", "üç"]


def test_restricted_sessions_stand_among_the_public_ones() -> None:
    event = EventFactory()
    _session(event, "sabah", "09:00")
    _session(event, "hazırlık", "08:00", audience="staff")
    _session(event, "öğle yemeği", "12:00", audience="participants")
    _session(event, "kapanış", "16:00")
    assert _titles(event) == ["sabah", "kapanış"]
    assert _titles(event, restricted=True) == ["hazırlık", "sabah", "öğle yemeği", "kapanış"]


@pytest.mark.parametrize(
    ("start", "end", "start_utc", "end_utc"),
    [
        ("23:30", "00:45", "2027-06-10T20:30", "2027-06-10T21:45"),
        ("23:00", "00:00", "2027-06-10T20:00", "2027-06-10T21:00"),
        ("00:30", "01:15", "2027-06-10T21:30", "2027-06-10T22:15"),
        ("03:59", "04:00", "2027-06-11T00:59", "2027-06-10T01:00"),
        ("04:00", "05:00", "2027-06-10T01:00", "2027-06-10T02:00"),
    ],
)
def test_before_four_it_is_the_night_after_the_programme_day(
    start: str, end: str, start_utc: str, end_utc: str
) -> None:
    event = EventFactory()
    SessionFactory(event=event, confirmed=True, start=TIME(start), end=TIME(end))
    [entry] = _entries(event)
    assert entry.starts_at
    assert entry.ends_at
    assert (entry.day, f"{entry.starts_at:%Y-%m-%dT%H:%M}", f"{entry.ends_at:%Y-%m-%dT%H:%M}") == (
        DAY,
        start_utc,
        end_utc,
    )


def test_a_stated_date_goes_before_the_rule_of_the_night() -> None:
    assert date_of(DAY, TIME("01:00")) == dt.date(2027, 6, 11)
    assert date_of(DAY, TIME("01:00"), DAY) == DAY
    assert date_of(DAY, TIME("10:00"), dt.date(2027, 6, 12)) == dt.date(2027, 6, 12)


@pytest.mark.parametrize(
    ("local", "zone", "utc"),
    [
        ("2027-03-28T02:30", "Europe/Berlin", "2027-03-28T01:30"),
        ("2027-10-31T02:30", "Europe/Berlin", "2027-10-31T00:30"),
        ("2027-07-01T09:00", "Europe/Berlin", "2027-07-01T07:00"),
        ("2027-01-01T09:00", "Europe/Berlin", "2027-01-01T08:00"),
        ("2015-07-01T09:00", "Europe/Istanbul", "2015-07-01T06:00"),
        ("2015-01-01T09:00", "Europe/Istanbul", "2015-01-01T07:00"),
        ("2030-01-01T09:00", "Europe/Istanbul", "2030-01-01T06:00"),
    ],
)
def test_wall_time_becomes_the_instant_of_its_zone(local: str, zone: str, utc: str) -> None:
    wall = dt.datetime.fromisoformat(local)
    found = instant(wall.date(), wall.time(), wall.date(), zone)
    assert found == dt.datetime.fromisoformat(utc).replace(tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("day", "time", "zone"),
    [
        (dt.date.max, "00:30", "Europe/Istanbul"),
        (dt.date.max, "23:30", "America/New_York"),
        (dt.date.min, "04:00", "Asia/Tokyo"),
    ],
)
def test_the_ends_of_the_calendar_are_no_instants(day: dt.date, time: str, zone: str) -> None:
    assert instant(day, TIME(time), None, zone) is None
    session = SessionFactory(day=day, start=TIME(time), start_zone=zone)
    assert (session.starts_at, session.ends_at is None or session.ends_at.year in (1, 9999)) == (None, True)
    for row in (session, EventFactory.build(starts_on=day, ends_on=None)):
        with translation.override("en"), pytest.raises(ValidationError, match="Check the year"):
            row.clean()


@pytest.mark.parametrize(
    ("own", "room", "venue", "expected"),
    [
        ("", "", "", "Europe/Istanbul"),
        ("", "", "Europe/Berlin", "Europe/Berlin"),
        ("", "Europe/Copenhagen", "Europe/Berlin", "Europe/Copenhagen"),
        ("Asia/Tokyo", "Europe/Copenhagen", "", "Asia/Tokyo"),
    ],
)
def test_the_zone_is_its_own_else_the_places_else_the_events(own: str, room: str, venue: str, expected: str) -> None:
    session = SessionFactory(
        start_zone=own,
        room=RoomFactory(venue__time_zone=room) if room else None,
        venue=VenueFactory(time_zone=venue) if venue else None,
    )
    assert (session.zone_at_start, session.zone_at_end) == (expected, expected)


def test_a_flight_ends_in_the_zone_where_it_lands() -> None:
    event = EventFactory()
    SessionFactory(
        event=event,
        confirmed=True,
        start=TIME("08:10"),
        end=TIME("10:40"),
        start_zone="Europe/Istanbul",
        end_zone="Europe/Copenhagen",
    )
    [entry] = _entries(event)
    assert entry.local_start
    assert entry.local_end
    assert (entry.local_start.isoformat(), entry.local_end.isoformat()) == (
        "2027-06-10T08:10:00+03:00",
        "2027-06-10T10:40:00+02:00",
    )
    assert entry.local_end - entry.local_start == dt.timedelta(hours=3, minutes=30)


def test_an_end_without_a_start_is_no_instant() -> None:
    event = EventFactory()
    SessionFactory(event=event, confirmed=True, start=None, end=TIME("12:00"))
    [entry] = _entries(event)
    assert (entry.timed, entry.end, entry.ends_at) == (False, TIME("12:00"), None)


def test_days_and_the_rooms_used_on_each() -> None:
    event = EventFactory(ends_on=DAY + dt.timedelta(days=1))
    venue = VenueFactory(name_tr="Çınaraltı")
    rooms = [
        RoomFactory(venue=venue, position=at, name_tr=name) for at, name in enumerate(["Salon İğde", "Büyük Salon"])
    ]
    _session(event, "bir", "09:00", room=rooms[1])
    _session(event, "iki", "10:00", room=rooms[0])
    _session(event, "üç", "11:00", room=rooms[1])
    _session(event, "dört", "09:00", day=DAY + dt.timedelta(days=1), room=rooms[1])
    _session(event, "beş", "10:00", day=DAY + dt.timedelta(days=1))
    release_programme(event=event)
    programme = open_programme(event.releases.get())
    assert [
        (day.date, [entry.title["tr"] for entry in day.entries], [room.name["tr"] for room in day.rooms])
        for day in programme.days
    ] == [
        (DAY, ["bir", "iki", "üç"], ["Salon İğde", "Büyük Salon"]),
        (DAY + dt.timedelta(days=1), ["dört", "beş"], ["Büyük Salon"]),
    ]


def test_an_entry_tells_all_that_its_row_holds() -> None:
    event = EventFactory()
    track, party = TrackFactory(event=event, letter="B"), PartyFactory(event=event, name_tr="Teknik", name_en="Tech")
    room = RoomFactory(name_tr="Atölye", name_en="Workshop Room", venue__name_tr="Çınaraltı", venue__name_en="Plane")
    session = SessionFactory(
        event=event,
        confirmed=True,
        kind="workshop",
        title_tr="Katılımcı bütçe",
        title_en="",
        abstract_other="Kurzfassung",
        other_language="de",
        languages=["tr", "de"],
        interpretation="consecutive",
        capacity=30,
        track=track,
        room=room,
    )
    session.parties.add(party)
    ContributionFactory(session=session, person=PersonFactory(name="Ülkü Numune"), role="moderator", position=0)
    ContributionFactory(session=session, person=PersonFactory(name="Åse Prøve"), shown_tr="", shown_en="", position=1)
    [entry] = _entries(event)
    assert (entry.key, entry.uid, entry.kind, entry.capacity) == (session.key, str(session.uid), "workshop", 30)
    assert (entry.title, entry.abstract) == ({"tr": "Katılımcı bütçe"}, {"de": "Kurzfassung"})
    assert (entry.languages, entry.interpretation, entry.parties) == (
        ("tr", "de"),
        "consecutive",
        ({"tr": "Teknik", "en": "Tech"},),
    )
    assert entry.track
    assert (entry.track.letter, entry.track.colour) == ("B", "#1b7f4b")
    assert [(each.person.name, each.role, each.shown) for each in entry.people] == [
        (
            "Ülkü Numune",
            "moderator",
            {"tr": session.contributions.all()[0].shown_tr, "en": "Mayor, Çınarlı Municipality"},
        ),
        ("Åse Prøve", "speaker", {}),
    ]
    place = place_text(entry, "en")
    assert (place, place.language) == ("Workshop Room, Plane", "en")


def test_the_event_as_released() -> None:
    event = EventFactory(
        venue=VenueFactory(name_tr="Çınaraltı", latitude=41.0, longitude=29.0),
        dialogue_programme=DialogueProgrammeFactory(slug="birlikte-yasanan-kentler"),
        languages=["tr", "en"],
    )
    host = EventOrganisationFactory(event=event).organisation
    _session(event, "bir", "09:00")
    release_programme(event=event)
    shown = open_programme(event.releases.get()).event
    assert (shown.slug, shown.code, shown.starts_on, shown.cancelled) == (event.slug, event.code, DAY, False)
    assert shown.venue
    assert (shown.venue.name["tr"], shown.venue.latitude, shown.venue.longitude) == ("Çınaraltı", 41.0, 29.0)
    assert [(each["id"], each["role"], each["country"]) for each in shown.organisations] == [(host.pk, "host", "TR")]
    assert shown.dialogue_programme
    assert (shown.dialogue_programme["slug"], shown.languages) == ("birlikte-yasanan-kentler", ("tr", "en"))


def test_an_event_without_dates_takes_those_of_its_sessions() -> None:
    event = EventFactory(starts_on=None, ends_on=None)
    _session(event, "bir", "09:00", day=dt.date(2027, 6, 12))
    _session(event, "iki", "09:00", day=DAY)
    release_programme(event=event)
    shown = open_programme(event.releases.get()).event
    assert (shown.starts_on, shown.ends_on) == (DAY, dt.date(2027, 6, 12))


def test_only_the_people_of_the_changed_sessions_are_read() -> None:
    event = EventFactory()
    sessions = [_session(event, title, "09:00") for title in ("bir", "iki")]
    for session, name in zip(sessions, ("Ayşe Örnek", "İpek Deneme"), strict=True):
        ContributionFactory(session=session, person=PersonFactory(name=name))
    release_programme(event=event)
    Session.objects.filter(pk=sessions[1].pk).update(start=TIME("10:00"))
    release = release_programme(event=event)
    assert release
    programme = open_changes(release)
    assert programme
    assert [[each.person.name for each in entry.people] for entry in programme.entries] == [["İpek Deneme"]]
    assert {person.name for person in people_of(release).values()} == {"Ayşe Örnek", "İpek Deneme"}


def test_people_sort_by_the_turkish_alphabet_of_their_family_names() -> None:
    event = EventFactory()
    names = [("Ömer Zor", "Zor"), ("Işık Çam", "Çam"), ("Zoë Can", "Can"), ("Ali Işık", "Işık"), ("Ece İğde", "İğde")]
    session = _session(event, "bir", "09:00")
    for name, family_name in names:
        ContributionFactory(session=session, person=PersonFactory(name=name, family_name=family_name))
    release_programme(event=event)
    shown = [row.name for row in ReleasedPerson.objects.order_by("sort_key")]
    assert shown == ["Zoë Can", "Işık Çam", "Ali Işık", "Ece İğde", "Ömer Zor"]
