"""What the clock does with Wagtail's and Django's own rows. Each may run at any time, in several processes, and twice."""

from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.utils import timezone
from wagtail.management.commands.purge_revisions import purge_revisions as purge

from events.jobs import promise_job
from events.models import Job

#: How long an old version of a page can be compared with and brought back. What is public, planned, waiting for
#: approval or the latest of its page stays however old it is.
KEEP_REVISIONS_DAYS = 730
INDEXES = "rebuild_indexes"
INDEXES_EVERY = timedelta(days=7)


def publish_scheduled() -> None:
    """Pages that were given a time: those whose time has come are published, those whose time is over go."""
    call_command("publish_scheduled", verbosity=0)


def purge_revisions() -> None:
    """Versions of pages that nobody will ask for."""
    purge(days=KEEP_REVISIONS_DAYS, pages=True, non_pages=False)


def forget_sessions() -> None:
    """Log-ins that ran out; the database would keep them for ever."""
    call_command("clearsessions", verbosity=0)


def promise_indexes() -> None:
    """Once a week, however many processes ask and however often they start."""
    if not Job.objects.filter(kind=INDEXES, created_at__gt=timezone.now() - INDEXES_EVERY).exists():
        promise_job(INDEXES)


def rebuild_indexes(job: Job) -> dict[str, Any]:
    """Search, and what refers to what. Both follow each save by themselves; this heals what a save could not do."""
    call_command("wagtail_update_index", verbosity=0)
    call_command("rebuild_references_index", verbosity=0)
    return {}
