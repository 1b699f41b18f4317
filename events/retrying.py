"""Try once more what failed for good: an officer's decision, after the cause is gone."""

from django.db import transaction
from django.utils import timezone

from events import bell
from events.models import Job, Message

#: What may be begun anew: a letter also where it came back or was withheld.
_ENDED = {"job": ("failed",), "message": ("failed", "bounced", "rejected", "complained", "withheld")}


def retry(row: Job | Message) -> bool:
    """Queue a failed job or letter again with all its attempts; False where it has not failed and did not come back."""
    kind = "job" if isinstance(row, Job) else "message"
    with transaction.atomic():
        done = (
            type(row)
            .objects.filter(pk=row.pk, state__in=_ENDED[kind])
            .update(state="queued", attempts=0, error="", due_at=timezone.now(), leased_until=None, finished_at=None)
        )
        if done:
            transaction.on_commit(lambda: bell.ring(kind, row.pk), robust=True)
    return bool(done)
