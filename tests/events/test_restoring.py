"""A session becomes again what it was in a release, as far as its rooms and people are still there."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext
from wagtail.models import ModelLogEntry

from events.building import StaleSessionError, read_earlier, redo_act, restore_session, undo_act
from events.erasure import erase_person
from events.models import Event, Person, Session
from events.release import cancel_event, compare_programme, reinstate_event, release_programme
from tests.factories import (
    ContributionFactory,
    EventFactory,
    OrganisationFactory,
    PartyFactory,
    PersonFactory,
    RoomFactory,
    SessionFactory,
    TrackFactory,
    UserFactory,
    VenueFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Any:
    return UserFactory(officer=True)


@pytest.fixture
def event() -> Event:
    """A forum with one session that has something in every column, public as release 1."""
    made: Event = EventFactory(title_en="Forum")
    session = SessionFactory(
        event=made,
        confirmed=True,
        kind="panel",
        title_tr="Açılış",
        title_en="Opening",
        title_other="Eröffnung",
        other_language="de",
        abstract_tr="Özet",
        abstract_en="Abstract",
        start=dt.time(22),
        end=dt.time(1, 30),
        track=TrackFactory(event=made),
        room=RoomFactory(name_tr="Ihlamur", name_en="Linden"),
        organisation=OrganisationFactory(),
        languages=["tr", "en"],
        interpretation="simultaneous",
        capacity=40,
        end_zone="Europe/Brussels",
        audience="participants",
    )
    session.parties.set(PartyFactory.create_batch(2, event=made))
    ContributionFactory(session=session, person=PersonFactory(name="Ayşe Örnek"), role="chair", position=0)
    ContributionFactory(session=session, person=PersonFactory(name="Bora Taslak"), position=1, shown_en="")
    release_programme(event=made)
    return made


def only(event: Event) -> Session:
    return event.sessions.get()


def restore(event: Event, by: Any, **told: Any) -> Session:
    key = event.releases.get(number=1).open_restricted()["sessions"][0]["key"]
    row = event.sessions.filter(key=key).first()
    seen = {"key": key, "number": 1, "version": row.version if row else None}
    return restore_session(event=event, by=by, **{**seen, **told})


def disfigure(event: Event) -> None:
    """Change everything."""
    session = only(event)
    other = RoomFactory(venue__time_zone="Europe/Berlin")
    told = {
        "kind": "talk",
        "status": "draft",
        "audience": "public",
        "title_tr": "Yeni",
        "title_en": "New",
        "room": other,
    }
    times = {"day": dt.date(2027, 6, 12), "start": dt.time(9), "end": None, "end_zone": "", "start_zone": "Asia/Tokyo"}
    texts = {"title_other": "", "abstract_tr": "", "abstract_en": "", "other_language": ""}
    rest = {"track": None, "organisation": None, "languages": [], "interpretation": "none", "capacity": None}
    Session.objects.filter(pk=session.pk).update(**told, **times, **texts, **rest, version=7)
    session.parties.clear()
    session.contributions.all().delete()
    ContributionFactory(session=session, person=PersonFactory(name="Ceren Eskiz"))


def test_everything_is_again_what_it_was(event: Event, officer: Any) -> None:
    """So much that releasing it changes nothing; as a new version of the row, in the log."""
    disfigure(event)
    assert not compare_programme(event).unchanged
    session = restore(event, officer)
    assert (session.version, compare_programme(event).unchanged) == (8, True)
    stored = only(event)
    assert (stored.start_zone, stored.end_zone, stored.end_day) == ("", "Europe/Brussels", None)
    assert [(row.person.name, row.role, row.shown_en) for row in stored.contributions.all()] == [
        ("Ayşe Örnek", "chair", "Mayor, Çınarlı Municipality"),
        ("Bora Taslak", "speaker", ""),
    ]
    entry = ModelLogEntry.objects.get(action="events.restore_session")
    assert (entry.user, entry.data) == (officer, {"number": 1})


def test_the_desk_undoes_and_redoes_it(event: Event, officer: Any) -> None:
    disfigure(event)
    restore(event, officer)
    undo_act(event=event, by=officer)
    session = only(event)
    assert (session.title_en, session.status) == ("New", "draft")
    assert [row.person.name for row in session.contributions.all()] == ["Ceren Eskiz"]
    redo_act(event=event, by=officer)
    assert compare_programme(event).unchanged


def test_a_deleted_session_comes_back_with_its_identity(event: Event, officer: Any) -> None:
    """The calendar entry of those who follow is moved back, not made anew."""
    session = only(event)
    uid, key = session.uid, session.key
    session.delete()
    release_programme(event=event)
    made = restore(event, officer)
    assert (made.uid, made.key, only(event).contributions.count()) == (uid, key, 2)
    [change] = compare_programme(event).changes
    assert change.kinds == ["restored"]
    undo_act(event=event, by=officer)
    assert event.sessions.count() == 0


def test_what_is_gone_is_left_out_and_told(event: Event, officer: Any, settings: Any, tmp_path: Any) -> None:
    """A room, a track, a party and an organisation deleted, one person erased; the rest is brought back."""
    settings.ERASURE_LEDGER = str(tmp_path / "ledger")
    session = only(event)
    disfigure(event)
    for row in (*event.tracks.all(), event.parties.order_by("pk")[0]):
        row.delete()
    session.room.delete()
    session.organisation.delete()
    erase_person(person=Person.objects.get(name="Bora Taslak"))
    earlier = read_earlier(event.releases.get(number=1), session.key)
    assert earlier
    assert (len(earlier.lost), earlier.lost[0], earlier.lost[-1]) == (5, "Ihlamur / Linden", gettext("(erased)"))
    restored = restore(event, officer)
    assert (restored.title_en, restored.room, restored.track, restored.organisation) == ("Opening", None, None, None)
    assert (restored.parties.count(), [row.person.name for row in restored.contributions.all()]) == (1, ["Ayşe Örnek"])


def test_nothing_to_do_makes_no_version(event: Event, officer: Any) -> None:
    before = only(event).version
    assert restore(event, officer).version == before
    assert not ModelLogEntry.objects.filter(action="events.restore_session").exists()


def test_a_zone_that_the_house_gave_is_kept_when_the_house_changed(event: Event, officer: Any) -> None:
    """The hours were those of Istanbul, and stay so, though the house is told to stand elsewhere since."""
    venue = VenueFactory(time_zone="Europe/Istanbul")
    session = SessionFactory(event=event, confirmed=True, venue=venue, title_en="Visit")
    release_programme(event=event)
    venue.time_zone = "Europe/Berlin"
    venue.save()
    Session.objects.filter(pk=session.pk).update(title_en="Other")
    restored = restore_session(event=event, by=officer, key=session.key, number=2, version=1)
    assert (restored.title_en, restored.start_zone, restored.zone_at_end) == ("Visit", *(2 * ["Europe/Istanbul"]))


def test_a_cancelled_event_does_not_cancel_the_session(event: Event, officer: Any) -> None:
    cancel_event(event=event)
    reinstate_event(event=event)
    Session.objects.update(title_en="Other")
    restored = restore(event, officer, number=2)
    assert (restored.title_en, restored.status) == ("Opening", "confirmed")


def test_somebody_else_was_faster(event: Event, officer: Any) -> None:
    session = only(event)
    disfigure(event)
    with pytest.raises(StaleSessionError):
        restore(event, officer, version=1)
    with pytest.raises(StaleSessionError):
        restore(event, officer, version=None)
    assert only(event).title_en == "New"
    session.delete()
    with pytest.raises(ValidationError):
        restore(event, officer, version=7)
    assert event.sessions.count() == 0


@pytest.mark.parametrize("told", [{"key": "nowhere"}, {"number": 9}])
def test_what_no_release_has(told: dict[str, Any], event: Event, officer: Any) -> None:
    with pytest.raises(ValidationError):
        restore(event, officer, **told)


def test_the_right_is_asked(event: Event) -> None:
    with pytest.raises(PermissionDenied):
        restore(event, UserFactory(reader=True))
