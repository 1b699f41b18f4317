"""Who is next: one person or a whole group, by a rule that everybody may read (docs/decisions/0011-groups.md).

1. The first in line for whom there is room gets the seats; a group gets all of its seats or none.
2. Who stands behind a group for which there is not room enough may pass it, but only so often: no more seats pass a
   group than it has members. After that, seats that become free are kept until there is room for the group.
3. In the last :data:`LAST_HOURS` before the event nothing is kept: whoever fits gets the seats, in order.

Newcomers count as standing behind everybody. Each passing is counted on the group and stands in its history. A group
that its organisation's quota holds up is passed, in the same way, only by people of that organisation. Everything
here happens while the event's registration row is held.
"""

import datetime as dt
import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils import timezone

from events.models import Registration, RegistrationGroup, RegistrationSettings
from events.models.registration.registrations import RegistrationQuerySet
from events.turkish import fold

from .places import public_event, takes_place
from .quota import Seats, names_at_hand, seats_of_organisations

LAST_HOURS = dt.timedelta(hours=72)
#: What of a waiting row makes a party, and how many of them are read at once where two are enough.
_NAMES = [f"organisation__{name}" for name in ("name_tr", "name_en", "native_name", "short_name")]
_OF_PARTY = ("pk", "group", "organisation_key", "organisation_name", *_NAMES)
_AT_ONCE = 20


@dataclass(frozen=True)
class Party:
    """Who sits down together: one registration, or the active members of a group."""

    size: int
    organisation_key: str
    #: The folded names of its organisation, as far as they are at hand.
    names: frozenset[str] = frozenset()
    registration: int | None = None
    group: RegistrationGroup | None = None


@dataclass
class Turn:
    """Who gets seats now, and the groups that this passes."""

    party: Party
    passes: list[Party] = field(default_factory=list)


@dataclass(frozen=True)
class _Held:
    """A party in line for which there is not room enough: by the seats of all, or by its organisation's quota."""

    party: Party
    by_quota: bool

    def concerns(self, other: Party) -> bool:
        mine = self.party
        return not self.by_quota or mine.organisation_key == other.organisation_key or bool(mine.names & other.names)


class Line:
    """The waiting list as it stands, with the seats that there are."""

    def __init__(self, settings: RegistrationSettings, *, leaving_out: Party | None = None) -> None:
        self._settings = settings
        self._seated = seats_of_organisations(settings)
        self._late = _is_late(settings)
        self._parties = [each for each in _parties(settings, self._seated) if not _same(each, leaving_out)]

    def next(self) -> Turn | None:
        """Who gets seats now; None where nobody can or may."""
        held: list[_Held] = []
        for party in self._parties:
            by_quota = self._over_quota(party)
            if not by_quota and self._has_seats(party) and (turn := self._turn(party, held)):
                return turn
            if party.group and not self._never_fits(party):
                held.append(_Held(party, by_quota))
        return None

    def admits(self, newcomer: Party) -> Turn | None:
        """Whether a newcomer sits down at once: there is room, and it is nobody else's turn."""
        if self._over_quota(newcomer) or not self._has_seats(newcomer) or self.next():
            return None
        held = [_Held(each, self._over_quota(each)) for each in self._parties if each.group]
        return self._turn(newcomer, [each for each in held if not self._never_fits(each.party)])

    def keeps(self) -> bool:
        """Whether there are free seats that nobody but a group further ahead will get."""
        anybody = Party(1, "~~")
        return self._has_seats(anybody) and self.admits(anybody) is None

    def _turn(self, party: Party, held: list[_Held]) -> Turn | None:
        passes = [each.party for each in held if each.concerns(party)]
        if self._late or all(_may_be_passed(each, party.size) for each in passes):
            return Turn(party, passes)
        return None

    def _has_seats(self, party: Party) -> bool:
        free = self._settings.free
        return free is None or party.size <= free

    def _over_quota(self, party: Party) -> bool:
        return _over_quota(self._settings, self._seated, party)

    def _never_fits(self, party: Party) -> bool:
        """Larger than the event or than what its organisation may have: nothing is kept for it."""
        limits = [self._settings.capacity, self._settings.quota if party.organisation_key else None]
        return any(limit is not None and party.size > limit for limit in limits)


def next_turn(settings: RegistrationSettings, *, leaving_out: Party | None = None) -> Turn | None:
    """Who in line gets seats now. Without free seats nobody is asked for."""
    if settings.free == 0:
        return None
    return Line(settings, leaving_out=leaving_out).next()


def admitted(settings: RegistrationSettings, newcomer: Party) -> Turn | None:
    """The newcomer's turn where it sits down at once; None where it has to wait."""
    if settings.free is not None and newcomer.size > settings.free:
        return None
    if settings.last_waiting == 0 and settings.quota is None:
        return Turn(newcomer)  # nobody ever stood in line: it need not be looked at
    return Line(settings).admits(newcomer)


def keeps_seats(settings: RegistrationSettings) -> bool:
    """Whether free seats wait for a group, so that newcomers join the line though there are some."""
    if not takes_place(settings) or not settings.free or not _waiting(settings).exclude(group=None).exists():
        return False
    return Line(settings).keeps()


def party_of(registration: Registration) -> Party:
    """Somebody who comes alone."""
    return Party(1, registration.organisation_key, names_at_hand(registration), registration=registration.pk)


def party_of_group(group: RegistrationGroup, size: int | None = None) -> Party:
    """A group, with its active members or with so many."""
    count = group.active_members.count() if size is None else size
    return Party(count, group.organisation_key, names_at_hand(group), group=group)


def has_room(settings: RegistrationSettings, party: Party) -> bool:
    """Whether there is room for all of a party, whoever else waits; its own seats do not count against it."""
    if settings.free is not None and party.size > settings.free:
        return False
    return not _over_quota(settings, seats_of_organisations(settings), party)


def _over_quota(settings: RegistrationSettings, seated: Seats, party: Party) -> bool:
    if settings.quota is None or not party.organisation_key:
        return False
    return seated.of(party.organisation_key, party.names) + party.size > settings.quota


def _parties(settings: RegistrationSettings, seated: Seats) -> list[Party]:
    """Everybody in line; a group stands where its first member stands.

    Where nobody waits in a group, the first two that could have a seat are enough, however long the line is.
    """
    rows = _waiting(settings).order_by("waiting_number")
    first = _first_two(settings, seated, rows)
    if not first and settings.quota is None:
        return []
    if not _waiting(settings).exclude(group=None).exists():
        return first
    sizes: dict[int, int] = {}
    alone: list[tuple[int | None, Party]] = []
    for pk, group, key, *names in rows.values_list(*_OF_PARTY):
        if group is None or group not in sizes:
            alone.append((group, _alone(settings, pk, key, names)))
        if group is not None:
            sizes[group] = sizes.get(group, 0) + 1
    groups = RegistrationGroup.objects.select_related("organisation").in_bulk(sizes) if sizes else {}
    return [one if group is None else party_of_group(groups[group], sizes[group]) for group, one in alone]


def _first_two(settings: RegistrationSettings, seated: Seats, rows: RegistrationQuerySet) -> list[Party]:
    """The first two in line who are not over their quota; read in parts, of which the first is nearly always enough."""
    if settings.quota is not None:
        rows = rows.exclude(organisation_key__in=seated.full(settings.quota))
    found: list[Party] = []
    for start in itertools.count(0, _AT_ONCE):
        part = list(rows.values_list(*_OF_PARTY)[start : start + _AT_ONCE])
        parties = (_alone(settings, pk, key, names) for pk, _group, key, *names in part)
        found += [each for each in parties if not _over_quota(settings, seated, each)]
        if len(found) >= 2 or len(part) < _AT_ONCE:
            break
    return found[:2]


def _alone(settings: RegistrationSettings, pk: int, key: str, names: Iterable[str | None]) -> Party:
    """One in line, with the names of its organisation; asked only where there is a quota."""
    known = frozenset() if settings.quota is None else frozenset(fold(name) for name in names if name)
    return Party(1, key, known, registration=pk)


def _waiting(settings: RegistrationSettings) -> RegistrationQuerySet:
    return Registration.objects.filter(event=settings.event_id, state=Registration.State.WAITLISTED)


def _is_late(settings: RegistrationSettings) -> bool:
    public = public_event(settings.event)
    if public is None:
        return False
    if public.starts_at:
        return public.starts_at - timezone.now() <= LAST_HOURS
    return public.starts_on is not None and public.starts_on - timezone.localdate() <= LAST_HOURS


def _may_be_passed(held: Party, size: int) -> bool:
    return held.group is not None and held.group.passed + size <= held.size


def _same(party: Party, other: Party | None) -> bool:
    if other is None:
        return False
    if party.group or other.group:
        return party.group == other.group
    return party.registration == other.registration
