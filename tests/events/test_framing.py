"""The frame of kept pages: another one drops them, and none drawn in the old one is kept."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client

from events.framing import frame_stamp, next_change, settle_frame, still_counts
from events.models import PageFrame, Rendering
from events.release import release_programme
from events.views import programme_page
from tests.factories import EventFactory

pytestmark = pytest.mark.django_db
PATH = "/en/events/forum/programme/"
NOON = dt.datetime(2027, 5, 3, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _released() -> Any:
    with time_machine.travel(dt.datetime(2027, 5, 3, 9, tzinfo=dt.UTC), tick=False):
        release_programme(event=EventFactory(slug="forum", with_sessions=1))
        yield


def settled(stamp: str, *moments: dt.datetime) -> bool:
    return settle_frame(lambda: (stamp, moments))


def test_another_frame_counts_at_once_and_the_same_changes_nothing(client: Client) -> None:
    assert [settled("a", NOON), frame_stamp(), still_counts("a")] == [True, "a", True]
    assert PageFrame.objects.get().moments == ["2027-05-03T12:00:00+00:00"]
    client.get(PATH)
    before = list(Rendering.objects.values_list("pk", "created_at"))
    assert [settled(frame_stamp()), list(Rendering.objects.values_list("pk", "created_at"))] == [False, before]
    assert [settled("b"), Rendering.objects.count(), still_counts("a")] == [True, 0, False]


def test_only_what_stands_in_it_is_dropped(client: Client) -> None:
    client.get(PATH), client.get("/exchange/forum/schedule.json")
    settled("b")
    assert list(Rendering.objects.values_list("kind", flat=True)) == ["schedule.json"]


def test_a_page_drawn_in_the_old_frame_meanwhile_is_not_kept(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody changes a menu while the page is rendered: it is rendered again."""
    client.get("/en/events/")
    render: Callable[..., str] = programme_page.programme_html
    stamps: list[str] = []

    def rendered(*args: Any, **kwargs: Any) -> str:
        made = render(*args, **kwargs)
        stamps.append(frame_stamp())
        if len(stamps) == 1:
            settled("changed meanwhile")
        return made

    monkeypatch.setattr(programme_page, "programme_html", rendered)
    assert client.get(PATH).status_code == 200
    # The second one stands in a frame that settled itself again: what really stands there is what counts.
    assert (len(stamps) >= 2, frame_stamp(), Rendering.objects.count()) == (True, stamps[-1], 1)


def test_a_page_counts_until_the_frame_looks_different_by_itself() -> None:
    """Here: a notice appears at noon, long before the event is over."""
    settled("a", NOON, NOON + dt.timedelta(hours=2))
    release = EventFactory(slug="other", with_sessions=1)
    made = release_programme(event=release)
    assert made
    PageFrame.objects.update(moments=[NOON.isoformat(), (NOON + dt.timedelta(hours=2)).isoformat()])
    found = [next_change()]
    with time_machine.travel(NOON, tick=False):
        found.append(next_change())
    with time_machine.travel(NOON + dt.timedelta(hours=2), tick=False):
        found.append(next_change())
    assert found == [NOON, NOON + dt.timedelta(hours=2), None]
