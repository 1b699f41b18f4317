"""Reports say how many and from where, never who; deletions and openings are on pages, not only in a log."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from events.models import CheckIn, Registration
from events.registration import Filled, cancel, verify
from events.registration.keeping import delete_overdue, erase_registration
from events.registration.reports import report_on
from tests.events.registration.applying import apply, taking
from tests.factories import OrganisationFactory, QuestionFactory, UserFactory

pytestmark = pytest.mark.django_db


def enter(group: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(UserFactory(in_group=group))
    return client


def told(event: Any) -> dict[str, list[tuple[str, int, int, int]]]:
    return {str(section.title): list(section.rows) for section in report_on(event).sections}


@pytest.fixture
def event() -> Any:
    """Two from Işıklar, one from Berlin, one from nowhere that the directory knows; one of them came."""
    event = taking(capacity=3)
    OrganisationFactory(name_tr="Işıklar Belediyesi", name_en="Municipality of Işıklar")
    OrganisationFactory(name_tr="Berlin Belediyesi", name_en="Berlin", country="DE")
    first = verify(registration=apply(event, "Ayşe Örnek", organisation="Işıklar Belediyesi", language="tr"))
    verify(registration=apply(event, "Bora Taslak", organisation="ışıklar belediyesi"))
    verify(registration=apply(event, "Anna Muster", organisation="Berlin"))
    cancel(registration=apply(event, "Ecehan Gizli", organisation="Ecehan Gizli Danışmanlık"))
    day = event.starts_on
    CheckIn.objects.create(registration=first, place=day.isoformat(), state="present", at=timezone.now(), day=day)
    CheckIn.objects.create(registration=first, place="x", state="absent", at=timezone.now(), day=day)
    return event


def test_counts_by_state_organisation_country_language_and_presence(event: Any) -> None:
    report = report_on(event)
    assert (report.total, report.active, report.confirmed, report.waiting, report.present) == (4, 3, 3, 0, 1)
    assert told(event) == {
        "By state": [("Confirmed", 3, 3, 1), ("Cancelled", 1, 0, 0)],
        "By organisation": [
            ("Municipality of Işıklar", 2, 2, 1),
            ("Berlin", 1, 1, 0),
            ("Not in the directory", 1, 0, 0),
        ],
        "By country of the organisation": [("Türkiye", 2, 2, 1), ("Germany", 1, 1, 0), ("Not known", 1, 0, 0)],
        "By language of the letters": [("English", 3, 2, 0), ("Turkish", 1, 1, 1)],
        "Present": [("Thursday 10 June 2027", 0, 0, 1)],
    }


def test_a_bounded_number_of_queries_however_many_registered(event: Any, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(8):
        told(event)
    for number in range(20):
        apply(event, f"Kişi {number}", organisation=f"Kurum {number}")
    with django_assert_num_queries(8):
        told(event)


def test_a_reader_of_reports_sees_counts_and_takes_them_along_without_a_name(event: Any) -> None:
    client = enter("Report readers")
    # None of three letters: a page's token and a workbook's packed bytes have some of these by chance.
    names = ["Ayşe", "Bora", "Anna", "Ecehan", "Örnek", "Danışmanlık", "@sample.example"]
    pages = [f"/admin/events/{event.pk}/registration/report/", "/admin/registration-reports/"]
    for path in [*pages, f"{pages[0]}csv/", f"{pages[0]}xlsx/"]:
        answer = client.get(path)
        assert (answer.status_code, [name for name in names if name in answer.content.decode("utf-8", "replace")]) == (
            200,
            [],
        )
    lines = client.get(f"{pages[0]}csv/").content.decode("utf-8-sig").splitlines()
    assert lines[:4] == [
        "Counted by;Value;Registered;Confirmed;Present",
        "All;;4;3;1",
        "By state;Confirmed;3;3;1",
        "By state;Cancelled;1;0;0",
    ]
    assert client.get(f"{pages[0]}pdf/").status_code == 404
    home = client.get("/admin/").content.decode()
    assert ("registration-reports" in home, "registration-deletions" in home) == (True, False)
    assert client.get(f"/admin/events/{event.pk}/registrations/").status_code == 302


def test_what_was_deleted_when_stands_on_a_page(event: Any) -> None:
    question = QuestionFactory(event=event, days_kept=3)
    kept = Registration.objects.get(name="Anna Muster")
    kept.answers.create(question=question, plain="vegan")
    lapsed = apply(taking(), "Kim Bilir")
    with time_machine.travel(dt.datetime(2027, 6, 14, 12, tzinfo=dt.UTC), tick=False):
        Registration.objects.filter(pk=lapsed.pk).update(
            state="expired", seat=False, held_until=None, ended_at=timezone.now() - dt.timedelta(days=8)
        )
        assert delete_overdue() == {event.pk: {"answers": 1, "registrations": 0}, lapsed.event_id: {"unconfirmed": 1}}
        erase_registration(registration=kept)
        page = enter("Registration officers").get("/admin/registration-deletions/").content.decode()
    said = " ".join(page.split())
    assert ("answers: 1" in said, "registrations that were never confirmed: 1" in said, str(event) in said) == (
        True,
    ) * 3
    assert said.count("14 June 2027") == 3
    assert [name for name in ("Anna", "Kim Bilir") if name in said] == []


def test_who_opened_a_sensitive_answer_is_seen_by_those_who_may_open_it(event: Any) -> None:
    question = QuestionFactory(event=event, sensitive=True)
    row = apply(event, "Deniz Deneme", filled=Filled(answers={question: "U 1"}))
    other = apply(taking(), "Elif Başka")
    client = enter("Registration officers")
    for each in (row, other):
        client.post(f"/admin/events/{each.event_id}/registrations/{each.pk}/", {"act": "open"})
    client.get(f"/admin/events/{event.pk}/registrations/export/csv/")
    path = f"/admin/events/{event.pk}/registration/opened/"
    said = " ".join(client.get(path).content.decode().split())
    assert (said.count("Sensitive answers opened"), said.count("Registrations exported")) == (1, 1)
    assert ("Deniz Deneme" in said, "Elif Başka" in said, "all in the list" in said) == (True, False, True)
    assert enter("Programme officers").get(path).status_code == 302
