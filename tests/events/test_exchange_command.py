"""``manage.py import_programme``: its last line, its exit codes, and what stays when it fails."""

import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from events.models import Event
from tests.events.exchange_files import SAMPLES, text_table
from tests.factories import EventFactory, VenueFactory

pytestmark = pytest.mark.django_db

TABLE = text_table(["Başlık", "Gün", "Başlangıç"], ["Açılış", "2027-06-10", "09:00"])


@pytest.fixture
def table(tmp_path: Path) -> str:
    file = tmp_path / "program.bin"
    file.write_bytes(TABLE)
    return str(file)


def run(*arguments: str) -> tuple[int, list[str]]:
    """Exit code and lines of stdout; what goes to stderr is the only line where the code is 2."""
    out = StringIO()
    try:
        call_command("import_programme", *arguments, stdout=out)
    except CommandError as error:
        return error.returncode, [*out.getvalue().splitlines(), str(error)]
    except SystemExit as stop:
        return int(str(stop.code)), out.getvalue().splitlines()
    return 0, out.getvalue().splitlines()


def test_a_new_event_takes_its_title_from_the_file_where_none_is_given() -> None:
    code, lines = run(str(SAMPLES / "pretalx-export.json"), "--event", "konferans", "--create", "--release")
    assert (code, lines[-1]) == (0, "created=119 changed=0 unchanged=0 draft=0 refused=0 release=1")
    event = Event.objects.get()
    assert (event.slug, event.title_tr, event.title_en, event.kind, event.time_zone) == (
        "konferans",
        "Örnek Kentler Konferansı & Fuarı",
        "",
        "conference",
        "Europe/Istanbul",
    )
    code, lines = run(str(SAMPLES / "pretalx-export.xml"), "--event", "konferans", "--release")
    assert (code, lines[-1]) == (0, "created=0 changed=0 unchanged=119 draft=0 refused=0 release=none")


def test_refused_rows_keep_the_others_and_release_nothing() -> None:
    code, lines = run(str(SAMPLES / "forum.xlsx"), "--event", "forum", "--create", "--release", "--language", "en")
    assert (code, lines) == (
        1,
        [
            "Refused: Row 72, G2-28, Bitiş “14:15”: the end is before the start",
            "Check: Row 104, G3-19, Tür “Sürpriz”: unknown kind; kept as “other”",
            "Left out as a copy: Row 36, G1-33, Kod: the same as row 35",
            "Left out as a copy: Row 120, G3-13, Kod: the same as row 98",
            "Missing: no English title in 5 rows: 9, 21, 56, 90, 112",
            "Missing: no end; kept with its start only in 2 rows: 30, 64",
            "Missing: no start; kept untimed in 1 row: 125",
            "Columns not read: Yardımcı",
            "Nothing was released, because rows were refused.",
            "created=119 changed=0 unchanged=2 draft=1 refused=1 release=none",
        ],
    )
    assert Event.objects.get().title_tr.startswith("ÖRNEK BELEDİYELER FORUMU 2027")


def test_given_facts_go_before_those_of_the_file(table: str) -> None:
    facts = ("--kind", "webinar", "--title-tr", "Söyleşi", "--title-en", "Talk", "--time-zone", "Europe/Berlin")
    assert run(table, "--event", "soylesi", "--create", *facts)[0] == 0
    event = Event.objects.get()
    assert (event.kind, event.title_tr, event.title_en, event.time_zone) == (
        "webinar",
        "Söyleşi",
        "Talk",
        "Europe/Berlin",
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--event", "yok"), "There is no event “yok”. Add --create to make it."),
        (
            ("--event", "yeni", "--create"),
            "The file has no title for the event. Give one with --title-tr or --title-en.",
        ),
        (("--event", "dolu", "--create", "--title-tr", "x"), "Event with this Address already exists."),
        (("--event", "Büyük Harf", "--create", "--title-tr", "x"), "Use small letters a–z, digits and single hyphens."),
        (("--event", "events", "--create", "--title-tr", "x"), "“events” is reserved. Choose another address."),
        (
            ("--event", "yeni", "--create", "--title-tr", "x", "--time-zone", "Europe/Atlantis"),
            "“Europe/Atlantis” is not a time zone. Write it like Europe/Istanbul.",
        ),
        (("--event", "dolu", "--title-tr", "x"), "Kind, titles and time zone are for a new event: add --create."),
    ],
)
def test_arguments_that_cannot_be_keep_nothing(table: str, arguments: tuple[str, ...], message: str) -> None:
    EventFactory(slug="dolu")
    code, lines = run(table, *arguments, "--language", "en")
    assert (code, [line.casefold() for line in lines]) == (2, [message.casefold()])
    assert list(Event.objects.values_list("slug", "sessions")) == [("dolu", None)]


def test_a_file_that_cannot_be_read_keeps_nothing(tmp_path: Path) -> None:
    file = tmp_path / "programme.xlsx"
    assert run(str(file), "--event", "x", "--create", "--language", "en") == (
        2,
        ["The file cannot be opened: No such file or directory"],
    )
    file.write_bytes(b"Ad;Soyad\n")
    assert run(str(file), "--event", "x", "--create", "--language", "en") == (
        2,
        ["No row with column names was found. A title and a day, for example, are needed."],
    )
    assert not Event.objects.exists()


def test_a_dry_run_does_not_even_make_the_event(table: str) -> None:
    code, lines = run(table, "--event", "yeni", "--create", "--title-tr", "Söyleşi", "--dry-run", "--language", "en")
    assert (code, lines[-2:]) == (
        0,
        [
            "This was a trial: nothing was kept.",
            "created=1 changed=0 unchanged=0 draft=0 refused=0 release=none",
        ],
    )
    assert not Event.objects.exists()


def test_a_venue_that_all_rows_name_is_the_events_own(tmp_path: Path) -> None:
    venue = VenueFactory(name_tr="Kongre Merkezi")
    file = tmp_path / "program.csv"
    file.write_bytes(text_table(["Başlık", "Gün", "Mekân"], ["Açılış", "2027-06-10", "KONGRE MERKEZİ"]))
    assert run(str(file), "--event", "yeni", "--create", "--title-tr", "Söyleşi")[0] == 0
    assert Event.objects.get().venue == venue


def test_wrong_usage_ends_with_two() -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "import_programme", "x.csv", "--event", "x", "--kind", "party"],
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
