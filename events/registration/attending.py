"""Who was there. Each press at a door is a mark that is kept; a check-in is what the marks of one place come to.

Doors work without a connection, so marks arrive late, twice and out of order. The rule, whatever the order:

- The same mark (``key``) twice is one; under the key of somebody else's mark it is refused, the others stand.
- Of several marks the one that was pressed last counts; where two were pressed at the same moment, the one that
  arrived last. Times come from the doors, set right by how far their clocks are off, and are never in the future.
- Somebody marked present twice is there since the first of the two.
- Who was confirmed when the mark was pressed may be marked, though the seat was given up before it arrived.
- What was pressed before the door opened (``door_hours``) is refused; taking back is not.
"""

import datetime as dt
import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from events import permissions
from events.models import CheckIn, CheckInMark, Event, Registration
from events.models.programme import instant
from events.models.registration.check_ins import Attendance
from events.models.registration.registrations import State
from events.turkish import clean

from .door_hours import closed_words, opens_at

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
#: What of a session is read with each registration: which it is, and what says when it begins.
_OF_SESSION = {
    "pk": "pk",
    "day": "day",
    "start": "start",
    "start_day": "start_day",
    "zone": "start_zone",
    "room_zone": "room__venue__time_zone",
    "venue_zone": "venue__time_zone",
}
_ENDED = (State.EXPIRED, State.DECLINED, State.CANCELLED)


@dataclass(frozen=True)
class Mark:
    """One press: who, by the code of the registration; what; when; and by which door."""

    code: str
    state: Attendance
    at: dt.datetime
    key: uuid.UUID = field(default_factory=uuid.uuid4)
    device: str = ""


@dataclass
class Written:
    """What became of a mark: the check-in as it stands by now, or why the mark was refused."""

    mark: Mark
    check_in: CheckIn | None = None
    refused: str = ""


def write_marks(*, event: Event | int, place: str, marks: Sequence[Mark], by: Any = None) -> list[Written]:
    """Keep marks of one place and bring its check-ins up to date: four queries, however many marks.

    ``place`` is a day of the event or the key of a session. Refused marks are told apart; the others stand.
    """
    permissions.require(permissions.may_check_in(by))
    with transaction.atomic():
        rows = _held(event if isinstance(event, int) else event.pk, place, {mark.code for mark in marks})
        written = [Written(mark, refused=_refusal(rows.get(mark.code), place, mark)) for mark in marks]
        kept = [each.mark for each in written if not each.refused]
        if kept:
            _keep(rows, place, kept, by)
            found, known = _bring_up_to_date({rows[mark.code].pk: rows[mark.code] for mark in kept}, place)
            for each in written:
                _answer(each, rows.get(each.mark.code), found, known)
    return written


def _answer(
    each: Written, row: Registration | None, found: dict[int, CheckIn], known: set[tuple[uuid.UUID, int]]
) -> None:
    """Say what became of a mark; one that is not there by now stands under its key for somebody else."""
    if each.refused or row is None:
        return
    if (each.mark.key, row.pk) in known:
        each.check_in = found[row.pk]
    else:
        each.refused = _("This press was kept before, for somebody else or at another place. Press once more.")


def check_in(
    *, registration: Registration, place: str, device: str = "", at: dt.datetime | None = None, by: Any = None
) -> CheckIn:
    """Say that somebody is there, at the event on a day or in a session; pressed twice, the first time counts."""
    return _write_one(registration, place, Attendance.PRESENT, device, by, at)


def undo_check_in(*, registration: Registration, place: str, device: str = "", by: Any = None) -> CheckIn:
    """Take back what was said of somebody at a place; that it was said stays in the history."""
    return _write_one(registration, place, Attendance.UNDONE, device, by)


def mark_absent(*, registration: Registration, place: str, device: str = "", by: Any = None) -> CheckIn:
    """Say that somebody did not come."""
    return _write_one(registration, place, Attendance.ABSENT, device, by)


def mark_excused(*, registration: Registration, place: str, device: str = "", by: Any = None) -> CheckIn:
    """Say that somebody did not come and had let us know."""
    return _write_one(registration, place, Attendance.EXCUSED, device, by)


def _write_one(
    registration: Registration, place: str, state: Attendance, device: str, by: Any, at: dt.datetime | None = None
) -> CheckIn:
    mark = Mark(registration.code, state, at or timezone.now(), device=device)
    (written,) = write_marks(event=registration.event_id, place=place, marks=[mark], by=by)
    if written.check_in is None:
        raise ValidationError(written.refused)
    return written.check_in


def _held(event: int, place: str, codes: Iterable[str]) -> dict[str, Registration]:
    """The registrations of these codes, held; with the session that the place is, if it is one of this event."""
    rows = Registration.objects.kept().select_for_update(of=("self",)).filter(event=event, code__in=sorted(codes))
    if _DAY.match(place):
        rows = rows.select_related("event")
    else:
        rows = rows.filter(event__sessions__key=place).annotate(
            **{f"session_{name}": F(f"event__sessions__{path}") for name, path in _OF_SESSION.items()},
            event_zone=F("event__time_zone"),
        )
    return {row.code: row for row in rows.order_by("pk")}


def _refusal(row: Registration | None, place: str, mark: Mark) -> str:
    if row is None:
        return _("There is no such registration here.")
    day = _day_of(row, place)
    if day is None:
        return _("The event does not take place on that day.")
    closed = closed_words(*_opening(row, day), at=min(mark.at, timezone.now()))
    if closed and mark.state != Attendance.UNDONE:
        return closed
    was_confirmed = row.told_release is not None  # members of groups verify no address
    was_in = row.state in _ENDED and was_confirmed and row.ended_at and mark.at < row.ended_at
    if row.state != State.CONFIRMED and not was_in:
        return _("%(name)s has no seat: %(state)s.") % {"name": row, "state": row.get_state_display()}
    return ""


def _day_of(row: Registration, place: str) -> dt.date | None:
    """The day of a place; None for a day that the event has not."""
    if hasattr(row, "session_day"):
        day: dt.date = row.session_day
        return day
    try:
        found = dt.date.fromisoformat(place)
    except ValueError:
        return None
    first, last = row.event.starts_on, row.event.ends_on or row.event.starts_on
    return found if (first is None or first <= found) and (last is None or found <= last) else None


def _opening(row: Registration, day: dt.date) -> tuple[dt.datetime, str]:
    """When the door of the place opens, and on whose clocks that is said."""
    if not hasattr(row, "session_day"):
        return opens_at(day, row.event.time_zone), row.event.time_zone
    told: Any = row
    zone = told.session_venue_zone if told.session_room_zone is None else told.session_room_zone
    begins = instant(day, told.session_start, told.session_start_day, told.session_zone or zone or told.event_zone)
    return opens_at(day, told.event_zone, begins), told.event_zone


def _keep(rows: dict[str, Registration], place: str, marks: Iterable[Mark], by: Any) -> None:
    now = timezone.now()
    CheckInMark.objects.bulk_create(
        [
            CheckInMark(
                key=mark.key,
                registration=rows[mark.code],
                place=place,
                state=mark.state,
                at=min(mark.at, now),
                by=by,
                device=clean(mark.device)[:40],
                received_at=now,
            )
            for mark in marks
        ],
        ignore_conflicts=True,
    )


def _bring_up_to_date(
    rows: dict[int, Registration], place: str
) -> tuple[dict[int, CheckIn], set[tuple[uuid.UUID, int]]]:
    """Make each check-in say what all its marks come to; gives the marks too, by key and registration."""
    told: dict[int, CheckInMark] = {}
    known: set[tuple[uuid.UUID, int]] = set()
    for mark in CheckInMark.objects.filter(registration__in=rows, place=place).order_by("at", "pk"):
        known.add((mark.key, mark.registration_id))
        before = told.get(mark.registration_id)
        # Of one and the same word the first moment counts; the last word is the one that stands.
        if before is None or before.state != mark.state:
            told[mark.registration_id] = mark
    found = {pk: _check_in(rows[pk], place, mark) for pk, mark in told.items()}
    CheckIn.objects.bulk_create(
        found.values(),
        update_conflicts=True,
        unique_fields=["registration", "place"],
        update_fields=["state", "at", "by", "device", "changed_at"],
    )
    return found, known


def _check_in(row: Registration, place: str, mark: CheckInMark) -> CheckIn:
    return CheckIn(
        registration=row,
        session_id=getattr(row, "session_pk", None),
        place=place,
        day=cast(dt.date, _day_of(row, place)),  # marks of a day that the event has not are refused
        state=mark.state,
        at=mark.at,
        by_id=mark.by_id,
        device=mark.device,
    )
