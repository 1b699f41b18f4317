"""The sessions that somebody chose, as a letter lists them: what is held, what is waited for, what is only wished for.

Nobody is told a place in line for a session: whoever registered earlier and asks for it later comes before.
"""

from typing import Any

from django.utils.translation import gettext as _

from events import labels
from events.models import PublicEvent, Registration
from events.models.registration.registrations import State

from .changes import when_words
from .sessions import SessionOffered, sessions_of

#: The letters that have the list, and whether who reads them has a seat at the event; None: as it is.
_LISTED: dict[str, bool | None] = {
    State.REQUESTED: False,
    State.WAITLISTED: False,
    State.OFFERED: True,
    State.CONFIRMED: True,
    "reminder": True,
    "last_reminder": True,
    "change_accepted": None,
}


def chosen_sessions(public: PublicEvent, registration: Registration, letter: str) -> dict[str, Any]:
    """What the template of letters calls ``chosen``, in the active language; empty where there is nothing to list.

    A letter that is only looked at lists them as if the person stood where the letter says.
    """
    if letter not in _LISTED or registration.pk is None:
        return {}
    seats = dict(registration.chosen_sessions.values_list("places", "seat"))
    found = [each for each in sessions_of(public, registration.language) if each.pk in seats] if seats else []
    if not found:
        return {}
    as_if = _LISTED[letter]
    seated = registration.seat if as_if is None else as_if
    held = {each.pk: seats[each.pk] if registration.seat else not each.places.full for each in found}
    return {
        "heading": _("Your sessions"),
        "rows": [_row(public, each, waits=seated and not held[each.pk]) for each in found],
        "note": _note(seated=seated, waits=not all(held.values())),
    }


def _row(public: PublicEvent, session: SessionOffered, *, waits: bool) -> dict[str, str]:
    """The offset stands with it where the head of the letter names another zone, or none."""
    entry, language = session.entry, session.language
    return {
        "when": when_words(entry, public.time_zone if public.starts_at else "", language),
        "title": session.title or labels.kind_label(entry.kind, language),
        "place": session.place,
        "waits": _("all seats taken: you wait for one") if waits else "",
    }


def _note(*, seated: bool, waits: bool) -> str:
    if not seated:
        return _("You wished for these. Their seats are held once you have a seat at the event.")
    return _("As soon as one is free for you, it is yours, and we write to you.") if waits else ""
