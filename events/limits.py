"""How often one network may do something: counts in the cache, which forget by themselves.

A public form asks before it stores or sends anything. The count is kept under a keyed hash of the network, never
its address. Several processes share it only where they share a cache; a cache that is away limits nobody.
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
