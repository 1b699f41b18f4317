"""An organisation's quota holds though the directory changes while people register."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import Organisation, Registration
from events.registration import Applicant, add_registration, approve, cancel, verify
from events.registration.groups.deciding import verify_group
from events.registration.groups.members import add_member
from events.registration.groups.registering import GroupFilled, Member, register_group
from events.registration.quota import Seats
from events.registration.registering import Filled
from tests.events.registration.applying import applicant, apply, states, taking
from tests.events.registration.grouped import filled_group, standing, taking_groups
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db
NAME = "Foça Belediyesi"


def enter() -> Organisation:
    found: Organisation = OrganisationFactory(name_tr=NAME, name_en="Foça Municipality", short_name="FB")
    return found


def rename(organisation: Organisation) -> None:
    organisation.name_tr, organisation.name_en = "Yeni Foça Belediyesi", "New Foça Municipality"
    organisation.save()


def nothing(organisation: Organisation) -> None:
    """The directory stays as it is."""


@pytest.mark.parametrize("typed", [NAME, "FOÇA BELEDİYESİ", "Foça Municipality", "fb"])
def test_whoever_registers_after_an_organisation_was_entered_counts_with_those_before(typed: str) -> None:
    event = taking(quota=2, capacity=10)
    before = [verify(registration=apply(event, name, organisation=typed)) for name in ("Ali", "Bora")]
    enter()
    assert apply(event, "Cem", organisation=NAME).state == "waitlisted"
    assert apply(event, "Derya", organisation="Ilgaz").state == "unverified"
    cancel(registration=before[0])
    assert states(event) == {"Ali": "cancelled", "Bora": "confirmed", "Cem": "offered", "Derya": "unverified"}


@pytest.mark.parametrize(
    ("change", "typed"),
    [(nothing, "FB"), (rename, NAME), (rename, "Yeni Foça Belediyesi"), (Organisation.delete, NAME)],
)
def test_whoever_registers_after_it_was_renamed_or_deleted_counts_too(
    change: Callable[[Organisation], None], typed: str
) -> None:
    event = taking(quota=2, capacity=10)
    organisation = enter()
    for name in ("Ali", "Bora"):
        verify(registration=apply(event, name, organisation=NAME))
    change(organisation)
    assert apply(event, "Cem", organisation=typed).state == "waitlisted"
    by_hand = add_registration(event=event, applicant=applicant("Derya", organisation=typed), filled=Filled())
    assert by_hand.state == "waitlisted"


def test_who_waits_under_another_key_is_not_seated_beyond_the_quota_and_holds_nobody_up() -> None:
    event = taking(quota=1, capacity=2)
    verify(registration=apply(event, "Ali", organisation="Foça Municipality"))
    other = verify(registration=apply(event, "Bora", organisation="Ilgaz"))
    enter()
    for number in range(25):  # more than are looked at together
        assert apply(event, f"Cem {number}", organisation=NAME).state == "waitlisted"
    last = apply(event, "Derya", organisation="Gölköy")
    cancel(registration=other)
    last.refresh_from_db()
    assert (last.state, Registration.objects.filter(event=event, seat=True).count()) == ("offered", 2)


def test_who_was_asked_for_before_is_approved_only_within_the_quota() -> None:
    event = taking(quota=1, capacity=9, approval=True)
    first = verify(registration=apply(event, "Ali", organisation=NAME))
    enter()
    second = verify(registration=apply(event, "Bora", organisation=NAME))
    approve(registration=first)
    with pytest.raises(ValidationError, match="full quota"):
        approve(registration=second)
    assert states(event) == {"Ali": "confirmed", "Bora": "requested"}


def test_a_group_and_its_members_count_with_those_before() -> None:
    event = taking_groups(quota=3, capacity=10)
    group = verify_group(group=register_group(event=event, filled=_group(2), once="one").group)
    enter()
    waiting = register_group(event=event, filled=replace(_group(2), contact=_contact("other")), once="two").group
    assert standing(waiting)[0] == "waitlisted"
    add_member(group=group, member=Member(Applicant(name="Ece")))
    with pytest.raises(ValidationError, match="full quota"):
        add_member(group=group, member=Member(Applicant(name="Filiz")))


def _group(size: int) -> GroupFilled:
    filled = filled_group("Foça", size, contact=_contact("contact"))
    return replace(filled, members=[Member(Applicant(name=f"Member {number}")) for number in range(size)])


def _contact(name: str) -> Applicant:
    return Applicant(name=name, email=f"{name}@foca.example", organisation=NAME, language="en")


def test_seats_are_counted_once_by_whatever_they_have_in_common() -> None:
    seats = Seats(
        [("~1", "Foça Belediyesi", 2), ("foca belediyesi", "Foça belediyesi", 3), ("~1", "FB", 1), ("~2", "", 4)]
    )
    told = [
        seats.of("~1", {"foca belediyesi", "fb"}),
        seats.of("~1", ()),
        seats.of("foca belediyesi", {"foca belediyesi"}),
        seats.of("~2", ()),
        seats.of("ilgaz", {"ilgaz"}),
    ]
    assert (told, seats.full(4)) == ([6, 3, 5, 4, 0], ["foca belediyesi", "~2"])


def test_seats_of_all_organisations_are_counted_by_one_question() -> None:
    event = taking(quota=2, capacity=10)
    organisation = enter()
    for number, change in enumerate((nothing, nothing, rename)):
        change(organisation)
        with CaptureQueriesContext(connection) as queries:
            apply(event, f"Ali {number}", organisation=NAME)
        assert len([each for each in queries if "GROUP BY" in each["sql"]]) == 1
