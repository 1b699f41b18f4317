"""Erasing a person reaches the directory, every release, all that was rendered, letters and the log."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from events import jobs
from events.addresses import feed_path, programme_path
from events.building import edit_session
from events.erasure import erase_person, reapply_erasures
from events.models import (
    Contribution,
    ErasureRecord,
    Event,
    Job,
    Message,
    Person,
    Position,
    ReleasedPerson,
    Rendering,
    Session,
)
from events.release import release_programme, schedule_release
from events.signals import person_erased
from events.turkish import fold, sort_key
from events.views.admin.building.state import state_since
from tests.events.haystack import files_holding, tables_holding
from tests.factories import (
    ContributionFactory,
    EventFactory,
    MessageFactory,
    PersonFactory,
    PositionFactory,
    SessionFactory,
    UserFactory,
)

NAME, POSITION = "Zümrüt Kanaryakuşu", "Kanarya Yuvası Sorumlusu"
BIOGRAPHY, EMAIL = "Kanaryayla başlayan özgeçmiş", "zumrut.kanaryakusu@sample.example"
WORDS = [NAME, POSITION, BIOGRAPHY, EMAIL, fold(NAME), sort_key(NAME), "Kanaryakuşu", "Emerald Canary"]


def speaker() -> Person:
    person = PersonFactory(
        name=NAME,
        family_name="Kanaryakuşu",
        email=EMAIL,
        phone="+90 000 000 77 77",
        address_en="Ms Emerald Canary",
        biography_tr=BIOGRAPHY,
        biography_en=f"{BIOGRAPHY} (in English)",
        ref="Zümrüt Kanaryakuşu 7",
    )
    PositionFactory(person=person, title_tr=POSITION)
    return person


@pytest.fixture
def told_everywhere(settings: Any, tmp_path: Path, db: None) -> Person:
    """A speaker whose name stands wherever a name can stand: two releases, feeds, pages, PDFs, letters, log."""
    settings.MEDIA_ROOT, settings.ERASURE_LEDGER = str(tmp_path / "media"), str(tmp_path / "ledger")
    person, event = speaker(), EventFactory(with_sessions=2)
    first, second = event.sessions.order_by("start")
    ContributionFactory(session=first, person=person, shown_tr=POSITION, shown_en=f"{NAME}, Keeper")
    release_programme(event=event)
    ContributionFactory(session=second, person=person, shown_tr=POSITION, shown_en="")
    Session.objects.filter(pk=first.pk).update(title_en="Retitled")
    release_programme(event=event)
    log(instance=person, action="wagtail.edit", data={"changed": {"name": NAME}})
    log(instance=event, action="wagtail.edit", data={"note": [NAME, EMAIL]})
    MessageFactory(person_key=EMAIL, to_name=NAME, to_address=EMAIL, body_text=f"Sayın {NAME}", state="sent")
    MessageFactory(person_key=EMAIL, to_name=NAME, to_address=EMAIL, body_text=f"Sayın {NAME}", state="queued")
    MessageFactory(to_name="Ofis", body_html=f"<p>{NAME}</p>", state="sent")
    return person


def slug_of(person: Person) -> str:
    return person.contributions.select_related("session__event")[0].session.event.slug


def render_all(slug: str) -> None:
    """Feed, page and PDF in each language, as the public asks for them."""
    for language in ("tr", "en"):
        for path in (feed_path(slug, language), programme_path(slug, language)):
            assert NAME in Client().get(path).content.decode().replace("\r\n ", "")
    for job in Job.objects.filter(state=Job.State.QUEUED, payload__language="tr-en"):
        jobs.run_job(job.pk)
    assert {rendering.kind for rendering in Rendering.objects.all()} == {"feed", "page", "pdf"}


@pytest.mark.django_db(transaction=True)
def test_the_canary_is_nowhere_afterwards(told_everywhere: Person) -> None:
    """First it is in every place we know of, packed or not; then in none at all."""
    render_all(slug_of(told_everywhere))
    before = tables_holding(WORDS)
    assert before >= {
        "events_person.name",
        "events_person.search_text",
        "events_person.sort_key",
        "events_position.title_tr",
        "events_contribution.shown_tr",
        "events_releasedperson.name",
        "events_releasedperson.positions",
        "events_releasedperson.biography_tr",
        "events_rendering.body",
        "events_message.body_text",
        "events_message.body_html",
        "wagtailcore_modellogentry.label",
        "wagtailcore_modellogentry.data",
    }

    erase_person(person=told_everywhere)

    assert tables_holding(WORDS) == set()
    assert files_holding(WORDS) == set()


@pytest.mark.django_db(transaction=True)
def test_what_stays(told_everywhere: Person) -> None:
    """History keeps its shape: the rows are there, empty; the ledger knows a hash and nothing else."""
    releases = list(ReleasedPerson.objects.filter(key=told_everywhere.key).values_list("release__number", flat=True))
    erase_person(person=told_everywhere)
    person = Person.objects.get(pk=told_everywhere.pk)
    assert (person.key, person.name, person.email, person.erased_at is not None) == (told_everywhere.key, "", "", True)
    rows = ReleasedPerson.objects.filter(key=person.key).order_by("release__number")
    assert [(row.release.number, row.name, row.positions, row.erased) for row in rows] == [
        (number, "", [], True) for number in sorted(releases)
    ]
    record = ErasureRecord.objects.get()
    assert record.report == {"positions": 1, "contributions": 2, "releases": 2}
    assert Message.objects.filter(state="queued").count() == 0
    assert (Contribution.objects.count(), Position.objects.count()) == (0, 0)
    assert Rendering.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_the_public_programme_stands_without_the_person(told_everywhere: Person) -> None:
    """Page and feed are rendered anew from the same release, with the sessions and without the name."""
    slug = slug_of(told_everywhere)
    before = Client().get(feed_path(slug, "tr")).content.decode()
    last_job = Job.objects.order_by("-pk")[0]
    erase_person(person=told_everywhere)
    feed = Client().get(feed_path(slug, "tr")).content.decode()
    assert [line for line in feed.splitlines() if line.startswith(("UID", "SEQUENCE", "DTSTART", "DTSTAMP"))] == [
        line for line in before.splitlines() if line.startswith(("UID", "SEQUENCE", "DTSTART", "DTSTAMP"))
    ]
    page = Client().get(programme_path(slug, "tr"))
    assert (page.status_code, NAME in page.content.decode()) == (200, False)
    promised = Job.objects.filter(kind="render_programme", pk__gt=last_job.pk)
    assert sorted(job.payload["language"] for job in promised) == ["en", "tr", "tr-en"]


def test_listeners_erase_in_the_same_stroke(db: None) -> None:
    """Where a listener fails, nothing is erased: all of it is one transaction."""
    person = speaker()

    def fail(**_kwargs: Any) -> None:
        raise RuntimeError("the other package could not")

    person_erased.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            erase_person(person=person)
    finally:
        person_erased.disconnect(fail)
    person.refresh_from_db()
    assert (person.name, person.erased_at, ErasureRecord.objects.count()) == (NAME, None, 0)


def test_only_who_may(db: None) -> None:
    """A programme officer may not erase; an administrator may, once."""
    person = speaker()
    with pytest.raises(PermissionDenied):
        erase_person(person=person, by=UserFactory(officer=True))
    erase_person(person=person, by=UserFactory(admin=True))
    with pytest.raises(ValidationError):
        erase_person(person=person, by=UserFactory(admin=True))


@pytest.mark.django_db(transaction=True)
def test_a_restored_backup_is_cleaned_again(settings: Any, tmp_path: Path) -> None:
    """The backup knows neither the erasure nor its record; the ledger beside the database does."""
    settings.ERASURE_LEDGER = str(tmp_path / "ledger")
    person, other = speaker(), PersonFactory(name="Kalan Kişi")
    backup = Person.objects.filter(pk=person.pk).values().get()
    erase_person(person=person)
    ErasureRecord.objects.all().delete()
    Person.objects.filter(pk=person.pk).update(**backup)
    assert reapply_erasures() == 1
    assert reapply_erasures() == 0
    assert list(Person.objects.kept().values_list("name", flat=True)) == [other.name]
    assert NAME not in Path(settings.ERASURE_LEDGER).read_text()


def test_the_commands(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    """By key; an unknown key and a second time are refused with a sentence."""
    person = speaker()
    call_command("erase_person", person.key)
    call_command("reapply_erasures")
    assert capsys.readouterr().out.splitlines() == [
        f"erased {person.key} positions=1 contributions=0 releases=0",
        "erased=0",
    ]
    for key in ("nobody", person.key):
        with pytest.raises(CommandError):
            call_command("erase_person", key)


def test_a_letter_to_others_still_goes_out_without_the_name(db: None) -> None:
    """The office waits for its list of guests; it gets the others."""
    person = PersonFactory(name="Zümrüt O'Kanarya")
    texts = {"subject": f"{person.name} ve Ali Can", "body_html": "<p>Zümrüt O&#x27;Kanarya, Ali Can</p>"}
    letter = MessageFactory(to_name="Ofis", state="queued", body_text=f"Gelenler: {person.name}, Ali Can", **texts)
    erase_person(person=person)
    letter.refresh_from_db()
    assert (letter.state, letter.subject, letter.body_text, letter.body_html) == (
        "queued",
        "… ve Ali Can",
        "Gelenler: …, Ali Can",
        "<p>…, Ali Can</p>",
    )


def test_a_former_name_goes_too(db: None) -> None:
    """Renamed before being erased: the log of what hung on the person and letters told the name of then."""
    person, event = speaker(), EventFactory(with_sessions=1)
    position = person.positions.get()
    log(instance=position, action="wagtail.delete", deleted=True)
    position.delete()
    ContributionFactory(session=event.sessions.get(), person=person)
    release_programme(event=event)
    MessageFactory(to_name="Ofis", body_text=f"Sayın {NAME}", state="sent")
    person.name, person.family_name = "Zümrüt Yenisoy", "Yenisoy"
    person.save()
    erase_person(person=person)
    assert tables_holding([NAME]) == set()


def test_a_name_in_quotation_marks_is_found_in_the_log(db: None) -> None:
    """JSON writes them in another way."""
    person = PersonFactory(name='Zümrüt "Kanarya" Kuşu')
    log(instance=EventFactory(), action="wagtail.edit", data={"note": person.name})
    erase_person(person=person)
    assert list(ModelLogEntry.objects.exclude(action="events.erase").values_list("data", flat=True)) == [{}]


@pytest.mark.django_db(transaction=True)
def test_what_officers_wrote_in_passing(told_everywhere: Person) -> None:
    """Notes of releases, made and planned, notes for hosts, and what can be undone; the public page is drawn anew."""
    officer, event = UserFactory(officer=True), Event.objects.get()
    told = told_everywhere.contributions.all()[0].session
    other: Session = SessionFactory(event=event, confirmed=True)
    title = edit_session(session=other, by=officer, version=1, values={"title_en": f"In memory of {NAME}"})
    edit_session(session=other, by=officer, version=title.version, values={"title_en": "In memory"})
    Session.objects.filter(pk=other.pk).update(host_notes=f"{NAME} comes late, Ali Can too")
    release_programme(event=event, note_tr=f"{NAME} konuşacak.", note_en=f"{NAME} will speak.")
    at = timezone.now() + dt.timedelta(days=1)
    plan = schedule_release(event=event, by=officer, at=at, note_tr=f"{NAME} yok.")
    path = programme_path(event.slug, "en")
    assert f"{NAME} will speak." in Client().get(path).content.decode()
    assert tables_holding([NAME]) >= {
        "events_programmerelease.note_tr",
        "events_plannedrelease.note_tr",
        "events_session.host_notes",
        "events_programmeact.rows",
    }
    since = timezone.now().isoformat()
    Session.objects.update(updated_at=timezone.now() - dt.timedelta(hours=1))
    erase_person(person=told_everywhere)
    assert tables_holding(WORDS) == set()
    assert "… will speak." in Client().get(path).content.decode()
    plan.refresh_from_db()
    other.refresh_from_db()
    assert (plan.note_tr, other.host_notes, other.version) == ("… yok.", "… comes late, Ali Can too", 4)
    changed = state_since(event, officer, since)["sessions"]
    assert {told.pk, other.pk} <= {each["id"] for each in changed}
