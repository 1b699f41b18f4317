"""Take a name out of a text where it stands as a word, and leave longer words alone that it is a part of."""

import re
from functools import lru_cache

#: What stands where a name stood.
GONE = "…"
_LETTER = r"[^\W\d_]"
#: Endings of Turkish cases, which people hang on a name without an apostrophe too.
_ENDING = r"(?:n?[ıiuü]n|[yn]?[ıiuüae]|n?[dt][ae]n?|y?l[ae]|l[ae]r|c[ae])"
#: Part of an address, so that one within another is found for what it is.
_IN_ADDRESS = r"[\w.+%-]"


def struck(text: str, name: str, instead: str = GONE, *, endings: bool = False) -> str:
    """The text with another name, whatever the alphabet; ``{{link:…}}`` in letters is no text.

    With ``endings`` a name of several words is found before the ending of a case as well (``Ali Canın``): that may be
    somebody else's name (``Ayşe Su``, ``Ayşe Sude``), so ask for it only where nothing of a name may stay.
    """
    return _pattern(name, endings).sub(lambda found: found[0] if found["name"] is None else instead, text)


def names(text: str, name: str, *, endings: bool = False) -> bool:
    """Whether the name stands in the text."""
    return any(found["name"] is not None for found in _pattern(name, endings).finditer(text))


@lru_cache(maxsize=256)
def _pattern(name: str, endings: bool) -> re.Pattern[str]:
    before, after = (_around_address if "@" in name else _around_name)(name, endings)
    return re.compile(rf"(?P<name>{before}{re.escape(name)}{after})|\{{\{{[a-z_:]+\}}\}}")


def _around_name(name: str, endings: bool) -> tuple[str, str]:
    """Calendars write a line break as ``\\n``: its letter belongs to no word."""
    before = rf"(?:(?<!{_LETTER})|(?<=\\n))" if re.match(_LETTER, name) else ""
    after = rf"(?!{_LETTER})" if re.search(rf"{_LETTER}\Z", name) else ""
    if after and endings and " " in name:
        after = rf"(?={_ENDING}?(?!{_LETTER}))"
    return before, after


def _around_address(_name: str, _endings: bool) -> tuple[str, str]:
    return rf"(?:(?<!{_IN_ADDRESS})|(?<=\\n))", r"(?![\w-]|\.\w)"
