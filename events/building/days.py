"""The days of a programme: those of its event and those on which it has sessions."""

import datetime as dt
from collections.abc import Iterable

from events.models import Event

#: An event that says it lasts longer has a slip in its dates; only days with sessions are told then.
LONGEST = 100


def programme_days(event: Event, used: Iterable[dt.date] | None = None) -> list[dt.date]:
    """All days in order; ``used`` are days of sessions where they are known already."""
    found = set(event.sessions.order_by().values_list("day", flat=True).distinct() if used is None else used)
    first, last = event.starts_on or event.ends_on, event.ends_on or event.starts_on
    if first and last and (last - first).days < LONGEST:
        found |= {first + dt.timedelta(days=number) for number in range((last - first).days + 1)}
    return sorted(found)
