"""Uploaded files in the admin: for officers who may read the answer, and each opening of a sensitive one is written down."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.models import ModelLogEntry

from events.models import Registration, Upload
from events.registration.answering import read_answers, write_answers
from events.registration.uploading import keep_draft
from tests.events.admin.conftest import Enter
from tests.events.registration.applying import apply, taking
from tests.events.registration.files import paper, picture
from tests.factories import QuestionFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def registrar() -> Any:
    user = UserFactory(username="figen")
    user.groups.add(Group.objects.get(name="Registration officers"))
    return user


def test_a_sensitive_file_is_opened_by_a_button_and_that_is_written_down(
    registrar: Any, officer: Any, reader: Any, enter: Enter
) -> None:
    event = taking()
    questions = {
        "passport": QuestionFactory(event=event, kind="file", sensitive=True, label_en="Passport"),
        "cv": QuestionFactory(event=event, kind="file", label_en="Curriculum vitae", visible_to="officers"),
    }
    row = apply(event, "Ali")
    for name, question in questions.items():
        upload = keep_draft(question=question, draft="x", data=paper(), called=f"{name}.pdf")
        write_answers(row, {question: upload.value})
    page = f"/admin/events/{event.pk}/registrations/{row.pk}/"
    at = {each.question.label_en: f"{page}file/{each.name}/" for each in Upload.objects.select_related("question")}
    client, other = enter(registrar), enter(officer)
    html = client.get(page).content.decode()
    assert [word in html for word in ("passport.pdf", "cv.pdf", at["Curriculum vitae"], at["Passport"])] == [
        False,
        True,
        True,
        False,
    ]
    html = client.post(page, {"act": "open"}).content.decode()
    assert ("passport.pdf (PDF, 0.1 MB)" in html, at["Passport"] in html) == (True, True)
    assert client.get(at["Passport"]).status_code == 302
    opened = ModelLogEntry.objects.filter(action="events.registration.open_file")
    assert opened.count() == 0
    answer = client.post(at["Passport"])
    assert (answer.content[:4], answer["X-Content-Type-Options"]) == (b"%PDF", "nosniff")
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
    assert answer["Content-Disposition"].startswith("attachment;")
    assert [(each.user, each.label) for each in opened] == [(registrar, row.code)]
    assert other.get(at["Curriculum vitae"]).content[:4] == b"%PDF"
    assert (other.get(at["Passport"]).status_code, other.post(at["Passport"]).status_code) == (404, 404)
    assert enter(reader).post(at["Passport"]).status_code in (302, 403, 404)
    assert opened.count() == 1
    elsewhere = apply(taking(), "Bora")
    assert (
        client.get(f"/admin/events/{elsewhere.event_id}/registrations/{elsewhere.pk}/file/{upload.name}/").status_code
        == 404
    )


def test_an_officer_enters_a_file_too(registrar: Any, enter: Enter) -> None:
    event = taking()
    question = QuestionFactory(event=event, kind="file", label_en="Photograph")
    client = enter(registrar)
    typed = {"name": "Ali Örnek", "language": "tr", "email": ""}
    wrong = SimpleUploadedFile("photo.jpg", b"no picture")
    html = client.post(f"/admin/events/{event.pk}/registrations/add/", {**typed, f"q-{question.key}": wrong})
    assert "This is no PDF, JPEG or PNG" in html.content.decode()
    photo = SimpleUploadedFile("photo.jpg", picture())
    client.post(f"/admin/events/{event.pk}/registrations/add/", {**typed, f"q-{question.key}": photo})
    row = Registration.objects.get()
    assert read_answers(row)[question.key]["name"] == "photo.jpg"
    page = f"/admin/events/{event.pk}/registrations/{row.pk}/edit/"
    assert "Remove “photo.jpg (JPEG, 0.1 MB)”" in client.get(page).content.decode()
    client.post(page, {**typed, "name": "Ali Yeni", "version": row.version})
    assert (Registration.objects.get().name, read_answers(row)[question.key]["name"]) == ("Ali Yeni", "photo.jpg")
