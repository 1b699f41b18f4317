"""What happens by the clock, and how often: the one table for beat and for the embedded clock."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.management import call_command

from cms.contact.verbs import delete_overdue_messages
from events import periodic


@dataclass(frozen=True)
class Tick:
    """One entry of the clock: every `seconds`, `action`, which any number of processes may run at once."""

    seconds: int
    action: Callable[[], object]


def publish_scheduled() -> None:
    """Wagtail's pages and texts that were given a time."""
    call_command("publish_scheduled", verbosity=0)


TICKS = {
    "send_due_messages": Tick(periodic.SWEEP_SECONDS, periodic.send_due_messages),
    "announce_due_jobs": Tick(periodic.SWEEP_SECONDS, periodic.announce_due_jobs),
    "publish_scheduled": Tick(60, publish_scheduled),
    "drop_expired_renderings": Tick(3600, periodic.drop_expired_renderings),
    "delete_overdue_messages": Tick(3600, delete_overdue_messages),
    "forget_done_jobs": Tick(24 * 3600, periodic.forget_done_jobs),
}
