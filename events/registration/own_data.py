"""Everything that is held about a registered person, for that person to take along (KVKK art. 11, GDPR art. 20)."""

from typing import Any

from events.models import Registration


def all_about(registration: Registration) -> dict[str, Any]:
    """One registration as plain data."""
    return {
        "event": {"title": str(registration.event.public.title), "address": registration.event.public.slug},
        "registration": _state(registration),
        "person": _person(registration),
        "answers": _answers(registration),
        "sessions": [
            {"title": str(row.places.session.title), "seat": row.seat}
            for row in registration.chosen_sessions.select_related("places__session")
        ],
        "notices_and_consents": _wordings(registration),
        "letters": [
            {"subject": row.subject, "state": row.state, "written_at": _moment(row.created_at)}
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


def _moment(moment: Any) -> str | None:
    return moment.isoformat() if moment else None
