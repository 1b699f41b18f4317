"""The admin's first page tells an officer what to do next."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries
from wagtail.admin.views.home import RecentEditsPanel, WorkflowObjectsToModeratePanel

from cms.panels import FailedPanel, LanguagesPanel, TextsPanel, UpcomingPanel, WaitingPanel
from cms.registration_panel import RegistrationsPanel
from cms.role_panels import DoorsPanel, ReportsPanel
from cms.wagtail_hooks import add_panels
from events.models import Event, Session
from events.release import release_programme
from tests.factories import (
    EventFactory,
    JobFactory,
    MessageFactory,
    PartyFactory,
    SessionFactory,
    TrackFactory,
    UserFactory,
)


class Visit:
    """What a panel needs of a request."""

    def __init__(self, user: Any) -> None:
        self.user = user


def told(panel: type, user: Any) -> list[tuple[str, str]]:
    return [(row["text"], row["detail"]) for row in panel(Visit(user)).get_context_data()["rows"]]


def coming(**fields: Any) -> Event:
    day = timezone.localdate() + dt.timedelta(days=7)
    event: Event = EventFactory(starts_on=day, ends_on=day, **fields)
    return event


@pytest.fixture
def reader(db: None) -> Any:
    return UserFactory(reader=True)


def test_what_is_coming(reader: Any) -> None:
    """Neither what is over nor what was withdrawn."""
    event = coming(title_tr="Gelecek")
    EventFactory(starts_on=dt.date(2020, 1, 1), ends_on=dt.date(2020, 1, 2))
    coming(withdrawn_at=timezone.now())
    assert [text for text, _detail in told(UpcomingPanel, reader)] == [str(event)]


def test_what_waits_to_be_released(reader: Any, time_machine: Any) -> None:
    """A session saved after the release, until the next one; an unreleased event does not wait."""
    coming(with_sessions=1)
    event = coming(with_sessions=2)
    release_programme(event=event)
    assert told(WaitingPanel, reader) == []
    time_machine.move_to(timezone.now() + dt.timedelta(minutes=5), tick=False)
    session = event.sessions.order_by("start")[0]
    session.title_en = "New"
    session.save()
    assert [text for text, _detail in told(WaitingPanel, reader)] == [str(event)]
    time_machine.move_to(timezone.now() + dt.timedelta(minutes=5), tick=False)
    release_programme(event=event)
    assert told(WaitingPanel, reader) == []


def test_what_failed(reader: Any) -> None:
    """Counted, with the way to the list; nothing where nothing failed."""
    assert told(FailedPanel, reader) == []
    JobFactory(failed=True), JobFactory(failed=True), MessageFactory(state="failed")
    rows = FailedPanel(Visit(reader)).rows()
    assert [row["url"] for row in rows] == ["/admin/jobs/?state=failed", "/admin/letters/?state=failed"]
    assert [row["text"].split()[0] for row in rows] == ["2", "1"]


def test_the_first_page_costs_the_same(
    reader: Any, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """One or three events and failures."""
    client.force_login(reader)
    coming(with_sessions=1), JobFactory(failed=True)
    client.get("/admin/")
    with django_assert_num_queries(23):
        client.get("/admin/")
    for _each in range(2):
        coming(with_sessions=1), JobFactory(failed=True)
    with django_assert_num_queries(23):
        page = client.get("/admin/")
    assert page.content.decode().count("/admin/events/") >= Event.objects.count()


def test_who_may_not_see_events_sees_no_panels(db: None, django_user_model: Any) -> None:
    """An editor of pages alone has an empty first page from us."""
    stranger = django_user_model.objects.create_user("stranger")
    stranger.user_permissions.add(Permission.objects.get(codename="access_admin"))
    coming(), JobFactory(failed=True)
    assert Session.objects.count() == 0
    EventFactory(starts_on=None, ends_on=None, title_en="")
    panels = (UpcomingPanel, WaitingPanel, FailedPanel, LanguagesPanel, TextsPanel)
    assert [told(panel, stranger) for panel in panels] == [[]] * 5


def test_letters_that_wait_long_are_told(reader: Any, time_machine: Any) -> None:
    """Not those of this minute, nor any that is out or failed."""
    MessageFactory(), MessageFactory(state="sent", finished_at=timezone.now())
    assert FailedPanel(Visit(reader)).rows() == []
    time_machine.move_to(timezone.now() + dt.timedelta(minutes=6), tick=False)
    MessageFactory(), MessageFactory(state="failed")
    with translation.override("en"):
        assert [(row["text"], row["url"]) for row in FailedPanel(Visit(reader)).rows()] == [
            ("1 letter", "/admin/letters/?state=failed"),
            ("1 letter waits", "/admin/letters/?state=queued"),
        ]


def test_texts_of_coming_events_without_their_other_language_or_stale(reader: Any) -> None:
    """Of the event itself, its sessions, tracks and parties; not of what is over."""
    event = coming(title_tr="Forum", title_en="Forum")
    assert told(TextsPanel, reader) == []
    TrackFactory(event=event, name_en="")
    session = SessionFactory(event=event, title_tr="Açılış", title_en="Opening")
    session.note_translations()
    session.title_tr = "Açılış konuşmaları"
    session.save()
    SessionFactory(event=event, title_tr="", title_en="Closing")
    EventFactory(title_en="", starts_on=dt.date(2020, 1, 1), ends_on=dt.date(2020, 1, 2))
    with translation.override("en"):
        detail = "1 text without English, 1 text without Turkish, 1 text changed since"
        assert told(TextsPanel, reader) == [("Forum", detail)]


@pytest.mark.parametrize("count", [1, 3])
def test_texts_cost_the_same(count: int, reader: Any, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _each in range(count):
        event = coming(title_en="", with_sessions=2)
        TrackFactory(event=event), PartyFactory(event=event)
    with django_assert_num_queries(4):
        assert len(TextsPanel(Visit(reader)).rows()) == count


def test_what_waits_for_approval_comes_first() -> None:
    """Somebody else waits too; everything else of Wagtail's stands below ours."""
    panels: list[Any] = [RecentEditsPanel(), WorkflowObjectsToModeratePanel()]
    add_panels(Visit(None), panels)
    in_order = [type(panel) for panel in sorted(panels, key=lambda panel: panel.order)]
    ours = [
        DoorsPanel,
        ReportsPanel,
        RegistrationsPanel,
        UpcomingPanel,
        WaitingPanel,
        FailedPanel,
        LanguagesPanel,
        TextsPanel,
    ]
    assert in_order == [WorkflowObjectsToModeratePanel, *ours, RecentEditsPanel]
