"""Somebody whom a door wrote down without a registration, sent by its script at once or when the line is back."""

import json
import re
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from events import permissions
from events.forms.registration.walk_in import WalkInForm
from events.models import Event, Registration
from events.registration import add_walk_in
from events.registration.door import Place, door_row, one_place, seats_of

from .base import KEY, NOT_OURS, at_the_door, clock_behind, device_of, pressed_at, user_of
from .words import SEND

_ONCE = re.compile(r"[0-9a-f]{32}")


@at_the_door
@require_POST
def door_newcomer(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter one person and let in; ``once`` sent again is the same person. What is refused is told in words."""
    try:
        sent = json.loads(request.body)
        # What cannot be written as bytes is no text: refused here, not by the database.
        told = {name: str(value).encode().decode() for name, value in sent["typed"].items()}
        once, place, at = str(sent["once"]), str(sent["place"]), pressed_at(sent["at"], clock_behind(sent["now"]))
        device = device_of(sent.get("device"))
        if not _ONCE.fullmatch(once):
            raise ValueError("no number of a form")
        if not KEY.fullmatch(place):
            raise ValueError("no place")
    except NOT_OURS:
        return JsonResponse({"error": _("This is not what a door sends. Load the page anew.")}, status=400)
    form = WalkInForm(told, may_beyond=permissions.may_let_in_beyond(request.user))
    row, refused = None, _faults(form)
    found = one_place(pk, place)
    if found and seats_of(found[0]) is None:
        refused = _("This event takes no registrations.")
    elif found is None:
        refused = _("The programme has this place no more. Choose another one above and send it again.")
    elif not refused:
        row, refused = _entered(request, *found, form, once=once, device=device, at=at)
    told_row = door_row(row) if row else None
    return JsonResponse({"refused": refused, "gone": found is None, "person": told_row})


def _faults(form: WalkInForm) -> str:
    """What is wrong with what was typed, in a sentence; empty where nothing is."""
    if form.is_valid():
        return ""
    faults = [
        f"{form.fields[name].label}: {' '.join(str(each) for each in said)}" for name, said in form.errors.items()
    ]
    return " ".join(faults)


def _entered(
    request: HttpRequest, event: Event, place: Place, form: WalkInForm, **sent: Any
) -> tuple[Registration | None, str]:
    """The person, or why not."""
    beyond = bool(form.cleaned_data.get("beyond"))
    try:
        row = add_walk_in(
            event=event, applicant=form.applicant(), place=place.key, beyond=beyond, by=user_of(request), **sent
        )
    except PermissionDenied:
        return None, str(SEND)
    except ValidationError as error:
        return None, " ".join(error.messages)
    return row, ""
