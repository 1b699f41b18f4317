"""What happened to a registration or a group, as its page tells it."""

from typing import Any

from wagtail.models import ModelLogEntry

from events import labels
from events.models import Registration, RegistrationGroup


def history_of(row: Registration | RegistrationGroup, zone: str) -> list[dict[str, Any]]:
    """The last hundred acts, the newest first; without a name it was the person, or the clock."""
    entries = ModelLogEntry.objects.for_instance(row).select_related("user").order_by("-pk")[:100]
    return [
        {
            "when": labels.moment_words(entry.timestamp, zone),
            "what": entry.message,
            "who": entry.user.get_full_name() or entry.user.get_username() if entry.user else "–",
            "passed": entry.data if entry.action == "events.registration.passed" else None,
        }
        for entry in entries
    ]
