"""Releases at a time: made once by the clock, from what stands by then; who planned it hears what came of it."""

import datetime as dt
import threading
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from cms.clock import TICKS
from events.models import Event, Message, PlannedRelease, ProgrammeRelease, Session
from events.release import planning, release_due_plans, release_programme, schedule_release, unschedule_release
from tests.factories import EventFactory, UserFactory

NOON = dt.datetime(2027, 6, 1, 9, tzinfo=dt.UTC)
LATER = NOON + dt.timedelta(hours=2)
AFTER = LATER + dt.timedelta(seconds=5)


@pytest.fixture
def event(db: None, time_machine: Any) -> Event:
    """A forum with two sessions, not yet public, at noon in Istanbul."""
    time_machine.move_to(NOON, tick=False)
    made: Event = EventFactory(with_sessions=2, title_tr="İklim Forumu", title_en="Climate Forum")
    return made


@pytest.fixture
def officer(event: Event) -> Any:
    user = UserFactory(officer=True, username="ayse", first_name="Ayşe", last_name="Örnek")
    UserProfile.objects.create(user=user, preferred_language="en")
    return user


def plan(event: Event, by: Any, **told: Any) -> PlannedRelease:
    return schedule_release(event=event, by=by, **{"at": LATER, **told})


def letters() -> list[tuple[str, str, str]]:
    return list(Message.objects.order_by("pk").values_list("to_address", "language", "subject"))


def test_it_releases_what_stands_by_then_and_says_so(event: Event, officer: Any, time_machine: Any) -> None:
    held = event.sessions.order_by("pk")[0]
    release_programme(event=event)
    plan(event, officer, note_en="New hours.", note_tr="Yeni saatler.", held=[held.key])
    event.sessions.update(title_en="Later title")
    TICKS["release_planned"].action()
    assert event.releases.count() == 1
    time_machine.move_to(AFTER, tick=False)
    TICKS["release_planned"].action()
    TICKS["release_planned"].action()
    release = event.releases.get(number=2)
    assert (release.note_en, release.note_tr, release.released_by) == ("New hours.", "Yeni saatler.", officer)
    assert {raw["key"]: raw["title"]["en"] == "Later title" for raw in release.open_public()["sessions"]} == {
        session.key: session != held for session in event.sessions.all()
    }
    assert (event.releases.count(), PlannedRelease.objects.count()) == (2, 0)
    assert letters() == [("ayse@sample.example", "en", "Released: Climate Forum")]
    body = Message.objects.get().body_text
    assert "Release 2 of “Climate Forum”, planned for 1 June 2027, 14:00, Türkiye time (GMT+3), is public." in body
    assert f"/admin/events/{event.pk}/" in body
    assert "\n\n\n" not in body


def test_a_clock_that_stood_still_makes_good_what_it_missed(event: Event, officer: Any, time_machine: Any) -> None:
    plan(event, officer)
    time_machine.move_to(LATER + dt.timedelta(days=2), tick=False)
    assert (release_due_plans(), release_due_plans()) == (1, 0)


@pytest.mark.django_db(transaction=True)
def test_several_processes_make_one_release(event: Event, officer: Any, time_machine: Any) -> None:
    plan(event, officer)
    time_machine.move_to(AFTER, tick=False)
    made: list[int] = []

    def one_process() -> None:
        try:
            made.append(release_due_plans())
        finally:
            connection.close()

    threads = [threading.Thread(target=one_process) for _each in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(made) == [0, 0, 0, 1]
    assert (ProgrammeRelease.objects.count(), Message.objects.count()) == (1, 1)


def test_a_process_that_dies_leaves_the_plan(
    event: Event, officer: Any, time_machine: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever was done by then is undone with it; the next process makes the release."""
    plan(event, officer)
    time_machine.move_to(AFTER, tick=False)
    with monkeypatch.context() as dying:

        def die(*_args: Any, **_kwargs: Any) -> None:
            raise KeyboardInterrupt

        dying.setattr(planning, "_tell", die)
        with pytest.raises(KeyboardInterrupt):
            release_due_plans()
    assert (ProgrammeRelease.objects.count(), PlannedRelease.objects.count()) == (0, 1)
    assert release_due_plans() == 1


@pytest.mark.parametrize("why", ["right", "withdrawn", "nobody"])
def test_what_refuses_it_is_told_by_letter_and_kept(
    why: str, event: Event, officer: Any, time_machine: Any, settings: Any
) -> None:
    """Once; the public sees what it saw, and the plan waits for an officer."""
    settings.STAFF_MAIL = ["staff@sample.example"]
    plan(event, officer)
    if why == "right":
        officer.groups.clear()
    elif why == "withdrawn":
        Event.objects.filter(pk=event.pk).update(withdrawn_at=NOON)
    else:
        officer.delete()
    time_machine.move_to(AFTER, tick=False)
    assert [release_due_plans() for _each in range(3)] == [0, 0, 0]
    address, language = ("staff@sample.example", "tr") if why == "nobody" else ("ayse@sample.example", "en")
    subject = "Yayımlanmadı: İklim Forumu" if why == "nobody" else "Not released: Climate Forum"
    assert letters() == [(address, language, subject)]
    reasons = {
        "right": "You may not do this.",
        "withdrawn": "The event was withdrawn meanwhile.",
        "nobody": "Planlayan kişinin artık kullanıcı hesabı yok.",
    }
    message, kept = Message.objects.get(), PlannedRelease.objects.get()
    assert (reasons[why] in message.body_text, reasons[why] in message.body_html, reasons[why] in kept.refused) == (
        *(True, True, True),
    )
    assert ProgrammeRelease.objects.count() == 0


def test_nothing_changed_by_then(event: Event, officer: Any, time_machine: Any) -> None:
    release_programme(event=event)
    plan(event, officer)
    time_machine.move_to(AFTER, tick=False)
    assert release_due_plans() == 0
    assert (event.releases.count(), PlannedRelease.objects.count()) == (1, 0)
    assert letters() == [("ayse@sample.example", "en", "Nothing to release: Climate Forum")]


def test_an_error_is_tried_again_and_then_told(
    event: Event, officer: Any, time_machine: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another event’s release is not kept waiting by it."""
    other = EventFactory(with_sessions=1)
    for each in (event, other):
        plan(each, officer)
    time_machine.move_to(AFTER, tick=False)
    real = planning.release_programme

    def broken(*, event: Event, **told: Any) -> Any:
        if event.pk != other.pk:
            raise RuntimeError("disk full")
        return real(event=event, **told)

    monkeypatch.setattr(planning, "release_programme", broken)
    assert [release_due_plans() for _each in range(6)] == [1, 0, 0, 0, 0, 0]
    kept = PlannedRelease.objects.get()
    assert (kept.attempts, "An error of the system" in kept.refused) == (5, True)
    assert [subject for _to, _language, subject in letters()][-1] == "Not released: Climate Forum"


def test_what_was_planned_anew_meanwhile_is_not_refused(
    event: Event, officer: Any, time_machine: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old plan fails; before that is noted, a colleague gives the release another time."""
    plan(event, officer)
    officer.groups.clear()
    time_machine.move_to(AFTER, tick=False)
    real = planning._refuse

    def overtaken(pk: int, reason: str) -> None:
        plan(event, UserFactory(officer=True), at=AFTER + dt.timedelta(hours=1))
        real(pk, reason)

    monkeypatch.setattr(planning, "_refuse", overtaken)
    assert release_due_plans() == 0
    assert (PlannedRelease.objects.get().refused, letters()) == ("", [])


def test_a_plan_is_replaced_and_taken_away(event: Event, officer: Any, time_machine: Any) -> None:
    plan(event, officer, note_en="First.")
    plan(event, officer, at=LATER + dt.timedelta(hours=1))
    [row] = PlannedRelease.objects.all()
    assert (row.due_at, row.note_en) == (LATER + dt.timedelta(hours=1), "")
    assert [unschedule_release(event=event, by=officer) for _each in range(2)] == [True, False]
    time_machine.move_to(LATER + dt.timedelta(hours=2), tick=False)
    assert release_due_plans() == 0
    assert list(ModelLogEntry.objects.order_by("pk").values_list("action", flat=True)) == [
        *("events.schedule_release", "events.schedule_release", "events.unschedule_release"),
    ]


@pytest.mark.parametrize("at", [NOON, NOON - dt.timedelta(minutes=1), NOON + dt.timedelta(days=500)])
def test_times_that_cannot_be(at: dt.datetime, event: Event, officer: Any) -> None:
    with pytest.raises(ValidationError) as raised:
        plan(event, officer, at=at)
    assert list(raised.value.message_dict) == ["at"]


def test_only_who_may_release_may_plan(event: Event, officer: Any) -> None:
    editor = UserFactory(editor=True)
    with pytest.raises(PermissionDenied):
        plan(event, editor)
    plan(event, officer)
    with pytest.raises(PermissionDenied):
        unschedule_release(event=event, by=editor)


def test_it_is_gone_with_its_event(event: Event, officer: Any) -> None:
    plan(event, officer)
    Session.objects.all().delete()
    event.delete()
    assert PlannedRelease.objects.count() == 0
