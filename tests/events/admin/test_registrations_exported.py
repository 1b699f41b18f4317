"""The list of registrations to take along: only what one may see, as spreadsheets read it."""

import datetime as dt
import io
from typing import Any

import pytest
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry

from events.models import Event, Registration
from events.registration import Filled, verify
from tests.events.admin.conftest import Enter
from tests.events.admin.test_registrations import registrar, text, url
from tests.events.registration.applying import apply, taking
from tests.events.registration.gathering import coming, gathering
from tests.factories import QuestionFactory

__all__ = ["registrar"]
pytestmark = pytest.mark.django_db


def test_the_export_has_only_what_one_may_see_and_no_formula(registrar: Any, officer: Any, enter: Enter) -> None:
    event = taking()
    passport = QuestionFactory(event=event, sensitive=True, label_en="Passport")
    plan = QuestionFactory(event=event, label_en="Plan", visible_to="officers")
    apply(event, "=1+1", email="formel@sample.example", filled=Filled(answers={passport: "U 123", plan: "by train"}))
    verify(registration=apply(event, "Işıl"))
    csv = enter(officer).get(url(event, "registrations/export/csv/")).content.decode("utf-8-sig")
    header, first, *_others = csv.splitlines()
    assert (header.split(";")[-2:], "U 123" in csv, first.startswith("'=1+1;")) == (["Was there", "Plan"], False, True)
    book = load_workbook(
        io.BytesIO(enter(registrar).get(url(event, "registrations/export/xlsx/?state=confirmed")).content)
    )
    rows = [[cell.value for cell in row] for row in book.worksheets[0]]
    assert (rows[1][-2:], [row[0] for row in rows[2:]]) == (["Passport", "Plan"], ["Işıl"])
    log = ModelLogEntry.objects.filter(action="events.registration.export").order_by("pk")
    assert [(entry.user, entry.data) for entry in log] == [
        (officer, {"rows": 2, "sensitive": False}),
        (registrar, {"rows": 1, "sensitive": True}),
    ]
    assert enter(officer).get(url(event, "registrations/export/pdf/")).status_code == 404


def test_a_session_that_is_only_wished_for_is_exported_as_such(registrar: Any, enter: Enter) -> None:
    event = gathering()
    for name in ("Ali", "Bora"):
        coming(event, name, "Water")
    lines = text(enter(registrar).get(url(event, "registrations/export/csv/"))).splitlines()
    column = lines[0].split(";").index("Sessions")
    assert [line.split(";")[column] for line in lines[1:]] == ["Water", "Water (wish, without a seat)"]


def test_when_somebody_registered_is_exported_with_the_time_by_the_clocks_of_the_event(
    registrar: Any, enter: Enter
) -> None:
    event = taking()
    row = apply(event, "Ali")
    Event.objects.filter(pk=event.pk).update(time_zone="Pacific/Auckland")
    Registration.objects.filter(pk=row.pk).update(registered_at=dt.datetime(2027, 5, 1, 13, 5, 59, tzinfo=dt.UTC))
    client = enter(registrar)
    content = client.get(url(event, "registrations/export/xlsx/")).content
    header, cells = list(load_workbook(io.BytesIO(content)).worksheets[0])[1:3]
    column = [cell.value for cell in header].index("Registered (Pacific/Auckland)")
    cell = cells[column]
    assert (cell.is_date, cell.number_format) == (True, "DD.MM.YYYY HH:MM")
    assert str(cell.value) == "2027-05-02 01:05:00"
    told = {"en": "2027-05-02 01:05", "tr": "02.05.2027 01:05"}
    for language, words in told.items():
        csv = client.get(url(event, "registrations/export/csv/"), headers={"accept-language": language})
        assert csv.content.decode("utf-8-sig").splitlines()[1].split(";")[column] == words
