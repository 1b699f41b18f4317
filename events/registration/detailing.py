"""Telling the details, and asking once more for those that are missing."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events import permissions
from events.models import Question, Registration, Wording
from events.models.registration.registrations import State

from . import details
from .answering import write_answers
from .deciding import held_row
from .opening import takes_requests
from .states import note, tell_change
from .wordings import set_consents


def tell_details(
    *,
    registration: Registration,
    answers: Mapping[Question, Any],
    consents: Mapping[Wording, bool] | None = None,
    language: str = "",
) -> Registration:
    """Keep what a confirmed person says about travel and the like; said again, it replaces what was said.

    ``language`` is that of the form, in which the person read what the consents say.
    """
    with transaction.atomic():
        settings, row = held_row(registration)
        if row.state != State.CONFIRMED:
            raise ValidationError(_("Details are asked once the seat is confirmed."))
        if takes_requests(settings) and row.details_at is not None:
            raise ValidationError(_("The time for changes is over. Open the page again: you can ask for this change."))
        changed = set_consents(row, consents or {}, language=language) + write_answers(row, answers)
        row.details_at = timezone.now()
        row.version += 1
        row.save()
        details.refresh(row)
        note(row, "details", data={"changed": sorted(changed)})
        tell_change(row)
        return row


def ask_details(*, registration: Registration, by: Any = None) -> None:
    """Ask once more for details that are missing, by the same letter."""
    permissions.require(permissions.may_manage_registrations(by))
    with transaction.atomic():
        settings, row = held_row(registration)
        if not row.details_due:
            raise ValidationError(_("No details are missing."))
        details.ask(settings, row)
        note(row, "ask_details", by=by)
