"""The association's own name and address, which the site above knows and tells when it is ready."""

from collections.abc import Callable

_namers: list[Callable[[str], str]] = []
_addressers: list[Callable[[], str]] = []


def tell_by(name: Callable[[str], str], email: Callable[[], str]) -> None:
    """Say who knows the name in a language, and the address that people write to."""
    _namers[:], _addressers[:] = [name], [email]


def name_in(language: str) -> str:
    """The association's name in a language; empty where nobody knows it."""
    return _namers[0](language) if _namers else ""


def email() -> str:
    """The address that people write to; empty where there is none."""
    return _addressers[0]() if _addressers else ""
