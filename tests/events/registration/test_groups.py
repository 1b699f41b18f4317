"""Groups: whole or not at all, one address confirmed, letters to those who have an address."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.models import ModelLogEntry

from events.models import Message, Registration, RegistrationGroup, RegistrationSettings
from events.registration import (
    Applicant,
    NotTakenError,
    accept_offer,
    approve,
    cancel,
    expire_due,
    save_settings,
    verify,
    waitlist,
)
from events.registration.groups.deciding import (
    accept_group,
    approve_group,
    cancel_group,
    decline_group,
    offer_group,
    verify_group,
    waitlist_group,
)
from events.registration.groups.members import add_member
from events.registration.groups.registering import Member, add_group, register_group
from events.registration.several import do_to_several
from tests.events.registration.applying import apply, counted, line, states, taking
from tests.events.registration.grouped import apply_group, confirmed_group, filled_group, standing, taking_groups
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 5, 1, 9, 0, tzinfo=UTC)


def letters() -> list[tuple[str, str]]:
    rows = Message.objects.filter(letter__startswith="registration_").order_by("pk")
    return [(row.letter.removeprefix("registration_"), row.to_address) for row in rows]


def history(group: RegistrationGroup) -> list[tuple[str, Any]]:
    entries = ModelLogEntry.objects.for_instance(group).order_by("pk")
    return [(entry.action.removeprefix("events.registration."), entry.data) for entry in entries]


def test_seats_are_held_for_all_and_one_address_confirms_them() -> None:
    with time_machine.travel(NOON, tick=False):
        event = taking_groups(capacity=3)
        group = apply_group(event, "Ilgaz", 3)
        assert standing(group) == ("unverified", ["unverified"] * 3)
        assert (group.held_until, counted(event)) == (NOON + timedelta(hours=24), (3, 3))
        assert letters() == [("group_unverified", "contact@ilgaz.example")]
        verify_group(group=group)
        assert standing(group) == ("confirmed", ["confirmed"] * 3)
        assert verify_group(group=group).version == group.version
    assert letters()[1:] == [
        ("confirmed", "m1@ilgaz.example"),
        ("confirmed", "m2@ilgaz.example"),
        ("confirmed", "m3@ilgaz.example"),
        ("group_confirmed", "contact@ilgaz.example"),
    ]
    assert "Ilgaz Contact registered you" in Message.objects.filter(letter="registration_confirmed")[0].body_text


def test_who_has_no_address_is_told_through_the_contact() -> None:
    event = taking_groups()
    members = [Member(Applicant(name="Ali Örnek")), Member(Applicant(name="Bora Örnek", email="bora@sample.example"))]
    group = verify_group(group=apply_group(event, "Ilgaz", 0, members=members))
    ali = Registration.objects.get(name="Ali Örnek")
    told = Message.objects.get(letter="registration_group_confirmed").body_text
    assert (f"Ali Örnek: {ali.code.upper()}" in told, "Bora Örnek:" in told) == (True, False)
    assert (ali.email, ali.person_key.startswith("~"), ali.group) == ("", True, group)


def test_a_group_that_does_not_fit_waits_as_a_whole_and_moves_up_as_a_whole() -> None:
    event = taking_groups(capacity=5)
    rows = [verify(registration=apply(event, name)) for name in ("Ali", "Bora", "Cem")]
    group = apply_group(event, "Ilgaz", 4)
    assert (standing(group), counted(event)) == (("waitlisted", ["waitlisted"] * 4), (3, 3))
    assert list(Registration.objects.waiting().values_list("waiting_number", flat=True)) == [1, 2, 3, 4]
    assert letters()[-1] == ("group_waitlisted", "contact@ilgaz.example")
    cancel(registration=rows[0])
    assert (standing(group)[0], counted(event)) == ("waitlisted", (2, 2))
    cancel(registration=rows[1])
    assert (standing(group), counted(event)) == (("offered", ["offered"] * 4), (5, 5))
    assert (
        "Seats for your group of 4 are held until" in Message.objects.get(letter="registration_group_offered").body_text
    )
    accept_group(group=group)
    assert standing(group) == ("confirmed", ["confirmed"] * 4)
    assert [act for act, _data in history(group)] == ["register", "offer", "accept"]


def test_a_group_is_passed_by_as_many_seats_as_it_has_members_and_then_seats_are_kept() -> None:
    with time_machine.travel(NOON, tick=False):
        event = taking_groups(capacity=4)
        first = [verify(registration=apply(event, name)) for name in ("Ali", "Bora", "Cem")]
        group = apply_group(event, "Ilgaz", 2)  # one seat is free: two are needed
        passing = [apply(event, "Derya")]  # and whoever comes alone passes, once
        for name in ("Ece", "Figen", "Gül"):
            apply(event, name)
        cancel(registration=first[0])
        assert (states(event)["Ece"], states(event)["Figen"]) == ("offered", "waitlisted")
        group.refresh_from_db()
        assert (passing[0].state, group.passed) == ("unverified", 2)
        assert [each for each in history(group) if each[0] == "passed"] == [
            ("passed", {"seats": 1, "passed": 1, "members": 2}),
            ("passed", {"seats": 1, "passed": 2, "members": 2}),
        ]
        cancel(registration=first[1])
        settings = RegistrationSettings.objects.get()
        assert (states(event)["Figen"], settings.keeps_seats, settings.free) == ("waitlisted", True, 1)
        late = apply(event, "Hale")
        assert late.state == "waitlisted"
        cancel(registration=first[2])
        assert (standing(group)[0], RegistrationSettings.objects.get().keeps_seats) == ("offered", False)


def test_in_the_last_three_days_nothing_is_kept() -> None:
    event = taking_groups(capacity=2)
    with time_machine.travel(NOON, tick=False) as clock:
        rows = [verify(registration=apply(event, name)) for name in ("Ali", "Bora")]
        group = apply_group(event, "Ilgaz", 2)
        RegistrationGroup.objects.update(passed=2)
        apply(event, "Cem")
        cancel(registration=rows[0])
        assert states(event)["Cem"] == "waitlisted"
        clock.move_to(datetime(2027, 6, 7, 5, 59, tzinfo=UTC))
        expire_due()
        assert states(event)["Cem"] == "waitlisted"
        clock.shift(timedelta(minutes=1))
        expire_due()
        assert (states(event)["Cem"], standing(group)[0]) == ("offered", "waitlisted")


def test_a_quota_counts_groups_and_a_group_that_it_holds_up_is_passed_by_others() -> None:
    event = taking_groups(capacity=10, quota=3)
    confirmed_group(event, "Ilgaz", 2)
    group = apply_group(event, "Ilgaz Dairesi", 2, organisation="ILGAZ")
    assert standing(group)[0] == "waitlisted"
    assert apply(event, "Ali", organisation="Başka").state == "unverified"
    assert apply(event, "Bora", organisation="Ilgaz").state == "unverified"  # passes the group, once
    group.refresh_from_db()
    assert group.passed == 1
    with pytest.raises(ValidationError, match="3 seats at most"):
        apply_group(event, "Çınar", 4)


@pytest.mark.parametrize(
    ("named", "size", "told"),
    [
        ({"largest_group": 3}, 4, "A group has 3 people at most"),
        ({"capacity": 3}, 4, "3 seats at most; you entered 4"),
        ({"capacity": 3, "waiting_list": False}, 3, "only 2 seats are left; you entered 3"),
        ({}, 0, "Enter the members"),
    ],
)
def test_what_can_never_be_is_said_and_nothing_is_kept(named: dict[str, Any], size: int, told: str) -> None:
    event = taking_groups(**named)
    apply(event, "Ali")
    with pytest.raises(ValidationError, match=told):
        apply_group(event, "Ilgaz", size)
    assert (RegistrationGroup.objects.count(), Registration.objects.count()) == (0, 1)


def test_where_groups_are_not_taken_or_registration_is_shut() -> None:
    with pytest.raises(ValidationError, match="takes no groups"):
        apply_group(taking(), "Ilgaz", 2)
    with time_machine.travel(NOON), pytest.raises(NotTakenError):
        apply_group(taking_groups(opens_at=NOON + timedelta(days=1)), "Ilgaz", 2)


def test_who_is_registered_already_is_left_out_and_only_the_contact_s_page_knows() -> None:
    event = taking_groups(capacity=3)
    ali = apply(event, "Ali", email="m2@ilgaz.example")
    group = apply_group(event, "Ilgaz", 3)
    assert (standing(group), group.left_out) == (
        ("unverified", ["unverified"] * 2),
        [{"row": 2, "name": "Ilgaz 2", "typed": False}],
    )
    assert (counted(event), Registration.objects.get(pk=ali.pk).group) == ((3, 3), None)
    everybody = apply_group(taking_groups(), "Boş", 0, members=[Member(Applicant(name="X", email="x@sample.example"))])
    assert everybody.state == "unverified"


def test_a_group_of_people_who_are_all_registered_waits_for_its_contact_alone() -> None:
    event = taking_groups()
    apply(event, "Ali", email="m1@ilgaz.example")
    group = verify_group(group=apply_group(event, "Ilgaz", 1))
    assert standing(group) == ("confirmed", [])
    with pytest.raises(ValidationError, match="All of them are registered already"):
        add_group(event=event, filled=filled_group("Ilgaz", 1, contact=Applicant(name="Other")))


def test_the_same_form_and_the_same_contact_are_one_group() -> None:
    event = taking_groups()
    first = register_group(event=event, filled=filled_group("Ilgaz", 2), once="one")
    again = register_group(event=event, filled=filled_group("Ilgaz", 2), once="one")
    other = register_group(event=event, filled=filled_group("Ilgaz", 3), once="two")
    assert [each.group for each in (first, again, other)] == [first.group] * 3
    assert (Registration.objects.count(), letters()) == (
        2,
        [("group_unverified", "contact@ilgaz.example"), ("group_link", "contact@ilgaz.example")],
    )


def test_nobody_gets_more_than_three_such_letters_an_hour() -> None:
    event = taking_groups()
    for number in range(6):
        register_group(event=event, filled=filled_group("Ilgaz", 2), once=f"{number}")
    assert len(letters()) == 3


def test_an_unconfirmed_group_lapses_whole_and_tells_nobody_again() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        event = taking_groups(capacity=2)
        group = apply_group(event, "Ilgaz", 2)
        apply(event, "Ali")
        apply(event, "Bora")
        clock.shift(timedelta(hours=24))
        assert expire_due() == 2
        assert standing(group) == ("expired", ["expired"] * 2)
        assert (states(event)["Ali"], states(event)["Bora"], counted(event)) == ("offered", "offered", (2, 2))
        late = apply_group(event, "Çınar", 2)
        clock.shift(timedelta(hours=48))
        assert verify_group(group=late).state == "waitlisted"
    assert [each for each in letters() if "ilgaz" in each[1]] == [("group_unverified", "contact@ilgaz.example")]


def test_too_late_for_offered_seats_they_pass_on() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        event = taking_groups(capacity=2, offer_hours=1)
        first = confirmed_group(event, "Ilgaz", 2)
        group, other = apply_group(event, "Çınar", 2), apply_group(event, "Gölyaka", 2)
        cancel_group(group=first)
        assert (standing(group)[0], standing(other)[0]) == ("offered", "waitlisted")
        clock.shift(timedelta(hours=1))
        assert accept_group(group=group).state == "expired"
        assert (standing(group)[1], standing(other)[0]) == (["expired"] * 2, "offered")
    assert ("group_expired", "contact@nar.example") in letters()


def test_where_an_officer_decides_the_group_is_decided_on_whole() -> None:
    event, officer = taking_groups(capacity=3, approval=True), UserFactory(officer=True)
    group = confirmed_group(event, "Ilgaz", 3)
    assert (standing(group), counted(event)) == (("requested", ["requested"] * 3), (0, 0))
    member = group.members.first()
    for verb in (approve, waitlist):
        with pytest.raises(ValidationError, match="belongs to the group “Ilgaz”"):
            verb(registration=member, by=officer)
    approve(registration=verify(registration=apply(event, "Ali")), by=officer)
    with pytest.raises(ValidationError, match="needs 3 seats, and it takes all or none: 2 are free"):
        approve_group(group=group, by=officer)
    with pytest.raises(PermissionDenied):
        approve_group(group=group, by=UserFactory(editor=True))
    waitlist_group(group=group, by=officer)
    cancel(registration=member, by=officer)
    assert standing(group)[0] == "offered"
    decline_group(group=group, reason="One each", by=officer)
    assert standing(group)[1] == ["cancelled", "declined", "declined"]
    assert "One each" in Message.objects.get(letter="registration_group_declined").body_text


def test_who_confirms_after_approval_was_switched_off_does_not_overtake_a_group() -> None:
    event = taking_groups(capacity=5, approval=True)
    late, others = apply(event, "Xena"), apply_group(event, "Foça", 2)
    RegistrationSettings.objects.filter(event=event).update(approval=False)
    confirmed_group(event, "Gediz", 3)
    waiting = apply_group(event, "Izmir", 3)
    RegistrationGroup.objects.filter(pk=waiting.pk).update(passed=3)
    assert verify(registration=late).state == "waitlisted"
    assert verify_group(group=others).state == "waitlisted"
    settings = RegistrationSettings.objects.get(event=event)
    assert (settings.taken, settings.keeps_seats, line(event)[:4]) == (
        3,
        True,
        ["Izmir 1", "Izmir 2", "Izmir 3", "Xena"],
    )


def test_or_is_counted_as_having_passed_it() -> None:
    event = taking_groups(capacity=5, approval=True)
    late, others = apply(event, "Xena"), apply_group(event, "Foça", 1)
    RegistrationSettings.objects.filter(event=event).update(approval=False)
    confirmed_group(event, "Gediz", 3)
    waiting = apply_group(event, "Izmir", 3)
    assert verify(registration=late).state == "confirmed"
    assert verify_group(group=others).state == "confirmed"
    waiting.refresh_from_db()
    assert (waiting.passed, counted(event)) == (2, (5, 5))


def test_whoever_ticks_all_members_decides_on_the_group_and_whoever_ticks_some_is_told() -> None:
    event, officer = taking_groups(approval=True), UserFactory(officer=True)
    group = confirmed_group(event, "Ilgaz", 3)
    keys = list(group.members.values_list("pk", flat=True))
    some = do_to_several(act="approve", event=event, keys=keys[:2], by=officer)
    refused = ["This person belongs to the group “Ilgaz”, which gets its seats whole"] * 2
    assert (some.count, [why.partition(" or not at all")[0] for _row, why in some.refused]) == (0, refused)
    assert do_to_several(act="approve", event=event, keys=keys, by=officer).count == 3
    assert standing(group) == ("confirmed", ["confirmed"] * 3)


def test_one_member_presses_no_button_for_all() -> None:
    event = taking_groups(capacity=2)
    group = apply_group(event, "Ilgaz", 2)
    assert verify(registration=group.members.first()).state == "unverified"
    other = apply_group(event, "Çınar", 2)
    cancel_group(group=group)
    assert accept_offer(registration=other.members.first()).state == "offered"


def test_members_leave_and_a_smaller_group_may_have_room() -> None:
    event = taking_groups(capacity=3)
    verify(registration=apply(event, "Ali"))
    group = apply_group(event, "Ilgaz", 3)
    cancel(registration=group.members.first())
    assert standing(group) == ("offered", ["cancelled", "offered", "offered"])
    for member in group.active_members:
        cancel(registration=member)
    assert (standing(group)[0], counted(event)) == ("cancelled", (1, 1))


def test_a_member_is_added_where_a_seat_is_free_and_nobody_waits_for_it() -> None:
    event = taking_groups(capacity=4, largest_group=3)
    group = confirmed_group(event, "Ilgaz", 2)
    ada = Member(Applicant(name="Ada Örnek", email="ada@sample.example"))
    added = add_member(group=group, member=ada)
    assert (added.state, added.language, added.organisation_name) == ("confirmed", "en", "Ilgaz")
    assert letters()[-2:] == [("confirmed", "ada@sample.example"), ("group_members", "contact@ilgaz.example")]
    with pytest.raises(ValidationError, match="registered already"):
        add_member(group=group, member=ada)
    with pytest.raises(ValidationError, match="3 people at most"):
        add_member(group=group, member=Member(Applicant(name="Bora")))
    apply(event, "Ali")
    cancel(registration=added)
    apply(event, "Cem")
    with pytest.raises(ValidationError, match="No seat is free"):
        add_member(group=group, member=Member(Applicant(name="Bora")))
    waiting = apply_group(event, "Çınar", 2)
    with pytest.raises(ValidationError, match="once the group has its seats"):
        add_member(group=waiting, member=Member(Applicant(name="Bora")))


def test_by_hand_a_group_is_confirmed_where_there_is_room_and_waits_where_there_is_not() -> None:
    event, officer = taking_groups(capacity=3, closes_at=NOON - timedelta(days=400)), UserFactory(officer=True)
    first = add_group(event=event, filled=filled_group("Ilgaz", 2), by=officer)
    second = add_group(event=event, filled=filled_group("Çınar", 2), by=officer)
    assert (first.state, second.state, first.source) == ("confirmed", "waitlisted", "officer")
    with pytest.raises(ValidationError, match="has a group for the event already"):
        add_group(event=event, filled=filled_group("Ilgaz", 1), by=officer)
    with pytest.raises(PermissionDenied):
        add_group(event=event, filled=filled_group("Gölyaka", 1), by=UserFactory(editor=True))
    with pytest.raises(ValidationError, match="2 seats, and it takes all or none: 1 are free"):
        offer_group(group=second, by=officer)
    settings = RegistrationSettings.objects.get()
    settings.capacity = 4
    save_settings(settings=settings)
    assert standing(second)[0] == "offered"


def test_a_confirmed_group_that_is_cancelled_strikes_out_the_members_entries() -> None:
    event = taking_groups()
    group = confirmed_group(event, "Ilgaz", 2)
    cancel_group(group=group)
    cancel_group(group=group)
    entries = [row.calendar for row in Message.objects.filter(letter="registration_cancelled")]
    assert (len(entries), ["METHOD:CANCEL" in each for each in entries]) == (2, [True, True])
    assert letters()[-1] == ("group_cancelled", "contact@ilgaz.example")
