"""Everything that is held about a registered person, for that person to take along (KVKK art. 11, GDPR art. 20)."""

from typing import Any

from events.models import Registration


def all_about(registration: Registration) -> dict[str, Any]:
    """One registration as plain data."""
    event = registration.event
    return {
        "event": {"title": str(event.public.title), "address": event.public.slug},
        "registration": {
            "code": registration.code,
            "state": registration.state,
            "registered_at": _moment(registration.registered_at),
            "verified_at": _moment(registration.verified_at),
            "ended_at": _moment(registration.ended_at),
            "reason": registration.reason,
        },
        "person": {
            "name": registration.name,
            "email": registration.email,
            "phone": registration.phone,
            "organisation": registration.organisation_name,
            "position": registration.role,
            "language": registration.language,
        },
        "answers": [
            {
                "question": str(row.question.label),
                "purpose": str(row.question.purpose),
                "legal_basis": row.question.legal_basis,
                "days_kept_after_the_event": row.question.days_kept,
                "answer": row.value,
            }
            for row in registration.answers.select_related("question").order_by("question__position", "pk")
        ],
        "sessions": [
            {"title": str(row.places.session.title), "seat": row.seat}
            for row in registration.chosen_sessions.select_related("places__session")
        ],
        "notices_and_consents": [
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
        ],
        "letters": [
            {"subject": row.subject, "state": row.state, "written_at": _moment(row.created_at)}
            for row in event.messages.filter(person_key=registration.person_key).order_by("pk")
        ],
    }


def _moment(moment: Any) -> str | None:
    return moment.isoformat() if moment else None
