"""What the script of a door asks: the list to keep for the day, and its marks sent, each at four queries at most."""

import datetime as dt
import json
import uuid
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from events.models.registration.check_ins import Attendance
from events.registration.attending import Mark, Written, write_marks
from events.registration.door import check_ins_at, chosen_at, door_row, one_place, people_of, seats_of

from .base import KEY, NOT_OURS, at_the_door, clock_behind, device_of, from_stamp, opening, pressed_at, stamp, user_of

MOST_MARKS = 200
_WORDS = (Attendance.PRESENT, Attendance.ABSENT, Attendance.EXCUSED, Attendance.UNDONE)


@at_the_door
@require_safe
def door_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody and who is in at a place, or what changed since the moment that an earlier answer gave."""
    found = one_place(pk, request.GET.get("place", "")[:12])
    if found is None or seats_of(found[0]) is None:
        raise Http404
    event, place = found
    now, since = timezone.now(), _moment(request.GET.get("since", ""))
    return JsonResponse(
        {
            "now": stamp(now),
            "token": get_token(request),
            "opens": opening(event, place),
            "seats": seats_of(event),
            "people": [door_row(row) for row in people_of(event, since)],
            "here": {each.registration.code: told(each) for each in check_ins_at(event, place, since)},
            "chosen": chosen_at(place) if place.chosen else None,
        }
    )


@at_the_door
@require_POST
def door_marks(request: HttpRequest, pk: int) -> HttpResponse:
    """Marks that a door made, at once or when its connection came back; the same ones sent again change nothing."""
    try:
        place, marks = _read(json.loads(request.body))
    except NOT_OURS:
        return JsonResponse({"error": _("This is not what a door sends. Load the page anew.")}, status=400)
    written = write_marks(event=pk, place=place, marks=marks, by=user_of(request))
    return JsonResponse({"now": stamp(timezone.now()), "marks": [_written(each) for each in written]})


@at_the_door
@require_safe
def door_worker(request: HttpRequest, pk: int) -> HttpResponse:
    """The script that serves this one page while there is no connection. From here, for it may serve only below."""
    source = (settings.BASE_DIR / "static" / "events" / "door" / "worker.js").read_bytes()
    return HttpResponse(source, content_type="text/javascript; charset=utf-8")


def told(check_in: Any) -> list[Any]:
    """State, moment in milliseconds, door."""
    return [check_in.state, stamp(check_in.at), check_in.device]


def _written(each: Written) -> dict[str, Any]:
    result = {"key": str(each.mark.key), "code": each.mark.code}
    if each.check_in is None:
        return {**result, "refused": each.refused}
    return {**result, "here": told(each.check_in)}


def _read(sent: Any) -> tuple[str, list[Mark]]:
    behind, marks = clock_behind(sent["now"]), sent["marks"]
    if not isinstance(marks, list) or len(marks) > MOST_MARKS:
        raise ValueError("too many marks")
    if not KEY.fullmatch(str(sent["place"])):
        raise ValueError("no place")
    return str(sent["place"]), list(_marks(marks, behind, device_of(sent.get("device"))))


def _marks(rows: list[Any], behind: dt.timedelta, device: str) -> Iterator[Mark]:
    for row in rows:
        state = Attendance(row["state"])
        if state not in _WORDS:
            raise ValueError("no mark of a door")
        code = str(row["code"]).lower()
        # What is no code is refused as an unknown one: the marks beside it are kept.
        yield Mark(
            code if KEY.fullmatch(code) else "",
            state,
            pressed_at(row["at"], behind),
            uuid.UUID(str(row["key"])),
            device,
        )


def _moment(text: str) -> dt.datetime | None:
    return from_stamp(int(text)) if text.isdecimal() and len(text) < 15 else None
