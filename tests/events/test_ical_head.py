"""What stands above the entries of a calendar, whatever an officer wrote into title and summary."""

import pytest
from django.test import Client
from icalendar import Calendar

from events.models import Event
from events.release import release_programme

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("summary", "lines"),
    [
        ("İki gün; üç kent", [r"DESCRIPTION:İki gün\; üç kent", r"X-WR-CALDESC:İki gün\; üç kent"]),
        (
            "Birinci satır\nikinci, satır",
            [r"DESCRIPTION:Birinci satır\nikinci\, satır", r"X-WR-CALDESC:Birinci satır\nikinci\, satır"],
        ),
    ],
)
def test_title_and_summary_are_escaped(client: Client, forum: Event, summary: str, lines: list[str]) -> None:
    forum.slug, forum.title_tr, forum.summary_tr = "forum", "Kent, iklim; katılım", summary
    forum.save()
    release_programme(event=forum)
    body = client.get("/calendars/tr/forum.ics").content
    head = body.decode().replace("\r\n ", "").split("BEGIN:V", 2)[1].splitlines()
    assert [line for line in head if "DESC" in line] == lines
    assert [line for line in head if "NAME" in line] == [
        r"NAME:Kent\, iklim\; katılım",
        r"X-WR-CALNAME:Kent\, iklim\; katılım",
    ]
    assert str(Calendar.from_ical(body)["description"]) == summary
