"""A letter in an event's own words, or in the ready-made ones of that language where it has none."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import translation
from wagtail.log_actions import log

from events import permissions
from events.bilingual import LANGUAGES
from events.models import Event, LetterWords

from .placeholders import ALWAYS, OWN, fill, in_braces, keys_in
from .wording import LETTERS

_EMPTY_LINES = re.compile(r"\n\s*\n")


@dataclass(frozen=True)
class Words:
    """A letter in one language before it is filled in; what stands in braces is filled."""

    subject: str
    text: str

    def filled(self, values: Mapping[str, str]) -> tuple[str, list[str]]:
        """Subject and paragraphs."""
        paragraphs = [each.strip() for each in _EMPTY_LINES.split(self.text)]
        return fill(self.subject, values), [fill(each, values) for each in paragraphs if each]


def ready_made(letter: str, language: str) -> Words:
    """The words that the letter has by itself."""
    with translation.override(language):
        told = LETTERS[letter]
        paragraphs = [in_braces(str(each), language) for each in told.paragraphs]
        return Words(in_braces(str(told.subject), language), "\n\n".join(paragraphs))


def words_for(event: int, letter: str, language: str) -> Words:
    """The words that a person of this event reads: its own where it has them, else the ready-made ones."""
    row = next(iter(LetterWords.objects.order_by().filter(event=event, letter=letter)), None)
    return merged(row, letter, language)


def merged(row: LetterWords | None, letter: str, language: str) -> Words:
    """What ``row`` says in this language, and the ready-made words for what it leaves empty."""
    default = ready_made(letter, language)
    if row is None:
        return default
    return Words(
        getattr(row, f"subject_{language}") or default.subject, getattr(row, f"text_{language}") or default.text
    )


def allowed_in(letter: str) -> set[str]:
    """The placeholders of a letter."""
    told = LETTERS[letter]
    with translation.override("en"):
        allowed = {*ALWAYS, *keys_in(str(told.subject), *(str(each) for each in told.paragraphs))}
    return allowed.difference(OWN) if letter == "new_address" else allowed


def is_own(row: LetterWords | None, language: str) -> bool:
    """Whether anything of the letter is said in own words of this language."""
    return bool(row and (getattr(row, f"subject_{language}") or getattr(row, f"text_{language}")))


def is_half(row: LetterWords | None) -> list[str]:
    """The languages in which the ready-made words step in although the other language has its own."""
    if row is None:
        return []
    pairs = [{each: bool(getattr(row, f"{name}_{each}")) for each in LANGUAGES} for name in ("subject", "text")]
    return [each for each in LANGUAGES if any(any(pair.values()) and not pair[each] for pair in pairs)]


def back_to_ready_made(*, event: Event, letter: str, by: object = None) -> bool:
    """Forget an event's own words of a letter; False where it has none."""
    permissions.require(permissions.may_set_up_registration(by))  # type: ignore[arg-type]
    with transaction.atomic():
        gone, _each = LetterWords.objects.filter(event=event, letter=letter).delete()
        if gone:
            log(instance=event, action="events.registration.ready_made_letter", user=by, data={"letter": letter})
        return bool(gone)


def copy_words(*, source: Event, event: Event) -> None:
    """Give an event the own words of another; what it has already stays. Call it in a transaction."""
    has = set(event.letter_words.values_list("letter", flat=True))
    for row in source.letter_words.exclude(letter__in=has):
        row.pk, row.event, row.version = None, event, 1
        row.save()
