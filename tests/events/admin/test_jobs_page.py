"""The jobs page: what is done of what, how far, what came of it, why it failed; trying again and calling off."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries

from events import jobs, periodic
from events.models import Event, Job
from events.release import release_programme
from events.viewsets.jobs.telling import tell, why
from tests.events.admin.conftest import Enter
from tests.factories import JobFactory, SessionFactory, UploadFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def printed() -> Event:
    """A released event, whose three papers wait to be printed."""
    event: Event = SessionFactory(confirmed=True).event
    Event.objects.filter(pk=event.pk).update(title_en="Climate Forum")
    release_programme(event=event)
    return event


def an_import(**named: Any) -> Job:
    """The job of a file that somebody sent."""
    upload = UploadFactory(name="program.xlsx", event__title_en="Climate Forum", stage="trying")
    payload = {"upload": upload.pk, "event": upload.event_id}
    job: Job = JobFactory(**{"kind": "try_import", "payload": payload, "owner": UserFactory(officer=True), **named})
    upload.job = job
    upload.save()
    return job


def told(job: Job) -> Any:
    job.refresh_from_db()
    return tell([job])[0]


def listed(client: Client, **query: str) -> list[tuple[str, str]]:
    page = client.get(reverse("admin_job:index"), query)
    return [(row.told.label, row.told.about.what) for row in page.context["object_list"]]


def test_jobs_say_what_they_work_on(printed: Event, at_officer: Client) -> None:
    an_import()
    JobFactory(kind="rebuild_indexes")
    assert listed(at_officer) == [
        ("Build the search index anew", ""),
        ("Try a file", "program.xlsx → Climate Forum"),
        ("Set the programme for printing", "Climate Forum, release 1, side by side"),
        ("Set the programme for printing", "Climate Forum, release 1, English"),
        ("Set the programme for printing", "Climate Forum, release 1, Turkish"),
    ]


def test_jobs_are_filtered(printed: Event, at_officer: Client) -> None:
    mine = an_import(state="done")
    assert len(listed(at_officer, kind="render_programme")) == 3
    assert [label for label, _what in listed(at_officer, owner=str(mine.owner_id))] == ["Try a file"]
    assert [label for label, _what in listed(at_officer, state="done")] == ["Try a file"]
    assert listed(at_officer, state="failed") == []


def test_a_paper_that_was_printed_is_led_to(printed: Event) -> None:
    job = Job.objects.get(payload__language="tr-en")
    assert (told(job).about.outcome, told(job).progress["said"]) == ("", "Waiting for its turn …")
    Job.objects.filter(pk=job.pk).update(state="done", finished_at=timezone.now())
    about = told(job).about
    assert (about.outcome, about.outcome_url) == ("PDF", f"/documents/tr-en/{printed.slug}/programme.pdf")


def test_an_import_is_told_by_its_counts_and_leads_to_its_rows() -> None:
    job = an_import(state="done", result={"created": 3, "changed": 0, "unchanged": 2, "refused": 1})
    about = told(job).about
    assert about.outcome == "3 new, 2 unchanged, 1 refused"
    assert about.outcome_url.endswith(f"/import/{job.payload['upload']}/trial/")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("", ""),
        ("FileRefused: broken_zip", "The workbook is damaged. Open it in Excel and save it again."),
        ("FileRefused: too_big", "The file could not be read."),
        ("SettingFailedError: time: no answer in 60 s", "Printing it took too long and was stopped."),
        ("TimeoutExpired: 60", "It took too long and was stopped."),
        ("OperationalError: database is locked", "The database could not be reached or was busy for too long."),
        ("The process ended during each attempt.", "The software stopped in the middle of it, each time it was tried."),
        ("Nothing here does jobs of the kind 'x'.", "This version of the software does not know this kind of work."),
    ],
)
def test_why_it_failed_is_told_in_words(error: str, words: str) -> None:
    assert why(Job(error=error)) == words
    with translation.override("tr"):
        assert why(Job(error=error)) != words or not words


def test_what_nobody_foresaw_has_a_number_to_tell(at_officer: Client) -> None:
    """The error itself is there for whoever looks after the site, folded away."""
    job = JobFactory(failed=True)
    page = at_officer.get(reverse("admin_job:inspect", args=[job.pk])).content.decode()
    assert f"the number of this job: {job.pk}." in page
    assert "<summary>For whoever looks after the site</summary>" in page
    assert "ValueError: no room" in page


def test_what_failed_is_tried_again_by_whoever_may() -> None:
    job = JobFactory(failed=True)
    with pytest.raises(PermissionDenied):
        jobs.retry_job(job=job, by=UserFactory(editor=True))
    assert jobs.retry_job(job=job, by=UserFactory(officer=True))
    assert not jobs.retry_job(job=job, by=UserFactory(officer=True))
    assert told(job).job.state == "queued"


def test_what_waits_is_called_off_by_whoever_may(at_officer: Client) -> None:
    """Nobody does it afterwards; what runs, or what the site promised itself, stays."""
    job = an_import()
    with pytest.raises(PermissionDenied):
        jobs.cancel_job(job=job, by=UserFactory(editor=True))
    page = at_officer.post(reverse("admin_job:cancel", args=[job.pk]), follow=True)
    assert "It is called off." in page.content.decode()
    periodic.run_due_jobs()
    assert (told(job).job.state, told(job).job.attempts) == ("cancelled", 0)
    for other in (an_import(state="running", leased_until=timezone.now() + timedelta(minutes=1)), JobFactory()):
        page = at_officer.post(reverse("admin_job:cancel", args=[other.pk]), follow=True)
        assert "It cannot be called off" in page.content.decode()
        assert told(other).job.state in {"running", "queued"}


def test_a_file_whose_job_was_called_off_can_be_tried_again(at_officer: Client) -> None:
    job = an_import(state="cancelled", finished_at=timezone.now())
    upload = job.payload["upload"]
    path = reverse("event_admin:import_trial", args=[job.payload["event"], upload])
    page = at_officer.get(path)
    assert "This did not succeed, and nothing was kept." in page.content.decode()
    assert "job-progress" not in page.content.decode()


def test_the_state_of_jobs_is_asked_for_in_a_fixed_number_of_queries(
    at_officer: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """As the cells of their rows; nonsense in the address is as good as nothing."""
    first = an_import(state="running", done=30, total=120)
    path = reverse("admin_job:state")
    with django_assert_num_queries(9):
        answer = at_officer.get(path, {"job": [first.pk], "after": first.pk})
    others = [an_import(), an_import(state="done", finished_at=timezone.now())]
    with django_assert_num_queries(9):
        answer = at_officer.get(
            path, {"job": [first.pk, *(job.pk for job in others), "x", "9" * 40], "after": first.pk}
        )
    told = answer.json()
    assert told["newer"] == 2
    assert {key: (row["key"], row["ended"]) for key, row in told["jobs"].items()} == {
        str(first.pk): ("running", False),
        str(others[0].pk): ("queued", False),
        str(others[1].pk): ("done", True),
    }
    assert told["jobs"][str(first.pk)]["said"] == "Try a file: program.xlsx → Climate Forum: 25 per cent done"
    assert 'value="25"' in told["jobs"][str(first.pk)]["state"]


def test_only_who_may_act_is_offered_to(enter: Enter, reader: Any, officer: Any) -> None:
    JobFactory(failed=True)
    path = reverse("admin_job:index")
    assert ["/retry/" in enter(user).get(path).content.decode() for user in (reader, officer)] == [False, True]
