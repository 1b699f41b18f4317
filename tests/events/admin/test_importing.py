"""The import wizard without a browser: each step, what stays when something is wrong, and that what was shown is done."""

import datetime as dt
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from events.models import ColumnMatch, Event, ProgrammeImport
from events.views.admin.importing import trial
from tests.events.exchange_files import workbook
from tests.events.test_exchange_hostile import HOSTILE
from tests.factories import EventFactory

pytestmark = pytest.mark.django_db

HEADER = "ref,day,start,end,title_tr,title_en,status,speakers\n"
OPENING = "A-1,2027-06-10,09:00,10:00,Açılış,Opening,,Ayşe Örnek\n"
UNKNOWN = (
    "Programımız;;;;\nNe vakit;Kaçta;Bitişi;Ne anlatılıyor;Nerede\n"
    "10.06.2027;09:00;10:00;Açılış;Büyük Salon\n10.06.2027;10:00;11:00;İklim ve su;Küçük Salon\n"
)


@pytest.fixture
def event(db: None) -> Event:
    made: Event = EventFactory()
    return made


def send(client: Client, event: Event, text: str | bytes, name: str = "program.csv") -> Any:
    """Choose a file and press the button."""
    data = text if isinstance(text, bytes) else text.encode()
    file = SimpleUploadedFile(name, data)
    return client.post(reverse("event_admin:import", args=[event.pk]), {"file": file}, follow=True)


def press(client: Client, page: Any, button: str = "do") -> Any:
    """Press a button of the trial that is shown."""
    upload = page.context["upload"]
    path = reverse("event_admin:import_trial", args=[upload.event_id, upload.pk])
    return client.post(path, {button: "", "digest": upload.digest}, follow=True)


def told(page: Any) -> list[tuple[int, str, str, list[tuple[str, str, str]], list[tuple[str, str]]]]:
    return [(row.row, row.act, row.title, row.lines, row.remarks) for row in page.context["rows"]]


def filters(page: Any) -> dict[str, int]:
    return {each["name"]: each["count"] for each in page.context["filters"]}


def titles(event: Event) -> list[str]:
    return sorted(event.sessions.values_list("title_tr", flat=True))


def test_a_file_is_tried_and_then_imported(at_officer: Client, event: Event) -> None:
    """The trial keeps nothing but the file; the act keeps what the trial showed, and no file."""
    trial = send(at_officer, event, HEADER + OPENING)
    assert [(each["label"], each["current"]) for each in trial.context["steps"]] == [
        ("File", False),
        ("Columns", False),
        ("Trial", True),
        ("Imported", False),
    ]
    assert told(trial) == [(2, "created", "Opening", [("Status", "", "confirmed"), ("Speaker", "", "Ayşe Örnek")], [])]
    assert trial.context["made"] == ["1 new person: Ayşe Örnek"]
    assert titles(event) == []
    done = press(at_officer, trial)
    assert done.request["PATH_INFO"].endswith("/done/")
    assert told(done) == told(trial)
    assert titles(event) == ["Açılış"]
    upload = ProgrammeImport.objects.get()
    assert (upload.stage, bytes(upload.data), upload.counts) == (
        "done",
        b"",
        {"created": 1, "changed": 0, "unchanged": 0, "draft": 0, "refused": 0},
    )


def test_a_changed_session_is_told_field_by_field(at_officer: Client, event: Event) -> None:
    """Old and new by the names of the form; of long texts what differs."""
    press(at_officer, send(at_officer, event, HEADER + OPENING))
    long = "Uzun " * 30
    trial = send(at_officer, event, HEADER + f"A-1,11.06.2027,9.30,,{long},Welcome,cancelled,Jale Misal\n")
    [(row, act, title, lines, remarks)] = told(trial)
    assert (row, act, title, remarks) == (2, "changed", "Welcome", [])
    assert sorted(lines) == [
        ("Day", "Thursday 10 June 2027", "Friday 11 June 2027"),
        ("End", "10:00", "–"),
        ("Speaker", "Ayşe Örnek", "Jale Misal"),
        ("Start", "09:00", "09:30"),
        ("Status", "confirmed", "cancelled"),
        ("Title (English)", "Opening", "Welcome"),
        ("Title (Turkish)", "Açılış", long.strip()),
    ]


def test_rows_are_filtered(at_officer: Client, event: Event) -> None:
    rows = OPENING + OPENING + "A-2,2027-06-10,11:00,10:00,Ters,,,\nA-3,2027-06-10,12:00,13:00,Taslak,,taslak,\n"
    trial = send(at_officer, event, HEADER + rows)
    assert filters(trial) == {
        "all": 4,
        "created": 2,
        "changed": 0,
        "unchanged": 1,
        "draft": 1,
        "refused": 1,
        "check": 2,
    }
    path = trial.request["PATH_INFO"]
    refused = at_officer.get(path, {"show": "refused"})
    assert told(refused) == [(4, "refused", "", [], [("end “10:00”", "the end is before the start")])]
    assert [row[:3] for row in told(at_officer.get(path, {"show": "draft"}))] == [(5, "created", "Taslak")]
    assert [row[:2] for row in told(at_officer.get(path, {"show": "check"}))] == [(3, "copy"), (4, "refused")]
    assert len(told(at_officer.get(path, {"show": "nonsense", "p": "99"}))) == 4


def test_the_officer_reads_their_own_language(at_officer: Client, event: Event) -> None:
    """The outcome is kept without words: whoever opens it reads it in their own."""
    path = send(at_officer, event, HEADER + "A-2,2027-06-10,11:00,10:00,Ters,,,\n").request["PATH_INFO"]
    page = at_officer.get(path, headers={"accept-language": "tr"})
    assert told(page) == [(2, "refused", "", [], [("end “10:00”", "bitiş başlangıçtan önce")])]


def test_what_was_shown_is_what_is_done(at_officer: Client, event: Event) -> None:
    """The programme changes between the trial and the act: nothing is done, the new trial is shown, and that is done."""
    press(at_officer, send(at_officer, event, HEADER + OPENING))
    trial = send(at_officer, event, HEADER + OPENING.replace("Opening", "Welcome"))
    event.sessions.update(title_en="Greeting")
    again = press(at_officer, trial)
    assert again.request["PATH_INFO"].endswith("/trial/")
    assert "the programme changed since the trial" in again.content.decode()
    assert told(again) == [(2, "changed", "Welcome", [("Title (English)", "Greeting", "Welcome")], [])]
    assert event.sessions.get().title_en == "Greeting"
    press(at_officer, again)
    assert event.sessions.get().title_en == "Welcome"


@pytest.mark.parametrize("digest", ["", "0" * 64])
def test_nothing_is_done_that_was_not_shown(digest: str, at_officer: Client, event: Event) -> None:
    trial = send(at_officer, event, HEADER + OPENING)
    at_officer.post(trial.request["PATH_INFO"], {"do": "", "digest": digest})
    assert titles(event) == []


def test_pressed_twice_it_is_done_once(at_officer: Client, event: Event) -> None:
    trial = send(at_officer, event, HEADER + OPENING)
    press(at_officer, trial)
    assert press(at_officer, trial).request["PATH_INFO"].endswith("/done/")
    assert titles(event) == ["Açılış"]


def test_a_file_thrown_away_is_gone(at_officer: Client, event: Event) -> None:
    press(at_officer, send(at_officer, event, HEADER + OPENING), "leave")
    assert ProgrammeImport.objects.count() == 0
    assert titles(event) == []


@pytest.mark.parametrize("button", ["do", "again", "leave"])
def test_thrown_away_by_somebody_else_at_that_moment(
    button: str, at_officer: Client, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sentence, and the way back to the event."""
    page = send(at_officer, event, HEADER + OPENING)
    for name in ("do_import", "try_again", "drop_import"):
        verb = getattr(trial, name)

        def overtaken(*, upload: ProgrammeImport, verb: Any = verb, **told: Any) -> None:
            ProgrammeImport.objects.all().delete()
            verb(upload=upload, **told)

        monkeypatch.setattr(trial, name, overtaken)
    after = press(at_officer, page, button)
    assert after.redirect_chain[-1][0] == reverse("event_admin:home", args=[event.pk])
    assert titles(event) == []


def test_tried_once_more_it_shows_what_stands_now(at_officer: Client, event: Event) -> None:
    trial = send(at_officer, event, HEADER + OPENING)
    press(at_officer, send(at_officer, event, HEADER + OPENING))
    again = press(at_officer, trial, "again")
    assert told(again) == [(2, "unchanged", "Opening", [], [])]
    assert "There is nothing to import" in again.content.decode()


def test_a_workbook_out_changed_and_in_again_shows_the_changed_cell(at_officer: Client, event: Event) -> None:
    """As an officer does it in Excel: one cell, one field of one session, old and new."""
    press(at_officer, send(at_officer, event, HEADER + OPENING + "A-2,2027-06-10,11:00,12:00,Panel,Panel,,\n"))
    book = load_workbook(io.BytesIO(at_officer.get(reverse("event_admin:export", args=[event.pk, "xlsx"])).content))
    [cell] = [cell for row in book.active for cell in row if cell.value == "Opening"]
    cell.value = "Welcome"
    out = io.BytesIO()
    book.save(out)
    trial = send(at_officer, event, out.getvalue(), "program.xlsx")
    assert [row[1:4] for row in told(trial) if row[1] != "unchanged"] == [
        ("changed", "Welcome", [("Title (English)", "Opening", "Welcome")])
    ]
    assert filters(trial)["unchanged"] == 1


def test_unknown_columns_are_matched_and_remembered(at_officer: Client, event: Event) -> None:
    """Guessed where that is likely, chosen by the officer, known the next time in this event."""
    page = send(at_officer, event, UNKNOWN)
    assert page.request["PATH_INFO"].endswith("/columns/")
    seen = page.context["seen"]
    assert (seen.header, [(each.header, each.guess) for each in seen.columns]) == (
        2,
        [("Ne vakit", "day"), ("Kaçta", "start"), ("Bitişi", "end"), ("Ne anlatılıyor", "title"), ("Nerede", "")],
    )
    path = page.request["PATH_INFO"]
    chosen = {"header": 2, "language": "tr", "remember": "on"}
    chosen |= {f"column-{number}": name for number, name in enumerate(["day", "start", "end", "title", "room"], 1)}
    trial = at_officer.post(path, chosen, follow=True)
    assert [row[1:3] for row in told(trial)] == [("created", "Açılış"), ("created", "İklim ve su")]
    assert trial.context["made"] == ["1 new venue: without a name", "2 new rooms: Büyük Salon, Küçük Salon"]
    press(at_officer, trial)
    assert titles(event) == ["Açılış", "İklim ve su"]
    assert ColumnMatch.objects.count() == 1
    again = send(at_officer, event, UNKNOWN)
    assert again.request["PATH_INFO"].endswith("/trial/")
    assert [row[1] for row in told(again)] == ["unchanged", "unchanged"]


def test_another_event_has_the_match_offered(at_officer: Client, event: Event) -> None:
    path = send(at_officer, event, UNKNOWN).request["PATH_INFO"]
    names = ["day", "start", "end", "title", "room"]
    chosen = {f"column-{number}": name for number, name in enumerate(names, 1)}
    at_officer.post(path, {"header": 2, "language": "en", "remember": "on", **chosen})
    page = send(at_officer, EventFactory(), UNKNOWN)
    assert page.request["PATH_INFO"].endswith("/columns/")
    assert [each.guess for each in page.context["seen"].columns] == names
    assert page.context["form"]["language"].value() == "en"


def test_a_match_that_makes_no_programme_is_said_beside_the_columns(at_officer: Client, event: Event) -> None:
    path = send(at_officer, event, UNKNOWN).request["PATH_INFO"]
    for chosen, wrong in (
        ({"column-1": "day"}, {"__all__"}),
        ({"column-1": "title", "column-2": "title", "column-3": "day"}, {"column-2"}),
        ({"column-1": "nonsense"}, {"column-1", "__all__"}),
    ):
        page = at_officer.post(path, {"header": 2, "language": "tr", **chosen})
        assert set(page.context["form"].errors) == wrong
        assert page.context["form"]["column-1"].value() == chosen["column-1"]
    assert ProgrammeImport.objects.get().stage == "columns"


def test_a_table_without_column_names_and_in_another_zone(at_officer: Client, event: Event) -> None:
    """The first row is a session too; ten in London is noon in Istanbul."""
    path = send(at_officer, event, "10.06.2027;10:00;Açılış\n11.06.2027;11:00;Kapanış\n").request["PATH_INFO"]
    page = at_officer.get(path, {"header": "0"})
    assert [each[1] for each in page.context["form"].rows()] == ["A", "B", "C"]
    chosen = {"column-1": "day", "column-2": "start", "column-3": "title"}
    trial = at_officer.post(path, {"header": 0, "language": "tr", "zone": "Europe/London", **chosen}, follow=True)
    press(at_officer, trial)
    assert list(event.sessions.order_by("day").values_list("title_tr", "start")) == [
        ("Açılış", dt.time(12)),
        ("Kapanış", dt.time(13)),
    ]


@pytest.mark.parametrize(
    "name",
    [
        "a workbook of 100 MB",
        "a picture",
        "a NUL in a table",
        "an old or locked Office file",
        "a few columns too many",
        "millions of columns",
        "an empty file",
        "a file too large",
    ],
)
def test_a_hostile_file_is_a_message_and_nothing_is_kept(name: str, at_officer: Client, event: Event) -> None:
    page = send(at_officer, event, HOSTILE[name][1](), "program\0.xlsx")
    assert page.status_code == 200
    assert list(page.context["form"].errors) == ["file"]
    assert ProgrammeImport.objects.count() == 0


def test_five_thousand_columns_are_refused(at_officer: Client, event: Event) -> None:
    for data in (
        (";".join(f"Sütun {number}" for number in range(5000)) + "\n").encode() * 3,
        workbook([f"Sütun {number}" for number in range(5000)]),
    ):
        page = send(at_officer, event, data)
        assert page.context["form"].errors["file"] == ["The file has more than 200 columns."]
    assert ProgrammeImport.objects.count() == 0


def test_a_name_is_cleaned(at_officer: Client, event: Event) -> None:
    page = send(at_officer, event, HEADER + OPENING, "../../etc/pro\u202egram\x07.csv")
    assert page.context["upload"].name == "program.csv"


def test_without_a_file_it_says_so(at_officer: Client, event: Event) -> None:
    page = at_officer.post(reverse("event_admin:import", args=[event.pk]))
    assert page.context["form"].errors == {"file": ["Choose a file."]}


def test_a_step_that_is_not_there_leads_to_the_one_that_is(at_officer: Client, event: Event) -> None:
    trial = send(at_officer, event, HEADER + OPENING)
    upload = trial.context["upload"]
    for name in ("import_done", "import_trial"):
        page = at_officer.get(reverse(f"event_admin:{name}", args=[event.pk, upload.pk]), follow=True)
        assert page.request["PATH_INFO"] == trial.request["PATH_INFO"]
    for pk in (EventFactory().pk, event.pk):
        number = upload.pk if pk != event.pk else upload.pk + 1
        assert at_officer.get(reverse("event_admin:import_trial", args=[pk, number])).status_code == 404


def test_what_waits_is_found_again(at_officer: Client, event: Event) -> None:
    trial = send(at_officer, event, HEADER + OPENING)
    page = at_officer.get(reverse("event_admin:import", args=[event.pk]))
    assert [(row.name, url) for row, url, _when in page.context["waiting"]] == [
        ("program.csv", trial.request["PATH_INFO"])
    ]


def test_three_files_and_three_rows_cost_what_one_does(
    at_officer: Client, event: Event, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """The first step lists files without their bytes, the trial tells rows without asking for each."""
    one = send(at_officer, event, HEADER + OPENING).request["PATH_INFO"]
    first = reverse("event_admin:import", args=[event.pk])
    at_officer.get(first)
    with django_assert_num_queries(13):
        at_officer.get(first)
    with django_assert_num_queries(13):
        at_officer.get(one)
    more = OPENING + OPENING.replace("A-1", "A-2") + OPENING.replace("A-1", "A-3")
    three = send(at_officer, event, HEADER + more).request["PATH_INFO"]
    send(at_officer, event, HEADER + OPENING)
    with django_assert_num_queries(13):
        assert len(at_officer.get(first).context["waiting"]) == 3
    with django_assert_num_queries(13):
        assert len(at_officer.get(three).context["rows"]) == 3
