"""A file becomes a working programme: what is created, met again, changed, left alone."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from wagtail.models import ModelLogEntry

from events.bilingual import texts
from events.exchange.apply import import_file
from events.models import Contribution, Event, Person, Room, Session, Venue
from tests.events.exchange_files import text_table
from tests.events.exchange_programmes import HEADER, ROW, counts, load, versions
from tests.factories import (
    ContributionFactory,
    EventFactory,
    PersonFactory,
    SessionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return EventFactory(starts_on=None, ends_on=None)


def test_a_row_becomes_a_session_with_its_room_and_its_people(event: Event) -> None:
    assert counts(load(event, ROW)) == (1, 0, 0, 0, 0)
    session = event.sessions.get()
    assert (session.ref, session.day, session.start, session.end) == (
        "A-1",
        dt.date(2027, 6, 10),
        dt.time(9),
        dt.time(10),
    )
    assert (session.title_tr, session.title_en, session.status, session.kind) == ("Açılış", "", "confirmed", "other")
    assert (session.room.name_tr, session.room.venue, session.room.venue.name) == (
        "Salon Iğdır",
        Event.objects.get().venue,
        "",
    )
    assert [(each.person.name, each.role, each.shown_tr, each.shown_en) for each in session.contributions.all()] == [
        ("Ayşe Örnek", "speaker", "Belediye Başkanı, Çınarlı Belediyesi", "")
    ]


def test_importing_again_touches_nothing(event: Event) -> None:
    load(event, ROW)
    before, logged = versions(event), ModelLogEntry.objects.count()
    people = list(Person.objects.values_list("pk", "version"))
    assert counts(load(event, ROW)) == (0, 0, 1, 0, 0)
    assert (versions(event), ModelLogEntry.objects.count()) == (before, logged)
    assert list(Person.objects.values_list("pk", "version")) == people


def test_a_changed_row_updates_its_session_and_says_what_changed(event: Event) -> None:
    load(event, ROW)
    session = event.sessions.get()
    report = load(event, ["A-1", "10.06.2027", "09:30", "00:15", "Açılış töreni", "salon ığdır", "Jale Misal"])
    assert counts(report) == (0, 1, 0, 0, 0)
    (change,) = report.changes
    assert (change.row, change.ref, change.title) == (2, "A-1", "Açılış töreni")
    assert change.fields == {
        "start": (dt.time(9), dt.time(9, 30)),
        "end": (dt.time(10), dt.time(0, 15)),
        "title_tr": ("Açılış", "Açılış töreni"),
        "speakers": ([("Ayşe Örnek", "Belediye Başkanı, Çınarlı Belediyesi", "")], [("Jale Misal", "")]),
    }
    again = event.sessions.get()
    assert (again.pk, again.key, again.uid, again.version) == (
        session.pk,
        session.key,
        session.uid,
        session.version + 1,
    )
    assert (again.end_day, again.ends_at) == (None, dt.datetime(2027, 6, 10, 21, 15, tzinfo=dt.UTC))


def test_a_column_that_is_not_there_clears_nothing_and_an_empty_cell_does(event: Event) -> None:
    header = [*HEADER, "Title (EN)", "Moderatör"]
    load(event, [*ROW, "Opening", "Jale Misal"], header=header)
    assert counts(load(event, ROW)) == (0, 0, 1, 0, 0)
    assert counts(load(event, [*ROW, "", ""], header=header)) == (0, 1, 0, 0, 0)
    session = event.sessions.get()
    assert (session.title_en, [each.person.name for each in session.contributions.all()]) == ("", ["Ayşe Örnek"])


def test_without_a_reference_a_session_is_met_by_day_start_room_and_title(event: Event) -> None:
    header = ["Gün", "Başlangıç", "Salon", "Başlık (TR)", "Bitiş"]
    first, second = ["10.06.2027", "09:00", "A", "Açılış", "10:00"], ["10.06.2027", "09:00", "B", "Açılış", "10:00"]
    load(event, first, second, header=header)
    assert counts(load(event, second, first, header=header)) == (0, 0, 2, 0, 0)
    first[4] = "11:00"
    assert counts(load(event, second, first, header=header)) == (0, 1, 1, 0, 0)
    first[3] = "Kapanış"
    assert counts(load(event, first, header=header)) == (1, 0, 0, 0, 0)


def test_rows_without_title_and_reference_meet_the_sessions_that_they_made(event: Event) -> None:
    header = ["Gün", "Başlangıç", "Başlık (TR)", "Konuşmacılar"]
    rows = ["10.06.2027", "09:00", "", "Ayşe Örnek"], ["10.06.2027", "09:00", "", "Jale Misal"]
    assert counts(load(event, *rows, header=header)) == (2, 0, 0, 2, 0)
    assert counts(load(event, *rows, header=header)) == (0, 0, 2, 2, 0)


def test_a_reference_meets_a_session_typed_by_hand_and_stays_with_it(event: Event) -> None:
    session = SessionFactory(event=event, title_tr="Açılış", day=dt.date(2027, 6, 10), confirmed=True)
    load(event, ["A-1", "10.06.2027", "09:00", "10:00", "AÇILIŞ", "", ""])
    assert [(each.pk, each.ref, each.title_tr) for each in event.sessions.all()] == [(session.pk, "A-1", "AÇILIŞ")]
    assert counts(load(event, ["A-2", "10.06.2027", "09:00", "10:00", "Açılış", "", ""])) == (1, 0, 0, 0, 0)


def test_a_copy_of_a_row_is_unchanged_and_a_contradiction_is_refused(event: Event) -> None:
    other = [*ROW[:4], "Başka başlık", *ROW[5:]]
    report = load(event, ROW, ROW, other)
    assert counts(report) == (1, 0, 1, 0, 1)
    assert [(each.row, each.value, each.reason) for each in report.duplicates] == [(3, "2", "duplicate_row")]
    assert [(each.row, each.column, each.value, each.reason) for each in report.refused] == [
        (4, "Kod", "A-1", "same_ref")
    ]
    assert event.sessions.get().title_tr == "Açılış"


def test_bad_rows_are_refused_and_the_others_kept(event: Event) -> None:
    report = load(
        event,
        ["A-1", "31.02.2027", "09:00", "10:00", "Açılış", "", ""],
        ["A-2", "10.06.2027", "9", "08:00", "Açılış", "", ""],
        ["A-3", "10.06.2027", "09:00", "10:00", "A" * 301, "", ""],
        ["A-4", "10.06.2027", "09:00", "10:00", "Açılış", "S" * 101, ""],
        ["A-5", "10.06.2027", "09:00", "10:00", "Açılış", "", "Ayşe — " + "ş" * 301],
        ["A-6", "10.06.2027", "09:00", "10:00", "Açılış", "", ""],
    )
    assert counts(report) == (1, 0, 0, 0, 5)
    assert [(each.row, each.column, each.reason) for each in report.refused] == [
        (2, "Gün", "bad_date"),
        (3, "Başlangıç", "bad_time"),
        (4, "Başlık (TR)", "too_long"),
        (5, "Salon", "too_long"),
        (6, "Konuşmacılar", "too_long"),
    ]
    assert not Room.objects.exists()


def test_a_row_without_a_day_is_a_draft_beside_the_row_above_and_refused_where_there_is_none(event: Event) -> None:
    report = load(event, ["A-0", "", *ROW[2:]], ROW, ["A-2", "", "11:00", "", "Panel", "", ""])
    assert counts(report) == (2, 0, 0, 1, 1)
    assert [(each.row, each.reason) for each in report.refused] == [(2, "no_day")]
    assert list(event.sessions.order_by("ref").values_list("ref", "status", "day", "start")) == [
        ("A-1", "confirmed", dt.date(2027, 6, 10), dt.time(9)),
        ("A-2", "draft", dt.date(2027, 6, 10), dt.time(11)),
    ]


def test_texts_are_brought_into_one_form_before_they_are_kept(event: Event) -> None:
    name = "Ays\u0327e\u200b  O\u0308rnek"
    load(event, ["A-1\u202e", "10.06.2027", "09:00", "10:00", " Ac\u0327ılıs\u0327\u0007\n to\u0308reni ", "", name])
    session = event.sessions.get()
    assert (session.ref, session.title_tr, session.contributions.get().person.name) == (
        "A-1",
        "Açılış töreni",
        "Ayşe Örnek",
    )


def test_an_abstract_in_a_third_language_is_kept_under_a_turkish_title(event: Event) -> None:
    header = ["Gün", "Başlangıç", "Başlık (TR)", "Özet", "Dil"]
    load(event, ["10.06.2027", "09:00", "Açılış", "Grußworte.", "de"], header=header)
    session = event.sessions.get()
    assert texts(session, "title") == {"tr": "Açılış"}
    assert texts(session, "abstract") == {"de": "Grußworte."}


def test_without_a_column_of_days_a_start_with_its_date_tells_the_day(event: Event) -> None:
    header = ["Kod", "Başlangıç", "Bitiş", "Başlık (TR)"]
    rows = ["A-1", "10.06.2027 09:00", "10:00", "Açılış"], ["A-2", "11.06.2027 00:30", "01:15", "Gece yürüyüşü"]
    report = load(event, *rows, header=header)
    assert counts(report) == (2, 0, 0, 0, 0)
    assert {each.reason for each in report.missing} == {"no_title_en"}
    assert list(event.sessions.values_list("ref", "day", "start", "end", "start_day", "end_day").order_by("ref")) == [
        ("A-1", dt.date(2027, 6, 10), dt.time(9), dt.time(10), None, None),
        ("A-2", dt.date(2027, 6, 10), dt.time(0, 30), dt.time(1, 15), None, None),
    ]
    assert counts(load(event, *rows, header=header)) == (0, 0, 2, 0, 0)


def test_without_any_day_a_row_stands_on_the_first_day_of_the_event_as_a_draft() -> None:
    event = EventFactory(starts_on=dt.date(2027, 6, 10))
    header, rows = ["Başlık (TR)", "Başlangıç", "Bitiş"], (["Açılış", "09:00", "10:00"], ["Gece", "23:30", "00:15"])
    report = load(event, *rows, header=header)
    assert (counts(report), {each.reason for each in report.missing}) == ((2, 0, 0, 2, 0), {"no_day", "no_title_en"})
    day = dt.date(2027, 6, 10)
    assert list(event.sessions.values_list("title_tr", "day", "start", "end", "start_day", "end_day", "status")) == [
        ("Açılış", day, dt.time(9), dt.time(10), None, None, "draft"),
        ("Gece", day, dt.time(23, 30), dt.time(0, 15), None, None, "draft"),
    ]
    assert counts(load(event, *rows, header=header)) == (0, 0, 2, 2, 0)


@pytest.mark.parametrize(
    "header",
    [
        ["Gün", "Başlık (TR)", "Room", "Salon (TR)", "Gruplar", "Gruplar (TR)"],
        ["Gün", "Başlık (TR)", "Room (EN)", "Salon", "Gruplar (EN)", "Gruplar"],
    ],
)
def test_a_name_without_a_stated_language_is_in_the_one_that_has_no_column(event: Event, header: list[str]) -> None:
    row = ["10.06.2027", "Açılış", "Plane Room", "Salon Çınar", "Guests; Hosts", "Konuklar; Ev sahipleri"]
    assert counts(load(event, row, header=header)) == (1, 0, 0, 0, 0)
    assert counts(load(event, row, header=header)) == (0, 0, 1, 0, 0)
    assert [texts(room, "name") for room in Room.objects.all()] == [{"tr": "Salon Çınar", "en": "Plane Room"}]
    assert [texts(party, "name") for party in event.parties.all()] == [
        {"tr": "Konuklar", "en": "Guests"},
        {"tr": "Ev sahipleri", "en": "Hosts"},
    ]


def test_a_dry_run_tells_everything_and_keeps_nothing(event: Event) -> None:
    report = load(event, ROW, dry_run=True, release=True)
    assert (counts(report), report.dry_run, report.release) == ((1, 0, 0, 0, 0), True, None)
    kept = (Session, Contribution, Person, Room, Venue, ModelLogEntry)
    assert [model.objects.exists() for model in kept] == [False] * len(kept)
    assert Event.objects.get().version == event.version


def test_a_release_follows_unless_a_row_was_refused(event: Event) -> None:
    bad = ["A-2", "10.06.2027", "09:00", "08:00", "Panel", "", ""]
    report = load(event, ROW, bad, release=True)
    assert (report.release, report.not_released, event.releases.count()) == (None, True, 0)
    report = load(event, ROW, release=True)
    assert report.release is not None
    assert (report.release.number, report.not_released) == (1, False)
    assert load(event, ROW, release=True).release is None


def test_only_who_may_import_imports_and_only_who_may_release_releases(event: Event) -> None:
    for user in (AnonymousUser(), UserFactory(reader=True)):
        with pytest.raises(PermissionDenied):
            import_file(event=event, data=text_table(HEADER, ROW), by=user)
    officer = UserFactory(officer=True)
    assert import_file(event=event, data=text_table(HEADER, ROW), by=officer, release=True).release is not None
    entry = ModelLogEntry.objects.filter(action="events.import").get()
    assert (entry.user, entry.object_id) == (officer, str(event.pk))


class TestPeople:
    """Names become people: the same ones as before, wherever that can be known."""

    def test_a_person_of_that_name_is_met(self, event: Event) -> None:
        known = PersonFactory(name="Ayşe Örnek")
        load(event, [*ROW[:6], "AYŞE ÖRNEK — Başkan"])
        assert Contribution.objects.get().person == known
        assert Person.objects.get().name == "Ayşe Örnek"

    def test_nobody_is_chosen_among_several_of_one_name(self, event: Event) -> None:
        PersonFactory.create_batch(2, name="Ayşe Örnek")
        report = load(event, ROW)
        assert [(each.row, each.value, each.reason) for each in report.reported] == [
            (2, "Ayşe Örnek", "several_people")
        ]
        assert Person.objects.count() == 3
        assert counts(load(event, ROW)) == (0, 0, 1, 0, 0)

    @pytest.mark.parametrize("cell", ["Ayşe Örnek, Jale Misal", "Ayşe Örnek (Başkan)", "Ayşe Örnek & Jale Misal"])
    def test_a_cell_that_was_meant_as_more_than_a_name_is_doubted(self, event: Event, cell: str) -> None:
        report = load(event, [*ROW[:6], cell])
        assert [(each.row, each.value, each.reason) for each in report.reported] == [(2, cell, "odd_name")]
        assert Person.objects.get().name == cell
        assert load(event, [*ROW[:6], cell]).reported == []

    def test_who_is_in_the_event_goes_before_the_others_of_the_name(self, event: Event) -> None:
        PersonFactory(name="Ayşe Örnek")
        there = ContributionFactory(session__event=event, person__name="Ayşe Örnek").person
        assert load(event, ROW).reported == []
        assert Contribution.objects.get(session__ref="A-1").person == there

    def test_an_exact_name_goes_before_a_folded_one(self, event: Event) -> None:
        PersonFactory(name="Ayse Ornek")
        exact = PersonFactory(name="Ayşe Örnek")
        load(event, ROW)
        assert Contribution.objects.get().person == exact

    def test_a_name_twice_in_a_role_is_one_contribution_and_roles_keep_their_order(self, event: Event) -> None:
        header = [*HEADER, "Oturum başkanı"]
        load(event, [*ROW[:6], "Jale Misal; Ayşe Örnek; Jale Misal", "Ayşe Örnek"], header=header)
        assert [(each.role, each.person.name) for each in Contribution.objects.order_by("position")] == [
            ("chair", "Ayşe Örnek"),
            ("speaker", "Jale Misal"),
            ("speaker", "Ayşe Örnek"),
        ]

    def test_who_stays_keeps_the_row_and_who_goes_loses_it(self, event: Event) -> None:
        load(event, [*ROW[:6], "Jale Misal; Ayşe Örnek; Ülkü Taslak"])
        kept = {each.person.name: each.pk for each in Contribution.objects.all()}
        load(event, [*ROW[:6], "Ayşe Örnek — Başkan; Jale Misal"])
        assert [(each.pk, each.shown_tr) for each in Contribution.objects.order_by("position")] == [
            (kept["Ayşe Örnek"], "Başkan"),
            (kept["Jale Misal"], ""),
        ]


def test_an_event_without_days_has_those_of_its_programme_afterwards(event: Event) -> None:
    header = ["Gün", "Başlık (TR)", "Kimlere açık", "Durum"]
    rows = (
        ["09.06.2027", "Hazırlık", "Ekip", ""],
        ["10.06.2027", "Açılış", "", ""],
        ["11.06.2027", "Kapanış", "", ""],
        ["12.06.2027", "Belki", "", "Taslak"],
    )
    load(event, *rows, header=header)
    event.refresh_from_db()
    assert (event.starts_on, event.ends_on) == (dt.date(2027, 6, 10), dt.date(2027, 6, 11))


def test_an_event_that_says_its_days_keeps_them() -> None:
    event = EventFactory(starts_on=dt.date(2027, 6, 10), ends_on=dt.date(2027, 6, 10))
    load(event, ["11.06.2027", "Kapanış"], header=["Gün", "Başlık (TR)"])
    event.refresh_from_db()
    assert (event.starts_on, event.ends_on) == (dt.date(2027, 6, 10), dt.date(2027, 6, 10))
