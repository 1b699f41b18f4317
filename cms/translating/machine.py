"""A machine that translates, where an operator gave a key: wagtail-localize's own, asked in portions and with care."""

from collections.abc import Iterable
from typing import Any

import requests
from wagtail_localize.machine_translators.deepl import DeepLTranslator
from wagtail_localize.machine_translators.libretranslate import LibreTranslator

from events.machine import TranslatorAwayError

#: DeepL takes no more texts at once.
AT_ONCE = 50

__all__ = ["AT_ONCE", "DeepL", "LibreTranslate", "TranslatorAwayError"]


class _Careful:
    """Says in one way that a service failed, however it failed."""

    def translate(self, source_locale: Any, target_locale: Any, strings: Iterable[Any]) -> dict[Any, Any]:
        asked = list(strings)
        found: dict[Any, Any] = {}
        for start in range(0, len(asked), AT_ONCE):
            part = asked[start : start + AT_ONCE]
            try:
                found |= super().translate(source_locale, target_locale, part)  # type: ignore[misc]
            except (requests.RequestException, LookupError, TypeError, ValueError) as error:
                raise TranslatorAwayError(type(error).__name__) from error
        return found


class DeepL(_Careful, DeepLTranslator):
    """deepl.com: `AUTH_KEY`."""


class LibreTranslate(_Careful, LibreTranslator):
    """A LibreTranslate server, also one's own: `LIBRETRANSLATE_URL`, `API_KEY`."""
