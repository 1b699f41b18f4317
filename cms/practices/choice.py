"""Which practices a reader ticked to see side by side. They are named by what both languages share."""

import uuid
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from cms.models.practices import PracticeIndexPage, PracticePage

FEWEST, MOST = 2, 4
#: More ticks than this are nobody's choice.
_LONGEST = 40


@dataclass(frozen=True)
class Choice:
    """The practices ticked, in the order of the list; whether they are to be shown; what stands in the way."""

    practices: list[PracticePage]
    asked: bool = False
    gone: bool = False

    @property
    def complete(self) -> bool:
        return self.asked and not self.wrong

    @property
    def keys(self) -> list[str]:
        return [key_of(practice) for practice in self.practices]

    @property
    def wrong(self) -> str:
        """What to do first, in words; empty where nothing is in the way."""
        if not self.asked:
            return ""
        if len(self.practices) > MOST:
            return _("At most four practices fit side by side. Untick some.")
        if self.gone:
            return _("One of the practices is not here any more. Choose again.")
        return _("Tick at least two practices to see them side by side.") if len(self.practices) < FEWEST else ""


def key_of(practice: PracticePage) -> str:
    """By this a practice is the same in both languages."""
    return str(practice.translation_key.hex)


def asked_choice(request: HttpRequest, page: PracticeIndexPage) -> Choice:
    """What was ticked. ``choose`` in the address means that the reader is still choosing."""
    asked = dict.fromkeys(request.GET.getlist("compare")[:_LONGEST])
    keys = [key for text in asked if (key := _read(text))]
    found = list(page.practices().filter(translation_key__in=keys).order_by("-year", "pk")) if keys else []
    return Choice(found, asked="compare" in request.GET and "choose" not in request.GET, gone=len(found) < len(asked))


def _read(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(hex=text)
    except ValueError:
        return None
