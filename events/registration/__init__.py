"""Registration: each change of state is one function here, in one transaction, under the event's row.

    register ──▶ unverified ──verify──▶ confirmed            a seat is free
                     │        ──verify──▶ requested           an officer decides: approve, decline
                     └─24 h──▶ expired
    register ──▶ waitlisted ──offer──▶ offered ──accept──▶ confirmed     all seats are taken
                                          └─hours──▶ expired
    confirmed, requested, waitlisted, offered ──cancel──▶ cancelled; decline, waitlist by an officer

A seat is held from the first post. One that becomes free is offered to the next in line in the same transaction.
"""

from .amending import amend, save_settings
from .attending import check_in, mark_absent, mark_excused, undo_check_in, write_marks
from .deciding import accept_offer, approve, cancel, decline, expire_due, offer, pass_on, verify, waitlist
from .detailing import ask_details, tell_details
from .opening import Opening, opening_of, settings_of
from .registering import Applicant, Filled, NotTakenError, Registered, add_registration, register
from .walk_ins import add_walk_in, admit
from .wordings import give_consent, withdraw_consent

__all__ = [
    "Applicant",
    "Filled",
    "NotTakenError",
    "Opening",
    "Registered",
    "accept_offer",
    "add_registration",
    "add_walk_in",
    "admit",
    "amend",
    "approve",
    "ask_details",
    "cancel",
    "check_in",
    "decline",
    "expire_due",
    "give_consent",
    "mark_absent",
    "mark_excused",
    "offer",
    "opening_of",
    "pass_on",
    "register",
    "save_settings",
    "settings_of",
    "tell_details",
    "undo_check_in",
    "verify",
    "waitlist",
    "withdraw_consent",
    "write_marks",
]
