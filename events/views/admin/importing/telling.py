"""An outcome row by row, as the trial and the result show it: filtered, a page at a time, in the reader's words."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.bilingual import pick
from events.exchange.messages import reason
from events.exchange.rows import Remark

from .values import differing, field_label, told

#: What can be shown alone, in the order of the choices.
FILTERS = ("all", "created", "changed", "unchanged", "draft", "refused", "check")
PER_PAGE = 50
_MADE = ("venue", "room", "track", "party", "organisation", "person")
#: Fields that stand in the line of a new session already, or that say nothing to anybody.
_IN_HEAD = {
    "title_tr",
    "title_en",
    "title_other",
    "other_language",
    "day",
    "start",
    "end",
    "start_day",
    "end_day",
    "ref",
}


@dataclass(slots=True)
class ToldRow:
    """One row of the file and what becomes of it."""

    row: int
    act: str
    title: str = ""
    language: str = ""
    ref: str = ""
    when: str = ""
    draft: bool = False
    url: str = ""
    #: Field by field: name, old, new.
    lines: list[tuple[str, str, str]] = field(default_factory=list)
    #: What is wrong or doubtful: column with its value, and why.
    remarks: list[tuple[str, str]] = field(default_factory=list)


def filter_labels() -> dict[str, str]:
    """The choices in words."""
    return {
        "all": _("all rows"),
        "created": _("new"),
        "changed": _("changed"),
        "unchanged": _("unchanged"),
        "draft": _("drafts"),
        "refused": _("refused"),
        "check": _("to be checked"),
    }


def raw_rows(outcome: dict[str, Any]) -> list[dict[str, Any]]:
    """Everything that the file has, in its order: sessions, refused rows, copies."""
    doubts = _by_row(outcome.get("reported", []))
    rows = [{**row, "remarks": doubts.pop(row["row"], [])} for row in outcome.get("rows", [])]
    for name, act in (("refused", "refused"), ("copies", "copy")):
        for number, remarks in _by_row(outcome.get(name, [])).items():
            rows.append({"row": number, "act": act, "ref": remarks[0]["ref"], "remarks": remarks})
    return sorted(rows, key=lambda row: (row["row"], row["act"]))


def _by_row(remarks: Iterable[dict[str, Any]]) -> dict[int, list[dict[str, Any]]]:
    grouped: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for remark in remarks:
        grouped[remark["row"]].append(remark)
    return grouped


def matches(row: dict[str, Any], shown: str) -> bool:
    """Whether a row is among what was chosen to be shown."""
    match shown:
        case "all":
            return True
        case "draft":
            return bool(row.get("draft"))
        case "check":
            return row["act"] in ("refused", "copy") or bool(row["remarks"])
        case "unchanged":
            return row["act"] in ("unchanged", "copy")
    return bool(row["act"] == shown)


def tell(row: dict[str, Any]) -> ToldRow:
    """One row in words."""
    title = pick(row["title"]) if row.get("title") else ""
    known = row.get("pk")
    return ToldRow(
        row=row["row"],
        act=row["act"],
        title=str(title),
        language=getattr(title, "language", ""),
        ref=row["ref"] if len(row["ref"]) < 30 else "",
        when=_when(row),
        draft=row.get("draft", False),
        url=reverse("admin_session:edit", args=[known]) if known else "",
        lines=[_line(row["act"], *each) for each in row.get("fields", []) if _worth_telling(row["act"], *each)],
        remarks=[_remark(remark) for remark in row["remarks"]],
    )


def _when(row: dict[str, Any]) -> str:
    """Day, clock times and room, as far as they are known: ``Thursday 10 June 2027, 09:00–10:00, Salon 1``."""
    times = "–".join(told(name, row[name]) for name in ("start", "end") if row.get(name))
    day, room = (told(name, row[name]) if row.get(name) else "" for name in ("day", "room"))
    return ", ".join(filter(None, (day, times, room)))


def _worth_telling(act: str, name: str, _old: Any, new: Any) -> bool:
    return act != "created" or (name not in _IN_HEAD and new not in (None, "", []))


def _line(act: str, name: str, old: Any, new: Any) -> tuple[str, str, str]:
    if act == "created":
        return field_label(name), "", differing("", told(name, new))[1]
    return field_label(name), *differing(told(name, old), told(name, new))


def _remark(plain: dict[str, Any]) -> tuple[str, str]:
    remark = Remark(**plain)
    cell = remark.column
    if remark.value and remark.reason != "duplicate_row":
        cell = _("%(column)s “%(value)s”") % {"column": remark.column, "value": remark.value}
    return cell, reason(remark)


def made_lines(made: dict[str, list[str]]) -> list[str]:
    """What the directory gets besides: ``2 new rooms: Salon 3, Salon 4``."""
    lines = []
    # Databases keep the parts of a document in an order of their own.
    for kind, names in sorted(made.items(), key=lambda each: _MADE.index(each[0])):
        shown = ", ".join(name or _("without a name") for name in names[:12]) + (" …" if len(names) > 12 else "")
        lines.append(_made(kind, len(names)) % {"count": len(names), "names": shown})
    return lines


def _made(kind: str, count: int) -> str:
    match kind:
        case "venue":
            return ngettext("%(count)s new venue: %(names)s", "%(count)s new venues: %(names)s", count)
        case "room":
            return ngettext("%(count)s new room: %(names)s", "%(count)s new rooms: %(names)s", count)
        case "track":
            return ngettext("%(count)s new track: %(names)s", "%(count)s new tracks: %(names)s", count)
        case "party":
            return ngettext("%(count)s new group: %(names)s", "%(count)s new groups: %(names)s", count)
        case "organisation":
            return ngettext("%(count)s new organisation: %(names)s", "%(count)s new organisations: %(names)s", count)
    return ngettext("%(count)s new person: %(names)s", "%(count)s new people: %(names)s", count)
