"""A file from the upload over the trial to the act: what the import wizard does, step by step.

Small files are answered at once, large ones by a job. Each step may come twice: what is done stays done.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from events import permissions
from events.jobs import promise_job
from events.models import ColumnMatch, Event, Job, ProgrammeImport
from events.models.importing import TOLD, WAITS
from events.turkish import clean, fold

from .apply import OutcomeChangedError, Tell, import_programme
from .clocks import on_clock_of
from .files import read_programme, survey_table
from .outcome import counts_of, digest_of, outcome_of
from .report import ImportReport
from .rows import FileRefused, Layout, Reading, SeenColumn, Survey, to_layout

#: Up to this many rows the officer waits for the answer itself: about a second.
AT_ONCE = 400
TRY, IMPORT = "try_import", "import_programme"
#: What a table lacks that an officer can say instead of it.
_TO_BE_MATCHED = {"no_header", "double_column"}

Stage = ProgrammeImport.Stage


def receive_file(*, event: Event, data: bytes, name: str, by: User | None) -> ProgrammeImport:
    """Take a file and try it, or leave it waiting for its columns to be matched.

    Raises ``FileRefused`` for what can be no programme, and keeps nothing of it.
    """
    permissions.require(permissions.may_import(by))
    layout = _remembered(event, data)
    try:
        reading = read_programme(data, to_layout(layout) if layout else None)
    except FileRefused as refusal:
        if refusal.code not in _TO_BE_MATCHED:
            raise
        survey_table(data, Layout())
        reading = None
    upload = ProgrammeImport.objects.create(
        event=event,
        owner=by,
        name=clean(name)[:200] or "–",
        data=data,
        layout=layout,
        stage=Stage.TRYING if reading else Stage.COLUMNS,
    )
    if reading:
        _begin_trial(upload, reading, by)
    return upload


def match_columns(*, upload: ProgrammeImport, layout: dict[str, Any], remember: bool, by: User | None) -> None:
    """Say what the columns of a table are, and try it so. Raises ``FileRefused`` where it cannot be read so."""
    permissions.require(permissions.may_import(by))
    if upload.stage == Stage.DONE:
        return
    upload.layout = layout
    reading = _read(upload)
    _open(upload).update(layout=layout)
    if remember and layout.get("columns"):
        _remember(upload, layout)
    _begin_trial(upload, reading, by)


def try_again(*, upload: ProgrammeImport, by: User | None) -> None:
    """Try the file once more: the programme, or what the officer knows of the file, has changed."""
    permissions.require(permissions.may_import(by))
    if upload.stage != Stage.DONE:
        _begin_trial(upload, _read(upload), by)


def do_import(*, upload: ProgrammeImport, agreed: str, by: User | None) -> None:
    """Do what the trial with the digest ``agreed`` showed, at once or as a job.

    Where anything would come out otherwise by now, nothing is done and the new trial is kept to be shown.
    """
    permissions.require(permissions.may_import(by))
    if upload.rows <= AT_ONCE:
        finish_import(upload=upload, agreed=agreed, by=by)
        return
    with transaction.atomic():
        upload = _locked(upload)
        if upload.stage != Stage.TRIED:
            return
        if upload.digest == agreed:
            upload.stage, upload.job = Stage.IMPORTING, _promise(IMPORT, upload, by)
            upload.expires_at = timezone.now() + WAITS
        upload.outdated = upload.digest != agreed
        upload.save(update_fields=["stage", "job", "expires_at", "outdated"])


def drop_import(*, upload: ProgrammeImport, by: User | None) -> None:
    """Throw the file away; what was imported stays, and so does the report of it."""
    permissions.require(permissions.may_import(by))
    at_work = Q(stage=Stage.IMPORTING, job__finished_at=None)
    _open(upload).exclude(at_work).delete()


def run_trial(*, upload: ProgrammeImport, reading: Reading, by: User | None, tell: Tell | None = None) -> None:
    """Find out what the file would do, and keep that beside it."""
    report = import_programme(event=upload.event, reading=reading, by=by, dry_run=True, **_telling(tell))
    _keep(upload, report, rows=len(reading.rows))


def finish_import(*, upload: ProgrammeImport, agreed: str, by: User | None, tell: Tell | None = None) -> None:
    """Import what was agreed to, in one transaction with the end of the upload: done twice it is done once."""
    if upload.stage not in (Stage.TRIED, Stage.IMPORTING):
        return
    # Read ahead of the transaction, which would keep others waiting. A file read otherwise comes out otherwise.
    reading = _read(upload)
    with transaction.atomic():
        upload = _locked(upload)
        if upload.stage not in (Stage.TRIED, Stage.IMPORTING):
            return
        try:
            report = import_programme(
                event=upload.event, reading=reading, by=by, agreed=agreed or "nothing", **_telling(tell)
            )
        except OutcomeChangedError as changed:
            _keep(upload, changed.report, rows=len(reading.rows), outdated=True)
        else:
            _keep(upload, report, stage=Stage.DONE, data=b"", expires_at=timezone.now() + TOLD)


def survey(upload: ProgrammeImport, sheet: str = "", header: int = 0) -> Survey:
    """The beginning of the file as a table, with what is remembered or guessed of its columns."""
    found = survey_table(bytes(upload.data), Layout(sheet=sheet, header=header))
    rows = ColumnMatch.objects.filter(headers=_headers(found.columns)).order_by("-updated_at")
    # What was said for this event goes before what was said for another.
    known = sorted(rows, key=lambda row: row.event_id != upload.event_id)
    if known:
        found.language = known[0].language
        for column in found.columns:
            column.guess = known[0].columns.get(fold(column.header), "")
    return found


def read_again(upload: ProgrammeImport) -> Reading:
    """The rows of a file that waits. Raises ``FileRefused``."""
    return _read(upload)


def _begin_trial(upload: ProgrammeImport, reading: Reading, by: User | None) -> None:
    if len(reading.rows) <= AT_ONCE:
        run_trial(upload=upload, reading=reading, by=by)
    else:
        with transaction.atomic():
            job = _promise(TRY, upload, by)
            values = {"stage": Stage.TRYING, "job": job, "rows": len(reading.rows), "problem": {}}
            _open(upload).update(**values, expires_at=timezone.now() + WAITS)


def _promise(kind: str, upload: ProgrammeImport, by: User | None) -> Job:
    return promise_job(kind, owner=by, upload=upload.pk, event=upload.event_id)


def _keep(upload: ProgrammeImport, report: ImportReport, **values: Any) -> None:
    """Keep an outcome. An upload that was thrown away or erased meanwhile stays away."""
    outcome = outcome_of(report)
    kept = {"stage": Stage.TRIED, "outdated": False, "problem": {}, "expires_at": timezone.now() + WAITS, **values}
    _open(upload).update(outcome=outcome, digest=digest_of(outcome), counts=counts_of(report), **kept)


def _open(upload: ProgrammeImport) -> Any:
    return ProgrammeImport.objects.filter(pk=upload.pk).exclude(stage=Stage.DONE)


def _locked(upload: ProgrammeImport) -> ProgrammeImport:
    """The upload as it stands, for this transaction alone; the event first, as everybody locks who locks both."""
    event = Event.objects.select_for_update(of=("self",)).get(pk=upload.event_id)
    row = ProgrammeImport.objects.select_for_update(of=("self",)).get(pk=upload.pk)
    row.event = event
    return row


def _read(upload: ProgrammeImport) -> Reading:
    layout = upload.layout
    reading = read_programme(bytes(upload.data), to_layout(layout) if layout else None)
    return on_clock_of(reading, layout["zone"]) if layout.get("zone") else reading


def _telling(tell: Tell | None) -> dict[str, Any]:
    return {"tell": tell} if tell else {}


def _headers(columns: Iterable[SeenColumn]) -> str:
    return hashlib.sha256("\n".join(fold(column.header) for column in columns).encode()).hexdigest()


def _remember(upload: ProgrammeImport, layout: dict[str, Any]) -> None:
    seen = survey_table(bytes(upload.data), to_layout(layout)).columns
    named = {fold(column.header): layout["columns"].get(str(column.number), "") for column in seen}
    ColumnMatch.objects.update_or_create(
        event=upload.event,
        headers=_headers(seen),
        defaults={"columns": named, "language": layout.get("language") or "tr"},
    )


def _remembered(event: Event, data: bytes) -> dict[str, Any]:
    """What was said for the same column names in this event, as a layout."""
    if not ColumnMatch.objects.filter(event=event).exists():
        return {}
    try:
        found = survey_table(data, Layout())
    except FileRefused:
        return {}
    match = ColumnMatch.objects.filter(event=event, headers=_headers(found.columns)).first()
    if match is None:
        return {}
    columns = {str(each.number): name for each in found.columns if (name := match.columns.get(fold(each.header)))}
    return {"sheet": found.sheet, "header": found.header, "columns": columns, "language": match.language}
