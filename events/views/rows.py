"""One event as one line of a list: the same on the public list, a series' page and wherever else events are told."""

from typing import Any

from events import addresses, labels
from events.models import PublicEvent


def event_row(public: PublicEvent, language: str) -> dict[str, Any]:
    """What ``components/event_row.html`` shows."""
    return {
        "event": public,
        "path": addresses.event_path(public.slug, language),
        "kind": labels.sentence(labels.event_kind_label(public.kind, language), language),
        "dates": labels.dates_words(public.starts_on, public.ends_on, language),
        "cancelled": public.status == PublicEvent.Status.CANCELLED,
    }
