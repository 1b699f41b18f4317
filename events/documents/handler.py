"""Does the jobs of the kind ``render_programme``; registered by name when the app is ready."""

from typing import Any

from events import ical
from events.documents.store import ensure_pdf
from events.models import Job, ProgrammeRelease


def render_job(job: Job) -> dict[str, Any] | None:
    """Make calendars ready and set the programme that the job names, unless done; run twice it leaves the same."""
    release = ProgrammeRelease.objects.select_related("event").filter(pk=job.payload["release"]).first()
    if release is None:
        return {"gone": True}
    ical.render_feeds(release)
    rendering = ensure_pdf(release, job.payload["language"])
    return {"etag": rendering.etag}
