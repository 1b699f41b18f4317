"""Who was a member on a day, whom they stood for, and what ran then."""

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from events.countries import COUNTRIES, country_name
from events.models import Organisation, Partnership, Position
from events.models.directory import Represented
from tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    PartnershipFactory,
    PopulationFactory,
    PositionFactory,
)

pytestmark = pytest.mark.django_db


def test_represented_people_are_those_of_the_day(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    """A member that left and came back counts once; a year without a figure takes the latest before it."""
    came_back = OrganisationFactory()
    MembershipFactory(organisation=came_back, starts_on=dt.date(2014, 6, 2), ends_on=dt.date(2024, 12, 31))
    MembershipFactory(organisation=came_back, starts_on=dt.date(2026, 1, 5))
    for year, count in ((2014, 88_000), (2019, 92_000), (2026, 96_000)):
        PopulationFactory(organisation=came_back, year=year, count=count)
    uncounted = MembershipFactory(starts_on=dt.date(2020, 1, 1)).organisation
    network = OrganisationFactory(kind=Organisation.Kind.NETWORK)
    MembershipFactory(organisation=network, starts_on=dt.date(2020, 1, 1))
    PopulationFactory(organisation=OrganisationFactory(), count=1)  # no member
    days = [dt.date(2013, 1, 1), dt.date(2018, 1, 1), dt.date(2024, 12, 31), dt.date(2025, 1, 1), dt.date(2026, 1, 5)]
    with django_assert_num_queries(5):
        found = {day.isoformat(): Organisation.objects.represented(day) for day in days}
    assert found == {
        "2013-01-01": Represented(members=0, inhabitants=0),
        "2018-01-01": Represented(members=1, inhabitants=88_000),
        "2024-12-31": Represented(members=3, inhabitants=92_000, unknown=1),
        "2025-01-01": Represented(members=2, inhabitants=0, unknown=1),
        "2026-01-05": Represented(members=3, inhabitants=96_000, unknown=1),
    }
    assert list(Organisation.objects.counted(2020).filter(pk=uncounted.pk).values_list("inhabitants")) == [(None,)]


def test_partnerships_and_positions_run_from_their_first_day_to_their_last() -> None:
    day = dt.date(2027, 6, 10)
    dates = [(None, None), (day, day), (day + dt.timedelta(1), None), (None, day - dt.timedelta(1))]
    ties = [PartnershipFactory(signed_on=start, valid_until=end) for start, end in dates]
    held = [PositionFactory(starts_on=start, ends_on=end) for start, end in dates]
    assert set(Partnership.objects.running(day)) == set(ties[:2])
    assert set(Position.objects.current(day)) == set(held[:2])


def test_countries_have_both_names() -> None:
    assert (country_name("DE", "tr"), country_name("DE", "en"), country_name("QQ", "en")) == (
        "Almanya",
        "Germany",
        "QQ",
    )
    assert [code for code, names in COUNTRIES.items() if len(code) != 2 or not all(names)] == []
