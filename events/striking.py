"""Take a name out of a text where it stands as a word, and leave longer words alone that it is a part of."""

import re
from collections.abc import Callable
from functools import lru_cache

from events.turkish import lower, upper

#: What stands where a name stood.
GONE = "…"
_LETTER = r"[^\W\d_]"
#: What Turkish hangs on a word (cases, many, “is”, “was said to be”), and people on a name without an apostrophe too.
_ENDING = (
    r"(?i:n?[ıiuü]n|[yn]?[ıiuüae]|n?[dt][ae]n?|y?l[ae]|l[ae]r|c[ae]|ki"
    r"|[dt][ıiuü]r|y?[dt][ıiuü]|y?m[ıiuü]ş|y?s[ae])"
)


def struck(text: str, name: str, instead: str = GONE, *, endings: bool = False) -> str:
    """The text with another name, whatever the alphabet; ``{{link:…}}`` in letters is no text.

    With ``endings`` a name of several words is found before endings as well (``Ali Canın``, ``Ali Canlardan``): that may
    be somebody else's name (``Ayşe Su``, ``Ayşe Sude``), so ask for it only where nothing of a name may stay.
    """
    return _pattern(name, endings).sub(lambda found: found[0] if found["name"] is None else instead, text)


def names(text: str, name: str, *, endings: bool = False) -> bool:
    """Whether the name stands in the text."""
    return any(found["name"] is not None for found in _pattern(name, endings).finditer(text))


def spellings(name: str) -> set[str]:
    """A name as people write it: with a capital for each word, in capitals, all of it or the last word.

    In Turkish capitals and others; in small letters where it has several words: one alone may be no name there
    (``deniz`` is the sea).
    """
    found = {name}
    for big, small in ((upper, lower), (str.upper, str.lower)):
        for each in (name, _titled(name, big, small)):
            rest, space, last = each.rpartition(" ")
            found |= {each, big(each), f"{rest}{space}{big(last)}"} | ({small(each)} if rest else set())
    return found


def _titled(name: str, big: Callable[[str], str], small: Callable[[str], str]) -> str:
    return re.sub(rf"{_LETTER}+", lambda word: big(word[0][0]) + small(word[0][1:]), name)


@lru_cache(maxsize=256)
def _pattern(name: str, endings: bool) -> re.Pattern[str]:
    word = _address(name) if "@" in name else _name(name, endings)
    return re.compile(rf"(?P<name>{word})|\{{\{{[a-z_:]+\}}\}}")


def _name(name: str, endings: bool) -> str:
    """Calendars write a line break as ``\\n``: its letter belongs to no word."""
    before = rf"(?:(?<!{_LETTER})|(?<=\\n))" if re.match(_LETTER, name) else ""
    after = rf"(?!{_LETTER})" if re.search(rf"{_LETTER}\Z", name) else ""
    if after and endings and " " in name:
        after = rf"(?={_ENDING}{{0,3}}(?!{_LETTER}))"
    return f"{before}{re.escape(name)}{after}"


def _address(address: str) -> str:
    """In letters of either case, and not within another; what only leads to it (a dash, ``%3A``) is no part of one."""
    before = r"(?:(?<!\w)(?<!\w[.+%-])|(?<=\\n)|(?<=%[0-9A-F]{2}))"
    return rf"{before}(?i:{re.escape(address)})(?!\w|[.-]\w)"
