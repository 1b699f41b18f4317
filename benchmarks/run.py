"""The groups of figures, and the verdict: status 1 where a line does not hold."""

import time
from collections.abc import Callable, Iterable, Iterator

import redis
from django.conf import settings

from benchmarks import commands, doors, papers, registering, rendering, requests
from benchmarks.content import make_event
from benchmarks.environment import FOLDER
from benchmarks.measuring import Figure
from benchmarks.serving import serving
from events.models import Event, Job, ProgrammeRelease
from events.release import release_programme

SMALL, DOUBLE, LARGE = "olcum", "olcum-1000", "olcum-5000"
REDIS = "redis://127.0.0.1:6379/11"


def _prepare(slug: str, sessions: int) -> ProgrammeRelease:
    """The newest release of an event of so many sessions, made where it is missing."""
    if not Event.objects.filter(slug=slug).exists():
        release_programme(event=make_event(slug, sessions))
    # Nothing works in the background while something is measured.
    Job.objects.all().delete()
    return ProgrammeRelease.objects.filter(event__slug=slug).latest("number")


def _requests() -> Iterator[Figure]:
    _prepare(SMALL, 500)
    with serving() as site:
        yield from requests.figures(site, SMALL, redis=False)
    if _redis_answers():
        with serving(REDIS_URL=REDIS) as site:
            yield from requests.figures(site, SMALL, redis=True)
    else:
        print(f"NOT MEASURED: the lines with Redis, because none answers at {REDIS}")


def _redis_answers() -> bool:
    try:
        return bool(redis.Redis.from_url(REDIS).ping())
    except redis.RedisError:
        return False


def _rendering() -> Iterator[Figure]:
    _prepare(SMALL, 500)
    yield from rendering.figures(SMALL)


def _commands() -> Iterator[Figure]:
    _prepare(SMALL, 500)
    _prepare(LARGE, 5000)
    yield from commands.figures(FOLDER, SMALL, LARGE)


def _papers() -> Iterator[Figure]:
    yield from papers.figures(_prepare(SMALL, 500), _prepare(DOUBLE, 1000))


def _doors() -> Iterator[Figure]:
    _prepare(SMALL, 500)
    yield from doors.figures(SMALL)


def _registering() -> Iterator[Figure]:
    _prepare(SMALL, 500)
    yield from registering.figures(SMALL)


GROUPS: dict[str, Callable[[], Iterator[Figure]]] = {
    "requests": _requests,
    "rendering": _rendering,
    "commands": _commands,
    "papers": _papers,
    "registering": _registering,
    "doors": _doors,
}


def main(names: Iterable[str]) -> int:
    """Measure, print each figure as it comes, and say by the status whether every line holds."""
    began, figures = time.monotonic(), []
    print(f"500 sessions, 3 days, 10 rooms, 300 people; {settings.DATABASES['default']['ENGINE'].rpartition('.')[2]}")
    for group in names or GROUPS:
        for figure in GROUPS[group]():
            print(figure, flush=True)
            figures.append(figure)
    failed = [figure.name for figure in figures if not figure.holds]
    verdict = f"not holding: {'; '.join(failed)}" if failed else "all hold"
    print(f"{len(figures)} lines in {time.monotonic() - began:.0f} s; {verdict}")
    return 1 if failed else 0
