"""Turkish text done right: folding for search, sort keys, letter case and slugs.

Python's own ``lower``, ``upper`` and ``casefold`` are wrong for Turkish (``"İ".lower()`` is two code points,
``"I".lower()`` is ``"i"``); nothing in this project may use them on text that people read.
"""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii
from django.utils.text import slugify

ALPHABET = "abcçdefgğhıijklmnoöpqrsştuüvwxyz"
_UPPER = str.maketrans({"i": "İ", "ı": "I"})
_LOWER = str.maketrans({"I": "ı", "İ": "i"})
_FOLD = str.maketrans("İIıçğöşüÇĞÖŞÜ", "iiicgosucgosu")
_RANK = {letter: f"{rank:02d}" for rank, letter in enumerate(ALPHABET, start=20)}
_INITIALS = {rank: letter.translate(_UPPER).upper() for letter, rank in _RANK.items()}
_DIGITS = {str(digit): f"{digit + 5:02d}" for digit in range(10)}
_BLANK = re.compile(r"\s+")
# Cc: controls, Cf: invisible formatting such as bidirectional marks, Cs: lone surrogates, Co: private use.
_UNWANTED = {"Cc", "Cf", "Cs", "Co"}


def clean(text: str, *, lines: bool = False) -> str:
    """Give the text in one form: NFC, no control, bidirectional or surrogate characters, single spaces.

    ``lines`` keeps line breaks (as ``\\n``); everywhere else a line break becomes a space.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = text.replace("i\u0307", "i")
    kept = "".join(_kept(char, lines) for char in text)
    if not lines:
        return _BLANK.sub(" ", kept).strip()
    return "\n".join(_BLANK.sub(" ", line).strip() for line in kept.split("\n")).strip()


def _kept(char: str, lines: bool) -> str:
    if char == "\n":
        return "\n" if lines else " "
    if char.isspace():
        return " "
    return "" if unicodedata.category(char) in _UNWANTED else char


def upper(text: str, language: str = "tr") -> str:
    """Capitals by the rule of the text's language: ``izmir`` is ``İZMİR`` in Turkish."""
    return (text.translate(_UPPER) if language == "tr" else text).upper()


def lower(text: str, language: str = "tr") -> str:
    """Small letters by the rule of the text's language: ``IĞDIR`` is ``ığdır`` in Turkish."""
    return (text.translate(_LOWER) if language == "tr" else text.replace("İ", "i")).lower()


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Reduce a text to what search compares: ``Ilgın``, ``ILGIN`` and ``ılgin`` all give ``ilgin``.

    Marks of other alphabets go too (``Łódź`` gives ``lodz``); punctuation becomes a single space.
    """
    plain = unicodedata.normalize("NFC", text).translate(_FOLD)
    plain = anyascii(plain).lower()
    return " ".join(re.findall(r"[a-z0-9]+", plain))


def tails(text: str, shortest: int = 3) -> str:
    """The ends of every folded word, for an index that knows only beginnings: ``liman`` gives ``iman man``."""
    words = dict.fromkeys(fold(text).split())
    return " ".join(word[start:] for word in words for start in range(1, len(word) - shortest + 1))


@lru_cache(maxsize=8192)
def sort_key(text: str) -> str:
    """Give a key of digits that sorts by the Turkish alphabet under any database collation.

    Every letter becomes two digits (``ç`` after ``c``, ``ı`` before ``i``); q, w, x have their usual
    places and letters of other alphabets sort as the letter they are built on.
    """
    return "".join(_letter_key(char) for char in lower(unicodedata.normalize("NFC", text)))[:400]


def by_alphabet(text: str, language: str = "tr") -> tuple[str, str]:
    """What a list in that language is sorted by: its own alphabet.

    Who reads English looks ``Çınarlı`` up under C, between ``Cida`` and ``Colne``; ``Cinarli`` would stand before it.
    """
    if language == "tr":
        return sort_key(text), ""
    plain = "".join(_letter_key(char) for char in anyascii(unicodedata.normalize("NFC", text)).lower())
    return plain, sort_key(text)


def _letter_key(char: str) -> str:
    if char in _RANK:
        return _RANK[char]
    if char in _DIGITS:
        return _DIGITS[char]
    if char.isspace() or char in "-–—":
        return "00"
    plain = anyascii(char).lower()
    return "".join(_RANK.get(each) or _DIGITS.get(each, "") for each in plain)


def initial(key: str) -> str:
    """The letter under which something with this sort key stands in an index: ``Âdem`` under A, ``’t Hart`` under T.

    ``#`` for what begins with a digit or has no letters.
    """
    return _INITIALS.get(key[:2], "#")


def slug(text: str, *, length: int = 80) -> str:
    """Make a readable address of a title: ``Işıklar Çalıştayı`` gives ``isiklar-calistayi``."""
    return slugify(anyascii(text.translate(_FOLD)))[:length].strip("-")
