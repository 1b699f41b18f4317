"""How often one network may do something: counts in the cache, which forget by themselves.

A public form asks before it stores or sends anything. The count is kept under a keyed hash of the network, never
its address. What is guessed at, such as a password, has a brake: each wrong try makes the next one wait longer. Several processes share it only where they share a cache; a cache that is away limits nobody.
"""

import hashlib
import hmac
import ipaddress
import math
import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

#: Of an address of the sixth version this many bits are one household or office (RFC 6177).
_PREFIX = 64


@dataclass(frozen=True)
class Limit:
    """At most ``most`` times in ``seconds`` for one network; ``name`` keeps one form's count from another's."""

    name: str
    most: int
    seconds: int

    def wait(self, request: HttpRequest, form: str = "") -> int:
        """Count this time. 0 where it is allowed, else the seconds until the next is.

        ``form`` is the number of the form that is sent: one that was allowed counts once, however often it is sent.
        """
        if not settings.RATE_LIMITS:
            return 0
        allowed = _key(f"{self.name}:form:{form}") if form else ""
        if allowed and cache.get(allowed):
            return 0
        now = time.time()
        window = int(now // self.seconds)
        key = _key(f"{self.name}:{window}:{network_of(request)}")
        if not cache.add(key, 1, timeout=self.seconds) and _counted(key) > self.most:
            return math.ceil((window + 1) * self.seconds - now)
        if allowed:
            cache.set(allowed, 1, timeout=self.seconds)
        return 0


@dataclass(frozen=True)
class Brake:
    """Wrong tries at one thing, a password for one: after ``free`` of them each makes the next wait, twice as long.

    Up to ``longest`` seconds, so that nobody is shut out for good by somebody else's tries; after a quiet
    ``forgets`` all is as before. A try is counted before it is known to be wrong: of many at the same moment no more
    get through than one after the other.
    """

    name: str
    free: int
    first: int
    longest: int
    forgets: int

    def wait(self, what: str) -> int:
        """Count this try. 0 where it is allowed, else the seconds until the next is; one that must wait is not counted."""
        if not settings.RATE_LIMITS:
            return 0
        counted, until = self._keys(what)
        if left := _left(until):
            return left
        # From the first try on, so that the count outlives the longest wait.
        times = 1 if cache.add(counted, 1, timeout=self.forgets) else _counted(counted)
        if times <= self.free:
            return 0
        seconds = min(self.first * 2 ** min(times - self.free - 1, 20), self.longest)
        cache.touch(counted, timeout=self.forgets)
        if cache.add(until, time.time() + seconds, timeout=seconds):
            return 0
        left = _left(until)
        if not left:
            # The last wait is over, but the cache, which has a clock of its own, still keeps it.
            cache.set(until, time.time() + seconds, timeout=seconds)
        return left

    def release(self, what: str) -> None:
        """This try was right."""
        cache.delete_many(self._keys(what))

    def _keys(self, what: str) -> list[str]:
        return [_key(f"{self.name}:{part}:{what}") for part in ("count", "until")]


def _left(until: str) -> int:
    return max(0, math.ceil(cache.get(until, 0) - time.time()))


def _key(secret: str) -> str:
    return "limit:" + hmac.new(settings.SECRET_KEY.encode(), secret.encode(), hashlib.sha256).hexdigest()


def network_of(request: HttpRequest) -> str:
    """The reader's network: an address, or the first half of one of the sixth version.

    What a proxy says counts only where the request came from one that is trusted (``TRUSTED_PROXIES``).
    """
    address = request.META.get("REMOTE_ADDR", "")
    if not address or address in settings.TRUSTED_PROXIES or "*" in settings.TRUSTED_PROXIES:
        # The last one is what our own proxy saw; all before it may be invented.
        address = request.META.get("HTTP_X_FORWARDED_FOR", "").rsplit(",", 1)[-1].strip() or address
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(found, ipaddress.IPv6Address):
        return str(found.ipv4_mapped or ipaddress.ip_network((found, _PREFIX), strict=False))
    return str(found)


def _counted(key: str) -> int:
    try:
        return cache.incr(key)
    except ValueError:  # it ran out between the two questions
        return 1
