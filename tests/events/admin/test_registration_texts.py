"""What an officer types into the form of an event and that would not come out as meant is refused in words."""

from typing import Any

import pytest
from django.test import Client

from events.models import Event, Question, RegistrationSettings, Wording
from tests.events.admin.conftest import Enter
from tests.events.registration.applying import taking
from tests.factories import UserFactory, WordingFactory

pytestmark = pytest.mark.django_db
QUESTION = {
    "kind": "choice",
    "label_tr": "Meyve",
    "label_en": "Fruit",
    "stage": "registration",
    "purpose_tr": "İkram",
    "legal_basis": "request",
    "visible_to": "officers",
    "days_kept": "10",
    "version": "1",
    "match": "all",
}
SETTINGS = {"access": "open", "offer_hours": "48", "days_kept": "180", "version": "1", "waiting_list": "on"}


@pytest.fixture
def admin(enter: Enter) -> Client:
    return enter(UserFactory(in_group="Registration officers"))


def page(event: Event, rest: str = "") -> str:
    return f"/admin/events/{event.pk}/registration/{rest}"


def errors(answer: Any) -> dict[str, list[str]]:
    return {name: [str(each) for each in found] for name, found in answer.context["form"].errors.items()}


@pytest.mark.parametrize("typed", ["e = Elma\na = Apple", "Elma | Apple\nArmut=Pear", "Elma = Apple\nArmut = Pear | x"])
def test_choices_with_an_equals_sign_are_refused_with_what_to_write_and_stay_as_typed(
    typed: str, admin: Client
) -> None:
    event = taking()
    answer = admin.post(page(event, "questions/new/"), {**QUESTION, "choices": typed})
    line = next(each for each in typed.split("\n") if "=" in each)
    said = f"“{line}” has no bar. Write the Turkish words, a bar, then the English ones, without “=”: Elma | Apple"
    assert errors(answer) == {"choices": [said]}
    assert (typed in answer.content.decode(), Question.objects.count()) == (True, 0)


@pytest.mark.parametrize(
    "typed",
    ["x = 1 | x = 1\ny = 2 | y = 2", "Elma\nArmut", "=\n= Elma", "1 = Hiç katılmıyorum\n5 = Tümüyle katılıyorum"],
)
def test_an_equals_sign_beside_a_bar_or_with_no_word_before_it_may_be_part_of_the_words(
    typed: str, admin: Client
) -> None:
    event = taking()
    assert admin.post(page(event, "questions/new/"), {**QUESTION, "choices": typed}).status_code == 302
    assert len(Question.objects.get().options) == 2


PLACEHOLDER = (
    "“{%s}” would stand there as typed: placeholders work in letters only. Take it out, or write what it means."
)


@pytest.mark.parametrize(
    ("typed", "name"),
    [("Sayın {ad}, hoş geldiniz", "ad"), ("{ AD }", "AD"), ("a {x} {son_tarih}", "son_tarih"), ("{name}!", "name")],
)
@pytest.mark.parametrize("field", ["intro_tr", "intro_en", "thanks_tr", "thanks_en"])
def test_a_placeholder_is_refused_where_no_letter_is(field: str, typed: str, name: str, admin: Client) -> None:
    event = taking()
    answer = admin.post(page(event), {**SETTINGS, field: typed})
    assert errors(answer) == {field: [PLACEHOLDER % name]}
    row = RegistrationSettings.objects.get(event=event)
    assert (typed in answer.content.decode(), getattr(row, field)) == (True, "")


def test_other_braces_are_only_text(admin: Client) -> None:
    event = taking()
    typed = "Kitap {cilt 2}, ad} {ad"
    assert admin.post(page(event), {**SETTINGS, "intro_tr": typed}).status_code == 302
    assert RegistrationSettings.objects.get(event=event).intro_tr == typed


def test_a_placeholder_is_refused_in_questions_and_notices_too(admin: Client) -> None:
    event = taking()
    typed = {"label_en": "Fruit for {name}", "help_tr": "{kurum}", "purpose_tr": "{event}", "choices": "Elma\nArmut"}
    answer = admin.post(page(event, "questions/new/"), {**QUESTION, **typed})
    assert errors(answer) == {
        "label_en": [PLACEHOLDER % "name"],
        "help_tr": [PLACEHOLDER % "kurum"],
        "purpose_tr": [PLACEHOLDER % "event"],
    }
    photo: Wording = WordingFactory(event=event)
    typed = {"title_tr": "Foto", "title_en": "{event}", "text_tr": "{yer}", "text_en": "Text", "version": "1"}
    answer = admin.post(page(event, f"wordings/{photo.pk}/"), typed)
    assert errors(answer) == {"title_en": [PLACEHOLDER % "event"], "text_tr": [PLACEHOLDER % "yer"]}
