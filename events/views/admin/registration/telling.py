"""What came of an act on registrations, in a few sentences however many they were."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from events import labels
from events.models import Registration
from events.registration.several import ACTS, Done

#: So many are named in one sentence.
NAMED = 10


def offered(acts: Iterable[str]) -> dict[str, Any]:
    """What the list of acts is drawn with: those that fit, and whether any of them takes a reason."""
    names = list(acts)
    return {
        "acts": [(name, ACTS[name].label) for name in names],
        "takes_reason": any(ACTS[name].takes_reason for name in names),
    }


def tell_done(request: HttpRequest, act: str, done: Done) -> None:
    """How many it was done to, who stood there already, and whom it did not fit, one sentence for each reason."""
    label = ACTS[act].label
    if done.count:
        told = ngettext("%(act)s: %(count)s registration.", "%(act)s: %(count)s registrations.", done.count)
        messages.success(request, told % {"act": label, "count": done.count})
    for state, rows in _by((row.get_state_display(), row) for row in done.unchanged).items():
        told = ngettext(
            "%(act)s: %(count)s registration stays as it is (%(state)s): %(names)s.",
            "%(act)s: %(count)s registrations stay as they are (%(state)s): %(names)s.",
            len(rows),
        )
        messages.warning(request, told % {"act": label, "count": len(rows), "state": state, "names": _names(rows)})
    for why, rows in _by(((why, row) for row, why in done.refused)).items():
        if len(rows) == 1:
            messages.error(request, f"{rows[0]}: {why}", buttons=_to_groups(rows))
            continue
        told = _("%(act)s: not done for %(count)s registrations. %(why)s (%(names)s)")
        messages.error(
            request,
            told % {"act": label, "count": len(rows), "why": why, "names": _names(rows)},
            buttons=_to_groups(rows),
        )


def _to_groups(rows: list[Any]) -> list[Any]:
    """Where a group is decided on, for those who belong to one."""
    groups = {row.group_id: row.event_id for row in rows if isinstance(row, Registration) and row.group_id}
    return [
        messages.button(reverse("event_admin:registration_group", args=[event, group]), _("To the group"))
        for group, event in list(groups.items())[:NAMED]
    ]


def _by(pairs: Iterable[tuple[str, Any]]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for key, row in pairs:
        found.setdefault(key, []).append(row)
    return found


def _names(rows: list[Any]) -> str:
    """“Ali, Bora and Cem”; of many the first, and how many more."""
    names = [str(row) for row in rows[:NAMED]]
    rest = len(rows) - len(names)
    if rest:
        names.append(ngettext("%(count)s more", "%(count)s more", rest) % {"count": rest})
    return labels.list_words(names)
