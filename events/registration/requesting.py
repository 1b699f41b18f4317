"""After the time for changes people ask for them: an officer accepts what is asked, as a whole, or says why not.

To cancel, and to take a consent back, nobody has to ask. What was asked is kept with what was, so that both can be
read beside each other, and only what differs.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events import permissions
from events.bilingual import active_language, pick
from events.models import (
    ChangeRequest,
    Question,
    Registration,
    RegistrationSettings,
    RequestedAnswer,
    SessionPlaces,
    Wording,
)

from . import details, letters
from .amending import amend_row
from .answering import read_answers, refuse_gone, wanted_answers
from .consents import require_consent, standing
from .deciding import held_row
from .opening import takes_requests
from .places import public_event
from .registering import Applicant
from .sessions import SessionOffered, overlapping, sessions_of, with_unseen
from .states import note, tell_change
from .uploading import hold_requested
from .wordings import set_consents

#: By the name of what a form asks: the column that keeps it.
DETAILS = {
    "name": "name",
    "organisation": "organisation_name",
    "role": "role",
    "phone": "phone",
    "language": "language",
}


def request_change(
    *,
    registration: Registration,
    answers: Mapping[Question, Any],
    applicant: Applicant | None = None,
    sessions: Iterable[SessionPlaces] | None = None,
    consents: Mapping[Wording, bool] | None = None,
    language: str = "",
) -> ChangeRequest | None:
    """Ask for what differs from what is held; what was asked before of the same things is asked no longer.

    None where nothing differs any more: then a request that was open is taken back. Consents count at once;
    ``language`` is that of the form on which they were read.
    """
    with transaction.atomic():
        settings, row = held_row(registration)
        if not row.is_active or not takes_requests(settings):
            raise ValidationError(_("This registration can no longer be changed."))
        _set_consents(row, consents or {}, language or (applicant.language if applicant else ""))
        requested = _answers(row, answers)
        refuse_gone(requested)
        require_consent(row, [each for each, (_was, wanted) in requested.items() if wanted is not None])
        found = open_request(row) or ChangeRequest(registration=row)
        if applicant is not None:
            found.details = _details(row, applicant)
        if sessions is not None:
            found.sessions = _sessions(row, with_unseen(row, public_event(settings.event), sessions))
        others = RequestedAnswer.objects.filter(request=found.pk).exclude(question__in=list(answers))
        if not (found.details or found.sessions or requested or others.exists()):
            take_back(registration=row)
            return None
        hold_requested(row, {question: wanted for question, (_was, wanted) in requested.items()})
        _write(found, answers, requested)
        note(row, "request_change", data={"changed": sorted([*found.details, *(each.key for each in requested)])})
        tell_change(row)
        return found


def _set_consents(row: Registration, consents: Mapping[Wording, bool], language: str) -> None:
    """For a consent nobody has to ask; the history says that it is another."""
    if changed := set_consents(row, consents, language=language):
        row.version += 1
        row.save()
        details.refresh(row)
        note(row, "amend", data={"changed": sorted(changed)})
        tell_change(row)


def take_back(*, registration: Registration) -> bool:
    """The person asks no longer; False where nothing was open."""
    with transaction.atomic():
        _settings, row = held_row(registration)
        found = open_request(row)
        if found is None:
            return False
        _end(found, ChangeRequest.State.TAKEN_BACK)
        note(row, "take_back_change")
        tell_change(row)
        return True


def accept_change(*, request: ChangeRequest, by: Any = None) -> ChangeRequest:
    """Do what was asked, all of it; refused where a session that is wanted has no seat left."""
    permissions.require(permissions.may_manage_registrations(by))
    with transaction.atomic():
        settings, row, found = _held(request)
        if found.state != ChangeRequest.State.OPEN:
            return found
        sessions = _wanted_sessions(settings, row, found)
        amend_row(settings, row, _applicant(row, found), _wanted_answers(row, found), sessions, {}, by=by)
        _end(found, ChangeRequest.State.ACCEPTED, by=by)
        note(row, "accept_change", by=by)
        letters.tell_decision(settings, row, accepted=True)
        return found


def refuse_change(*, request: ChangeRequest, reason: str, by: Any = None) -> ChangeRequest:
    """Leave all as it is; the person reads why."""
    permissions.require(permissions.may_manage_registrations(by))
    if not reason.strip():
        raise ValidationError({"reason": _("Write why: the person reads it.")})
    with transaction.atomic():
        settings, row, found = _held(request)
        if found.state != ChangeRequest.State.OPEN:
            return found
        _end(found, ChangeRequest.State.REFUSED, by=by, reason=reason.strip())
        note(row, "refuse_change", by=by)
        letters.tell_decision(settings, row, accepted=False, reason=found.reason)
        return found


def open_request(registration: Registration) -> ChangeRequest | None:
    """What this person asks for at the moment."""
    return registration.change_requests.filter(state=ChangeRequest.State.OPEN).first()


def _held(request: ChangeRequest) -> tuple[RegistrationSettings, Registration, ChangeRequest]:
    settings, row = held_row(request.registration)
    found = ChangeRequest.objects.get(pk=request.pk)
    found.registration = row
    return settings, row, found


def _end(request: ChangeRequest, state: ChangeRequest.State, *, by: Any = None, reason: str = "") -> None:
    request.state, request.decided_at, request.decided_by, request.reason = state, timezone.now(), by, reason
    request.save()


def _details(row: Registration, applicant: Applicant) -> dict[str, list[str]]:
    pairs = {name: [getattr(row, column), getattr(applicant, name)] for name, column in DETAILS.items()}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _answers(row: Registration, answers: Mapping[Question, Any]) -> dict[Question, tuple[Any, Any]]:
    """What is answered now and what is wanted, by question, where they differ."""
    held, wanted = read_answers(row), wanted_answers(row, answers)
    pairs = {question: (held.get(question.key), wanted.get(question)) for question in answers}
    return {question: pair for question, pair in pairs.items() if pair[0] != pair[1]}


def _sessions(row: Registration, sessions: Iterable[SessionPlaces]) -> dict[str, list[int]]:
    was, wanted = set(row.chosen_sessions.values_list("places", flat=True)), {each.pk for each in sessions}
    return {"was": sorted(was), "wanted": sorted(wanted)} if was != wanted else {}


def _write(request: ChangeRequest, answers: Iterable[Question], requested: Mapping[Question, tuple[Any, Any]]) -> None:
    """Save it, with what is asked of these questions instead of what was asked of them before."""
    request.made_at = timezone.now()
    request.save()
    request.answers.filter(question__in=list(answers)).delete()
    rows = [RequestedAnswer(request=request, question=question) for question in requested]
    for each in rows:
        each.write(*requested[each.question], sensitive=each.question.sensitive)
    RequestedAnswer.objects.bulk_create(rows)


def _applicant(row: Registration, request: ChangeRequest) -> Applicant:
    """The person as the row says, with what was asked put in."""
    held = Applicant(email=row.email, **{name: getattr(row, column) for name, column in DETAILS.items()})
    return replace(held, **{name: pair[1] for name, pair in request.details.items() if name in DETAILS})


def _wanted_answers(row: Registration, request: ChangeRequest) -> dict[Question, Any]:
    """What was asked, without what needs a consent that was taken back since."""
    given = standing(row)
    found = {each.question: each.value[1] for each in request.answers.select_related("question__consent")}
    return {
        question: value
        for question, value in found.items()
        if value is None or not question.consent_id or question.consent_id in given
    }


def _wanted_sessions(
    settings: RegistrationSettings, row: Registration, request: ChangeRequest
) -> list[SessionPlaces] | None:
    """What was asked put into what is chosen by now; each new session must be offered, have a seat left, and be at a
    time of its own. The event is held.
    """
    if not request.sessions:
        return None
    was, wanted = set(request.sessions["was"]), set(request.sessions["wanted"])
    held = dict(row.chosen_sessions.values_list("places", "seat"))
    keys = (set(held) - (was - wanted)) | (wanted - was)
    found = list(SessionPlaces.objects.filter(pk__in=keys).select_related("session"))
    public = public_event(settings.event)
    offered = sessions_of(public, active_language()) if public else []
    _refuse_not_offered(request, (wanted - was) - set(held), offered, found)
    full = [each for each in found if each.pk not in held and each.full and row.seat]
    if full:
        titles = ", ".join(f"“{each.session}”" for each in full)
        raise ValidationError(
            _("All seats are taken in %(sessions)s. Give it more seats, or refuse and say so.") % {"sessions": titles}
        )
    _refuse_overlapping([each for each in offered if each.pk in keys], set(held))
    return found


def _refuse_not_offered(
    request: ChangeRequest, new: set[int], offered: Iterable[SessionOffered], rows: Iterable[SessionPlaces]
) -> None:
    """What was asked for may have been called off, or taken off the choice: then nothing but its title is left of it."""
    missing = new - {each.pk for each in offered}
    if missing:
        gone = {int(pk): str(pick(title, active_language())) for pk, title in request.sessions.get("gone", {}).items()}
        titles = gone | {each.pk: str(each.session) for each in rows}
        named = ", ".join(f"“{titles[pk]}”" for pk in sorted(missing) if pk in titles)
        raise ValidationError(
            _("%(sessions)s cannot be chosen any more. Refuse, and say so.")
            % {"sessions": named or _("A session that was asked for")}
        )


def _refuse_overlapping(wanted: Sequence[SessionOffered], held: set[int]) -> None:
    """The programme, or what the person has chosen, may be another since it was asked; what overlapped before may stay."""
    for first, second in overlapping(wanted):
        if not {first.pk, second.pk} <= held:
            raise ValidationError(
                _("“%(first)s” and “%(second)s” are at the same time by now. Refuse, and say so.")
                % {"first": first.title, "second": second.title}
            )
