"""The contact corrects what it entered for a member, as long as the event lets people change what they said.

What a member said by the own link is the member's: it is neither shown nor changed here, and once there is any of
it, the address stays too, for whoever reads the address reads that.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from events import mail
from events.models import (
    Answer,
    Message,
    Question,
    Registration,
    RegistrationGroup,
    RegistrationSettings,
    SessionPlaces,
)
from events.models.registration.registrations import State
from events.registration import details
from events.registration.amending import OutdatedError, amend_row
from events.registration.deciding import held_row
from events.registration.letters import refuse_crowded
from events.registration.opening import takes_changes
from events.registration.registering import Applicant
from events.registration.states import note

from . import letters
from .answering import looked_at, member_questions_of


@dataclass(frozen=True)
class Correctable:
    """What of a member its contact may change: the address or not, these questions, and what was answered to them.

    Answers ``elsewhere`` were the contact's too, but something that the member answered hangs on them.
    """

    address: bool
    questions: list[Question]
    answers: dict[str, Any] = field(default_factory=dict)
    elsewhere: dict[str, Any] = field(default_factory=dict)


def correctable(member: Registration) -> Correctable:
    """What the contact may change at this moment."""
    asked = member_questions_of(member.event_id)
    rows = list(member.answers.select_related("question"))
    own = _own(rows, asked)
    leading = _leading_to([row.question for row in own], asked)
    values = {row.question.key: row.value for row in rows if row not in own}
    return Correctable(
        address=not own and not _has_spoken(member),
        questions=[each for each in asked if each.key not in leading],
        answers={key: value for key, value in values.items() if key not in leading},
        elsewhere={key: value for key, value in values.items() if key in leading},
    )


def correct_member(
    *,
    group: RegistrationGroup,
    member: Registration,
    applicant: Applicant,
    answers: Mapping[Question, Any],
    sessions: Iterable[SessionPlaces] | None = None,
    version: str | None = None,
) -> Registration:
    """Change what the contact entered for one member. Organisation and language stay.

    With another address, the link that the old one got opens nothing any more, and the new one gets its letter.
    """
    with transaction.atomic():
        settings, row = held_row(member)
        if version is not None and version != str(row.version):
            raise OutdatedError(row)
        if not takes_changes(settings):
            raise ValidationError(_("The time for changes is over, so nothing was saved. Write to us."))
        may, before = correctable(row), (row.version, row.person_key)
        if applicant.email != row.email and not may.address:
            raise ValidationError(
                {"email": _("The member has used the own link, so the address can no longer be changed here.")}
            )
        if applicant.email.lower() != row.email.lower():
            refuse_crowded(applicant.email)
        wanted = replace(applicant, organisation=row.organisation_name, language=row.language)
        kept = {question: value for question, value in answers.items() if question in may.questions}
        amend_row(settings, row, wanted, kept, sessions, {}, with_address=True, act="correct_member")
        if row.version != before[0]:
            group.event = settings.event
            note(group, "correct_member", data={"code": row.code})
        if row.person_key != before[1]:
            _tell_new_address(settings, group, row)
        return row


def _tell_new_address(settings: RegistrationSettings, group: RegistrationGroup, row: Registration) -> None:
    """Who is confirmed is told so at the new address; without one, the contact gets the code."""
    if row.state != State.CONFIRMED:
        return
    # What waits for the old address would bring a calendar entry that invites it.
    waiting = Message.objects.filter(event=row.event_id, person_key=row.person_key, letter="registration_confirmed")
    waiting.filter(state=Message.State.QUEUED).update(state=Message.State.WITHHELD, error=mail.NOT_NEEDED)
    if row.email:
        details.tell_confirmed(settings, row)
    else:
        letters.tell_member_added(settings, group)


def _own(rows: Iterable[Answer], asked: Iterable[Question]) -> list[Answer]:
    """Answers to what a contact is not asked."""
    by_contact = {each.pk for each in asked}
    return [row for row in rows if row.question_id not in by_contact]


def _has_spoken(member: Registration) -> bool:
    """Whether the member consented to something, told details or asked for a change, which only the own link can."""
    spoken = member.details_at is not None or member.verified_at is not None
    return spoken or member.wordings_seen.exists() or member.change_requests.exists()


def _leading_to(questions: Iterable[Question], asked: list[Question]) -> set[str]:
    """The keys of questions whose answers led to these, directly or by way of others."""
    found = {key for question in questions for key in looked_at(question)}
    for question in reversed(asked):
        if question.key in found:
            found |= looked_at(question)
    return found
