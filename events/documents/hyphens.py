"""Turkish hyphenation for pyphen, which has none: a rule, not patterns.

A Turkish syllable has one vowel, and a consonant before a vowel opens a new syllable (Yazım Kılavuzu, "Hece
yapısı ve satır sonunda kelimelerin bölünmesi"): ``ka-tı-lım``, ``sa-at``, ``elekt-rik``.
"""

import itertools
from functools import lru_cache
from typing import Any

import pyphen

_VOWELS = frozenset("aâeêıiîoôöuûüáàäãåæéèëíìïóòõøœúùý" + "AÂEÊIİÎOÔÖUÛÜÁÀÄÃÅÆÉÈËÍÌÏÓÒÕØŒÚÙÝ")
_NAME = "tr"


class Syllables:
    """What pyphen expects of a dictionary; positions count the letters before the hyphen."""

    def positions(self, word: str) -> list[Any]:
        return [pyphen.DataInt(position) for position in breaks(word)]


@lru_cache(maxsize=16384)
def breaks(word: str) -> tuple[int, ...]:
    """Where a Turkish word may be divided: before a consonant with its vowel, and between two vowels.

    No letter is changed to compare it, so ``İstanbul`` keeps its eight places; nothing is divided next to an
    apostrophe or a digit.
    """
    vowels = [place for place, letter in enumerate(word) if letter in _VOWELS]
    found = []
    for before, vowel in itertools.pairwise(vowels):
        place = vowel if vowel == before + 1 else vowel - 1
        if word[place - 1 : place + 1].isalpha():
            found.append(place)
    return tuple(found)


def register() -> None:
    """Make pyphen know Turkish, in this process."""
    pyphen.LANGUAGES[_NAME] = pyphen.LANGUAGES_LOWERCASE[_NAME] = _NAME
    pyphen.hdcache[_NAME] = Syllables()
