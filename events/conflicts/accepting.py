"""Warnings that stand for a reason: accepted with a note, listed apart, open again once their facts change."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from events import labels, permissions
from events.models import AcceptedWarning, Event
from events.turkish import clean

from .find import find_conflicts
from .kinds import Conflict


@dataclass(frozen=True)
class Standing:
    """A warning, and what an officer once said of it: while its facts were the same, or before they changed."""

    conflict: Conflict
    accepted: AcceptedWarning | None = None

    @property
    def said(self) -> str:
        """The note, with name and date of who wrote it; empty where nobody did."""
        row = self.accepted
        if row is None:
            return ""
        who = row.accepted_by and (row.accepted_by.get_full_name() or row.accepted_by.get_username())
        when = labels.date_words(timezone.localtime(row.accepted_at).date(), weekday=False)
        return _("“%(note)s” – %(who)s, %(when)s") % {"note": row.note, "who": who or "–", "when": when}


@dataclass(frozen=True)
class Warnings:
    """What clashes in an event, gravest first: what still asks for somebody, and what somebody let stand."""

    open: list[Standing] = field(default_factory=list)
    accepted: list[Standing] = field(default_factory=list)


def read_warnings(event: Event) -> Warnings:
    """The warnings of the working programme, one query more than looking for them."""
    rows = event.accepted_warnings.select_related("accepted_by").order_by("pk")
    return _sorted(find_conflicts(event), rows)


def _sorted(conflicts: Iterable[Conflict], rows: Iterable[AcceptedWarning]) -> Warnings:
    known = {(row.rule, row.keys): row for row in rows}
    found = Warnings()
    for conflict in conflicts:
        row = known.get((conflict.code, conflict.keys))
        stands = row is not None and row.facts == conflict.fingerprint
        (found.accepted if stands else found.open).append(Standing(conflict, row))
    return found


def accept_warning(
    *, event: Event, by: User | None, rule: str, keys: str, fingerprint: str, note: str
) -> AcceptedWarning:
    """Let a warning stand, with a note that says why; ``fingerprint`` is that of the facts the officer saw.

    Where it is gone or its facts are others by now, nothing is accepted.
    """
    permissions.require(permissions.may_edit_programme(by))
    note = clean(note)
    if not note:
        raise ValidationError({"note": _("Say in a few words why this may stay as it is.")})
    with transaction.atomic():
        event = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
        if not any(
            (each.code, each.keys, each.fingerprint) == (rule, keys, fingerprint) for each in find_conflicts(event)
        ):
            raise ValidationError(_("Meanwhile this warning is gone, or it is about something else. Look at it again."))
        said = {"facts": fingerprint, "note": note, "accepted_by": by, "accepted_at": timezone.now()}
        row, _made = AcceptedWarning.objects.update_or_create(event=event, rule=rule, keys=keys, defaults=said)
        log(instance=event, action="events.accept_warning", user=by, data={"rule": rule, "keys": keys})
    return row


def reopen_warning(*, event: Event, by: User | None, rule: str, keys: str) -> bool:
    """Take back that a warning was accepted; False where somebody else did so before."""
    permissions.require(permissions.may_edit_programme(by))
    with transaction.atomic():
        number, _rows = event.accepted_warnings.filter(rule=rule, keys=keys).delete()
        if number:
            log(instance=event, action="events.reopen_warning", user=by, data={"rule": rule, "keys": keys})
    return bool(number)
