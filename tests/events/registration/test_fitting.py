"""What is offered for a registration is what its verbs do, in each state."""

from collections.abc import Callable

import pytest

from events.models import Event, Registration
from events.registration import cancel, decline, offer, verify, waitlist
from events.registration.fitting import fitting, fitting_some
from events.registration.several import ACTS, do_to_several
from tests.events.registration.applying import apply, taking
from tests.events.registration.grouped import confirmed_group, taking_groups
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def _lapsed(event: Event) -> Registration:
    row = verify(registration=apply(event))
    Registration.objects.filter(pk=row.pk).update(state="expired")
    return row


BROUGHT: dict[str, Callable[[Event], Registration]] = {
    "unverified": apply,
    "requested": lambda event: verify(registration=apply(event)),
    "confirmed": lambda event: _approved(verify(registration=apply(event))),
    "waitlisted": lambda event: waitlist(registration=verify(registration=apply(event))),
    "offered": lambda event: offer(registration=verify(registration=apply(event))),
    "expired": _lapsed,
    "declined": lambda event: decline(registration=verify(registration=apply(event))),
    "cancelled": lambda event: cancel(registration=verify(registration=apply(event))),
}


def _approved(row: Registration) -> Registration:
    do_to_several(act="approve", event=row.event, keys=[row.pk], by=None)
    return row


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", BROUGHT)
def test_an_act_is_offered_where_it_does_something_and_nowhere_else(state: str, act: str) -> None:
    event = taking(approval=True, capacity=5)
    row = BROUGHT[state](event)
    row.refresh_from_db()
    offered = act in fitting(row)
    done = do_to_several(act=act, event=event, keys=[row.pk], by=UserFactory(officer=True))
    assert (row.state, offered) == (state, done.count == 1)
    assert done.count + len(done.unchanged) + len(done.refused) == 1


def test_without_an_address_no_letter_is_offered() -> None:
    row = verify(registration=apply(taking()))
    Registration.objects.filter(pk=row.pk).update(email="")
    row.refresh_from_db()
    done = do_to_several(act="resend", event=row.event, keys=[row.pk], by=None)
    assert ("resend" in fitting(row), [why for _row, why in done.refused]) == (
        False,
        ["There is no address to write to."],
    )


def test_a_member_stands_for_the_group_among_many_and_not_alone() -> None:
    event = taking_groups(approval=True)
    members = list(confirmed_group(event, "Ilgaz", 2).members.all())
    assert fitting(members[0]) == ["decline", "cancel"]
    assert fitting_some(members) == ["approve", "decline", "waitlist", "offer", "cancel"]
    ended = cancel(registration=apply(event))
    assert (fitting_some([ended]), fitting_some([])) == ([], [])
