"""What became of each letter of an event, in words; and trying again, which is an officer's decision."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from events import labels, mail, permissions, retrying
from events.models import Event, Message

_State = Message.State
#: The tabs of the outbox: what an officer looks for, and the states that it is.
TABS = {
    "waiting": (_State.QUEUED, _State.SENDING),
    "sent": (_State.SENT,),
    "back": (_State.BOUNCED, _State.COMPLAINED, _State.REJECTED),
    "failed": (_State.FAILED,),
    "withheld": (_State.WITHHELD,),
}


@dataclass(frozen=True)
class Told:
    """A letter's state in words: in short, and what there is to know beside."""

    label: str
    more: str = ""
    good: bool = True

    def __str__(self) -> str:
        return f"{self.label}: {self.more}" if self.more else self.label


def told_state(message: Message, zone: str) -> Told:
    """How a letter stands, on the clocks of the event."""
    ended = labels.moment_words(message.finished_at, zone) if message.finished_at else ""
    if message.state == _State.SENT:
        return Told(_("sent"), ended)
    if message.state in (_State.QUEUED, _State.SENDING):
        return _told_waiting(message, zone)
    label = {
        _State.BOUNCED: _("came back"),
        _State.COMPLAINED: _("reported as unwanted"),
        _State.REJECTED: _("refused by the provider"),
        _State.WITHHELD: _("not sent"),
    }.get(_State(message.state), _("could not be sent"))
    return Told(label, why(message.error), good=False)


def _told_waiting(message: Message, zone: str) -> Told:
    now = timezone.now()
    if message.state == _State.SENDING and message.leased_until and message.leased_until > now:
        return Told(_("being sent"))
    soon = message.due_at <= now
    due = labels.moment_words(message.due_at, zone)
    if message.attempts and message.error:
        told = _("next try at once") if soon else _("next try %(moment)s") % {"moment": due}
        return Told(_("tried again"), f"{told}. {why(message.error)}", good=False)
    return Told(_("waiting"), _("leaves at once") if soon else _("leaves %(moment)s") % {"moment": due})


def why(error: str) -> str:
    """An error in words, with what the mail server said."""
    ours = {
        mail.TOO_LATE: _("The event had begun."),
        mail.NOT_NEEDED: _("By then the registration had ended or the event was called off."),
        mail.ADDRESS: _("Mail to this address comes back."),
    }
    if error in ours:
        return ours[error]
    kind = error.partition(":")[0]
    if error[:1] in ("4", "5") and error[1:3].isdigit():
        told = _("The mail server says “later”:") if error[0] == "4" else _("The mail server refuses it:")
        return f"{told} {error}"
    if kind in ("ConnectionRefusedError", "gaierror", "OSError", "ConnectionResetError"):
        return _("No mail server answers.")
    if kind == "TimeoutError":
        return _("The mail server takes too long to answer.")
    if kind == "SMTPServerDisconnected":
        return _("The mail server hung up.")
    return error


def counts_of(event: Event) -> dict[str, int]:
    """How many letters of an event are in each tab of the outbox, and how many were tried in vain so far."""
    states = dict(event.messages.order_by().values_list("state").annotate(count=Count("pk")))
    found = {tab: sum(states.get(state, 0) for state in codes) for tab, codes in TABS.items()}
    return {tab: count for tab, count in found.items() if count}


def in_tab(rows: QuerySet[Message], tab: str) -> QuerySet[Message]:
    """Those of one tab; all where there is no such tab."""
    return rows.filter(state__in=TABS[tab]) if tab in TABS else rows


def retry_letter(*, message: Message, by: Any = None) -> bool:
    """Send a letter that failed, came back or was withheld all the same; False where there is nothing to send again."""
    permissions.require(permissions.may_manage_registrations(by))
    with transaction.atomic():
        done = retrying.retry(message)
        if done and message.event is not None:
            log(instance=message.event, action="events.registration.retry_letters", user=by, data={"letters": 1})
        return done


def retry_failed(*, event: Event, by: Any = None) -> int:
    """Send every letter of an event that failed once more; gives how many. What came back is decided on one by one."""
    permissions.require(permissions.may_manage_registrations(by))
    with transaction.atomic():
        done = sum(retrying.retry(row) for row in event.messages.filter(state=_State.FAILED).order_by("pk"))
        if done:
            log(instance=event, action="events.registration.retry_letters", user=by, data={"letters": done})
        return done
