"""How often a password may be tried."""

import hashlib
import secrets
from datetime import timedelta

from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from events.limits import Brake, Limit

#: After five wrong ones a quarter of a minute, then twice as long each time: some 200 tries a day at one account.
TRIES = Brake("password", free=5, first=15, longest=900, forgets=3600)
#: For all accounts together; an office behind one address logs in from devices that are known.
NETWORK = Limit("log-in", most=60, seconds=3600)
DEVICE, _DEVICE_SECONDS = "device", 180 * 24 * 3600


class Try:
    """One try at an account; ``wait`` is 0, or the seconds until the next one is looked at."""

    def __init__(self, request: HttpRequest, name: str) -> None:
        self.account = account_of(name)
        device = _device(request, self.account)
        self.what = f"{self.account}:{device}"
        self.wait = (0 if device else NETWORK.wait(request)) or TRIES.wait(self.what)

    def was_right(self) -> None:
        """The password was: wrong ones before it are forgotten."""
        TRIES.release(self.what)


def account_of(name: str) -> str:
    """What tries at one account are counted under: not the name itself."""
    return hashlib.sha256(name.strip().casefold().encode()).hexdigest()


def remember_device(response: HttpResponseBase, request: HttpRequest, name: str) -> None:
    """Know this device again at the next log-in to this account."""
    value = signing.dumps(secrets.token_urlsafe(12), salt=f"device:{account_of(name)}")
    response.set_cookie(
        DEVICE, value, max_age=_DEVICE_SECONDS, secure=request.is_secure(), httponly=True, samesite="Lax"
    )


def _device(request: HttpRequest, account: str) -> str:
    """The number that this account gave the device; empty for one that it does not know."""
    try:
        number: str = signing.loads(request.COOKIES.get(DEVICE, ""), salt=f"device:{account}", max_age=_DEVICE_SECONDS)
    except signing.BadSignature:
        return ""
    return number


def too_many(wait: int) -> str:
    """The same sentence whether there is such an account or not."""
    then = timezone.localtime(timezone.now() + timedelta(seconds=wait))
    return _("Too many tries. Try again after %(time)s.") % {"time": f"{then:%H:%M:%S}"}
