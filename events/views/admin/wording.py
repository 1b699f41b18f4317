"""Changes in words: what a session was and what it is now, as an officer or the public reads it."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from events import labels
from events.models import Event, Session
from events.programme import Document

NONE = "–"
_LONG = 160
#: Fields that one line tells together, and the line's own.
_WHEN = {"day", "start", "end", "start_day", "end_day", "start_zone", "end_zone", "starts_at", "ends_at"}
_WHERE = {"room", "venue"}


@dataclass(frozen=True)
class Line:
    """One thing that changed: its name, what it was and what it is now."""

    label: str
    before: str
    after: str
    language: str = ""

    @property
    def heading(self) -> str:
        """The name with a capital of the reader's language."""
        return labels.sentence(self.label)


@dataclass
class Names:
    """How keys of a release document are told: rooms, venues, tracks by part, people by key."""

    parts: Iterable[Document]
    people: Mapping[str, Document]

    def of(self, part: str, key: str | None) -> str:
        """The name of a room, venue or track."""
        if not key:
            return NONE
        for document in self.parts:
            if key in document[part]:
                return both(document[part][key]["name"])
        return NONE

    def contributors(self, named: Iterable[Any]) -> list[str]:
        """People with the position that is shown of them, and their roles."""
        return [self._contributor(*each) for each in named]

    def _contributor(self, key: str, role: str, index: int | None) -> str:
        row = self.people.get(key) or {"name": "", "positions": []}
        positions = row["positions"]
        position = positions[index] if index is not None and index < len(positions) else {}
        shown = both(position) if any(position.values()) else ""
        name = row["name"] or _("(erased)")
        return f"{name} – {shown} ({labels.role_label(role)})" if shown else f"{name} ({labels.role_label(role)})"


def both(texts: Mapping[str, str]) -> str:
    """A name in both languages, once where they are the same."""
    return " / ".join(dict.fromkeys(texts[each] for each in in_order(texts) if texts[each])) or NONE


def in_order(languages: Iterable[str]) -> list[str]:
    """Turkish first, then English, then what is neither."""
    return sorted(set(languages), key=lambda tag: (tag != "tr", tag != "en", tag))


def verbose_name(model: type[Model], name: str) -> str:
    """What a column is called in the active language."""
    field: Any = model._meta.get_field(name)
    return str(field.verbose_name)


def session_lines(before: Document, after: Document, names: Names) -> list[Line]:
    """What changed in one session, from the fields concerned; an added session has no lines."""
    fields = before.keys() & after.keys()
    lines: list[Line] = []
    if fields & _WHEN:
        lines.append(Line(_("When"), when_words({**after, **before}), when_words(after)))
    if fields & _WHERE:
        lines.append(Line(_("Where"), where_words({**after, **before}, names), where_words(after, names)))
    for name in ("status", "title", "people", "abstract", "kind", "track", "organisation", "parties"):
        if name in fields:
            lines += _lines(name, before[name], after[name], names)
    for name in ("languages", "interpretation", "capacity", "audience"):
        if name in fields:
            lines += _lines(name, before[name], after[name], names)
    return [line for line in lines if line.before != line.after]


def session_facts(raw: Document, names: Names, *, whole: bool = True) -> list[Line]:
    """When and where a session is that is new or called off; ``whole`` tells its titles and people too."""
    texts = [
        Line(f"{_('title')} ({labels.language_name(each)})", "", raw["title"][each], each)
        for each in in_order(raw["title"])
        if whole
    ]
    facts = [(_("When"), when_words(raw)), (_("Where"), where_words(raw, names))]
    facts += [(_("people"), value_words("people", raw["people"], names))] if whole else []
    return [*texts, *(Line(label, "", value) for label, value in facts if value != NONE)]


def event_lines(before: Document, after: Document, names: Names, was: Names | None = None) -> list[Line]:
    """What changed in the event's own facts and texts; ``was`` names what the old ones name, where that is apart."""
    lines: list[Line] = []
    for name in after:
        label = _event_label(name)
        if isinstance(after[name], dict) and name != "dialogue_programme":
            lines += _texts(label, before.get(name) or {}, after[name])
        else:
            lines.append(Line(label, _fact(name, before.get(name), was or names), _fact(name, after[name], names)))
    return lines


def _lines(name: str, before: Any, after: Any, names: Names) -> list[Line]:
    if name in ("title", "abstract"):
        return _texts(_("title") if name == "title" else _("abstract"), before, after)
    if name == "people":
        return [Line(_("people"), *people_words(names.contributors(before), names.contributors(after)))]
    label = verbose_name(Session, name)
    return [Line(label, value_words(name, before, names), value_words(name, after, names))]


def _texts(label: str, before: Mapping[str, str], after: Mapping[str, str]) -> list[Line]:
    languages = in_order(each for each in [*before, *after] if before.get(each) != after.get(each))
    return [
        Line(f"{label} ({labels.language_name(each)})", *_around(before.get(each, ""), after.get(each, "")), each)
        for each in languages
    ]


def people_words(before: list[str], after: list[str]) -> tuple[str, str]:
    """Who is not there any more and who is new; where that is nobody, all of them in their order."""
    gone, new = ([each for each in one if each not in other] for one, other in ((before, after), (after, before)))
    told = (gone, new) if gone or new else (before, after)
    return "\n".join(told[0]) or NONE, "\n".join(told[1]) or NONE


def value_words(name: str, value: Any, names: Names) -> str:
    """One field of a session's document as people read it; texts apart, which stand by language."""
    if name == "people":
        return "\n".join(names.contributors(value)) or NONE
    if name == "track":
        return names.of("tracks", value)
    if name == "organisation":
        return both(value["name"]) if value else NONE
    if name == "parties":
        return ", ".join(both(each) for each in value) or NONE
    if name == "languages":
        return labels.language_names(tuple(value)) or NONE
    choices = {"status": Session.Status, "kind": Session.Kind, "audience": Session.Audience}
    choices["interpretation"] = Session.Interpretation
    if name in choices:
        return str(choices[name](value).label)
    return NONE if value in (None, "") else str(value)


def _fact(name: str, value: Any, names: Names) -> str:
    if value in (None, "", []):
        return NONE
    if name == "venue":
        return names.of("venues", value)
    if name in ("starts_on", "ends_on"):
        return labels.date_words(dt.date.fromisoformat(value))
    if name == "organisations":
        return "; ".join(f"{both(each['name'])} ({labels.party_label(each['role'])})" for each in value)
    if name == "dialogue_programme":
        return both(value["title"])
    if name == "languages":
        return labels.language_names(tuple(value))
    words: dict[str, Callable[[Any], str]] = {
        "kind": labels.event_kind_label,
        "line_of_work": labels.line_label,
        "field": labels.field_label,
    }
    if name in words:
        return words[name](value)
    return _("cancelled") if value == "cancelled" else str(value)


def _event_label(name: str) -> str:
    names = {"title": _("title"), "summary": _("summary"), "description": _("description")}
    names |= {"participation": _("for whom and how to take part"), "status": _("status"), "uid": "UID"}
    return names.get(name) or verbose_name(Event, name)


def when_words(raw: Document) -> str:
    """Day, clock and, where it is not the same at both ends, the zones."""
    if not raw.get("day"):
        return _clock(raw)
    day = labels.date_words(dt.date.fromisoformat(raw["day"]))
    return f"{day}, {_clock(raw)}" if raw.get("start") else f"{day}, {_('without a time')}"


def _clock(raw: Document) -> str:
    clock = "–".join(each for each in (raw.get("start"), raw.get("end")) if each)
    zones = list(dict.fromkeys(each for each in (raw.get("start_zone"), raw.get("end_zone")) if each))
    return f"{clock} ({' → '.join(zones)})" if len(zones) > 1 else clock


def where_words(raw: Document, names: Names) -> str:
    """Room, or place, of a session's document."""
    told = [names.of("rooms", raw["room"])] if raw.get("room") else []
    told += [names.of("venues", raw["venue"])] if raw.get("venue") else []
    return ", ".join(told) or NONE


def _around(before: str, after: str) -> tuple[str, str]:
    """Two versions of a text, of long ones what is round the first difference."""
    same = next((at for at, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), None)
    same = min(len(before), len(after)) if same is None else same
    begin = max(0, before.rfind(" ", 0, max(0, same - _LONG // 4)) + 1) if same > _LONG // 2 else 0
    return _part(before, begin), _part(after, begin)


def _part(text: str, begin: int) -> str:
    shown = text[begin : begin + _LONG]
    return f"{'…' if begin else ''}{shown}{'…' if begin + _LONG < len(text) else ''}" or NONE
