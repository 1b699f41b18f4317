"""Register: one person, one event, one row, whatever happens at the same moment."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from events import permissions
from events.models import Event, Question, Registration, RegistrationSettings, SessionPlaces, Wording
from events.models.base import new_key
from events.models.registration.registrations import ACTIVE, State

from . import details, letters
from .answering import write_answers
from .groups.states import note_passed, remember_keeping
from .keys import find_organisation, person_key
from .line import admitted, party_of
from .opening import Opening, is_ready, opening_of
from .places import choose_sessions, hold, is_free, refuse_called_off
from .states import HOLD, put
from .wordings import note_seen


@dataclass(frozen=True)
class Applicant:
    """Who registers, as typed."""

    name: str
    email: str = ""
    phone: str = ""
    organisation: str = ""
    role: str = ""
    language: str = "tr"


@dataclass(frozen=True)
class Filled:
    """What was answered and chosen on the form, and what the form had said."""

    answers: Mapping[Question, Any] = field(default_factory=dict)
    sessions: Iterable[SessionPlaces] = ()
    shown: Iterable[Wording] = ()
    agreed: Collection[str] = ()
    shown_at: dt.datetime | None = None


@dataclass(frozen=True)
class Registered:
    """What became of it. ``new`` is never told to whoever sent the form: it would tell who is registered."""

    registration: Registration
    new: bool


class NotTakenError(ValidationError):
    """The event takes no registration at this moment; ``opening`` says why."""

    def __init__(self, opening: Opening) -> None:
        words = {
            Opening.NOT_YET: _("Registration has not opened yet."),
            Opening.FULL: _("All seats are taken."),
            Opening.INVITED: _("Registration is by invitation. Open it by the link in your invitation."),
        }
        super().__init__(words.get(opening, _("Registration is closed.")), code=str(opening))
        self.opening = opening


class FormUsedError(ValidationError):
    """This very form was sent before, by somebody with another address, or for a registration that has ended since."""

    def __init__(self, words: str = "") -> None:
        super().__init__(
            words
            or _(
                "This form was sent before: with another address, or for a registration that has ended. "
                "Look through it, and send it once more to register with what it says now."
            )
        )


def register(*, event: Event, applicant: Applicant, filled: Filled, once: str, invited: bool = False) -> Registered:
    """Register who filled in the form: a seat from now on if one is free, else a place on the waiting list.

    A seat is held for 24 hours, until the address is confirmed. The same form (``once``) sent twice, or the same
    person for the second time, is the same row; the second time the letter has the link to it. Raises
    :class:`FormUsedError` where it is the same form and another person: an address that was corrected is no repetition.
    """
    with transaction.atomic():
        settings = hold(event.pk, known=event)
        key = person_key(applicant.email)
        known = _known(settings, key, once)
        if known and known.once == once:
            if known.person_key != key or not known.is_active:
                raise FormUsedError
            return Registered(known, new=False)
        opening = _opening(settings, filled, invited=invited)
        registration = _new(settings, applicant, once=once)
        if known is None:
            with transaction.atomic():  # as below, so that both cost the same
                return Registered(_admitted(settings, registration, filled, opening), new=True)
        refused = _refused(settings, registration, filled, opening)
        letters.send_link(settings, known)
    if refused:
        raise refused
    return Registered(known, new=False)


def _refused(
    settings: RegistrationSettings, registration: Registration, filled: Filled, opening: Opening
) -> ValidationError | None:
    """What somebody would be told who is not registered yet: tried, and taken back.

    Else a refusal, or a quick answer, would say who is registered.
    """
    registration.person_key = f"~{new_key()}"
    try:
        with transaction.atomic():
            _admitted(settings, registration, filled, opening, tell=False)
            transaction.set_rollback(True)
    except ValidationError as refused:
        return refused
    return None


def _opening(settings: RegistrationSettings, filled: Filled, *, invited: bool) -> Opening:
    # Whoever was shown the notice need not be asked whether there is one.
    told = any(wording.kind == Wording.Kind.NOTICE for wording in filled.shown)
    return opening_of(settings, ready=told or is_ready(settings.event), invited=invited)


def add_registration(
    *, event: Event, applicant: Applicant, filled: Filled, once: str = "", by: Any = None
) -> Registration:
    """Enter somebody by hand: confirmed at once if a seat is free, else on the waiting list. Times do not bind here.

    The same row of the same list (``once``) sent twice is one person.
    """
    permissions.require(permissions.may_manage_registrations(by))
    with transaction.atomic():
        settings = hold(event.pk)
        known = Registration.objects.filter(event=event, once=once).first() if once else None
        if known:
            return known
        refuse_called_off(settings)
        registration = newcomer(settings, applicant, once=once or None)
        free = is_free(settings, registration)
        put(settings, registration, State.CONFIRMED if free else State.WAITLISTED, act="add", by=by, tell=False)
        _write_filled(registration, filled)
        # By now it is known which sessions were chosen, and what is asked after what was answered.
        if free:
            details.tell_confirmed(settings, registration)
        else:
            letters.tell_state(settings, registration)
        return registration


def _known(settings: RegistrationSettings, key: str, once: str) -> Registration | None:
    """Who is registered under this key, or by this very form."""
    same = Q(person_key=key, state__in=ACTIVE) | (Q(once=once) if once else Q())
    found = list(Registration.objects.filter(same, event=settings.event_id).order_by("pk")[:2])
    by_form = [row for row in found if once and row.once == once]
    return next(iter(by_form or found), None)


def _new(settings: RegistrationSettings, applicant: Applicant, *, once: str | None) -> Registration:
    organisation = find_organisation(applicant.organisation)
    registration = Registration(
        event=settings.event,
        person_key=person_key(applicant.email),
        name=applicant.name,
        email=applicant.email,
        phone=applicant.phone,
        organisation=organisation,
        organisation_name=applicant.organisation,
        role=applicant.role,
        language=applicant.language,
        once=once,
    )
    registration.derive()
    return registration


def _admitted(
    settings: RegistrationSettings,
    registration: Registration,
    filled: Filled,
    opening: Opening,
    *,
    tell: bool = True,
) -> Registration:
    """Where a newcomer goes: a seat, the line, or, where an officer decides, neither yet."""
    if not opening.takes:
        raise NotTakenError(opening)
    held = timezone.now() + HOLD
    turn = None if settings.approval else admitted(settings, party_of(registration))
    sits = turn is not None
    if not sits and not settings.approval and not settings.waiting_list:
        raise NotTakenError(Opening.FULL)
    if turn:
        note_passed(turn)
    if sits or settings.approval:
        put(settings, registration, State.UNVERIFIED, act="register", seated=sits, held_until=held, tell=False)
    else:
        put(settings, registration, State.WAITLISTED, act="register", tell=False)
    if turn and turn.passes:
        remember_keeping(settings)
    _write_filled(registration, filled)
    if tell:  # by now it is known which sessions were chosen
        letters.tell_state(settings, registration)
    return registration


def _write_filled(registration: Registration, filled: Filled) -> None:
    # Consents first: an answer that needs one is kept only where it stands.
    note_seen(registration, filled.shown, filled.agreed, filled.shown_at or registration.registered_at)
    write_answers(registration, filled.answers, before=())
    sessions = list(filled.sessions)
    if sessions:
        choose_sessions(registration, sessions)


def newcomer(settings: RegistrationSettings, applicant: Applicant, *, once: str | None = None) -> Registration:
    """A row, not yet in any state, for somebody whom we enter; nobody twice. The event's row must be held."""
    if applicant.email and _known(settings, person_key(applicant.email), ""):
        raise ValidationError({"email": _("Somebody with this address is registered already.")})
    registration = _new(settings, applicant, once=once)
    registration.source = Registration.Source.OFFICER
    registration.verified_at = timezone.now()
    return registration
