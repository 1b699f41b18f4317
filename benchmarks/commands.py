"""Import and release as commands: CPU beyond ``manage.py check`` measured in the same run."""

import statistics
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from benchmarks.content import write_workbook
from benchmarks.measuring import Figure, cpu_of, interleaved, seconds
from benchmarks.rendering import change_one

ROUNDS = 3
#: Ten times the rows may take ten times as long, and a tenth more for what a busy machine adds.
LINEAR = 11


def figures(folder: Path, small: str, large: str) -> Iterator[Figure]:
    """Release and import of 500 and of 5,000; ``small`` and ``large`` are released events of that many sessions."""
    check, releases, large_releases = interleaved(
        ROUNDS, lambda: _run("check"), lambda: _release(small), lambda: _release(large)
    )
    yield from _figures("release of one change", 1, check, releases, large_releases)
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
    yield from _figures("import of 500 rows", 3, check, imports, large_imports)


def _figures(name: str, bound: float, check: list[float], small: list[float], large: list[float]) -> Iterator[Figure]:
    beyond, beyond_large = _beyond(small, check), _beyond(large, check)
    detail = f"CPU {seconds(small)} beside {seconds(check)} of check"
    yield Figure(f"{name}, CPU beyond check", beyond, bound, at_most=True, unit="s", detail=detail)
    detail = f"5,000: {beyond_large:.2f} s"
    yield Figure(f"{name}: 5,000 beside 500", beyond_large / beyond, LINEAR, at_most=True, detail=detail)


def _beyond(values: list[float], check: list[float]) -> float:
    return statistics.median(value - base for value, base in zip(values, check, strict=True))


def _release(slug: str) -> float:
    change_one(slug)
    return _run("release_programme", slug)


def _import(path: Path, slug: str) -> float:
    return _run(
        "import_programme", str(path), "--event", slug, "--create", "--title-tr", "Ölçüm", "--kind", "conference"
    )


def _run(*arguments: str) -> float:
    command = [sys.executable, "manage.py", *arguments]
    return cpu_of(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL))
