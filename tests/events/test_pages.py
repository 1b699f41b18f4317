"""The public pages: the list, one event, one dialogue programme, the short link, and what is not there."""

import datetime as dt
import json
import re
from html import unescape
from typing import Any

import pytest
import time_machine
from django.template.loader import render_to_string
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from events.models import DialogueProgramme, Event
from events.release import cancel_event, release_programme, withdraw_event
from tests.factories import (
    DialogueProgrammeFactory,
    EventFactory,
    EventOrganisationFactory,
    OrganisationFactory,
    RegistrationSettingsFactory,
    SessionFactory,
    VenueFactory,
)

pytestmark = pytest.mark.django_db
LIST = "/en/events/"


@pytest.fixture(autouse=True)
def _in_may() -> Any:
    with time_machine.travel(dt.datetime(2027, 5, 3, 9, tzinfo=dt.UTC), tick=False):
        yield


def public(**named: Any) -> Event:
    """An event that is released as it is."""
    event: Event = EventFactory(**named)
    release_programme(event=event)
    return event


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert (answer.status_code, answer.cookies) == (status, {})
    return flat(answer.content.decode())


def flat(html: str) -> str:
    """On one line, and without blanks inside tags: how templates are laid out is nobody's business."""
    return re.sub(r"\s+(/?>)", r"\1", re.sub(r"\s+", " ", html))


def titles(html: str) -> list[str]:
    """The titles of the events listed, in order."""
    found = re.findall(r"<h3>\s*<a [^>]*>(.*?)</a>", html, re.DOTALL)
    return [unescape(re.sub(r"<[^>]+>", "", each)).strip() for each in found]


def text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


class TestList:
    def test_the_nearest_comes_first_under_its_month_and_without_a_date_last(self, client: Client) -> None:
        public(title_en="Later", starts_on=dt.date(2027, 7, 1), ends_on=dt.date(2027, 7, 2))
        public(title_en="Sooner")
        public(title_en="Some day", starts_on=None, ends_on=None)
        public(title_en="Over", starts_on=dt.date(2027, 5, 1), ends_on=dt.date(2027, 5, 2))
        public(title_en="Over after its first day", starts_on=dt.date(2027, 5, 2), ends_on=None)
        public(title_en="Today", starts_on=dt.date(2027, 5, 1), ends_on=dt.date(2027, 5, 3))
        html = page(client, LIST)
        assert titles(html) == ["Today", "Sooner", "Later", "Some day"]
        assert re.findall(r"<h2>(.*?)</h2>", html) == ["May 2027", "June 2027", "July 2027", "Date to be announced"]
        assert titles(page(client, LIST + "?when=past")) == ["Over after its first day", "Over"]

    def test_both_languages_and_a_visible_fallback(self, client: Client) -> None:
        public(title_tr="Iğdır’da İklim", title_en="")
        assert titles(page(client, "/tr/etkinlikler/")) == ["Iğdır’da İklim"]
        html = page(client, LIST)
        assert '<span lang="tr">Iğdır’da İklim</span> <span class="tongue">Turkish</span>' in html
        assert '<html lang="en">' in html

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("kind=webinar", ["Webinar"]),
            ("line=1", ["Forum"]),
            ("month=2027-07", ["Webinar"]),
            ("programme=kentler", ["Forum"]),
            ("q=ILGIN", ["Forum"]),
            ("q=%20%20", ["Forum", "Webinar"]),
            ("q=nothing+like+it", []),
            ("kind=webinar&line=1", []),
        ],
    )
    def test_filters_narrow(self, client: Client, query: str, found: list[str]) -> None:
        kentler = DialogueProgrammeFactory(slug="kentler")
        public(title_en="Forum", summary_en="In Ilgın", line_of_work=1, dialogue_programme=kentler)
        public(title_en="Webinar", kind="webinar", starts_on=dt.date(2027, 7, 1), ends_on=dt.date(2027, 7, 1))
        html = page(client, f"{LIST}?{query}")
        assert titles(html) == found
        assert ("Nothing fits these filters." in html) is (not found)

    def test_organisations_of_public_events_can_be_chosen(self, client: Client) -> None:
        cinarli, _other = OrganisationFactory(name_en="Çınarlı Municipality"), OrganisationFactory(name_en="Nobody")
        event = EventFactory(title_en="Forum")
        EventOrganisationFactory(event=event, organisation=cinarli)
        release_programme(event=event)
        public(title_en="Another")
        html = page(client, f"{LIST}?organisation={cinarli.pk}")
        assert titles(html) == ["Forum"]
        options = re.search(r'<select id="f-organisation".*?</select>', html, re.DOTALL)
        assert options
        assert re.findall(r"<option[^>]*>(.*?)</option>", options[0]) == ["All", "Çınarlı Municipality"]

    @pytest.mark.parametrize(
        "query", ["kind=party", "line=" + "9" * 5000, "month=2027-99", "organisation=x", "page=-7"]
    )
    def test_what_is_not_there_filters_nothing_and_says_so(self, client: Client, query: str) -> None:
        public(title_en="Forum")
        html = page(client, f"{LIST}?{query}")
        assert titles(html) == ["Forum"]
        assert ("There is nothing by this name here any more." in html) is not query.startswith("page")

    def test_empty_lists_say_what_to_do(self, client: Client) -> None:
        assert "No events are announced at the moment." in page(client, LIST)
        assert "No event has taken place yet." in page(client, LIST + "?when=past")

    def test_long_lists_come_in_pages_that_keep_the_filters(self, client: Client) -> None:
        for _each in range(41):
            public(kind="meeting")
        first = page(client, f"{LIST}?kind=meeting")
        assert (len(titles(first)), "Page 1 of 2" in first) == (40, True)
        assert 'href="?kind=meeting&amp;page=2"' in first
        assert re.findall(r'<a class="tongues" href="(.*?)"', first) == ["/tr/etkinlikler/?kind=meeting"]
        assert len(titles(page(client, f"{LIST}?kind=meeting&page=2"))) == 1

    def test_cancelled_stays_and_withdrawn_leaves(self, client: Client) -> None:
        cancel_event(event=public(title_en="Cancelled forum"))
        withdraw_event(event=public(title_en="Withdrawn forum"))
        html = page(client, LIST)
        assert titles(html) == ["Cancelled forum"]
        assert "<strong>Cancelled</strong>" in html


class TestEvent:
    @pytest.fixture
    def event(self) -> Event:
        venue = VenueFactory(name_en="Congress Centre", latitude=41.01, longitude=28.97, step_free=True, country="TR")
        event: Event = EventFactory(
            slug="iklim-forumu",
            title_tr="İklim Forumu",
            title_en="Climate </script> Forum",
            summary_en="Two days on climate",
            description_en="First.\n\nSecond.",
            participation_en="For members",
            contact_email="forum@sample.example",
            languages=["tr", "en"],
            venue=venue,
            ends_on=dt.date(2027, 6, 11),
            dialogue_programme=DialogueProgrammeFactory(slug="kentler", title_en="Living Together"),
            with_sessions=2,
        )
        EventOrganisationFactory(event=event, organisation=OrganisationFactory(name_en="Funder"), role="funder")
        EventOrganisationFactory(event=event, organisation=OrganisationFactory(name_en="Çınarlı"), role="host")
        release_programme(event=event)
        return event

    def test_it_says_what_when_where_in_which_languages_and_for_whom(self, client: Client, event: Event) -> None:
        html = page(client, "/en/events/iklim-forumu/")
        facts = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", html, re.DOTALL)
        assert [(name, text(value)) for name, value in facts] == [
            ("When", "10–11 June 2027 Türkiye time (GMT+3)"),
            ("Where", "Congress Centre , Işıklar"),
            ("Languages", "Turkish, English"),
            ("Taking part", "For members forum@sample.example"),
        ]
        for told in ("Two days on climate", "First. Second.", "Living Together", "Step-free access", "Release 1"):
            assert told in text(html)
        assert re.findall(r"<h2>(Host|Funder)</h2>", html) == ["Host", "Funder"]
        days = re.findall(r'<li> <a href="([^"]*)">(.*?)</a> <span>(.*?)</span> <span[^>]*>(.*?)</span>', html)
        assert days == [
            ("/en/events/iklim-forumu/programme/#d-2027-06-10", "Thursday 10 June 2027", "09:00–11:00", "2 sessions")
        ]

    def test_what_is_called_off_neither_opens_nor_closes_a_day(self, client: Client, event: Event) -> None:
        SessionFactory(event=event, status="cancelled", start=dt.time(7), end=dt.time(23))
        release_programme(event=event)
        assert re.findall(r"<span>(\d\d:.*?)</span>", page(client, "/en/events/iklim-forumu/")) == ["09:00–11:00"]

    def test_it_tells_machines_the_same(self, client: Client, event: Event) -> None:
        html = page(client, "/en/events/iklim-forumu/")
        block = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
        assert block
        assert json.loads(block[1]) == {
            "@context": "https://schema.org",
            "@type": "Event",
            "name": "Climate </script> Forum",
            "url": "http://testserver/en/events/iklim-forumu/",
            "description": "Two days on climate",
            "startDate": "2027-06-10",
            "endDate": "2027-06-11",
            "eventStatus": "https://schema.org/EventScheduled",
            "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
            "inLanguage": ["tr", "en"],
            "location": {
                "@type": "Place",
                "name": "Congress Centre",
                "address": {"@type": "PostalAddress", "addressLocality": "Işıklar", "addressCountry": "TR"},
                "geo": {"@type": "GeoCoordinates", "latitude": 41.01, "longitude": 28.97},
            },
            "organizer": [{"@type": "Organization", "name": "Çınarlı"}],
        }
        metas = dict(re.findall(r'<meta property="(og:[^"]*)" content="([^"]*)">', html))
        assert metas == {
            "og:type": "website",
            "og:site_name": "Köprü",
            "og:title": "Climate &lt;/script&gt; Forum",
            "og:description": "Two days on climate",
            "og:url": "http://testserver/en/events/iklim-forumu/",
            "og:locale": "en_GB",
            "og:locale:alternate": "tr_TR",
        }

    def test_a_webinar_is_online(self, client: Client) -> None:
        public(slug="webinar", kind="webinar")
        html = page(client, "/en/events/webinar/")
        assert '"location": {"@type": "VirtualLocation", "url": "http://testserver/en/events/webinar/"}' in html
        assert "https://schema.org/OnlineEventAttendanceMode" in html
        assert "Where Online" in text(html)

    @pytest.mark.parametrize("tail", ["", "program/"])
    def test_both_languages_know_each_other(self, client: Client, event: Event, tail: str) -> None:
        english = f"/en/events/iklim-forumu/{tail.replace('program/', 'programme/')}"
        turkish = f"/tr/etkinlikler/iklim-forumu/{tail}"
        for path, other in ((english, turkish), (turkish, english)):
            html = page(client, path)
            assert re.findall(r'<link rel="canonical" href="(.*?)">', html) == [f"http://testserver{path}"]
            assert dict(re.findall(r'<link rel="alternate" hreflang="(.*?)" href="(.*?)">', html)) == {
                "tr": f"http://testserver{turkish}",
                "en": f"http://testserver{english}",
                "x-default": f"http://testserver{english}",
            }
            assert re.findall(r'<a class="tongues" href="(.*?)"', html) == [other]

    def test_a_former_address_leads_to_the_new_one(self, client: Client, event: Event) -> None:
        event.slug = "iklim-2027"
        event.save()
        release_programme(event=event)
        moves = {
            path: (answer.status_code, answer.headers.get("Location"))
            for path in (
                "/tr/etkinlikler/iklim-forumu/",
                "/en/events/iklim-forumu/",
                "/tr/etkinlikler/iklim-forumu/program/?room=r1",
                "/en/events/iklim-forumu/programme/",
            )
            for answer in [client.get(path)]
        }
        assert moves == {
            "/tr/etkinlikler/iklim-forumu/": (301, "/tr/etkinlikler/iklim-2027/"),
            "/en/events/iklim-forumu/": (301, "/en/events/iklim-2027/"),
            "/tr/etkinlikler/iklim-forumu/program/?room=r1": (301, "/tr/etkinlikler/iklim-2027/program/?room=r1"),
            "/en/events/iklim-forumu/programme/": (301, "/en/events/iklim-2027/programme/"),
        }

    def test_withdrawn_is_gone_and_says_so(self, client: Client, event: Event) -> None:
        page(client, "/en/events/iklim-forumu/programme/")
        withdraw_event(event=event)
        for path in ("/en/events/iklim-forumu/", "/en/events/iklim-forumu/programme/", f"/e/{event.code}"):
            answer = client.get(path, headers={"accept-language": "en"})
            assert (answer.status_code, "This event was taken back" in answer.content.decode()) == (410, True)

    def test_cancelled_past_and_not_yet_announced_are_told(self, client: Client, event: Event) -> None:
        cancel_event(event=event)
        assert "This event is cancelled. Questions: forum@sample.example" in text(
            page(client, "/en/events/iklim-forumu/")
        )
        empty = public(slug="bos", ends_on=None)
        assert "The programme has not been announced yet." in page(client, "/en/events/bos/")
        assert "The programme has not been announced yet." in page(client, "/en/events/bos/programme/")
        with time_machine.travel(dt.datetime(2027, 6, 10, 21, 1, tzinfo=dt.UTC)):
            assert "This event is over." in page(client, f"/en/events/{empty.slug}/")
            assert "This event is over." in page(client, f"/en/events/{empty.slug}/programme/")

    def test_nothing_unreleased_is_shown(self, client: Client, event: Event) -> None:
        Event.objects.filter(pk=event.pk).update(title_en="Working title", summary_en="Not yet")
        SessionFactory(event=event, confirmed=True, title_en="Not yet either")
        html = page(client, "/en/events/iklim-forumu/") + page(client, "/en/events/iklim-forumu/programme/")
        assert ("Working title" in html, "Not yet" in html) == (False, False)
        assert page(client, f"/en/events/{EventFactory().slug}/", status=404)


class TestSeries:
    def test_it_shows_objectives_partners_and_its_public_events(self, client: Client) -> None:
        series: DialogueProgramme = DialogueProgrammeFactory(
            slug="kentler", title_en="Living Together", objectives_en="To share", field="social", line_of_work=3
        )
        series.partners.add(OrganisationFactory(name_en="Eksempelby"))
        public(title_en="Coming", dialogue_programme=series)
        public(title_en="Over", dialogue_programme=series, starts_on=dt.date(2027, 2, 1), ends_on=dt.date(2027, 2, 1))
        EventFactory(title_en="Unreleased", dialogue_programme=series)
        html = page(client, "/en/programmes/kentler/")
        assert titles(html) == ["Coming", "Over"]
        for told in ("Dialogue programme · services to members · social", "Living Together", "To share", "Eksempelby"):
            assert told in text(html)

    def test_it_is_public_as_soon_as_one_of_its_events_is(self, client: Client) -> None:
        series = DialogueProgrammeFactory(slug="kentler")
        event = EventFactory(dialogue_programme=series)
        page(client, "/en/programmes/kentler/", status=404)
        release_programme(event=event)
        page(client, "/en/programmes/kentler/")
        withdraw_event(event=event)
        page(client, "/en/programmes/kentler/", status=404)


class TestShortLink:
    @pytest.mark.parametrize(
        ("accepts", "leads_to"),
        [("tr", "/tr/etkinlikler/forum/"), ("en-GB", "/en/events/forum/"), ("da", "/tr/etkinlikler/forum/")],
    )
    def test_it_leads_to_the_readers_language(self, client: Client, accepts: str, leads_to: str) -> None:
        event = public(slug="forum")
        answer = client.get(f"/e/{event.code}", headers={"accept-language": accepts})
        assert (answer.status_code, answer["Location"], answer["Vary"]) == (302, leads_to, "Accept-Language")

    def test_an_unreleased_event_has_none_yet(self, client: Client) -> None:
        page(client, f"/e/{EventFactory().code}", status=404)


class TestNothingThere:
    @pytest.mark.parametrize("language", ["tr", "en"])
    def test_every_wrong_address_is_answered_in_the_readers_language(self, client: Client, language: str) -> None:
        answer = client.get(f"/{language}/yok/", headers={"accept-language": language})
        assert (answer.status_code, answer.cookies) == (404, {})
        assert f'<html lang="{language}">' in answer.content.decode()

    @pytest.mark.parametrize(
        ("path", "status"),
        [
            ("/en/events/%00/", 400),
            ("/en/events/%ff%fe/", 400),
            ("/en/events/forum/programme/?room=%00", 400),
            ("/en/events/" + "9" * 5000 + "/", 404),
            ("/en/events/İklim/", 404),
            ("/e/" + "9" * 5000, 404),
            ("/en/programmes/" + "a" * 5000 + "/", 404),
        ],
    )
    def test_broken_addresses_are_refused(self, client: Client, path: str, status: int) -> None:
        page(client, path, status)

    def test_the_page_for_our_own_mistakes_stands_alone_in_both_languages(self) -> None:
        html = render_to_string("500.html")
        assert re.findall(r"<h[12]>(.*?)</h[12]>", html) == ["Bir şey bozuldu", "Something broke"]


@pytest.mark.parametrize("path", [LIST, LIST + "?when=past", "/en/events/forum-0/", "/en/programmes/kentler/"])
def test_pages_ask_the_database_as_often_for_three_as_for_one(
    client: Client, path: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """One of the queries is for the frame: menus and footer cost no more, whatever is in them; one for registration."""
    expected = {LIST: 6, LIST + "?when=past": 6, "/en/events/forum-0/": 3, "/en/programmes/kentler/": 4}[path]
    page(client, LIST)
    series = DialogueProgrammeFactory(slug="kentler")
    for number in range(3):
        organisation = OrganisationFactory()
        series.partners.add(organisation)
        for day in (dt.date(2027, 6, 10 + number), dt.date(2027, 2, 1 + number)):
            event = EventFactory(
                slug=f"forum-{number}" if day.month == 6 else f"past-{number}",
                dialogue_programme=series,
                starts_on=day,
                ends_on=day,
                venue=VenueFactory(),
                with_sessions=1 + number,
            )
            EventOrganisationFactory(event=event, organisation=organisation)
            release_programme(event=event)
        if number in {0, 2}:
            with django_assert_num_queries(expected):
                page(client, path)


def test_taking_part_is_to_be_announced_only_where_nobody_can_register(client: Client) -> None:
    event = public()
    path = f"{LIST}{event.slug}/"
    assert ("Taking part" in page(client, path), "To be announced" in page(client, path)) == (True, True)
    RegistrationSettingsFactory(event=event)
    html = page(client, path)
    assert (f'href="{path}register/"' in html, "Taking part" in html) == (True, False)
