"""The words of each letter, with placeholders from a fixed list: ``event``, ``until``, ``place``, ``state``.

Those that begin with ``group_`` go to the contact of a group, and can say its ``count``; ``contact`` is who that is."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Letter:
    """A letter before it is filled in."""

    subject: str | Promise
    paragraphs: tuple[str | Promise, ...]


LETTERS = {
    "unverified": Letter(
        _("Please confirm your registration: %(event)s"),
        (
            _("Thank you for registering. Please confirm that this address is yours."),
            _("Your seat is held until %(until)s. If you have not confirmed by then, it passes on."),
        ),
    ),
    "asked": Letter(
        _("Please confirm your registration: %(event)s"),
        (
            _("Thank you for registering. Please confirm that this address is yours, by %(until)s."),
            _("An officer then looks at your registration, and we write to you again."),
        ),
    ),
    "requested": Letter(
        _("We have your registration: %(event)s"),
        (_("Your address is confirmed. An officer now looks at your registration, and we will write to you."),),
    ),
    "confirmed": Letter(
        _("You are registered: %(event)s"),
        (_("Your seat is confirmed. We look forward to seeing you."),),
    ),
    "details": Letter(
        _("Please complete your details: %(event)s"),
        (
            _("To prepare your stay we need some more details of you."),
            _("Open your registration and fill in what is still missing. You can change it later on."),
        ),
    ),
    "waitlisted": Letter(
        _("You are on the waiting list: %(event)s"),
        (
            _("There is no seat for you at the moment. You are number %(place)s on the waiting list."),
            _("As soon as a seat is free for you, we write to you and hold it for a while."),
        ),
    ),
    "offered": Letter(
        _("A seat is free for you: %(event)s"),
        (_("A seat is held for you until %(until)s. If you do not take it by then, it passes on to the next."),),
    ),
    "expired": Letter(
        _("Your seat has passed on: %(event)s"),
        (
            _(
                "The seat that was offered to you was not taken in time. While registration is open, you can register again."
            ),
        ),
    ),
    "declined": Letter(
        _("We could not accept your registration: %(event)s"),
        (_("We are sorry: your registration could not be accepted."),),
    ),
    "cancelled": Letter(
        _("Your registration is cancelled: %(event)s"),
        (_("Your registration is cancelled. While registration is open, you can register again."),),
    ),
    "link": Letter(
        _("Your registration: %(event)s"),
        (
            _("Somebody, probably you, asked for your registration. Here is the link to it."),
            _("It stands at: %(state)s."),
        ),
    ),
    "new_address": Letter(
        _("Please confirm your new address: %(event)s"),
        (
            _("Somebody, probably you, asked us to send letters about a registration to this address from now on."),
            _(
                "If it was you, confirm it by %(until)s. Until then nothing changes. Otherwise you need not do anything."
            ),
        ),
    ),
    "address_changed": Letter(
        _("Your address was changed: %(event)s"),
        (
            _(
                "Letters about your registration go to another address from now on. It was given on your page, and confirmed by a letter to that address."
            ),
            _(
                "The links in earlier letters open nothing any more. If you know nothing of this, answer this letter at once."
            ),
        ),
    ),
    "session_seat": Letter(
        _("A seat in a session is yours: %(event)s"),
        (
            _(
                "A seat became free in a session that you had wished for. It is yours. If you do not need it, please give it up on your page."
            ),
        ),
    ),
    "agenda": Letter(
        _("Changes to your programme: %(event)s"),
        (
            _(
                "What you attend has changed. A calendar that follows your programme changes by itself; the attached entries change any other."
            ),
        ),
    ),
    "change_accepted": Letter(
        _("Your change is made: %(event)s"),
        (_("What you asked to change is changed. You see it on your page."),),
    ),
    "change_refused": Letter(
        _("Your change could not be made: %(event)s"),
        (_("What you asked to change stays as it was."),),
    ),
    "changed": Letter(
        _("Changed: %(event)s"),
        (_("Date, time or place of the event are others now. The attached calendar entry changes the one you have."),),
    ),
    "reminder": Letter(
        _("Reminder: %(event)s"),
        (
            _("We look forward to seeing you. Time and place are at the head of this letter."),
            _("If you cannot come, please cancel with the link below. Somebody who waits will be glad of the seat."),
        ),
    ),
    "last_reminder": Letter(
        _("It begins soon: %(event)s"),
        (
            _("The event begins soon. Time and place are at the head of this letter."),
            _("Please have your code for the entrance at hand: you find it below."),
        ),
    ),
    "thanks": Letter(
        _("Thank you for coming: %(event)s"),
        (_("Thank you for having been with us. The programme stays on the event's page."),),
    ),
    "called_off": Letter(
        _("Cancelled: %(event)s"),
        (_("The event does not take place. The attached calendar entry strikes out the one you have."),),
    ),
    "called_off_waiting": Letter(
        _("Cancelled: %(event)s"),
        (_("The event does not take place, so there is no seat left to wait for. Thank you for your interest."),),
    ),
    "member": Letter(
        _("You are registered: %(event)s"),
        (
            _("%(contact)s registered you as a member of a group, and your seat is confirmed."),
            _("Your own page says what we hold about you and why, and asks what only you can answer."),
        ),
    ),
    "substitute": Letter(
        _("You are registered: %(event)s"),
        (
            _("You were named to take part in somebody else’s place, and your seat is confirmed."),
            _("Your own page says what we hold about you and why, and asks what only you can answer."),
        ),
    ),
    "replaced": Letter(
        _("Somebody else takes your place: %(event)s"),
        (_("Your registration is cancelled, because somebody else was named to take your place."),),
    ),
    "group_unverified": Letter(
        _("Please confirm your group: %(event)s"),
        (
            _("Thank you for registering a group of %(count)s. Please confirm that this address is yours."),
            _("Their seats are held until %(until)s. If you have not confirmed by then, they pass on."),
            _("Members hear from us as soon as you have confirmed."),
        ),
    ),
    "group_asked": Letter(
        _("Please confirm your group: %(event)s"),
        (
            _(
                "Thank you for registering a group of %(count)s. Please confirm that this address is yours, by %(until)s."
            ),
            _("An officer then looks at your group, and we write to you again."),
        ),
    ),
    "group_requested": Letter(
        _("We have your group: %(event)s"),
        (_("Your address is confirmed. An officer now looks at your group, and we will write to you."),),
    ),
    "group_confirmed": Letter(
        _("Your group is registered: %(event)s"),
        (
            _(
                "The seats of your group of %(count)s are confirmed. Each member with an address has a letter of their own."
            ),
            _("On your page you see the members, add or cancel some, and name substitutes."),
        ),
    ),
    "group_waitlisted": Letter(
        _("Your group is on the waiting list: %(event)s"),
        (
            _(
                "There is not room for your whole group of %(count)s. It waits as a whole, from number %(place)s in line."
            ),
            _("As soon as there is room for all, we write to you and hold the seats for a while."),
        ),
    ),
    "group_offered": Letter(
        _("Seats are free for your group: %(event)s"),
        (
            _("Seats for your group of %(count)s are held until %(until)s. You take them for all members at once."),
            _("If you do not take them by then, they pass on to the next."),
        ),
    ),
    "group_expired": Letter(
        _("The seats of your group have passed on: %(event)s"),
        (
            _(
                "The seats that were offered to your group were not taken in time. While registration is open, you can register it again."
            ),
        ),
    ),
    "group_declined": Letter(
        _("We could not accept your group: %(event)s"),
        (_("We are sorry: the registration of your group could not be accepted."),),
    ),
    "group_cancelled": Letter(
        _("Your group is cancelled: %(event)s"),
        (_("The registration of your group is cancelled. Members who had a confirmation are told."),),
    ),
    "group_members": Letter(
        _("The members of your group: %(event)s"),
        (_("Members in your group by now: %(count)s. Whoever is new and has an address has a letter of their own."),),
    ),
    "group_left": Letter(
        _("Members taken out of your group: %(event)s"),
        (_("We have taken the people named below out of your group. Nothing changes for those who stay: %(count)s."),),
    ),
    "group_link": Letter(
        _("Your group: %(event)s"),
        (
            _("Somebody, probably you, asked for the page of your group. Here is the link to it."),
            _("It stands at: %(state)s."),
        ),
    ),
    "group_changed": Letter(
        _("Changed: %(event)s"),
        (_("Date, time or place of the event are others now. Please tell the members without an address."),),
    ),
    "group_called_off": Letter(
        _("Cancelled: %(event)s"),
        (_("The event does not take place. Please tell the members without an address."),),
    ),
    "group_called_off_waiting": Letter(
        _("Cancelled: %(event)s"),
        (_("The event does not take place, so there are no seats left to wait for. Please tell your members."),),
    ),
}
BUTTONS = {
    "group_unverified": _("Confirm your group"),
    "group_offered": _("Take the seats"),
    "unverified": _("Confirm your registration"),
    "offered": _("Take the seat"),
    "details": _("Complete your details"),
    "new_address": _("Confirm this address"),
    "address_changed": "",  # it leads nowhere: the link goes to the new address
}
#: What stands under the button of those whose link does not open the registration.
ABOUT_LINKS = {
    "new_address": _("With this link you confirm the address, and nothing else. Do not pass it on."),
    "address_changed": _("The link to the registration goes to the new address alone."),
}


def name_of(letter: str, *, approval: bool) -> str:
    """Which of ``LETTERS`` it is; where an officer decides, no seat is promised."""
    asked = {"unverified": "asked", "group_unverified": "group_asked"} if approval else {}
    return asked.get(letter, letter)
