"""Whoever works at a door, or reads reports, finds that on the first page, and nobody else does."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cms.role_panels import DoorsPanel, ReportsPanel
from tests.cms.test_registration_panel import Visit
from tests.events.registration.applying import apply, taking
from tests.factories import EventFactory, RegistrationSettingsFactory, UserFactory

pytestmark = pytest.mark.django_db


def links(role: str, panel: str) -> list[str]:
    """What a panel of the first page leads to, for somebody in a group."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(UserFactory(in_group=role))
    html = client.get("/admin/").content.decode()
    found = re.search(rf'<section[^>]*id="{panel}-section".*?</section>', html, re.DOTALL)
    return re.findall(r'href="(/admin/[^"]+)"', found[0]) if found else []


def today(count: int) -> list[int]:
    events = [EventFactory(starts_on=timezone.localdate(), ends_on=timezone.localdate()) for _each in range(count)]
    for each in events:
        RegistrationSettingsFactory(event=each)
    return [each.pk for each in events]


def test_the_door_is_one_press_away() -> None:
    [event] = today(1)
    assert links("Check-in", "DoorsPanel") == [f"/admin/events/{event}/door/"]
    assert links("Report readers", "DoorsPanel") == links("Programme officers", "DoorsPanel") == []


def test_so_is_each_report_with_its_count() -> None:
    event = taking()
    apply(event, "Ali")
    assert links("Report readers", "ReportsPanel") == [f"/admin/events/{event.pk}/registration/report/"]
    assert links("Check-in", "ReportsPanel") == links("Registration officers", "ReportsPanel") == []
    [row] = ReportsPanel(Visit(UserFactory(in_group="Report readers"))).get_context_data()["rows"]
    assert row["detail"] in {"1 registration", "1 kayıt"}


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("role", "panel"), [("Check-in", DoorsPanel), ("Report readers", ReportsPanel)])
def test_more_events_cost_no_more(
    count: int, role: str, panel: Any, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    today(count)
    shown = panel(Visit(UserFactory(in_group=role)))
    assert shown.may_see()
    with django_assert_num_queries(1):
        assert len(shown.get_context_data()["rows"]) == count
