"""What the files under ``demo/site`` say, in one language: texts, links, names of rows.

A text is ``{tr: …, en: …}``. Running text is written as people type it: paragraphs with an empty line between them,
lines that begin with ``- `` for a list, ``[words](key)`` for a link to a page of the same site.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.timezone import get_default_timezone

from cms.demo.sample import Data, read_file

FOLDER: Path = settings.BASE_DIR / "demo" / "site"
_LINK = re.compile(r"\[([^]]+)\]\(([\w-]+)\)")
_PARAGRAPH = re.compile(r"\n\s*\n")


def read(name: str) -> Any:
    """One of the files of the site."""
    return read_file(FOLDER / f"{name}.yaml")


@dataclass(frozen=True)
class Edition:
    """One language of the site. ``rows`` finds what texts refer to: a kind (page, picture, event …) and a key."""

    language: str
    rows: Mapping[tuple[str, str], Any]

    def text(self, told: Any) -> Any:
        """What is said in this language; what has no languages, such as a date, is the same in all."""
        return told[self.language].strip() if isinstance(told, dict) else told

    def rich(self, told: Data) -> str:
        """Running text as the editor of the admin would have stored it."""
        return "".join(self._paragraph(part) for part in _PARAGRAPH.split(self.text(told)))

    def _paragraph(self, part: str) -> str:
        return "".join(
            f"<ul>{''.join(f'<li>{self._line(line[2:])}</li>' for line in lines)}</ul>"
            if listed
            else f"<p>{self._line(' '.join(lines))}</p>"
            for listed, lines in groupby(part.splitlines(), key=lambda line: line.startswith("- "))
        )

    def _line(self, words: str) -> str:
        return _LINK.sub(self._link, escape(words, quote=False))

    def _link(self, found: re.Match[str]) -> str:
        """A link; only its words as long as the page it leads to is not there yet."""
        page = self.rows.get(("page", found[2]))
        return f'<a linktype="page" id="{page.pk}">{found[1]}</a>' if page else found[1]


def moment(day: dt.date) -> dt.datetime:
    """When the association publishes what bears that date: at ten in the morning of its own zone."""

    return dt.datetime.combine(day, dt.time(10), get_default_timezone())
