"""Two marks that no text has of its own: one round what catalogues translate, one round what rows say.

A page made with both shows what is neither: words that somebody wrote into the code, or forgot to translate.
"""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from gettext import GNUTranslations
from html.parser import HTMLParser
from typing import Any

import pytest
from asgiref.local import Local
from django.utils.translation import trans_real

#: What a page says beside its text.
SAID_BY = {"alt", "title", "placeholder", "aria-label", "aria-description", "aria-valuetext", "label", "abbr"}
#: What its scripts say later.
SAID_LATER = {"data-done", "data-failed", "data-own", "data-note"}
_MARKED = re.compile("⟪[^⟪⟫⟦⟧]*⟫|⟦[^⟪⟫⟦⟧]*⟧")
_PLACEHOLDER = re.compile(r"(%\(\w+\)[sd]|%[sd]|%%|\{\w*\})")
_LETTERS = re.compile(r"[^\W\d_]")
_LEFT = re.compile(r"[^\W\d_]|[⟪⟫⟦⟧]")
_OUR_CODE = ("cms.", "events.")


def row(text: str) -> str:
    """A text as a marked row has it."""
    return f"⟦{text}⟧" if text else text


def _translated(text: str) -> str:
    """The words of a translation, without those that are put into it: these carry a mark of their own, or none."""
    return "".join(f"⟪{part}⟫" if _LETTERS.search(part) and number % 2 == 0 else part for number, part in _parts(text))


def _parts(text: str) -> Iterator[tuple[int, str]]:
    return enumerate(_PLACEHOLDER.split(text))


class _Missing:
    """Stands behind a catalogue: what it has not comes back as it was asked for."""

    def __init__(self, source: bool) -> None:
        self._source = source

    def gettext(self, message: str) -> str:
        """The source is its own translation; any other language has none."""
        return _translated(message.rpartition(trans_real.CONTEXT_SEPARATOR)[2]) if self._source else message

    def ngettext(self, one: str, many: str, number: int) -> str:
        return self.gettext(one if number == 1 else many)


class MarkedTranslation(trans_real.DjangoTranslation):
    """The catalogues of a language as Django merges them; each text that they have is marked."""

    def __init__(self, language: str) -> None:
        super().__init__(language)
        last: Any = self
        # One dictionary of each catalogue, by message and by message and plural form. Those of some packages stand
        # one behind another.
        self._catalog._catalogs = [_marked(each) for each in self._catalog._catalogs]
        while isinstance(last._fallback, GNUTranslations):
            last = last._fallback
            # gettext shares it with whoever reads the same file.
            last._catalog = _marked(last._catalog)
        last._fallback = _Missing(source=language == "en")


def _marked(catalogue: dict[Any, str]) -> dict[Any, str]:
    return {key: _translated(text) if key and text else text for key, text in catalogue.items()}


@contextmanager
def marked_catalogues() -> Iterator[None]:
    """Everything translated carries its mark, in both languages, until this ends."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(trans_real, "_default", None)
        patched.setattr(trans_real, "_translations", {each: MarkedTranslation(each) for each in ("tr", "en")})
        # A thread holds on to the catalogue that it made active last.
        patched.setattr(trans_real, "_active", Local())
        _forget_words()
        yield
    _forget_words()


def _forget_words() -> None:
    """What the code keeps of translated words, for as long as the process lives."""
    for name, module in list(sys.modules.items()):
        if name.startswith(_OUR_CODE):
            for value in vars(module).values():
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


class _Said(HTMLParser):
    """All that a page says: its text, and the attributes that are read out or shown."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in {"script", "style"}
        named = dict(attrs)
        meta = named.get("name") or named.get("property") or ""
        for name, value in attrs:
            shown = name in SAID_BY or (name == "content" and meta.endswith(("description", "title", "name")))
            pressed = tag == "input" and name == "value" and named.get("type") in {"submit", "reset", "button"}
            if value and (shown or pressed or name in SAID_LATER):
                self.attributes.append((f"{tag} {name}", value))

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self._silent and data.strip():
            self.texts.append(" ".join(data.split()))


def unmarked(html: str, known: frozenset[str] = frozenset()) -> list[str]:
    """What of a page is outside both marks, but for what is ``known``; in its order, each once."""
    said = _Said()
    said.feed(html)
    said.close()
    found = list(_outside("\n".join(said.texts), known))
    for where, value in said.attributes:
        found += [f"{where}: {each}" for each in _outside(value, known)]
    return list(dict.fromkeys(found))


def _outside(text: str, known: frozenset[str]) -> Iterator[str]:
    """The words that are left when everything marked is taken out, from the innermost mark outwards."""
    while (less := _MARKED.sub("\n", text)) != text:
        text = less
    for part in re.split(r"[\n·,;:()/|–]+", text):
        word = part.strip(" \t.-+0123456789\u00a0")
        if (len(word) > 1 or word in "⟪⟫⟦⟧") and _LEFT.search(word) and word not in known:
            yield part.strip()
