"""Feed and page through gunicorn: requests a second beside a constant view and a view of the same bytes."""

from collections.abc import Iterator

from benchmarks.measuring import Figure, interleaved, rate, undisturbed
from benchmarks.serving import Site

ROUNDS = 15
CONSTANT = "/calendars/tr/floor"


def figures(site: Site, slug: str, *, redis: bool) -> Iterator[Figure]:
    """The lines of the table that are told in requests a second."""
    where = "with Redis" if redis else "no Redis"
    feed, page = f"/calendars/tr/{slug}.ics", f"/tr/etkinlikler/{slug}/program/"
    yield _conditional(site, feed, f"feed asked again with its ETag, {where}", 0.7 if redis else 0.5)
    yield _in_full(site, feed, f"feed in full, {where}")
    yield _in_full(site, page, f"programme page unchanged, {where}")


def _conditional(site: Site, path: str, name: str, bound: float) -> Figure:
    header = f"If-None-Match: {_header(site.ask(path)[1], 'ETag')}"
    ours, floor = interleaved(ROUNDS, lambda: site.rate(path, header, status=304), lambda: site.rate(CONSTANT))
    return Figure(
        name, undisturbed(ours) / undisturbed(floor), bound, at_most=False, detail=f"{rate(ours)} beside {rate(floor)}"
    )


def _in_full(site: Site, path: str, name: str) -> Figure:
    same = f"{CONSTANT}{path}"
    body = site.ask(path)[2]
    assert body == site.ask(same)[2]
    ours, floor = interleaved(ROUNDS, lambda: site.rate(path), lambda: site.rate(same))
    detail = f"{rate(ours)} beside {rate(floor)}, {len(body)} bytes"
    return Figure(name, undisturbed(ours) / undisturbed(floor), 0.5, at_most=False, detail=detail)


def _header(head: bytes, name: str) -> str:
    lines = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
    return lines[name]
