"""Does the jobs of the kinds ``try_import`` and ``import_programme``: trials and imports of large files."""

from typing import Any

from events.jobs import JobRefusedError
from events.models import Job, ProgrammeImport
from events.progress import teller

from .imports import finish_import, read_again, run_trial
from .rows import FileRefused

Stage = ProgrammeImport.Stage


def try_job(job: Job) -> dict[str, Any]:
    """Try the file; done before, it is not done again."""
    upload = _upload(job, Stage.TRYING)
    if upload:
        try:
            run_trial(upload=upload, reading=read_again(upload), by=job.owner, tell=teller(job))
        except FileRefused as refusal:
            raise _refused(upload, refusal) from refusal
    return _result(job)


def import_job(job: Job) -> dict[str, Any]:
    """Import what was agreed to; done before, it is not done again."""
    upload = _upload(job, Stage.IMPORTING)
    if upload:
        try:
            finish_import(upload=upload, agreed=upload.digest, by=job.owner, tell=teller(job))
        except FileRefused as refusal:
            raise _refused(upload, refusal) from refusal
    return _result(job)


def _upload(job: Job, stage: str) -> ProgrammeImport | None:
    if job.owner is None:
        # Nobody is not the system: whoever began it was removed, and with them the right to import.
        raise JobRefusedError("The account that started this is gone.")
    return ProgrammeImport.objects.select_related("event").filter(pk=job.payload["upload"], stage=stage).first()


def _refused(upload: ProgrammeImport, refusal: FileRefused) -> JobRefusedError:
    ProgrammeImport.objects.filter(pk=upload.pk).update(problem={"code": refusal.code, "detail": refusal.detail})
    return JobRefusedError(f"FileRefused: {refusal.code}")


def _result(job: Job) -> dict[str, Any]:
    """Counts alone: what the rows say stays with the upload, which goes sooner."""
    upload = ProgrammeImport.objects.without_file().filter(pk=job.payload["upload"]).first()
    if upload is None:
        return {"gone": True}
    return {"stage": upload.stage, "outdated": upload.outdated, **upload.counts}
