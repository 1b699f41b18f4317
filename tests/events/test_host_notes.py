"""Notes for the host are for the working programme alone: nothing that goes out has them."""

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from events.building import copy_day, edit_session
from events.models import Event, ProgrammeRelease, Session
from events.models.release import unpack
from events.release import release_programme
from tests.factories import DAY, ContributionFactory, EventFactory, SessionFactory, UserFactory

pytestmark = pytest.mark.django_db
#: In letters that no file writes otherwise.
NOTE = "Zeytinyaprak 4711"


@pytest.fixture
def event() -> Event:
    """A released programme in which every kind of audience has a session with a note."""
    made: Event = EventFactory(slug="iklim-forumu")
    for audience in Session.Audience.values:
        session = SessionFactory(event=made, confirmed=True, audience=audience, host_notes=NOTE)
        ContributionFactory(session=session)
    release_programme(event=made)
    return made


def test_a_note_alone_is_nothing_to_release(event: Event) -> None:
    """Neither part of a release's document knows it, and a note that changed makes no new release."""
    session = event.sessions.first()
    edit_session(session=session, by=None, version=1, values={"host_notes": f"{NOTE}!"})
    assert release_programme(event=event) is None
    release = ProgrammeRelease.objects.get()
    documents = [str(unpack(getattr(release, name))) for name in ("public_document", "restricted_document")]
    assert [("Açılış oturumu" in each, NOTE in each) for each in documents] == [(True, False)] * 2


@pytest.mark.parametrize(
    "address",
    [
        "/tr/etkinlikler/iklim-forumu/",
        "/tr/etkinlikler/iklim-forumu/program/",
        "/en/events/iklim-forumu/programme/",
        "/calendars/tr/events.ics",
        "/calendars/tr/iklim-forumu.ics",
        "/exchange/iklim-forumu/schedule.xml",
        "/exchange/iklim-forumu/schedule.json",
    ],
)
def test_no_public_answer_has_it(address: str, event: Event, client: Client) -> None:
    """Pages, feeds and exchange files; each of them has something of the programme."""
    response = client.get(address)
    told = b"".join(response).decode() if response.streaming else response.content.decode()
    assert (response.status_code, NOTE in told) == (200, False)
    assert "İklim Forumu" in told or "Açılış oturumu" in told or "Climate Forum" in told


def test_no_document_and_no_file_has_it(event: Event, tmp_path: Path) -> None:
    """The PDF of the programme, and what the admin gives out in each form."""
    file = tmp_path / "programme.pdf"
    call_command("render_programme", event.slug, language="tr-en", output=file)
    told = "".join(page.extract_text() for page in pypdf.PdfReader(file).pages)
    assert ("Açılış oturumu" in told, NOTE in told) == (True, False)
    client = Client()
    client.force_login(UserFactory(officer=True))
    for form in ("xlsx", "csv"):
        response: Any = client.get(reverse("event_admin:export", args=[event.pk, form]))
        content = b"".join(response) if response.streaming else response.content
        if form == "xlsx":
            with zipfile.ZipFile(BytesIO(content)) as book:
                content = b"".join(book.read(name) for name in book.namelist())
        assert (response.status_code, NOTE in content.decode("utf-8", "ignore")) == (200, False)


def test_a_copied_day_keeps_it(event: Event) -> None:
    """It belongs to the working session like everything else."""
    officer = UserFactory(officer=True)
    copy_day(event=event, by=officer, day=DAY, to=DAY.replace(day=11))
    assert set(event.sessions.filter(day__day=11).values_list("host_notes", flat=True)) == {NOTE}
