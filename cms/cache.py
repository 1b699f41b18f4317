"""The cache of a site with Redis."""

import logging
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis import Redis
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


class _KeptClient(RedisCacheClient):
    """One client for all calls: Django makes a new one for each, which takes longer than to ask it."""

    def get_client(self, key: Any = None, *, write: bool = False) -> Redis:
        pool = self._get_connection_pool(write)  # type: ignore[attr-defined]
        kept: Redis | None = getattr(self, "_kept", None)
        if kept is None or kept.connection_pool is not pool:
            self._kept = kept = self._client(connection_pool=pool)  # type: ignore[attr-defined]
        return kept


class ForgivingRedisCache(RedisCache):
    """Redis that may be away: what cannot be read is missing, what cannot be kept is not kept.

    A page costs more then; it must not fail.
    """

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = _KeptClient

    def add(self, *args: Any, **kwargs: Any) -> bool:
        return bool(self._try(super().add, False, *args, **kwargs))

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._try(super().get, default, key, default, version)

    def set(self, *args: Any, **kwargs: Any) -> None:
        self._try(super().set, None, *args, **kwargs)

    def touch(self, *args: Any, **kwargs: Any) -> bool:
        return bool(self._try(super().touch, False, *args, **kwargs))

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        return bool(self._try(super().delete, False, *args, **kwargs))

    def get_many(self, *args: Any, **kwargs: Any) -> dict[Any, Any]:
        return dict(self._try(super().get_many, {}, *args, **kwargs))

    def has_key(self, *args: Any, **kwargs: Any) -> bool:
        return bool(self._try(super().has_key, False, *args, **kwargs))

    def set_many(self, data: dict[Any, Any], *args: Any, **kwargs: Any) -> list[Any]:
        return list(self._try(super().set_many, list(data), data, *args, **kwargs))

    def delete_many(self, *args: Any, **kwargs: Any) -> None:
        self._try(super().delete_many, None, *args, **kwargs)

    def incr(self, *args: Any, **kwargs: Any) -> int:
        return int(self._try(super().incr, 0, *args, **kwargs))

    @staticmethod
    def _try(call: Any, otherwise: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return call(*args, **kwargs)
        except RedisError as error:
            logger.warning("cache not reached: %s", type(error).__name__)
            return otherwise
