"""Everything that is held about the contact of a group, for the contact to take along (KVKK art. 11, GDPR art. 20).

Of members it tells what the contact entered or must know, never what only the member was asked.
"""

from typing import Any

from events.models import RegistrationGroup

from .answering import member_questions_of
from .letters import message_key


def all_about_group(group: RegistrationGroup) -> dict[str, Any]:
    """One group as plain data."""
    asked = {each.pk for each in member_questions_of(group.event_id)}
    members = group.members.kept().prefetch_related("answers__question").order_by("pk")
    event = getattr(group.event, "public", None) or group.event
    return {
        "event": {"title": str(event.title), "address": event.slug},
        "group": {
            "code": group.code,
            "state": group.state,
            "registered_at": group.registered_at.isoformat(),
            "verified_at": group.verified_at.isoformat() if group.verified_at else None,
            "reason": group.reason,
        },
        "contact": {
            "name": group.name,
            "email": group.email,
            "phone": group.phone,
            "organisation": group.organisation_name,
            "language": group.language,
        },
        "answers": [
            {"question": str(row.question.label), "purpose": str(row.question.purpose), "answer": row.value}
            for row in group.answers.select_related("question").order_by("question__position", "pk")
        ],
        "members": [_member(row, asked) for row in members],
        "registered_already": group.left_out,
        "notice": {"title": group.notice.title, "version": group.notice.number} if group.notice else None,
        "letters": [
            {"subject": row.subject, "state": row.state, "written_at": row.created_at.isoformat()}
            for row in group.event.messages.filter(person_key=message_key(group)).order_by("pk")
        ],
    }


def _member(row: Any, asked: set[int]) -> dict[str, Any]:
    answers = sorted(row.answers.all(), key=lambda each: (each.question.position, each.pk))
    return {
        "code": row.code,
        "name": row.name,
        "email": row.email,
        "phone": row.phone,
        "position": row.role,
        "state": row.state,
        "answers": [
            {"question": str(each.question.label), "answer": each.value}
            for each in answers
            if each.question_id in asked
        ],
    }
