"""Officers and doors in corners: what is opened is written down, broken input is no error, lists cost what they cost."""

import datetime as dt
import json
import re
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from events.models import CheckIn, Registration, RegistrationSettings
from events.registration import Filled, verify
from events.registration.requesting import request_change
from tests.events.admin.conftest import Enter
from tests.events.admin.test_door import day, mark, now, url
from tests.events.registration.applying import apply, counted, taking
from tests.events.registration.gathering import coming, gathering, places
from tests.events.registration.group_browsing import turkish_csv
from tests.events.registration.grouped import apply_group, taking_groups
from tests.factories import QuestionFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def on_the_day() -> Any:
    """The door is open. Asked for before whoever logs in."""
    with time_machine.travel(dt.datetime(2027, 6, 10, 7, tzinfo=dt.UTC)):
        yield


@pytest.fixture
def boss(enter: Enter) -> Client:
    return enter(UserFactory(is_superuser=True))


def test_a_form_that_shows_sensitive_answers_says_who_opened_them(boss: Client) -> None:
    event = taking()
    question = QuestionFactory(event=event, sensitive=True)
    ali = verify(registration=apply(event, "Ali", filled=Filled(answers={question: "U 777"})))
    veli = verify(registration=apply(event, "Veli"))
    answer = boss.get(f"/admin/events/{event.pk}/registrations/{ali.pk}/edit/")
    assert ("U 777" in answer.content.decode(), "no-store" in answer["Cache-Control"]) == (True, True)
    boss.get(f"/admin/events/{event.pk}/registrations/{veli.pk}/edit/")
    opened = ModelLogEntry.objects.filter(action="events.registration.open_answers")
    assert list(opened.values_list("object_id", flat=True)) == [str(ali.pk)]


@pytest.mark.parametrize("broken", ["\ud800", "\x00a", "ü" * 5, ""])
def test_a_door_that_sends_what_is_no_code_keeps_the_other_marks(broken: str, on_the_day: None, boss: Client) -> None:
    event = taking()
    row = verify(registration=apply(event, "Ali"))

    def send(**named: Any) -> Any:
        told = {"place": day(event), "now": now(), "marks": [mark(broken), mark(row)], **named}
        return boss.post(url(event, "marks/"), json.dumps(told), content_type="application/json")

    answer = send()
    assert [bool(each.get("refused")) for each in answer.json()["marks"]] == [True, False]
    assert CheckIn.objects.get().registration == row
    assert (send(place=broken).status_code, send(device=broken).status_code) == (400, 200)


def test_somebody_who_is_entered_twice_by_the_same_form_is_one_person(on_the_day: None, boss: Client) -> None:
    event = taking(capacity=5)
    path = url(event, f"walk-in/?place={day(event)}")
    once = re.search(r'name="once" value="([0-9a-f]{32})"', boss.get(path).content.decode())
    assert once
    for _each in range(2):
        assert boss.post(path, {"once": once[1], "name": "Gül", "language": "tr"}).status_code == 302
    assert (Registration.objects.get().state, CheckIn.objects.count(), counted(event)) == ("confirmed", 1, (1, 1))


def test_the_page_of_requests_asks_no_more_for_many_than_for_two(boss: Client) -> None:
    event = gathering()
    rows = [coming(event, name) for name in ("Ali", "Veli", "Can", "Efe")]
    question = QuestionFactory(event=event)
    RegistrationSettings.objects.update(changes_until=timezone.now() - dt.timedelta(minutes=1))
    asked = []
    for row in rows:
        request_change(registration=row, answers={question: "x"}, sessions=[places("Water")])
        with CaptureQueriesContext(connection) as queries:
            assert boss.get(f"/admin/events/{event.pk}/registrations/requests/").status_code == 200
        asked.append(len(queries))
    assert asked[1] == asked[3]


def test_the_trial_of_a_form_sends_files(boss: Client) -> None:
    event = taking()
    QuestionFactory(event=event, kind="file")
    path = reverse("event_admin:try_registration", args=[event.pk, "en"])
    assert 'enctype="multipart/form-data"' in boss.get(path).content.decode()


def test_a_form_is_tried_before_it_has_its_notice_and_says_that_it_lacks_it(boss: Client) -> None:
    event = taking()
    event.wordings.all().delete()
    path = reverse("event_admin:try_registration", args=[event.pk, "en"])
    for answer in (boss.get(path), boss.post(path, {})):
        assert answer.status_code == 200
        assert "There is no information notice yet" in answer.content.decode()


def test_the_list_of_groups_asks_no_more_for_many_than_for_two(boss: Client) -> None:
    event = taking_groups(capacity=2)
    apply(event, "Ali")
    asked = []
    for name in ("Ilgaz", "Gerede", "Tosya", "Bolu"):
        apply_group(event, name, 2)
        with CaptureQueriesContext(connection) as queries:
            html = boss.get(f"/admin/events/{event.pk}/registrations/groups/").content.decode()
        assert name in html
        asked.append(len(queries))
    assert asked[1] == asked[3]


def test_a_list_that_is_sent_twice_adds_nobody_twice(boss: Client) -> None:
    event = taking(capacity=5)
    page = f"/admin/events/{event.pk}/registrations/add/sheet/"
    sheet = turkish_csv(["Ad soyad", "Kurum"], [["Bora", "İzmir"], ["Cem", ""]])
    html = boss.post(page, {"act": "check", "language": "tr", "sheet": sheet}).content.decode()
    sealed = html.split('name="x-people" value="')[1].split('"')[0]
    for _each in range(2):
        assert boss.post(page, {"act": "save", "language": "tr", "x-people": sealed}).status_code == 302
    assert (sorted(Registration.objects.values_list("name", flat=True)), counted(event)) == (["Bora", "Cem"], (2, 2))
