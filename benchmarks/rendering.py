"""What the first reader after a release costs: feed and page, beside rendering all and a plain template."""

import datetime as dt
import gc
from collections.abc import Iterator

from django.test import Client

from benchmarks.measuring import Figure, cpu_of, interleaved, ratio, seconds
from events.models import Event, Rendering, Session
from events.release import release_programme

ROUNDS = 7


def figures(slug: str) -> Iterator[Figure]:
    """The lines of the table that are told in CPU of a first rendering."""
    client = Client(headers={"host": "127.0.0.1"})
    yield _feed(client, slug)
    yield _page(client, slug)


def change_one(slug: str) -> None:
    """Move one session by a minute."""
    session = Session.objects.filter(event__slug=slug).order_by("?")[0]
    start = (dt.datetime.combine(session.day, session.start or dt.time(9)) + dt.timedelta(minutes=1)).time()
    Session.objects.filter(pk=session.pk).update(start=start)


def _feed(client: Client, slug: str) -> Figure:
    path = f"/calendars/tr/{slug}.ics"
    _get(client, path)
    ours, floor = interleaved(ROUNDS, lambda: _after_a_change(client, path, slug), lambda: _anew(client, path))
    return Figure(
        "first feed after one session changed, beside rendering all",
        ratio(ours, floor),
        1 / 20,
        at_most=True,
        detail=f"CPU {seconds(ours)} beside {seconds(floor)}",
    )


def _after_a_change(client: Client, path: str, slug: str) -> float:
    change_one(slug)
    assert release_programme(event=Event.objects.get(slug=slug))
    return _first(client, path)


def _anew(client: Client, path: str) -> float:
    Rendering.objects.all().delete()
    return _first(client, path)


def _first(client: Client, path: str) -> float:
    """The CPU of one request, in a process that is at ease."""
    gc.collect()
    _get(client, "/healthz")
    return cpu_of(lambda: _get(client, path))


def _page(client: Client, slug: str) -> Figure:
    page, floor_page = f"/tr/etkinlikler/{slug}/program/", f"/tr/etkinlikler/floor/{slug}"
    _get(client, page), _get(client, floor_page)
    ours, floor = interleaved(ROUNDS, lambda: _after_a_change(client, page, slug), lambda: _first(client, floor_page))
    return Figure(
        "programme page first after a release, beside a plain template",
        ratio(ours, floor),
        1.5,
        at_most=True,
        detail=f"CPU {seconds(ours)} beside {seconds(floor)}",
    )


def _get(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200, path
