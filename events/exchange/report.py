"""What an import did, row by row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from events.models import Event, ProgrammeRelease, Session

from .rows import Remark


@dataclass(frozen=True, slots=True)
class RowChange:
    """What a row did to its session: each field with what it was and what it is now.

    ``act`` is created, changed or unchanged; a new session was nothing before. ``title`` is in the active language.
    """

    row: int
    ref: str
    act: str
    session: Session
    fields: dict[str, tuple[Any, Any]]

    @property
    def title(self) -> str:
        return str(self.session.title)


@dataclass(slots=True)
class ImportReport:
    """Counts and remarks of one import.

    ``created`` counts drafts too; ``unchanged`` counts exact duplicates inside the file too; ``draft`` are
    the rows whose sessions stand as drafts now. ``refused`` rows are not in the programme, ``reported`` ones
    are with a value that was not understood, ``missing`` tells what kept rows lack. ``dry_run`` means that
    nothing was kept.
    """

    event: Event
    dry_run: bool = False
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    draft: int = 0
    refused: list[Remark] = field(default_factory=list)
    reported: list[Remark] = field(default_factory=list)
    missing: list[Remark] = field(default_factory=list)
    duplicates: list[Remark] = field(default_factory=list)
    rows: list[RowChange] = field(default_factory=list)
    #: Names of what the directory did not have and the file needs, by what it is: ``{"room": ["Salon 3"]}``.
    made: dict[str, list[str]] = field(default_factory=dict)
    ignored_columns: tuple[str, ...] = ()
    release: ProgrammeRelease | None = None
    not_released: bool = False

    @property
    def changes(self) -> list[RowChange]:
        """The rows that changed a session that was there before."""
        return [row for row in self.rows if row.act == "changed"]

    @property
    def refused_rows(self) -> int:
        """How many rows were refused, however many cells of a row are wrong."""
        return len({remark.row for remark in self.refused})

    @property
    def summary(self) -> str:
        """The one line that scripts read."""
        number = self.release.number if self.release else "none"
        return (
            f"created={self.created} changed={self.changed} unchanged={self.unchanged} "
            f"draft={self.draft} refused={self.refused_rows} release={number}"
        )
