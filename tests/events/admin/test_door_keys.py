"""Marks under keys that stand already: what a device sends once more, and what it cannot have made."""

import uuid

import pytest
from django.test import Client

from events.models import CheckIn
from events.registration import verify
from tests.events.admin.test_door import _on_the_day, at_door, doorkeeper, mark, send
from tests.events.registration.applying import apply, taking

__all__ = ["_on_the_day", "at_door", "doorkeeper"]
pytestmark = pytest.mark.django_db


def test_a_mark_under_the_key_of_another_is_refused_in_words_and_the_others_stand(at_door: Client) -> None:
    event = taking()
    ali, bora, cem = (verify(registration=apply(event, name)) for name in ("Ali", "Bora", "Cem"))
    first = mark(ali)
    send(at_door, event, first)
    again = [{**mark(bora), "key": first["key"]}, mark(cem), first]
    for _time in (1, 2):
        answers = send(at_door, event, *again).json()["marks"]
        assert [each.get("refused", each.get("here", [""])[0]) for each in answers] == [
            "This press was kept before, for somebody else or at another place. Press once more.",
            "present",
            "present",
        ]
    assert set(CheckIn.objects.values_list("registration__name", "state")) == {("Ali", "present"), ("Cem", "present")}
    twins = [{**mark(bora), "key": (key := str(uuid.uuid4()))}, {**mark(ali, "undone"), "key": key}]
    answers = send(at_door, event, *twins).json()["marks"]
    assert ["refused" in each for each in answers] == [False, True]
    assert CheckIn.objects.get(registration=ali).state == "present"
