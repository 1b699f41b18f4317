"""Certificates of attendance: A4 lying, one a page, each with a code by which it can be verified."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from events.documents import fitting, paper
from events.documents.process import Order

NAME_WIDTH, NAME_HEIGHT, NAME_MOST = 225.0, 28.0, 17.0
#: A title longer than that is set smaller.
LONG = 110


@dataclass(frozen=True)
class Attested:
    """What one certificate says, in the words of one language."""

    name: str
    organisation: str
    language: str
    event: str
    place: str
    #: The days on which the person was there, and for how long; empty where the programme has no times.
    days: str
    hours: str
    issuer: str
    number: str
    issued: str
    code: str
    address: str


def order_of(rows: Sequence[Attested], *, title: str, language: str) -> Order:
    """Everything that is needed to set these certificates."""
    folder = settings.BASE_DIR / "templates" / "documents"
    shown = [_shown(number, row) for number, row in enumerate(rows)]
    html = render_to_string("documents/certificates.html", {"title": title, "language": language, "rows": shown})
    texts = {name: (folder / name).read_text() for name in ("certificates.css", "bridge.svg")}
    texts |= {f"qr{number}.svg": paper.code(row.address) for number, row in enumerate(rows)}
    return Order(html=paper.without_breaks(html), texts=texts, files=paper.fonts())


def _shown(number: int, row: Attested) -> dict[str, Any]:
    size, lines = fitting.fit(row.name, width=NAME_WIDTH, height=NAME_HEIGHT, most=NAME_MOST)
    with translation.override(row.language):
        words = {
            "heading": _("Certificate of attendance"),
            "attended": _("took part in"),
            "verify": _("Verify at"),
            "number": _("No. %(number)s, issued %(date)s") % {"number": row.number, "date": row.issued},
            "code": _("Code %(code)s") % {"code": row.code},
        }
    return {
        "row": row,
        "number": number,
        "size": f"{size:.2f}",
        "long": len(row.event) > LONG,
        "lines": lines,
        "words": words,
        "short": row.address.split("://", 1)[-1],
    }
