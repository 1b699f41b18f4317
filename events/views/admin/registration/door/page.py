"""The page itself: complete without script (search, list, buttons); a script takes over where there is one."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from events import labels, permissions
from events.bilingual import active_language
from events.forms.registration.walk_in import WalkInForm
from events.models import Event, Registration
from events.models.registration.check_ins import Attendance
from events.models.registration.registrations import State
from events.registration import check_in, mark_absent, mark_excused, undo_check_in
from events.registration.door import Place, counts_at, found_at, near_events, place_of, places_of, seats_of
from events.registration.door_hours import closed_words
from events.turkish import clean

from .base import at_the_door, name_in, opening, query_of, user_of
from .words import card, door_words, state_words

MOST = 30
#: The addresses that the script asks, by what ends their names.
_ASKED = ("list", "marks", "newcomer", "worker", "walk_in")
_SEATS = ("registration_settings__taken", "registration_settings__capacity")
_SHOWN = ("title_tr", "title_en", "slug", "starts_on", "ends_on", "time_zone", *_SEATS)
VERBS = {
    Attendance.PRESENT: check_in,
    Attendance.UNDONE: undo_check_in,
    Attendance.ABSENT: mark_absent,
    Attendance.EXCUSED: mark_excused,
}


@at_the_door
@require_safe
def doors(request: HttpRequest) -> HttpResponse:
    """The events that somebody at a door may be looking for."""
    return render(request, "events/admin/registration/door/doors.html", {"events": _dated(near_events())})


def _dated(events: list[Event]) -> list[tuple[Event, str]]:
    return [(each, labels.dates_words(each.starts_on, each.ends_on)) for each in events]


@at_the_door
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who is found, mark who came."""
    if request.method == "POST":
        return _mark(request, pk)
    # Where nobody registers, nobody is expected either: there is no door.
    taking = Event.objects.filter(registration_settings__isnull=False)
    event = get_object_or_404(taking.select_related("registration_settings").only(*_SHOWN), pk=pk)
    places = places_of(event)
    place = place_of(places, request.GET.get("place", "")[:12], event)
    if place is None:
        return redirect("event_admin:door", pk)
    may_decide = permissions.may_let_in_beyond(request.user)
    query = request.GET.get("q", "")[:100].strip()
    found = found_at(event, place, query, MOST) if query else []
    context = {
        "event": event,
        "places": places,
        "place": place,
        "query": query,
        "newcomer": query_of(place=place.key, name="" if found else name_in(query)),
        "cards": [card(event, row) for row in found],
        "counts": counts_at(event, place),
        "setup": _setup(event, places, place, may_decide),
        "form": WalkInForm(may_beyond=may_decide, initial={"language": active_language()}, auto_id="door-new-%s"),
        "closed": closed_words(place.opens, event.time_zone),
        "may_decide": may_decide,
        "may_see": permissions.may_see_registrations(request.user),
    }
    return render(request, "events/admin/registration/door/page.html", context)


def _setup(event: Event, places: list[Place], place: Place, may_decide: bool) -> dict[str, Any]:
    """What the script has to know: addresses, words, and nothing of anybody."""
    to = {name: reverse(f"event_admin:door_{name}", args=[event.pk]) for name in _ASKED}
    last = event.ends_on or event.starts_on
    return {
        "event": event.pk,
        "place": place.key,
        "opens": {each.key: opening(event, each) for each in places},
        "zone": event.time_zone,
        "last": last.isoformat() if last else "",
        "to": to,
        "words": door_words(),
        "states": state_words(),
        "seated": State.CONFIRMED,
        "most": {each.key: each.most for each in places if each.most},
        "seats": seats_of(event),
        "mayDecide": may_decide,
    }


def _mark(request: HttpRequest, pk: int) -> HttpResponse:
    """One press of a button where there is no script; the page stays where it was."""
    asked, place = clean(request.POST.get("q", ""))[:100], clean(request.POST.get("place", ""))[:12]
    code, state = clean(request.POST.get("code", ""))[:12], request.POST.get("state", "")
    row = Registration.objects.kept().filter(event=pk, code=code).first()
    if row is None or state not in VERBS:
        messages.error(request, _("There is no such registration here."))
    else:
        try:
            VERBS[Attendance(state)](registration=row, place=place, by=user_of(request))
            messages.success(request, f"{row}: {Attendance(state).label}")
        except (ValidationError, PermissionDenied) as error:
            messages.error(request, " ".join(getattr(error, "messages", [str(error)])))
    back = reverse("event_admin:door", args=[pk])
    return redirect(f"{back}?{query_of(place=place, q=asked)}")
