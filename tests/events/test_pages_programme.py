"""The programme page: what a session says of itself, what changed, filters, and how the kept page is answered."""

import datetime as dt
import gzip
import re
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from events.models import Contribution, Event, Person, Rendering, Session
from events.release import cancel_event, preview_programme, release_programme
from events.views.programme_page import programme_html
from tests.events.programme_pages import ENGLISH, page, released, sessions, text, told
from tests.factories import (
    ContributionFactory,
    EventFactory,
    OrganisationFactory,
    PartyFactory,
    PersonFactory,
    RoomFactory,
    SessionFactory,
    TrackFactory,
    VenueFactory,
)

pytestmark = pytest.mark.django_db
TURKISH = "/tr/etkinlikler/forum/program/"


@pytest.fixture(autouse=True)
def _in_may() -> Any:
    with time_machine.travel(dt.datetime(2027, 5, 3, 9, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def event() -> Event:
    venue = VenueFactory(name_tr="Kongre Merkezi", name_en="Congress Centre")
    event: Event = EventFactory(slug="forum", title_tr="İklim Forumu", title_en="Climate Forum", venue=venue)
    return event


@pytest.fixture
def talk(event: Event) -> Session:
    """A talk with everything that a session can tell."""
    talk: Session = SessionFactory(
        event=event,
        confirmed=True,
        title_tr="Sıcak dalgaları",
        title_en="Heat waves",
        abstract_tr="Bir.",
        abstract_en="One <b>.\n\nTwo\nthree.",
        room=RoomFactory(name_tr="Salon Ihlamur", name_en="Linden Room", venue=event.venue),
        track=TrackFactory(event=event, name_tr="İklim", name_en="Climate", letter="A", colour="#1b7f4b"),
        languages=["tr", "de"],
        interpretation=Session.Interpretation.SIMULTANEOUS,
    )
    talk.parties.add(PartyFactory(event=event, name_tr="Teknik heyet", name_en="Technical party"))
    ayse, ipek = PersonFactory(name="Ayşe Örnek"), PersonFactory(name="İpek Deneme")
    ContributionFactory(session=talk, person=ayse, role=Contribution.Role.MODERATOR, position=0)
    ContributionFactory(session=talk, person=ipek, shown_tr="Planlamacı", shown_en="", position=1)
    return talk


class TestSession:
    def test_it_says_when_where_what_and_who_in_both_languages(
        self, client: Client, event: Event, talk: Session
    ) -> None:
        released(event)
        english, turkish = page(client), page(client, TURKISH)
        assert told(english, talk) == "09:00 –10:00 Heat waves Linden Room Ayşe Örnek, İpek Deneme Climate"
        assert told(turkish, talk) == "09:00 –10:00 Sıcak dalgaları Salon Ihlamur Ayşe Örnek, İpek Deneme İklim"
        assert 'datetime="2027-06-10T09:00:00+03:00" data-from="2027-06-10T06:00Z"' in sessions(english)[talk.key]
        assert 'lang="' not in sessions(turkish)[talk.key]

    def test_its_details_give_abstract_people_languages_and_interpretation(
        self, client: Client, event: Event, talk: Session
    ) -> None:
        released(event)
        details = sessions(page(client))[talk.key].partition("<details>")[2]
        assert "<p>One &lt;b&gt;.</p><p>Two<br>three.</p>" in details
        assert re.findall(r"<li><b>(.*?)</b>, (.*?) <span>(.*?)</span></li>", details) == [
            ("Ayşe Örnek", "Mayor, Çınarlı Municipality", "moderator"),
            ("İpek Deneme", '<span lang="tr">Planlamacı</span>', "speaker"),
        ]
        assert re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", details) == [
            ("Languages", "Turkish, German"),
            ("Interpretation", "simultaneous"),
            ("For", "Technical party"),
        ]

    def test_a_text_in_another_language_says_in_which(self, client: Client, event: Event) -> None:
        german = SessionFactory(
            event=event, confirmed=True, title_tr="", title_en="", title_other="Grußwort", other_language="de"
        )
        turkish = SessionFactory(event=event, confirmed=True, title_tr="Işık", title_en="", start=dt.time(11), end=None)
        released(event)
        html = page(client)
        assert (told(html, german), told(html, turkish)) == ("09:00 –10:00 Grußwort German", "11:00 Işık Turkish")
        assert '<span lang="de">Grußwort</span>' in sessions(html)[german.key]
        assert told(page(client, TURKISH), turkish) == "11:00 Işık"

    def test_times_of_another_zone_carry_its_offset_and_the_page_names_it(self, client: Client, event: Event) -> None:
        berlin = SessionFactory(event=event, confirmed=True, title_en="Call", start_zone="Europe/Berlin")
        released(event)
        html = page(client)
        assert told(html, berlin) == "09:00 –10:00 GMT+2 Call"
        zones = "All times: Türkiye time (GMT+3) · where marked: Central European Summer Time (GMT+2)"
        assert zones in text(html)

    def test_without_a_time_it_says_so(self, client: Client, event: Event) -> None:
        session = SessionFactory(event=event, confirmed=True, start=None, end=None, title_en="Walk")
        released(event)
        assert told(page(client), session) == "No fixed time Walk"

    def test_tracks_are_told_by_letter_and_hue(self, client: Client, event: Event, talk: Session) -> None:
        TrackFactory(event=event, letter="", colour="#ffe680", position=1)
        SessionFactory(event=event, confirmed=True, track=event.tracks.get(position=1))
        released(event)
        found = re.findall(r'<symbol .*?fill="(.*?)"/><text .*?fill="(.*?)">(.*?)</text></symbol>', page(client))
        assert found == [("#1b7f4b", "#FFFFFF", "A"), ("#ffe680", "#14212B", "B")]

    def test_a_site_visit_called_after_its_site_names_it_once_and_its_host(self, client: Client, event: Event) -> None:
        site = VenueFactory(name_en="Old shipyard")
        host = OrganisationFactory(name_en="Eksempelby")
        visit = SessionFactory(event=event, confirmed=True, title_en="Old shipyard", venue=site, organisation=host)
        other = SessionFactory(
            event=event, confirmed=True, title_en="Walk", room=RoomFactory(venue=site, name_en="Dock")
        )
        released(event)
        html = page(client)
        assert told(html, visit) == "09:00 –10:00 Old shipyard"
        assert "<dt>Hosted by</dt><dd>Eksempelby</dd>" in sessions(html)[visit.key]
        assert told(html, other) == "09:00 –10:00 Walk Dock, Old shipyard"

    def test_more_rooms_than_fit_scroll_by_themselves_with_the_keyboard_too(self, client: Client, event: Event) -> None:
        for _each in range(7):
            SessionFactory(event=event, confirmed=True, room=RoomFactory())
        released(event)
        region = (
            '<div class="timetable wide side-by-side lanes-7" role="region" tabindex="0" aria-label="Timetable, {}">'
        )
        assert region.format("Thursday 10 June 2027") in page(client)

    def test_only_public_sessions_are_shown(self, client: Client, event: Event, talk: Session) -> None:
        SessionFactory(event=event, confirmed=True, restricted=True, title_en="Secret dinner")
        SessionFactory(event=event, title_en="Draft")
        released(event)
        assert list(sessions(page(client))) == [talk.key]
        talk.audience = Session.Audience.STAFF
        talk.save()
        released(event)
        html = page(client)
        assert (sessions(html), "Heat waves" in html) == ({}, False)


class TestChanges:
    def test_every_change_says_what_it_was(self, client: Client, event: Event, talk: Session) -> None:
        kept = SessionFactory(event=event, confirmed=True, title_en="Kept", start=dt.time(13), end=None)
        off = SessionFactory(event=event, confirmed=True, title_en="Off", start=dt.time(14), end=None)
        released(event)
        talk.start, talk.end, talk.title_en = dt.time(10), dt.time(11, 15), "Heat"
        talk.room = RoomFactory(name_en="Oleaster Room", venue=event.venue)
        talk.save()
        talk.contributions.get(position=1).delete()
        ContributionFactory(session=talk, person=PersonFactory(name="Søren Eksempel"), position=2)
        off.status = Session.Status.CANCELLED
        off.save()
        new = SessionFactory(event=event, confirmed=True, title_en="Added", start=dt.time(15), end=None)
        released(event)
        html = page(client)
        assert {
            key: told(html, each) for key, each in {"talk": talk, "kept": kept, "off": off, "new": new}.items()
        } == {
            "talk": "10:00 –11:15 Heat Moved was: 09:00–10:00 , Linden Room New title was: “Heat waves” Other people "
            "now with Søren Eksempel; no longer with İpek Deneme Oleaster Room Ayşe Örnek, Søren Eksempel Climate",
            "kept": "13:00 Kept",
            "off": "14:00 Off Cancelled",
            "new": "15:00 Added New",
        }
        assert "3 changes since the previous release" in text(html)
        assert 'was: <span class="clock">09:00–10:00</span>, Linden Room' in html
        assert f'<a href="/en/events/forum/programme/#s-{talk.key}">Heat</a>' in html
        assert "Release 2 , 3 May 2027, 12:00" in text(html)

    def test_one_without_a_title_can_still_be_followed_from_the_list(self, client: Client, event: Event) -> None:
        released(event)
        new = SessionFactory(event=event, confirmed=True, title_tr="", title_en="")
        released(event)
        assert f'<a href="/en/events/forum/programme/#s-{new.key}">(no title)</a>' in page(client)

    def test_another_day_is_named(self, client: Client, event: Event, talk: Session) -> None:
        released(event)
        talk.day = dt.date(2027, 6, 11)
        talk.save()
        released(event)
        assert "Moved was: Thursday 10 June" in told(page(client), talk)

    def test_a_cancelled_session_stays_cancelled_in_later_releases(
        self, client: Client, event: Event, talk: Session
    ) -> None:
        released(event)
        talk.status = Session.Status.CANCELLED
        talk.save()
        released(event)
        SessionFactory(event=event, confirmed=True)
        released(event)
        assert "Heat waves Cancelled" in told(page(client), talk)

    def test_a_cancelled_event_says_so_on_top(self, client: Client, event: Event, talk: Session) -> None:
        released(event)
        cancel_event(event=event)
        html = page(client)
        assert ("This event is cancelled." in html, "Heat waves Cancelled" in told(html, talk)) == (True, True)

    def test_the_note_of_the_release_is_shown(self, client: Client, event: Event, talk: Session) -> None:
        release_programme(event=event, note_tr="Salonlar değişti", note_en="")
        html = page(client)
        assert '<span lang="tr">Salonlar değişti</span> <span class="tongue">Turkish</span>' in html


class TestFilters:
    @pytest.fixture
    def other(self, event: Event, talk: Session) -> Session:
        other: Session = SessionFactory(
            event=event,
            confirmed=True,
            title_en="Housing",
            start=dt.time(11),
            end=dt.time(12),
            room=RoomFactory(name_en="Oleaster Room", venue=event.venue),
            track=TrackFactory(event=event, name_en="Society", letter="B", position=1),
            languages=["en"],
        )
        released(event)
        return other

    def test_each_narrows_and_they_work_without_script(self, client: Client, talk: Session, other: Session) -> None:
        ipek = Person.objects.get(name="İpek Deneme")
        shown = {
            query: list(sessions(page(client, f"{ENGLISH}?{query}")))
            for query in (
                f"track=t{talk.track_id}",
                f"room=r{other.room_id}",
                "language=de",
                f"person={ipek.key}",
                f"language=en&room=r{other.room_id}&track=",
                f"language=en&room=r{talk.room_id}",
            )
        }
        assert list(shown.values()) == [[talk.key], [other.key], [talk.key], [talk.key], [other.key], []]

    def test_nothing_that_fits_says_what_to_do(self, client: Client, talk: Session, other: Session) -> None:
        html = page(client, f"{ENGLISH}?language=en&room=r{talk.room_id}")
        assert ("No session fits these filters." in html, "Show the whole programme" in html) == (True, True)

    def test_the_page_says_how_much_is_shown_and_leads_back(self, client: Client, other: Session) -> None:
        html = page(client, f"{ENGLISH}?language=en")
        assert "1 session of 2 is shown." in html
        assert '<a class="plain" href="/en/events/forum/programme/">Whole programme</a>' in html
        assert '<meta name="robots" content="noindex">' in html
        assert re.findall(r'<a class="tongues" href="(.*?)"', html) == [f"{TURKISH}?language=en"]

    def test_what_can_be_chosen_is_what_there_is(self, client: Client, other: Session) -> None:
        options = {
            name: re.findall(r"<option[^>]*>(.*?)</option>", select)
            for name, select in re.findall(r'<select id="f-(\w+)"(.*?)</select>', page(client), re.DOTALL)
        }
        assert options == {
            "track": ["All", "Climate", "Society"],
            "room": ["All", "Linden Room", "Oleaster Room"],
            "language": ["All", "German", "English", "Turkish"],
            "person": ["All", "Ayşe Örnek", "İpek Deneme"],
        }

    @pytest.mark.parametrize("query", ["track=x", "room=" + "9" * 5000, "language=%3Cb%3E", "person=a%22b"])
    def test_what_is_not_there_filters_nothing_and_says_so(
        self, client: Client, talk: Session, other: Session, query: str
    ) -> None:
        html = page(client, f"{ENGLISH}?{query}")
        assert list(sessions(html)) == [talk.key, other.key]
        assert html.count("There is nothing by this name here any more. Choose again.") == 1


class TestKept:
    def test_the_page_is_rendered_once_for_a_release_and_language(
        self, client: Client, event: Event, talk: Session, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        released(event)
        first = client.get(ENGLISH)
        for queries in (2, 1):  # its bytes once, then only which ones are current
            with django_assert_num_queries(queries):
                again = client.get(ENGLISH)
        assert (again.content, again["ETag"]) == (first.content, first["ETag"])
        page(client, TURKISH)
        page(client, f"{ENGLISH}?language=tr")
        assert list(Rendering.objects.values_list("kind", "language").order_by("pk")) == [
            ("page", "en"),
            ("page", "tr"),
        ]

    def test_who_has_it_is_told_so(
        self, client: Client, event: Event, talk: Session, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        released(event)
        etag = client.get(ENGLISH)["ETag"]
        for known in (etag, f"W/{etag}", f'"other", {etag}', "*", f'{etag[:-1]}-gzip"'):
            with django_assert_num_queries(1):
                answer = client.get(ENGLISH, headers={"if-none-match": known})
            assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", etag)
        assert client.get(ENGLISH, headers={"if-none-match": '"other"'}).status_code == 200
        SessionFactory(event=event, confirmed=True)
        released(event)
        assert client.get(ENGLISH, headers={"if-none-match": etag}).status_code == 200

    def test_it_is_compressed_for_who_can_read_that(self, client: Client, event: Event, talk: Session) -> None:
        released(event)
        plain = client.get(ENGLISH)
        for _first_and_kept in range(2):
            packed = client.get(ENGLISH, headers={"accept-encoding": "br, gzip;q=0.8"})
            assert (packed["Content-Encoding"], packed["Vary"]) == ("gzip", "Accept-Encoding")
            assert gzip.decompress(packed.content) == plain.content
            assert packed["ETag"] == f'{plain["ETag"][:-1]}-gzip"'
        refused = client.get(ENGLISH, headers={"accept-encoding": "gzip;q=0, br"})
        assert ("Content-Encoding" in refused, refused["ETag"]) == (False, plain["ETag"])
        head = client.head(ENGLISH)
        assert (head.status_code, head["ETag"], head.content) == (200, plain["ETag"], b"")

    def test_it_counts_until_the_event_is_over(self, client: Client, event: Event, talk: Session) -> None:
        released(event)
        assert "This event is over." not in page(client)
        assert Rendering.objects.get().valid_until == dt.datetime(2027, 6, 10, 21, tzinfo=dt.UTC)
        with time_machine.travel(dt.datetime(2027, 6, 10, 21, 1, tzinfo=dt.UTC)):
            assert "This event is over." in page(client)
            assert Rendering.objects.get().valid_until is None

    def test_another_address_of_the_site_renders_anew(
        self, client: Client, event: Event, talk: Session, settings: Any
    ) -> None:
        released(event)
        page(client)
        settings.BASE_URL = "https://kopru.example"
        assert '<link rel="canonical" href="https://kopru.example/en/events/forum/programme/">' in page(client)

    def test_only_get_and_head_are_answered(self, client: Client, event: Event) -> None:
        released(event)
        assert [client.post(path).status_code for path in (ENGLISH, "/en/events/forum/", "/en/events/")] == [405] * 3


@pytest.mark.parametrize("query", ["", "?language=tr"])
def test_the_page_asks_the_database_as_often_for_three_as_for_one(
    client: Client, event: Event, query: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    expected = {"": 17, "?language=tr": 3}[query]
    page(client, "/en/events/")
    for number in range(3):
        room = RoomFactory()
        for track in (TrackFactory(event=event), None):
            session = SessionFactory(event=event, confirmed=True, room=room, track=track, languages=["tr", "en"])
            session.parties.add(PartyFactory(event=event))
            ContributionFactory(session=session)
        if number in {0, 2}:
            released(event)
            with django_assert_num_queries(expected):
                page(client, ENGLISH + query)


def test_a_preview_is_the_same_page_and_says_that_it_is_not_public(event: Event, talk: Session) -> None:
    SessionFactory(event=event, confirmed=True, restricted=True, title_en="Dinner", start=dt.time(20), end=None)
    html = programme_html(preview_programme(event, restricted=True), "en", preview=True)
    assert "Preview: this is not public yet." in html
    assert [told(html, each) for each in event.sessions.order_by("start")] == [
        "09:00 –10:00 Heat waves Linden Room Ayşe Örnek, İpek Deneme Climate",
        "20:00 Dinner For participants only",
    ]
