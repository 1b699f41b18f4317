"""Links without account: the key opens one thing for one purpose, until it ends; the database alone opens nothing."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import LazySettings
from django.core import serializers

from events.links import forget_ended_links, issue_link, key_of, open_link, renew_link, revoke_link
from events.models import Link
from tests.factories import EventFactory

NOON = datetime(2027, 6, 10, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def test_a_key_opens_its_purpose_and_is_the_same_whenever_it_is_asked() -> None:
    event = EventFactory()
    link = issue_link(target=event, purpose="draft")
    key = key_of(link)
    opened = open_link(key, "draft")
    assert opened == link
    assert opened.target == event
    assert key_of(Link.objects.get()) == key
    assert issue_link(target=event, purpose="draft") == link
    assert open_link(key, "calendar") is None


def test_one_thing_has_a_key_for_each_purpose_and_none_opens_another() -> None:
    event, other = EventFactory(), EventFactory()
    links = [
        issue_link(target=event, purpose="draft"),
        issue_link(target=event, purpose="calendar"),
        issue_link(target=other, purpose="draft"),
    ]
    keys = [key_of(link) for link in links]
    assert len({key.partition("-")[2] for key in keys}) == 3
    assert open_link(f"{links[0].handle}-{keys[2].partition('-')[2]}", "draft") is None


@pytest.mark.parametrize("wrong", ["", "-", "x" * 5000, "../..", "abcdefghij-" + "a" * 26, "ğ" * 37, "a\x00b"])
def test_what_is_no_key_opens_nothing(wrong: str) -> None:
    issue_link(target=EventFactory(), purpose="draft")
    assert open_link(wrong, "draft") is None


def test_every_changed_letter_closes() -> None:
    key = key_of(issue_link(target=EventFactory(), purpose="draft"))
    changed = [key[:place] + ("a" if key[place] != "a" else "b") + key[place + 1 :] for place in range(len(key))]
    assert [each for each in changed if open_link(each, "draft")] == []
    assert [
        each for each in (key + "a", key[:-1], key.upper(), f" {key}", f"{key}\n") if open_link(each, "draft")
    ] == []


def test_the_database_does_not_hold_the_key() -> None:
    link = issue_link(target=EventFactory(), purpose="draft")
    assert key_of(link).partition("-")[2] not in serializers.serialize("json", Link.objects.all())


def test_a_revoked_link_stays_dead_when_another_is_made() -> None:
    event = EventFactory()
    link = issue_link(target=event, purpose="draft")
    key = key_of(link)
    with time_machine.travel(NOON, tick=False) as clock:
        revoke_link(link=link)
        clock.shift(timedelta(hours=1))
        revoke_link(link=link)
    link.refresh_from_db()
    assert (link.revoked_at, link.is_open, open_link(key, "draft")) == (NOON, False, None)
    again = issue_link(target=event, purpose="draft")
    assert (again.pk, again.generation, open_link(key, "draft")) == (link.pk, 2, None)
    assert open_link(key_of(again), "draft") == link


def test_a_new_generation_ends_the_keys_before_it() -> None:
    link = issue_link(target=EventFactory(), purpose="draft")
    old = key_of(link)
    renewed = renew_link(link=link)
    assert (open_link(old, "draft"), open_link(key_of(renewed), "draft")) == (None, link)


def test_a_link_ends_with_its_moment() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        link = issue_link(target=EventFactory(), purpose="draft", expires_at=NOON + timedelta(days=1))
        key = key_of(link)
        clock.shift(timedelta(days=1) - timedelta(seconds=1))
        assert (link.is_open, open_link(key, "draft")) == (True, link)
        clock.shift(timedelta(seconds=1))
        assert (link.is_open, open_link(key, "draft")) == (False, None)


def test_old_secrets_open_and_only_the_first_makes(settings: LazySettings) -> None:
    link = issue_link(target=EventFactory(), purpose="draft")
    old = key_of(link)
    settings.LINK_KEYS = ["a-new-secret", *settings.LINK_KEYS]
    new = key_of(link)
    assert (new == old, open_link(old, "draft"), open_link(new, "draft")) == (False, link, link)
    settings.LINK_KEYS = ["a-new-secret"]
    assert (open_link(old, "draft"), open_link(new, "draft")) == (None, link)


def test_ended_links_are_forgotten_after_a_month() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        kept = issue_link(target=EventFactory(), purpose="draft")
        issue_link(target=EventFactory(), purpose="draft", expires_at=NOON)
        revoke_link(link=issue_link(target=EventFactory(), purpose="draft"))
        clock.shift(timedelta(days=30))
        forget_ended_links()
        assert Link.objects.count() == 3
        clock.shift(timedelta(seconds=1))
        forget_ended_links()
        assert list(Link.objects.all()) == [kept]
