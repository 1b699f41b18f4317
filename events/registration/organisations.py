"""Who is of one organisation at an event, told on reading: the directory changes while people register.

It is the rule of the quota (:mod:`events.registration.quota`): whoever has the row of the directory or the typed name
in common is of one organisation. A name that exactly one organisation in the directory bears leads to its row, as it
would for whoever registers now; one that several bear leads to none of them. The quota would rather count too many;
here a row of the directory has no name in common with others that another row bears by now.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.functional import cached_property

from events.models import Event, Organisation, Registration
from events.models.registration.registrations import ACTIVE

from .keys import names_of
from .quota import written_name

_READ = ("name_tr", "name_en", "native_name", "short_name", "country")
#: A key, a name as typed under it, and how many of those registrations stand.
_Typed = tuple[str, str, int]


@dataclass(frozen=True)
class OneOrganisation:
    """One organisation of an event: the keys that its registrations have, and how many of them stand."""

    key: str
    keys: frozenset[str]
    name: str
    active: int
    #: Its row in the directory, if it has one.
    row: Organisation | None = None


class Organisations:
    """The organisations of one event; asks two questions, and those only where an organisation is asked for."""

    def __init__(self, event: Event) -> None:
        self._event = event

    def all(self) -> list[OneOrganisation]:
        """Those from which most come first."""
        return sorted(set(self._by_key.values()), key=lambda one: (-one.active, one.key))

    def of(self, key: str) -> OneOrganisation | None:
        """The organisation of a registration's key; None where nobody of it registered, or it has no name any more."""
        return self._by_key.get(key)

    def narrow(self, rows: QuerySet[Registration], key: str) -> QuerySet[Registration]:
        """Those of the organisation that has this key, whichever of its keys theirs is."""
        one = self.of(key)
        return rows.filter(organisation_key__in=one.keys if one else [key])

    @cached_property
    def _by_key(self) -> dict[str, OneOrganisation]:
        rows = Registration.objects.filter(event=self._event).exclude(organisation_key="").order_by()
        names = rows.values_list("organisation_key", "organisation_name")
        typed: list[_Typed] = list(names.annotate(active=Count("pk", filter=Q(state__in=ACTIVE))))
        directory = {f"~{row.pk}": row for row in Organisation.objects.only(*_READ)} if typed else {}
        found: dict[str, OneOrganisation] = {}
        for each in _together(typed, directory):
            one = _one(each, directory)
            # Once people are erased and the row is gone, nothing says any more which one it was.
            if one.name:
                found |= dict.fromkeys(one.keys, one)
        return found


def _together(typed: list[_Typed], directory: dict[str, Organisation]) -> Iterable[list[_Typed]]:
    """What was typed, by organisation. A row of the directory that names lead to stands there with an empty name."""
    known = {key: names_of(row) for key, row in directory.items()}
    bearers = Counter(name for names in known.values() for name in names)
    joined = _Joined()
    for key, name, _active in typed:
        written = written_name(key, name)
        of_others = key in known and bearers[written] > (written in known[key])
        joined.join(key, key if of_others or not written else written)
    led: list[_Typed] = []
    for key, names in known.items():
        for name in names:
            if bearers[name] == 1 and name in joined:
                joined.join(key, name)
                led.append((key, "", 0))
    found: dict[str, list[_Typed]] = {}
    for each in (*typed, *led):
        found.setdefault(joined.top(each[0]), []).append(each)
    return found.values()


class _Joined:
    """Keys and names that belong together by what they have in common."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def __contains__(self, each: str) -> bool:
        return each in self._above

    def join(self, one: str, other: str) -> None:
        self._above[self.top(other)] = self.top(one)

    def top(self, each: str) -> str:
        """What stands for all that belong together."""
        above = self._above.setdefault(each, each)
        while above != each:
            each, above = above, self._above[above]
        return each


def _one(typed: list[_Typed], directory: dict[str, Organisation]) -> OneOrganisation:
    """One organisation: its row's key and name where it has one, else what was typed most often, not in capitals."""
    keys = frozenset(key for key, _name, _active in typed)
    counted = Counter[str]()
    for _key, name, active in typed:
        counted[name] += active
    key = min(keys, key=lambda each: (each not in directory, not each.startswith("~"), each))
    row = directory.get(key)
    name = str(row.name) if row else max(counted, key=lambda each: (counted[each], each))
    return OneOrganisation(key, keys, name, sum(counted.values()), row)
