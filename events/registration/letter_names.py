"""What officers call each letter, and when it goes out; a letter that is not named here is called by its subject."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.bilingual import active_language

from .placeholders import in_braces
from .wording import LETTERS


@dataclass(frozen=True)
class Named:
    """A letter as the list of letters names it."""

    name: str | Promise
    when: str | Promise = ""


NAMES: Mapping[str, Named] = {
    "unverified": Named(_("Confirm the address"), _("at once after registering, where a seat is held")),
    "asked": Named(_("Confirm the address (with approval)"), _("at once after registering, where an officer approves")),
    "requested": Named(_("Waiting for approval"), _("once the address is confirmed, where an officer approves")),
    "confirmed": Named(_("Seat confirmed"), _("with the code and the calendar entry")),
    "details": Named(
        _("Complete your details"),
        _("within the letter that confirms the seat, where anything is asked then; alone when an officer asks"),
    ),
    "waitlisted": Named(_("On the waiting list"), _("when all seats are taken")),
    "offered": Named(_("Seat offered"), _("when a seat becomes free for somebody who waits")),
    "expired": Named(_("Offer lapsed"), _("when an offered seat was not taken in time")),
    "declined": Named(_("Declined"), _("when an officer declines, with the reason")),
    "cancelled": Named(_("Cancelled"), _("when the person or an officer cancels")),
    "link": Named(_("The link again"), _("when somebody asks for a lost link")),
    "new_address": Named(_("Confirm a new address"), _("to another address that somebody gave on the own page")),
    "address_changed": Named(_("Address changed"), _("to the former address, once the new one is confirmed")),
    "changed": Named(_("Event moved"), _("when a release moves the event in time or place")),
    "called_off": Named(_("Event called off"), _("when the event is cancelled")),
    "called_off_waiting": Named(
        _("Event called off, to those who wait"), _("when the event is cancelled, to who waits for a seat")
    ),
    "session_seat": Named(_("Seat in a session"), _("when a seat in a session passes on to somebody")),
    "agenda": Named(_("Own programme changed"), _("ten minutes after a release that changes what somebody attends")),
    "change_accepted": Named(_("Change accepted"), _("when an officer accepts a request for a change")),
    "change_refused": Named(_("Change refused"), _("when an officer refuses a request for a change, with the reason")),
    "reminder": Named(_("Reminder"), _("before the event, where it is switched on")),
    "last_reminder": Named(_("Last reminder"), _("shortly before the event, where it is switched on")),
    "thanks": Named(_("Thanks"), _("after the event, where it is switched on")),
    "member": Named(_("Member’s seat confirmed"), _("to each member of a group, with the code and the calendar entry")),
    "substitute": Named(_("Substitute’s seat confirmed"), _("to whoever takes somebody else’s place")),
    "replaced": Named(_("Replaced"), _("to whoever gives the place to a substitute")),
    "group_unverified": Named(_("Group: confirm the address"), _("to the contact, where seats are held")),
    "group_asked": Named(
        _("Group: confirm the address (with approval)"), _("to the contact, where an officer approves")
    ),
    "group_requested": Named(_("Group: waiting for approval"), _("to the contact, once the address is confirmed")),
    "group_confirmed": Named(
        _("Group: seats confirmed"), _("to the contact, with codes of members without an address")
    ),
    "group_waitlisted": Named(_("Group: on the waiting list"), _("to the contact, where there is not room for all")),
    "group_offered": Named(_("Group: seats offered"), _("to the contact, when there is room for all")),
    "group_expired": Named(_("Group: offer lapsed"), _("to the contact, when offered seats were not taken in time")),
    "group_declined": Named(_("Group: declined"), _("to the contact, with the reason")),
    "group_cancelled": Named(_("Group: cancelled"), _("to the contact, when all of the group is cancelled")),
    "group_members": Named(_("Group: members changed"), _("to the contact, when somebody was added or replaced")),
    "group_left": Named(
        _("Group: members taken out"), _("to the contact, when an officer declines or cancels some of the members")
    ),
    "group_link": Named(_("Group: the link again"), _("when a contact asks for a lost link")),
    "group_changed": Named(_("Group: event moved"), _("to the contact, for members without an address")),
    "group_called_off": Named(_("Group: event called off"), _("to the contact, for members without an address")),
    "group_called_off_waiting": Named(
        _("Group: event called off, while it waits"), _("to the contact of a group that waits for seats")
    ),
    "group": Named(_("Letter to several"), _("when an officer writes to some of those registered")),
    "test": Named(_("Test letter"), _("when an officer tries a letter out")),
}


def named(letter: str) -> Named:
    """The name of a letter of the registry, or of one in the outbox."""
    code = letter.removeprefix("registration_")
    if code in NAMES:
        return NAMES[code]
    return Named(in_braces(str(LETTERS[code].subject), active_language())) if code in LETTERS else Named(code)
