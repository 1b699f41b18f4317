"""Certificates of attendance: who was there, on which days, for how long.

How hours are counted. A session counts if it is in the released programme with a start and an end, takes place, is
not for staff, and is none of those that nobody comes for (breaks, meals, ways, free time). Where check-in was kept
for a session, it counts for those who were checked in there. Every other session counts for those who were checked
in at the event on that day. Sessions at the same time count once. Whoever was checked in nowhere gets no certificate.

What is counted is written down when a certificate is issued. Issuing again counts again under the same number and
code. That of somebody who is not marked as present any more holds no longer, from that moment on; issuing again writes
down since when.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from events import permissions
from events.models import Certificate, CheckIn, Event, PublicEvent, Registration, Session
from events.models.registration.check_ins import CheckInQuerySet
from events.programme import Entry

from .agenda import whole_programme
from .door import today_at
from .places import hold, public_event

_UNCOUNTED = {
    Session.Kind.BREAK,
    Session.Kind.MEAL,
    Session.Kind.TRANSFER,
    Session.Kind.REGISTRATION,
    Session.Kind.FREE,
    Session.Kind.SOCIAL,
    Session.Kind.PRESS,
}


@dataclass(frozen=True)
class Counted:
    """The days on which somebody was there, and the minutes that count."""

    days: tuple[dt.date, ...]
    minutes: int


@dataclass
class _Presence:
    days: set[dt.date] = field(default_factory=set)
    at_event: set[dt.date] = field(default_factory=set)
    sessions: set[str] = field(default_factory=set)


def issue_certificates(*, event: Event, by: Any = None) -> int:
    """Issue the certificate of everybody who was there, or bring it up to date; gives how many there are."""
    permissions.require(permissions.may_manage_registrations(by))
    with transaction.atomic():
        settings = hold(event.pk)
        _refuse_before(settings.event)
        counted = count_attendance(settings.event)
        _take_back(settings.event, counted)
        rows = list(Registration.objects.kept().filter(pk__in=counted).order_by("sort_key", "pk"))
        known = {each.registration_id: each for each in Certificate.objects.filter(event=settings.event)}
        last = max((each.number for each in known.values()), default=0)
        for row in rows:
            last += row.pk not in known
            _issue(known.get(row.pk) or _new(row, last), counted[row.pk])
    return len(rows)


def issue_certificate(*, registration: Registration) -> Certificate | None:
    """The certificate of one person, who asks for it; None for somebody who was not there, or before the event ended."""
    with transaction.atomic():
        settings = hold(registration.event_id)
        row = Registration.objects.kept().filter(pk=registration.pk).first()
        if row is None or not has_ended(settings.event):
            return None
        counted = count_attendance(settings.event, only=row)
        if row.pk not in counted:
            return None
        known = Certificate.objects.filter(event=settings.event)
        found = known.filter(registration=row).first()
        last = known.aggregate(last=Max("number"))["last"] or 0
        return _issue(found or _new(row, last + 1), counted[row.pk])


def certificate_of(registration: Registration) -> Certificate | None:
    """The certificate that was issued to one person, while it holds and the person is still said to have been there."""
    there = _presence_of(registration)
    return Certificate.objects.filter(registration=registration, revoked_at=None).filter(Exists(there)).first()


def holds(certificate: Certificate) -> bool:
    """Whether a certificate is still good for whoever verifies it: by the same rule as for oneself.

    That of somebody erased stays as it was (docs/decisions/0012-doors.md).
    """
    row = certificate.registration
    return certificate.revoked_at is None and (row.erased_at is not None or _presence_of(row).exists())


def _presence_of(registration: Registration) -> CheckInQuerySet:
    return CheckIn.objects.present().filter(registration=registration)


def has_ended(event: Event) -> bool:
    """Whether the last day of an event has come to its end; then people find their certificates."""
    public = public_event(event)
    last = (public.ends_on or public.starts_on) if public else None
    return last is not None and last < today_at(event)


def count_attendance(event: Event, *, only: Registration | None = None) -> dict[int, Counted]:
    """What counts for each registration that was there at all, by the rule at the head of this file."""
    public = public_event(event)
    rows = CheckIn.objects.present().filter(registration__event=event)
    kept_for = set(rows.exclude(session=None).values_list("place", flat=True))
    found: dict[int, _Presence] = {}
    for row in rows.filter(registration=only) if only else rows:
        presence = found.setdefault(row.registration_id, _Presence())
        presence.days.add(row.day)
        if row.place == row.day.isoformat():
            presence.at_event.add(row.day)
        else:
            presence.sessions.add(row.place)
    entries = _counting(public) if public else []
    return {pk: _counted(presence, entries, kept_for) for pk, presence in found.items()}


def _counted(presence: _Presence, entries: Iterable[Entry], kept_for: set[str]) -> Counted:
    attended = [
        each
        for each in entries
        if (each.key in presence.sessions if each.key in kept_for else each.day in presence.at_event)
    ]
    return Counted(tuple(sorted(presence.days)), _minutes(attended))


def _minutes(entries: Iterable[Entry]) -> int:
    """How long they last together; what runs at the same time counts once."""
    total, until = dt.timedelta(), None
    for start, end in sorted((each.starts_at, each.ends_at) for each in entries if each.starts_at and each.ends_at):
        begin = max(start, until) if until else start
        total += max(end - begin, dt.timedelta())
        until = max(end, until) if until else end
    return int(total.total_seconds() // 60)


def _counting(public: PublicEvent) -> list[Entry]:
    entries = whole_programme(public.release).entries
    return [
        each
        for each in entries
        if each.starts_at
        and each.ends_at
        and not each.cancelled
        and each.kind not in _UNCOUNTED
        and each.audience != Session.Audience.STAFF
    ]


def _refuse_before(event: Event) -> None:
    public = public_event(event)
    last = (public.ends_on or public.starts_on) if public else None
    if last is None or last > today_at(event):
        raise ValidationError(_("Certificates are issued from the last day of the event on."))


def _new(row: Registration, number: int) -> Certificate:
    return Certificate(registration=row, event_id=row.event_id, number=number)


def _issue(certificate: Certificate, counted: Counted) -> Certificate:
    days = [day.isoformat() for day in counted.days]
    if (certificate.days, certificate.minutes, certificate.revoked_at) != (days, counted.minutes, None):
        certificate.days, certificate.minutes, certificate.revoked_at = days, counted.minutes, None
        certificate.issued_at = timezone.now()
        certificate.save()
    return certificate


def _take_back(event: Event, counted: dict[int, Counted]) -> None:
    """Those of people who are not marked as present any more; an erased one's stays as it was."""
    stale = Certificate.objects.filter(event=event, revoked_at=None, registration__erased_at=None)
    stale.exclude(registration__in=counted).update(revoked_at=timezone.now())
