"""Words for the journeys: an officer at the shell, a reader with a browser or a calendar, a printed programme."""

import contextlib
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import icalendar
import pypdf
import pytest
from django.core.management import call_command
from django.test import Client

SAMPLES = Path(__file__).parent.parent / "samples"

Entries = dict[str, icalendar.Event]


@pytest.fixture
def officer() -> Callable[..., str]:
    """Run a command as the officer would; give back its last line, whatever the exit status."""

    def run(*arguments: str, **options: Any) -> str:
        out = io.StringIO()
        with contextlib.suppress(SystemExit):
            call_command(*arguments, stdout=out, stderr=io.StringIO(), **options)
        lines = out.getvalue().strip().splitlines()
        return lines[-1] if lines else ""

    return run


@pytest.fixture
def page(client: Client) -> Callable[[str], str]:
    """Open a public page; give back its HTML."""

    def open_page(path: str) -> str:
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.content.decode()

    return open_page


@pytest.fixture
def calendar(client: Client) -> Callable[[str], Entries]:
    """Ask for a feed as a calendar program does; give back its entries by UID."""

    def subscribe(path: str) -> Entries:
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        read = icalendar.Calendar.from_ical(answer.content)
        return {str(entry["UID"]): entry for entry in read.walk("VEVENT")}

    return subscribe


@pytest.fixture
def raw_entries(client: Client) -> Callable[[str], dict[str, bytes]]:
    """The bytes of each entry of a feed by UID."""

    def read(path: str) -> dict[str, bytes]:
        blocks = client.get(path).content.split(b"BEGIN:VEVENT\r\n")[1:]
        found = {}
        for block in blocks:
            uid = next(line for line in block.split(b"\r\n") if line.startswith(b"UID:"))
            found[uid[4:].decode()] = block.split(b"END:VEVENT")[0]
        return found

    return read


@pytest.fixture
def paper(tmp_path: Path) -> Callable[..., str]:
    """Print a programme; give back the text that a screen reader finds in the PDF, in one line."""

    def print_programme(slug: str, language: str = "tr") -> str:
        target = tmp_path / f"{slug}-{language}.pdf"
        call_command("render_programme", slug, language=language, output=target)
        text = " ".join(each.extract_text() for each in pypdf.PdfReader(target).pages)
        return " ".join(text.replace("\u00ad", "").split())

    return print_programme
