"""What a file says, in plain values: no Django, no database, nothing looked up yet."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any


class FileRefused(Exception):  # noqa: N818 - a refusal, not a fault
    """The file as a whole cannot be read; ``code`` says why, ``detail`` fills the message."""

    def __init__(self, code: str, **detail: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to tell about one row.

    ``row`` counts the rows of the sheet (or the records of a text file) from 1, title, header and blank
    rows included; ``line`` is the first physical line of the record, for text files only.
    """

    row: int
    line: int | None
    ref: str
    column: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Contributor:
    """A person in a role, as the row names them.

    ``key`` tells two people of one name apart inside one file; empty means "told by the name". A key that
    begins with ``guid:`` tells them apart everywhere. ``shown`` is position and organisation by language,
    as the file prints them; a language that is not in it is not told.
    """

    role: str
    name: str
    key: str = ""
    shown: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Row:
    """One session as the file has it.

    ``given`` names the fields that the file has for this row: the others are left alone in the database.
    ``start`` and ``end`` are wall-clock times of the event's zone unless they carry an offset.
    Texts are by language tag; ``tr`` and ``en`` have columns of their own, anything else is a third language.
    """

    row: int
    line: int | None = None
    given: tuple[str, ...] = ()
    ref: str = ""
    day: date | None = None
    start: datetime | None = None
    end: datetime | None = None
    start_zone: str = ""
    end_zone: str = ""
    kind: str = ""
    title: dict[str, str] = field(default_factory=dict)
    abstract: dict[str, str] = field(default_factory=dict)
    venue: str = ""
    room: str = ""
    track: str = ""
    languages: tuple[str, ...] = ()
    interpretation: str = ""
    capacity: int | None = None
    status: str = ""
    audience: str = ""
    organisation: str = ""
    parties: tuple[str, ...] = ()
    #: Names of places and the like in a stated language, by column: ``{"track_en": "Climate"}``.
    names: dict[str, str] = field(default_factory=dict)
    people: tuple[Contributor, ...] = ()

    @property
    def other_language(self) -> str:
        """The tag of a third language that the row's texts are in, or empty."""
        return next((tag for tag in (*self.title, *self.abstract) if tag not in ("tr", "en")), "")


@dataclass(slots=True)
class Reading:
    """The whole file: its own title and zone where it has them, its rows and what is wrong with some.

    ``language`` is the one in which its columns are named (empty where the form has no say in it), ``names``
    how it writes our column names. ``missing`` tells what a kept row lacks. ``sheet`` is the one that was read of
    the ``sheets`` that are to be seen.
    """

    form: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    title: str = ""
    language: str = ""
    zone: str = ""
    names: dict[str, str] = field(default_factory=dict)
    ignored_columns: tuple[str, ...] = ()
    capacities: dict[str, int] = field(default_factory=dict)
    biographies: dict[str, str] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    refused: list[Remark] = field(default_factory=list)
    reported: list[Remark] = field(default_factory=list)
    missing: list[Remark] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Layout:
    """How somebody says that a table is to be read; what is empty the table has to say itself.

    ``header`` is the number of the row with the column names, 0 for a table without. ``columns`` names our columns by
    the number of theirs, ``language`` is that of texts and names whose column states none.
    """

    sheet: str = ""
    header: int = 0
    columns: dict[int, str] = field(default_factory=dict)
    language: str = ""


@dataclass(slots=True)
class SeenColumn:
    """A column of a table as somebody sees it who has to say what it is."""

    number: int
    header: str
    values: list[str]
    guess: str = ""


@dataclass(slots=True)
class Survey:
    """The beginning of a table: which sheet, which row could hold the column names, what stands in each column."""

    form: str
    sheet: str = ""
    sheets: list[str] = field(default_factory=list)
    header: int = 0
    language: str = ""
    columns: list[SeenColumn] = field(default_factory=list)
    #: The first rows, for choosing the header among them: number and beginning.
    rows: list[tuple[int, str]] = field(default_factory=list)


def to_layout(plain: dict[str, Any]) -> Layout:
    """Build a layout from JSON, whose keys are texts."""
    columns = {int(number): name for number, name in plain.get("columns", {}).items()}
    return Layout(plain.get("sheet", ""), int(plain.get("header", 0)), columns, plain.get("language", ""))


def to_plain(row: Row) -> dict[str, Any]:
    """Give the row as JSON can carry it."""
    plain = asdict(row)
    for name in ("day", "start", "end"):
        plain[name] = plain[name].isoformat() if plain[name] else None
    return plain


def from_plain(plain: dict[str, Any]) -> Row:
    """Build the row again from ``to_plain``."""
    values = dict(plain)
    values["day"] = date.fromisoformat(values["day"]) if values["day"] else None
    for name in ("start", "end"):
        values[name] = datetime.fromisoformat(values[name]) if values[name] else None
    values["people"] = tuple(Contributor(**person) for person in values["people"])
    for name in ("given", "languages", "parties"):
        values[name] = tuple(values[name])
    return Row(**values)
