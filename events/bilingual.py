"""A pair of columns (``title_tr``, ``title_en``) read as one text, falling back visibly.

The columns are written out in each model, so that queries, types and migrations see plain fields. A
:class:`Bilingual` attribute beside them reads the pair in the active language. Reading never hides a
fallback: what comes back is a :class:`Text`, a string that knows which language it is in.
"""

from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Any, overload

from django.conf import settings
from django.db import models
from django.utils.translation import get_language

LANGUAGES: tuple[str, ...] = ("tr", "en")
Texts = Mapping[str, str]


class Text(str):
    """A text and the language it is written in (a BCP 47 tag, empty for an empty text)."""

    __slots__ = ("language",)
    language: str

    def __new__(cls, value: str, language: str = "") -> "Text":
        text = super().__new__(cls, value)
        text.language = language if value else ""
        return text

    def __repr__(self) -> str:
        return f"Text({str(self)!r}, {self.language!r})"


def active_language() -> str:
    """The language of this request: ``tr`` or ``en``, never another."""
    language = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    return language if language in LANGUAGES else LANGUAGES[0]


def pick(texts: Texts, language: str | None = None) -> Text:
    """Choose the wanted language, else the other of the two, else whatever there is."""
    wanted = language or active_language()
    for candidate in (wanted, *LANGUAGES, *texts):
        if texts.get(candidate):
            return Text(texts[candidate], candidate)
    return Text("")


class Bilingual:
    """Read ``<name>_tr`` and ``<name>_en`` (and ``<name>_other`` where there is one) as one text.

    Writing to it raises: a text is always written in a language.
    """

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, instance: None, owner: type) -> "Bilingual": ...
    @overload
    def __get__(self, instance: object, owner: type) -> Text: ...
    def __get__(self, instance: object | None, owner: type) -> "Bilingual | Text":
        return self if instance is None else pick(self.texts(instance))

    def __set__(self, instance: object, value: object) -> None:
        raise AttributeError(f"write {self.name}_tr or {self.name}_en, not {self.name}")

    def texts(self, instance: Any) -> dict[str, str]:
        """All languages of this text that are not empty, as ``{"tr": …, "en": …}``."""
        pairs = {language: getattr(instance, f"{self.name}_{language}") for language in LANGUAGES}
        other = getattr(instance, "other_language", "")
        if other:
            pairs[other] = getattr(instance, f"{self.name}_other", "")
        return {language: text for language, text in pairs.items() if text}


@lru_cache(maxsize=64)
def bilingual_names(model: type) -> tuple[str, ...]:
    """The names of a model's bilingual texts, in the order they are written."""
    owned = (vars(owner).items() for owner in reversed(model.__mro__))
    return tuple(dict.fromkeys(name for each in owned for name, value in each if isinstance(value, Bilingual)))


def texts(instance: object, name: str) -> dict[str, str]:
    """All languages of one text of a row: ``texts(event, "title")`` gives ``{"tr": …, "en": …}``."""
    descriptor: Bilingual = getattr(type(instance), name)
    return descriptor.texts(instance)


class BilingualModel(models.Model):
    """A row with texts in both languages, which knows what is missing and what is stale.

    ``translated_from`` keeps, for each text, the hash of the Turkish text at the time the English one was
    written; where they differ the translation is stale.
    """

    translated_from = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        abstract = True

    def missing_texts(self) -> list[tuple[str, str]]:
        """Pairs of text and language that are empty though the other language has something."""
        found = []
        for name in bilingual_names(type(self)):
            have = texts(self, name)
            if have and not (set(have) - set(LANGUAGES)):
                found += [(name, language) for language in LANGUAGES if language not in have]
        return found

    def stale_texts(self) -> list[str]:
        """Names of texts whose Turkish source changed after they were translated."""
        return [
            name
            for name, digest in self.translated_from.items()
            if getattr(self, f"{name}_en", "") and digest != digest_of(getattr(self, f"{name}_tr", ""))
        ]

    def note_translations(self, before: "BilingualModel | None" = None) -> None:
        """Remember the source of each English text that is new or was rewritten since ``before``."""
        for name in bilingual_names(type(self)):
            english = getattr(self, f"{name}_en", "")
            if not english:
                self.translated_from.pop(name, None)
            elif before is None or english != getattr(before, f"{name}_en") or not getattr(before, f"{name}_tr"):
                # Turkish where there was none was written from the English: neither is behind the other.
                self.translated_from[name] = digest_of(getattr(self, f"{name}_tr", ""))
            elif name not in self.translated_from:
                self.translated_from[name] = digest_of(getattr(before, f"{name}_tr", ""))


def digest_of(text: str) -> str:
    """By what a text is known again without keeping it."""
    return sha256(text.encode()).hexdigest()[:16]
