"""What is posted by the translation table: one cell by script, a whole page without."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import QueryDict

from events.bilingual import digest_of
from events.models import Event
from events.texts import StaleTextError, TextKey, confirm_text, discard_suggestion, suggest_text, write_text
from events.texts.reading import TextTable
from events.turkish import clean

#: Buttons beside one text, each with the key of its cell.
BUTTONS = ("right", "use", "discard", "suggest", "keep")


@dataclass
class Outcome:
    """What came of a post, by cell."""

    saved: list[TextKey] = field(default_factory=list)
    #: What was typed and not saved, and why.
    typed: dict[TextKey, str] = field(default_factory=dict)
    refused: dict[TextKey, str] = field(default_factory=dict)
    stale: set[TextKey] = field(default_factory=set)
    touched: list[TextKey] = field(default_factory=list)
    #: The digests of what was saved, for the other language of the same text.
    now: dict[TextKey, str] = field(default_factory=dict)


class Posted:
    """The cells of a form: each text with the digests of what was shown."""

    def __init__(self, data: QueryDict) -> None:
        self.data = data

    def pressed(self) -> tuple[str, TextKey] | None:
        """The button that was pressed, with its cell."""
        for name in BUTTONS:
            key = TextKey.parse(self.data.get(name, ""))
            if key:
                return name, key
        return None

    def seen(self, key: TextKey) -> dict[str, str]:
        found = {each.language: self.data.get(f"{each}-seen", "") for each in (key, key.other)}
        return {language: digest for language, digest in found.items() if digest}

    def changed(self) -> Iterator[tuple[TextKey, str]]:
        """Cells whose text is not the one that was shown."""
        for name in self.data:
            key, text = TextKey.parse(name), self.data.get(name, "")
            if key and self.data.get(f"{key}-seen") not in _digests(text):
                yield key, text


def save(event: Event, by: User, posted: Posted) -> Outcome:
    """Do what was asked: everything that was typed, then the button that was pressed."""
    outcome = Outcome()
    pressed = posted.pressed()
    for key, text in posted.changed():
        # Whoever keeps the other's text, or takes the machine's, gives up what is in the field.
        if pressed and pressed[0] in {"keep", "use"} and pressed[1] == key:
            continue
        _write(event, by, key, text, posted, outcome)
    if pressed and pressed[1] not in outcome.refused:
        _press(event, by, *pressed, posted, outcome)
    return outcome


def _write(event: Event, by: User, key: TextKey, text: str, posted: Posted, outcome: Outcome) -> None:
    outcome.touched.append(key)
    seen = posted.seen(key)
    if key.other in outcome.now:
        seen[key.other.language] = outcome.now[key.other]
    try:
        row = write_text(event=event, by=by, key=key, text=text, seen=seen)
    except ValidationError as error:
        outcome.typed[key] = text
        outcome.refused[key] = " ".join(error.messages)
        if isinstance(error, StaleTextError):
            outcome.stale.add(key)
    else:
        outcome.saved.append(key)
        outcome.now[key] = digest_of(getattr(row, key.column))


def _press(event: Event, by: User, name: str, key: TextKey, posted: Posted, outcome: Outcome) -> None:
    outcome.touched.append(key)
    try:
        if name == "right":
            confirm_text(event=event, by=by, key=key, seen=posted.seen(key))
        elif name == "suggest":
            suggest_text(event=event, by=by, key=key)
        elif name == "discard":
            discard_suggestion(event=event, by=by, key=key)
        elif name == "use":
            _use(event, by, key, posted)
        if name in {"right", "use"}:
            outcome.saved.append(key)
    except ValidationError as error:
        outcome.refused[key] = " ".join(error.messages)


def _use(event: Event, by: User, key: TextKey, posted: Posted) -> None:
    """What the machine said becomes the text of whoever pressed the button."""
    cell = TextTable(event).cell(key)
    if cell and cell.suggestion:
        write_text(event=event, by=by, key=key, text=cell.suggestion.text, seen=posted.seen(key))


def _digests(text: str) -> set[str]:
    """By what a text is known that nobody touched: as it is, and as browsers send it and saving tidies it."""
    lines = text.replace("\r\n", "\n")
    return {digest_of(lines), digest_of(clean(lines, lines=True))}
