"""What the clock does with pages and with rows that nobody needs any more."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, ReferenceIndex, Revision
from wagtail.search.backends import get_search_backend

from cms.clock import TICKS
from cms.housekeeping import INDEXES
from cms.models import StandardPage
from events import jobs
from events.models import Job
from tests.cms.pages import home, published
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 6, 10, 9, 0, tzinfo=UTC)


def tick(name: str) -> None:
    TICKS[name].action()


def test_a_page_goes_live_and_expires_by_the_clock(client: Client) -> None:
    """Nobody sees it before its time nor after it."""
    with time_machine.travel(NOON, tick=False) as clock:
        page = StandardPage(title="Çağrı", slug="cagri", live=False)
        page.go_live_at, page.expire_at = NOON + timedelta(hours=1), NOON + timedelta(hours=3)
        home().add_child(instance=page)
        page.save_revision().publish()
        found = []
        for hours in (0.5, 1.5, 2.5, 3.5):
            clock.move_to(NOON + timedelta(hours=hours))
            tick("publish_scheduled"), tick("publish_scheduled")
            found.append(client.get("/tr/cagri/").status_code)
        page.refresh_from_db()
    assert (found, page.live, page.expired) == ([404, 200, 200, 404], False, True)


def test_a_change_with_a_time_waits_for_it(client: Client) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        page = published(StandardPage(title="Eski", slug="sayfa"))
        page.title, page.go_live_at = "Yeni", NOON + timedelta(hours=1)
        page.save_revision().publish()
        seen = []
        for hours in (0, 2):
            clock.move_to(NOON + timedelta(hours=hours))
            tick("publish_scheduled")
            seen.append(Page.objects.get(pk=page.pk).title)
    assert seen == ["Eski", "Yeni"]


def test_old_versions_go_and_the_latest_and_the_public_page_stay(client: Client) -> None:
    page = published(StandardPage(title="Bir", slug="sayfa"))
    for title in ("İki", "Üç"):
        page.title = title
        page.save_revision()
    young = published(StandardPage(title="Genç", slug="genc"))
    young.save_revision()
    days = {page.pk: 800, young.pk: 700}
    for pk, age in days.items():
        Revision.page_revisions.filter(object_id=str(pk)).update(created_at=timezone.now() - timedelta(days=age))
    tick("purge_revisions"), tick("purge_revisions")
    kept = {pk: Revision.page_revisions.filter(object_id=str(pk)).count() for pk in days}
    assert kept == {page.pk: 1, young.pk: 2}
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().title == "Üç"
    assert client.get("/tr/sayfa/").status_code == 200


def test_sessions_that_ran_out_are_forgotten(client: Client) -> None:
    client.force_login(UserFactory(editor=True))
    Client().force_login(UserFactory(reader=True))
    Session.objects.exclude(pk=client.session.session_key).update(expire_date=timezone.now() - timedelta(days=1))
    assert Session.objects.count() == 2
    tick("forget_sessions"), tick("forget_sessions")
    assert [row.pk for row in Session.objects.all()] == [client.session.session_key]


def test_indexes_are_rebuilt_once_a_week_whoever_asks() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        promised = []
        for days in (0, 0, 6, 8):
            clock.move_to(NOON + timedelta(days=days))
            tick("promise_indexes")
            promised.append(Job.objects.filter(kind=INDEXES).count())
    assert promised == [1, 1, 1, 2]


def test_rebuilding_heals_what_a_save_could_not_do() -> None:
    """Rows that went missing behind the models' back are there again; doing it twice changes nothing."""
    page = published(StandardPage(title="Çalıştay notları", slug="notlar"))
    user = UserFactory(editor=True)
    Page.objects.filter(pk=page.pk).update(owner=user)
    before = ReferenceIndex.objects.count()
    page.index_entries.all().delete()
    ReferenceIndex.objects.all().delete()
    assert found("notları") == []
    for _each in range(2):
        job = jobs.promise_job(INDEXES)
        jobs.run_job(job.pk)
        job.refresh_from_db()
        assert job.state == Job.State.DONE
        assert found("notları") == [page.pk]
    assert ReferenceIndex.objects.count() >= before


def found(words: str) -> list[int]:
    return [page.pk for page in get_search_backend().search(words, Page)]
