"""Jobs in an officer's words: what is done, how far it is, what came of it, why it failed."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Job
from events.progress import seen


def progress_of(job: Job) -> dict[str, Any]:
    """How far a job is, as its page and its script need it."""
    done, total = seen(job)
    return {
        "ended": job.finished_at is not None,
        "done": done,
        "total": total,
        "percent": min(100, done * 100 // total) if total else None,
        "said": said(job, done, total),
    }


def said(job: Job, done: int, total: int | None) -> str:
    """Where a job stands, in one sentence."""
    if job.state == Job.State.RUNNING:
        if not total:
            return _("Being worked on …")
        return _("%(percent)s per cent done") % {"percent": min(100, done * 100 // total)}
    if job.state == Job.State.QUEUED:
        if job.error:
            return _("It did not succeed and will be tried again at %(time)s.") % {
                "time": f"{timezone.localtime(job.due_at):%H:%M}"
            }
        return _("Waiting for its turn …")
    return str(job.get_state_display())
