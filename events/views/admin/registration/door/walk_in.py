"""Whoever stands at the door without a seat: entered, let in, or in somebody's place."""

import re
import secrets
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events import permissions
from events.bilingual import active_language
from events.forms.registration.walk_in import AdmitForm, WalkInForm
from events.models import Event, Registration
from events.registration import add_walk_in, admit
from events.registration.door import Place, one_place
from events.registration.door_hours import closed_words
from events.registration.opening import settings_of
from events.views.admin.building.acts import add_errors

from .base import at_the_door, device_of, name_in, user_of
from .words import SEND


@at_the_door
@require_http_methods(["GET", "HEAD", "POST"])
def walk_in(request: HttpRequest, pk: int) -> HttpResponse:
    """``?code=`` names a registration that gives no seat yet, or has ended; ``?instead=`` whose place is taken.

    ``?name=`` is what was looked for and not found.
    """
    asked = request.GET
    found = one_place(pk, asked.get("place", "")[:12])
    if found is None or settings_of(pk) is None:
        raise Http404
    event, place = found
    row = _row(pk, asked.get("code", ""))
    if row is not None and row.is_active:
        return _let_in(request, event, place, row)
    return _enter(request, event, place, before=row, instead=_row(pk, asked.get("instead", "")))


def _row(event: int, code: str) -> Registration | None:
    return Registration.objects.kept().filter(event=event, code=code[:12].lower()).first() if code else None


def _let_in(request: HttpRequest, event: Event, place: Place, row: Registration) -> HttpResponse:
    may_beyond = permissions.may_let_in_beyond(request.user)
    form = AdmitForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        beyond = bool(form.cleaned_data["beyond"]) and may_beyond
        try:
            admit(registration=row, place=place.key, beyond=beyond, device=_device(request), by=user_of(request))
        except PermissionDenied:
            form.add_error(None, SEND)
        except ValidationError as error:
            add_errors(form, error)
        else:
            return _in(request, event, place, row)
    context = {"form": form, "row": row, "may_admit": row.seat or may_beyond, "may_beyond": may_beyond}
    return _show(request, event, place, context)


def _enter(
    request: HttpRequest, event: Event, place: Place, *, before: Registration | None, instead: Registration | None
) -> HttpResponse:
    may_decide = permissions.may_let_in_beyond(request.user)
    may_beyond = may_decide and instead is None
    if request.method == "POST":
        form = WalkInForm(request.POST, may_beyond=may_beyond)
        if form.is_valid():
            try:
                row = add_walk_in(
                    event=event,
                    applicant=form.applicant(),
                    place=place.key,
                    beyond=form.cleaned_data.get("beyond", False),
                    instead_of=instead.code if instead else "",
                    once=_once(request),
                    device=_device(request),
                    by=user_of(request),
                )
            except PermissionDenied:
                form.add_error(None, SEND)
            except ValidationError as error:
                add_errors(form, error)
            else:
                return _in(request, event, place, row)
    else:
        form = WalkInForm(may_beyond=may_beyond, initial=_known(request, before))
    context = {"form": form, "instead": instead, "may_admit": may_decide or instead is None, "once": _once(request)}
    return _show(request, event, place, context)


def _once(request: HttpRequest) -> str:
    """The number of the form, by which a second press is the first: where lines are slow, people press twice."""
    sent = request.POST.get("once", "")
    return sent if re.fullmatch(r"[0-9a-f]{32}", sent) else secrets.token_hex(16)


def _known(request: HttpRequest, before: Registration | None) -> dict[str, Any]:
    """What somebody said who registered once and gave it up; the address for those only who may see addresses.

    Of somebody new, the name that was looked for in vain.
    """
    if before is None:
        name = name_in(request.GET.get("name", ""))
        return {"language": active_language(), **({"name": name} if name else {})}
    known = {
        "name": before.name,
        "organisation": before.organisation_name,
        "role": before.role,
        "language": before.language,
    }
    return {**known, "email": before.email} if permissions.may_see_registrations(request.user) else known


def _show(request: HttpRequest, event: Event, place: Place, context: dict[str, Any]) -> HttpResponse:
    closed = closed_words(place.opens, event.time_zone)
    told = {"event": event, "place": place, "settings": settings_of(event), "closed": closed, **context}
    status = 422 if context["form"].errors else 200
    return render(request, "events/admin/registration/door/walk_in.html", told, status=status)


def _in(request: HttpRequest, event: Event, place: Place, row: Registration) -> HttpResponse:
    messages.success(request, _("%(name)s is in.") % {"name": row})
    return redirect(f"{reverse('event_admin:door', args=[event.pk])}?place={place.key}")


def _device(request: HttpRequest) -> str:
    return device_of(request.POST.get("device"))
