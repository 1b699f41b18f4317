"""Does the jobs of the kind ``render_programme``; registered by name when the app is ready."""

from typing import Any

from events.documents.store import ensure_pdf
from events.models import Job, ProgrammeRelease


def render_job(job: Job) -> dict[str, Any] | None:
    """Set the programme that the job names, unless that is done; run twice it leaves the same behind."""
    release = ProgrammeRelease.objects.select_related("event").filter(pk=job.payload["release"]).first()
    if release is None:
        return {"gone": True}
    rendering = ensure_pdf(release, job.payload["language"])
    return {"etag": rendering.etag}
