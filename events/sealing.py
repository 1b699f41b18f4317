"""Texts that only this installation can read: sealed with FIELD_ENCRYPTION_KEYS, so that a stolen database tells nothing.

The first key seals, each of them opens. ``rotate_field_keys`` seals anew what an older key sealed; after that the
older key may go.
"""

import base64
import hashlib
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class SealedError(Exception):
    """None of the installation's keys opens this."""


def seal(text: str) -> str:
    """The text under the first key; the same text is sealed otherwise each time."""
    return seal_bytes(text.encode()).decode()


def unseal(sealed: str) -> str:
    """The text again, whichever of the keys sealed it."""
    return unseal_bytes(sealed.encode()).decode()


def seal_bytes(data: bytes) -> bytes:
    """A file under the first key; a third larger than it was."""
    return _keys(tuple(settings.FIELD_ENCRYPTION_KEYS)).encrypt(data)


def unseal_bytes(sealed: bytes) -> bytes:
    """A file again, whichever of the keys sealed it."""
    try:
        return _keys(tuple(settings.FIELD_ENCRYPTION_KEYS)).decrypt(sealed)
    except InvalidToken:
        raise SealedError from None


def sealed_anew(sealed: str) -> str:
    """What was sealed, under the first key."""
    return seal(unseal(sealed))


def is_current(sealed: str) -> bool:
    """Whether the first key opens it: then it need not be sealed anew."""
    return is_current_bytes(sealed.encode())


def is_current_bytes(sealed: bytes) -> bool:
    """Whether the first key opens it: then it need not be sealed anew."""
    try:
        _key(settings.FIELD_ENCRYPTION_KEYS[0]).decrypt(sealed)
    except InvalidToken:
        return False
    return True


@lru_cache(maxsize=4)
def _keys(secrets: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([_key(secret) for secret in secrets])


@lru_cache(maxsize=8)
def _key(secret: str) -> Fernet:
    """Any text will do as a secret: what seals is made of it."""
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"field:" + secret.encode()).digest()))
