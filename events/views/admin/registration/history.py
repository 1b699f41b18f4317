"""What happened to a registration or a group, as its page tells it."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from events import labels
from events.models import Question, Registration, RegistrationGroup, Wording


def history_of(row: Registration | RegistrationGroup, zone: str) -> list[dict[str, Any]]:
    """The last hundred acts, the newest first; without a name it was the person, or the clock."""
    entries = list(ModelLogEntry.objects.for_instance(row).select_related("user").order_by("-pk")[:100])
    names = _names(row.event_id) if any(entry.data.get("changed") for entry in entries) else {}
    return [
        {
            "when": labels.moment_words(entry.timestamp, zone),
            "what": entry.message,
            "who": entry.user.get_full_name() or entry.user.get_username() if entry.user else "–",
            "changed": labels.list_words([names[key] for key in entry.data.get("changed") or [] if key in names]),
            "passed": entry.data if entry.action == "events.registration.passed" else None,
        }
        for entry in entries
    ]


def _names(event: int) -> dict[str, str]:
    """What can be changed, by the keys that the history has: details, questions, consents. What they say stands nowhere here."""
    named = ("name", "email", "phone", "organisation_name", "role", "language")
    found = {name: labels.sentence(str(Registration._meta.get_field(name).verbose_name)) for name in named}  # type: ignore[union-attr]
    for model in (Question, Wording):
        found |= {each.key: str(each) for each in model._default_manager.filter(event=event)}
    return found | {"sessions": _("Sessions")}


def consents_of(row: Registration, zone: str) -> list[dict[str, Any]]:
    """What was shown, agreed to and taken back, oldest first, by the clock of the event as everything beside it."""

    def words(moment: datetime | None) -> str:
        return labels.moment_words(moment, zone) if moment else ""

    return [
        {
            "version": seen.version,
            "shown_at": words(seen.shown_at),
            "agreed_at": words(seen.agreed_at),
            "withdrawn_at": words(seen.withdrawn_at),
        }
        for seen in row.wordings_seen.select_related("version").order_by("pk")
    ]
