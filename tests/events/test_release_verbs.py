"""Cancel, withdraw, reinstate; addresses; the one public row; who may; and two officers at once."""

import datetime as dt
import threading
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils import translation
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.models import ModelLogEntry

from events.models import Event, FormerSlug, ProgrammeRelease, PublicEvent, Session
from events.programme import open_programme
from events.release import cancel_event, reinstate_event, release_programme, withdraw_event
from events.signals import programme_released
from tests.factories import EventFactory, EventOrganisationFactory, SessionFactory, UserFactory, VenueFactory
from tests.releases import FIRST, Clock, changes, first_session, public, released, restricted, stamp

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def _row(event: Event) -> PublicEvent:
    return PublicEvent.objects.get(event=event)


def test_cancelling_releases_at_once_and_cancels_every_entry(forum: Event, clock: Clock) -> None:
    released(forum, clock)
    release = cancel_event(event=forum, note_tr="İptal edildi", note_en="Cancelled")
    assert release
    assert (release.number, release.note_en, open_programme(release).event.cancelled) == (2, "Cancelled", True)
    raws = [*public(release).values(), *restricted(release).values()]
    assert {(raw["status"], raw["sequence"], raw["modified"]) for raw in raws} == {("cancelled", 1, stamp(1))}
    assert sorted(changes(release)) == sorted((raw["key"], "cancelled") for raw in raws)
    assert (_row(forum).status, _row(forum).sequence) == ("cancelled", 1)
    assert cancel_event(event=forum) is None


def test_what_is_added_to_a_cancelled_event_is_cancelled(forum: Event, clock: Clock) -> None:
    released(forum, clock)
    cancel_event(event=forum)
    session = SessionFactory(event=forum, confirmed=True, start=dt.time(16))
    release = released(forum, clock)
    assert (public(release)[session.key]["status"], public(release)[session.key]["sequence"]) == ("cancelled", 0)


def test_reinstating_brings_back_what_was_not_cancelled_by_itself(forum: Event, clock: Clock) -> None:
    session = first_session(forum)
    Session.objects.filter(pk=session.pk).update(status="cancelled")
    released(forum, clock)
    cancel_event(event=forum)
    release = reinstate_event(event=forum)
    assert release
    told = {key: (raw["status"], raw["sequence"]) for key, raw in public(release).items()}
    assert told.pop(session.key) == ("cancelled", 0)
    assert set(told.values()) == {("confirmed", 2)}
    assert (_row(forum).status, _row(forum).sequence) == ("public", 2)
    assert reinstate_event(event=forum) is None


def test_withdrawing_keeps_entries_as_cancelled_and_leaves_every_list(forum: Event, clock: Clock) -> None:
    released(forum, clock)
    release = withdraw_event(event=forum)
    assert release
    assert {raw["status"] for raw in public(release).values()} == {"cancelled"}
    assert _row(forum).status == "withdrawn"
    assert list(PublicEvent.objects.visible()) == []


def test_withdrawing_a_cancelled_event_needs_no_release(forum: Event, clock: Clock) -> None:
    released(forum, clock)
    cancel_event(event=forum)
    clock.an_hour_later()
    assert withdraw_event(event=forum) is None
    row = _row(forum)
    assert (row.status, row.sequence, row.modified_at, row.release.number) == ("withdrawn", 2, FIRST + 2 * HOUR, 2)
    release = reinstate_event(event=forum)
    assert release
    assert {raw["status"] for raw in public(release).values()} == {"confirmed"}


@pytest.mark.parametrize("verb", [cancel_event, withdraw_event, reinstate_event])
def test_what_was_never_public_cannot_be_taken_back(forum: Event, verb: Callable[..., object]) -> None:
    with translation.override("en"), pytest.raises(ValidationError, match="never released"):
        verb(event=forum)
    forum.refresh_from_db()
    assert (forum.cancelled_at, forum.withdrawn_at, forum.version) == (None, None, 1)


@pytest.mark.parametrize("verb", [release_programme, cancel_event, withdraw_event, reinstate_event])
def test_only_officers_may(forum: Event, clock: Clock, verb: Callable[..., object]) -> None:
    released(forum, clock)
    Session.objects.filter(pk=first_session(forum).pk).update(start=dt.time(8))
    for person in (UserFactory(editor=True), UserFactory(reader=True), UserFactory()):
        with pytest.raises(PermissionDenied):
            verb(event=forum, by=person)
    assert ProgrammeRelease.objects.count() == 1
    officer = UserFactory(officer=True)
    verb(event=forum, by=officer)
    assert ProgrammeRelease.objects.latest("number").released_by == officer


def test_every_act_is_in_the_events_history(forum: Event, clock: Clock) -> None:
    officer = UserFactory(officer=True)
    released(forum, clock, by=officer)
    cancel_event(event=forum, by=officer)
    reinstate_event(event=forum, by=officer)
    withdraw_event(event=forum, by=officer)
    entries = ModelLogEntry.objects.filter(object_id=str(forum.pk), user=officer).order_by("pk")
    assert [(entry.action, entry.data.get("number")) for entry in entries] == [
        ("events.release", 1),
        ("events.cancel", None),
        ("events.release", 2),
        ("events.reinstate", None),
        ("events.release", 3),
        ("events.withdraw", None),
        ("events.release", 4),
    ]


def test_the_news_goes_up_after_the_commit(
    forum: Event, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    heard: list[tuple[object, int]] = []

    def listen(sender: type, release: ProgrammeRelease, **_named: object) -> None:
        heard.append((sender, release.number))

    programme_released.connect(listen)
    with django_capture_on_commit_callbacks(execute=True):
        release_programme(event=forum)
        assert heard == []
    assert heard == [(ProgrammeRelease, 1)]
    programme_released.disconnect(listen)


def test_a_changed_address_keeps_the_old_one_once_released(forum: Event, clock: Clock) -> None:
    old = forum.slug
    released(forum, clock)
    for new in ("kentler-diyalogu", "kentler-diyalogu-2027"):
        Event.objects.filter(pk=forum.pk).update(slug=new)
        assert _row(forum).slug != new
        released(forum, clock)
    assert _row(forum).slug == "kentler-diyalogu-2027"
    assert sorted(FormerSlug.objects.values_list("slug", "event")) == sorted(
        [(old, forum.pk), ("kentler-diyalogu", forum.pk)]
    )
    Event.objects.filter(pk=forum.pk).update(slug=old)
    released(forum, clock)
    assert sorted(FormerSlug.objects.values_list("slug", flat=True)) == ["kentler-diyalogu", "kentler-diyalogu-2027"]


def test_an_address_before_the_first_release_is_not_kept(forum: Event, clock: Clock) -> None:
    Event.objects.filter(pk=forum.pk).update(slug="kentler-diyalogu")
    released(forum, clock)
    assert (_row(forum).slug, FormerSlug.objects.count()) == ("kentler-diyalogu", 0)


def test_another_event_may_not_take_a_public_address(forum: Event, clock: Clock) -> None:
    released(forum, clock)
    old = forum.slug
    Event.objects.filter(pk=forum.pk).update(slug="kentler-diyalogu")
    for _released_yet in (False, True):
        with translation.override("en"), pytest.raises(ValidationError, match="belonged to another event"):
            EventFactory.build(slug=old).clean()
        released(forum, clock)
        Event.objects.filter(pk=forum.pk).update(summary_tr="Yeni")
    Event.objects.get(pk=forum.pk).clean()


def test_the_public_row_tells_what_lists_need(forum: Event, clock: Clock) -> None:
    host = EventOrganisationFactory(event=forum).organisation
    forum.venue = VenueFactory(name_tr="Çınaraltı", name_en="Plane Tree", city_tr="Işıklar", city_en="Işıklar")
    forum.save()
    Session.objects.filter(pk=first_session(forum).pk).update(title_tr="ILGIN ışık", title_en="Light")
    released(forum, clock)
    row = _row(forum)
    assert (row.starts_on, row.ends_on, row.starts_at, row.ends_at) == (
        dt.date(2027, 6, 10),
        dt.date(2027, 6, 11),
        dt.datetime(2027, 6, 10, 6, tzinfo=dt.UTC),
        dt.datetime(2027, 6, 10, 8, tzinfo=dt.UTC),
    )
    assert (row.place_tr, row.place_en, list(row.organisations.all())) == (
        "Çınaraltı, Işıklar",
        "Plane Tree, Işıklar",
        [host],
    )
    assert "ilgin isik" in row.search_tr
    assert "light" in row.search_en
    assert "cagri" not in row.search_tr + row.search_en


def test_the_events_own_entry_moves_only_with_what_it_tells(forum: Event, clock: Clock) -> None:
    released(forum, clock)
    told = [(_row(forum).sequence, _row(forum).modified_at)]
    session = first_session(forum)
    for change in (
        lambda: Session.objects.filter(pk=session.pk).update(title_tr="Başka"),
        lambda: Event.objects.filter(pk=forum.pk).update(summary_en="New"),
        lambda: Session.objects.filter(pk=session.pk).update(start=dt.time(8)),
        lambda: Event.objects.filter(pk=forum.pk).update(ends_on=dt.date(2027, 6, 12)),
        lambda: EventOrganisationFactory(event=forum),
    ):
        change()
        released(forum, clock)
        told.append((_row(forum).sequence, _row(forum).modified_at))
    assert told == [
        (0, FIRST),
        (0, FIRST),
        (0, FIRST + 2 * HOUR),
        (0, FIRST + 2 * HOUR),
        (1, FIRST + 4 * HOUR),
        (1, FIRST + 5 * HOUR),
    ]


@pytest.fixture
def two_officers() -> Callable[[Callable[[], object], Callable[[], object]], None]:
    """Let two acts meet: the second begins while the first still holds the event."""

    def meet(one: Callable[[], object], other: Callable[[], object]) -> None:
        def in_its_own_connection() -> None:
            try:
                other()
            finally:
                connection.close()

        thread = threading.Thread(target=in_its_own_connection)
        with transaction.atomic():
            one()
            thread.start()
            thread.join(timeout=0.5)
            assert thread.is_alive()
        thread.join()

    return meet


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_releases_at_once_make_one(
    forum: Event, two_officers: Callable[[Callable[[], object], Callable[[], object]], None]
) -> None:
    made: list[ProgrammeRelease | None] = []
    two_officers(
        lambda: made.append(release_programme(event=forum)), lambda: made.append(release_programme(event=forum))
    )
    assert [release and release.number for release in made] == [1, None]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_release_that_waited_compares_with_the_one_it_waited_for(
    forum: Event, two_officers: Callable[[Callable[[], object], Callable[[], object]], None]
) -> None:
    made: list[ProgrammeRelease | None] = []
    session = first_session(forum)

    def move_and_release() -> None:
        Session.objects.filter(pk=session.pk).update(start=dt.time(8))
        made.append(release_programme(event=forum))

    two_officers(lambda: made.append(release_programme(event=forum)), move_and_release)
    first, second = made
    assert first
    assert second
    assert (first.number, second.number, changes(second)) == (1, 2, [(session.key, "moved")])
    assert public(second)[session.key]["sequence"] == 1
