"""Badges: A6, one a page, or four on a sheet of A4 with marks for the knife."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from events.documents import fitting, paper
from events.documents.process import Order

#: The box of the name, in millimetres, and its largest letters.
NAME_WIDTH, NAME_HEIGHT, NAME_MOST = 89.0, 38.0, 24.0
NAME_TOP = 52.0
A_SHEET = 4


@dataclass(frozen=True)
class Badge:
    """What is printed of one person, in the words of one language."""

    name: str
    organisation: str
    role: str
    #: How the person is spoken to: names of languages.
    spoken: str
    code: str
    language: str
    event: str
    dates: str

    @property
    def line(self) -> str:
        """What the printed code leads a screen reader to say."""
        return f"{self.name}: {self.code}"


#: Texts longer than that are set smaller, so that nothing is cut off.
LONG_EVENT, LONG_ORGANISATION = 84, 72


def order_of(badges: Sequence[Badge], *, sheets: bool, title: str, language: str) -> Order:
    """Everything that is needed to set these badges; ``sheets``: four on a page of A4."""
    folder = settings.BASE_DIR / "templates" / "documents"
    shown = [_shown(number, badge) for number, badge in enumerate(badges)]
    size = A_SHEET if sheets else 1
    context = {
        "title": title,
        "language": language,
        "sheets": sheets,
        "pages": [shown[at : at + size] for at in range(0, len(shown), size)],
    }
    html = render_to_string("documents/badges.html", context)
    texts = {"badges.css": (folder / "badges.css").read_text(), "arc.svg": (folder / "arc.svg").read_text()}
    texts["page.css"] = f"@page {{ size: {'A4' if sheets else '105mm 148.5mm'}; margin: 0 }}"
    texts |= {f"qr{number}.svg": paper.code(badge.code) for number, badge in enumerate(badges)}
    return Order(html=paper.without_breaks(html), texts=texts, files=paper.fonts())


def _shown(number: int, badge: Badge) -> dict[str, Any]:
    size, lines = fitting.fit(badge.name, width=NAME_WIDTH, height=NAME_HEIGHT, most=NAME_MOST)
    return {
        "badge": badge,
        "number": number,
        "size": f"{size:.2f}",
        # It stands on what is below it: the space that a short name leaves is under the arc.
        "top": f"{NAME_TOP + NAME_HEIGHT - size * fitting.LINE * len(lines):.2f}",
        "lines": lines,
        "place": number % A_SHEET + 1,
        **_long(badge),
    }


def _long(badge: Badge) -> dict[str, bool]:
    return {
        "long_event": len(badge.event) > LONG_EVENT,
        "long_organisation": len(badge.organisation) + len(badge.role) // 2 > LONG_ORGANISATION,
    }
