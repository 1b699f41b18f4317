"""The event's own calendar entry: it tells an event of one day by its hours and a longer one by its days."""

import datetime as dt

import pytest

from events.models import Event, Session
from events.release import release_programme
from tests.factories import DAY, EventFactory

HOUR = dt.timedelta(hours=1)
A_DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(("length", "moved"), [(1, True), (2, False)])
def test_a_session_that_starts_earlier_moves_the_entry_only_where_it_tells_hours(
    length: int, moved: bool, db: None
) -> None:
    event: Event = EventFactory(ends_on=DAY + dt.timedelta(days=length - 1), with_sessions=1)
    release_programme(event=event)
    row = event.public
    type(row).objects.update(modified_at=row.modified_at - HOUR)
    before = (0, row.modified_at - HOUR)
    Session.objects.update(start=dt.time(8))
    release_programme(event=event)
    row.refresh_from_db()
    assert row.release.number == 2
    assert row.starts_at == dt.datetime(2027, 6, 10, 5, tzinfo=dt.UTC)
    assert ((row.sequence, row.modified_at) != before, row.sequence) == (moved, int(moved))


def test_an_event_that_grows_to_two_days_moves(db: None) -> None:
    event: Event = EventFactory(with_sessions=1)
    release_programme(event=event)
    Event.objects.update(ends_on=DAY + dt.timedelta(days=1))
    release_programme(event=event)
    assert event.public.sequence == 1


@pytest.mark.parametrize(
    ("stated", "told"),
    [
        ((None, None), (DAY, DAY)),
        ((DAY + 2 * A_DAY, None), (DAY + 2 * A_DAY, DAY + 2 * A_DAY)),
        ((None, DAY - A_DAY), (DAY - A_DAY, DAY - A_DAY)),
        ((DAY - A_DAY, None), (DAY - A_DAY, DAY)),
    ],
)
def test_an_event_that_tells_one_of_its_days_never_ends_before_it_starts(
    stated: tuple[dt.date | None, dt.date | None], told: tuple[dt.date, dt.date], db: None
) -> None:
    """The other day is that of its programme, unless that would turn the event round."""
    event: Event = EventFactory(with_sessions=1)
    Event.objects.update(starts_on=stated[0], ends_on=stated[1])
    release_programme(event=event)
    assert (event.public.starts_on, event.public.ends_on) == told
