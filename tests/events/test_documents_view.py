"""Where the printed programme is asked for: ready, not yet, failed, gone."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from events.documents import handler, store
from events.erasure import erase_person
from events.models import Event, Job, ProgrammeRelease, Rendering
from events.release import release_programme, withdraw_event
from tests.factories import ContributionFactory, EventFactory, PersonFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/documents/tr/iklim-forumu/programme.pdf"


@pytest.fixture
def event() -> Event:
    event: Event = EventFactory(slug="iklim-forumu", with_sessions=1)
    ContributionFactory(session=event.sessions.get(), person=PersonFactory(name="Ayşe Örnek"))
    return event


@pytest.fixture
def release(event: Event) -> ProgrammeRelease:
    release = release_programme(event=event)
    assert release is not None
    return release


def _work_off(language: str = "tr") -> None:
    for job in Job.objects.filter(state="queued", payload__language=language):
        handler.render_job(job)
        Job.objects.filter(pk=job.pk).update(state="done", finished_at=timezone.now())


def test_a_document_that_is_there_is_sent_with_its_tag(client: Client, release: ProgrammeRelease) -> None:
    _work_off()
    answer = client.get(ADDRESS)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="iklim-forumu-program.pdf"'
    assert answer.content.startswith(b"%PDF")
    assert int(answer["Content-Length"]) == len(answer.content)
    again = client.get(ADDRESS, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", answer["ETag"])
    head = client.head(ADDRESS)
    assert (head.status_code, head.content, head["Content-Length"]) == (200, b"", answer["Content-Length"])


def test_who_waits_hears_which_language_the_title_is_in(client: Client, event: Event) -> None:
    Event.objects.filter(pk=event.pk).update(title_tr="", title_en="Climate Forum")
    event.refresh_from_db()
    release_programme(event=event)
    told = '<span lang="en">Climate Forum</span> <span class="tongue">İngilizce</span>'
    assert told in client.get(ADDRESS).content.decode()


def test_a_document_on_its_way_says_when_to_come_back(client: Client, release: ProgrammeRelease) -> None:
    answer = client.get(ADDRESS)
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (202, "5", "no-store")
    assert '<meta http-equiv="refresh" content="5">' in answer.content.decode()


def test_a_missing_document_is_promised_once(client: Client, release: ProgrammeRelease) -> None:
    _work_off()
    Rendering.objects.all().delete()
    before = Job.objects.count()
    assert [client.get(ADDRESS).status_code for _each in range(3)] == [202, 202, 202]
    assert Job.objects.count() == before + 1
    _work_off()
    assert client.get(ADDRESS).status_code == 200


def test_a_failed_document_says_why_and_is_tried_again_later(client: Client, release: ProgrammeRelease) -> None:
    jobs = Job.objects.filter(payload__language="tr")
    jobs.update(state="failed", error="SettingFailedError: memory: out of memory", finished_at=timezone.now())
    answer = client.get("/documents/en/iklim-forumu/programme.pdf")
    assert answer.status_code == 202
    answer = client.get(ADDRESS)
    assert (answer.status_code, answer["Retry-After"]) == (503, "3600")
    assert "out of memory" not in answer.content.decode()
    assert 'http-equiv="refresh"' not in answer.content.decode()
    jobs.update(finished_at=timezone.now() - timedelta(hours=2))
    assert client.get(ADDRESS).status_code == 202
    assert jobs.count() == 2


def test_former_addresses_answer_directly(client: Client, event: Event, release: ProgrammeRelease) -> None:
    event.slug = "iklim-forumu-2027"
    event.save()
    release_programme(event=event)
    _work_off()
    new = client.get("/documents/tr/iklim-forumu-2027/programme.pdf")
    assert client.get(ADDRESS).content == new.content
    assert client.get(ADDRESS, headers={"If-None-Match": new["ETag"]}).status_code == 304


def test_a_withdrawn_event_is_gone(client: Client, event: Event, release: ProgrammeRelease) -> None:
    _work_off()
    withdraw_event(event=event)
    _work_off()
    assert client.get(ADDRESS).status_code == 410


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/documents/tr/bilinmeyen/programme.pdf", 404),
        ("/documents/de/iklim-forumu/programme.pdf", 404),
        ("/documents/tr/%00/programme.pdf", 400),
        ("/documents/tr/%ff/programme.pdf", 400),
        (f"/documents/tr/{'9' * 5000}/programme.pdf", 404),
        ("/documents/tr/..%2f..%2fetc/programme.pdf", 404),
    ],
)
def test_addresses_that_lead_nowhere(client: Client, release: ProgrammeRelease, address: str, status: int) -> None:
    assert client.get(address).status_code == status


def test_an_erased_person_is_in_no_document_made_afterwards(
    client: Client, event: Event, release: ProgrammeRelease
) -> None:
    _work_off()
    assert Rendering.objects.filter(kind="pdf").count() == 1
    erase_person(person=event.sessions.get().contributions.get().person)
    assert Rendering.objects.filter(kind="pdf").count() == 0
    _work_off()
    assert client.get(ADDRESS).status_code == 200


def test_a_document_that_names_somebody_erased_meanwhile_is_not_stored(
    event: Event, release: ProgrammeRelease, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = event.sessions.get().contributions.get().person
    make, made = store.make_pdf, []

    def slowly(release: ProgrammeRelease, form: str) -> bytes:
        body = make(release, form)
        if not made:
            erase_person(person=person)
        made.append(body)
        return body

    monkeypatch.setattr(store, "make_pdf", slowly)
    rendering = store.ensure_pdf(release, "tr")
    assert len(made) == 2
    assert bytes(rendering.body) == made[1] != made[0]


def test_a_ready_document_costs_the_same_queries_whatever_it_holds(
    client: Client, release: ProgrammeRelease, django_assert_num_queries
) -> None:
    _work_off()
    client.get(ADDRESS)
    with django_assert_num_queries(1):
        client.get(ADDRESS)


def test_the_command_writes_the_file(event: Event, release: ProgrammeRelease, tmp_path: Path) -> None:
    file = tmp_path / "program.pdf"
    call_command("render_programme", "iklim-forumu", language="tr-en", output=file)
    assert file.read_bytes() == bytes(Rendering.objects.get(kind="pdf").body)


@pytest.mark.parametrize("slug", ["bilinmeyen", "taslak"])
def test_the_command_ends_with_2_where_nothing_is_released(slug: str, tmp_path: Path) -> None:
    EventFactory(slug="taslak")
    with pytest.raises(CommandError) as failure:
        call_command("render_programme", slug, language="tr", output=tmp_path / "program.pdf")
    assert failure.value.returncode == 2
