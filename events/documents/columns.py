"""One session in one language: what stands in its column."""

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

from events import labels
from events.bilingual import Text, pick
from events.documents import words
from events.documents.runs import in_column, named, run
from events.programme import Contributor, Entry

#: Kinds that the title says better than a label would.
_UNSAID = {"other", "talk", "break", "meal", "free", "transfer", "registration"}


@dataclass(frozen=True)
class ChangeLine:
    """What a session was before, in words; ``was`` and ``now`` are empty where the label says all."""

    label: str
    was: str = ""
    now: str = ""

    @property
    def html(self) -> SafeString:
        """``Time: 09:00–10:00 → 14:00–15:00``, what was struck through."""
        label = f"{self.label}:" if self.was or self.now else self.label
        was = format_html(" <s>{}</s>", self.was) if self.was else ""
        return format_html("<b>{}</b>{}{}", label, was, f" → {self.now}" if self.now else "")


@dataclass(frozen=True)
class Column:
    """A session in one language; ``mark`` names the language of a text that is missing in this one."""

    language: str
    title: Text
    mark: str
    place: Text
    facts: str
    roles: tuple[SafeString, ...]
    changes: tuple[ChangeLine, ...]
    abstract: tuple[SafeString, ...]

    @property
    def heading(self) -> SafeString:
        """The title, told which language it is in where that is another."""
        return _marked(run(self.title, self.language), self.mark)


def _marked(text: SafeString, mark: str) -> SafeString:
    return format_html('{} <span class="mark">{}</span>', text, mark) if mark else text


def column_of(entry: Entry, old: Entry | None, language: str, *, home: str) -> Column:
    """Put a session into words; ``old`` is the session as the release before had it, ``home`` the event's venue."""
    title, abstract = pick(entry.title, language), pick(entry.abstract, language)
    return Column(
        language=language,
        title=title,
        mark=words.fallback_mark(title, language),
        place=words.place(entry, home, language),
        facts=in_column(_facts(entry, language), language, " · "),
        roles=tuple(_roles(entry, language)),
        changes=tuple(_changes(entry, old, language, home)),
        abstract=tuple(_prose(abstract, language)),
    )


def _prose(abstract: Text, language: str) -> list[SafeString]:
    """The paragraphs of an abstract, the last marked where it is in another language."""
    lines = [run(line, language) for line in words.paragraphs(abstract)]
    return [*lines[:-1], _marked(lines[-1], words.fallback_mark(abstract, language))] if lines else []


def _facts(entry: Entry, language: str) -> list[Text]:
    facts = []
    if entry.track:
        name = pick(entry.track.name, language)
        facts.append(Text(" ".join(filter(None, (entry.track.letter, name))), name.language))
    if entry.kind not in _UNSAID:
        facts.append(Text(words.capital(labels.kind_label(entry.kind, language), language), language))
    if entry.organisation:
        facts.append(words.host(pick(entry.organisation["name"], language), language))
    if entry.parties:
        names = [pick(party, language) for party in entry.parties]
        facts.append(Text(words.for_whom(labels.list_words(list(names), language), language), language))
    if entry.languages:
        facts.append(Text(words.spoken(entry.languages, entry.interpretation, language), language))
    if entry.capacity:
        facts.append(Text(words.places(entry.capacity, language), language))
    return facts


def _roles(entry: Entry, language: str) -> list[SafeString]:
    """A line for each role: what they do, who they are and with which position."""
    by_role: dict[str, list[Contributor]] = {}
    for each in entry.people:
        by_role.setdefault(each.role, []).append(each)
    return [_role(role, found, language) for role, found in by_role.items()]


def _role(role: str, found: list[Contributor], language: str) -> SafeString:
    label = words.capital(labels.role_label(role, language), language)
    people = [named(each.person.name, pick(each.shown, language), language) for each in found]
    return format_html("{}: {}", label, SafeString("; ".join(people)))


def _changes(entry: Entry, old: Entry | None, language: str, home: str) -> list[ChangeLine]:
    kinds = entry.change_kinds
    if old is None:
        return [ChangeLine(words.said("cancelled", language))] if entry.cancelled else []
    lines = [
        ChangeLine(words.capital(labels.change_label(kind, language), language))
        for kind in ("cancelled", "restored", "added")
        if kind in kinds
    ]
    if "moved" in kinds:
        lines += _moves(entry, old, language, home)
    if "retitled" in kinds and pick(old.title, language) != pick(entry.title, language):
        lines.append(ChangeLine(words.said("title", language), pick(old.title, language), pick(entry.title, language)))
    gone, come = _names(old, but=entry), _names(entry, but=old)
    if gone or come:
        lines.append(ChangeLine(words.said("people", language), gone, come))
    if entry.cancelled and "cancelled" not in kinds:
        lines.insert(0, ChangeLine(words.said("cancelled", language)))
    return lines or [ChangeLine(words.said("details", language))]


def _moves(entry: Entry, old: Entry, language: str, home: str) -> list[ChangeLine]:
    lines = []
    was, now = words.when(old, language), words.when(entry, language)
    if old.day == entry.day:
        was, now = words.clock(old) or "—", words.clock(entry) or "—"
    if was != now:
        lines.append(ChangeLine(words.said("time", language), was, now))
    was, now = words.place(old, home, language), words.place(entry, home, language)
    if was != now:
        lines.append(ChangeLine(words.said("place", language), was or "—", now or "—"))
    return lines


def _names(entry: Entry, *, but: Entry) -> str:
    """The people of a session who are not in ``but``, the other version of it."""
    known = {each.person.key for each in but.people}
    return ", ".join(dict.fromkeys(each.person.name for each in entry.people if each.person.key not in known))
