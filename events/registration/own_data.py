"""Everything that is held about a person, for that person to take along (KVKK art. 11, GDPR arts. 15 and 20)."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q
from wagtail.models import ModelLogEntry

from events.mail import shown
from events.models import (
    Certificate,
    Message,
    Person,
    Question,
    Registration,
    Session,
    SessionPlaces,
)

from .groups.own_data import all_about_group
from .keys import person_key
from .letters import PROVING
from .mailboxes import behind, groups_of, is_called, is_name, registrations_of
from .striking import letters_of

Say = Callable[[Question, Any], Any]
#: What the house keeps for itself: computed from the rest, or about the row and not about the person.
_OF_THE_ROW = {"id", "search_text", "sort_key", "version", "translated_from"}


def as_stored(_question: Question, value: Any) -> Any:
    """An answer as programs read it."""
    return value


def all_about_person(person: Person) -> dict[str, Any]:
    """Somebody in the directory, with all that hangs on the entry, as plain data."""
    return {
        "person": _columns(person),
        "positions": [_columns(row) for row in person.positions.order_by("pk")],
        "programmes": [
            {"event": str(row.session.event), "session": str(row.session), "role": row.role, **_shown(row)}
            for row in person.contributions.select_related("session__event").order_by("pk")
        ],
        "releases": [
            {
                "event": str(row.release.event),
                "number": row.release.number,
                "name": row.name,
                "positions": row.positions,
            }
            for row in person.released.select_related("release__event").order_by("pk")
        ],
        "registrations": [all_about(row) for row in registrations_of(person, person.email, person.name)],
        "groups": [all_about_group(row) for row in groups_of(person.email, person.name)],
        "letters": [_letter(row) for row in _letters_to(person)],
        "history": [
            {"act": row.action, "at": _moment(row.timestamp)}
            for row in ModelLogEntry.objects.for_instance(person).order_by("pk")
        ],
    }


def _columns(row: Any) -> dict[str, Any]:
    fields = [field for field in row._meta.concrete_fields if field.name not in _OF_THE_ROW]
    return {field.name: _plain(row, field) for field in fields}


def _plain(row: Any, field: Any) -> Any:
    if field.is_relation:
        return str(getattr(row, field.name) or "")
    value = getattr(row, field.attname)
    return value if isinstance(value, (str, int, bool, list, dict, type(None))) else value.isoformat()


def _shown(row: Any) -> dict[str, str]:
    return {"shown_tr": row.shown_tr, "shown_en": row.shown_en}


def _letters_to(person: Person) -> list[Message]:
    """Letters to the person; where others have the address too, those that name this one."""
    own = Q(person_key=person.key)
    rows = Message.objects.filter(own | Q(to_address__iexact=person.email) if person.email else own).order_by("pk")
    if not any(not is_called(each.row, person.name) for each in behind(person.email)):
        return list(rows)
    return [row for row in rows if row.person_key == person.key or is_name(row.to_name, person.name)]


def _letter(row: Message) -> dict[str, Any]:
    return {
        "subject": row.subject,
        # A link opens what it leads to: it is computed when a letter leaves, and stands in no copy.
        "text": shown(row.body_text, "…"),
        "to": row.to_address,
        "language": row.language,
        "state": row.state,
        "written_at": _moment(row.created_at),
        "sent_at": _moment(row.finished_at),
    }


def all_about(registration: Registration, say: Say = as_stored) -> dict[str, Any]:
    """One registration as plain data, its keys the same in every language. ``say`` puts answers into words."""
    # To the person an event is what the public sees of it.
    event = getattr(registration.event, "public", None) or registration.event
    return {
        "event": {"title": str(event.title), "address": event.slug},
        "registration": _state(registration),
        "person": _person(registration),
        "answers": _answers(registration, say),
        "sessions": [
            {"title": str(row.places.session.title), "seat": row.seat}
            for row in registration.chosen_sessions.select_related("places__session")
        ],
        "seats_in_sessions": _seats(registration),
        "requests_for_changes": _requests(registration, say),
        "attendance": _attendance(registration),
        "certificate": _certificate(registration),
        "notices_and_consents": _wordings(registration),
        "letters": [_letter(row) for row in _letters(registration)],
        "reminders": [
            {"letter": row.letter, "decided_at": _moment(row.decided_at)}
            for row in registration.timed_letters.order_by("pk")
        ],
        "links": [
            {"purpose": row.purpose, "created_at": _moment(row.created_at), "revoked_at": _moment(row.revoked_at)}
            for row in registration.links.order_by("pk")
        ],
        "history": [
            {"act": row.action, "at": _moment(row.timestamp)}
            for row in ModelLogEntry.objects.for_instance(registration).order_by("pk")
        ],
    }


def _letters(registration: Registration) -> list[Message]:
    """Its own, without those to another address that nobody confirmed: whether there is one tells who reads that."""
    rows = letters_of(registration).order_by("pk")
    return [row for row in rows if row.letter != PROVING or person_key(row.to_address) == registration.person_key]


def _seats(registration: Registration) -> list[dict[str, Any]]:
    """Sessions in which one has or had a seat; a session whose row is gone is known by its key alone."""
    rows = list(registration.seated_sessions.order_by("pk"))
    named = {row.key: str(row.title) for row in Session.objects.filter(key__in=[each.key for each in rows])}
    return [
        {"title": named.get(row.key, row.key), "since": _moment(row.since), "left_at": _moment(row.left_at)}
        for row in rows
    ]


def _state(registration: Registration) -> dict[str, Any]:
    return {
        "code": registration.code,
        "state": registration.state,
        "registered_at": _moment(registration.registered_at),
        "verified_at": _moment(registration.verified_at),
        "ended_at": _moment(registration.ended_at),
        "asked_for_details_at": _moment(registration.details_asked_at),
        "details_told_at": _moment(registration.details_at),
        "holds_a_seat": registration.seat,
        "number_in_line": registration.waiting_number,
        "held_until": _moment(registration.held_until),
        "details_missing": registration.details_due,
        "reason": registration.reason,
        "entered_by": registration.source,
        "group": {"contact": registration.group.name, "organisation": registration.group.organisation_name}
        if registration.group
        else None,
        "replaced": registration.replaced_by_id is not None,
        "stands_for_somebody": Registration.objects.filter(replaced_by=registration).exists(),
        "calendar_entry": {"uid": str(registration.uid), "sequence": registration.sequence},
        "knows_release": registration.told_release,
        "sessions_in_calendar": len(registration.sent_sessions),
    }


def _person(registration: Registration) -> dict[str, Any]:
    return {
        "name": registration.name,
        "email": registration.email,
        "new_email": registration.new_email,
        "new_email_until": _moment(registration.new_email_until),
        "phone": registration.phone,
        "organisation": registration.organisation_name,
        "organisation_in_directory": str(registration.organisation or ""),
        "entry_in_directory": registration.person_id is not None,
        "position": registration.role,
        "language": registration.language,
        "mail_comes_back_since": _moment(registration.address_refused_at),
        "mail_comes_back_because": registration.address_refused,
    }


def _answers(registration: Registration, say: Say) -> list[dict[str, Any]]:
    return [
        {
            "question": str(row.question.label),
            "purpose": str(row.question.purpose),
            "legal_basis": row.question.legal_basis,
            "days_kept_after_the_event": row.question.days_kept,
            "encrypted": row.question.sensitive,
            "answer": say(row.question, row.value),
        }
        for row in registration.answers.select_related("question").order_by("question__position", "pk")
    ]


def _requests(registration: Registration, say: Say) -> list[dict[str, Any]]:
    return [
        {
            "state": row.state,
            "asked_at": _moment(row.made_at),
            "decided_at": _moment(row.decided_at),
            "reason": row.reason,
            "details": {name: {"was": was, "wanted": wanted} for name, (was, wanted) in row.details.items()},
            "answers": [
                {
                    "question": str(each.question.label),
                    "was": say(each.question, each.value[0]),
                    "wanted": say(each.question, each.value[1]),
                }
                for each in row.answers.select_related("question").order_by("question__position", "pk")
            ],
            "sessions": {name: _titles(row.sessions[name]) for name in ("was", "wanted") if row.sessions},
        }
        for row in registration.change_requests.all()
    ]


def _titles(places: list[int]) -> list[str]:
    rows = SessionPlaces.objects.filter(pk__in=places).select_related("session").order_by("pk")
    return [str(row.session.title) for row in rows]


def _wordings(registration: Registration) -> list[dict[str, Any]]:
    return [
        {
            "title": row.version.title,
            "text": row.version.text,
            "version": row.version.number,
            "language": row.version.language,
            "shown_at": _moment(row.shown_at),
            "agreed_at": _moment(row.agreed_at),
            "withdrawn_at": _moment(row.withdrawn_at),
        }
        for row in registration.wordings_seen.select_related("version")
    ]


def _attendance(registration: Registration) -> list[dict[str, Any]]:
    """Where one was checked in, and each press that led to it."""
    marks: dict[str, list[dict[str, Any]]] = {}
    for mark in registration.check_in_marks.order_by("at", "pk"):
        marks.setdefault(mark.place, []).append({"state": mark.state, "at": _moment(mark.at), "door": mark.device})
    return [
        {
            "day": row.day.isoformat(),
            "session": str(row.session.title) if row.session else None,
            "state": row.state,
            "at": _moment(row.at),
            "marks": marks.get(row.place, []),
        }
        for row in registration.check_ins.select_related("session").order_by("day", "pk")
    ]


def _certificate(registration: Registration) -> dict[str, Any] | None:
    row = Certificate.objects.select_related("event").filter(registration=registration).first()
    if row is None:
        return None
    return {
        "number": row.label,
        "code": row.code,
        "days": row.days,
        "minutes": row.minutes,
        "issued_at": _moment(row.issued_at),
        "taken_back_at": _moment(row.revoked_at),
    }


def _moment(moment: Any) -> str | None:
    return moment.isoformat() if moment else None
