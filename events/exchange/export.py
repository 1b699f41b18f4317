"""The working programme as the spreadsheet it may have come from: importing it again changes nothing."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from events import permissions
from events.bilingual import active_language, pick, texts
from events.models import Contribution, Event, Session
from events.models.programme import date_of

from . import columns, limits
from .files import ROOT, bare_environment
from .people import contributions_of
from .values import BadCell, Span, read_span

Cell = str | int | dt.date | dt.datetime | dt.time | None

_ALWAYS = [
    "ref",
    "day",
    "start",
    "end",
    "kind",
    "title_tr",
    "title_en",
    "abstract_tr",
    "abstract_en",
    "venue",
    "room",
    "track",
    "languages",
    "interpretation",
    "capacity",
    "status",
    "audience",
    "chair",
    "moderator",
    "speakers",
    "rapporteur",
    "host",
]
_WHERE_USED = [
    "start_zone",
    "end_zone",
    "title",
    "abstract",
    "language",
    "organisation",
    "parties",
    "interpreter",
    "greeter",
    "signatory",
]
_FORMULA = re.compile(r"'*[=+\-@]")
_LONELY_DASH = re.compile(r"—|(?<![^\s])[–-](?![^\s])")
_ROLES = {columns.ROLE_OF.get(name, name): name for name in columns.PEOPLE}


def export_programme(*, event: Event, form: str = "xlsx", language: str | None = None, by: User | None = None) -> bytes:
    """Give an event's working programme as ``xlsx`` or ``csv``, drafts included, columns named in ``language``.

    Importing the file into the same event changes nothing; into a new one it makes the same programme. Raises
    ``ValidationError`` where a text is longer than a cell can be.
    """
    permissions.require(permissions.may_preview(by))
    language = language or active_language()
    header, rows = _table(event, language)
    if form == "csv":
        return text_table(header, rows, language)
    return workbook(str(pick(texts(event, "title"), language)), header, rows)


def _table(event: Event, language: str) -> tuple[list[str], list[list[Cell]]]:
    # Asked by event, not session by session: SQLite cannot take five thousand sessions in one question.
    people = contributions_of(event)
    values = [_Row(session, language, people.get(session.pk, [])).cells() for session in _sessions(event)]
    other = "en" if language == "tr" else "tr"
    possible = (*_ALWAYS, *_WHERE_USED, *(f"{name}_{other}" for name in (*columns.PEOPLE, *columns.NAMED)))
    names = [name for name in possible if name in _ALWAYS or any(row.get(name) for row in values)]
    if "language" in names and "title" not in names:
        names.append("title")
    rows = [[row.get(name) for name in names] for row in values]
    return [columns.header(name, language) for name in names], rows


def _sessions(event: Event) -> list[Session]:
    """In the order of the programme, untimed ones behind what stands before them in the list."""
    sessions = list(
        event.sessions.select_related("room__venue", "venue", "track", "organisation")
        .prefetch_related("parties")
        .order_by("day", "position", "pk")
    )
    last: dict[dt.date, str] = {}
    order: dict[int, tuple[dt.date, str, int]] = {}
    for session in sessions:
        session.event = event
        start = session.starts_at.isoformat() if session.starts_at else last.get(session.day, "")
        last[session.day] = max(start, last.get(session.day, ""))
        order[session.pk] = (session.day, start, session.position)
    return sorted(sessions, key=lambda session: order[session.pk])


class _Row:
    """One session as cells by column name."""

    def __init__(self, session: Session, language: str, people: list[Contribution]) -> None:
        self.session = session
        self.people = people
        self.language = language

    def cells(self) -> dict[str, Cell]:
        session, language = self.session, self.language
        place = session.room.venue if session.room else session.venue
        return {
            "ref": session.ref or str(session.uid),
            "day": session.day,
            "start_zone": session.start_zone,
            "end_zone": session.end_zone,
            "kind": columns.word(columns.KINDS, session.kind, language),
            **self._names("venue", place),
            **self._names("room", session.room),
            **self._names("track", session.track),
            **self._names("organisation", session.organisation),
            **self._names("parties", *session.parties.all()),
            "languages": ", ".join(columns.word(columns.LANGUAGES, tag, language) for tag in session.languages),
            "interpretation": columns.word(columns.INTERPRETATIONS, session.interpretation, language),
            "capacity": session.capacity,
            "status": columns.word(columns.STATUSES, session.status, language),
            "audience": columns.word(columns.AUDIENCES, session.audience, language),
            **self._texts(),
            **self._times(),
            **self._people(),
        }

    def _names(self, column: str, *rows: Any) -> dict[str, Cell]:
        """Names in the language of the columns, and in a column of their own those of the other language."""
        there = [row for row in rows if row]
        own, foreign = self.language, "en" if self.language == "tr" else "tr"
        if len(there) > 1:  # a list has to name each in both, or the names would not stand side by side
            return {
                column: "; ".join(pick(texts(row, "name"), own) for row in there),
                f"{column}_{foreign}": "; ".join(pick(texts(row, "name"), foreign) for row in there),
            }
        return {
            column: "".join(getattr(row, f"name_{own}") for row in there),
            f"{column}_{foreign}": "".join(getattr(row, f"name_{foreign}") for row in there),
        }

    def _texts(self) -> dict[str, Cell]:
        session = self.session
        cells: dict[str, Cell] = {
            f"{name}_{tag}": getattr(session, f"{name}_{tag}") for name in ("title", "abstract") for tag in ("tr", "en")
        }
        if session.other_language:
            cells |= {
                "title": session.title_other,
                "abstract": session.abstract_other,
                "language": session.other_language,
            }
        too_long = [name for name, text in cells.items() if len(str(text)) > limits.CELL_CHARACTERS]
        if too_long:
            raise ValidationError(_("“%(title)s” has a text that is too long for a spreadsheet.") % {"title": session})
        return cells

    def _times(self) -> dict[str, Cell]:
        """Clock times; with their date where the clock alone would be read as another moment."""
        session = self.session
        said = Span(_moment(session, "start"), _moment(session, "end"))
        one_clock = session.end_zone in ("", session.start_zone)
        try:
            read = read_span(session.day, session.start, session.end, one_clock=one_clock)
        except BadCell:
            read = Span(None, None)
        if read == said:
            return {"start": session.start, "end": session.end}
        return {"start": _stamp(said.start), "end": _stamp(said.end)}

    def _people(self) -> dict[str, Cell]:
        cells: dict[str, Cell] = {}
        other = "en" if self.language == "tr" else "tr"
        for role, name in _ROLES.items():
            named = [each for each in self.people if each.role == role]
            cells[name] = _people(named, self.language)
            if any(getattr(each, f"shown_{other}") for each in named):
                cells[f"{name}_{other}"] = _people(named, other)
        return cells


def _moment(session: Session, name: str) -> dt.datetime | None:
    time: dt.time | None = getattr(session, name)
    if time is None:
        return None
    return dt.datetime.combine(date_of(session.day, time, getattr(session, f"{name}_day")), time)


def _stamp(moment: dt.datetime | None) -> str | None:
    return moment.strftime("%Y-%m-%d %H:%M") if moment else None


def _people(named: Iterable[Contribution], language: str) -> str:
    """``Name — position; Name``, in the way ``values.read_people`` reads."""
    parts = []
    for each in named:
        name = _LONELY_DASH.sub(r"\\\g<0>", _escaped(each.person.name))
        shown = _escaped(getattr(each, f"shown_{language}"))
        parts.append(f"{name} — {shown}" if shown else name)
    return "; ".join(parts)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;")


def text_table(header: list[str], rows: list[list[Cell]], language: str) -> bytes:
    """As Turkish Excel opens it: byte-order mark, semicolons. No cell can become a formula."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    write: Callable[[Cell], str] = _TurkishCell.write if language == "tr" else _PlainCell.write
    writer.writerows([[write(cell) for cell in row] for row in rows])
    return out.getvalue().encode("utf-8-sig")


class _PlainCell:
    date_format = "%Y-%m-%d"

    @classmethod
    def write(cls, cell: Cell) -> str:
        if isinstance(cell, dt.datetime):
            return cell.strftime(f"{cls.date_format} %H:%M")
        if isinstance(cell, dt.date):
            return cell.strftime(cls.date_format)
        if isinstance(cell, dt.time):
            return cell.strftime("%H:%M")
        text = "" if cell is None else str(cell)
        return f"'{text}" if _FORMULA.match(text) else text


class _TurkishCell(_PlainCell):
    date_format = "%d.%m.%Y"


def workbook(
    title: str,
    header: list[str],
    rows: list[list[Cell]],
    sheet: str = "",
    *,
    width: int = 0,
    more: tuple[tuple[str, list[str], list[list[Cell]]], ...] = (),
) -> bytes:
    """Have the workbook written in a process of its own: the library is slow and large.

    ``width`` is that of every column, 0 for those of a programme; ``more`` are sheets beside it: name, header, rows.
    """
    table = {
        "title": title,
        "sheet": sheet,
        "header": header,
        "rows": [[_plain(cell) for cell in row] for row in rows],
        "width": width,
        "more": [
            {"sheet": name, "header": names, "rows": [[_plain(cell) for cell in row] for row in cells]}
            for name, names, cells in more
        ],
    }
    done = subprocess.run(
        (sys.executable, "-P", "-s", "-m", "events.exchange.writer"),
        input=json.dumps(table).encode(),
        capture_output=True,
        timeout=limits.CHILD_WALL_SECONDS,
        env=bare_environment(),
        cwd=ROOT,
        check=True,
    )
    return done.stdout


def _plain(cell: Cell) -> Any:
    if isinstance(cell, dt.datetime):
        return {"moment": cell.isoformat(timespec="minutes")}
    if isinstance(cell, dt.date):
        return {"date": cell.isoformat()}
    if isinstance(cell, dt.time):
        return {"time": cell.isoformat("minutes")}
    return cell
