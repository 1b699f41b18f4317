"""The list of those who take part: a table for the desk or the file, with a column to sign if need be."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string

from events.documents import paper
from events.documents.process import Order

#: With more columns than that the page lies.
UPRIGHT = 4


@dataclass(frozen=True)
class Listed:
    """A list in the words of one language; ``sign`` is the heading of the empty column, empty for none."""

    title: str
    event: str
    facts: str
    language: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    number: str
    sign: str = ""


def order_of(listed: Listed) -> Order:
    """Everything that is needed to set a list."""
    folder = settings.BASE_DIR / "templates" / "documents"
    columns = len(listed.header) + bool(listed.sign)
    html = render_to_string("documents/participants.html", {"listed": listed})
    texts = {name: (folder / name).read_text() for name in ("participants.css",)}
    head, foot = paper.quoted(listed.event), paper.quoted(listed.title)
    size = "A4" if columns <= UPRIGHT else "A4 landscape"
    texts["pages.css"] = f"@page {{ size: {size}; @top-left {{ content: {head} }} @bottom-left {{ content: {foot} }} }}"
    return Order(html=paper.without_breaks(html), texts=texts, files=paper.fonts())
