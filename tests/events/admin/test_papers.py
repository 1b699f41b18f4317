"""Badges, certificates and lists in the admin: asked for, made by a job, taken along, gone in time and at an erasure."""

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pikepdf
import pytest
import time_machine
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry

from events import jobs, periodic
from events.models import Certificate, Event, Job, Paper, Registration
from events.registration import add_registration, check_in
from events.registration.keeping import erase_registration
from events.registration.registering import Filled
from tests.events.admin.conftest import Enter
from tests.events.registration.applying import applicant, taking, today
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
AFTER = datetime(2030, 1, 1, 9, tzinfo=UTC)


@pytest.fixture
def registrar() -> Any:
    user = UserFactory(username="figen")
    user.groups.add(Group.objects.get(name="Registration officers"))
    return user


@pytest.fixture
def client(registrar: Any, enter: Enter) -> Client:
    return enter(registrar)


@pytest.fixture
def event() -> Event:
    """Three are confirmed; Ayşe came."""
    found = today(taking())
    for name, office, language in (
        ("Ayşe Örnek", "Ilgın", "tr"),
        ("Łukasz Wójcik", "Kraków", "en"),
        ("=Bora", "Ilgın", "tr"),
    ):
        who = applicant(name, organisation=office, language=language, email="")
        add_registration(event=found, applicant=who, filled=Filled())
    ayse = Registration.objects.get(name="Ayşe Örnek")
    assert found.starts_on
    check_in(registration=ayse, place=found.starts_on.isoformat())
    return found


def url(event: Event, rest: str = "") -> str:
    return f"/admin/events/{event.pk}/registrations/papers/{rest}"


def ask(client: Client, event: Event, kind: str, query: str = "", **typed: Any) -> str:
    fields = {f"{kind}-{name}": value for name, value in typed.items()}
    answer = client.post(url(event) + query, {"kind": kind, **fields}, follow=True)
    html: str = answer.content.decode()
    return html


def work() -> None:
    for pk in Job.objects.filter(kind="set_paper", finished_at=None).values_list("pk", flat=True):
        jobs.run_job(pk)
    assert not Job.objects.filter(kind="set_paper").exclude(error="").exists()


def made(client: Client, event: Event) -> Any:
    """The newest paper, made and taken along."""
    work()
    answer = client.get(url(event, f"{Paper.objects.latest('pk').pk}/"))
    assert (answer.status_code, "private, no-store" in answer["Cache-Control"]) == (200, True)
    return answer


def pages(answer: Any) -> int:
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        return len(pdf.pages)


def test_badges_one_a_page_or_four_on_a_sheet(client: Client, event: Event) -> None:
    html = ask(client, event, "badges", form="pages", language="person")
    assert ("is being made" in html, "data-waits" in html) == (True, True)
    assert pages(made(client, event)) == 3
    html = client.get(url(event)).content.decode()
    assert ("download" in html, "data-waits" in html) == (True, False)
    ask(client, event, "badges", form="sheets", language="tr")
    assert pages(made(client, event)) == 1
    one = Registration.objects.get(name="Łukasz Wójcik")
    ask(client, event, "badges", f"?one={one.pk}", form="pages", language="en")
    assert (pages(made(client, event)), Paper.objects.latest("pk").rows) == (1, 1)
    log = ModelLogEntry.objects.filter(action="events.registration.print").order_by("pk")
    assert [entry.data["rows"] for entry in log] == [3, 3, 1]


def test_a_list_has_the_chosen_columns_and_no_formula(client: Client, event: Event) -> None:
    ask(client, event, "list", "?q=ilgin", form="xlsx", language="tr", columns=["name", "attendance"], sign="on")
    book = load_workbook(io.BytesIO(made(client, event).content))
    rows = [[cell.value for cell in row] for row in book.worksheets[0]]
    assert [row for row in rows if row[0] and "Ayşe" in str(row[0])] == [["Ayşe Örnek", "Geldi", None]]
    assert all(cell.data_type != "f" for row in book.worksheets[0] for cell in row)
    ask(client, event, "list", form="pdf", language="en", columns=["name", "organisation", "role"], sign="on")
    assert pages(made(client, event)) == 1
    assert "form-summary" not in ask(client, event, "list", form="pdf", language="en", columns=["passport"])
    assert Paper.objects.count() == 2


def test_certificates_are_for_those_who_came(client: Client, event: Event, registrar: Any) -> None:
    html = ask(client, event, "certificates", language="person")
    assert ("from the last day of the event on" in html, Paper.objects.count()) == (True, 0)
    with time_machine.travel(AFTER):
        client.force_login(registrar)
        ask(client, event, "certificates", language="person")
        assert pages(made(client, event)) == 1
    assert [row.registration.name for row in Certificate.objects.all()] == ["Ayşe Örnek"]


def test_a_paper_is_gone_with_whoever_is_erased_and_after_a_day(client: Client, event: Event) -> None:
    ask(client, event, "badges", form="pages", language="tr")
    ask(client, event, "list", form="xlsx", language="tr", columns=["name"])
    first = Paper.objects.earliest("pk")
    jobs.run_job(first.job_id)
    erase_registration(registration=Registration.objects.get(name="=Bora"))
    assert Paper.objects.count() == 0
    work()  # the one that was still waiting finds nothing to do
    assert (Paper.objects.count(), client.get(url(event, f"{first.pk}/")).status_code) == (0, 404)
    ask(client, event, "list", form="xlsx", language="tr", columns=["name"])
    work()
    periodic.forget_papers()
    assert Paper.objects.count() == 1
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        periodic.forget_papers()
    assert Paper.objects.count() == 0


def test_one_who_is_erased_while_it_is_set_is_on_no_paper(client: Client, event: Event) -> None:
    """The erasure comes when the paper is set and about to be kept: at the job's question for the event's row."""
    ask(client, event, "badges", form="pages", language="tr")
    rows, done = Registration.objects.filter(name="=Bora"), []

    def erase(execute: Any, sql: str, *rest: Any) -> Any:
        if "events_registrationsettings" in sql and not done:
            done.append(rows.update(erased_at=timezone.now()))
        return execute(sql, *rest)

    with connection.execute_wrapper(erase):
        work()
    assert (done, Paper.objects.count()) == ([1], 0)


def test_only_who_may_take_registrations_along(event: Event, enter: Enter, reader: Any) -> None:
    paper = Paper.objects.create(event=event, kind="badges", body=b"%PDF", made_at=timezone.now())
    doorkeeper = UserFactory()
    doorkeeper.groups.add(Group.objects.get(name="Check-in"))
    for user in (reader, doorkeeper):
        for rest in ("", f"{paper.pk}/"):
            assert enter(user).get(url(event, rest)).status_code in (302, 404)
        ask(enter(user), event, "badges", form="pages", language="tr")
    assert Paper.objects.count() == 1


@pytest.mark.parametrize(
    ("query", "posted"),
    [
        ("?one=99999999999999999999", {"kind": "badges", "badges-form": "pages", "badges-language": "tr"}),
        ("?state=x&came=x&one=x", {"kind": "badges", "badges-form": "x"}),
        ("", {"kind": "nothing"}),
        ("", {}),
        ("?q=nobody", {"kind": "list", "list-form": "pdf", "list-language": "tr", "list-columns": "name"}),
    ],
)
def test_what_cannot_be_is_said(query: str, posted: dict[str, str], client: Client, event: Event) -> None:
    assert client.get(url(event) + query).status_code == 200
    assert client.post(url(event) + query, posted).status_code in (302, 422)
    assert Paper.objects.count() == 0


def test_the_list_of_registrations_says_who_came(client: Client, event: Event) -> None:
    listed = f"/admin/events/{event.pk}/registrations/"
    html = client.get(listed, {"came": "yes"}).content.decode()
    assert ("Ayşe Örnek" in html, "Łukasz" in html, "Attendance by organisation" in html) == (True, False, True)
    html = client.get(listed, {"came": "no"}).content.decode()
    assert ("Ayşe Örnek" in html, "Łukasz" in html) == (False, True)
    html = client.get(f"{listed}{Registration.objects.get(name='Ayşe Örnek').pk}/").content.decode()
    assert ("Attendance" in html, "Every mark at the doors" in html) == (True, True)
    csv = client.get(f"{listed}export/csv/", {"came": "yes"}).content.decode("utf-8-sig").splitlines()
    assert (len(csv), "Present" in csv[1], "Attendance" in csv[0]) == (2, True, True)
