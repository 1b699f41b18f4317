"""Import and release as commands: CPU beyond ``manage.py check`` measured in the same run."""

import gc
import statistics
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from benchmarks.content import write_workbook
from benchmarks.measuring import Figure, cpu_of, interleaved, ratio, seconds
from benchmarks.rendering import change_one
from events.models import Event
from events.release import release_programme

ROUNDS = 3
#: Ten times the rows may take ten times as long, and a tenth more for what a busy machine adds.
LINEAR = 11


def figures(folder: Path, small: str, large: str) -> Iterator[Figure]:
    """Release and import of 500 and of 5,000; ``small`` and ``large`` are released events of that many sessions."""
    check, releases = interleaved(ROUNDS, lambda: _run("check"), lambda: _release(small))
    yield _beyond_check("release of one change", 1, check, releases)
    yield _linear("release of one change", *interleaved(ROUNDS, lambda: _verb(small), lambda: _verb(large)))
    books = {number: folder / f"{number}.xlsx" for number in (500, 5000)}
    for number, path in books.items():
        write_workbook(path, number)
    slugs = (f"iceri-{number}" for number in count())
    check, imports, large_imports = interleaved(
        ROUNDS,
        lambda: _run("check"),
        lambda: _import(books[500], next(slugs)),
        lambda: _import(books[5000], next(slugs)),
    )
    yield _beyond_check("import of 500 rows", 3, check, imports)
    yield _linear("import of 500 rows", _beyond(imports, check), _beyond(large_imports, check))


def _beyond_check(name: str, bound: float, check: list[float], values: list[float]) -> Figure:
    beyond = statistics.median(_beyond(values, check))
    detail = f"CPU {seconds(values)} beside {seconds(check)} of check"
    return Figure(f"{name}, CPU beyond check", beyond, bound, at_most=True, unit="s", detail=detail)


def _linear(name: str, small: list[float], large: list[float]) -> Figure:
    detail = f"{seconds(large)} beside {seconds(small)}"
    return Figure(f"{name}: 5,000 beside 500", ratio(large, small), LINEAR, at_most=True, detail=detail)


def _beyond(values: list[float], check: list[float]) -> list[float]:
    return [value - base for value, base in zip(values, check, strict=True)]


def _release(slug: str) -> float:
    change_one(slug)
    return _run("release_programme", slug)


def _verb(slug: str) -> float:
    """The act alone: beside the start of a process its cost for 500 is lost in what starts vary by."""
    change_one(slug)
    event = Event.objects.get(slug=slug)
    gc.collect()
    return cpu_of(lambda: release_programme(event=event))


def _import(path: Path, slug: str) -> float:
    return _run(
        "import_programme", str(path), "--event", slug, "--create", "--title-tr", "Ölçüm", "--kind", "conference"
    )


def _run(*arguments: str) -> float:
    command = [sys.executable, "manage.py", *arguments]
    return cpu_of(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL))
