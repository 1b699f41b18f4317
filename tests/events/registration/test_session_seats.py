"""A seat in a session that becomes free: to whom it passes on, and who hears of it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import time_machine
from django.db.models.signals import post_save
from django.utils import timezone

from events.models import Message, Registration, RegistrationGroup, RegistrationSettings, Session
from events.registration import Filled, cancel, expire_due
from events.registration.groups.deciding import cancel_group, decline_group, verify_group, waitlist_group
from events.registration.groups.registering import register_group
from events.registration.keeping import delete_overdue, erase_registration
from events.release import cancel_event, reinstate_event, release_programme
from tests.events.registration.applying import apply
from tests.events.registration.gathering import coming, gathering, places
from tests.events.registration.grouped import filled_group
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

AFTERWARDS = dt.datetime(2029, 1, 1, tzinfo=dt.UTC)


def letters(email: str) -> list[str]:
    rows = Message.objects.filter(to_address=email).order_by("pk")
    return [row.letter.removeprefix("registration_") for row in rows]


def seated(title: str = "Water") -> list[str]:
    rows = Registration.objects.filter(chosen_sessions__places=places(title), chosen_sessions__seat=True)
    return list(rows.order_by("pk").values_list("name", flat=True))


def cancel_it(row: Registration) -> None:
    cancel(registration=row)


def erase_it(row: Registration) -> None:
    erase_registration(registration=row, by=UserFactory(admin=True))


@pytest.mark.parametrize("leave", [cancel_it, erase_it])
def test_who_wished_for_it_has_it_and_is_told(leave: Callable[[Registration], None]) -> None:
    event = gathering()
    ali, bora = coming(event, "Ali", "Water"), coming(event, "Bora", "Water")
    leave(ali)
    assert (seated(), letters(bora.email)) == (["Bora"], ["unverified", "confirmed", "session_seat"])


def test_also_where_nobody_confirmed_the_address_of_who_had_it() -> None:
    event = gathering()
    apply(event, "Ali", filled=Filled(sessions=[places("Water")]))
    bora = coming(event, "Bora", "Water")
    with time_machine.travel(timezone.now() + dt.timedelta(hours=25)):
        assert expire_due() == 1
    assert (seated(), letters(bora.email)) == (["Bora"], ["unverified", "confirmed", "session_seat"])


@pytest.mark.parametrize("leave", [cancel_it, erase_it])
def test_once_the_event_is_over_it_stays_where_it_was(leave: Callable[[Registration], None]) -> None:
    event = gathering()
    ali, bora = coming(event, "Ali", "Water"), coming(event, "Bora", "Water")
    with time_machine.travel(AFTERWARDS):
        leave(ali)
    assert (seated(), letters(bora.email)) == ([], ["unverified", "confirmed"])


def test_nor_does_the_clock_write_when_it_deletes() -> None:
    event = gathering()
    coming(event, "Ali", "Water"), coming(event, "Bora", "Water")
    written: list[str] = []

    def note(instance: Message, **_more: Any) -> None:
        written.append(instance.letter)

    post_save.connect(note, sender=Message)
    with time_machine.travel(AFTERWARDS):
        delete_overdue()
    post_save.disconnect(note, sender=Message)
    assert (written, Registration.objects.kept().count()) == ([], 0)


def test_of_a_session_that_has_begun_nobody_is_told() -> None:
    event = gathering()
    ali, bora = coming(event, "Ali", "Water"), coming(event, "Bora", "Water")
    begun = Session.objects.get(title_en="Water").starts_at
    assert begun is not None
    with time_machine.travel(begun + dt.timedelta(minutes=1)):
        cancel(registration=ali)
    assert letters(bora.email) == ["unverified", "confirmed"]


def test_while_the_event_is_off_it_stays_free_and_passes_on_when_it_takes_place_after_all() -> None:
    event = gathering()
    ali, bora = coming(event, "Ali", "Water"), coming(event, "Bora", "Water")
    cancel_event(event=event)
    cancel(registration=ali)
    assert (seated(), letters(bora.email)) == ([], ["unverified", "confirmed"])
    reinstate_event(event=event)
    release_programme(event=event)
    assert (seated(), letters(bora.email)) == (["Bora"], ["unverified", "confirmed", "session_seat"])


def lapse_group(*, group: RegistrationGroup) -> None:
    Registration.objects.filter(group=group).update(state="offered", held_until=timezone.now())
    RegistrationGroup.objects.filter(pk=group.pk).update(state="offered", held_until=timezone.now())
    expire_due()


@pytest.mark.parametrize("end", [cancel_group, decline_group, waitlist_group, lapse_group])
def test_of_a_group_that_leaves_nobody_is_given_it_but_who_stays(end: Callable[..., Any]) -> None:
    event = gathering()
    RegistrationSettings.objects.filter(event=event).update(groups=True)
    filled = filled_group("Izmir", 3)
    filled = replace(filled, members=[replace(each, sessions=[places("Water")]) for each in filled.members])
    group = verify_group(group=register_group(event=event, filled=filled, once="form").group)
    bora = coming(event, "Bora", "Water")
    end(group=group)
    assert (seated(), places("Water").taken) == (["Bora"], 1)
    told = Message.objects.filter(letter="registration_session_seat").values_list("to_address", flat=True)
    assert list(told) == [bora.email]
