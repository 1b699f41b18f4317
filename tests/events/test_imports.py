"""Large files: tried and imported by jobs, which may die and run twice; files that go away in time."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from events import periodic, progress
from events.erasure import erase_person
from events.exchange.child import read
from events.exchange.clocks import on_clock_of
from events.exchange.export import export_programme
from events.exchange.imports import AT_ONCE, do_import, drop_import, receive_file, try_again
from events.models import Event, Job, Person, ProgrammeImport, Session
from tests.events.exchange_files import text_table
from tests.factories import EventFactory, PersonFactory, UserFactory

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
MANY = AT_ONCE + 20
HEADER = ["Kod", "Gün", "Başlangıç", "Bitiş", "Başlık (TR)", "Başlık (EN)", "Salon", "Konuşmacılar"]


def rows(number: int, title: str = "Oturum") -> bytes:
    """So many sessions, ten a day, each with its speaker."""
    return text_table(
        HEADER,
        *(
            [
                f"K-{each}",
                f"{each // 10 % 28 + 1:02d}.{each // 280 + 1:02d}.2027",
                f"{each % 10 + 9:02d}:00",
                f"{each % 10 + 9:02d}:45",
                f"{title} {each}",
                "",
                f"Salon {each % 4}",
                f"Örnek Kişi {each % 30} — Uzman",
            ]
            for each in range(number)
        ),
    )


@pytest.fixture
def officer() -> Any:
    return UserFactory(officer=True)


@pytest.fixture
def event() -> Event:
    made: Event = EventFactory()
    return made


def fresh(upload: ProgrammeImport) -> ProgrammeImport:
    return ProgrammeImport.objects.select_related("event", "job").get(pk=upload.pk)


def tried(event: Event, data: bytes, officer: Any) -> ProgrammeImport:
    """A large file whose trial a job has done."""
    upload = receive_file(event=event, data=data, name="program.csv", by=officer)
    periodic.run_due_jobs()
    return fresh(upload)


def said(upload: ProgrammeImport) -> tuple[str, dict[str, int], int]:
    upload = fresh(upload)
    return upload.stage, upload.counts, upload.event.sessions.count()


def counts(**named: int) -> dict[str, int]:
    return {"created": 0, "changed": 0, "unchanged": 0, "draft": 0, "refused": 0, **named}


def test_a_large_file_is_tried_and_imported_by_jobs(event: Event, officer: Any) -> None:
    """Nobody waits for it; each job keeps counts and no word of the file."""
    upload = fresh(receive_file(event=event, data=rows(MANY), name="program.csv", by=officer))
    assert upload.stage == "trying"
    assert (upload.job and upload.job.kind, upload.job and upload.job.owner) == ("try_import", officer)
    periodic.run_due_jobs()
    assert said(upload) == ("tried", counts(created=MANY), 0)
    do_import(upload=fresh(upload), agreed=fresh(upload).digest, by=officer)
    assert said(upload)[0] == "importing"
    periodic.run_due_jobs()
    assert said(upload) == ("done", counts(created=MANY), MANY)
    assert [(job.kind, job.state, job.result) for job in Job.objects.order_by("pk")] == [
        ("try_import", "done", {"stage": "tried", "outdated": False, **counts(created=MANY)}),
        ("import_programme", "done", {"stage": "done", "outdated": False, **counts(created=MANY)}),
    ]


def test_a_job_that_runs_twice_leaves_the_same(event: Event, officer: Any) -> None:
    upload = tried(event, rows(MANY), officer)
    do_import(upload=upload, agreed=upload.digest, by=officer)
    periodic.run_due_jobs()
    before = list(Session.objects.order_by("pk").values())
    Job.objects.update(state="queued", finished_at=None, leased_until=None)
    periodic.run_due_jobs()
    assert list(Session.objects.order_by("pk").values()) == before
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}


def test_what_a_job_does_is_what_was_shown(event: Event, officer: Any) -> None:
    """The programme changes while the job waits: it keeps the new trial and imports nothing."""
    upload = tried(event, rows(MANY), officer)
    do_import(upload=upload, agreed=upload.digest, by=officer)
    receive = receive_file(event=event, data=rows(3, "Başka"), name="other.csv", by=officer)
    do_import(upload=fresh(receive), agreed=fresh(receive).digest, by=officer)
    periodic.run_due_jobs()
    assert said(upload) == ("tried", counts(created=MANY - 3, changed=3), 3)
    assert fresh(upload).outdated
    assert Job.objects.get(kind="import_programme").result["outdated"]


@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_it_is_done_once(event: Event, officer: Any) -> None:
    """The process dies inside the transaction: nothing is kept; the sweep does it all, once."""
    upload = tried(event, rows(MANY), officer)
    do_import(upload=upload, agreed=upload.digest, by=officer)
    job = Job.objects.get(kind="import_programme")
    environ = os.environ | {
        "WORKER_DATABASE": str(connection.settings_dict["NAME"]),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    command = [sys.executable, "-m", "tests.events.killed_import", str(job.pk)]
    assert subprocess.run(command, cwd=ROOT, env=environ, check=False).returncode == -signal.SIGKILL
    job.refresh_from_db()
    assert (job.state, said(upload)[0], Session.objects.count(), Person.objects.count()) == (
        "running",
        "importing",
        0,
        0,
    )
    periodic.run_due_jobs()
    assert Session.objects.count() == 0
    Job.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    periodic.run_due_jobs()
    assert said(upload) == ("done", counts(created=MANY), MANY)
    assert Person.objects.count() == 30


def test_progress_is_told_while_the_transaction_is_open(event: Event, officer: Any) -> None:
    """In the cache, because nobody else sees what a transaction wrote; forgotten when the job has ended."""
    job = Job.objects.create(kind="import_programme", state="running", attempts=1)
    tell = progress.teller(job)
    with time_machine.travel(timezone.now(), tick=True):
        tell(30, 120)
        tell(31, 120)
    assert progress.seen(job) == (30, 120)
    job.state = "done"
    assert progress.seen(job) == (0, None)
    cache.clear()


def test_a_large_file_that_cannot_be_read_after_all_is_said_so(event: Event, officer: Any) -> None:
    upload = receive_file(event=event, data=rows(MANY), name="program.csv", by=officer)
    ProgrammeImport.objects.update(data=b"\x89PNG\x81")
    periodic.run_due_jobs()
    assert fresh(upload).problem == {"code": "unknown_encoding", "detail": {}}
    assert [(job.state, job.attempts, job.error) for job in Job.objects.all()] == [
        ("failed", 1, "FileRefused: unknown_encoding")
    ]


def test_who_lost_the_right_meanwhile_imports_nothing(event: Event, officer: Any) -> None:
    """Rights are asked when the work is done; an account that is gone is nobody, not the site itself."""
    upload = tried(event, rows(MANY), officer)
    do_import(upload=upload, agreed=upload.digest, by=officer)
    officer.groups.clear()
    periodic.run_due_jobs()
    job = Job.objects.get(kind="import_programme")
    assert (job.state, job.error.partition(":")[0]) == ("queued", "PermissionDenied")
    officer.delete()
    Job.objects.update(due_at=timezone.now())
    periodic.run_due_jobs()
    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", "The account that started this is gone.")
    assert Session.objects.count() == 0


@pytest.mark.parametrize("who", ["reader", "editor"])
def test_each_step_asks_for_the_right(who: str, event: Event, officer: Any) -> None:
    other = UserFactory(**{who: True})
    upload = receive_file(event=event, data=rows(2), name="program.csv", by=officer)
    for step in (
        lambda: receive_file(event=event, data=rows(2), name="program.csv", by=other),
        lambda: try_again(upload=fresh(upload), by=other),
        lambda: do_import(upload=fresh(upload), agreed=fresh(upload).digest, by=other),
        lambda: drop_import(upload=fresh(upload), by=other),
    ):
        with pytest.raises(PermissionDenied):
            step()
    assert said(upload) == ("tried", counts(created=2), 0)


def test_files_go_by_the_clock(event: Event, officer: Any) -> None:
    """An upload nobody touches waits a day; what an import did can be read for a month."""
    with time_machine.travel(timezone.now(), tick=False) as clock:
        waiting = receive_file(event=event, data=rows(2), name="waiting.csv", by=officer)
        done = receive_file(event=event, data=rows(1), name="done.csv", by=officer)
        do_import(upload=fresh(done), agreed=fresh(done).digest, by=officer)
        left = []
        for days in (0.9, 0.2, 28, 1):
            clock.shift(timedelta(days=days))
            periodic.forget_uploads()
            left.append(sorted(ProgrammeImport.objects.values_list("name", flat=True)))
    assert left == [["done.csv", "waiting.csv"], ["done.csv"], ["done.csv"], []]
    assert waiting.pk


def test_an_erasure_takes_files_along(event: Event, officer: Any) -> None:
    """Whatever is packed in a file that waits; of an import that was done the counts stay."""
    person = PersonFactory(name="Zümrüt Kanaryakuşu")
    row = ["K-1", "01.01.2027", "09:00", "10:00", "Açılış", "", "", person.name]
    done = receive_file(event=event, data=text_table(HEADER, row), name=f"{person.name}.csv", by=officer)
    do_import(upload=fresh(done), agreed=fresh(done).digest, by=officer)
    receive_file(event=event, data=text_table(HEADER, row), name="again.csv", by=officer)
    erase_person(person=person)
    assert [(row.name, row.outcome, bytes(row.data), row.counts) for row in ProgrammeImport.objects.all()] == [
        ("–", {}, b"", counts(created=1))
    ]


def test_out_and_in_again_shows_exactly_what_was_changed(event: Event, officer: Any) -> None:
    """The spreadsheet as the officer's other tool: one cell of one row changed is one field of one session."""
    first = receive_file(event=event, data=rows(12), name="program.csv", by=officer)
    do_import(upload=fresh(first), agreed=fresh(first).digest, by=officer)
    out = export_programme(event=event, form="csv", language="tr", by=officer).decode("utf-8-sig")
    back = receive_file(event=event, data=out.encode(), name="program.csv", by=officer)
    assert said(back) == ("tried", counts(unchanged=12), 12)
    changed = out.replace("Oturum 7;", "Oturum yedi;")
    upload = fresh(receive_file(event=event, data=changed.encode(), name="program.csv", by=officer))
    assert upload.counts == counts(changed=1, unchanged=11)
    [row] = [row for row in upload.outcome["rows"] if row["act"] == "changed"]
    assert (row["ref"], row["fields"]) == ("K-7", [["title_tr", "Oturum 7", "Oturum yedi"]])


def test_times_of_another_zone_become_moments() -> None:
    """A row that states its own zone keeps it."""
    header = ["Title", "Day", "Start", "Start time zone"]
    table = text_table(header, ["A", "2027-06-10", "10:00", ""], ["B", "2027-06-10", "10:00", "Europe/Paris"])
    reading = on_clock_of(read(table), "Europe/London")
    assert [row.start and row.start.isoformat() for row in reading.rows] == [
        "2027-06-10T10:00:00+01:00",
        "2027-06-10T10:00:00",
    ]
