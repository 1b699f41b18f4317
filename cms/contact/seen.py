"""What a visitor saw, and when: sealed into the form, so that the message is kept with just that.

The seal carries the moment, digests of the texts shown, and a number that makes one form one message.
"""

import datetime as dt
import secrets
from dataclasses import dataclass

from django.core import signing
from django.utils import timezone

from cms.models.contact import ContactPage
from cms.models.messages import digest

_SALT = "contact"
#: Nobody reads and writes faster than that; a press of the button once more is enough.
QUICKEST = dt.timedelta(seconds=3)
#: Older forms are shown anew: what they said may be out of date.
OLDEST = dt.timedelta(hours=12)


@dataclass(frozen=True)
class Seen:
    """One form as it was opened."""

    at: dt.datetime
    once: str
    texts: str

    def seal(self) -> str:
        return signing.dumps([self.at.timestamp(), self.once, self.texts], salt=_SALT)


def texts_of(page: ContactPage) -> str:
    """The digest of all that the page says about personal data."""
    return digest(f"{page.pk}\n{page.notice}\n{page.consent}")[:32]


def seen_now(page: ContactPage) -> Seen:
    return Seen(timezone.now(), secrets.token_hex(16), texts_of(page))


def opened(seal: str) -> Seen | None:
    """What is in a seal; None for one that is not ours."""
    try:
        moment, once, texts = signing.loads(seal, salt=_SALT)
    except (signing.BadSignature, ValueError):
        return None
    return Seen(dt.datetime.fromtimestamp(moment, dt.UTC), once, texts)
