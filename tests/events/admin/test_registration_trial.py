"""Before registration opens: the form is tried, the notice written from the questions, settings begun with another's."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from events.models import Message, Question, Registration, RegistrationSettings, Upload, Wording, WordingVersion
from events.registration import Filled
from events.registration.notices import not_named, notice_text
from events.registration.ready_made import add_ready_made, add_ready_wording
from tests.events.admin.conftest import Enter
from tests.events.registration.applying import apply, taking
from tests.events.registration.files import picture
from tests.factories import EventFactory, QuestionFactory, UserFactory, WordingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(enter: Enter) -> Client:
    """Figen, who runs registrations."""
    user = UserFactory(username="figen")
    user.groups.add(Group.objects.get(name="Registration officers"))
    return enter(user)


def url(event: Any, rest: str) -> str:
    return f"/admin/events/{event.pk}/registration/{rest}"


@pytest.mark.parametrize("language", ["tr", "en"])
def test_the_form_is_tried_and_nothing_is_kept(language: str, admin: Client) -> None:
    event = EventFactory(title_tr="Forum", title_en="Forum")
    WordingFactory(event=event, kind="notice")
    consent = WordingFactory(event=event, title_tr="Beslenme", title_en="Diet")
    facts = {"legal_basis": "consent", "consent": consent, "sensitive": True}
    diet = QuestionFactory(event=event, label_tr="Alerji", label_en="Allergies", **facts)
    photo = QuestionFactory(event=event, kind="file", label_tr="Foto", label_en="Photo")
    page, tell = url(event, f"try/{language}/"), "This is a trial." if language == "en" else "Bu bir denemedir."
    html = admin.get(page).content.decode()
    assert (tell in html, f'href="/admin/events/{event.pk}/registrations/"' in html) == (True, True)
    typed = {"name": "Ayşe", "email": "ayse@sample.example", f"q-{diet.key}": "nuts"}
    refused = admin.post(page, typed)
    html = refused.content.decode()
    assert ('value="nuts"' in html, tell in html, "form-summary" in html) == (True, True, True)
    sent = {**typed, f"c-{consent.key}": "on", f"q-{photo.key}": SimpleUploadedFile("foto.jpg", picture())}
    html = admin.post(page, sent).content.decode()
    assert [word in html for word in (tell, "Ayşe", "nuts", "foto.jpg (JPEG")] == [True] * 4
    wrong = {**sent, f"q-{photo.key}": SimpleUploadedFile("foto.jpg", b"no picture")}
    assert "form-summary" in admin.post(page, wrong).content.decode()
    kept = (Registration, Upload, Message, WordingVersion)
    assert [model.objects.count() for model in kept] == [0, 0, 0, 0]


def test_the_second_form_is_tried_with_all_that_it_could_ask(admin: Client) -> None:
    event = taking()
    first = QuestionFactory(event=event, kind="yes_no")
    condition = {"match": "all", "tests": [{"question": first.key, "is": "equals", "value": True}]}
    flight = QuestionFactory(event=event, stage="details", label_en="Flight", required=True, condition=condition)
    page = url(event, "try/en/?stage=details")
    assert "Flight" in admin.get(page).content.decode()
    assert "form-summary" in admin.post(page, {}).content.decode()
    assert "KP 12" in admin.post(page, {f"q-{flight.key}": "KP 12"}).content.decode()
    assert Question.objects.get(pk=flight.pk).condition == condition


def test_only_who_sets_registration_up_tries_it(enter: Enter, reader: Any) -> None:
    event = taking()
    assert enter(reader).get(url(event, "try/en/")).status_code in (302, 403)
    assert Client().get(url(event, "try/en/")).status_code == 302


def test_the_notice_is_written_from_the_questions_and_says_what_it_lacks(admin: Client) -> None:
    event = taking(ready=False, days_kept=90)
    add_ready_made(event=event, name="diet")
    notice = add_ready_wording(event=event, name="notice")
    assert [
        word in notice.text_en for word in ("“Diet”: To prepare meals", "explicit consent", "7 days", "90 days")
    ] == [True] * 4
    assert [word in notice.text_tr for word in ("“Beslenme tercihiniz”", "açık rıza", "7 gün", "90 gün")] == [True] * 4
    assert not_named(event) == []
    QuestionFactory(event=event, label_tr="Oda", label_en="Room")
    html = admin.get(url(event, "wordings/")).content.decode()
    assert ("A lawyer has to read" in html, "does not name these questions in both languages: “Room”" in html) == (
        True,
        True,
    )
    apply(event, "Ali", filled=Filled(shown=[notice]))
    admin.post(url(event, "wordings/"), {"act": "notice"})
    assert ("Room" in Wording.objects.get(pk=notice.pk).text_en, not_named(event)) == (True, [])
    assert "Room" not in WordingVersion.objects.get().text
    assert "A lawyer has to read" in admin.get(url(event, f"wordings/{notice.pk}/")).content.decode()


def test_the_notice_names_the_association_as_the_site_does() -> None:
    event = taking()
    assert [notice_text(event, language).split("\n")[0] for language in ("tr", "en")] == [
        "Veri sorumlusu: Köprü.",
        "The controller is Köprü.",
    ]


def test_settings_are_begun_with_those_of_another_event(admin: Client) -> None:
    source = taking(quota=40_004, intro_en="Welcome.", capacity=90_009, approval=True)
    event = EventFactory(capacity=70_007)
    html = admin.get(url(event, "")).content.decode()
    assert (f'<option value="{source.pk}">' in html, "Welcome." in html) == (True, False)
    html = admin.get(url(event, f"?source={source.pk}")).content.decode()
    # Numbers that no row has for its key.
    told = ("Welcome.", 'value="40004"', 'value="70007"', 'value="90009"')
    assert [each in html for each in told] == [True, True, True, False]
    assert not RegistrationSettings.objects.filter(event=event).exists()
    for wrong in ("x", "9" * 40, str(event.pk)):
        assert admin.get(url(event, f"?source={wrong}")).status_code == 200


def test_a_condition_offers_what_can_be_answered(admin: Client) -> None:
    event = taking()
    QuestionFactory(event=event, kind="yes_no", label_en="Visa?", label_tr="Vize?")
    choice = QuestionFactory(event=event, kind="choice", options=[{"key": "v", "tr": "vegan", "en": "Vegan"}])
    day = QuestionFactory(event=event, kind="date", label_en="Arrival")
    page = url(event, "questions/new/")
    html = admin.get(page).content.decode()
    assert (f'<datalist id="reg-answers-{choice.key}">' in html, 'value="Vegan"' in html) == (True, True)
    typed = {
        "kind": "text",
        "label_tr": "Otel",
        "stage": "registration",
        "purpose_tr": "Konaklama",
        "legal_basis": "request",
        "visible_to": "officers",
        "days_kept": "10",
        "version": "1",
        "match": "any",
        "if0_question": day.key,
        "if0_is": "more",
    }
    answer = admin.post(page, {**typed, "if0_value": "31.02.2027"}).content.decode()
    assert ("There is no such day" in answer, 'value="31.02.2027"' in answer) == (True, True)
    admin.post(
        page, {**typed, "if0_value": "10.06.2027", "if1_question": choice.key, "if1_is": "equals", "if1_value": "vegan"}
    )
    question = Question.objects.get(label_tr="Otel")
    assert question.condition == {
        "match": "any",
        "tests": [
            {"question": day.key, "is": "more", "value": "2027-06-10"},
            {"question": choice.key, "is": "equals", "value": "v"},
        ],
    }
    html = admin.get(url(event, f"questions/{question.pk}/")).content.decode()
    assert ("Only if: “Arrival” is more, or later, than “10 June 2027” or" in html, 'value="10.06.2027"' in html) == (
        True,
        True,
    )
