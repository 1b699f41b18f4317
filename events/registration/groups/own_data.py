"""Everything that is held about the contact of a group, for the contact to take along (KVKK art. 11, GDPR art. 20).

Of members it tells what the contact entered or must know, never what only the member was asked.
"""

from collections.abc import Callable
from typing import Any

from wagtail.models import ModelLogEntry

from events.mail import shown
from events.models import Question, RegistrationGroup

from .answering import member_questions_of
from .letters import message_key


def all_about_group(group: RegistrationGroup, say: Callable[[Question, Any], Any] | None = None) -> dict[str, Any]:
    """One group as plain data, its keys the same in every language. ``say`` puts answers into words."""
    say = say or (lambda _question, value: value)
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
            {
                "question": str(row.question.label),
                "purpose": str(row.question.purpose),
                "answer": say(row.question, row.value),
            }
            for row in group.answers.select_related("question").order_by("question__position", "pk")
        ],
        "members": [_member(row, asked, say) for row in members],
        "registered_already": group.left_out,
        "notice": _notice(group),
        "letters": _letters(group),
        "history": [
            {"act": row.action, "at": row.timestamp.isoformat()}
            for row in ModelLogEntry.objects.for_instance(group).order_by("pk")
        ],
    }


def _notice(group: RegistrationGroup) -> dict[str, Any] | None:
    if group.notice is None:
        return None
    return {
        "title": group.notice.title,
        "text": group.notice.text,
        "version": group.notice.number,
        "shown_at": group.notice_shown_at.isoformat() if group.notice_shown_at else None,
    }


def _letters(group: RegistrationGroup) -> list[dict[str, Any]]:
    return [
        {
            "subject": row.subject,
            "text": shown(row.body_text, "…"),
            "to": row.to_address,
            "state": row.state,
            "written_at": row.created_at.isoformat(),
        }
        for row in group.event.messages.filter(person_key=message_key(group)).order_by("pk")
    ]


def _member(row: Any, asked: set[int], say: Callable[[Question, Any], Any]) -> dict[str, Any]:
    answers = sorted(row.answers.all(), key=lambda each: (each.question.position, each.pk))
    return {
        "code": row.code,
        "name": row.name,
        "email": row.email,
        "phone": row.phone,
        "position": row.role,
        "state": row.state,
        "answers": [
            {"question": str(each.question.label), "answer": say(each.question, each.value)}
            for each in answers
            if each.question_id in asked
        ],
    }
