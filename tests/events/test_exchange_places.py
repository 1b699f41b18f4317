"""Where and when an import puts sessions: rooms and venues by their names, zones, what is made behind what there is."""

import datetime as dt

import pytest

from events.exchange.apply import import_programme
from events.exchange.child import read
from events.models import Event, Room, Track
from tests.events.exchange_files import sample
from tests.events.exchange_programmes import counts, load
from tests.factories import (
    EventFactory,
    RoomFactory,
    SessionFactory,
    TrackFactory,
    VenueFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return EventFactory(starts_on=None, ends_on=None)


def test_places_are_found_by_their_folded_name_or_made(event: Event) -> None:
    venue = VenueFactory(name_tr="Çınaraltı Kongre Merkezi", name_en="Çınaraltı Congress Centre")
    room = RoomFactory(venue=venue, name_tr="Salon İğde", name_en="Oleaster Room")
    header = ["Title", "Day", "Room", "Venue", "Track", "Ref"]
    load(
        event,
        ["Opening", "2027-06-10", "OLEASTER ROOM", "cinaralti congress centre", "Climate", "A"],
        ["Panel", "2027-06-10", "Fuaye", "Çınaraltı Kongre Merkezi", "climate", "B"],
        ["Visit", "2027-06-10", "", "Town hall", "", "C"],
        header=header,
    )
    sessions = event.sessions.order_by("ref").select_related("room__venue", "venue", "track")
    assert [(each.room, each.venue and each.venue.name_en) for each in sessions] == [
        (room, None),
        (Room.objects.get(name_en="Fuaye", venue=venue), None),
        (None, "Town hall"),
    ]
    assert [(track.name_en, track.letter) for track in Track.objects.all()] == [("Climate", "A")]
    assert {each.track_id for each in sessions} == {Track.objects.get().pk, None}


def test_a_name_that_several_places_bear_means_the_events_own(event: Event) -> None:
    """Every town has a culture centre: the event's, then one that its sessions are in, goes before any other."""
    _first, home, used = VenueFactory.create_batch(3, name_tr="Kültür Merkezi", name_en="Culture Centre")
    header, visit = ["Ref", "Title", "Day", "Venue"], ["B", "Visit", "2027-06-10", "Culture Centre"]
    SessionFactory(event=event, ref="A", venue=used)
    load(event, visit, header=header)
    Event.objects.filter(pk=event.pk).update(venue=home)
    load(event, ["C", *visit[1:]], header=header)
    assert list(event.sessions.order_by("ref").values_list("ref", "venue")) == [
        ("A", used.pk),
        ("B", used.pk),
        ("C", home.pk),
    ]


def test_a_session_stays_where_it_is_while_its_row_says_so(event: Event) -> None:
    """Two halls of one name in two houses of one name: what a session has is what its row means."""
    header = ["Ref", "Title", "Day", "Venue", "Room"]
    rooms = [
        RoomFactory(name_en="Main Hall", venue=venue)
        for venue in VenueFactory.create_batch(2, name_tr="Kültür Merkezi", name_en="Culture Centre")
    ]
    for ref, room in zip("AB", rooms, strict=True):
        SessionFactory(event=event, ref=ref, title_en="Visit", room=room)
    report = load(event, *([ref, "Visit", "2027-06-10", "Culture Centre", "Main Hall"] for ref in "AB"), header=header)
    assert (counts(report), Room.objects.count()) == ((0, 0, 2, 2, 0), 2)


def test_what_is_made_stands_behind_what_there_is(event: Event) -> None:
    """Letters of tracks follow one another whether a file names them in one language or in both."""
    room = RoomFactory(position=7)
    event.venue = room.venue
    event.save()
    TrackFactory(event=event, letter="B", position=4)
    header = ["Ref", "Title", "Day", "Room", "Track", "Track (TR)"]
    load(
        event,
        *(
            [ref, "Panel", "2027-06-10", hall, track, track_tr]
            for ref, hall, track, track_tr in [("A", "Foyer", "Climate", "İklim"), ("B", "Garden", "Water", "Su")]
        ),
        header=header,
    )
    assert list(event.tracks.values_list("name_tr", "letter", "position")[1:]) == [("İklim", "A", 5), ("Su", "C", 6)]
    assert list(room.venue.rooms.values_list("name_en", "position")[1:]) == [("Foyer", 8), ("Garden", 9)]


def test_times_are_those_of_the_place_and_two_zones_are_kept(event: Event) -> None:
    header = ["Title", "Day", "Start", "End", "Start zone", "End zone", "Ref"]
    rows = [
        ["Flight", "2027-06-10", "09:00", "08:30", "Europe/Istanbul", "America/New_York", "A"],
        ["Flight", "2027-06-10", "09:00", "07:30", "Europe/Istanbul", "Europe/Berlin", "B"],
        ["Flight", "2027-06-10", "09:00", "10:30", "Europe/Atlantis", "", "C"],
    ]
    report = load(event, *rows, header=header)
    assert [(each.ref, each.reason) for each in report.refused] == [("B", "end_before_start"), ("C", "unknown_zone")]
    session = event.sessions.get()
    assert (session.starts_at, session.ends_at) == (
        dt.datetime(2027, 6, 10, 6, tzinfo=dt.UTC),
        dt.datetime(2027, 6, 10, 12, 30, tzinfo=dt.UTC),
    )


@pytest.mark.parametrize(
    ("zone", "start", "start_day"),
    [
        ("Europe/Istanbul", dt.time(0, 30), None),
        ("Europe/Berlin", dt.time(23, 30), None),
        ("Asia/Tokyo", dt.time(6, 30), dt.date(2027, 4, 17)),
    ],
)
def test_an_instant_stays_an_instant_in_any_zone(
    event: Event, zone: str, start: dt.time, start_day: dt.date | None
) -> None:
    event.time_zone = zone
    event.save()
    import_programme(event=event, reading=read(sample("pretalx-export.xml")))
    night = event.sessions.get(ref="e3b25ec8-1a1e-5ab6-ada8-d827cfc328f2")
    assert night.starts_at == dt.datetime(2027, 4, 16, 21, 30, tzinfo=dt.UTC)
    assert (night.day, night.start, night.start_day) == (dt.date(2027, 4, 16), start, start_day)
