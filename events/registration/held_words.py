"""What is held about a person in words: the same data that programs read, with labels, codes and times as people say them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.log_actions import registry as acts

from events import labels
from events.models import ChangeRequest, CheckIn, Message, Question, Registration

from .letter_names import named


@dataclass
class Part:
    """A heading with rows of label and value below it, and further parts."""

    title: str
    rows: list[tuple[str, str]] = field(default_factory=list)
    parts: list["Part"] = field(default_factory=list)


def parts_of(data: Mapping[str, Any], zone: str) -> list[Part]:
    """All of it, in the active language and on the clocks of a zone."""
    words = _labels()
    return [_part(key, value, zone, words) for key, value in data.items()]


def _part(key: str, value: Any, zone: str, words: Mapping[str, str], title: str | None = None) -> Part:
    part = Part(words[key] if title is None else title)
    if isinstance(value, Mapping):
        for name, each in value.items():
            _put(part, key, name, each, zone, words)
    elif value and not isinstance(value, str):
        for place, each in enumerate(value, start=1):
            said = next((each[name] for name in ("question", "title", "subject") if each.get(name)), "")
            part.parts.append(_part(key, each, zone, words, f"{place}. {said}" if said else f"{place}"))
    return part


def _put(part: Part, inside: str, name: str, value: Any, zone: str, words: Mapping[str, str]) -> None:
    """A value as a row, or as a part of its own where there is more in it; what is empty is not told."""
    if value is None or value in ("", [], {}):
        return
    if isinstance(value, Mapping) or (isinstance(value, list) and isinstance(value[0], Mapping)):
        part.parts.append(_part(name, value, zone, words))
    elif isinstance(value, list):
        part.rows.append((words[name], labels.list_words([_said(inside, name, each, zone) for each in value])))
    else:
        part.rows.append((words[name], _said(inside, name, value, zone)))


def _said(inside: str, name: str, value: Any, zone: str) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name in _MOMENTS:
        return labels.moment_words(dt.datetime.fromisoformat(value), zone)
    if name in ("day", "days"):
        return labels.date_words(dt.date.fromisoformat(value))
    if name == "act":
        acts.scan_for_actions()
        return str(acts.formatters[value].message) if value in acts.formatters else value
    if name == "letter":
        return str(named(value).name)
    return str(_codes().get((inside, name), {}).get(value, value))


_MOMENTS = frozenset(
    [
        "at",
        "registered_at",
        "verified_at",
        "ended_at",
        "held_until",
        "new_email_until",
        "asked_for_details_at",
        "details_told_at",
        "asked_at",
        "decided_at",
        "shown_at",
        "agreed_at",
        "withdrawn_at",
        "written_at",
        "sent_at",
        "issued_at",
        "taken_back_at",
        "created_at",
        "revoked_at",
        "since",
        "left_at",
        "mail_comes_back_since",
    ]
)


def _codes() -> dict[tuple[str, str], dict[str, Any]]:
    states = dict(Registration.State.choices)
    languages = dict(Registration._meta.get_field("language").choices or ())
    attendance = dict(CheckIn._meta.get_field("state").choices or ())
    return {
        ("registration", "state"): states,
        ("group", "state"): states,
        ("members", "state"): states,
        ("registration", "entered_by"): dict(Registration.Source.choices),
        ("person", "language"): languages,
        ("contact", "language"): languages,
        ("language", "was"): languages,
        ("language", "wanted"): languages,
        ("letters", "language"): languages,
        ("notices_and_consents", "language"): languages,
        ("answers", "legal_basis"): dict(Question.Basis.choices),
        ("requests_for_changes", "state"): dict(ChangeRequest.State.choices),
        ("attendance", "state"): attendance,
        ("marks", "state"): attendance,
        ("letters", "state"): dict(Message.State.choices),
        ("links", "purpose"): dict.fromkeys(("registration", "group"), _("this page"))
        | {"agenda": _("agenda as a calendar"), "address": _("confirming a new address")},
    }


def _labels() -> dict[str, str]:
    return _titles() | _of_registrations() | _of_people() | _of_what_happened()


def _of_registrations() -> dict[str, str]:
    return {
        "address": _("Address on the site"),
        "title": _("Title"),
        "code": _("Code"),
        "state": _("State"),
        "registered_at": _("Registered"),
        "verified_at": _("Address confirmed"),
        "ended_at": _("Ended"),
        "holds_a_seat": _("Holds a seat"),
        "number_in_line": _("Number given on the waiting list"),
        "held_until": _("Held until"),
        "asked_for_details_at": _("Asked for details"),
        "details_told_at": _("Details told"),
        "details_missing": _("Details are missing"),
        "reason": _("Reason"),
        "entered_by": _("How it came in"),
        "replaced": _("Somebody else came instead"),
        "stands_for_somebody": _("Comes instead of somebody else"),
        "uid": _("Number in calendars"),
        "sequence": _("How often it was changed"),
        "knows_release": _("Number of the programme that letters told of last"),
        "sessions_in_calendar": _("Sessions that letters put into the calendar"),
    }


def _of_people() -> dict[str, str]:
    return {
        "name": pgettext("of a person", "Name"),
        "email": _("E-mail"),
        "new_email": _("New e-mail, not confirmed yet"),
        "new_email_until": _("Can be confirmed until"),
        "phone": _("Telephone"),
        "organisation": _("Organisation"),
        "organisation_in_directory": _("Organisation in our directory"),
        "entry_in_directory": _("Tied to an entry in our directory"),
        "position": _("Position"),
        "role": _("Position"),
        "organisation_name": _("Organisation"),
        "language": _("Language"),
        "mail_comes_back_since": _("Mail comes back since"),
        "mail_comes_back_because": _("Why mail comes back"),
    }


def _of_what_happened() -> dict[str, str]:
    return {
        "question": _("Question"),
        "purpose": _("Purpose"),
        "legal_basis": _("Legal basis"),
        "days_kept_after_the_event": _("Days kept after the event"),
        "encrypted": _("Kept encrypted"),
        "answer": _("Answer"),
        "seat": _("Has a seat"),
        "since": _("Since"),
        "left_at": _("Left"),
        "asked_at": _("Asked"),
        "decided_at": _("Decided"),
        "was": _("Was"),
        "wanted": _("Wanted"),
        "day": _("Day"),
        "days": _("Days"),
        "session": _("Session"),
        "at": _("When"),
        "door": _("Door"),
        "number": _("Number"),
        "minutes": _("Minutes"),
        "issued_at": _("Issued"),
        "taken_back_at": _("Taken back"),
        "text": _("Text"),
        "version": _("Version"),
        "shown_at": _("Shown"),
        "agreed_at": _("Agreed"),
        "withdrawn_at": _("Consent taken back"),
        "subject": _("Subject"),
        "to": _("Sent to"),
        "written_at": _("Written"),
        "sent_at": _("Sent or ended"),
        "letter": _("Letter"),
        "created_at": _("Made"),
        "revoked_at": _("Closed"),
        "act": _("What happened"),
        "row": _("Row"),
        "typed": _("Typed on the page"),
    }


def _titles() -> dict[str, str]:
    return {
        "event": _("Event"),
        "registration": _("Registration"),
        "person": _("Person"),
        "answers": _("Answers"),
        "sessions": _("Chosen sessions"),
        "seats_in_sessions": _("Seats in sessions"),
        "requests_for_changes": _("Changes asked for"),
        "details": _("Details"),
        "attendance": _("Attendance"),
        "marks": _("Marks at the door"),
        "certificate": _("Certificate of attendance"),
        "notices_and_consents": _("Notices and consents"),
        "letters": _("Letters"),
        "reminders": _("Reminders and thanks"),
        "links": _("Links of your own"),
        "history": _("History"),
        "calendar_entry": _("Entry in calendars"),
        "group": _("Group"),
        "contact": _("Contact"),
        "members": _("Members"),
        "registered_already": _("Registered already, so left out"),
        "notice": _("Information on personal data"),
    }
