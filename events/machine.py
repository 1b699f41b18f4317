"""The only door to a machine that translates: there where an operator gave a key, and asked for nothing otherwise.

Which machine it is, and how it is asked with care, is said by the settings (``cms/translating/machine.py``).
"""

import html
from dataclasses import dataclass
from typing import Any

from wagtail_localize.machine_translators import get_machine_translator
from wagtail_localize.strings import StringValue


class TranslatorAwayError(Exception):
    """The service did not answer, or with something that is no translation."""


@dataclass(frozen=True)
class _Language:
    """What translators want to know of a locale."""

    language_code: str


def machine_name() -> str:
    """What the machine is called; empty where there is none."""
    machine = get_machine_translator()
    return str(machine.display_name) if machine else ""


def translate(texts: list[str], source: str, target: str) -> list[str]:
    """Plain texts from one language into another, line by line, so that paragraphs stay what they are.

    Raises :class:`TranslatorAwayError`, also where there is no machine.
    """
    machine = get_machine_translator()
    if machine is None:
        raise TranslatorAwayError("none")
    lines = list(dict.fromkeys(line for text in texts for line in text.split("\n") if line.strip()))
    found = _asked(machine, lines, source, target)
    return ["\n".join(found.get(line, "") for line in text.split("\n")) for text in texts]


def _asked(machine: Any, lines: list[str], source: str, target: str) -> dict[str, str]:
    """Machines are asked for HTML, where a sign such as & has a meaning."""
    values = {line: StringValue(html.escape(line, quote=False)) for line in lines}
    known = machine.translate(_Language(source), _Language(target), list(values.values())) if values else {}
    return {line: html.unescape(known[value].data) for line, value in values.items()}
