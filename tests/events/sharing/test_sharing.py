"""A link by which a host sees a working programme: made, shown again, ended, forgotten."""

import contextlib
import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.models import ModelLogEntry

from events.links import forget_ended_links, open_link
from events.models import HostComment, Link, ProgrammeShare
from events.sharing import forget_ended_shares, revoke_share, share_key, share_programme
from tests.factories import EventFactory, ProgrammeShareFactory, UserFactory

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2027, 6, 1, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def officer() -> Any:
    return UserFactory(officer=True)


def test_a_link_opens_one_programme_until_the_end_of_its_last_day(officer: Any) -> None:
    event = EventFactory(time_zone="Europe/Istanbul")
    with time_machine.travel(NOON, tick=False) as clock:
        share = share_programme(event=event, by=officer, host="Lindenau", last_day=dt.date(2027, 6, 2))
        key = share_key(share)
        link = open_link(key, "draft")
        assert link
        assert (link.target, share_key(ProgrammeShare.objects.get())) == (share, key)
        clock.move_to(dt.datetime(2027, 6, 2, 20, 59, 59, tzinfo=dt.UTC))
        assert open_link(key, "draft") == link
        clock.shift(1)
        assert open_link(key, "draft") is None
    entry = ModelLogEntry.objects.get()
    assert (entry.action, entry.user, entry.object_id) == ("events.share", officer, str(event.pk))


def test_each_host_has_a_link_that_ends_alone(officer: Any) -> None:
    one, other = ProgrammeShareFactory(), ProgrammeShareFactory()
    keys = [share_key(one), share_key(other)]
    revoke_share(share=one, by=officer)
    assert [bool(open_link(key, "draft")) for key in keys] == [False, True]


@pytest.mark.parametrize("day", [dt.date(2027, 5, 31), dt.date(2028, 6, 3), dt.date(9999, 12, 31)])
def test_an_end_in_the_past_or_too_far_is_refused(day: dt.date, officer: Any) -> None:
    with time_machine.travel(NOON, tick=False), pytest.raises(ValidationError) as refused:
        share_programme(event=EventFactory(), by=officer, host="Lindenau", last_day=day)
    assert (list(refused.value.message_dict), ProgrammeShare.objects.count()) == (["last_day"], 0)


@pytest.mark.parametrize(("day", "opens"), [(1, False), (2, True)])
def test_today_is_where_the_event_is(day: int, opens: bool, officer: Any) -> None:
    """Late in the evening in Istanbul it is tomorrow in Tokyo: a link until today would end before it begins."""
    event, evening = EventFactory(time_zone="Asia/Tokyo"), dt.datetime(2027, 6, 1, 19, tzinfo=dt.UTC)
    made = []
    with time_machine.travel(evening, tick=False), contextlib.suppress(ValidationError):
        made.append(share_programme(event=event, by=officer, host="Lindenau", last_day=dt.date(2027, 6, day)))
        assert open_link(share_key(made[0]), "draft")
    assert bool(made) == opens


def test_a_link_needs_a_host(officer: Any) -> None:
    with time_machine.travel(NOON, tick=False), pytest.raises(ValidationError):
        share_programme(event=EventFactory(), by=officer, host="", last_day=NOON.date())
    assert Link.objects.count() == 0


@pytest.mark.parametrize("who", ["editor", "reader"])
def test_only_who_may_release_may_show_it_to_others(who: str) -> None:
    user, share = UserFactory(**{who: True}), ProgrammeShareFactory()
    with pytest.raises(PermissionDenied):
        share_programme(event=share.event, by=user, host="Lindenau", last_day=dt.date(2027, 6, 2))
    with pytest.raises(PermissionDenied):
        revoke_share(share=share, by=user)


def test_a_month_after_its_end_everything_is_forgotten(officer: Any) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        ended = ProgrammeShareFactory(ends_in=dt.timedelta(days=1))
        HostComment.objects.create(share=ended, name="Anna", text="Earlier")
        revoked = ProgrammeShareFactory(ends_in=dt.timedelta(days=300))
        revoke_share(share=revoked, by=officer)
        kept = ProgrammeShareFactory(ends_in=dt.timedelta(days=300))
        clock.shift(dt.timedelta(days=30))
        forget_ended_shares()
        assert ProgrammeShare.objects.count() == 3
        clock.shift(dt.timedelta(days=1, seconds=1))
        # In either order: the link may be forgotten first.
        forget_ended_links()
        forget_ended_shares()
    assert (list(ProgrammeShare.objects.all()), HostComment.objects.count(), Link.objects.count()) == ([kept], 0, 1)


def test_it_all_goes_with_the_event() -> None:
    share = ProgrammeShareFactory()
    HostComment.objects.create(share=share, name="Anna", text="Earlier")
    share.event.delete()
    assert (ProgrammeShare.objects.count(), HostComment.objects.count(), Link.objects.count()) == (0, 0, 0)
