"""The "Add to calendar" panel: each program gets the way in that it takes, and readers learn how soon it refreshes."""

import html
import re

import pytest
from django.test import Client
from django.utils import translation

from events.models import Event
from events.subscribing import Subscription, Way, subscription
from tests.factories import EventOrganisationFactory
from tests.releases import Clock, released


def test_each_program_gets_the_way_in_that_it_takes() -> None:
    coded = "http%3A%2F%2Ftestserver%2Fcalendars%2Fen%2Fforum.ics"
    often = "about every 3 hours, at times only once a day"
    with translation.override("en"):
        assert subscription("http://testserver/calendars/en/forum.ics", "İklim & su") == Subscription(
            address="http://testserver/calendars/en/forum.ics",
            path="/calendars/en/forum.ics",
            file_name="forum.ics",
            ways=(
                Way(
                    "Apple",
                    "webcal://testserver/calendars/en/forum.ics",
                    "as you set it: every 5 minutes to once a week",
                ),
                Way("Google", f"https://calendar.google.com/calendar/r?cid={coded}", "every 4 to 24 hours"),
                Way("Outlook on the computer", "webcal://testserver/calendars/en/forum.ics", "every 6 hours"),
                Way(
                    "Outlook.com",
                    f"https://outlook.live.com/calendar/0/addfromweb?url={coded}&name=%C4%B0klim+%26+su",
                    often,
                ),
                Way(
                    "Microsoft 365",
                    f"https://outlook.office.com/calendar/0/addfromweb?url={coded}&name=%C4%B0klim+%26+su",
                    often,
                ),
            ),
        )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("/tr/etkinlikler/forum/", "/calendars/tr/forum.ics"),
        ("/en/events/forum/", "/calendars/en/forum.ics"),
        ("/en/events/forum/programme/", "/calendars/en/forum.ics"),
        ("/en/events/", "/calendars/en/events.ics"),
        ("/en/events/?kind=conference&line=3", "/calendars/en/events.ics?kind=conference&line=3"),
    ],
)
def test_a_page_offers_its_own_calendar(client: Client, forum: Event, clock: Clock, page: str, address: str) -> None:
    forum.slug = "forum"
    forum.save()
    EventOrganisationFactory(event=forum)
    released(forum, clock)
    shown = client.get(page).content.decode()
    (panel,) = re.findall(r'<section class="calendar-panel".*?</section>', shown, re.DOTALL)
    links = [html.unescape(link) for link in re.findall(r'href="([^"]*)"', panel)]
    assert [link for link in links if link.startswith("webcal:")] == [f"webcal://testserver{address}"] * 2
    assert address in links
    assert html.unescape(re.findall(r'value="([^"]*)"', panel)[0]) == f"http://testserver{address}"
    assert client.get(address).status_code == 200
    assert re.findall(r"<script(?![^>]* src=)|style=| on\w+=", panel) == []
