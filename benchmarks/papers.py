"""The printed programme beside WeasyPrint on a plain page of the same texts; and 1,000 sessions beside 500."""

import subprocess
import sys
from collections.abc import Iterator

from django.template.loader import render_to_string

from benchmarks.measuring import Figure, cpu_of, seconds
from events.documents.paper import fonts
from events.documents.store import make_pdf
from events.models import ProgrammeRelease
from events.programme import open_programme


def figures(small: ProgrammeRelease, large: ProgrammeRelease) -> Iterator[Figure]:
    """Both lines of the table; each PDF is set twice, because it takes seconds, and the lesser counts."""
    ours, floor, larger = [], [], []
    for _round in range(2):
        ours.append(cpu_of(lambda: make_pdf(small, "tr")))
        floor.append(cpu_of(lambda: _plain(small)))
        larger.append(cpu_of(lambda: make_pdf(large, "tr")))
    yield Figure(
        "PDF, CPU beside WeasyPrint on a plain page",
        min(ours) / min(floor),
        2.0,
        at_most=True,
        detail=f"CPU {seconds(ours)} beside {seconds(floor)}",
    )
    yield Figure(
        "PDF of 1,000 sessions beside 500",
        min(larger) / min(ours),
        2.2,
        at_most=True,
        detail=f"CPU {seconds(larger)} beside {seconds(ours)}",
    )


def _plain(release: ProgrammeRelease) -> None:
    html = render_to_string("programme_pdf.html", {"programme": open_programme(release)})
    command = [sys.executable, "-m", "benchmarks.floors.plain_pdf", fonts()["sans.ttf"]]
    done = subprocess.run(command, input=html.encode(), stdout=subprocess.PIPE, check=True)
    assert done.stdout.startswith(b"%PDF")
