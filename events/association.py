"""The association's own name, which the site above knows and tells when it is ready."""

from collections.abc import Callable

_tellers: list[Callable[[str], str]] = []


def tell_by(teller: Callable[[str], str]) -> None:
    """Say who knows the name in a language."""
    _tellers[:] = [teller]


def name_in(language: str) -> str:
    """The association's name in a language; empty where nobody knows it."""
    return _tellers[0](language) if _tellers else ""
