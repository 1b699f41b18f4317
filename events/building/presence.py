"""Who is at work in a programme now. Written by desks that are open, read by the others, gone within a minute."""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from events import permissions
from events.models import Event, Presence


@dataclass(frozen=True)
class Colleague:
    """Somebody else at the desk, with the session open before them (None for none)."""

    user: int
    name: str
    session: int | None


def note_presence(*, event: Event, by: User, session: int | None = None) -> list[Colleague]:
    """Say that this officer is at the desk with that session open; gives who else is.

    Rows of those who have left are deleted on the way: nothing tells afterwards who was here.
    """
    permissions.require(permissions.may_preview(by))
    known = session if session and event.sessions.filter(pk=session).exists() else None
    with transaction.atomic():
        Presence.objects.gone().delete()
        Presence.objects.update_or_create(
            event=event, user=by, defaults={"session_id": known, "seen_at": timezone.now()}
        )
    others = Presence.objects.here().filter(event=event).exclude(user=by).select_related("user").order_by("pk")
    return [
        Colleague(each.user_id, each.user.get_full_name() or each.user.get_username(), each.session_id)
        for each in others
    ]
