"""What no page offers but an address or a form may bring all the same: a clear answer, never a server error."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.models import PlannedRelease
from tests.events.admin.forms import shown
from tests.factories import ContributionFactory, EventFactory, MembershipFactory, SessionFactory


@pytest.mark.parametrize(("typed", "kept"), [("-1", 0), ("7", 7), ("99999999", 32_767), ("9" * 30, 32_767)])
def test_a_place_in_a_list_that_no_column_holds(typed: str, kept: int, at_officer: Client) -> None:
    """The first place or the last."""
    contribution = ContributionFactory()
    path = reverse("admin_session:edit", args=[contribution.session.pk])
    assert at_officer.post(path, {**shown(at_officer, path), "contributions-0-ORDER": typed}).status_code == 302
    contribution.refresh_from_db()
    assert contribution.position == kept


@pytest.mark.parametrize("year", ["0", "-1", "20277", "1e9", "99999999999"])
@pytest.mark.parametrize("model", ["event", "membership"])
def test_a_year_beyond_the_calendar(model: str, year: str, at_officer: Client) -> None:
    """A slip of the finger in a filter is told beside it; the list stays."""
    EventFactory(), MembershipFactory()
    page = at_officer.get(reverse(f"admin_{model}:index"), {"starts_on__year": year})
    assert list(page.context["filters"].form.errors) == ["starts_on__year"]
    assert len(page.context["object_list"]) == 1


def test_a_year_of_the_calendar_filters(at_officer: Client) -> None:
    """2027 finds what begins in 2027."""
    event, _later = EventFactory(), EventFactory(starts_on="2028-01-01", ends_on="2028-01-01")
    page = at_officer.get(reverse("admin_event:index"), {"starts_on__year": "2027"})
    assert list(page.context["object_list"]) == [event]


@pytest.mark.parametrize("key", ["abc", "9" * 30, "9" * 5000, "-1"])
@pytest.mark.parametrize(
    "chooser", ["person_chooser", "organisation_chooser", "event_chooser", "dialogue_programme_chooser"]
)
def test_a_chosen_row_that_cannot_be(chooser: str, key: str, at_officer: Client) -> None:
    """One of them is not found; among several it is left out."""
    assert at_officer.get(reverse(f"{chooser}:chosen", args=[key])).status_code == 404
    assert at_officer.get(reverse(f"{chooser}:chosen_multiple"), {"id": key}).status_code == 200


@pytest.mark.parametrize("zone", ["Istanbul", "Europe", "../Europe", "Europe/Istanbul/", "UTC+3"])
@pytest.mark.parametrize("name", ["start_zone", "end_zone"])
def test_a_zone_that_is_none(name: str, zone: str, at_officer: Client) -> None:
    """Told beside its field, with what was typed."""
    path = reverse("admin_session:edit", args=[SessionFactory().pk])
    form = at_officer.post(path, {**shown(at_officer, path), name: zone}).context["form"]
    assert form.errors == {name: [f"“{zone}” is not a time zone. Write it like Europe/Istanbul."]}
    assert form[name].value() == zone


@pytest.mark.parametrize(
    ("tag", "text"), [("", "title_other"), ("", "abstract_other"), ("tr", "title_other"), ('de"><b>', "title_other")]
)
def test_a_third_language_that_is_none_or_no_third(tag: str, text: str, at_officer: Client) -> None:
    """Without its tag the text would be lost, with one of the two it would hide that one."""
    path = reverse("admin_session:edit", args=[SessionFactory().pk])
    form = at_officer.post(path, {**shown(at_officer, path), "other_language": tag, text: "Auf Deutsch"}).context[
        "form"
    ]
    assert list(form.errors) == ["other_language"]


@pytest.mark.parametrize(
    "since", ["9999-12-31T23:59:59-12:00", "0002-01-01T00:00:00+14:00", "0001-01-01T00:00:00Z", "yesterday"]
)
def test_a_moment_beyond_the_calendar(since: str, at_officer: Client) -> None:
    """A desk that asks from a moment that cannot be is told everything, or nothing."""
    path = reverse("event_admin:state", args=[SessionFactory().event_id])
    assert at_officer.get(path, {"since": since}).status_code == 200


def test_held_back_with_what_no_database_keeps(at_officer: Client) -> None:
    """A planned release keeps keys of sessions alone."""
    event = EventFactory(with_sessions=1)
    day = (timezone.localdate() + dt.timedelta(days=7)).isoformat()
    posted = {"plan": "1", "day": day, "time": "10:00", "held": ["a\0b", event.sessions.get().key, "x" * 5000]}
    assert at_officer.post(reverse("event_admin:release", args=[event.pk]), posted).status_code == 302
    assert PlannedRelease.objects.get().held == [event.sessions.get().key]
