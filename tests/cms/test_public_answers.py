"""What holds for every public address: no cookie, no stranger's header, nothing that varies without need."""

import pytest
from django.test import Client

from cms.middleware import PUBLIC_POLICY
from events.models import Event
from events.release import release_programme
from tests.factories import DialogueProgrammeFactory, EventFactory

pytestmark = pytest.mark.django_db

FEEDS = ("/calendars/tr/events.ics", "/calendars/en/iklim-forumu.ics")
FILES = (
    "/exchange/iklim-forumu/schedule.xml",
    "/exchange/iklim-forumu/schedule.json",
    "/documents/tr/iklim-forumu/programme.pdf",
)
PAGES = (
    "/tr/etkinlikler/",
    "/en/events/",
    "/tr/etkinlikler/iklim-forumu/",
    "/en/events/iklim-forumu/",
    "/tr/etkinlikler/iklim-forumu/program/",
    "/en/events/iklim-forumu/programme/",
    "/tr/programlar/iklim-diyalogu/",
    "/en/programmes/iklim-diyalogu/",
)
GONE = ("/tr/etkinlikler/yok/", "/en/nothing/", "/calendars/tr/yok.ics", "/e/aaaaaaaa")


@pytest.fixture(autouse=True)
def released() -> Event:
    """A released conference of three sessions, within a dialogue programme."""
    programme = DialogueProgrammeFactory(slug="iklim-diyalogu")
    event: Event = EventFactory(slug="iklim-forumu", dialogue_programme=programme, with_sessions=3)
    assert release_programme(event=event)
    return event


@pytest.mark.parametrize("address", [*PAGES, *FEEDS, *FILES, *GONE])
def test_an_anonymous_reader_gets_no_cookie_and_the_strict_policy(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == (404 if address in GONE else answer.status_code)
    assert answer.status_code in (200, 202, 404)
    assert (dict(answer.cookies), "Cookie" in answer.headers.get("Vary", "")) == ({}, False)
    assert answer.headers["Content-Security-Policy"] == PUBLIC_POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("address", [*PAGES, *FEEDS, *FILES])
def test_an_address_that_names_its_language_does_not_vary_by_the_readers(client: Client, address: str) -> None:
    answers = [client.get(address, headers={"accept-language": language}) for language in ("tr", "en")]
    assert "Accept-Language" not in answers[0].headers.get("Vary", "") or "/exchange/" in address
    assert answers[0].content == answers[1].content


def test_nobody_but_this_site_is_asked_for_anything(client: Client) -> None:
    for address in PAGES:
        page = client.get(address).content.decode()
        for attribute in (' src="http', ' src="//', "<style", " style=", "<script>", " onclick=", "@import"):
            assert attribute not in page, (address, attribute)
