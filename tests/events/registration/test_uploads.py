"""Files as answers: kept while a form is filled in, given to the person and to officers who may, deleted in time."""

import errno
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import LazySettings
from django.core.exceptions import ValidationError
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from events.models import Answer, Question, Registration, RegistrationSettings, Upload
from events.registration import Filled, amend, verify, withdraw_consent
from events.registration.answering import read_answers, write_answers
from events.registration.keeping import delete_overdue, erase_registration
from events.registration.requesting import accept_change, request_change
from events.registration.setting_up import delete_question
from events.registration.uploading import bind, forget_files, keep_draft
from events.uploads import store
from tests.events.haystack import tables_holding
from tests.events.registration.applying import applicant, apply, taking
from tests.events.registration.browsing import enter, fill_in, old_enough, path_of, seal_in
from tests.events.registration.files import paper, picture, stored
from tests.factories import QuestionFactory, WordingFactory

pytestmark = pytest.mark.django_db
AYSE = "ayse@sample.example"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Any, settings: LazySettings) -> None:
    settings.PRIVATE_ROOT = str(tmp_path)
    options = {**settings.STORAGES["private"]["OPTIONS"], "location": str(tmp_path)}
    settings.STORAGES = {**settings.STORAGES, "private": {**settings.STORAGES["private"], "OPTIONS": options}}


def asking(**named: Any) -> Question:
    facts = {"event": taking(), "kind": "file", "label_en": "Passport", "sensitive": True, **named}
    question: Question = QuestionFactory(**facts)
    return question


def sent(data: bytes | None = None, name: str = "Pasaportum.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, paper() if data is None else data, "application/octet-stream")


def answered(question: Question, name: str = "Ayşe Örnek", **named: Any) -> Registration:
    """Somebody who answered with a file."""
    row = apply(question.event, name, **named)
    upload = keep_draft(question=question, draft=f"form-{row.pk}", data=paper(), called="Pasaportum.pdf")
    write_answers(row, {question: upload.value})
    return row


def test_a_file_is_kept_sealed_under_a_made_up_name(client: Client) -> None:
    question = asking()
    assert fill_in(client, question.event, **{f"q-{question.key}": sent()}).status_code == 302
    row, upload = Registration.objects.get(), Upload.objects.get()
    value = read_answers(row)[question.key]
    assert (value["file"], value["name"], value["kind"]) == (upload.name, "Pasaportum.pdf", "pdf")
    (path,) = stored()
    assert (path.name, path.read_bytes()[:4] != b"%PDF", store.get(upload.name)[:4]) == (upload.name, True, b"%PDF")
    assert (tables_holding(["Pasaportum"]), path.stat().st_mode & 0o777) == (set(), 0o600)


def test_a_form_that_fails_elsewhere_keeps_the_file(client: Client) -> None:
    question = asking(required=True)
    nights = QuestionFactory(event=question.event, kind="number", required=True)
    path = path_of(question.event)
    seal = old_enough(seal_in(client.get(path).content.decode()))
    typed = {"name": "Ayşe Örnek", "email": AYSE, "x-shown": seal}
    html = client.post(path, {**typed, f"q-{question.key}": sent()}).content.decode()
    assert ("Kept: Pasaportum.pdf (PDF, 0.1 MB). You need not choose it again." in html, len(stored())) == (True, 1)
    assert f'id="id_q-{question.key}_error"' not in html
    client.post(path, {**typed, f"q-{nights.key}": "2"})
    assert read_answers(Registration.objects.get())[question.key]["name"] == "Pasaportum.pdf"
    assert (Upload.objects.get().draft, len(stored())) == ("", 1)


def test_a_kept_file_is_replaced_or_removed(client: Client) -> None:
    question = asking()
    path = path_of(question.event)
    seal = old_enough(seal_in(client.get(path).content.decode()))
    typed = {"name": "", "email": AYSE, "x-shown": seal}
    client.post(path, {**typed, f"q-{question.key}": sent()})
    html = client.post(path, {**typed, f"q-{question.key}": sent(picture(), "foto.exe")}).content.decode()
    assert ("Kept: foto.exe (JPEG, 0.1 MB)" in html, Upload.objects.count(), len(stored())) == (True, 1, 1)
    html = client.post(path, {**typed, f"x-remove-{question.key}": "on"}).content.decode()
    assert ("Kept:" in html, Upload.objects.count(), stored()) == (False, 0, [])


def test_one_browsers_draft_is_no_others(client: Client) -> None:
    question = asking()
    fill_in(client, question.event, name="", **{f"q-{question.key}": sent()})
    assert Upload.objects.get().draft
    fill_in(Client(), question.event)
    assert read_answers(Registration.objects.get()) == {}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"MZ a program", "This is no PDF, JPEG or PNG, whatever its name says"),
        (b"\0\0\0\x20ftypheic" + b"\0" * 20, "HEIC format"),
        (paper(password="x"), "protected by a password"),
        (picture() + b"\0" * 2_000_000, "larger than 1 MB"),
    ],
)
def test_what_is_not_taken_is_said_beside_the_field(data: bytes, said: str, client: Client) -> None:
    question = asking(megabytes=1)
    answer = fill_in(client, question.event, **{f"q-{question.key}": sent(data)})
    html = answer.content.decode()
    beside = html[html.index(f'id="id_q-{question.key}_error"') :]
    assert (answer.status_code, said in beside, 'value="Ayşe Örnek"' in html) == (422, True, True)
    assert (Registration.objects.count(), Upload.objects.count(), stored()) == (0, 0, [])


def test_what_fills_in_every_field_is_not_even_read(client: Client) -> None:
    question = asking()
    fill_in(client, question.event, **{"x-homepage": "x", f"q-{question.key}": sent()})
    assert (Upload.objects.count(), stored()) == (0, [])


class FullDisk(FileSystemStorage):
    """A disk on which there is no room left, noticed half way through a file."""

    def _save(self, name: str, content: Any) -> str:
        super()._save(name, content.__class__(content.read()[:20]))
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_is_said_and_nothing_is_half_kept(client: Client, settings: LazySettings) -> None:
    question = asking()
    private = {**settings.STORAGES["private"], "BACKEND": f"{__name__}.FullDisk"}
    settings.STORAGES = {**settings.STORAGES, "private": private}
    answer = fill_in(client, question.event, **{f"q-{question.key}": sent()})
    assert (answer.status_code, "could not be stored at this moment" in answer.content.decode()) == (422, True)
    assert (Registration.objects.count(), Upload.objects.count(), stored()) == (0, 0, [])


def test_only_the_persons_own_browser_gets_the_file(client: Client) -> None:
    question = asking()
    fill_in(client, question.event, **{f"q-{question.key}": sent()})
    other = answered(question, "Bora", email="bora@sample.example")
    page = enter(client, AYSE)
    own, theirs = (Upload.objects.get(answer__registration=row).name for row in Registration.objects.order_by("pk"))
    assert f"file/{own}/" in client.get(page).content.decode()
    answer = client.get(f"{page}file/{own}/")
    told = ("Content-Type", "Content-Disposition", "X-Content-Type-Options", "Cache-Control")
    assert (answer.status_code, answer.content[:4], [answer[name] for name in told]) == (
        200,
        b"%PDF",
        [
            "application/pdf",
            f'attachment; filename="{Registration.objects.get(email=AYSE).code}-passport.pdf"',
            "nosniff",
            "private, no-store",
        ],
    )
    stranger = Client()
    enter(stranger, other.email)
    for reader, path in ((Client(), own), (stranger, own), (client, theirs), (client, "f" * 32)):
        assert reader.get(f"{page}file/{path}/").status_code == 404
    turkish = page.replace("/en/events/", "/tr/etkinlikler/").replace("/register/", "/kayit/")
    assert client.get(f"{turkish}dosya/{own}/").status_code == 200
    assert client.get(f"/media/{own[:2]}/{own}").status_code == 404


def test_the_form_to_change_shows_replaces_and_removes_it(client: Client) -> None:
    question = asking()
    fill_in(client, question.event, **{f"q-{question.key}": sent()})
    page, row = enter(client, AYSE), Registration.objects.get()
    first = Upload.objects.get().name
    assert "Kept: Pasaportum.pdf" in client.get(f"{page}change/").content.decode()
    client.post(f"{page}change/", {"name": "Ayşe Yeni"})
    assert read_answers(row)[question.key]["file"] == first
    client.post(f"{page}change/", {"name": "Ayşe Yeni", f"q-{question.key}": sent(picture(), "yeni.jpg")})
    assert (read_answers(row)[question.key]["name"], len(stored()), Upload.objects.count()) == ("yeni.jpg", 1, 1)
    client.post(f"{page}change/", {"name": "Ayşe Yeni", f"x-remove-{question.key}": "on"})
    assert (read_answers(row), stored(), Upload.objects.count()) == ({}, [], 0)


def test_a_file_left_on_a_form_is_not_taken_by_the_next(client: Client) -> None:
    question = asking()
    fill_in(client, question.event)
    page = enter(client, AYSE)
    client.post(f"{page}change/", {"name": "", f"q-{question.key}": sent(), "x-once": "0123456789abcdef"})
    assert Upload.objects.get().draft.endswith("-0123456789abcdef")
    client.post(f"{page}change/", {"name": "Ayşe Yeni", "x-once": "f" * 16})
    assert read_answers(Registration.objects.get()) == {}


def test_no_verb_takes_what_is_no_file_of_this_person() -> None:
    question = asking()
    row, other = answered(question, "Ali"), apply(question.event, "Bora")
    theirs = read_answers(row)[question.key]
    elsewhere = keep_draft(question=asking(), draft="x", data=paper(), called="").value
    for value in (theirs, elsewhere, {"file": "f" * 32}, "a file", {"file": ["x"]}, 7):
        with pytest.raises(ValidationError, match="not there any more"):
            amend(registration=other, applicant=applicant("Bora"), answers={question: value})
    assert (read_answers(other), read_answers(row)) == ({}, {question.key: theirs})


def test_the_file_goes_with_its_answer(client: Client) -> None:
    consent = WordingFactory(event=taking())
    question = asking(event=consent.event, legal_basis="consent", consent=consent)
    said = Filled(shown=[consent], agreed={consent.key})
    rows = [answered(question, name, filled=said) for name in ("Ali", "Bora", "Cem")]
    assert len(stored()) == 3
    withdraw_consent(registration=rows[0], seen=rows[0].wordings_seen.get().pk)
    assert len(stored()) == 2
    erase_registration(registration=rows[1])
    assert len(stored()) == 1
    delete_question(question=question)
    assert (stored(), Upload.objects.count(), Answer.objects.count()) == ([], 0, 0)


def test_the_file_goes_on_its_day_and_with_who_never_confirmed() -> None:
    question = asking(days_kept=3)
    answered(question)
    with time_machine.travel("2027-06-14", tick=False):
        delete_overdue()
    assert len(stored()) == 0
    other = asking()
    row = answered(other, "Bora")
    Registration.objects.filter(pk=row.pk).update(
        state="expired", seat=False, held_until=None, ended_at=timezone.now() - timedelta(days=8)
    )
    delete_overdue()
    assert (stored(), Upload.objects.count()) == ([], 0)


def test_what_nobody_sent_goes_after_a_day_and_so_does_what_no_row_knows() -> None:
    question = asking()
    kept = answered(question)
    keep_draft(question=question, draft="left", data=paper(), called="x.pdf")
    stray = store.put(b"left behind by a process that died")
    assert (forget_files(), len(stored())) == (0, 3)
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        assert forget_files() >= 2
    assert [path.name for path in stored()] == [Upload.objects.get(answer__registration=kept).name]
    assert stray not in {path.name for path in stored()}


def test_a_file_that_is_asked_for_waits_until_an_officer_decides() -> None:
    question = asking()
    row = verify(registration=answered(question))
    RegistrationSettings.objects.filter(event=question.event).update(changes_until=timezone.now() - timedelta(days=1))
    asked = keep_draft(question=question, draft="r-form", data=picture(), called="yeni.jpg")
    found = request_change(registration=row, answers={question: asked.value})
    assert found is not None
    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
        forget_files()
        assert len(stored()) == 2
        accept_change(request=found)
    assert (read_answers(row)[question.key]["name"], len(stored()), Upload.objects.count()) == ("yeni.jpg", 1, 1)


def test_a_file_that_is_bound_twice_leaves_none_behind() -> None:
    question = asking()
    row = answered(question)
    answer = row.answers.get()
    bind(keep_draft(question=question, draft="second", data=paper(), called="y.pdf"), answer)
    assert (Upload.objects.count(), len(stored())) == (1, 1)


def test_a_change_of_keys_seals_files_anew(settings: LazySettings, capsys: pytest.CaptureFixture[str]) -> None:
    row = answered(asking())
    name, old = Upload.objects.get().name, settings.FIELD_ENCRYPTION_KEYS
    settings.FIELD_ENCRYPTION_KEYS = ["another-key", *old]
    call_command("rotate_field_keys")
    call_command("rotate_field_keys")
    assert capsys.readouterr().out.splitlines() == ["sealed=2 current=0 lost=0", "sealed=0 current=2 lost=0"]
    settings.FIELD_ENCRYPTION_KEYS = ["another-key"]
    assert (store.get(name)[:4], Upload.objects.get().value["name"], len(read_answers(row))) == (
        b"%PDF",
        "Pasaportum.pdf",
        1,
    )


def test_the_same_form_twice_leaves_no_second_file(client: Client) -> None:
    question = asking()
    path = path_of(question.event)
    seal = old_enough(seal_in(client.get(path).content.decode()))
    for _each in range(2):
        typed = {"name": "Ayşe", "email": AYSE, "x-shown": seal, f"q-{question.key}": sent()}
        assert client.post(path, typed).status_code == 302
    assert (Registration.objects.count(), Upload.objects.count(), len(stored())) == (1, 1, 1)
