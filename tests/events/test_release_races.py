"""Releasing while others save and erase: what a release holds is whole, and names nobody who was erased."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction

from events.erasure import erase_person
from events.models import Contribution, Event, Person, ProgrammeRelease, ReleasedPerson, Session
from events.release import release_programme
from tests.factories import ContributionFactory, EventFactory, PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)
#: So long the release stands still for the other, who either gets through by then or has to wait.
MOMENT = 1.0


@contextmanager
def meanwhile(act: Callable[[], Any], before: str) -> Iterator[None]:
    """While the block runs, let somebody else act just before the first query that holds these words."""

    def in_its_own_connection() -> None:
        try:
            act()
        finally:
            connection.close()

    thread = threading.Thread(target=in_its_own_connection)

    def stand_still(execute: Any, sql: str, *args: Any) -> Any:
        if before in sql and not thread.ident:
            thread.start()
            thread.join(MOMENT)
        return execute(sql, *args)

    with connection.execute_wrapper(stand_still):
        yield
    assert thread.ident, f"no query said {before}"
    thread.join(30)
    assert not thread.is_alive()


@pytest.fixture
def event(settings: Any, tmp_path: Any) -> Event:
    """A forum with one session, in which Zümrüt speaks; not yet released."""
    settings.ERASURE_LEDGER = str(tmp_path / "ledger")
    event: Event = EventFactory(with_sessions=1)
    ContributionFactory(session=event.sessions.get(), person=PersonFactory(name="Zümrüt Kanaryakuşu"))
    return event


def test_who_is_erased_while_a_release_is_written_is_not_in_it(event: Event) -> None:
    """The release has read the name already; erasing waits for it, and then reaches it."""
    person = Person.objects.get()
    with meanwhile(lambda: erase_person(person=person), before='INSERT INTO "events_releasedperson"'):
        release_programme(event=event)
    assert list(ReleasedPerson.objects.values_list("name", "erased")) == [("", True)]
    assert Person.objects.get().erased_at


def test_a_session_saved_while_a_release_reads_is_in_it_whole_or_not_at_all(event: Event) -> None:
    """Title and speakers are saved in one transaction, as the form does."""
    session, other = event.sessions.get(), PersonFactory(name="Bora Taslak")
    old = session.title_en

    def save() -> None:
        with transaction.atomic():
            row = Session.objects.select_for_update().get(pk=session.pk)
            row.title_en = "New title"
            row.save()
            Contribution.objects.filter(session=row).update(person=other)

    with meanwhile(save, before='FROM "events_contribution"'):
        release_programme(event=event)
    raw = ProgrammeRelease.objects.get().open_public()["sessions"][0]
    names = list(ReleasedPerson.objects.values_list("name", flat=True))
    assert (raw["title"]["en"], names) in [(old, ["Zümrüt Kanaryakuşu"]), ("New title", ["Bora Taslak"])]
    assert Session.objects.get().title_en == "New title"
