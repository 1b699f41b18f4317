"""The cache of a site whose Redis is away, or there."""

import os

import pytest

from cms.cache import ForgivingRedisCache


def test_without_redis_nothing_is_kept_and_nothing_fails() -> None:
    away = ForgivingRedisCache("redis://127.0.0.1:1/0", {})
    assert {
        "set": away.set("a", 1),
        "get": away.get("a", "missing"),
        "add": away.add("a", 1),
        "touch": away.touch("a"),
        "delete": away.delete("a"),
        "has_key": away.has_key("a"),
        "get_many": away.get_many(["a"]),
        "set_many": away.set_many({"a": 1}),
        "delete_many": away.delete_many(["a"]),
        "incr": away.incr("a"),
        "get_or_set": away.get_or_set("a", 5),
    } == {
        "set": None,
        "get": "missing",
        "add": False,
        "touch": False,
        "delete": False,
        "has_key": False,
        "get_many": {},
        "set_many": ["a"],
        "delete_many": None,
        "incr": 0,
        "get_or_set": 5,
    }


@pytest.mark.redis
def test_with_redis_all_is_kept() -> None:
    there = ForgivingRedisCache(os.environ["REDIS_URL"], {"KEY_PREFIX": "koepru-test"})
    there.delete("a")
    assert (there.add("a", 1), there.add("a", 2), there.incr("a"), there.get("a"), there.has_key("a")) == (
        True,
        False,
        2,
        2,
        True,
    )
    assert (there.set_many({"a": 5, "b": 6}), there.get_many(["a", "b", "c"])) == ([], {"a": 5, "b": 6})
    there.delete_many(["a", "b"])
    assert there.get("a") is None
