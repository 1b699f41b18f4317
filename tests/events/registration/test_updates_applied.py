"""A session that moves, moves again and is called off, as calendars take it in from the letters."""

import datetime as dt
from typing import Any

import icalendar
import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from events.models import Event
from tests.calendars import Read, with_ical_js, with_icalendar, with_vobject
from tests.events.registration.gathering import coming, feed_path, gathering
from tests.events.registration.test_changes import call_off, letters, move

pytestmark = pytest.mark.django_db(transaction=True)
READERS = [with_icalendar, with_vobject, pytest.param(with_ical_js, marks=pytest.mark.nodejs)]


def take_in(read: Any, letter: Any, kept: dict[str, Read]) -> list[str]:
    """Apply a letter as RFC 5546 (2.1.5, 3.2.2, 3.2.5) tells calendars to; gives the methods of sessions' entries."""
    methods = []
    for part in (each for each in letter.walk() if each.get_content_type() == "text/calendar"):
        (entry,) = read(part.get_payload(decode=True))
        known = kept.get(entry.uid)
        if known and entry.sequence < known.sequence:
            continue
        if not entry.summary.startswith(("Climate Forum", "İklim Forumu")):
            methods.append(part.get_param("method"))
        if part.get_param("method") == "CANCEL":
            kept.pop(entry.uid, None)
        else:
            kept[entry.uid] = entry
    return methods


@pytest.fixture
def event() -> Event:
    return gathering()


@pytest.mark.parametrize("language", ["tr", "en"])
@pytest.mark.parametrize("read", READERS)
def test_a_calendar_follows_letter_by_letter(read: Any, language: str, event: Event, client: Client) -> None:
    row = coming(event, "Ali", "Water")
    type(row).objects.filter(pk=row.pk).update(language=language)
    uid = str(event.sessions.get(title_en="Water").uid)
    kept: dict[str, Read] = {}
    seen, start = [], timezone.now()
    for days, act in enumerate((lambda: move(event, "Water", 11), lambda: move(event, "Water", 12))):
        with time_machine.travel(start + dt.timedelta(days=days)):
            act()
            methods = take_in(read, letters()["Ali"], kept)
            seen.append((methods, kept[uid].start, kept[uid].sequence, kept[uid].summary))
    with time_machine.travel(start + dt.timedelta(days=3)):
        call_off(event, "Water")
        seen.append((take_in(read, letters()["Ali"], kept), uid in kept))
    day = dt.datetime(2027, 6, 10, tzinfo=dt.UTC)
    assert seen == [
        (["REQUEST"], day.replace(hour=8), 1, "Water"),
        (["REQUEST"], day.replace(hour=9), 2, "Water"),
        (["CANCEL"], False),
    ]
    body = client.get(feed_path(row, language)).content
    (entry,) = [each for each in icalendar.Calendar.from_ical(body).walk("VEVENT") if each["UID"] == uid]
    assert (str(entry["STATUS"]), int(entry["SEQUENCE"])) == ("CANCELLED", 3)
