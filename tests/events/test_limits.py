"""How often one network may do something."""

from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import RequestFactory
from pytest_django import Settings

from events.limits import Limit, network_of

LIMIT = Limit("test", most=2, seconds=600)


def waits(rf: RequestFactory, times: int, **meta: Any) -> list[int]:
    return [LIMIT.wait(rf.post("/", **meta)) for _each in range(times)]


@time_machine.travel("2027-06-10T09:01:00Z", tick=False)
def test_a_network_waits_for_the_next_window_and_another_does_not(rf: RequestFactory) -> None:
    assert waits(rf, 4, REMOTE_ADDR="203.0.113.5") == [0, 0, 540, 540]
    assert waits(rf, 1, REMOTE_ADDR="203.0.113.6") == [0]
    assert Limit("other", most=1, seconds=600).wait(rf.post("/", REMOTE_ADDR="203.0.113.5")) == 0
    with time_machine.travel("2027-06-10T09:10:00Z", tick=False):
        assert waits(rf, 3, REMOTE_ADDR="203.0.113.5") == [0, 0, 600]


def test_limits_can_be_switched_off(rf: RequestFactory, settings: Settings) -> None:
    settings.RATE_LIMITS = False
    assert waits(rf, 4, REMOTE_ADDR="203.0.113.5") == [0, 0, 0, 0]


@time_machine.travel("2027-06-10T09:01:00Z", tick=False)
def test_a_count_that_is_lost_limits_nobody(rf: RequestFactory) -> None:
    assert waits(rf, 2, REMOTE_ADDR="203.0.113.5") == [0, 0]
    cache.clear()
    assert waits(rf, 2, REMOTE_ADDR="203.0.113.5") == [0, 0]


@pytest.mark.parametrize(
    ("address", "forwarded", "network"),
    [
        ("203.0.113.5", "", "203.0.113.5"),
        ("203.0.113.5", "198.51.100.7", "203.0.113.5"),  # a stranger's word
        ("127.0.0.1", "6.6.6.6, 198.51.100.7", "198.51.100.7"),  # our own proxy's, the last one
        ("", "198.51.100.7", "198.51.100.7"),  # through a socket
        ("127.0.0.1", "", "127.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.5", "", "203.0.113.5"),
        ("127.0.0.1", "no address", "no address"),
    ],
)
def test_whose_network_it_is(rf: RequestFactory, address: str, forwarded: str, network: str) -> None:
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    assert network_of(rf.get("/", REMOTE_ADDR=address, headers=headers)) == network


def test_one_form_counts_once_however_often_it_is_sent(rf: RequestFactory) -> None:
    """Who presses twice is no flood; a form that was refused stays refused."""
    request = rf.post("/", REMOTE_ADDR="203.0.113.77")
    limit = Limit("forms", most=2, seconds=600)
    with time_machine.travel("2027-06-10T09:00:00Z", tick=False):
        told = [limit.wait(request, form) for form in ("a", "a", "a", "b", "b", "c", "c", "a")]
    assert told == [0, 0, 0, 0, 0, 600, 600, 0]
