"""What a trial or an import found, in plain values: kept as JSON, told in any language, compared by its digest."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.db import models

from events.bilingual import texts
from events.models import Session

from .report import ImportReport, RowChange
from .rows import Remark

#: Of a longer text the beginning is kept, and the fingerprint of the whole.
LONGEST = 4000


def outcome_of(report: ImportReport) -> dict[str, Any]:
    """Everything that the report says, without keys of rows that a trial makes and takes back."""
    return {
        "rows": [_row(row) for row in report.rows],
        "refused": _remarks(report.refused),
        "reported": _remarks(report.reported),
        "missing": _remarks(report.missing),
        "copies": _remarks(report.duplicates),
        "ignored": list(report.ignored_columns),
        "made": {kind: names for kind, names in report.made.items() if names},
    }


def counts_of(report: ImportReport) -> dict[str, int]:
    """How many rows did what; holds no word of the file."""
    counted = {name: getattr(report, name) for name in ("created", "changed", "unchanged", "draft")}
    return {**counted, "refused": report.refused_rows}


def digest_of(outcome: dict[str, Any]) -> str:
    """The outcome's fingerprint."""
    return hashlib.sha256(json.dumps(outcome, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _row(change: RowChange) -> dict[str, Any]:
    session = change.session
    known = change.act != "created"
    return {
        "row": change.row,
        "ref": change.ref,
        "act": change.act,
        "key": session.key if known else "",
        "pk": session.pk if known else None,
        "draft": session.status == Session.Status.DRAFT,
        "title": dict(texts(session, "title")),
        "day": plain(session.day),
        "start": plain(session.start),
        "end": plain(session.end),
        "room": plain(session.room),
        "fields": [[name, plain(old), plain(new)] for name, (old, new) in change.fields.items()],
    }


def _remarks(remarks: Iterable[Remark]) -> list[dict[str, Any]]:
    return [asdict(remark) for remark in remarks]


def plain(value: Any) -> Any:
    """A value as JSON has it; what is no text, number or list says what it is."""
    if isinstance(value, dt.date):
        return {"date": value.isoformat()}
    if isinstance(value, dt.time):
        return {"time": value.isoformat("minutes")}
    if isinstance(value, models.Model):
        return {"name": dict(texts(value, "name"))}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, str) and len(value) > LONGEST:
        return {"text": value[:LONGEST], "whole": hashlib.sha256(value.encode()).hexdigest()}
    return value
