"""Who was a member on a day, what is coming, and how editors choose of them."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from events.models import Organisation, PublicEvent
from events.release import release_programme
from tests.factories import (
    DialogueProgrammeFactory,
    EventFactory,
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def test_the_last_day_of_a_membership_counts_and_a_return_does_too() -> None:
    """İğdeli left at the end of 2024 and came back in January 2026."""
    town = OrganisationFactory(name_tr="İğdeli")
    MembershipFactory(organisation=town, starts_on=dt.date(2014, 6, 2), ends_on=dt.date(2024, 12, 31))
    MembershipFactory(organisation=town, starts_on=dt.date(2026, 1, 5))
    days = [dt.date(2014, 6, 1), dt.date(2014, 6, 2), dt.date(2024, 12, 31), dt.date(2025, 6, 1), dt.date(2026, 1, 5)]
    assert [Organisation.objects.members(day).count() for day in days] == [0, 1, 1, 0, 1]


def test_what_is_coming_ends_with_what_has_no_dates() -> None:
    """An event of today is still coming, also one that began yesterday."""
    today = dt.date(2027, 6, 10)
    for slug, first, last in (
        ("undated", None, None),
        ("later", dt.date(2027, 9, 1), dt.date(2027, 9, 2)),
        ("over", dt.date(2027, 6, 8), dt.date(2027, 6, 9)),
        ("running", dt.date(2027, 6, 9), dt.date(2027, 6, 10)),
    ):
        release_programme(event=EventFactory(slug=slug, starts_on=first, ends_on=last))
    assert [each.slug for each in PublicEvent.objects.visible().coming(today)] == ["running", "later", "undated"]


@pytest.mark.parametrize(
    ("chooser", "asked", "found"),
    [
        ("event_chooser", "isik", ["Işık Forumu"]),
        ("event_chooser", "IŞIK FORUM", ["Işık Forumu"]),
        ("event_chooser", "", ["Işık Forumu", "Ölçü Çalıştayı"]),
        ("dialogue_programme_chooser", "olcu", ["Ölçü Diyaloğu"]),
        ("dialogue_programme_chooser", "light", ["Işık Diyaloğu"]),
        ("dialogue_programme_chooser", "", ["Işık Diyaloğu", "Ölçü Diyaloğu"]),
    ],
)
def test_events_and_series_are_chosen_by_any_spelling(
    client: Client, chooser: str, asked: str, found: list[str]
) -> None:
    """As editors type them, in both languages."""
    EventFactory(title_tr="Işık Forumu", title_en="Light Forum")
    EventFactory(title_tr="Ölçü Çalıştayı", title_en="Measure Workshop")
    DialogueProgrammeFactory(title_tr="Işık Diyaloğu", title_en="Light Dialogue")
    DialogueProgrammeFactory(title_tr="Ölçü Diyaloğu", title_en="Measure Dialogue")
    client.force_login(UserFactory(editor=True))
    answer = client.get(reverse(f"{chooser}:choose_results"), {"q": asked})
    assert sorted(str(row) for row in answer.context["results"]) == sorted(found)
