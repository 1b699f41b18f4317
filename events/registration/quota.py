"""Whose seats an organisation's quota counts, though the directory changes while people register.

A registration keeps what was known when it was written: the organisation's row in the directory, or only its name as
typed. Later the organisation is entered there, renamed or taken out, and who registers then is kept under another key.
So whoever has the row or the typed name in common is of one organisation.
"""

from collections import Counter
from collections.abc import Collection, Iterable

from django.db.models import Count

from events.models import Registration, RegistrationGroup, RegistrationSettings
from events.turkish import fold

from .keys import names_of


class Seats:
    """How many seats each organisation holds, by rows of the directory and by names."""

    def __init__(self, counted: Iterable[tuple[str, str, int]] = ()) -> None:
        self._by_key: Counter[str] = Counter()
        self._by_name: Counter[str] = Counter()
        self._by_both: Counter[tuple[str, str]] = Counter()
        for key, name, count in counted:
            written = written_name(key, name)
            self._by_key[key] += count
            self._by_name[written] += count
            self._by_both[key, written] += count

    def of(self, key: str, written: Collection[str]) -> int:
        """The seats of one organisation; who has both the key and a name in common is counted once."""
        named = sum(self._by_name[each] - self._by_both[key, each] for each in written)
        return self._by_key[key] + named

    def full(self, quota: int) -> list[str]:
        """Keys under which nobody more can have a seat; whoever is not in the directory has the name as a key."""
        counted = [*self._by_key.items(), *self._by_name.items()]
        return sorted({key for key, count in counted if key and count >= quota})


def seats_of_organisations(settings: RegistrationSettings, *, leaving_out: int | None = None) -> Seats:
    """The seats that are held, without those of one registration; asked only where there is a quota."""
    if settings.quota is None:
        return Seats()
    rows = Registration.objects.filter(event=settings.event_id, seat=True).exclude(organisation_key="")
    if leaving_out is not None:
        rows = rows.exclude(pk=leaving_out)
    counted = rows.order_by().values_list("organisation_key", "organisation_name")
    return Seats(counted.annotate(count=Count("pk")))


def written_name(key: str, name: str) -> str:
    """The folded name of an organisation; whoever is not in the directory has it as a key already."""
    return fold(name) if key.startswith("~") else key


def names_at_hand(row: Registration | RegistrationGroup) -> frozenset[str]:
    """The folded names by which a row's organisation is known: as typed, and the directory's where they were just read."""
    typed = {written_name(row.organisation_key, row.organisation_name)}
    if type(row).organisation.is_cached(row) and (organisation := row.organisation):
        typed |= names_of(organisation)
    return frozenset(typed - {""})
