"""What a door says of somebody, in words; the script says the same."""

from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.labels import sentence
from events.models import Event, Registration
from events.models.registration.check_ins import Attendance
from events.models.registration.registrations import ACTIVE, State

SEND = gettext_lazy("Only somebody who decides on registrations can let this person in. Send for them.")


def card(event: Event, row: Registration) -> dict[str, Any]:
    """One person as the page without script shows it; ``row`` comes from ``found_at``."""
    here = row.here_state if row.here_state != Attendance.UNDONE else None  # type: ignore[attr-defined]
    clock = f"{row.here_at.astimezone(ZoneInfo(event.time_zone)):%H:%M}" if here else ""  # type: ignore[attr-defined]
    return {
        "row": row,
        "here": here,
        "words": _here_words(here, clock) if here else sentence(row.get_state_display()),
        "seated": row.state == State.CONFIRMED,
        "active": row.state in ACTIVE,
    }


def _here_words(state: str, clock: str) -> str:
    words = {Attendance.PRESENT: _("In since %(time)s") % {"time": clock}}
    return words.get(Attendance(state)) or sentence(str(Attendance(state).label))


def state_words() -> dict[str, str]:
    """What the states of registrations and of attendance are called."""
    named = [*State.choices, *Attendance.choices]
    return {code: sentence(str(label)) for code, label in named}


def door_words() -> dict[str, str]:
    """Every sentence of the script."""
    return {
        **_newcomer_words(),
        **_refused_words(),
        "since": _("In since {time}"),
        "sinceAt": _("In since {time}, {door}"),
        "in": _("In"),
        "undo": _("Take back"),
        "more": _("More"),
        "absent": _("Did not come"),
        "excused": _("Excused"),
        "instead": _("Somebody else came instead"),
        "letIn": _("Let in …"),
        "anew": _("Enter as a newcomer …"),
        "notChosen": _("Has not chosen this session"),
        "nobody": _("Nobody is found. Check the spelling, or enter the person as a newcomer."),
        "unknownCode": _("This code is not of this event, or the list is not up to date."),
        "tooMany": _("{count} more. Type more of the name."),
        "isIn": _("{name} is in."),
        "isBack": _("{name}: taken back."),
        "isMarked": _("{name}: {state}."),
        "waiting": _("{count} waiting to be sent"),
        "away": _("No connection. Go on: everything is kept on this device."),
        "loggedOut": _("You are logged out. Log in again; what waits is kept on this device."),
        "logIn": _("Log in"),
        "noList": _("There is no list on this device yet. Open the page once with a connection."),
        "ready": _("{count} people on this device, as of {time}"),
        "camera": _("The camera cannot be used. Type the code or the name instead."),
        "sessionFull": _("All {count} places of this session are taken."),
        "stillWaiting": _("{count} not sent yet. Finish when the connection is back."),
        "recent": _("Last ones"),
        "found": _("Found"),
    }


def _newcomer_words() -> dict[str, str]:
    """Of those who were written down without a connection."""
    return {
        "written": _("Waits to be sent. Only then is it known whether a seat is free."),
        "writtenFull": _("Waits to be sent. As of {time} no seat was left."),
        "isWritten": _("{name} is kept on this device until it is sent."),
        "seats": _("{taken} of {capacity} seats are taken, as of {time}."),
        "noSeat": _(
            "As of {time} no seat was left: whoever decides on registrations must say whether one more is made."
        ),
        "needsName": _("Write the name."),
        "needsAddress": _("This is no e-mail address. Correct it, or leave it empty."),
    }


def _refused_words() -> dict[str, str]:
    """Of those whom the server would not enter, and of presses that it would not keep."""
    return {
        "isRefused": _("{name}: refused. The reason stands below."),
        "notEntered": _("Not entered: {why}"),
        "correct": _("Correct it and send it again, or remove it."),
        "openAgain": _("Correct or send again"),
        "remove": _("Remove …"),
        "removeNow": _("Yes, remove {name}"),
        "notKept": _("{state}, pressed at {time}: not kept. {why}"),
        "lookHow": _("Look the person up: the card says what can be done now."),
        "lookUp": _("Look up"),
        "seen": _("Seen"),
        "stillRefused": _("First see to those who were refused."),
    }
