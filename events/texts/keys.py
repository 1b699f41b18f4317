"""The name of one text of an event: ``session-12-title-en``."""

import re
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from events.bilingual import LANGUAGES, BilingualModel, bilingual_names
from events.models import Event, Party, Session, Track

KINDS: dict[str, type[BilingualModel]] = {"event": Event, "session": Session, "track": Track, "party": Party}
_KEY = re.compile(r"([a-z]+)-([0-9]{1,18})-([a-z]+)-(tr|en)\Z")


@dataclass(frozen=True)
class TextKey:
    """Where one text is: the kind and number of its row, the text's name, its language."""

    kind: str
    row: int
    name: str
    language: str

    def __str__(self) -> str:
        return f"{self.pair}-{self.language}"

    @property
    def pair(self) -> str:
        """What both languages of the text share."""
        return f"{self.kind}-{self.row}-{self.name}"

    @property
    def column(self) -> str:
        return f"{self.name}_{self.language}"

    @property
    def other(self) -> "TextKey":
        """The same text in the other language."""
        language = next(each for each in LANGUAGES if each != self.language)
        return TextKey(self.kind, self.row, self.name, language)

    @classmethod
    def parse(cls, text: str) -> "TextKey | None":
        """The key that is written so; None where there can be no such text."""
        found = _KEY.match(text)
        if found is None or found[1] not in KINDS or found[3] not in bilingual_names(KINDS[found[1]]):
            return None
        return cls(found[1], int(found[2]), found[3], found[4])

    def rows(self, event: Event) -> QuerySet[Any]:
        """The row of this event that holds the text, if it is there."""
        rows: QuerySet[Any] = KINDS[self.kind]._default_manager.filter(pk=self.row)
        return rows.filter(pk=event.pk) if self.kind == "event" else rows.filter(event=event)


def gone() -> ValidationError:
    """Refuse a text whose row is not there any more."""
    return ValidationError(_("What this text belongs to has been deleted in the meantime."))
