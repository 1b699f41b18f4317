"""Who is of one organisation is told alike everywhere, though the directory changes while people register."""

from collections import Counter
from collections.abc import Callable

import pytest
from django.utils import timezone

from events.models import CheckIn, Event, Organisation, Registration, RegistrationSettings
from events.registration import verify
from events.registration.attended import counted_by_organisation
from events.registration.keeping import erase_registration
from events.registration.organisations import Organisations
from events.registration.quota import names_at_hand, seats_of_organisations
from events.registration.reports import report_on
from tests.events.registration.applying import apply, taking
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db
NAME = "Foça Belediyesi"


def enter(**named: str) -> Organisation:
    names = {"name_tr": NAME, "name_en": "Foça Municipality", "short_name": "FB", **named}
    found: Organisation = OrganisationFactory(**names)
    return found


def rename(organisation: Organisation) -> None:
    organisation.name_tr, organisation.name_en = "Yeni Foça Belediyesi", "New Foça Municipality"
    organisation.save()


def merge(organisation: Organisation) -> None:
    """Two rows of one organisation become one: the officer deletes the one that people registered under."""
    enter()
    organisation.delete()


def nothing(organisation: Organisation) -> None:
    """The directory stays as it is."""


def comes(event: Event, name: str, organisation: str) -> None:
    verify(registration=apply(event, name, organisation=organisation))


def told(event: Event) -> list[tuple[str, int]]:
    """Each organisation of the list with how many stand in it, by the alphabet."""
    return sorted((each.name, each.active) for each in Organisations(event).all())


def test_an_organisation_that_was_entered_later_is_one_with_those_who_typed_its_names() -> None:
    event = taking(capacity=20)
    for name, typed in (("Ali", NAME), ("Bora", "FOÇA BELEDİYESİ"), ("Cem", "Foça Municipality"), ("Derya", "Ilgaz")):
        comes(event, name, typed)
    assert told(event) == [("Foça Belediyesi", 2), ("Foça Municipality", 1), ("Ilgaz", 1)]
    enter()
    comes(event, "Ece", "fb")
    assert told(event) == [("Foça Municipality", 4), ("Ilgaz", 1)]


@pytest.mark.parametrize(
    ("change", "typed", "name"),
    [
        (nothing, "FB", "Foça Municipality"),
        (rename, NAME, "New Foça Municipality"),
        (rename, "Yeni Foça Belediyesi", "New Foça Municipality"),
        (Organisation.delete, NAME, NAME),
        (merge, "Foça Municipality", "Foça Municipality"),
    ],
)
def test_one_that_was_renamed_deleted_or_merged_stays_one(
    change: Callable[[Organisation], None], typed: str, name: str
) -> None:
    event = taking(capacity=20)
    organisation = enter()
    comes(event, "Ali", NAME)
    change(organisation)
    comes(event, "Bora", typed)
    assert told(event) == [(name, 2)]


def test_a_name_that_two_in_the_directory_bear_joins_neither_to_the_other() -> None:
    event = taking(capacity=20)
    enter(short_name="BB")
    enter(name_tr="Bodrum Belediyesi", name_en="Bodrum Municipality", short_name="BB")
    for name, typed in (("Ali", NAME), ("Bora", "Bodrum Belediyesi"), ("Cem", "BB")):
        comes(event, name, typed)
    assert told(event) == [("BB", 1), ("Bodrum Municipality", 1), ("Foça Municipality", 1)]


def test_a_name_that_another_in_the_directory_bears_by_now_joins_no_two_rows() -> None:
    """What was typed while one alone was called so says nothing of whoever is called so later."""
    event = taking(capacity=20)
    bodrum = enter(name_tr="Bodrum Belediyesi", name_en="Bodrum Municipality", short_name="BB", country="TR")
    comes(event, "Ali", "BB")
    enter(name_tr="Brandenburg Belediyesi", name_en="Brandenburg Municipality", short_name="BB", country="DE")
    comes(event, "Bora", "BB")
    assert told(event) == [("BB", 1), ("Bodrum Municipality", 1)]
    bodrum.short_name = "BO"
    bodrum.save()
    comes(event, "Cem", "BB")
    assert told(event) == [("Bodrum Municipality", 1), ("Brandenburg Municipality", 2)]
    sections = {str(section.title): section.rows for section in report_on(event).sections}
    assert sections["By country of the organisation"] == (("Germany", 2, 2, 0), ("Türkiye", 1, 1, 0))


def test_the_list_counts_as_many_seats_as_the_quota() -> None:
    event = taking(capacity=50, quota=40)
    comes(event, "Ali", NAME)
    comes(event, "Bora", "Ilgaz")
    organisation = enter()
    for name, typed in (("Cem", NAME), ("Derya", "FB"), ("Ece", "Foça Municipality")):
        comes(event, name, typed)
    rename(organisation)
    comes(event, "Filiz", NAME)
    seats = seats_of_organisations(RegistrationSettings.objects.get(event=event))
    organisations = Organisations(event)
    held: Counter[str] = Counter()
    for row in Registration.objects.filter(event=event).select_related("organisation"):
        one = organisations.of(row.organisation_key)
        assert one is not None
        held[one.name] = max(held[one.name], seats.of(row.organisation_key, names_at_hand(row)))
    assert dict(held) == dict(told(event)) == {"New Foça Municipality": 5, "Ilgaz": 1}


def test_attendance_and_reports_count_it_once_too() -> None:
    event = taking(capacity=20)
    comes(event, "Ali", NAME)
    enter(country="DE")
    comes(event, "Bora", "FB")
    comes(event, "Cem", "Ilgaz")
    assert counted_by_organisation(event, Organisations(event)) == [
        {"name": "Foça Municipality", "expected": 2, "came": 0},
        {"name": "Ilgaz", "expected": 1, "came": 0},
    ]
    sections = {str(section.title): section.rows for section in report_on(event).sections}
    assert sections["By organisation"] == (("Foça Municipality", 2, 2, 0), ("Not in the directory", 1, 1, 0))
    assert sections["By country of the organisation"] == (("Germany", 2, 2, 0), ("Not known", 1, 1, 0))


def test_who_came_is_counted_by_the_row_when_its_days_are_over_and_without_a_row_under_no_name() -> None:
    event = taking(capacity=20)
    organisation = enter()
    comes(event, "Ali", NAME)
    ali = Registration.objects.get()
    moment = timezone.now()
    CheckIn.objects.create(registration=ali, place="event", state="present", at=moment, day=moment.date())
    erase_registration(registration=ali)
    assert counted_by_organisation(event, Organisations(event)) == [
        {"name": "Foça Municipality", "expected": 0, "came": 1}
    ]
    organisation.delete()
    assert (told(event), counted_by_organisation(event, Organisations(event))) == ([], [])
