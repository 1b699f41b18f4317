"""Everything that is held about a person, for that person to take along (KVKK art. 11, GDPR arts. 15 and 20)."""

from typing import Any

from django.db.models import Q
from wagtail.models import ModelLogEntry

from events.models import Certificate, Message, Person, Registration, RegistrationGroup, SessionPlaces

from .groups.own_data import all_about_group

#: What the house keeps for itself: computed from the rest, or about the row and not about the person.
_OF_THE_ROW = {"id", "search_text", "sort_key", "version", "translated_from"}


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
        "registrations": [all_about(row) for row in registrations_of(person)],
        "groups": [all_about_group(row) for row in _groups_of(person)],
        "letters": [_letter(row) for row in _letters_to(person)],
        "history": [
            {"act": row.action, "at": _moment(row.timestamp)}
            for row in ModelLogEntry.objects.for_instance(person).order_by("pk")
        ],
    }


def registrations_of(person: Person) -> list[Registration]:
    """What a person took part in, or wished to: tied to the entry, or made with its address. The newest first."""
    own = Q(person=person)
    if person.email:
        own |= Q(person=None, email__iexact=person.email)
    rows = Registration.objects.kept().filter(own).select_related("event__public")
    return list(rows.order_by("-registered_at", "-pk"))


def _groups_of(person: Person) -> list[RegistrationGroup]:
    """Groups that were registered with the person's address."""
    if not person.email:
        return []
    rows = RegistrationGroup.objects.kept().filter(email__iexact=person.email)
    return list(rows.select_related("event__public").order_by("-registered_at", "-pk"))


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


def _letters_to(person: Person) -> Any:
    own = Q(person_key=person.key)
    return Message.objects.filter(own | Q(to_address__iexact=person.email) if person.email else own).order_by("pk")


def _letter(row: Message) -> dict[str, Any]:
    return {"subject": row.subject, "text": row.body_text, "state": row.state, "written_at": _moment(row.created_at)}


def all_about(registration: Registration) -> dict[str, Any]:
    """One registration as plain data."""
    # To the person an event is what the public sees of it.
    event = getattr(registration.event, "public", None) or registration.event
    return {
        "event": {"title": str(event.title), "address": event.slug},
        "registration": _state(registration),
        "person": _person(registration),
        "answers": _answers(registration),
        "sessions": [
            {"title": str(row.places.session.title), "seat": row.seat}
            for row in registration.chosen_sessions.select_related("places__session")
        ],
        "requests_for_changes": _requests(registration),
        "attendance": _attendance(registration),
        "certificate": _certificate(registration),
        "notices_and_consents": _wordings(registration),
        "letters": [
            _letter(row)
            for row in registration.event.messages.filter(person_key=registration.person_key).order_by("pk")
        ],
    }


def _state(registration: Registration) -> dict[str, Any]:
    return {
        "code": registration.code,
        "state": registration.state,
        "registered_at": _moment(registration.registered_at),
        "verified_at": _moment(registration.verified_at),
        "ended_at": _moment(registration.ended_at),
        "asked_for_details_at": _moment(registration.details_asked_at),
        "details_told_at": _moment(registration.details_at),
        "reason": registration.reason,
        "entered_by": registration.source,
        "group": {"contact": registration.group.name, "organisation": registration.group.organisation_name}
        if registration.group
        else None,
        "replaced": registration.replaced_by_id is not None,
    }


def _person(registration: Registration) -> dict[str, Any]:
    return {
        "name": registration.name,
        "email": registration.email,
        "phone": registration.phone,
        "organisation": registration.organisation_name,
        "position": registration.role,
        "language": registration.language,
    }


def _answers(registration: Registration) -> list[dict[str, Any]]:
    return [
        {
            "question": str(row.question.label),
            "purpose": str(row.question.purpose),
            "legal_basis": row.question.legal_basis,
            "days_kept_after_the_event": row.question.days_kept,
            "answer": row.value,
        }
        for row in registration.answers.select_related("question").order_by("question__position", "pk")
    ]


def _requests(registration: Registration) -> list[dict[str, Any]]:
    return [
        {
            "state": row.state,
            "asked_at": _moment(row.made_at),
            "decided_at": _moment(row.decided_at),
            "reason": row.reason,
            "details": {name: {"was": was, "wanted": wanted} for name, (was, wanted) in row.details.items()},
            "answers": [
                {"question": str(each.question.label), "was": each.value[0], "wanted": each.value[1]}
                for each in row.answers.select_related("question").order_by("question__position", "pk")
            ],
            "sessions": {name: _titles(keys) for name, keys in row.sessions.items()},
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
