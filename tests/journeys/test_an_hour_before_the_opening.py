"""A session moves an hour before the opening: one act changes page, feed, paper and the list of changes."""

import datetime as dt

import pytest

from events.models import ProgrammeChange
from events.release import release_programme
from tests.factories import ContributionFactory, EventFactory, RoomFactory, SessionFactory

pytestmark = pytest.mark.django_db

FEED = "/calendars/tr/iklim-forumu.ics"


@pytest.fixture
def forum():
    """A released forum of three sessions; the third has a speaker."""
    event = EventFactory(slug="iklim-forumu", title_tr="İklim Forumu", title_en="Climate Forum")
    hall = RoomFactory(name_tr="Büyük Salon", name_en="Plenary Hall", venue__name_tr="Çınaraltı", venue__name_en="")
    titles = ["Açılış", "Yağmur suyu bahçeleri", "Gölge haritası"]
    for hour, title in enumerate(titles, start=9):
        SessionFactory(
            event=event,
            confirmed=True,
            room=hall,
            title_tr=title,
            title_en="",
            start=dt.time(hour),
            end=dt.time(hour, 45),
        )
    ContributionFactory(session=event.sessions.get(title_tr="Gölge haritası"), person__name="Ilgın Varsayım")
    release_programme(event=event)
    return event


def test_moving_one_session_changes_everything_that_shows_it_and_nothing_else(
    forum, page, raw_entries, calendar, paper
):
    before, entries_before = raw_entries(FEED), calendar(FEED)
    moved = forum.sessions.get(title_tr="Yağmur suyu bahçeleri")
    moved.start, moved.end = dt.time(14), dt.time(14, 45)
    moved.save()
    release_programme(event=forum, note_tr="Salon meşgul")
    after, entries = raw_entries(FEED), calendar(FEED)

    uid = str(moved.uid)
    assert {key for key in after if after[key] != before[key]} == {uid}
    assert int(entries[uid]["SEQUENCE"]) == int(entries_before[uid]["SEQUENCE"]) + 1
    assert entries[uid].decoded("DTSTART") == moved.starts_at
    html = page("/tr/etkinlikler/iklim-forumu/program/")
    assert "14.00" in html or "14:00" in html
    assert "10.00" in html or "10:00" in html, "a changed session says what it was"
    printed = paper("iklim-forumu")
    assert "14.00" in printed or "14:00" in printed
    changes = ProgrammeChange.objects.filter(release__event=forum).values_list("session_key", "kind")
    assert list(changes) == [(moved.key, "moved")]


def test_a_new_title_moves_the_stamp_and_not_the_sequence(forum, calendar):
    before = calendar(FEED)
    session = forum.sessions.get(title_tr="Açılış")
    session.title_tr = "Açılış töreni"
    session.save()
    release_programme(event=forum)
    entry = calendar(FEED)[str(session.uid)]
    assert entry["SUMMARY"] == "Açılış töreni"
    assert entry["SEQUENCE"] == before[str(session.uid)]["SEQUENCE"]
    assert entry.decoded("LAST-MODIFIED") >= before[str(session.uid)].decoded("LAST-MODIFIED")


def test_a_cancelled_session_stays_and_says_so_everywhere(forum, page, calendar, paper):
    session = forum.sessions.get(title_tr="Gölge haritası")
    session.status = "cancelled"
    session.save()
    release_programme(event=forum)
    entry = calendar(FEED)[str(session.uid)]
    assert (entry["STATUS"], entry["SUMMARY"]) == ("CANCELLED", "İPTAL: Gölge haritası")
    assert "İptal" in page("/tr/etkinlikler/iklim-forumu/program/")
    assert "Gölge haritası" in paper("iklim-forumu")


def test_a_session_that_is_deleted_does_not_just_vanish_from_calendars(forum, calendar):
    session = forum.sessions.get(title_tr="Gölge haritası")
    uid = str(session.uid)
    session.delete()
    release_programme(event=forum)
    assert calendar(FEED)[uid]["STATUS"] == "CANCELLED"
