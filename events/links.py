"""Links without account: who holds the key may see one thing, and do what that purpose allows, until it ends.

A key is ``<handle>-<seal>``. The handle names the row and is no secret; the seal is
HMAC(``LINK_KEYS``, purpose, handle, generation). So a key can be shown and sent again, a new generation ends all
keys before it, and the database alone opens nothing. The first of ``LINK_KEYS`` makes, each of them opens.

GET shows and POST acts, because programs that read letters follow links. A view that was entered by a key goes on
under an address without it (``events/views/keyed.py``); logs strike out whatever looks like a key (``cms/logs.py``).
"""

import base64
import datetime as dt
import hashlib
import hmac
import re
from collections.abc import Iterator

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone

from events.models import Link

#: Of 256 bits so many are enough: nobody guesses 128.
_SEAL_BYTES = 16
_KEY = re.compile(r"([a-z0-9]{10})-([a-z2-7]{26})\Z")
#: An ended link is kept so long, so that whoever made it sees that it ended.
KEEP_ENDED = dt.timedelta(days=30)


def issue_link(*, target: models.Model, purpose: str, expires_at: dt.datetime | None = None) -> Link:
    """The link to a row for a purpose: the one there is, open and with this end, else a new one.

    One that was revoked gets a new generation, so that its old keys stay dead.
    """
    of_target = {"content_type": ContentType.objects.get_for_model(target), "object_id": target.pk}
    with transaction.atomic():
        link, made = Link.objects.select_for_update().get_or_create(
            **of_target, purpose=purpose, defaults={"expires_at": expires_at}
        )
        if not made:
            link.generation += bool(link.revoked_at)
            link.expires_at, link.revoked_at = expires_at, None
            link.save(update_fields=["generation", "expires_at", "revoked_at"])
    return link


def renew_link(*, link: Link, expires_at: dt.datetime | None = None) -> Link:
    """Another key for the same thing; all earlier ones end."""
    with transaction.atomic():
        link = Link.objects.select_for_update().get(pk=link.pk)
        link.generation += 1
        link.expires_at, link.revoked_at = expires_at, None
        link.save(update_fields=["generation", "expires_at", "revoked_at"])
    return link


def revoke_link(*, link: Link) -> None:
    """End a link at once; ending it twice keeps the first moment."""
    Link.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())


def key_of(link: Link) -> str:
    """The key that opens a link: the same whenever it is asked, until a new generation."""
    return f"{link.handle}-{next(_seals(link))}"


def open_link(key: str, purpose: str) -> Link | None:
    """The link that this key opens for this purpose; None for a wrong, revoked or expired one, whichever it is."""
    parts = _KEY.match(key)
    if parts is None:
        return None
    link = Link.objects.open().filter(handle=parts[1], purpose=purpose).first()
    if link is None:
        return None
    # All are compared, so that the time tells nothing.
    fits = [hmac.compare_digest(parts[2], seal) for seal in _seals(link)]
    return link if any(fits) else None


def forget_ended_links() -> None:
    """Links that ended a month ago."""
    before = timezone.now() - KEEP_ENDED
    Link.objects.filter(models.Q(expires_at__lt=before) | models.Q(revoked_at__lt=before)).delete()


def _seals(link: Link) -> Iterator[str]:
    """The seal under each key of the installation, the one that makes first."""
    stated = f"link:{link.purpose}:{link.handle}:{link.generation}"
    for secret in settings.LINK_KEYS:
        seal = hmac.new(secret.encode(), stated.encode(), hashlib.sha256).digest()[:_SEAL_BYTES]
        yield base64.b32encode(seal).decode().rstrip("=").lower()
