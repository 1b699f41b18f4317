"""Attendance in words: where somebody was, and how many came."""

from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from events import labels
from events.labels import sentence
from events.models import CheckIn, CheckInMark, Event, Registration
from events.models.registration.check_ins import Attendance
from events.models.registration.registrations import State

from .organisations import Organisations


def who_came(rows: QuerySet[Registration]) -> QuerySet[Registration]:
    """Those who were at the event or in one of its sessions."""
    return rows.filter(Exists(CheckIn.objects.present().filter(registration=OuterRef("pk"))))


def who_is_missing(rows: QuerySet[Registration]) -> QuerySet[Registration]:
    """Those who are confirmed and were nowhere."""
    there = Exists(CheckIn.objects.present().filter(registration=OuterRef("pk")))
    return rows.filter(~there, state=State.CONFIRMED)


#: By the word in an address.
CAME = {"yes": who_came, "no": who_is_missing}


def places_attended(registration: Registration, zone: str) -> list[dict[str, Any]]:
    """Each place where something is known of this person: where, what, since when."""
    rows = registration.check_ins.standing().select_related("session", "by").order_by("day", "at", "pk")
    return [
        {
            "where": place_words(each),
            "state": each.state,
            "words": sentence(each.get_state_display()),
            "when": labels.moment_words(each.at, zone),
            "who": _who(each),
        }
        for each in rows
    ]


def _who(row: CheckIn | CheckInMark) -> str:
    return row.by.get_full_name() or row.by.get_username() if row.by else ""


def place_words(row: CheckIn) -> str:
    """The day, or the session with its day."""
    day = labels.day_words(row.day)
    return f"{day}: {row.session}" if row.session else day


def marks_of(registration: Registration, zone: str) -> list[dict[str, Any]]:
    """Every press of a button at a door, as it came, the newest first."""
    rows = registration.check_in_marks.select_related("by").order_by("-at", "-pk")[:100]
    return [
        {
            "when": labels.moment_words(each.at, zone),
            "words": sentence(each.get_state_display()),
            "who": ", ".join(filter(None, (_who(each), each.device))),
        }
        for each in rows
    ]


def came_words(row: Registration) -> str:
    """One word for a list: came, or what was said of somebody who did not. ``check_ins`` are prefetched."""
    states = {each.state for each in row.check_ins.all()}
    for state in (Attendance.PRESENT, Attendance.REPLACED, Attendance.EXCUSED, Attendance.ABSENT):
        if state in states:
            return sentence(str(state.label))
    return ""


def came_on(row: Registration, zone: str) -> str:
    """The days and sessions for an export; ``check_ins`` with their sessions are prefetched."""
    present = [each for each in row.check_ins.all() if each.state == Attendance.PRESENT]
    clock = ZoneInfo(zone)
    return "; ".join(
        f"{place_words(each)} {each.at.astimezone(clock):%H:%M}" for each in sorted(present, key=lambda each: each.at)
    )


def counted_by_organisation(event: Event, organisations: Organisations) -> list[dict[str, Any]]:
    """Each organisation with how many were confirmed and how many of them came, most first."""
    there = Exists(CheckIn.objects.present().filter(registration=OuterRef("pk")))
    rows = Registration.objects.filter(event=event).exclude(organisation_key="").annotate(there=there).order_by()
    counted = rows.values_list("organisation_key").annotate(
        expected=Count("pk", filter=Q(state=State.CONFIRMED)), came=Count("pk", filter=Q(there=True))
    )
    found: dict[str, dict[str, Any]] = {}
    for key, expected, came in counted:
        if (expected or came) and (one := organisations.of(key)):
            told = found.setdefault(one.key, {"name": one.name, "expected": 0, "came": 0})
            told["expected"] += expected
            told["came"] += came
    return [found[key] for key in sorted(found, key=lambda key: (-found[key]["expected"], key))]
