"""What a form said when it was opened: sealed into it, so that what comes back is kept with just that.

The seal carries the moment, the fingerprint of notice and consents, and a number that makes one form one registration.
"""

import datetime as dt
import secrets
from dataclasses import dataclass

from django.core import signing
from django.utils import timezone

_SALT = "registration"
#: Nobody reads and writes faster than that; a press of the button once more is enough.
QUICKEST = dt.timedelta(seconds=3)
#: Older forms are shown anew: what they said may be out of date.
OLDEST = dt.timedelta(hours=12)


@dataclass(frozen=True)
class Shown:
    """One form as it was opened."""

    at: dt.datetime
    once: str
    texts: str

    def seal(self) -> str:
        return signing.dumps([self.at.timestamp(), self.once, self.texts], salt=_SALT)

    @property
    def age(self) -> dt.timedelta:
        return timezone.now() - self.at


def shown_now(texts: str) -> Shown:
    """A form that is opened at this moment."""
    return Shown(timezone.now(), secrets.token_hex(16), texts)


def shown_before(seal: str) -> Shown | None:
    """What is in a seal; None for one that is not ours."""
    try:
        moment, once, texts = signing.loads(seal[:500], salt=_SALT)
    except (signing.BadSignature, ValueError):
        return None
    return Shown(dt.datetime.fromtimestamp(moment, dt.UTC), once, texts)
