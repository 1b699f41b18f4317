"""What happens by the clock, and how often: the one table for beat and for the embedded clock."""

from collections.abc import Callable
from dataclasses import dataclass

from cms import housekeeping
from cms.contact.verbs import delete_overdue_messages
from events import links, periodic
from events.sharing import forget_ended_shares


@dataclass(frozen=True)
class Tick:
    """One entry of the clock: every `seconds`, `action`, which any number of processes may run at once."""

    seconds: int
    action: Callable[[], object]


TICKS = {
    "send_due_messages": Tick(periodic.SWEEP_SECONDS, periodic.send_due_messages),
    "announce_due_jobs": Tick(periodic.SWEEP_SECONDS, periodic.announce_due_jobs),
    "release_planned": Tick(20, periodic.release_planned),
    "expire_registrations": Tick(60, periodic.expire_registrations),
    "send_timed_letters": Tick(60, periodic.send_timed_letters),
    "publish_scheduled": Tick(60, housekeeping.publish_scheduled),
    "drop_expired_renderings": Tick(3600, periodic.drop_expired_renderings),
    "forget_papers": Tick(3600, periodic.forget_papers),
    "forget_uploads": Tick(3600, periodic.forget_uploads),
    "delete_overdue_messages": Tick(3600, delete_overdue_messages),
    "tell_registered": Tick(300, periodic.tell_registered),
    "delete_overdue_registrations": Tick(6 * 3600, periodic.delete_overdue_registrations),
    "promise_indexes": Tick(3600, housekeeping.promise_indexes),
    "forget_ended_shares": Tick(24 * 3600, forget_ended_shares),
    "forget_ended_links": Tick(24 * 3600, links.forget_ended_links),
    "forget_presences": Tick(60, periodic.forget_presences),
    "forget_done_jobs": Tick(24 * 3600, periodic.forget_done_jobs),
    "forget_sessions": Tick(24 * 3600, housekeeping.forget_sessions),
    "purge_revisions": Tick(24 * 3600, housekeeping.purge_revisions),
}
